"""What an expression says, before it is known when the article was written.

Patterns produce meanings; `resolve` turns them into values of `kyket.timevalues`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Unit = Literal["day", "week", "month", "quarter", "year"]
LAST_DAY = -1  # as `Point.day`: the last day of its month, whichever that is; -2 is the day before it


class Point(Struct, frozen=True):
    """A point in time as the text gives it; what it leaves out is None.

    Attributes:
        unit: How fine it is, so that `tháng trước` is a month though no month is named.
        shift: Units between the day of writing and this point: -1 for `hôm qua`, 0 for `năm nay`.
        year_shift: The same for the year alone, as in `tháng 5 năm ngoái`.
        month_shift: The same for the month alone, as in `ngày 5 tháng trước`.
        weekday: 0 for Monday, with `shift` in weeks where the text gives one.
        toward: -1 for the last one before the day of writing (`tháng 5 vừa qua`, `ngày 5 vừa qua`), 1 for the
            next one (`thứ Hai tới`, `ngày 15 tới`).
        same: The unit in which it is equal to the date before it (`cùng ngày`, `tháng 5 cùng năm`), or
            `shift` units after it (`hôm sau`).
        beside: True where it is in the year of the point before it, if neither states one.
        two_digit_year: True where `year` still lacks its century.
        lunar: True for the lunar calendar.
    """

    unit: Unit
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    shift: int | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    weekday: int | None = None
    toward: int = 0
    same: Unit | None = None
    beside: bool = False
    two_digit_year: bool = False
    lunar: bool = False

    @property
    def lacks_year(self) -> bool:
        """True for a day, month or quarter of no stated year."""
        stated = (self.year, self.shift, self.year_shift, self.month_shift, self.weekday, self.same)
        return stated == (None,) * 6 and not (self.day and not self.month)

    @property
    def is_possible(self) -> bool:
        """False for a month 13, a day 32."""
        return (self.month is None or 1 <= self.month <= 12) and (self.day is None or 1 <= self.day <= 31)

    def with_year_of(self, other: Point) -> Point:
        """This point in the year that `other` states."""
        return replace(
            self,
            year=other.year,
            year_shift=other.year_shift,
            same=other.same,
            two_digit_year=other.two_digit_year,
        )


class Stretch(Struct, frozen=True):
    """From one point to another; None is an open end."""

    first: Point | None
    last: Point | None

    @property
    def lunar(self) -> bool:
        """True for days of the lunar calendar."""
        return self.last is not None and self.last.lunar


class Length(Struct, frozen=True):
    """A length: so many units, from `origin` on, or counted from the day of writing.

    Attributes:
        direction: -1 back from the day of writing, 1 forward from it (or from `origin`), 0 for a bare length.
        reviewed: True for what is looked back on (`tổng kết 5 năm`): no word of its own counts back, so it is
            a bare length where the day of writing is unknown.
    """

    count: int
    unit: Unit
    direction: int = 0
    origin: Point | None = None
    reviewed: bool = False


class Away(Struct, frozen=True):
    """The point so many units before (-) or after (+) the day of writing: `3 ngày trước`."""

    count: int
    unit: Unit


class Later(Struct, frozen=True):
    """The point so many units after the one named before: `Hai năm sau`, `Một tuần trước đó`."""

    count: int
    unit: Unit = "year"


class Era(Struct, frozen=True):
    """The century or decade so many before (-) or after (+) that of the day of writing: `thế kỷ này`."""

    years: int
    shift: int


Meaning = Point | Stretch | Length | Away | Later | Era
