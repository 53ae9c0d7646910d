"""The press that only reports what others have signed: `theo AFP`, `hãng tin X đưa tin`, `PV của X`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from kyket.agreements.kinds import AT_HOME, FITTING, PRESS
from kyket.names import is_agency

if TYPE_CHECKING:
    from kyket.agreements.scene import Scene

_BEFORE, _BEHIND = 40, 40
_PRESS = r"(?:(?:hãng\s+)?(?:thông\s+tấn|tin)|hãng|(?:nhật\s+|tờ\s+)?báo|tờ|tạp\s+chí|kênh|đài|trang)"
# Before a body that is the press by what it is called there: `hãng thông tấn nhà nước Lào KPL`.
_CALLED = regex.compile(
    r"(?<!\p{L})(?:hãng\s+(?:tin|thông\s+tấn)(?:\s+(?:nhà\s+nước|trung\s+ương|quốc\s+gia|chính\s+thức))*(?:\s+(?-i:\p{Lu})\p{L}+){0,3}"
    r"|(?:nhật\s+|tờ\s+)?(?<!(?:thông|cảnh|dự)\s)báo|tờ|tạp\s+chí|phóng\s+viên|PV(?:\s+của)?)[^\S\n]*",
    regex.IGNORECASE | regex.REVERSE,  # `match` begins at the end of the text
)
# Before a body that is asked or read.
_ASKED = regex.compile(
    r"(?<!\p{L})(?:theo(?:\s+(?:nhận\s+định|phân\s+tích|đánh\s+giá|bài\s+(?:báo|viết))\s+(?:của|trên))?|như|nguồn|dẫn(?:\s+(?:lời|nguồn))?|trích|khi\s+trao\s+đổi\s+với|phỏng\s+vấn\s+(?:của|với)"
    r"|trả\s+lời(?:\s+phỏng\s+vấn(?:\s+của)?)?|(?:nói|(?<!(?:thuận|đồng)\s)chia\s+sẻ)\s+(?:riêng\s+)?với|(?:phóng\s+viên|PV)(?:\s+của)?|nguồn\s+tin\s+của|ảnh"
    r"|^\s*trao\s+đổi\s+với)"
    rf"(?:\s*:)?(?:\s+(?:nguồn\s+)?tin(?:\s+tức)?(?:\s+(?:từ|của|trên))?)?(?:\s+{_PRESS})?[^\S\n]*",
    regex.IGNORECASE | regex.REVERSE,
)
# Before whom one speaks to the press.
_SPEAKING_TO = regex.compile(
    r"(?<!\p{L})(?:nguồn\s+tin\s+(?:của|trên)|khi\s+trao\s+đổi\s+với|phỏng\s+vấn\s+(?:của|với)|^\s*trao\s+đổi\s+với)[^\S\n]*",
    regex.IGNORECASE | regex.REVERSE,
)
# Papers by the words that they are called by abroad (but `Post`, who may deliver letters); not
# `nói với Boeing`, who may sign with the speaker.
_PAPER = regex.compile(r".*\s(?:Times|Tribune|Herald|News|Daily|Journal)", regex.IGNORECASE)
# Bodies that are named by their sort, who may tell and be told as parties: `Bộ Lúa dẫn báo cáo của tỉnh`.
_SORTS = (*{head for heads in FITTING.values() for head in heads}, *AT_HOME)
# Behind a body, perhaps with its short name, that tells what happened, the press alone or anybody.
_REPORTS = regex.compile(
    r"(?:\s+(?-i:\p{Lu}{2,6})(?!\p{L}))?\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:ngày|hôm|sáng|chiều|tối|đêm)\s+[\p{N}/.-]+\s+)?(?:(?:cũng|đã|vừa)\s+)*"
    r"(?:(?P<press>đưa\s+tin|loan\s+tin|dẫn\s+(?:lời|nguồn|tin|báo\s+cáo)|trích\s+dẫn|thông\s+tin\s*,)"
    r"|cho\s+(?:biết|hay|rằng)|viết|tiết\s+lộ|nhận\s+định|xác\s+nhận|nhấn\s+mạnh|bình\s+luận)(?!\p{L})",
    regex.IGNORECASE,
)
# Who tells it does it: `Đài A cho biết đã ký với B`.
_ITSELF = regex.compile(r"(?:\s+rằng)?\s+(?:đã|vừa|sẽ|sắp|đang)(?!\p{L})", regex.IGNORECASE)


def sources(scene: Scene) -> frozenset[str]:
    """The bodies of the press that the article names nowhere but as those who tell of what happened."""
    press: set[str] = set()
    others: set[str] = set()
    text = scene.text
    for sentence in scene.sentences:
        for piece in sentence.pieces:
            if piece.label != "ORG" or piece.entity is None or sentence.bracket(piece.start):
                continue
            before = text[max(sentence.start, piece.start - _BEFORE) : piece.start]
            behind = _REPORTS.match(text, piece.end, piece.end + _BEHIND)
            if behind and not behind["press"] and _ITSELF.match(text, behind.end(), sentence.end):
                behind = None
            called, asked = _CALLED.match(before), _ASKED.match(before)
            if not (asked or behind or _is_credit(text, piece.start, piece.end)):
                others.add(piece.entity)
            name = text[piece.start : piece.end]
            tells = (
                _SPEAKING_TO.match(before)
                or (asked and _PAPER.fullmatch(name))
                or (behind and behind["press"])
            )
            if called or _is_press(name) or (tells and not name.lower().startswith(_SORTS)):
                press.add(piece.entity)
    return frozenset(press - others)


def _is_press(name: str) -> bool:
    return PRESS.match(name.lower()) is not None or is_agency(name)


def _is_credit(text: str, start: int, end: int) -> bool:
    """`AFP/TTXVN`: one of two that are named as the source of a picture."""
    return text[start - 1 : start] == "/" or text[end : end + 1] == "/"
