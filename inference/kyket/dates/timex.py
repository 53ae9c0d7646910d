"""Export as TIMEX3 of TimeML 1.2.1 (https://timeml.org): the text with its expressions tagged in line."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from html import escape

import regex

from kyket.document import Date
from kyket.timevalues import Interval, PartialDate

_NOT_XML = regex.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def to_timex3(text: str, dates: Iterable[Date]) -> str:
    """One `TimeML` element that holds the text, each date in a `TIMEX3` element.

    A stretch is a `DURATION` whose ends are empty elements behind the text; an open end has none. What has no
    value is tagged without one. Characters that XML does not allow become U+FFFD.

    Args:
        text: The text that `dates` was found in.
        dates: As `find` gives them.

    Example:
        >>> from kyket.dates import find
        >>> text = "Ký ngày 18/7/2022."
        >>> to_timex3(text, find(text))
        '<TimeML>Ký <TIMEX3 tid="t1" type="DATE" value="2022-07-18">ngày 18/7/2022</TIMEX3>.</TimeML>'
    """
    dates = list(dates)
    parts, ends, place, free = ["<TimeML>"], [], 0, len(dates) + 1
    for number, date in enumerate(dates, 1):
        attributes = {"tid": f"t{number}", **_type_and_value(date)}
        for name, point in _ends(date):
            attributes[name] = f"t{free}"
            ends.append(_element({"tid": f"t{free}", "type": "DATE", "value": str(point)}, ""))
            free += 1
        parts += [_clean(text[place : date.start]), _element(attributes, _clean(text[date.start : date.end]))]
        place = date.end
    return "".join([*parts, _clean(text[place:]), *ends, "</TimeML>"])


def _type_and_value(date: Date) -> dict[str, str]:
    if date.value is None:
        return {"type": "DURATION" if date.type == "PERIOD" else "DATE"}
    if isinstance(date.value, Interval):
        return {"type": "DURATION", "value": _length(date.value)}
    if date.type == "PERIOD":
        return {"type": "DURATION", "value": str(date.value)}
    if date.time is not None:
        return {"type": "TIME", "value": f"{date.value}T{date.time}"}
    return {"type": "DATE", "value": str(date.value)}


def _ends(date: Date) -> Iterator[tuple[str, PartialDate]]:
    if isinstance(date.value, Interval):
        if date.value.start is not None:
            yield "beginPoint", date.value.start
        if date.value.end is not None:
            yield "endPoint", date.value.end


def _length(interval: Interval) -> str:
    """From end to end, in the coarser unit of the two; `PX` where that is unknown."""
    start, end = interval.start, interval.end
    if start is None or end is None or start.year is None or end.year is None:
        return "PX"
    if start.month is None or end.month is None:
        return f"P{end.year - start.year}Y"
    if start.day is None or end.day is None:
        return f"P{12 * (end.year - start.year) + end.month - start.month}M"
    days = datetime.date(end.year, end.month, end.day) - datetime.date(start.year, start.month, start.day)
    return f"P{days.days}D"


def _element(attributes: dict[str, str], content: str) -> str:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<TIMEX3{written}>{content}</TIMEX3>" if content else f"<TIMEX3{written}/>"


def _clean(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), quote=False)
