"""One text, many spellings: composed letters and tone-mark style, beside the text and never in it.

`hoà` and `hòa` are one word, and either may come decomposed (NFD). Every room matches on the canonical
form and reports offsets into the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

import regex
from msgspec import Struct

NEW_STYLE = {
    new: old
    for vowels, plain, first in (("àáảãạ", "a", "òóỏõọ"), ("èéẻẽẹ", "e", "òóỏõọ"), ("ỳýỷỹỵ", "y", "ùúủũụ"))
    for toned, old_first in zip(vowels, first, strict=True)
    for glide in ("u" if plain == "y" else "o",)
    for new, old in (
        (glide + toned, old_first + plain),
        (glide.upper() + toned, old_first.upper() + plain),
        (glide.upper() + toned.upper(), (old_first + plain).upper()),
    )
}
"""Tone marks of the newer style (`oà`), each with the older one (`òa`), in three cases of letters."""

# Only an open syllable differs: `hoà`/`hòa`, but always `toàn`; and the u of `quý` belongs to its onset. Sets
# come first, for which `re` looks fast. It knows no class of letters, so `_in_older_style` asks once more.
_TONED_AFTER_GLIDE = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ](?![a-zA-Z])(?<![qQ][uU].)")
# What may compose: a character with its marks, or the parts of a Korean syllable. Not a grapheme cluster,
# which holds an emoji's colour too.
_CLUSTER = regex.compile(r"[\uAC00-\uD7A3]?[\u1100-\u11FF]+\p{M}*|\P{M}\p{M}*|\p{M}+", regex.DOTALL)
_SPACE = regex.compile(r"[^\p{L}\p{N}]+")


class Canonical(Struct, frozen=True):
    """A text in canonical spelling, with the way back to the text it came from.

    Attributes:
        text: Composed (NFC), tone marks in the older style (`hòa`, `ủy`).
        moved: Pairs of (offset in `text`, offset in the original), ascending, wherever the difference
            between the two changes; empty where offsets are the same.
    """

    text: str
    moved: tuple[tuple[int, int], ...] = ()

    def origin(self, offset: int) -> int:
        """The offset in the original text of an offset in `text`."""
        if not self.moved:
            return offset
        here, there = self.moved[bisect_right(self.moved, (offset, 1 << 62)) - 1]
        return there + offset - here


def canonical(text: str) -> Canonical:
    """`text` with composed letters and one style of tone marks.

    Example:
        >>> canonical("Ủy ban hoà giải").text
        'Ủy ban hòa giải'
        >>> view = canonical("tie\u0302\u0301ng Anh")
        >>> view.text.index("Anh"), view.origin(view.text.index("Anh"))
        (6, 8)
    """
    if unicodedata.is_normalized("NFC", text):
        return Canonical(_one_tone_style(text))
    parts: list[str] = []
    moved = [(0, 0)]
    length = 0
    for match in _CLUSTER.finditer(text):
        part = unicodedata.normalize("NFC", match.group())
        parts.append(part)
        length += len(part)
        if len(part) != match.end() - match.start():
            moved.append((length, match.end()))
    return Canonical(_one_tone_style("".join(parts)), tuple(moved))


def _one_tone_style(text: str) -> str:
    return _TONED_AFTER_GLIDE.sub(_in_older_style, text)


def _in_older_style(found: re.Match[str]) -> str:
    """The letters of a glide and its vowel, the mark on the first of them where they end their syllable."""
    letters, end = found.group(), found.end()
    return letters if found.string[end : end + 1].isalpha() else NEW_STYLE.get(letters, letters)


class _Folded(dict[int, str]):
    """What `fold` makes of each character, found once: most of a name's time is spent on its letters."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", chr(code))
        plain = "".join(c for c in letters if not unicodedata.combining(c)).replace("đ", "d")
        self[code] = folded = _SPACE.sub(" ", plain)
        return folded


_FOLDED = _Folded()


@lru_cache(maxsize=8192)  # the words of names are the same few
def fold(text: str) -> str:
    """`text` for comparing names: no case, no diacritics, single spaces for all that is no letter or digit.

    Example:
        >>> fold("LĐLĐ  TP. Hà Nội")
        'ldld tp ha noi'
    """
    return " ".join(text.casefold().translate(_FOLDED).split())
