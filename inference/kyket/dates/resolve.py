"""From meanings to values, given the day of writing; without one, what depends on it stays unknown."""

from __future__ import annotations

import calendar
import datetime

from msgspec.structs import replace

from kyket.dates.meanings import LAST_DAY, Away, Era, Later, Length, Meaning, Point, Stretch, Unit
from kyket.timevalues import Duration, Interval, PartialDate, TimeValue

DAY_UNKNOWN = "the day of writing is unknown"
_LUNAR = "a day of the lunar calendar"
_OUTSIDE = "outside the years 1 to 9999"
_START_YEAR_UNKNOWN = "the year of its start is unknown"
_START_TOO_COARSE = "its start is not known well enough"
NO_SUCH_DAY = "there is no such day, or it ends before it starts"
REASONS = (DAY_UNKNOWN, _LUNAR, _OUTSIDE, _START_YEAR_UNKNOWN, _START_TOO_COARSE, NO_SUCH_DAY)
"""Why a value stays unknown, as notes and warnings say it."""

_AHEAD = datetime.timedelta(days=183)  # news tells of the days past; further ahead it names the year
_THESE_DAYS = datetime.timedelta(days=7)


class UnresolvedError(Exception):
    """A value that cannot be known; the message says why."""


class NothingBeforeError(UnresolvedError):
    """It counts from a date before it, and there is none: the expression names nothing."""


class Resolver:
    """Gives values to the expressions of one text, in the order of the text.

    Args:
        reference: The day of writing; None where it is unknown.
    """

    def __init__(self, reference: datetime.date | None) -> None:
        self.reference = reference
        self._day: PartialDate | None = None  # the last single day of the text
        self._point: PartialDate | None = None  # the last point of the text, a day or not
        self._story_day: PartialDate | None = None  # the last one that is not only recalled
        self.opening = False  # whether the expression opens its sentence
        self.quoted = False  # whether somebody says it within quotation marks
        self._year: int | None = None  # the last year that the text states
        self._inferred_year: int | None = None  # the year of the last point, stated or not

    def value(self, meaning: Meaning) -> TimeValue:
        """The value of a meaning.

        Raises:
            UnresolvedError: it cannot be known.
            ValueError: there is no such day, or the end comes before the start.
        """
        if isinstance(meaning, Stretch):
            self._point = None
            stretch = self._stretch(meaning)
            self._point = stretch.end
            return stretch
        if isinstance(meaning, Length):
            return self._length(meaning)
        if isinstance(meaning, Away):
            away = _cut(_moved(self._now(), meaning.count, meaning.unit), meaning.unit)
            if meaning.unit == "year":
                self._year = away.year
            return away
        if isinstance(meaning, Era):
            return self._era(meaning)
        if isinstance(meaning, Later):
            return self._later(meaning)
        value = self.point(meaning)
        if isinstance(value, PartialDate):
            self._point = value
            if value.day:
                self._day = value
                this_year = self.reference is not None and meaning.year == self.reference.year
                if meaning.year is None or this_year or self.opening:
                    self._story_day = value
            if meaning.unit == "year" or (meaning.year, meaning.year_shift) != (None, None):
                self._year = value.year or self._year
        return value

    def begin_paragraph(self) -> None:
        """From here on, `cùng ngày` is the day of the story, not one that a paragraph before recalled."""
        self._day = self._story_day or self._day
        self._point = self._story_day or self._point

    def _later(self, later: Later) -> PartialDate:
        if later.unit == "year":
            self._year = self._year_before() + later.count
            return PartialDate(self._year)
        point = self._point
        if point is None or not point.month or not (point.day or later.unit in ("month", "quarter")):
            raise NothingBeforeError("no day stands before it")
        moved = _moved(
            datetime.date(point.year or 2000, point.month, point.day or 1), later.count, later.unit
        )
        value = _cut(moved, "day" if later.unit == "week" else later.unit)
        if not point.year:
            value = PartialDate(None, value.month, value.day)
        self._point = value
        self._day = value if value.day else self._day
        return value

    def _era(self, era: Era) -> Interval:
        year = self._now().year + era.years * era.shift
        first = (year - 1) // 100 * 100 + 1 if era.years == 100 else year // 10 * 10
        return Interval(PartialDate(first), PartialDate(first + era.years - 1))

    def _year_before(self) -> int:
        year = self._year or self._inferred_year
        if year is None:
            raise NothingBeforeError("no year stands before it")
        return year

    def point(self, point: Point) -> PartialDate | Interval:
        """The value of a point; a week is the interval from its Monday to its Sunday."""
        if point.lunar:
            raise UnresolvedError(_LUNAR)
        if point.same == "day":
            return self._day_before(point.shift or 0)
        if point.weekday is not None:
            return self._weekday(point.weekday, point.shift, point.toward)
        if point.day and not point.month:
            return self._day_of_month(point.day, point.month_shift, point.toward)
        if point.shift is not None:
            now = self._day_of_saying() if point.unit == "day" else self._now()
            moved = _moved(now, point.shift, point.unit)
            return _week_of(moved) if point.unit == "week" else _cut(moved, point.unit)
        value = self._with_day(point, self._year_of(point))
        self._inferred_year = value.year or self._inferred_year
        return value

    def _day_of_saying(self) -> datetime.date:
        """The day from which `hôm nay` counts: in a quotation that of the story, if it is of these days."""
        now, day = self._now(), self._story_day
        if not self.quoted or day is None or not day.year or not day.month or not day.day:
            return now
        said = datetime.date(day.year, day.month, day.day)
        return said if datetime.timedelta() <= now - said <= _THESE_DAYS else now

    def _day_before(self, days_later: int) -> PartialDate:
        day = self._day
        if day is None or not day.month or not day.day:
            raise NothingBeforeError("no day stands before it")
        if not days_later:
            return day
        moved = _moved(datetime.date(day.year or 2000, day.month, day.day), days_later, "day")
        return PartialDate(moved.year if day.year else None, moved.month, moved.day)

    def _year_of(self, point: Point) -> int | None:
        if point.year_shift is not None:
            if self.reference is not None:
                return self.reference.year + point.year_shift
            if point.unit == "year":
                raise UnresolvedError(DAY_UNKNOWN)
            return None
        if point.same == "year":
            return self._year_before() if point.unit == "year" else self._year or self._inferred_year
        if point.two_digit_year and point.year is not None:
            return self._century(point.year)
        if point.year is not None or self.reference is None:
            return point.year
        if point.beside and self._inferred_year:
            return self._inferred_year
        return self._nearest_year(point, self.reference)

    def _century(self, year: int) -> int:
        """The full year of two digits: not more than 20 years after the day of writing, else after 1950."""
        if self.reference is None:
            return year + (2000 if year < 50 else 1900)
        latest = self.reference.year + 20
        return latest - (latest - year) % 100

    def _nearest_year(self, point: Point, reference: datetime.date) -> int:
        month = point.month or (3 * point.quarter - 1 if point.quarter else 1)
        day = point.day if point.day and point.day > 0 else 15
        candidates = {}
        for year in (reference.year - 1, reference.year, reference.year + 1):
            last_day = calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year > 0 else 0
            if not (1 <= year <= 9999 and 1 <= day <= last_day):
                continue
            candidates[year] = datetime.date(year, month, day) - reference
        if not candidates:
            return reference.year
        same = [
            year
            for year in candidates
            if point.unit == "month" and (year, month) == (reference.year, reference.month)
        ]
        if point.toward < 0 and not same:
            return max((year for year in candidates if candidates[year].days <= 0), default=reference.year)
        if point.toward > 0 and not same:
            return min((year for year in candidates if candidates[year].days >= 0), default=reference.year)
        near = [year for year in candidates if candidates[year] <= _AHEAD]
        return min(near or candidates, key=lambda year: abs(candidates[year]))

    def _with_day(self, point: Point, year: int | None) -> PartialDate:
        day = point.day
        if day and day < 0 and point.month:
            day += calendar.monthrange(year or 2000, point.month)[1] - LAST_DAY
        return PartialDate(year, point.month, day, point.quarter)

    def _weekday(self, weekday: int, weeks: int | None, toward: int) -> PartialDate:
        now = self._now()
        days = weekday - now.weekday()
        if weeks is not None:
            days += 7 * weeks
        elif toward > 0:
            days += 7 * (days <= 0)
        elif days > 0 or (toward < 0 and not days):
            days -= 7  # a bare day of the week is the last one
        return _cut(now + datetime.timedelta(days=days), "day")

    def _day_of_month(self, day: int, months: int | None, toward: int) -> PartialDate:
        """`ngày 5 tháng trước`; `ngày 5 vừa qua`, `ngày 15 tới`: the last such day, the next one."""
        now = self._now()
        if months is not None:
            month = _cut(_moved(now, months, "month"), "month")
            return PartialDate(month.year, month.month, day)
        for away in range(4):  # of two months in a row, one has the day
            first = _moved(now.replace(day=1), toward * away, "month")
            if day > calendar.monthrange(first.year, first.month)[1]:
                continue
            if (first.replace(day=day) - now).days * toward > 0:
                return PartialDate(first.year, first.month, day)
        raise ValueError(f"no month has a day {day}")

    def _stretch(self, stretch: Stretch) -> Interval:
        first, last = stretch.first, stretch.last
        if first and last and first.unit == "month" and first.year and not first.month:
            # `từ đầu năm 2024 đến nay` is told by months in 2024 alone
            if self.reference is not None and first.year == self.reference.year:
                first, last = replace(first, month=1), Point("month", shift=0)
            else:
                first = replace(first, unit="year")
        if self.reference is None and first is not None and last is not None and last.shift == 0:
            last = None  # until a now that is unknown
        if first is not None and last is not None:
            if (
                first.two_digit_year != last.two_digit_year
                and last.year is not None
                and first.year is not None
            ):
                last = replace(last, year=first.year - first.year % 100 + last.year, two_digit_year=False)
            if first.lacks_year and last.lacks_year and self.reference is not None:
                end = self._start_or_end(last, first=False)
                return Interval(self._before(first, end), end)
            if first.toward and not (first.month or last.month) and 0 < (first.day or 0) <= (last.day or 0):
                end = self._start_or_end(last, first=False)  # `từ ngày 10 đến 15 vừa qua` is in one month
                return Interval(PartialDate(end.year, end.month, first.day), end)
            start, end = self._start_or_end(first, first=True), self._start_or_end(last, first=False)
            if first.lacks_year and start.year and end.year and start.year > end.year:
                start = self._with_day(first, end.year)  # `từ tháng 5 đến hết năm 2023`
            return Interval(start, end)
        return Interval(
            self._start_or_end(first, first=True) if first else None,
            self._start_or_end(last, first=False) if last else None,
        )

    def _before(self, point: Point, end: PartialDate) -> PartialDate:
        """The last such day before the end of a stretch."""
        later = (point.quarter or point.month or 0, point.day or 0) > (
            end.quarter or end.month or 0,
            end.day or 99,
        )
        year = None if end.year is None else end.year - later
        return self._with_day(point, year)

    def _start_or_end(self, point: Point, *, first: bool) -> PartialDate:
        value = self.point(point)
        if isinstance(value, Interval):
            edge = value.start if first else value.end
            assert edge is not None
            return edge
        return value

    def _length(self, length: Length) -> TimeValue:
        if length.direction == 0 or (length.reviewed and self.reference is None):
            return _duration(length.count, length.unit)
        if length.origin is not None:
            start = self._start_or_end(length.origin, first=True)
            return Interval(start, _after(start, length.count, length.unit))
        now, then = self._now(), _moved(self._now(), length.direction * length.count, length.unit)
        ends = sorted((now, then))
        return Interval(_cut(ends[0], length.unit), _cut(ends[1], length.unit))

    def _now(self) -> datetime.date:
        if self.reference is None:
            raise UnresolvedError(DAY_UNKNOWN)
        return self.reference


def _moved(day: datetime.date, count: int, unit: Unit) -> datetime.date:
    """`day` so many units later; a day that the month lacks becomes its last one."""
    try:
        if unit in ("day", "week"):
            return day + datetime.timedelta(days=count * (7 if unit == "week" else 1))
        months = 12 * day.year + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
        year, month = divmod(months, 12)
        return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, IndexError):
        raise UnresolvedError(_OUTSIDE) from None


def _cut(day: datetime.date, unit: Unit) -> PartialDate:
    if unit == "year":
        return PartialDate(day.year)
    if unit == "quarter":
        return PartialDate(day.year, quarter=(day.month + 2) // 3)
    if unit == "month":
        return PartialDate(day.year, day.month)
    return PartialDate(day.year, day.month, day.day)


def _week_of(day: datetime.date) -> Interval:
    monday = day - datetime.timedelta(days=day.weekday())
    return Interval(_cut(monday, "day"), _cut(_moved(monday, 6, "day"), "day"))


def _after(start: PartialDate, count: int, unit: Unit) -> PartialDate:
    """The end of a length from `start` on, as fine as `start` or as the length, whichever is finer known."""
    if start.year is None:
        raise UnresolvedError(_START_YEAR_UNKNOWN)
    month = start.month or (3 * start.quarter - 2 if start.quarter else None)
    day = datetime.date(start.year, month or 1, start.day or 1)
    precision: Unit = "day" if start.day else "month" if month else "year"
    if precision == "year" and unit != "year":
        if unit == "month" and count % 12 == 0:
            return _cut(_moved(day, count, "month"), "year")
        raise UnresolvedError(_START_TOO_COARSE)
    if precision == "month" and unit in ("day", "week"):
        raise UnresolvedError(_START_TOO_COARSE)
    return _cut(_moved(day, count, unit), precision)


def _duration(count: int, unit: Unit) -> Duration:
    if unit == "year":
        return Duration(years=count)
    if unit == "week":
        return Duration(weeks=count)
    return Duration(months=count) if unit == "month" else Duration(days=count)
