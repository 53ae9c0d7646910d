"""Offsets in UTF-16 code units, as JavaScript counts them, and in code points, as kyket does.

They differ behind a character outside the Basic Multilingual Plane, such as an emoji.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate


class Utf16:
    """Ways between the two for one text.

    Example:
        >>> offsets = Utf16("😀 Lào")
        >>> offsets.to_points(3), offsets.to_units(2), offsets.to_points(1)
        (2, 3, None)
    """

    def __init__(self, text: str) -> None:
        self._plain = text.isascii() or all(character <= "\uffff" for character in text)
        widths = () if self._plain else (1 + (character > "\uffff") for character in text)
        self._units = list(accumulate(widths, initial=0))

    def to_units(self, offset: int) -> int:
        """UTF-16 code units before a code point."""
        return offset if self._plain else self._units[offset]

    def to_points(self, offset: int) -> int | None:
        """Code points before a UTF-16 code unit; None inside a character, or outside the text."""
        if self._plain:
            return offset
        at = bisect_left(self._units, offset)
        return at if at < len(self._units) and self._units[at] == offset else None
