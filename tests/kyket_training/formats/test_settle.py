from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket_training.corpus import CorpusError, GoldSpan
from kyket_training.formats.ledger import Ledger
from kyket_training.formats.settle import Mark, settle

TEXT = "Sở Y tế tỉnh Lạng Sơn  \n họp"


@st.composite
def marks(draw: st.DrawFn) -> list[Mark]:
    edges = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
    drawn = draw(st.lists(st.tuples(edges, st.sampled_from("AB")), max_size=8))
    return [Mark(min(e), max(e), label, f"f:{i}") for i, (e, label) in enumerate(drawn)]


@given(marks())
def test_what_is_kept_is_flat_and_the_rest_is_in_the_books(given_marks: list[Mark]) -> None:
    ledger = Ledger()
    spans = settle(TEXT, given_marks, ledger)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for span in spans:
        marked = TEXT[span.start : span.end]
        assert marked and marked == marked.strip()
    assert ledger.spans_read == len(given_marks)
    assert len(spans) == len(given_marks) - ledger.spans_left_out.total()
    left_out = [note for note in ledger.notes if note.kind.endswith("left out")]
    assert len(left_out) == ledger.spans_left_out.total()
    if given_marks:  # the longest of all is always kept
        longest = max(len(TEXT[m.start : m.end].strip()) for m in given_marks)
        assert max((span.end - span.start for span in spans), default=0) == longest


@given(marks())
def test_settled_spans_settle_into_themselves(given_marks: list[Mark]) -> None:
    spans = settle(TEXT, given_marks, Ledger())
    ledger = Ledger()
    again = settle(TEXT, [Mark(s.start, s.end, s.label, "") for s in reversed(spans)], ledger)
    assert again == spans
    assert not ledger.notes


def test_every_kind_is_told_with_its_place() -> None:
    ledger = Ledger()
    given_marks = [
        Mark(0, 12, "ORG", "a:1"),
        Mark(8, 21, "LOC", "a:2"),
        Mark(8, 21, "LOC", "a:3"),
        Mark(21, 25, "PER", "a:4"),
        Mark(23, 28, "ACT", "a:5"),
    ]
    assert settle(TEXT, given_marks, ledger) == [GoldSpan(8, 21, "LOC"), GoldSpan(25, 28, "ACT")]
    assert ledger.details() == [
        "a:4: empty span left out: PER at 21–25",
        "a:5: blank edge cut off: ACT “họp”",
        "a:3: repeated span left out: LOC “tỉnh Lạng Sơn”",
        "a:1: overlapping span left out: ORG “Sở Y tế tỉnh” overlaps LOC “tỉnh Lạng Sơn”, which stays",
    ]
    ledger.articles_read = ledger.articles_written = 1
    ledger.spans_written = 2
    assert ledger.summary() == (
        "read 1 articles, 5 spans; wrote 1 articles, 2 spans; "
        "left out 3 spans (empty 1, overlapping 1, repeated 1); changed: blank edge cut off 1"
    )
    assert ledger.details(most=0)[0] == "… and 1 more: empty span left out"


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (Mark(0, 99, "A", "a:7"), "a:7: the span 0–99 lies outside the text of 28 characters"),
        (Mark(-1, 2, "A", "a:7"), "a:7: the span -1–2 lies outside"),
        (Mark(3, 2, "A", "a:7"), "a:7: the span 3–2 lies outside"),
        (Mark(0, 2, " ", "a:7"), "a:7: a span without a label"),
    ],
)
def test_what_cannot_be_is_an_error(mark: Mark, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        settle(TEXT, [mark], Ledger())
    assert str(caught.value).startswith(message)
