"""Numbers as Vietnamese writes them: figures, words and Roman numerals."""

from __future__ import annotations

import regex

_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10}

_DIGIT = "|".join(_DIGITS)
NUMBER_WORD = (
    rf"(?:(?:(?:{_DIGIT})\s)?(?:mười|mươi)(?:\s(?:{_DIGIT})(?!\p{{L}}))?"
    rf"|(?=\p{{L}}+\schục)(?<!(?:{_DIGIT}|vài|dăm|đôi|mấy)\s)(?:{_DIGIT})\schục|{_DIGIT})(?!\p{{L}})"
)
NUMBER_START = rf"(?:{_DIGIT}|mười|mươi)(?!\p{{L}})"  # the first word of one
ROMAN = r"(?-i:[IVX]{1,6})(?!\p{L})"

_SPACE = regex.compile(r"\s+")


def read_number(text: str) -> int:
    """The number that figures or words up to ninety-nine stand for; `hai chục` is twenty.

    Raises:
        ValueError: `text` is no number.

    Example:
        >>> read_number("03"), read_number("mười lăm"), read_number("ba mươi sáu")
        (3, 15, 36)
    """
    if text.isdecimal():
        return int(text)
    total = 0
    for word in _SPACE.split(text.lower().strip()):
        if word in ("mười", "mươi", "chục"):
            total = 10 * (total or 1)
        elif word in _DIGITS:
            total += _DIGITS[word]
        else:
            raise ValueError(f"no number: {text!r}")
    return total


def read_roman(text: str) -> int:
    """The number of a Roman numeral written with I, V and X.

    Example:
        >>> read_roman("IV"), read_roman("XX")
        (4, 20)
    """
    digits = [_ROMAN[letter] for letter in text.upper()]
    following = [*digits[1:], 0]
    return sum(-n if n < after else n for n, after in zip(digits, following, strict=True))
