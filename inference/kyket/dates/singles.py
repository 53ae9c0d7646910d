"""Which atoms are a point in time by themselves, as the words around them show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kyket.dates.guards import Surroundings
from kyket.dates.lexer import Atom
from kyket.dates.meanings import Point


class Singles:
    """Judges single atoms of one canonical text.

    Args:
        alone: Whether the text is a phrase that is meant as one expression.
    """

    def __init__(self, around: Surroundings, *, alone: bool) -> None:
        self._around = around
        self._alone = alone

    def is_point(self, atom: Atom, point: Point) -> bool:
        """True where an atom that reads as `point` is a date and no score, count or rate."""
        around, groups = self._around, atom.groups
        if (point.lacks_year or point.weekday is not None) and around.recurs(atom.start, atom.end):
            return False
        if atom.kind == "D":
            if (
                "worded" in groups
                and not {"named", "year"} & groups.keys()
                and around.is_name_of_day(atom.start, atom.end)
            ):
                return False
            if "named" in groups or "worded" in groups or "iso" in groups:
                return True
            if not point.is_possible:
                return False
            if "year" in groups:
                return not around.is_document_number(atom.start)
            if "year_shift" in groups and groups["separator"] not in "/." and _is_about(groups):
                return around.is_part_of_day(atom.start)  # `từ 5-6 năm nay` is so long ago
            return around.is_day(atom.start, atom.end, slashed=groups["separator"] == "/")
        if atom.kind == "M":
            if "slash" in groups:
                return around.is_month(atom.start, atom.end, slashed=groups["slash"] == "/")
            if "year" in groups:
                return not around.is_rate(atom.start)
            if around.is_rate(atom.start) or around.is_after_revolution(atom.start):
                return False
            return around.is_month_before(atom.start) or not around.counts(atom.end)
        if atom.kind == "W":
            return self.is_year(atom)
        if atom.kind == "Y":
            return not around.is_rate(atom.start, stated="year" in groups)
        return around.is_edge(atom.start, atom.end) if atom.kind in "eE" else True

    def is_year(self, atom: Atom) -> bool:
        """True where four figures without `năm` are a year."""
        return self._around.is_year(atom.start, atom.end) or self._alone

    def begin_days(self, items: Sequence[Atom], points: Sequence[Point]) -> bool:
        """True for `hai phiên 23-2 và 26-2`, not for `vành đai 2.5 và 3.5`, `tỷ số 5-4, 2-3`."""
        if self.is_point(items[0], points[0]):
            return True
        if items[0].groups.get("separator") == "." or not all(point.is_possible for point in points):
            return False
        return not (self._around.is_named(items[0].start) or self._around.counts(items[-1].end))


def _is_about(groups: Mapping[str, str]) -> bool:
    """True for figures such as say about how many: `5-6`, `3-5`; not `01-02`, `1-3`."""
    day, month = groups["day"], groups["month"]
    return not (day + month).startswith("0") and 0 < int(month) - int(day) <= min(2, int(day))
