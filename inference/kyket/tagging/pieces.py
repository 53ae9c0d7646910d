"""Names that are marked in two pieces: `bà [Ada] [Muster Probe]`, `[công ty] [Kestrel]`."""

from __future__ import annotations

import regex
from msgspec.structs import replace

from kyket.document import Span
from kyket.names import people, places, titles
from kyket.names.organizations import in_syllables

_FIRM = regex.compile(r"(?:tổng )?công ty|tập đoàn|ngân hàng", regex.IGNORECASE)
_LONGEST_TITLE = 60  # characters
_LONGEST_NAME = 100  # characters


def join_names(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with one mark for a person or a firm whose name has two, side by side.

    Of people only a foreign name behind an office or `bà`, of which one piece is a single word, is certain:
    `Thủ tướng [Ví] [Lê An]` may be the end of a caption and a photographer. A form of address is no piece of
    a name, and a state is a place (`Tổng thống [Nga] [Muster]`).

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    result: list[Span] = []
    for span in spans:
        one = result[-1] if result else None
        short = one is not None and one.end - one.start < _LONGEST_NAME
        if one and short and one.label == span.label and text[one.end : span.start] == " ":
            foreign = span.label == "PER" and not in_syllables(f"{one.text} {span.text}")
            kind = _told(text, one) if foreign else None
            if span.label == "PER" and one.text.lower() in people.honorifics() and " " in span.text:
                result.pop()
            elif kind not in (None, "address") and places.listed_state(one.text):
                result[-1] = replace(one, label="LOC")
            elif _are_one(one, span, named=kind is not None):
                span = replace(one, end=span.end, text=text[one.start : span.end])
                result.pop()
        result.append(span)
    return result


def _are_one(one: Span, other: Span, *, named: bool) -> bool:
    """Whether two marks side by side are one name; `named` says whether a title stands before them."""
    if one.label == "ORG":
        return _FIRM.fullmatch(one.text) is not None
    return named and (" " not in one.text or " " not in other.text)


def _told(text: str, span: Span) -> str | None:
    """The kind of the title right before a name, `address` for a form of address, else None."""
    before = text[max(0, span.start - _LONGEST_TITLE) : span.start]
    if title := titles.at_end(before):
        return title.kind
    return "address" if titles.strip_lead(before)[0] != before.rstrip() else None
