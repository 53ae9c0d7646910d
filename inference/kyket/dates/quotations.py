"""Where a text quotes: what is said there counts from the day on which it was said."""

from __future__ import annotations

_FARTHEST = 600


def is_quoted(text: str, place: int) -> bool:
    """Whether a quotation of its paragraph is open at a place.

    Example:
        >>> text = "Ông nói: “Hôm nay vui”, rồi về. Hôm nay, chợ vắng."
        >>> is_quoted(text, text.index("Hôm")), is_quoted(text, text.rindex("Hôm"))
        (True, False)
    """
    before = text[text.rfind("\n", max(0, place - _FARTHEST), place) + 1 : place][-_FARTHEST:]
    if "“" in before or "”" in before:
        return before.rfind("“") > before.rfind("”")
    return before.count('"') % 2 == 1
