"""The other side of a deal, told by what passes to it or from it: `hợp đồng mua … của B`, `bán … cho B`."""

from __future__ import annotations

import regex

from kyket.agreements.grouping import Group
from kyket.agreements.mention import Mention
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import QUALIFIER

_PASSING = regex.compile(
    r"""
    (?<!\p{L})
    (?: (?P<to> bán|cung\s+(?:cấp|ứng)|cho\s+(?:thuê|vay)|chuyển\s+(?:nhượng|giao)
            | xuất\s+khẩu|(?:tài|viện)\s+trợ|đóng(?:\s+mới)?|chế\s+tạo|sản\s+xuất|xây\s+dựng|thiết\s+kế
            | thi\s+công )
      | (?P<from> (?:đặt\s+)?mua(?:\s+(?:lại|sắm))?|thuê(?:\s+lại)?|nhập\s+khẩu|nhập|vay ) )
    (?!\p{L})
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
_TO = regex.compile(r"\scho\s+(?P<who>[^,;:.]*?)$", regex.IGNORECASE | regex.REVERSE)
_FROM = regex.compile(r"\s(?:của|từ)\s+(?P<who>[^,;:.]*?)$", regex.IGNORECASE | regex.REVERSE)
_NEAR, _FAR = 20, 120


def other_side(scene: Scene, mention: Mention, joined: list[Group], cast: Cast) -> Group | None:
    """B of `hợp đồng cung cấp sợi cho B`, `thỏa thuận mua tên lửa của B`, a body or a state."""
    passing = _PASSING.search(scene.text, mention.start, min(mention.right, mention.end + _NEAR))
    if passing is None:
        return None
    for group in joined:
        if group.start < passing.end() or group.start > min(mention.right, passing.end() + _FAR):
            continue
        way = (_TO if passing["to"] else _FROM).search(scene.text[passing.end() : group.start])
        if (
            way
            and len(group.ids) == 1
            and QUALIFIER.match(way["who"].strip())
            and (cast.is_org(group.ids[0]) or cast.state(group.ids[0]))
        ):
            return group
    return None
