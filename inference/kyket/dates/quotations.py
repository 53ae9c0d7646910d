"""Where a text quotes: what is said there counts from the day on which it was said."""

from __future__ import annotations

_FARTHEST = 600
_MARKS = '“”"'
_BEFORE_OPENING = "([:–—-"


def is_quoted(text: str, place: int) -> bool:
    """Whether a quotation of its paragraph is open at a place.

    Example:
        >>> text = "Ông nói: “Hôm nay vui”, rồi về. Hôm nay, chợ vắng."
        >>> is_quoted(text, text.index("Hôm")), is_quoted(text, text.rindex("Hôm"))
        (True, False)
    """
    start = max(0, place - _FARTHEST)
    at = max(text.rfind(mark, start, place) for mark in _MARKS)
    if at < 0 or "\n" in text[at:place]:
        return False
    if text[at] != '"':
        return text[at] == "“"
    # A straight mark opens where no word ends before it and one begins behind it.
    before = text[at - 1 : at]
    return (not before or before.isspace() or before in _BEFORE_OPENING) and not text[at + 1].isspace()
