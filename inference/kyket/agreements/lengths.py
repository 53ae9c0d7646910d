"""What a length or an end alone comes to as an interval, and which of two periods is the fuller."""

from __future__ import annotations

from calendar import monthrange

from kyket.agreements.grounds import Rule, Told
from kyket.timevalues import Duration, Interval, PartialDate, TimeValue


def months_of(value: Interval) -> int:
    """How many months of the calendar an interval touches; 0 where an end is open."""
    start, end = value.start, value.end
    if start is None or end is None or start.year is None or end.year is None:
        return 0
    return (end.year - start.year) * 12 + (end.month or 12) - (start.month or 1) + 1


def years_of(value: TimeValue | None) -> tuple[int, int] | None:
    """The first and the last year of an interval, where both are told."""
    if not isinstance(value, Interval) or value.start is None or value.end is None:
        return None
    first, last = value.start.year, value.end.year
    return None if first is None or last is None else (first, last)


def extend(start: TimeValue | None, length: Duration) -> Interval | None:
    """The interval of that length from `start`, as fine as `start`.

    Example:
        >>> str(extend(PartialDate(2019, 1), Duration(years=5)))
        '2019-01/2024-01'
    """
    if not isinstance(start, PartialDate) or start.year is None:
        return None
    months = length.years * 12 + length.months
    if start.month is None:
        end = start.year + (months + 6) // 12
        return Interval(PartialDate(start.year), PartialDate(end)) if end <= 9999 else None
    total = start.year * 12 + start.month - 1 + months
    if total // 12 > 9999:
        return None
    day = min(start.day, monthrange(total // 12, total % 12 + 1)[1]) if start.day else None
    return Interval(start, PartialDate(total // 12, total % 12 + 1, day))


def ending(value: Interval, length: TimeValue) -> TimeValue:
    """The interval of so many years that has that end."""
    end = value.end
    if (
        isinstance(length, Duration)
        and end is not None
        and end.year
        and length.years
        and end.year > length.years
    ):
        try:
            return Interval(PartialDate(end.year - length.years, end.month), PartialDate(end.year, end.month))
        except ValueError:
            return value
    return value


def resolve(
    period: Told[TimeValue] | None, signed: PartialDate | None, published: str | None
) -> Told[TimeValue] | None:
    """The closed interval that a validity means for an instrument signed then, or else when published."""
    if period is None:
        return None
    value = period.value
    start = signed if signed and signed.year else PartialDate(int(published[:4])) if published else None
    if isinstance(value, Interval):
        if value.start is None and value.end is not None and start:
            end = value.end
            if signed is None and published and str(end) <= published:
                return None  # it ended before anything that tells when it began
            same = PartialDate(start.year, start.month if end.month else None, start.day if end.day else None)
            if same.month is None or (end.day and same.day is None):  # no finer than the beginning
                end = PartialDate(end.year, end.month if same.month else None)
            try:
                return period.then(Interval(same, end), Rule.UNTIL)
            except ValueError:
                return None
        dated = signed is not None or published is not None
        return None if value.end is None or (value.start is None and dated) else period
    if isinstance(value, Duration) and start:
        # `36 tháng` counts by the month
        counted = PartialDate(start.year, start.month if value.months else None)
        years = extend(counted, value)
        return period.then(years, Rule.LENGTH) if years else None
    return None


def better(old: Told[TimeValue] | None, new: Told[TimeValue] | None) -> Told[TimeValue] | None:
    """The fuller of two periods: years before a length, a start before none."""
    if old is None or new is None:
        return old or new
    if isinstance(old.value, Duration) and isinstance(new.value, Interval):
        return new
    if isinstance(old.value, Interval) and old.value.start is None:
        return new if isinstance(new.value, Interval) and new.value.start else old
    return old
