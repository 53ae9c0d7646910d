"""States that an article only says join a treaty of some states, ratify or leave it: they are bound by it.

Not so the conventions of the whole world: `A rút khỏi Hiệp định Paris` tells of no agreement of A.
"""

from __future__ import annotations

import regex

from kyket.agreements.grounds import Rule, Told
from kyket.agreements.grouping import Group
from kyket.agreements.mention import Mention
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene
from kyket.agreements.states import HOME

_JOIN = r"(?:tham\s+gia(?:\s+(?:vào|ký(?:\s+kết)?))?|gia\s+nhập|phê\s+chuẩn|là\s+thành\s+viên(?:\s+của)?)"
_NOUN = r"(?:(?:hiệp\s+(?:định|ước)|công\s+ước|thỏa\s+thuận)\s+)?"
# `A rút khỏi TPP`: whether it will, wants to or threatens to, it is bound until then; no state leaves what
# it has not signed. `A (đã) tham gia TPP`, but not `A muốn tham gia TPP`.
_LEAVES = regex.compile(
    rf"\s+(?:(?!(?:và|với|mà|về|nước|ông|bà|họ)(?!\p{{L}}))\p{{L}}+\s+){{0,4}}?(?:rút(?:\s+lui)?|rời)\s+(?:ra\s+)?khỏi\s+{_NOUN}",
    regex.IGNORECASE,
)
_JOINS = regex.compile(
    rf"\s+(?:(?:khi|đã|cũng|cùng|đều|chính\s+thức)\s+)*{_JOIN}\s+{_NOUN}", regex.IGNORECASE
)
# `ông X rút A khỏi TPP`
_TAKEN = regex.compile(r"(?<!\p{L})(?:rút|đưa)\s+$", regex.IGNORECASE)
_OUT = regex.compile(rf"\s+(?:rút\s+)?(?:ra\s+)?khỏi\s+{_NOUN}", regex.IGNORECASE)
# `Nếu A tham gia TPP`, `để A gia nhập TPP`, `muốn A phê chuẩn TPP`
_ONLY_PERHAPS = regex.compile(
    r"(?<!\p{L})(?:nếu|để|muốn|mong|chờ|mời|cho|giúp|thuyết\s+phục|đề\s+nghị|kêu\s+gọi|ủng\s+hộ|khả\s+năng|việc)\s+$",
    regex.IGNORECASE,
)
# `Khi tham gia TPP, A …`
_JOINING = regex.compile(rf"(?:^|[,;:.!?“\"–-]\s*)(?:khi\s+)?{_JOIN}\s+{_NOUN}$", regex.IGNORECASE)
# `Quốc hội xem xét phê chuẩn TPP`, `việc phê chuẩn TPP`: by the state whose news it is.
_RATIFIED = regex.compile(
    rf"(?<!\p{{L}})(?:Quốc\s+hội(?:\s+(?!nước(?!\p{{L}}))(?-i:\p{{Ll}}+)){{0,6}}|việc)\s+phê\s+chuẩn\s+{_NOUN}$",
    regex.IGNORECASE,
)
# `việc phê chuẩn TPP của Chile`, `… ở các nước`
_OF = regex.compile(
    r"[^,.;:]{0,60}?\s(?:(?:của|giữa|bởi)|(?:ở|tại)\s+(?:các|từng|mỗi|một\s+số|nhiều)\s+(?:nước|quốc\s+gia))\s",
    regex.IGNORECASE,
)
_COMMA = regex.compile(r"\)?\s*,\s*")
_OF_SOME = regex.compile(r"đối\s+tác|TPP|RCEP", regex.IGNORECASE)
# A code that others keep to: `hai nước ủng hộ DOC` binds neither of the two.
_OF_CONDUCT = regex.compile(r"\p{L}+\s.*ứng\s+xử|(?:DOC|COC)$", regex.IGNORECASE)
_LEAD, _FAR = 24, 60
_CLAUSE = 80


def of_some(name: str) -> bool:
    """Whether a treaty of many is one of some states and not of the whole world."""
    return _OF_SOME.search(name) is not None


def named_for(title: str, parties: tuple[Told[str], ...], *, signed: bool) -> tuple[Told[str], ...]:
    """Those that the article names as parties of a treaty of many, and not as who speaks of it.

    `signed` says whether somebody is told to sign it: `A và B ký DOC`.
    """
    named = tuple(party for party in parties if party.grounds[0].rule is not Rule.SALIENCE)
    if _OF_CONDUCT.match(title) and not signed:
        return tuple(party for party in named if party.grounds[0].rule in (Rule.BY_NAME, Rule.BETWEEN))
    return named


def member(scene: Scene, mention: Mention, joined: list[Group], cast: Cast) -> Group | None:
    """The states that are said to join, ratify or leave what the mention names."""
    if not of_some(scene.text[mention.start : mention.end]):
        return None
    start = mention.sentence.start
    before = next((group for group in reversed(joined) if group.end <= mention.start), None)
    if before and _are_states(before, cast) and mention.start - before.end < _FAR:
        gap = scene.text[before.end : mention.start]
        lead = scene.text[max(start, before.start - _LEAD) : before.start]
        if _LEAVES.fullmatch(gap) or (_OUT.fullmatch(gap) and _TAKEN.search(lead)):
            return before
        if _JOINS.fullmatch(gap) and not _ONLY_PERHAPS.search(lead):
            return before
    if home := _ratified_here(scene, mention, cast):
        return home
    after = next((group for group in joined if group.start >= mention.end), None)
    if (
        after is None
        or not _are_states(after, cast)
        or not _COMMA.fullmatch(scene.text, mention.end, after.start)
    ):
        return None
    return after if _JOINING.search(scene.text[max(start, mention.start - _FAR) : mention.start]) else None


def _ratified_here(scene: Scene, mention: Mention, cast: Cast) -> Group | None:
    """Home, where parliament is to ratify it, in an article on home and a sentence that names no other."""
    start = max(mention.sentence.start, mention.start - _CLAUSE)
    words = _RATIFIED.search(scene.text[start : mention.start])
    if words is None or not cast.lands.at_home():
        return None
    if _OF.match(scene.text, mention.end, mention.sentence.end):
        return None
    named = (cast.state(piece.entity) for piece in mention.sentence.pieces if piece.entity)
    if any(state not in (None, HOME) for state in named):
        return None
    return Group(
        start + words.start(), start + len(words[0].rstrip()) + words.start(), ids=[cast.imply(HOME)]
    )


def _are_states(group: Group, cast: Cast) -> bool:
    return bool(group.ids) and all(cast.state(id) is not None for id in group.ids)
