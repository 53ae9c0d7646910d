"""Names of people that are marked in two pieces: `bà [Ada] [Muster Probe]`, `[Ông] [Trần Văn Ví]`."""

from __future__ import annotations

from msgspec.structs import replace

from kyket.document import Span
from kyket.names import people, places, titles
from kyket.names.organizations import in_syllables

_LONGEST_TITLE = 60  # characters


def join_names(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with one mark for a person whose name has two, side by side behind an office or `bà`.

    Only a foreign name of which one piece is a single word is certain: `Thủ tướng [Ví] [Lê An]` may be the
    end of a caption and a photographer. A form of address is no piece of a name, and a state is a place
    (`Tổng thống [Nga] [Muster]`).

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    result: list[Span] = []
    for span in spans:
        one = result[-1] if result else None
        if one and one.label == span.label == "PER" and text[one.end : span.start] == " ":
            if one.text.lower() in people.honorifics() and " " in span.text:
                result.pop()
            elif not in_syllables(f"{one.text} {span.text}") and (kind := _told(text, one)):
                if kind != "address" and places.listed_state(one.text):
                    result[-1] = replace(one, label="LOC")
                elif " " not in one.text or " " not in span.text:
                    span = replace(one, end=span.end, text=text[one.start : span.end])
                    result.pop()
        result.append(span)
    return result


def _told(text: str, span: Span) -> str | None:
    """The kind of the title right before a name, `address` for a form of address, else None."""
    before = text[max(0, span.start - _LONGEST_TITLE) : span.start]
    if title := titles.at_end(before):
        return title.kind
    return "address" if titles.strip_lead(before)[0] != before.rstrip() else None
