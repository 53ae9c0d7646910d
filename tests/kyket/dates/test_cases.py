from __future__ import annotations

import pytest

from kyket.dates import find
from kyket.dates.resolve import REASONS
from kyket.document import Date

from .cases import Case, read_cases, read_negatives


def _told(date: Date) -> tuple[int, int, str, str, str | None]:
    flag = "lunar" if date.lunar else date.time
    return date.start, date.end, date.type, "null" if date.value is None else str(date.value), flag


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.where)
def test_positive(case: Case) -> None:
    found = find(case.text, case.reference)
    assert [(case.text[d.start : d.end], *_told(d)) for d in found] == [
        (case.text[start:end], start, end, *rest) for start, end, *rest in case.expected
    ]
    assert all(date.note in REASONS if date.value is None else date.note is None for date in found)


@pytest.mark.parametrize("text", read_negatives())
@pytest.mark.parametrize("reference", [None, "2024-06-15"])
def test_negative(text: str, reference: str | None) -> None:
    assert [date.text for date in find(text, reference)] == []


def test_there_are_enough_cases() -> None:
    assert len(read_cases()) >= 400
    assert len(read_negatives()) >= 150
