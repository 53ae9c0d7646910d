"""What rules add to the model's spans and mend of them, where they are certain."""

from __future__ import annotations

from msgspec.structs import replace

from kyket.document import Date, Span
from kyket.names import tables
from kyket.orthography import fold
from kyket.timevalues import Interval


@tables.remembered(1)
def _agencies() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in tables.rows("agencies"))


def name_agencies(spans: list[Span]) -> list[Span]:
    """The spans, with agencies that were taken for photographers (`Ảnh: Reuters`) as organisations."""
    return [
        replace(span, label="ORG") if span.label == "PER" and fold(span.text) in _agencies() else span
        for span in spans
    ]


def mark_periods(spans: list[Span], dates: list[Date]) -> list[Span]:
    """Adds the stretches of time that the model missed.

    Only one with both ends in figures (`giai đoạn 2018-2023`, `từ ngày 4/6 - 8/6`) is certain; whether a
    bare length or an open end is meant as a period, the model knows better.

    Args:
        spans: Sorted by start, not overlapping.
        dates: What `kyket.dates.find` gives for the same text.

    Returns:
        All spans, sorted, still not overlapping.
    """
    taken = [(span.start, span.end) for span in spans]
    missed = [
        Span(start=date.start, end=date.end, text=date.text, label="PERIOD", by="rule")
        for date in dates
        if date.type == "PERIOD"
        and isinstance(date.value, Interval)
        and sum(
            not before.isdigit() and here.isdigit()
            for before, here in zip(" " + date.text, date.text, strict=False)
        )
        >= 2
        and all(date.end <= start or end <= date.start for start, end in taken)
    ]
    return sorted([*spans, *missed], key=lambda span: span.start)
