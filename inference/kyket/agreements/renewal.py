"""Which record follows which: rounds of one instrument whose years meet."""

from __future__ import annotations

from collections.abc import Sequence

from kyket.document import Agreement
from kyket.timevalues import Interval, PartialDate, parse_value


def chain(records: Sequence[Agreement]) -> None:
    """Let each record renew the one of its kind and parties that ends where it begins.

    A record keeps the one that the text names where no years meet.

    Example:
        >>> old = Agreement(id="a", instrument="treaty", period="2010/2015", status="signed")
        >>> new = Agreement(id="b", instrument="treaty", period="2015/2020", status="signed")
        >>> chain([old, new])
        >>> new.renews
        'a'
    """
    ending: dict[tuple[str, frozenset[str], int], Agreement] = {}
    for record in records:
        years = _years(record)
        if years and record.status == "signed":
            ending.setdefault((record.instrument, frozenset(record.parties), years[1]), record)
    for record in records:
        years = _years(record)
        if years is None:
            continue
        like = record.instrument, frozenset(record.parties)
        earlier = ending.get((*like, years[0])) or ending.get((*like, years[0] - 1))
        if earlier is not None and earlier is not record:
            record.renews = earlier.id


def _years(record: Agreement) -> tuple[int, int] | None:
    value = parse_value(record.period) if record.period else None
    if not isinstance(value, Interval):
        return None
    start, end = value.start or PartialDate(), value.end or PartialDate()
    return (start.year, end.year) if start.year and end.year and start.year < end.year else None
