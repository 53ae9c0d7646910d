"""Numbers of parties: which words count bodies, and how many."""

import pytest

from kyket.agreements.counts import COUNTS
from kyket.agreements.vocabulary import GROUP, NUMBER


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sáu nước ký", 6),
        ("mười sáu trường ký", 16),
        ("năm trường ký", 5),
        ("12 tỉnh ký", 12),
        ("tháng hai bên ký", 2),
        ("hai mươi sáu trường ký", None),
        ("một trăm linh năm trường ký", None),
        ("sáng thứ sáu trường ký", None),
        ("sang năm trường ký", None),
        ("tháng 5 tỉnh ký", None),
    ],
)
def test_what_counts_parties(text: str, count: int | None) -> None:
    found = GROUP.search(text)
    assert (COUNTS[found["count"].lower()] if found else None) == count


@pytest.mark.parametrize("count", [*COUNTS, "các", "cả hai", "đôi", "05", "99", "CẢ\nHAI", "Mười  lăm"])
def test_what_begins_a_group_is_looked_for(count: str) -> None:
    text = f"{count} bên ký"
    assert GROUP.match(text) and NUMBER.match(text)
