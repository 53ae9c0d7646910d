"""What rules add to the model's spans, where they are certain."""

from __future__ import annotations

from kyket.document import Date, Span
from kyket.timevalues import Interval


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
