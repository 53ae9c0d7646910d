"""From an atom to what it means."""

from __future__ import annotations

import regex

from kyket.dates.lexer import Atom
from kyket.dates.meanings import LAST_DAY, Era, Later, Length, Meaning, Point, Stretch, Unit
from kyket.dates.numerals import read_number, read_roman
from kyket.dates.pieces import QUARTERS, UNITS, YEAR_SHIFTS

_MONTH_WORDS = {"giêng": 1, "chạp": 12, "tư": 4}
_ENGLISH_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_WORDS = {"nay": 0, "qua": -1, "mai": 1, "kia": -2, "kìa": -3}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5, "nhật": 6}
_SHIFT_WORDS = {"này": 0, "trước": -1, "qua": -1, "rồi": -1, "tới": 1, "sau": 1}
_SPACES = regex.compile(r"\s+")


def read_point(atom: Atom) -> Point | None:
    """The point in time that one atom names; None where it names none."""
    groups = atom.groups
    if atom.kind == "D":
        return _with_year(groups, _day(groups))
    if atom.kind == "M":
        return _with_year(groups, Point("month", month=_month(groups), toward=_toward(groups)))
    if atom.kind == "Q":
        written = groups["quarter"]
        quarter = QUARTERS.get(written) or QUARTERS.get(written.lower()) or int(written)
        return _with_year(groups, Point("quarter", quarter=quarter, toward=_toward(groups)))
    if atom.kind in "YW":
        return None if "past_unit" in groups else _with_year(groups, Point("year"))
    if atom.kind in "eE":
        return Point("year" if atom.kind == "e" else "month", shift=0)
    if atom.kind == "h":
        return _by_distance(groups)
    if atom.kind == "w":
        word = _SPACES.split(groups["weekday"].lower())[-1]
        weekday = int(word) - 2 if word.isdecimal() else _WEEKDAYS[word]
        week = groups.get("week_word")
        shift = _SHIFT_WORDS[week.lower()] if week else None
        return Point("day", weekday=weekday, shift=shift, toward=_toward(groups))
    if atom.kind == "U":
        return Point("day", lunar=True)
    return None


def read_stretch(atom: Atom) -> Meaning | None:
    """The stretch that one atom (`H`, `Y`) names by itself; None where it names none."""
    groups = atom.groups
    if "past_unit" in groups:
        count, unit = _count_of(1, groups["past_unit"])
        return Length(count, unit, direction=-1)
    if "era" in groups:
        return Era(_count_of(1, groups["era"])[0], _SHIFT_WORDS[groups["era_word"].lower()])
    if "decade" in groups or "decade_word" in groups:
        first = _decade(groups)
        if "last_decade" not in groups:
            return _halved(first, first + 9, groups.get("half"))
        return _halved(first, _decade({"decade": groups["last_decade"]}) + 9, groups.get("half"))
    if "century" in groups:
        first = _century(groups["century"])
        last = _century(groups.get("last_century", groups["century"]))
        return _halved(100 * first - 99, 100 * last, groups.get("half")) if 1 <= first <= last <= 22 else None
    year = _with_year(groups, Point("year"))
    if "bare_year" in groups:
        year = Point("month", year_shift=0)
    if "part_unit" in groups:
        return _part_of_year(groups, year)
    if "half" in groups:
        late = groups["half"].lower() != "đầu"
        if "month" in groups:
            month = Point("day", month=int(groups["month"])).with_year_of(year)
            count = read_number(groups["number"]) if "number" in groups else 15
            if not late:
                return _days(month, 1, count)
            return _days(month, LAST_DAY - count + 1 if "number" in groups else 16, LAST_DAY)
        return _months(year, 7 if late else 1, 12 if late else 6)
    return None


def read_length(atom: Atom) -> Length | None:
    """The length that an `l` atom gives; None for one that cannot be counted."""
    groups = atom.groups
    if "half_unit" in groups:
        count, unit = _count_of(1, groups["unit"])
        if count > 1:
            return Length(count // 2, unit)
        return Length(6, "month") if unit == "year" else Length(15, "day")
    count, unit = _count_of(read_number(groups["number"]), groups["unit"])
    if "months_more" in groups:
        return Length(12 * count + int(groups["months_more"]), "month") if unit == "year" else None
    if "half_more" in groups:
        one, _ = _count_of(1, groups["unit"])
        if unit == "year" and one > 1:
            return Length(count + one // 2, unit)
        halves: dict[Unit, tuple[int, Unit]] = {"year": (6, "month"), "month": (15, "day")}
        if unit not in halves or one > 1:
            return None
        more, finer = halves[unit]
        return Length(2 * more * count + more, finer)
    return Length(count, unit) if count else None


def read_later(atom: Atom) -> Later:
    """What a `V` atom gives: `Hai năm sau`, `Một tuần trước đó`, `năm trước đó`."""
    count, unit = _count_of(read_number(atom.groups.get("number", "1")), atom.groups["unit"])
    return Later(-count if "earlier" in atom.groups else count, unit)


def _count_of(count: int, word: str) -> tuple[int, Unit]:
    """So many `thập kỷ`, `quý`, `năm` in units of values."""
    word = _SPACES.split(word.lower())[0]
    if word in ("thập", "thế"):
        return count * (10 if word == "thập" else 100), "year"
    unit: Unit = UNITS[word]  # type: ignore[assignment]
    return (3 * count, "month") if unit == "quarter" else (count, unit)


def _with_year(groups: dict[str, str], point: Point) -> Point:
    if "year" in groups:
        return point.with_year_of(Point("year", year=int(_SPACES.sub("", groups["year"]))))
    if "short_year" in groups:
        return point.with_year_of(Point("year", year=int(groups["short_year"]), two_digit_year=True))
    if "year_shift" in groups:
        return point.with_year_of(Point("year", year_shift=YEAR_SHIFTS[groups["year_shift"].lower()]))
    if "next_year" in groups:
        return point.with_year_of(Point("year", year_shift=1))
    if "same_year" in groups or "that_year" in groups:
        return point.with_year_of(Point("year", same="year"))
    return point


def _toward(groups: dict[str, str]) -> int:
    """-1 for `vừa qua`, 1 for `tới`, 0 without such a word."""
    return {"vừa": -1, "qua": -1, "tới": 1}.get(_SPACES.split(groups.get("toward", "").lower())[0], 0)


def _day(groups: dict[str, str]) -> Point:
    day = int(groups["day"])
    if "month_shift" in groups:
        shift = _SHIFT_WORDS[_SPACES.split(groups["month_shift"].lower())[-1]]
        return Point("day", month_shift=shift, day=day)
    if "toward" in groups:
        return Point("day", day=day, toward=_toward(groups))
    return Point("day", month=_month(groups), day=day)


def _month(groups: dict[str, str]) -> int:
    if "month" in groups:
        return int(groups["month"])
    if "english" in groups:
        return _ENGLISH_MONTHS.index(groups["english"][:3].lower()) + 1
    word = groups.get("month_word", groups.get("lunar_month", "")).lower()
    return _MONTH_WORDS.get(word) or read_number(word)


def _by_distance(groups: dict[str, str]) -> Point:
    if "same_day" in groups:
        return Point("day", same="day")
    if "next_day" in groups:
        return Point("day", same="day", shift=1)
    if "shifted" in groups:
        units: dict[str, Unit] = {"tuần": "week", "tháng": "month", "quý": "quarter"}
        shift = _SHIFT_WORDS[_SPACES.split(groups["shift_word"].lower())[-1]]
        return Point(units[groups["shifted"].lower()], shift=shift)
    return Point("day", shift=_DAY_WORDS[_SPACES.split(groups["day_word"].lower())[-1]])


def _part_of_year(groups: dict[str, str], year: Point) -> Stretch | None:
    months = read_number(groups["number"]) * (3 if groups["part_unit"].lower() == "quý" else 1)
    if not 1 < months < (12 if "part" in groups else 13):
        return None
    if groups.get("part", "đầu").lower() == "đầu":
        return _months(year, 1, months)
    return _months(year, 13 - months, 12)


def _months(year: Point, first: int, last: int) -> Stretch:
    return Stretch(
        Point("month", month=first).with_year_of(year),
        Point("month", month=last).with_year_of(year),
    )


def _days(month: Point, first: int, last: int) -> Stretch:
    """Days of a month."""
    return Stretch(
        Point("day", month=month.month, day=first).with_year_of(month),
        Point("day", month=month.month, day=last).with_year_of(month),
    )


def _decade(groups: dict[str, str]) -> int:
    """The first year of `những năm 1990`, of `thập niên 80 của thế kỷ 19`."""
    written = groups.get("decade", "")
    if len(written) == 4:
        return int(written)
    century = _century(groups.get("decade_century", "20"))
    return 100 * century - 100 + (int(written) if written else read_number(groups["decade_word"]))


def _century(written: str) -> int:
    return int(written) if written.isdecimal() else read_roman(written)


def _halved(first: int, last: int, half: str | None) -> Stretch:
    middle = (first + last) // 2
    if half is not None:
        first, last = (first, middle) if half.lower() == "đầu" else (middle + 1, last)
    return Stretch(Point("year", year=first), Point("year", year=last))
