"""Half a pair of brackets is no part of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyket.document import Span
from kyket.tagging.brackets import balance_brackets


def spans_of(marked: str) -> tuple[str, list[Span]]:
    """Spans between `<` and `>`, all of one label."""
    text, spans, start = "", [], -1
    for character in marked:
        if character == "<":
            start = len(text)
        elif character == ">":
            spans.append(Span(start=start, end=len(text), text=text[start:], label="ORG", score=0.5))
        else:
            text += character
    return text, spans


def marked(text: str, spans: list[Span]) -> str:
    for span in reversed(spans):
        assert text[span.start : span.end] == span.text
        text = f"{text[: span.start]}<{span.text}>{text[span.end :]}"
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(<giai đoạn 2017-2021)>.", "(<giai đoạn 2017-2021>)."),
        ("<CĐ Cụm cảng (><CCB) Bến Tranh> họp", "<CĐ Cụm cảng (CCB) Bến Tranh> họp"),
        ("của <Ban chấp hành> (<BCH) công đoàn huyện>", "của <Ban chấp hành (BCH) công đoàn huyện>"),
        ("<Hội Làm vườn (HLV>)", "<Hội Làm vườn> (HLV)"),
        ("<Hội Làm vườn> (<HLV>) và <Hội Nuôi ong>", "<Hội Làm vườn> (<HLV>) và <Hội Nuôi ong>"),
        ("<Hội Làm vườn (HLV) tỉnh Đồng Mây>", "<Hội Làm vườn (HLV) tỉnh Đồng Mây>"),
        ("ông Bến (<HLV) Công ty Gốm>", "ông Bến (HLV) <Công ty Gốm>"),
        (
            "<Xưởng Mộc> (<do ông Bến và bà Sương mở năm ngoái) Công ty Gốm>",
            "<Xưởng Mộc> (do ông Bến và bà Sương mở năm ngoái) <Công ty Gốm>",
        ),
        ("<(>", "("),
        ("<)> và <()>", ") và <()>"),
    ],
)
def test_cases(before: str, after: str) -> None:
    text, spans = spans_of(before)
    assert marked(text, balance_brackets(text, spans)) == after


@given(st.lists(st.sampled_from(["(", ")", " ", "Hội", "LĐLĐ", "<", ">"]), max_size=24))
def test_what_comes_out_is_balanced_sorted_and_inside_what_went_in(parts: list[str]) -> None:
    text, spans, start = "", [], None
    for part in parts:
        if part == "<" and start is None:
            start = len(text)
        elif part == ">" and start is not None and text[start:].strip():
            spans.append(Span(start=start, end=len(text), text=text[start:], label="ORG"))
            start = None
        elif part not in "<>":
            text += part
    position = 0
    for span in balance_brackets(text, spans):
        assert position <= span.start < span.end
        assert text[span.start : span.end] == span.text
        depths = [
            span.text[: i + 1].count("(") - span.text[: i + 1].count(")") for i in range(len(span.text))
        ]
        assert min(depths) >= 0
        assert depths[-1] == 0
        position = span.end


def test_thousands_of_brackets() -> None:
    text = ")x" * 5000
    assert balance_brackets(text, [Span(start=0, end=len(text), text=text, label="ORG")])[0].text == "x"
