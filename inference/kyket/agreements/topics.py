"""Programmes that a paper of another kind is about: `ký hợp tác triển khai chương trình X`."""

from __future__ import annotations

import regex

from kyket.agreements.headwords import kind_of
from kyket.agreements.scene import Piece, Scene, Sentence

_CARRY_OUT = r"(?:thực\s+hiện|triển\s+khai|tổ\s+chức)\s+(?:các\s+|một\s+)?"
# Between a signing and a programme: `ký kết hợp tác về triển khai …`; not `ký kết hợp tác “Chương trình …”`.
_SIGNED_FOR = regex.compile(
    rf"\s+hợp\s+tác\s*(?:(?:về|để|nhằm|trong)\s+)?(?:việc\s+)?{_CARRY_OUT}[\"“']?\s*",
    regex.IGNORECASE,
)
# Between a paper and a programme: `bản ghi nhớ về khung pháp lý để thực hiện …`; at the end.
_MADE_FOR = regex.compile(rf"(?:^|\s(?:để|nhằm|về(?:\s+việc)?))\s+{_CARRY_OUT}[\"“']?\s*$", regex.IGNORECASE)
# A paper of its own, of whoever share it: `bản ghi nhớ về việc thực hiện Kế hoạch hành động 2016-2020`.
_OF_ITS_OWN = regex.compile(r"kế\s+hoạch\s+hành\s+động(?!\s+quốc\s+gia)", regex.IGNORECASE)
_CLAUSE = frozenset(",;:")


def is_topic(scene: Scene, sentence: Sentence, programme: Piece) -> bool:
    """Whether a programme is what a paper named before it, or what is signed, is to carry out."""
    if _OF_ITS_OWN.match(scene.text, programme.start, programme.end):
        return False
    before = [p for p in sentence.pieces if p.end <= programme.start]
    signing = next((p for p in reversed(before) if p.label == "SIGNING"), None)
    if signing and _SIGNED_FOR.fullmatch(scene.text, signing.end, programme.start):
        return True
    paper = next((p for p in reversed(before) if p.label == "AGREEMENT"), None)
    if paper is None or kind_of(scene.text[paper.start : paper.end]) in (None, "programme"):
        return False
    gap = scene.gap(paper.end, programme.start, sentence)
    return not _CLAUSE & set(gap) and _MADE_FOR.search(gap) is not None
