"""The year of a day that the article tells elsewhere with it: `Ngày 26-10, …`, `từ ngày 26-10-2018`."""

from __future__ import annotations

import regex
from msgspec.structs import replace

from kyket.document import Date
from kyket.orthography import canonical
from kyket.timevalues import Interval, PartialDate

# A day of the calendar that comes back every year: `45 năm ngày ký 18/7/1977`.
_REMEMBERED = regex.compile(
    r"(?<!\p{L})(?:kỷ\s+niệm|năm\s+ngày|lịch\s+sử|truyền\s+thống|thành\s+lập|chiến\s+thắng|giải\s+phóng|sinh)(?!\p{L})",
    regex.IGNORECASE,
)
# What ends on the day says nothing of others: `có giá trị đến ngày 26-10-2023`.
_UNTIL = regex.compile(r"(?<!\p{L})(?:đến|tới|trước|hạn)(?:\s+(?:hết|hạn))*\s+$", regex.IGNORECASE)
_LEAD = 60


def with_known_years(text: str, dates: list[Date]) -> list[Date]:
    """The dates, those of one day of the year all with the year that some have, where that is one year."""
    years: dict[tuple[int, int], set[int | None]] = {}
    for date in dates:
        day = _day(date)
        before = canonical(text[max(0, date.start - _LEAD) : date.start]).text
        if day is None or _UNTIL.search(before):
            continue
        kept = _REMEMBERED.search(before)
        years.setdefault((day.month or 0, day.day or 0), set()).add(None if kept else day.year)
    return [_dated(date, years) for date in dates]


def _dated(date: Date, years: dict[tuple[int, int], set[int | None]]) -> Date:
    value = date.value
    if not isinstance(value, PartialDate) or value.year or not value.month or not value.day:
        return date
    known = years.get((value.month, value.day), set())
    if len(known) != 1 or (year := next(iter(known))) is None:
        return date
    return replace(date, value=PartialDate(year, value.month, value.day))


def _day(date: Date) -> PartialDate | None:
    """The day of a date, or on which it begins, if that has its year."""
    value = date.value.start if isinstance(date.value, Interval) else date.value
    return value if isinstance(value, PartialDate) and value.year and value.day else None
