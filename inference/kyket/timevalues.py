"""Values of time expressions as ISO 8601 writes them: dates known in part, intervals, lengths.

`str(value)` is the ISO string and `parse_value` reads it back. Unknown parts stay unknown: the day and
month of a date without a year give `XXXX-07-18` (as in TIMEX3, https://timeml.org).
"""

from __future__ import annotations

import datetime
import re
from typing import Any


class TimeValue:
    """Base of what a time expression can mean; values are equal when their parts are.

    Plain classes, not dataclasses: msgspec would write a dataclass as an object instead of its ISO string.
    """

    __slots__: tuple[str, ...] = ()

    def _parts(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((type(self), self._parts()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self._parts()))})"


class PartialDate(TimeValue):
    """A point in time, as fine as it is known: year, quarter, month or day.

    Args:
        year: None where the text does not give it.
        month: 1 to 12.
        day: 1 to 31; needs a month.
        quarter: 1 to 4; instead of a month.

    Raises:
        ValueError: there is no such day, as in 31/2 (29/2 is possible while the year is unknown).

    Example:
        >>> str(PartialDate(2022, 7, 18)), str(PartialDate(None, 7, 18)), str(PartialDate(2024, quarter=3))
        ('2022-07-18', 'XXXX-07-18', '2024-Q3')
    """

    __slots__ = ("year", "month", "day", "quarter")  # noqa: RUF023

    def __init__(
        self,
        year: int | None = None,
        month: int | None = None,
        day: int | None = None,
        quarter: int | None = None,
    ) -> None:
        self.year, self.month, self.day, self.quarter = year, month, day, quarter
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        if self.quarter is not None and (self.month is not None or not 1 <= self.quarter <= 4):
            raise ValueError(f"no such quarter: {self.quarter}")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        if self.month is not None:
            datetime.date(self.year or 2000, self.month, 1 if self.day is None else self.day)

    def __str__(self) -> str:
        year = "XXXX" if self.year is None else f"{self.year:04}"
        if self.quarter is not None:
            return f"{year}-Q{self.quarter}"
        if self.month is None:
            return year
        return f"{year}-{self.month:02}" + ("" if self.day is None else f"-{self.day:02}")


class Duration(TimeValue):
    """A bare length: `26 tháng` is `P26M`.

    Raises:
        ValueError: no part is given, or weeks together with other parts.
    """

    __slots__ = ("years", "months", "weeks", "days")  # noqa: RUF023

    def __init__(self, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> None:
        self.years, self.months, self.weeks, self.days = years, months, weeks, days
        others = (self.years, self.months, self.days)
        if min(*others, self.weeks) < 0 or not any((*others, self.weeks)) or (self.weeks and any(others)):
            raise ValueError("a length needs years, months and days, or weeks alone")

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        return "P" + "".join(f"{n}{unit}" for n, unit in parts if n)


class Interval(TimeValue):
    """A stretch of time from `start` to `end`, both part of it; None is an open end.

    Raises:
        ValueError: both ends are open, or the end comes before the start.

    Example:
        >>> str(Interval(PartialDate(2018), PartialDate(2023))), str(Interval(PartialDate(2024), None))
        ('2018/2023', '2024/..')
    """

    __slots__ = ("start", "end")  # noqa: RUF023

    def __init__(self, start: PartialDate | None, end: PartialDate | None) -> None:
        self.start, self.end = start, end
        if self.start is None and self.end is None:
            raise ValueError("an interval needs a start or an end")
        if self.start and self.end and self.start.year and self.end.year:
            first = (self.start.year, self.start.month or 0, self.start.day or 0)
            last = (self.end.year, self.end.month or 12, self.end.day or 31)
            if last < first:
                raise ValueError(f"ends before it starts: {self}")

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"


_DATE = re.compile(r"(\d{4}|XXXX)(?:-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_LENGTH = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)


def parse_value(text: str) -> TimeValue:
    """The value that an ISO string stands for.

    Raises:
        ValueError: `text` is none of the forms that kyket writes.

    Example:
        >>> parse_value("2018/2023").end
        PartialDate(2023, None, None, None)
    """
    if not isinstance(text, str):
        raise ValueError(f"not an ISO 8601 string: {text!r}")
    if "/" in text:
        start, end = text.split("/", 1)
        return Interval(
            None if start == ".." else _parse_date(start),
            None if end == ".." else _parse_date(end),
        )
    if match := _LENGTH.fullmatch(text):
        return Duration(*(int(n or 0) for n in match.groups()))
    return _parse_date(text)


def _parse_date(text: str) -> PartialDate:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"not an ISO 8601 date that kyket writes: {text!r}")
    year, quarter, month, day = match.groups()
    return PartialDate(
        None if year == "XXXX" else int(year),
        int(month) if month else None,
        int(day) if day else None,
        int(quarter) if quarter else None,
    )
