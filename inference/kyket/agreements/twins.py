"""Small places that act together, told by their levels: `xã A và bản B ký`, `giữa ấp A với phum B`."""

from __future__ import annotations

from bisect import bisect_left

import regex

from kyket.agreements.scene import Piece, Scene, Sentence

_LEVEL = r"(?:huyện|quận|thị\s+xã|thị\s+trấn|xã|phường|ấp|thôn|bản|buôn|bon|làng|phum|sóc|khóm|cụm\s+bản)\s+"
_BEFORE = regex.compile(rf"(?<!\p{{L}}){_LEVEL}", regex.IGNORECASE | regex.REVERSE)
_AND = regex.compile(rf"\s*(?:và|với|cùng(?:\s+với)?|[-–])\s+{_LEVEL}", regex.IGNORECASE)
_SIGNS = regex.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,\s*)?(?:(?:đã|vừa|mới|cũng|sẽ|cùng|được)\s+){0,3}(?:tái\s+)?ký(?!\p{L})",
    regex.IGNORECASE,
)
_BETWEEN = regex.compile(r"(?<!\p{L})giữa\s+(?:hai\s+)?", regex.IGNORECASE | regex.REVERSE)
# At the end of the name of a contract, what goes from one place to the other.
_WAY = regex.compile(r"(?<!\p{L})(?:đường|cầu|tuyến|kênh|mương|đê)(?:\s+\p{L}+){0,2}$", regex.IGNORECASE)
_REACH, _NEAR = 24, 4


def twinned(scene: Scene, sentence: Sentence, place: Piece) -> bool:
    """Whether a place is one of two that sign, or that an instrument is between."""
    if _level(scene, sentence, place) is None:
        return False
    at = bisect_left(sentence.pieces, place.start, key=lambda piece: piece.start)
    before = _next(sentence, sentence.pieces[max(0, at - _NEAR) : at][::-1])
    behind = _next(sentence, sentence.pieces[at + 1 : at + 1 + _NEAR])
    return (before is not None and _act(scene, sentence, before, place)) or (
        behind is not None and _act(scene, sentence, place, behind)
    )


def _next(sentence: Sentence, pieces: tuple[Piece, ...]) -> Piece | None:
    """The first of some pieces outside brackets, if that is a place."""
    first = next((piece for piece in pieces if not sentence.bracket(piece.start)), None)
    return first if first and first.label == "LOC" else None


def _act(scene: Scene, sentence: Sentence, one: Piece, other: Piece) -> bool:
    level = _level(scene, sentence, one)
    if level is None or not _AND.fullmatch(scene.gap(one.end, other.start, sentence)):
        return False
    if _SIGNS.match(scene.text, other.end, sentence.end):
        return True
    between = _BETWEEN.match(scene.text[max(sentence.start, level - _REACH) : level])
    return between is not None and _is_paper(scene, sentence, level - len(between.group()))


def _is_paper(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Whether what is between two is an instrument or its signing, no road: it ends right before `at`."""
    behind = bisect_left(sentence.pieces, at, key=lambda piece: piece.start)
    last = sentence.pieces[behind - 1] if behind else None
    if last is None or last.label not in ("AGREEMENT", "SIGNING") or scene.text[last.end : at].strip():
        return False
    return _WAY.search(scene.text, last.start, last.end) is None


def _level(scene: Scene, sentence: Sentence, place: Piece) -> int | None:
    """Where the word for the level of a place begins, right before it."""
    level = _BEFORE.match(scene.text[max(sentence.start, place.start - _REACH) : place.start])
    return None if level is None else place.start - len(level.group())
