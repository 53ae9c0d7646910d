"""Brackets that a span opens and does not close, or the other way round.

A name holds a bracket only with its partner: the abbreviation of `Liên đoàn Lao động (LĐLĐ) tỉnh Kon Tum` is
inside one name, the one behind `Tổng Liên đoàn Lao động Việt Nam (TLĐLĐVN)` is a name of its own. The network
decides unit by unit and sometimes keeps half of such a pair.
"""

from __future__ import annotations

from msgspec.structs import replace

from kyket.document import Span

_LONGEST = 24
"""Characters of an abbreviation in brackets, about; a longer bracket is a remark and joins nothing."""


def balance_brackets(text: str, spans: list[Span]) -> list[Span]:
    """Joins spans that share a pair of brackets, and cuts a single bracket off.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.

    Returns:
        Spans without half a pair, sorted, not overlapping.

    Example:
        >>> text = "giai đoạn 2017-2021)."
        >>> span = Span(start=0, end=20, text=text[:20], label="PERIOD", score=0.9)
        >>> [s.text for s in balance_brackets(text, [span])]
        ['giai đoạn 2017-2021']
    """
    result: list[Span] = []
    for span in spans:
        if result and _share_a_pair(text, result[-1], span):
            before = result.pop()
            span = replace(
                span,
                start=before.start,
                text=text[before.start : span.end],
                score=min(before.score, span.score),
            )
        result.append(span)
    return [whole for span in result if (whole := _without_half_pairs(text, span)) is not None]


def _share_a_pair(text: str, one: Span, other: Span) -> bool:
    """Whether `one` is a name up to a bracket and `other` goes on from within it to what follows it."""
    if one.label != other.label:
        return False
    name, opening, rest = text[one.start : other.end].partition("(")
    abbreviation, closing, tail = rest.partition(")")
    inside = one.start + len(name) + 1
    return (
        all(part.strip() for part in (name, opening, abbreviation, closing, tail))
        and not set("()") & set(name + abbreviation + tail)
        and len(abbreviation) <= _LONGEST
        and one.end <= inside
        and other.start <= inside + len(abbreviation)
        and not text[one.end : other.start].strip("( ")
    )


def _without_half_pairs(text: str, span: Span) -> Span | None:
    if "(" not in span.text and ")" not in span.text:
        return span
    last = span.start + len(span.text.rstrip()) - 1
    start, end = span.start, span.end
    opened: list[int] = []
    for i in range(start, end):
        if text[i] == "(":
            opened.append(i)
        elif text[i] == ")" and opened:
            opened.pop()
        elif text[i] == ")" and i == last:
            end = i
        elif text[i] == ")":  # what stands before it is the inside of a bracket
            start = i + 1
    return _cut(text, span, start, opened[0] if opened else end)


def _cut(text: str, span: Span, start: int, end: int) -> Span | None:
    end = start + len(text[start:end].rstrip())
    start = end - len(text[start:end].lstrip())
    return replace(span, start=start, end=end, text=text[start:end]) if start < end else None
