"""The line in which an article says when it was posted: `Thứ Hai, 18/07/2022, 17:43`, `Ngày đăng: 5/7/2022`.

A line counts only if it is nothing else: a day, with a weekday, clock time, time zone or label, or after a
byline. A date inside a sentence is what the article tells of, not the day on which it was posted.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

import regex

from kyket.orthography import canonical

_FIRST_LINES, _LAST_LINES = 6, 3  # lines that are not blank, where a dateline is looked for
_LONGEST = 160  # characters of a dateline, at most

_YEAR = r"(?:19|20)\d\d"
_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTH_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)} | {"giêng": 1, "chạp": 12}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5} | {str(n): n - 2 for n in range(2, 8)}

_MONTH = r"(?P<{0}>\d{{1,2}}|mười\ một|mười\ hai|mười|giêng|chạp|một|hai|ba|tư|năm|sáu|bảy|tám|chín)"
_PARTS = regex.compile(
    rf"""
    (?P<posted> (?:(?:ngày|thời\ gian|thời\ điểm|tin|bài)\ )? (?:được\ )?
                (?:đăng(?:\ (?:tải|tin|bài|lên))? | xuất\ bản) (?:\ (?:ngày|vào\ lúc|lúc|vào))?
                \ ?:? (?!\p{{L}}))
  | (?P<updated> (?:(?:ngày|thời\ gian)\ )? cập\ nhật (?:\ (?:lần\ cuối|mới\ nhất))?
                (?:\ (?:ngày|vào\ lúc|lúc|vào))? \ ?:? (?!\p{{L}}))
  | (?P<weekday> thứ\ (?P<nth>hai|ba|tư|năm|sáu|bảy|[2-7]) (?!\w) | (?P<sunday>chủ\ nhật|cn) (?!\w)
               | t(?P<short>[2-7]) (?!\w))
  | (?P<date> (?:ngày\ )? (?:
        (?P<d>\d{{1,2}}) \ ?(?P<sep>[-/.–])\ ? (?P<m>\d{{1,2}}) \ ?(?P=sep)\ ? (?P<y>{_YEAR}) (?!\w)
      | (?P<dw>\d{{1,2}}) \ tháng\ {_MONTH.format("mw")} ,?\ (?:năm\ )? (?P<yw>{_YEAR}) (?!\w)
      | tháng\ {_MONTH.format("mn")} \ (?P<dn>\d{{1,2}}) ,?\ (?P<yn>{_YEAR}) (?!\w)
      | (?P<yi>{_YEAR}) (?P<sepi>[-/]) (?P<mi>\d{{1,2}}) (?P=sepi) (?P<di>\d{{1,2}})
        (?: t\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[-+]\d\d:?\d\d)? )? (?!\w) ))
  | (?P<time> (?:lúc\ )? (?:[01]?\d|2[0-3]) \ ?
        (?: : \ ?[0-5]\d (?::[0-5]\d)? | (?:h|g|giờ) (?:\ ?[0-5]\d(?!\d))? (?:['’′p]|\ ?phút)? )
        (?:\ ?(?:am|pm|sa|ch))? (?!\w))
  | (?P<zone> (?:gmt|utc) (?:\ ?[-+]\ ?\d{{1,2}}(?::?\d\d)?)? (?!\w) | \+07:?00 (?!\w))
  | (?P<break> [\s,|•·\-–—()\[\]*_#>]+ )
    """,
    regex.X | regex.I,
)
_PLACE = regex.compile(r"\p{Lu}[\p{L}.-]*(?: \p{Lu}[\p{L}.-]*){0,4}, ?(?=[Nn]gày )")
_BYLINE = regex.compile(r"(?:\p{Lu}[\p{L}.]*)(?: \p{Lu}[\p{L}.]*){0,4}")
_COLUMNS = regex.compile(r" ?[|•·] ?| [-–—] ")
_AFTER_BYLINE = regex.compile(r" ?[-–—|•·] ?")
_HAS_YEAR = regex.compile(rf"{_YEAR}(?!\d)")
_WHITE = regex.compile(r"\s+")


class Stamp(NamedTuple):
    """A day in a dateline.

    Attributes:
        day: The day as `YYYY-MM-DD`.
        label: `posted`, `updated`, or empty where the line does not say which.
        exact: With a clock time or a weekday, as a system writes it.
        zoned: With a time zone, which nothing but a system writes.
    """

    day: str
    label: str
    exact: bool
    zoned: bool


def posting_day(text: str) -> str | None:
    r"""The day on which an article was posted, where its own dateline is certain, as `YYYY-MM-DD`.

    Only the first and last lines are looked at. Of several days the one labelled as that of posting counts;
    if none is, the answer is None.

    Example:
        >>> posting_day("Hai tỉnh ký kết hợp tác\n\nThứ Hai, 18/07/2022, 17:43\n\nHai bên đã ký.")
        '2022-07-18'
        >>> posting_day("Ngày 18/7/2022, hai bên đã ký kết.") is None
        True
    """
    lines = [line for line in text.splitlines() if line and not line.isspace()]
    ends = lines[:_FIRST_LINES] + lines[max(_FIRST_LINES, len(lines) - _LAST_LINES) :]
    stamps = [stamp for line in ends for stamp in _stamps(line)]
    posted = {stamp.day for stamp in stamps if stamp.label == "posted"}
    days = posted or {stamp.day for stamp in stamps}
    if len(days) != 1:
        return None
    [day] = days
    if not any(stamp.label for stamp in stamps):
        # A chronicle has many such lines: then the first of them is no dateline.
        for line in set(lines[_FIRST_LINES:-_LAST_LINES]):
            if any(stamp.day != day for stamp in _stamps(line)):
                return None
    return day


def is_dateline(line: str) -> bool:
    """Whether a line says when the article was posted, and no more."""
    return bool(_stamps(line))


def stated_day(value: str) -> str | None:
    """The day that a field for a date holds (`2022-07-18T17:43:00+07:00`, `18/7/2022`), as `YYYY-MM-DD`."""
    days = {stamp.day for stamp in _stamps(value)}
    return days.pop() if len(days) == 1 else None


def _stamps(line: str) -> list[Stamp]:
    if len(line) > _LONGEST or not _HAS_YEAR.search(line):
        return []
    line = _WHITE.sub(" ", canonical(line).text).strip()
    if place := _PLACE.match(line):
        line = line[place.end() :]
    if whole := _scan(line):
        return whole
    columns = _COLUMNS.split(line)
    stamps = [stamp for column in columns for stamp in _scan(column)]
    if any(stamp.label for stamp in stamps):
        return [stamp for stamp in stamps if stamp.label]
    for mark in _AFTER_BYLINE.finditer(line):
        byline, after = line[: mark.start()], _scan(line[mark.end() :])
        if after and (after[0].zoned or (after[0].exact and _BYLINE.fullmatch(byline))):
            return after
    return []


def _scan(line: str) -> list[Stamp]:
    """The days of a line that consists of nothing but parts of a dateline, else none."""
    days: list[tuple[datetime.date, str]] = []
    label, weekday, exact, zoned = "", None, False, False
    position = 0
    while position < len(line):
        part = _PARTS.match(line, position)
        if part is None:
            return []
        position = part.end()
        if part["posted"] or part["updated"]:
            label = "posted" if part["posted"] else "updated"
        elif part["weekday"]:
            weekday = 6 if part["sunday"] else _WEEKDAYS[(part["nth"] or part["short"]).lower()]
        elif part["date"]:
            day = _day(part)
            if day is None:
                return []
            days.append((day, label))
            label = ""
        exact = exact or bool(part["time"] or part["weekday"])
        zoned = zoned or bool(part["zone"])
    if len(days) > 1 and not all(label for _, label in days):
        return []
    if weekday is not None and any(day.weekday() != weekday for day, _ in days):
        return []  # one of the two is wrong
    return [Stamp(day.isoformat(), label, exact, zoned) for day, label in days]


def _day(part: regex.Match[str]) -> datetime.date | None:
    year = part["y"] or part["yw"] or part["yn"] or part["yi"]
    month = part["m"] or part["mw"] or part["mn"] or part["mi"]
    day = part["d"] or part["dw"] or part["dn"] or part["di"]
    try:
        return datetime.date(int(year), _MONTH_NAMES.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
