"""Lengths that are looked back on, in a sentence that says which years they were.

`Tổng kết 5 năm thực hiện chương trình giai đoạn 2014-2018`, written in December 2018, speaks of 2014 to 2018,
while five years back from the day of writing begin in 2013.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Sequence

import regex
from msgspec.structs import replace

from kyket.dates.expressions import Expression
from kyket.dates.meanings import Length, Stretch
from kyket.sentences import sentence_ends

_NEIGHBOURS = 8  # expressions that are looked at on either side
_NEW_BETWEEN = regex.compile(r"(?<!\p{L})(?:ký|mới|tiếp\stheo|gia\shạn|tới)(?!\p{L})", regex.IGNORECASE)
_IN_BRACKETS = regex.compile(r"(?:\s\p{L}+){0,4}\s\(")


def with_reviewed_ranges(
    text: str, found: Sequence[Expression], reference: datetime.date | None
) -> list[Expression]:
    """The same expressions; a reviewed length of years is the range of its sentence that is as long.

    What is newly signed, or ends after the year of writing, is not what was reviewed, unless it stands in
    brackets right behind: `ba năm thực hiện (từ năm 2018-2020)`.
    """
    if not any(_reviewed_years(expression) for expression in found):
        return list(found)
    ends = sentence_ends(text)
    result = list(found)
    for i, expression in enumerate(found):
        count = _reviewed_years(expression)
        if not count:
            continue
        sentence = bisect_right(ends, expression.start)
        for other in found[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1]:
            first, last = _years(other) or (0, -2)
            if count not in (last - first, last - first + 1) or bisect_right(ends, other.start) != sentence:
                continue
            between = text[min(expression.end, other.end) : max(expression.start, other.start)]
            told = _IN_BRACKETS.fullmatch(between) is not None
            past = reference is None or last <= reference.year
            if told or (past and not _NEW_BETWEEN.search(between)):
                result[i] = replace(expression, meaning=other.meaning)
                break
    return result


def _reviewed_years(expression: Expression) -> int:
    length = expression.meaning
    return length.count if isinstance(length, Length) and length.reviewed and length.unit == "year" else 0


def _years(expression: Expression) -> tuple[int, int] | None:
    """The first and the last year of a range of years; None for anything else."""
    stretch = expression.meaning
    if not isinstance(stretch, Stretch) or stretch.first is None or stretch.last is None:
        return None
    first, last = stretch.first, stretch.last
    if first.unit != "year" or last.unit != "year" or first.year is None or last.year is None:
        return None
    return first.year, last.year
