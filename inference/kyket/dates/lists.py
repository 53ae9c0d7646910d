"""The items of a list, of which the first says what the others are: `tháng 4 và 5`, `quý 3, 4/2018`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kyket.dates.guards import Surroundings
from kyket.dates.lexer import Atom
from kyket.dates.meanings import Length, Point

_NAMED = {"tháng": ("M", "month"), "quý": ("Q", "quarter")}


def items_of(
    atoms: Sequence[Atom], length: Atom | None, year: Atom | None, around: Surroundings
) -> list[Atom]:
    """The atoms that are items, the last of them named as the first is.

    Args:
        atoms: All atoms of the list, with the commas and `và` between its items.
        length: `3 tháng` in `3 tháng 4, 5 và 6 năm 2024`.
        year: The `năm 2024` there, which says that the figure before it is a month or a quarter.
        around: The words around the list.
    """
    items = [atom for atom in atoms if atom.kind in "NDMQYW"]
    first, last = items[0], items[-1]
    named = _NAMED.get(length.groups.get("unit", "")) if length is not None else None
    if named and {atom.kind for atom in items} == {"N"} and not around.counts(last.end):
        first = Atom(named[0], first.start, first.end, {named[1]: first.groups["number"]})
        return [first, *(like(first, atom, None) for atom in items[1:-1]), like(first, last, year)]
    is_named = is_quarter_in_figures(first, last)
    if last.kind == "N" and first.kind in "MQ":
        alone = "year" not in first.groups and (first.kind == "Q" or around.closes(last.end))
        is_named = year is not None or (alone and _is_likewise(first, last) and not around.counts(last.end))
    return [*items[:-1], like(first, last, year)] if is_named else items


def _is_likewise(named: Atom, number: Atom) -> bool:
    """False for the figures of `tháng 11, 20`, `quý II, 4 ngân hàng`."""
    if named.kind == "Q":
        return named.groups["quarter"].isdigit() and int(number.groups["number"]) <= 4
    return int(number.groups["number"]) <= 12


def counts_them(length: Length | None, points: Sequence[Point]) -> bool:
    """True for a length that says how many the points are: `hai năm`, `hai quý`."""
    if length is None:
        return False
    months = 3 if points[0].unit == "quarter" else 1
    unit = "month" if points[0].unit == "quarter" else points[0].unit
    return (length.count, length.unit) == (months * len(points), unit)


def like(named: Atom, number: Atom, year: Atom | None) -> Atom:
    """The month or quarter that figures are behind another: `tháng 3 và 4 năm 2018`, `quý 2 và 3/2018`."""
    unit = "month" if named.kind == "M" else "quarter"
    groups = {**number.groups, **(year.groups if year else {})}
    groups[unit] = groups.pop("number", "") or groups.pop("month")
    return Atom(named.kind, number.start, (year or number).end, groups)


def is_quarter_in_figures(first: Atom, last: Atom) -> bool:
    """True for the `4/2018` of `quý 3-4/2018`."""
    return (
        first.kind == "Q" and last.kind == "M" and "slash" in last.groups and int(last.groups["month"]) <= 4
    )


def in_a_row(points: Sequence[Point]) -> bool:
    """False for the years of `hai năm 2011 và 2013`, the days of `hai ngày 10 và 16/8`."""
    for first, last in pairwise(points):
        unit = first.unit
        if unit == "year" and first.year and last.year and last.year - first.year != 1:
            return False
        if (
            unit == "day"
            and first.month == last.month
            and first.day
            and last.day
            and last.day - first.day != 1
        ):
            return False
        if unit == "quarter" and first.quarter and last.quarter and last.quarter - first.quarter != 1:
            return False
        if unit == "month" and first.month and last.month and (last.month - first.month) % 12 != 1:
            return False
    return True
