"""Years for days that state none, in an article whose day of writing is unknown.

A day gets a year only from what the article itself says about that day: a full date, month or stretch that
covers it (`thăm từ 4/6 - 8/6/2017 … chiều 5/6`), or the one year that its own sentence speaks of (`Ngày 6/2, …
hỗ trợ đầu tư vào tỉnh năm 2017`). Where two years are possible, it stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from kyket.dates.expressions import Expression
from kyket.dates.meanings import Length, Point, Stretch

_SENTENCE_END = regex.compile(r"[.!?…][\s”\"')\]]+(?=[\p{Lu}\p{N}\"“(])|\n")
# A year after these words is a deadline, a beginning or something compared with, not the year of the news.
_OTHER_YEAR_BEFORE = regex.compile(
    r"(?<!\p{L})(?:đến|tới|trước|sau|từ|với|cùng\skỳ|vào|hồi|ký|kể|cuối|hết|quyết\stoán|\p{L}*\skết|luật|khóa)"
    r"\s(?:năm\s)?$",
    regex.IGNORECASE,
)


def with_stated_years(text: str, found: Sequence[Expression]) -> list[Expression]:
    """The same expressions, with years where the article is certain of them."""
    spans = [_covered(expression) for expression in found]
    spans = [span for span in spans if span is not None]
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    years: dict[tuple[int, int], set[int]] = {}
    for expression in found:
        day = _yearless_day(expression)
        if day is None:
            continue
        covering = {year for year, first, last in spans if first <= day <= last}
        years.setdefault(day, set()).update(covering or _sentence_year(text, expression, found, ends))
    return [_dated(expression, years) for expression in found]


def _dated(expression: Expression, years: dict[tuple[int, int], set[int]]) -> Expression:
    day = _yearless_day(expression)
    known = years.get(day, set()) if day else set()
    if len(known) != 1 or not isinstance(expression.meaning, Point):
        return expression
    return replace(expression, meaning=replace(expression.meaning, year=next(iter(known))))


def _yearless_day(expression: Expression) -> tuple[int, int] | None:
    point = expression.meaning
    if not isinstance(point, Point) or point.lunar or not point.lacks_year:
        return None
    return (point.month, point.day) if point.month and point.day else None


def _covered(expression: Expression) -> tuple[int, tuple[int, int], tuple[int, int]] | None:
    """The days of one year that an expression of that year covers, if it is finer than a year."""
    meaning = expression.meaning
    if isinstance(meaning, Length):
        meaning = meaning.origin or Stretch(None, None)
    if isinstance(meaning, Point):
        first = last = meaning
    elif isinstance(meaning, Stretch) and meaning.first and meaning.last:
        first, last = meaning.first, meaning.last
        if first.unit != "day" or last.unit != "day" or first.year != last.year:
            return None
    else:
        return None
    if first.year is None or first.two_digit_year or not first.month or not last.month:
        return None
    return first.year, (first.month, first.day or 1), (last.month, last.day or 31)


def _sentence_year(text: str, expression: Expression, found: Sequence[Expression], ends: list[int]) -> set[int]:
    """The one year that the sentence of an expression names, unless it may be another than the day's."""
    start = max((end for end in ends if end <= expression.start), default=0)
    end = min((end for end in ends if end > expression.start), default=len(text))
    years = set()
    for other in found:
        if other is expression or not start <= other.start < end:
            continue
        point = other.meaning
        if not isinstance(point, Point):
            continue
        if point.unit == "year" and point.year is not None:
            if _OTHER_YEAR_BEFORE.search(text[max(start, other.start - 20) : other.start]):
                return set()
            years.add(point.year)
        elif point.year is not None:
            return set()
    return years if len(years) == 1 else set()
