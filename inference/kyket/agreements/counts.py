"""How many parties or instruments the words before them count."""

from __future__ import annotations

import regex

_ONES = ("sáu", "bảy", "tám", "chín")
# What the words for a count of parties come to.
COUNTS = {
    **dict.fromkeys(("hai", "2", "02", "cả hai", "đôi"), 2),
    **dict.fromkeys(("ba", "3", "03"), 3),
    **dict.fromkeys(("bốn", "4", "04"), 4),
    **{word: n for n, word in enumerate(("năm", *_ONES, "mười"), 5)},
    **{f"mười {word}": n for n, word in enumerate(("một", "hai", "ba", "bốn", "lăm", *_ONES), 11)},
    **{figure: n for n in range(5, 100) for figure in (str(n), f"{n:02}")},
}
# So many instruments: `ba bản ghi nhớ`.
COUNTED = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<count>hai|ba|bốn|0?[234])\s+(?:bản\s+|văn\s+bản\s+)?$", regex.IGNORECASE
)
# So many parties of one: `thỏa thuận ba bên`.
SEVERAL = regex.compile(r"(?<!\p{L})(?P<count>ba|bốn|3|4)\s+(?:bên|phía)(?!\p{L})", regex.IGNORECASE)

_NUMBER = regex.compile(
    r"(?<![\p{L}\p{N}])(?:(?P<figure>\p{N}{1,3})|(?P<run>loạt))\s+(?:bản|cái)?\s*",
    regex.IGNORECASE | regex.REVERSE,
)
BEYOND_COUNT = 1000  # `hàng loạt`: more than any article tells apart


def number_of(before: str) -> int:
    """How many instruments stand behind these words, in figures; 0 where that is not told.

    Example:
        >>> number_of("ký 12 "), number_of("ký hàng loạt ") == BEYOND_COUNT, number_of("ký các ")
        (12, True, 0)
    """
    match = _NUMBER.match(before)
    if match is None:
        return 0
    return int(match["figure"]) if match["figure"] else BEYOND_COUNT
