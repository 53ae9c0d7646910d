"""Statements (`tuyên bố`): what one says, or several say at once, that nobody signs is no paper of two.

Everything here matches text in canonical spelling (`kyket.orthography`).
"""

from __future__ import annotations

from itertools import pairwise

import regex

from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import SAY

# Before what somebody says: `Trong một tuyên bố, ông A nói …`; not what two do: `theo tuyên bố được hai
# nước ký`.
_STATED = regex.compile(r"(?<!\p{L})(?:trong|theo|ra|đưa\s+ra|phát)\s+(?:(?:một|bản)\s+)*$", regex.IGNORECASE)
_BARE = regex.compile(r"(?:bản\s+)?tuyên\s+bố", regex.IGNORECASE)
# What one says: `ra tuyên bố ngừng hợp tác`; no names of papers: `tuyên bố tầm nhìn`, `Tuyên bố Tokyo`.
_OF_ONE = regex.compile(
    r"(?i:(?:bản|thư)\s+)?(?i:tuyên\s+bố)(?!\p{L})"
    r"(?!\s+(?:(?i:chung|tầm|về|liên|hợp|hữu|thiết|đối|ứng|cách|của|cấp|chính|ý\s+định|ba\s+bên|song\s+phương)(?!\p{L})|[\p{Lu}\"“]))"
)
_OF_SEVERAL = regex.compile(r"\s+(?:giữa|của\s+(?:lãnh\s+đạo\s+)?(?:hai|ba))(?!\p{L})", regex.IGNORECASE)
# What several say at once: `cho biết trong tuyên bố chung`, `đưa ra tuyên bố chung “khẳng định …”`; not what
# they sign.
_JOINT = regex.compile(r"(?:bản\s+)?tuyên\s+bố\s+chung", regex.IGNORECASE)
_SAID = regex.compile(
    rf"(?:{SAY}|nói|nêu|viết)(?:\s+rõ)?\s+trong\s+(?:(?:một|bản)\s+)*",
    regex.IGNORECASE | regex.REVERSE,
)
_SAYS = regex.compile(
    r"(?:\s+(?:ngày|hôm|vào|tối|sáng|chiều|qua|\p{N}[\p{N}./-]*))*+,?\s+[\"“]", regex.IGNORECASE
)
# What a conference adopts, whoever takes part: `tuyên bố chung của Hội nghị`, `tuyên bố chung G20`.
_OF_A_CONFERENCE = regex.compile(
    r"\s+(?:của\s+)?(?:(?i:hội\s+nghị|diễn\s+đàn|phiên\s+họp)(?!\s+(?i:giữa|hai|song\s+phương))|G\p{N}+|APEC|ASEM|ASEAN)(?![\p{L}\p{N}])(?!\s*[-–]|\s+(?:và|với)\s)(?![^,;:.]{0,40}\s[-–]\s)"
)
# `“…”, theo tuyên bố chung`, `Trong một tuyên bố chung, …`: the words of several, no paper
# where the sentence does not name two.
_QUOTED = regex.compile(r"[\"”]\s*,?\s+theo\s+(?:(?:một|bản)\s+)*$", regex.IGNORECASE)
_IN_ONE = regex.compile(r"^\W*trong\s+một\s+(?:bản\s+)?$", regex.IGNORECASE)
# Between a paper and those who sign it: `tuyên bố được A và B ký`, `đề án do hai bên ký`.
BY_THEM = regex.compile(r"\s*(?:(?:đã|vừa)\s+)?(?:mà|do|được)(?!\p{L})[^,;:.]*+$", regex.IGNORECASE)

_NEAR = 40


def only_said(scene: Scene, sentence: Sentence, piece: Piece) -> bool:
    """Whether it is a statement that is only said."""
    said = _SAID.match(scene.text, sentence.start, piece.start) is not None
    signed = any(p.label == "SIGNING" for p in sentence.pieces)
    bare = _BARE.fullmatch(scene.text, piece.start, piece.end) is not None
    if bare or _OF_ONE.match(scene.text, piece.start, piece.end):
        if not signed:
            several = of_both(scene, sentence, piece) or _OF_SEVERAL.match(
                scene.text, piece.end, sentence.end
            )
            return said or not several
        stated = bare and _STATED.search(scene.text, sentence.start, piece.start) is not None
        return stated and not of_both(scene, sentence, piece)
    joint = not signed and _JOINT.fullmatch(scene.text, piece.start, piece.end) is not None
    if not joint:
        return False
    start = max(sentence.start, piece.start - _NEAR)
    before = scene.text[start : piece.start]
    in_one = start == sentence.start and _IN_ONE.fullmatch(before) is not None
    two = len({p.entity for p in sentence.pieces if p.label in ("ORG", "LOC")}) > 1
    quoted = not two and (in_one or _QUOTED.search(before) is not None)
    of_many = _OF_A_CONFERENCE.match(scene.text, piece.end, sentence.end) is not None
    return said or quoted or of_many or _SAYS.match(scene.text, piece.end, sentence.end) is not None


def of_both(scene: Scene, sentence: Sentence, statement: Piece) -> bool:
    """`A và B ra tuyên bố`, `tuyên bố được A và B ký`: what two state together."""
    named = [p for p in sentence.pieces if p.label in ("ORG", "LOC") and p.end <= statement.start]
    joined = any(
        scene.text[one.end : other.start].strip() in ("và", "-", "–") for one, other in pairwise(named)
    )
    return joined or any(
        BY_THEM.match(scene.text, statement.end, piece.start)
        for piece in sentence.pieces
        if piece.label == "SIGNING" and piece.start >= statement.end
    )
