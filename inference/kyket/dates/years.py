"""Years for days that state none, in an article whose day of writing is unknown.

A day gets a year only from what the article itself says: a stretch of days or a full date that covers it
(`thăm từ 4/6 - 8/6/2017 … 5/6`), the beginning of what is agreed (`5 năm kể từ tháng 1-2019 … 9-1`), the one
year of its own sentence (`Ngày 6/2, … xây trường trong năm 2017`), or, in the first half of a year, the year
that is under way while the one before is told as done. A year that the article itself goes beyond is never
taken, and where two are possible, the year stays unknown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain

import regex
from msgspec.structs import replace

from kyket.dates.expressions import Expression
from kyket.dates.meanings import Length, Point, Stretch
from kyket.sentences import sentence_ends

_TODAY = Point("day", shift=0)
_NEIGHBOURS = 20  # expressions of a sentence that are looked at on either side
# A year after these words is a deadline, a beginning or something compared with, not the year of the news.
_OTHER_YEAR_BEFORE = regex.compile(
    r"(?<!\p{L})(?:đến|tới|trước|sau|từ|với|cùng\skỳ|vào|hồi|ký|kể|cuối|hết|lập|luật|khóa|tầm\snhìn|sinh|sn)\s(?:năm\s)?$",
    regex.IGNORECASE,
)
# Between a day and a year, these say that the year is one that was closed or is to come.
_OTHER_YEAR_BETWEEN = regex.compile(
    r"(?<!\p{L})(?:tổng\skết|kết\squả|quyết\stoán|kế\shoạch|phương\shướng|kỷ\slục|kỷ\sniệm|thành\slập|Tết)(?!\p{L})",
    regex.IGNORECASE,
)
_PLANNED_BEFORE = regex.compile(r"(?<!\p{L})trong\s$", regex.IGNORECASE)
_DONE_AFTER = regex.compile(
    r",?\s(?:đã|ước|chỉ|tiếp\stục)?\s?(?:đạt|tăng|giảm|thực\shiện\sđược)(?!\p{L})", regex.IGNORECASE
)


def with_stated_years(text: str, found: Sequence[Expression]) -> list[Expression]:
    """The same expressions, with years where the article is certain of them."""
    days = {expression.start: day for expression in found if (day := _yearless_day(expression))}
    if not days:
        return list(found)
    latest = max((year for expression in found if (year := _year_of_news(text, expression))), default=0)
    covers = [cover for expression in found if (cover := _cover(expression)) and cover[0] >= latest]
    planned = _planned_year(text, found, latest)
    ends = sentence_ends(text)
    years: dict[tuple[int, int], set[int]] = {}
    for expression in found:
        day = days.get(expression.start)
        if day is None:
            continue
        told = {year for year, first, last in covers if first <= day <= last}
        told = told or _sentence_year(text, expression, found, ends)
        if planned and day[0] <= 6:
            told = told or {planned}
        years.setdefault(day, set()).update(told)
    return _with_story_day([_dated(expression, years) for expression in found])


def _with_story_day(found: list[Expression]) -> list[Expression]:
    """`hôm nay` is the day that the article has named before, if it names no other day at all."""
    days = [e for e in found if isinstance(e.meaning, Point) and e.meaning.unit == "day" and e.meaning.day]
    if len({day.meaning for day in days}) != 1:
        return found
    told = days[0]
    return [
        replace(e, meaning=told.meaning)
        if e.start > told.start and isinstance(e.meaning, Point) and e.meaning == _TODAY
        else e
        for e in found
    ]


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


def _year_of_news(text: str, expression: Expression) -> int | None:
    """The year of a point that is no deadline and no beginning."""
    point = expression.meaning
    if not isinstance(point, Point) or point.year is None or point.two_digit_year:
        return None
    if _OTHER_YEAR_BEFORE.search(text[max(0, expression.start - 20) : expression.start]):
        return None
    return point.year


def _cover(expression: Expression) -> tuple[int, tuple[int, int], tuple[int, int]] | None:
    """The days of one year that an expression is about: its year, the first and the last (month, day)."""
    meaning = expression.meaning
    if isinstance(meaning, Length) and meaning.origin is not None and meaning.origin.unit in ("day", "month"):
        first = last = meaning.origin
    elif isinstance(meaning, Point) and meaning.unit == "day":
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


def _planned_year(text: str, found: Sequence[Expression], latest: int) -> int | None:
    """The latest year, where it is spoken of as under way and the one before it as done."""
    under_way = done = False
    for expression in found:
        year = _year_of_news(text, expression)
        if isinstance(expression.meaning, Point) and expression.meaning.unit == "year":
            before = text[max(0, expression.start - 8) : expression.start]
            under_way |= year == latest and _PLANNED_BEFORE.search(before) is not None
            done |= year == latest - 1 and _DONE_AFTER.match(text, expression.end) is not None
    return latest if under_way and done else None


def _sentence_year(
    text: str, expression: Expression, found: Sequence[Expression], ends: list[int]
) -> set[int]:
    """The one year that the sentence of an expression names, unless it may be another than the day's."""
    sentence = bisect_right(ends, expression.start)
    start = ends[sentence - 1] if sentence else 0
    end = ends[sentence] if sentence < len(ends) else len(text)
    place = bisect_right(found, expression.start, key=lambda other: other.start)
    years = set()
    for other in chain(
        reversed(found[max(0, place - _NEIGHBOURS) : place]), found[place : place + _NEIGHBOURS]
    ):
        if other is expression or not start <= other.start < end or not isinstance(other.meaning, Point):
            continue
        if other.meaning.unit != "year" and other.meaning.year is not None:
            return set()
        if other.meaning.unit == "year" and other.meaning.year is not None:
            between = text[min(expression.end, other.end) : max(expression.start, other.start)]
            if _year_of_news(text, other) is None or _OTHER_YEAR_BETWEEN.search(between):
                return set()
            years.add(other.meaning.year)
    return years if len(years) == 1 else set()
