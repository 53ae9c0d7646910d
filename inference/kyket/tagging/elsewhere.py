"""Bodies whose mark ends within a name that is marked in full elsewhere: `[cục Mẫu] về trồng rừng`."""

from __future__ import annotations

from collections import Counter

import regex
from msgspec.structs import replace

from kyket.document import Span

_LONGEST_REST = 10  # words
_LONGEST_NAME = 200  # characters
_BLANK = regex.compile(" ")
_WORD = regex.compile(r" [^\s,;:()]+")
# What joins another body, or tells where one is, goes on with no name.
_NO_REST = regex.compile(r" (?:và|cùng|với|tại|ở|[&+–—/-])(?= )")


def go_on(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with bodies as long as the words that are marked as one elsewhere.

    Marks within the rest of the name are dropped; one that goes beyond it tells that the name ends before.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    marked = (span.text for span in spans if span.label == "ORG" and len(span.text) <= _LONGEST_NAME)
    bodies = Counter(map(_spelled, marked))
    heads = {name[: blank.start()] for name in bodies for blank in _BLANK.finditer(name)}
    result: list[Span] = []
    for i, span in enumerate(spans):
        if result and result[-1].end >= span.end:
            continue
        if span.label == "ORG" and _spelled(span.text) in heads:
            end = _end(text, span, bodies)
            if end > span.end and _ends_between(spans, i, end):
                span = replace(span, end=end, text=text[span.start : end])
        result.append(span)
    return result


def _spelled(name: str) -> str:
    """A name by which it is known again: `cục Mẫu`, but not `Ngân hàng đầu tư` for `Ngân hàng Đầu tư`."""
    return name[:1].lower() + name[1:]


def _end(text: str, span: Span, bodies: Counter[str]) -> int:
    """Where the longest name ends that is marked as often as it is cut here."""
    end = at = span.end
    if _NO_REST.match(text, at):
        return end
    for _ in range(_LONGEST_REST):
        word = _WORD.match(text, at)
        if word is None:
            break
        at = word.end()
        if bodies[_spelled(text[span.start : at])] >= bodies[_spelled(span.text)]:
            end = at
    return end


def _ends_between(spans: list[Span], i: int, end: int) -> bool:
    """Whether no mark behind the one at `i` begins before `end` and goes beyond it."""
    return all(other.end <= end for other in spans[i + 1 : i + 1 + _LONGEST_REST] if other.start < end)
