"""The two doors of the room: `find` and `parse`."""

from __future__ import annotations

import datetime

import regex

from kyket.dates.expressions import Expression
from kyket.dates.grammar import expressions
from kyket.dates.lookback import with_reviewed_ranges
from kyket.dates.pieces import PARTS_OF_DAY
from kyket.dates.quotations import is_quoted
from kyket.dates.resolve import NO_SUCH_DAY, NothingBeforeError, Resolver, UnresolvedError
from kyket.dates.years import with_stated_years
from kyket.document import Date
from kyket.orthography import Canonical, canonical
from kyket.timevalues import TimeValue

_ISO_DAY = regex.compile(r"\d{4}-\d\d-\d\d", regex.ASCII)
_LONGEST_PHRASE = 200
# What may stand around the expression of a phrase without being part of it.
_AROUND_PHRASE = regex.compile(
    rf"(?:đến|tới|từ|vào|trong|hồi|dịp|lúc|ngay|khoảng|đầu|giữa|cuối|hết|trước|sau|rạng|sớm|{PARTS_OF_DAY}|thời\shạn"
    r"|của|\d{1,2}(?::|\s?h\s?|\s?giờ\s?)(?:\d\d)?|[\s,.()])*",
    regex.IGNORECASE,
)

# A date that a sentence opens with tells when what it says took place.
_LEAD = 24
_OPENING = regex.compile(
    rf"(?:\A|[.!?…\n*])\s*+(?:(?:vào|đúng|rạng|{PARTS_OF_DAY}|hôm)\s+)*(?:ngày\s+)?$",
    regex.IGNORECASE,
)


def find(text: str, reference: str | datetime.date | None = None) -> list[Date]:
    """Every expression of a text that names a point or a stretch of time.

    Args:
        text: Any text; offsets of the result are into it, in code points.
        reference: The day of writing, as `YYYY-MM-DD` or a date; None where it is unknown: years stay `XXXX`,
            and what only counts from that day (`hôm nay`) has the value None.

    Returns:
        Dates by ascending start, none overlapping another. `note` says why a value is None.

    Raises:
        TypeError: `text` is no str.
        ValueError: `reference` is not a day.

    Example:
        >>> [(d.text, str(d.value)) for d in find("Chiều 18/7, sơ kết giai đoạn 2018-2023.", "2022-07-20")]
        [('18/7', '2022-07-18'), ('giai đoạn 2018-2023', '2018/2023')]
    """
    _check_text(text)
    day = _day(reference)
    phrase = parse(text, day) if len(text) <= _LONGEST_PHRASE else None
    if phrase is not None:
        return [phrase]
    view = canonical(text)
    found = with_reviewed_ranges(view.text, list(expressions(view.text)), day)
    return _dates(text, view, with_stated_years(view.text, found) if day is None else found, day)


def parse(phrase: str, reference: str | datetime.date | None = None) -> Date | None:
    """The date of a phrase that is one expression as a whole; None where it is not.

    A phrase needs no sentence to show that it is a date: `2018`, `7/12`, `từ năm 2024` and `26 tháng` are.

    Args:
        phrase: Such as `từ ngày 10 đến 15 tháng 5 năm 1999`; offsets of the result are into it.
        reference: As for `find`.

    Raises:
        TypeError: `phrase` is no str.
        ValueError: `reference` is not a day.

    Example:
        >>> str(parse("từ tháng 7/2015 đến tháng 4/2016").value)
        '2015-07/2016-04'
    """
    _check_text(phrase)
    day = _day(reference)
    if len(phrase) > _LONGEST_PHRASE:
        return None
    view = canonical(phrase)
    found = list(expressions(view.text, alone=True))
    if len(found) != 1:
        return None
    rest = (view.text[: found[0].start], view.text[found[0].end :])
    if not all(_AROUND_PHRASE.fullmatch(part) for part in rest):
        return None
    dates = _dates(phrase, view, found, day)
    return dates[0] if dates else None


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        raise TypeError(f"the text is to be a str, not {type(text).__name__}")


def _day(reference: str | datetime.date | None) -> datetime.date | None:
    if isinstance(reference, datetime.datetime):
        return reference.date()
    if reference is None or isinstance(reference, datetime.date):
        return reference
    if not isinstance(reference, str) or not _ISO_DAY.fullmatch(reference):
        raise ValueError(f"not a day (YYYY-MM-DD): {reference!r}")
    return datetime.date.fromisoformat(reference)


def _dates(text: str, view: Canonical, found: list[Expression], day: datetime.date | None) -> list[Date]:
    resolver = Resolver(day)
    dates = []
    last = 0
    for expression in found:
        if "\n" in view.text[last : expression.start]:
            resolver.begin_paragraph()
        last = expression.end
        resolver.opening = (
            _OPENING.search(view.text, max(0, expression.start - _LEAD), expression.start) is not None
        )
        resolver.quoted = is_quoted(view.text, expression.start)
        try:
            value, note = _value(resolver, expression)
        except NothingBeforeError:
            continue
        start, end = view.origin(expression.start), view.origin(expression.end)
        dates.append(
            Date(
                start=start,
                end=end,
                text=text[start:end],
                type="PERIOD" if expression.is_period else "DATE",
                value=value,
                time=expression.time,
                lunar=getattr(expression.meaning, "lunar", False),
                note=note,
            )
        )
    return dates


def _value(resolver: Resolver, expression: Expression) -> tuple[TimeValue | None, str | None]:
    try:
        return resolver.value(expression.meaning), None
    except NothingBeforeError:
        raise
    except UnresolvedError as problem:
        return None, str(problem)
    except ValueError:  # whose words are for programmers, and others in each version of Python
        return None, NO_SUCH_DAY
