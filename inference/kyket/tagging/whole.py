"""Marks that end or begin within a place or a stretch of time: `[Việt] Nam`, `[ba năm trở] lại đây`."""

from __future__ import annotations

import regex
from msgspec.structs import replace

from kyket.document import Span
from kyket.names import places

_NUMBER = regex.compile(r"\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|(?:hai|ba) mươi", regex.IGNORECASE)
_UNIT = regex.compile(r"\s(?:năm|tháng|ngày|tuần|thập kỷ)(?!\p{L}|\s\d)")
_TO_NOW = regex.compile(
    r"\s(?:(?<=(?:năm|tháng|trở) )(?:trở )?lại đây|(?<=(?:năm|tháng) )gần đây|(?<=(?:gần|lại) )đây"
    r"|(?<=đến )nay)(?!\p{L})"
)
_NEXT_WORD = regex.compile(r" \p{Lu}\p{L}*")
# What belongs to the name of a place that is marked without it.
_LEAD = regex.compile(
    r"(?<!\p{L})(?:đồng bằng (?=sông )|vùng kinh tế trọng điểm |thành phố (?=hồ chí minh))", regex.IGNORECASE
)
_LONGEST_LEAD = 24  # characters


def make_whole(text: str, spans: list[Span]) -> list[Span]:
    """The spans, with places and stretches of time as long as they are.

    Args:
        text: What the spans are offsets into.
        spans: Sorted by start, not overlapping.
    """
    result: list[Span] = []
    starts = [*(span.start for span in spans[1:]), len(text)]
    for span, after in zip(spans, starts, strict=False):
        start, end = span.start, span.end
        if span.label == "PERIOD":
            end = _end_of_period(text, span)
        elif span.label == "LOC":
            start, end = _start_of_place(text, span), _end_of_state(text, span)
            if result and result[-1].end > start:  # `[đồng bằng] [sông Mẫu]`
                if result[-1].start == start and result[-1].label == "LOC":
                    result.pop()
                else:
                    start = span.start
        if end > after:
            end = span.end
        if (start, end) != (span.start, span.end):
            span = replace(span, start=start, end=end, text=text[start:end])
        result.append(span)
    return result


def _end_of_period(text: str, span: Span) -> int:
    end = span.end
    if _NUMBER.fullmatch(span.text) and (unit := _UNIT.match(text, end)):
        end = unit.end()
    now = _TO_NOW.match(text, end)
    return now.end() if now else end


def _end_of_state(text: str, span: Span) -> int:
    """`[Việt] Nam`: where a word that is short for a state goes on with the rest of its name."""
    word = None if " " in span.text else _NEXT_WORD.match(text, span.end)
    state = places.listed_state(text[span.start : word.end()]) if word else None
    return word.end() if word and state and places.listed(span.text) == state else span.end


def _start_of_place(text: str, span: Span) -> int:
    lead = _LEAD.search(text, max(0, span.start - _LONGEST_LEAD), span.end)
    return lead.start() if lead and lead.end() == span.start else span.start
