"""Two names of one instrument side by side: the full one and the short one, the name and what it is."""

from __future__ import annotations

import regex

from kyket.agreements.scene import Piece, Scene, Sentence

_APPOSED = regex.compile(r"\)?\s*[,–-]\s*(?:một\s+)?")
_TOLD_OF_IT = regex.compile(r"(?:\s+\p{L}+){0,3}?\s+(?:được|mà|vốn|do)(?!\p{L})")


def apposed(scene: Scene, sentence: Sentence, start: int, end: int, piece: Piece) -> bool:
    """`Hiệp định Vận tải, thỏa thuận được hai nước ký năm 2014`: what the one named at `start` is.

    Not `ký Hiệp định Vận tải, nghị định thư về cảng do hai bộ soạn và …`, a list of what was signed.
    """
    return (
        scene.text[start].isupper()
        and scene.text[piece.start].islower()
        and _APPOSED.fullmatch(scene.text, end, piece.start) is not None
        and _TOLD_OF_IT.match(scene.text, piece.end) is not None
        and not any(other.label == "SIGNING" and other.end <= start for other in sentence.pieces)
    )


def in_bracket(scene: Scene, end: int, start: int) -> bool:
    """`Bản ghi nhớ hợp tác (MoU)`: what begins at `start` stands in a bracket behind what ends at `end`."""
    return start - end <= 3 and scene.text[end:start].strip() == "("
