"""The two ends of a range, and whether the words around them let it be one."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from msgspec.structs import replace

from kyket.dates.complete import Bound, complete
from kyket.dates.guards import Surroundings
from kyket.dates.lexer import Atom
from kyket.dates.meanings import Point, Stretch
from kyket.dates.numerals import read_number
from kyket.dates.points import read_point, read_stretch

# Phan Văn Trị (1830-1910), Dung phi (1734-1788); not `Giá Vàng (1650-1700) USD`, `Mức giá (1500-1800)`
_LIFE_BEFORE = regex.compile(
    r"(?<!\p{L})\p{Lu}\p{L}+ (?:(?:(?:quý |vương |hoàng |thái )?(?:phi|tần|hậu)|đế|vương|công) )?\($"
)
_COUNT_AFTER_LIFE = regex.compile(
    r"\)\s(?:chỗ|giường|chiếu|gian|kcal|calo|vé|viên|hạt|quả|cân|lạng|chỉ|cây|ounce)(?!\p{L})"
)
# khoảng thời gian 1890-1900, phong trào Cần Vương 1885-1896, nhà Tây Sơn 1778-1802
_HISTORY_BEFORE = regex.compile(
    r"(?<!\p{L})(?:(?:[Tt]hời\sgian|[Tt]riều(?:\sđại)?|(?:[Kk]háng|[Nn]ội)\schiến|[Cc]hiến\stranh|[Kk]hởi\snghĩa|[Pp]hong\strào|[Cc]ách\smạng|[Tt]rị\svì)"
    r"(?:\s\p{L}+){0,4}|[Nn]hà(?:\s\p{Lu}\p{Ll}+){1,2})\s\(?$"
)
_NAME = 40


class Ends:
    """Reads pairs of atoms of one canonical text as the ends of ranges."""

    def __init__(self, text: str, around: Surroundings) -> None:
        self._text = text
        self._around = around

    def read(self, first: Atom, link: Atom, last: Atom, *, named: bool, led: bool) -> Stretch | None:
        """The ends of a range, if it is one; `named` after `giai đoạn` or a length, `led` also after `từ`."""
        if "z" in (first.kind, last.kind):
            # `tờ trình năm 2017 đến thời điểm này chưa xong` has no range
            told = first.kind in "YWe" or "year" in first.groups
            certain = led or (told and not self._said(last).startswith("thời"))
            return _with_now(first, last) if certain else None
        if "U" in (first.kind, last.kind):
            return _of_lunar_days(first, last)
        if "w" in (first.kind, last.kind):
            return _of_one_week(first, last)
        if link.kind == "-" and not _can_be_dashed(first.kind + last.kind, led=led):
            return None
        start, end = bound(first), bound(last)
        if first.kind == "e" and isinstance(end, Point) and self._said(first).startswith("đầu"):
            start = _first_month(end)
        if first.kind == "N" and last.kind == "M" and "named" in first.groups and isinstance(end, Point):
            start = _day_before_edge(int(first.groups["number"]), end, link.groups.get("edge", ""))
        if isinstance(start, Point) and isinstance(end, Point) and start.year and _is_year_after(last):
            end = replace(end, year=start.year + 1, year_shift=None)
        ends = complete(start, end)
        if ends is None:
            return None
        if first.kind in "WY" and last.kind == "D" and not led and "year" not in last.groups:
            certain = False  # `năm tài chính 2015, 2016 đến ngày 30/6`
        elif first.kind == "W" or last.kind == "W":
            certain = self._are_years(ends, first, last, named=named, led=led)
        elif "D" in (first.kind, last.kind):
            certain = self._are_days(first, link, last, led=led)
        else:
            certain = last.kind != "N" or led or "named" in first.groups or first.kind == "M"
        return Stretch(*_on_either_side_of_now(*ends)) if certain else None

    def _said(self, atom: Atom) -> str:
        return self._text[atom.start : atom.end].lower()

    def _are_years(
        self, ends: tuple[Point, Point], first: Atom, last: Atom, *, named: bool, led: bool
    ) -> bool:
        earlier, later = ends[0].year, ends[1].year
        if earlier is None or later is None or ends[0].unit != "year" or ends[1].unit != "year":
            return True
        enclosed = self._around.is_bracketed(first.start, last.end)
        if not 0 < later - earlier <= (1500 if enclosed else 500 if earlier < 1800 else 150):
            return False
        if last.kind == "N" and earlier // 100 != later // 100 and not named:
            return False  # `niên khóa 1998-02`; `1998-02` alone is a month
        if led and (named or last.kind != "W"):
            return True
        # `năm 2015-2017 công ty` counts no companies, `năm 2018 - 2020 đại biểu` may count delegates
        if led or first.kind == "Y":
            close = first.kind == "Y" and (led or last.start - first.end <= 1)
            if first.kind == "Y":
                return close or not self._around.counts(last.end)
            return not self._around.counts_from_to(last.end, earlier, later)
        before = self._text[max(0, first.start - _NAME) : first.start]
        closed = self._text.startswith(")", last.end)
        counts = self._around.counts_from_to(last.end + closed, earlier, later)
        counts = counts or _COUNT_AFTER_LIFE.match(self._text, last.end) is not None
        is_life = _LIFE_BEFORE.search(before) and not counts
        is_history = _HISTORY_BEFORE.search(before) is not None and not counts
        earliest = 1000 if is_life or is_history else 1800 if closed and not counts else 1900
        if counts and not closed:
            return False
        return earliest <= earlier < later <= 2100 and self._around.is_bare_range(first.start, last.end)

    def _are_days(self, first: Atom, link: Atom, last: Atom, *, led: bool) -> bool:
        if "year" in last.groups or not {"named", "worded"}.isdisjoint({*first.groups, *last.groups}):
            return True
        if led:
            return not self._around.counts(last.end)
        slashed = last.groups.get("separator") == "/"
        if self._around.is_day(first.start, last.end, slashed=slashed):
            return True
        # `17 đến 31-7`, `23-25/5`, `30/4 - 1/5` are no scores or fractions, as `2 đến 3-1`, `2-3/5` may be
        if first.kind not in "ND" or last.kind != "D" or not (slashed or link.kind == "t"):
            return False
        if first.kind == "D" and not (slashed and first.groups.get("separator") == "/"):
            return False
        days = [atom.groups for atom in (first, last) if atom.kind == "D"]
        is_day = any(int(day["day"]) > (int(day.get("month", 9)) if slashed else 9) for day in days)
        is_day = is_day or self._around.is_held(first.start)
        return is_day and self._around.is_day_range(first.start, last.end)


def bound(atom: Atom) -> Bound:
    """What an atom gives as an end of a range or an item of a list."""
    if atom.kind == "N":
        return read_number(atom.groups["number"])
    return read_point(atom)


def within_year(stretch: Stretch) -> Stretch:
    """`từ đầu năm 2018 đến tháng 2` ends in the year in which it began, and begins with its first month.

    So does `từ đầu năm 2018 đến nay`, if that is the year of writing: see `kyket.dates.resolve`.
    """
    first, last = stretch.first, stretch.last
    if first is None or last is None or (last.unit == "year" and last.shift is None):
        return stretch
    if last.unit == "year":
        return Stretch(replace(first, unit="month"), last)
    month = Point("month", month=1).with_year_of(first)
    return Stretch(month, last.with_year_of(first) if last.lacks_year else last)


def term(atoms: Sequence[Atom]) -> Stretch | None:
    """What one side of `đến` covers: `năm học 2020-2021`, `những năm 1990`, `năm 2020`, `nay`."""
    if len(atoms) > 1:
        ends = complete(read_point(atoms[-3]), bound(atoms[-1]))
        return None if ends is None else Stretch(*ends)
    if atoms[0].kind == "H":
        meaning = read_stretch(atoms[0])
        return meaning if isinstance(meaning, Stretch) else None
    point = Point("year", shift=0) if atoms[0].kind == "z" else read_point(atoms[0])
    return Stretch(point, point)


def joined(first: Stretch, last: Stretch) -> Stretch | None:
    """From one stretch to the end of another; None where a year is unknown or the end comes first."""
    points = [point for term in (first, last) for point in (term.first, term.last) if point]
    if points and all(point.lacks_year for point in points):
        return Stretch(first.first, last.last)  # `từ nửa cuối tháng 9 đến tháng 10`
    years = [point.year for point in points if point.year is not None]
    if years != sorted(years) or any(point.year is None and point.shift is None for point in points):
        return None
    return Stretch(first.first, last.last)


def _can_be_dashed(kinds: str, *, led: bool) -> bool:
    if not set(kinds).isdisjoint("heE"):
        return False
    return led or kinds not in ("WM", "MW", "YM", "MY")


def until_now(point: Point) -> Stretch:
    """From a point to the day of writing, which is as fine."""
    return Stretch(*_on_either_side_of_now(point, Point(point.unit, shift=0)))


def _with_now(first: Atom, last: Atom) -> Stretch | None:
    if first.kind == "e":
        return Stretch(Point("month", month=1, year_shift=0), Point("month", shift=0))
    if "of_week" in first.groups:
        return Stretch(Point("day", weekday=0, shift=0), Point("day", shift=0))
    if first.kind == "E":
        return Stretch(Point("day", month_shift=0, day=1), Point("day", shift=0))
    point = read_point(last if first.kind == "z" else first)
    if point is None:
        return None
    if first.kind != "z":
        return until_now(point)
    # without a day of writing, only the end is known
    return Stretch(*_on_either_side_of_now(Point(point.unit, shift=0), point))


def _on_either_side_of_now(first: Point, last: Point) -> tuple[Point, Point]:
    """`từ tháng 10 đến nay` began with the last October, `từ nay đến 15/3` ends with the next 15 March."""
    if last.shift == 0 and last.unit != "year" and first.lacks_year:
        return replace(first, toward=-1), last
    if first.shift == 0 and last.lacks_year:
        return first, replace(last, toward=1)
    return first, last


def _of_lunar_days(first: Atom, last: Atom) -> Stretch | None:
    """`từ ngày 8 đến 10/3 âm lịch`; not with a day of the other calendar."""
    alike = "NUD" if "figures" in last.groups else "NU"  # `từ ngày 15-12 đến ngày 19-12 âm lịch`
    if last.kind != "U" or first.kind not in alike or "year" in first.groups:
        return None
    return Stretch(Point("day", lunar=True), Point("day", lunar=True))


def _is_year_after(last: Atom) -> bool:
    """True for the `tháng 2 năm sau` of `từ tháng 11/2015 đến tháng 2 năm sau`."""
    return last.groups.get("year_shift", "").lower() == "sau"


def _first_month(end: Point) -> Point:
    """`đầu năm` as the beginning of what ends within the year."""
    if end.unit == "year":
        return Point("year", shift=0)
    return replace(Point("month", month=1, year_shift=0), year=end.year, year_shift=None if end.year else 0)


def _day_before_edge(day: int, end: Point, edge: str) -> Bound:
    """The first day of `từ ngày 10 đến cuối tháng 6`, `từ ngày 20 đến đầu tháng 7`."""
    if end.month is None or end.toward or not 1 <= day <= 31 or edge.lower() not in ("cuối", "hết", "đầu"):
        return None
    if edge.lower() != "đầu":
        return replace(end, unit="day", day=day)
    year = end.year - 1 if end.year and end.month == 1 else end.year
    return replace(end, unit="day", year=year, month=(end.month - 2) % 12 + 1, day=day)


def _of_one_week(first: Atom, last: Atom) -> Stretch | None:
    """`từ thứ Hai đến thứ Sáu tuần tới`; without a week, it is every week."""
    start, end = read_point(first), read_point(last)
    if start is None or end is None or start.weekday is None or end.weekday is None or end.shift is None:
        return None
    return Stretch(start if start.shift is not None else replace(start, shift=end.shift), end)
