"""The states that brackets behind the name of a group spell out: `các nước Liên minh X (gồm A, B và C)`."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import regex

from kyket.agreements.scene import Piece, Scene, Sentence

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast

_GROUP = regex.compile(
    r"(?<!\p{L})(?<!(?:theo|của|từ|ở|tại|sang|tới|đến|trong|cho|học|nghiệp|tác)\s)"
    r"(?:các\s+(?:nước|quốc\s+gia)|(?:nhóm|khối)(?=\s+(?:nước\s+|quốc\s+gia\s+)?(?-i:\p{Lu})))(?:\s+[\p{L}\p{N}+–-]+){1,8}\s*$",
    regex.IGNORECASE,
)
_LEAD = regex.compile(r"\(\s*(?:(?:bao\s+)?gồm\s*:?\s*)?")
_AND = regex.compile(r"\s*(?:,|,?\s*(?:và|cùng(?:\s+với)?))\s*")
_BACK, _MANY = 80, 3


def spelled_out(scene: Scene, sentence: Sentence, cast: Cast) -> tuple[list[tuple[int, int, str]], set[int]]:
    """The states of such lists of three or more, with their offsets, and every offset of group and list.

    The first of a list begins with the name of the group, the last ends with the brackets.
    """
    found: list[tuple[int, int, str]] = []
    covered: set[int] = set()
    if not sentence.brackets:
        return found, covered
    for bracket, pieces in groupby(sentence.pieces, key=lambda piece: sentence.bracket(piece.start)):
        states = list(pieces)
        if bracket is None or not _is_list(scene, cast, states, *bracket):
            continue
        opening, closing = bracket
        before = scene.text[max(sentence.start, opening - _BACK) : opening]
        if group := _GROUP.search(before):
            start = opening - len(before) + group.start()
            starts = [start, *(state.start for state in states[1:])]
            ends = [*(state.end for state in states[:-1]), closing]
            found += zip(starts, ends, [state.entity or "" for state in states], strict=True)
            covered.update(range(start, closing))
    return found, covered


def _is_list(scene: Scene, cast: Cast, places: list[Piece], opening: int, closing: int) -> bool:
    """Whether brackets hold places and nothing else, three or more of them known as states."""
    if any(place.label != "LOC" or place.entity not in scene.entities for place in places):
        return False
    if sum(bool(place.entity and cast.state(place.entity)) for place in places) < _MANY:
        return False
    lead = _LEAD.match(scene.text, opening, closing)
    if lead is None or lead.end() != places[0].start or scene.text[places[-1].end : closing].strip() != ")":
        return False
    return all(_AND.fullmatch(scene.text, one.end, other.start) for one, other in pairwise(places))
