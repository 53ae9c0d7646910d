"""Two names of one instrument side by side: the full one and the short one, the name and what it is."""

from __future__ import annotations

import regex

from kyket.agreements.scene import Piece, Scene, Sentence

_APPOSED = regex.compile(r"\)?\s*[,–-]\s*(?:một\s+)?")
_IS = regex.compile(
    r"(?:^|(?<!biệt|nhất|thể|hết|đây|tên|gọi|tức)\s)(?:là|(?:coi|xem)\s+như|trở\s+thành)\s+"
    r"(?:(?:một|hai|bản|loại|những|các|trong(?:\s+số)?)\s+)*$",
    regex.IGNORECASE,
)
# Before what a clause is about.
_OPENS_CLAUSE = regex.compile(
    r"(?:^|[,:;\"“«(–-]|(?<!\p{L})(?:rằng|biết|định|nói|thì|vì|bởi))[\s\"“«]*(?:(?:bản|tờ|một|hai|các|những)\s+)*$",
    regex.IGNORECASE,
)
_ALSO_CALLED = regex.compile(
    r"\)?\s*,?\s*(?:tức|hay|(?:còn\s+|được\s+)*gọi|viết)(?:\s+(?:là|còn|được|gọi|tắt))*\s+", regex.IGNORECASE
)
_BRACKETED = regex.compile(
    r"(?:(?:giữa\s+)?(?:hai\s+(?:bên|nước)|(?:và|với|-|–)\s)?\s*)\(\s*", regex.IGNORECASE
)
_CLAUSE = 120
_BARE = regex.compile(r"(?:thỏa\s+thuận|hiệp\s+(?:định|ước)|văn\s+(?:bản|kiện)|hợp\s+đồng)", regex.IGNORECASE)
_TOLD_OF_IT = regex.compile(r"(?:\s+\p{L}+){0,3}?\s+(?:được|mà|vốn|do)(?!\p{L})")


def apposed(scene: Scene, sentence: Sentence, start: int, end: int, piece: Piece) -> bool:
    """`Hiệp định Vận tải, thỏa thuận được hai nước ký năm 2014`: what the one named at `start` is.

    Not `ký Hiệp định Vận tải, nghị định thư về cảng do hai bộ soạn và …`, a list of what was signed.
    """
    told = (
        scene.text[start].isupper()
        and scene.text[piece.start].islower()
        and _APPOSED.fullmatch(scene.text, end, piece.start) is not None
        and _TOLD_OF_IT.match(scene.text, piece.end) is not None
    )
    if not told or _BARE.fullmatch(scene.text, piece.start, piece.end):
        return told
    return not any(other.label == "SIGNING" and other.end <= start for other in sentence.pieces)


def in_bracket(scene: Scene, end: int, start: int) -> bool:
    """`Bản ghi nhớ hợp tác (MoU)`: what begins at `start` stands in a bracket behind what ends at `end`."""
    return start - end <= 3 and scene.text[end:start].strip() == "("


def predicate(scene: Scene, sentence: Sentence, start: int, end: int, piece: Piece) -> bool:
    """`EVFTA là một thỏa thuận …`, `Hiệp định X được coi là hiệp định lớn nhất`: what the one before is.

    Not `Kết quả của bản ghi nhớ là một hợp đồng`, where something else is.
    """
    if piece.start - end > _CLAUSE or any(
        other.start < start or other.label == "SIGNING"
        for other in sentence.pieces
        if other.label in ("AGREEMENT", "SIGNING") and other.end <= piece.start
    ):
        return False
    gap = scene.without_names(sentence, end, piece.start)
    lead = scene.text[sentence.start : start]
    return (
        _IS.search(gap) is not None
        and not any(stop in gap for stop in ".;:\n")
        and _OPENS_CLAUSE.search(lead) is not None
    )


def also_called(scene: Scene, sentence: Sentence, end: int, start: int) -> bool:
    """`hiệp định A - B, tức ABFTA`, `hiệp định giữa A và B (ABFTA)`: the code behind the parties."""
    if start - end > _CLAUSE:
        return False
    gap = scene.without_names(sentence, end, start).strip(" -–")
    return (_BRACKETED if gap.endswith("(") else _ALSO_CALLED).fullmatch(f"{gap} ") is not None
