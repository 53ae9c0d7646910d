"""Points of one expression lend each other what they leave out: `từ ngày 10 đến 15 tháng 5 năm 1999`."""

from __future__ import annotations

from msgspec.structs import replace

from kyket.dates.meanings import Point

Bound = Point | int | None  # a bare number, until its neighbour says what it counts


def complete(first: Bound, last: Bound) -> tuple[Point, Point] | None:
    """Both ends of a range in full; None where the two do not make a range.

    Example:
        >>> first, last = complete(10, Point("day", year=1999, month=5, day=15))
        >>> first.year, first.month, first.day
        (1999, 5, 10)
    """
    if isinstance(first, int) and isinstance(last, int):
        return None
    if isinstance(first, int) and isinstance(last, Point):
        first = _named_like(last, first)
        if first is None or (first.day or 0) > (last.day or 0):
            return None
    if isinstance(last, int) and isinstance(first, Point):
        last = _short_year(first, last) if first.unit == "year" else _named_like(first, last)
    if not isinstance(first, Point) or not isinstance(last, Point) or first.lunar or last.lunar:
        return None
    if _states_year(first) and _states_year(last):
        return first, last
    if "year" in (first.unit, last.unit) or last.toward:
        return first, last
    if first.lacks_year and _states_year(last):
        return _in_year_of(first, last, years=-_is_after(first, last)), last
    if last.lacks_year and _states_year(first):
        return first, _in_year_of(last, first, years=int(_is_after(first, last)))
    return first, last


def complete_list(items: list[Bound]) -> list[Point] | None:
    """The points of a list in full, each completed from the one after it, else from the one before it."""
    full: list[Point] = []
    for item in reversed(items):
        if not full:
            if not isinstance(item, Point):
                return None
            full.append(item)
            continue
        following = full[-1]
        point = _named_like(following, item) if isinstance(item, int) else item
        if point is None or point.unit != following.unit:
            return None
        if point.lacks_year and _states_year(following) and _order(point) <= _order(following):
            point = point.with_year_of(following)
        full.append(point)
    return full[::-1]


def in_one_year(items: list[Point]) -> list[Point]:
    """The points of a list of no stated year, each in that of the one before: `tháng 11 và tháng 12`."""
    return [
        replace(item, beside=True)
        if before and before.lacks_year and item.lacks_year and _order(before) < _order(item)
        else item
        for before, item in zip([None, *items], items, strict=False)
    ]


def _named_like(neighbour: Point, number: int) -> Point | None:
    """A bare number as the same unit as its neighbour, in the same month and year."""
    in_a_month = neighbour.month is not None or neighbour.month_shift is not None or neighbour.toward != 0
    if neighbour.unit == "day" and neighbour.weekday is None and in_a_month and 1 <= number <= 31:
        return replace(neighbour, day=number)
    if neighbour.unit == "month" and neighbour.month is not None and 1 <= number <= 12:
        return replace(neighbour, month=number)
    if neighbour.quarter is not None and 1 <= number <= 4:
        return replace(neighbour, quarter=number)
    return None


def _short_year(first: Point, number: int) -> Point | None:
    """The end of `2022-27`, of `1998-02`."""
    if first.year is None:
        return None
    century = first.year - first.year % 100
    if number <= first.year % 100:
        return Point("year", year=century + 100 + number) if first.year % 100 >= 80 and number <= 30 else None
    return Point("year", year=century + number)


def _states_year(point: Point) -> bool:
    return point.year is not None or point.year_shift is not None or point.same is not None


def _order(point: Point) -> tuple[int, int]:
    return point.month or point.quarter or 0, point.day or 0


def _is_after(first: Point, last: Point) -> bool:
    """Whether an end of a range would come before its start, were they in one year."""
    if first.unit == last.unit:
        return _order(first) > _order(last)
    begins = first.month or 3 * (first.quarter or 1) - 2
    return begins > (last.month or 3 * (last.quarter or 4))


def _in_year_of(point: Point, other: Point, *, years: int) -> Point:
    moved = point.with_year_of(other)
    if moved.year is not None:
        return replace(moved, year=moved.year + years)
    if moved.year_shift is not None:
        return replace(moved, year_shift=moved.year_shift + years)
    return moved
