"""Marks as a source has them, to the flat spans that kyket works with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from kyket_training.corpus import CorpusError, GoldSpan
from kyket_training.formats.ledger import Ledger


class Mark(NamedTuple):
    """A span as it was read, and where that was (`FILE:LINE` where there are lines)."""

    start: int
    end: int
    label: str
    place: str


def settle(text: str, marks: Sequence[Mark], ledger: Ledger) -> list[GoldSpan]:
    """Sorted spans without blank edges that do not overlap; the ledger says what became of the others.

    Of spans that overlap, the longest stays, and of two as long, the one that begins first, then the one that
    was read first. White space at the edges is cut off; a span of nothing else is left out.

    Raises:
        CorpusError: a span without a label or outside the text; names the place.

    Example:
        >>> settle("Sở Y tế Huế", [Mark(0, 11, "ORG", "a:1"), Mark(8, 11, "LOC", "a:2")], Ledger())
        [GoldSpan(start=0, end=11, label='ORG')]
    """
    ledger.spans_read += len(marks)
    candidates = [mark for mark in (_trimmed(text, mark, ledger) for mark in marks) if mark is not None]
    kept: list[Mark] = []
    for mark in sorted(candidates, key=lambda mark: (mark.start - mark.end, mark.start)):
        at = bisect_left(kept, mark.start, key=lambda other: other.start)
        rivals = [other for other in kept[max(0, at - 1) : at + 1] if _overlap(mark, other)]
        if not rivals:
            kept.insert(at, mark)
        elif rivals[0][:3] == mark[:3]:
            ledger.leave_out_span("repeated", mark.place, _shown(text, mark))
        else:
            message = f"{_shown(text, mark)} overlaps {_shown(text, rivals[0])}, which stays"
            ledger.leave_out_span("overlapping", mark.place, message)
    return [GoldSpan(mark.start, mark.end, mark.label) for mark in kept]


def _trimmed(text: str, mark: Mark, ledger: Ledger) -> Mark | None:
    if not mark.label.strip():
        raise CorpusError(f"{mark.place}: a span without a label")
    if not 0 <= mark.start <= mark.end <= len(text):
        raise CorpusError(
            f"{mark.place}: the span {mark.start}–{mark.end} lies outside the text of {len(text)} characters"
        )
    marked = text[mark.start : mark.end]
    if not marked.strip():
        ledger.leave_out_span("empty", mark.place, f"{mark.label} at {mark.start}–{mark.end}")
        return None
    start, end = mark.end - len(marked.lstrip()), mark.start + len(marked.rstrip())
    if (start, end) == (mark.start, mark.end):
        return mark
    trimmed = mark._replace(start=start, end=end)
    ledger.change("blank edge cut off", mark.place, _shown(text, trimmed))
    return trimmed


def _overlap(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end


def _shown(text: str, mark: Mark) -> str:
    marked = " ".join(text[mark.start : mark.end].split())
    return f"{mark.label} “{marked if len(marked) <= 60 else f'{marked[:59]}…'}”"
