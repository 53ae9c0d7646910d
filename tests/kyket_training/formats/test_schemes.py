from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyket_training.formats.schemes import (
    SchemeName,
    TokenSpan,
    is_tag,
    labels_of,
    spans_of,
    tag_set,
    tags_of,
)

SCHEMES: tuple[SchemeName, ...] = get_args(SchemeName)
LABELS = ("PER", "B-I", "S")


@st.composite
def sentences(draw: st.DrawFn) -> tuple[int, list[TokenSpan]]:
    """A length and spans in it, many of which touch."""
    spans: list[TokenSpan] = []
    position = 0
    for gap, size in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=6)):
        spans.append(TokenSpan(position + gap, position + gap + size, draw(st.sampled_from(LABELS))))
        position += gap + size
    return position + draw(st.integers(0, 2)), spans


@pytest.mark.parametrize("scheme", SCHEMES)
@given(sentence=sentences())
def test_spans_come_back_from_their_tags(scheme: SchemeName, sentence: tuple[int, list[TokenSpan]]) -> None:
    length, spans = sentence
    tags = tags_of(length, spans, scheme)
    assert len(tags) == length
    assert all(is_tag(tag, scheme) and tag in tag_set(LABELS, scheme) for tag in tags)
    assert spans_of(tags, scheme) == (spans, [])
    assert set(labels_of(tags)) == {span.label for span in spans}


@pytest.mark.parametrize(
    ("scheme", "theirs"), [("IOB2", "IOB2"), ("IOBES", "IOBES"), ("BILOU", "BILOU"), ("IOB1", "IOB1")]
)
@settings(deadline=None)  # the first call imports seqeval
@given(sentence=sentences())
def test_tags_are_those_that_seqeval_reads(
    scheme: SchemeName, theirs: str, sentence: tuple[int, list[TokenSpan]]
) -> None:
    module = pytest.importorskip("seqeval.scheme")
    length, spans = sentence
    if theirs == "IOB1":  # seqeval takes IOB1 spans that touch apart only where their labels are the same
        spans = [
            span
            for one, span in zip([None, *spans], spans, strict=False)
            if one is None or one.last < span.first
        ]
    tags = tags_of(length, spans, scheme)
    read = module.Tokens(tags, getattr(module, theirs)).entities
    assert [(entity.start, entity.end, entity.tag) for entity in read] == [tuple(span) for span in spans]


@settings(deadline=None)
@given(st.lists(st.sampled_from([f"{letter}-{label}" for letter in "BI" for label in ("A", "B")] + ["O"])))
def test_any_sequence_is_read_as_conlleval_reads_it(tags: list[str]) -> None:
    """seqeval's lenient reader is a port of conlleval."""
    lenient = pytest.importorskip("seqeval.metrics.sequence_labeling").get_entities
    expected = [TokenSpan(first, last + 1, label) for label, first, last in lenient(tags)]
    assert spans_of(tags, "IOB2").spans == expected
    assert spans_of(tags, "IOB1").spans == expected


@pytest.mark.parametrize(
    ("scheme", "tags", "spans", "irregular"),
    [
        ("IOB2", "O I-A I-A", [(1, 3, "A")], [1]),
        ("IOB2", "B-A I-B", [(0, 1, "A"), (1, 2, "B")], [1]),
        ("IOB1", "I-A I-B B-B", [(0, 1, "A"), (1, 2, "B"), (2, 3, "B")], []),
        ("BIOES", "B-A O", [(0, 1, "A")], [0]),
        ("BIOES", "B-A I-A", [(0, 2, "A")], [1]),
        ("BIOES", "E-A S-A", [(0, 1, "A"), (1, 2, "A")], [0]),
        ("BIOES", "B-A E-B", [(0, 1, "A"), (1, 2, "B")], [0, 1]),
        ("BILOU", "B-A B-A L-A", [(0, 1, "A"), (1, 3, "A")], [0]),
        ("BILOU", "I-A L-A", [(0, 2, "A")], [0]),
    ],
)
def test_a_tag_out_of_sequence_is_read_and_told(
    scheme: SchemeName, tags: str, spans: list[tuple[int, int, str]], irregular: list[int]
) -> None:
    assert spans_of(tags.split(), scheme) == ([TokenSpan(*span) for span in spans], irregular)


@pytest.mark.parametrize("tag", ["", "PER", "-", "-PER", "B", "B-", "b-PER", "X-PER", "E-PER", "o", "B_PER"])
def test_what_is_no_tag(tag: str) -> None:
    assert not is_tag(tag, "IOB2")
