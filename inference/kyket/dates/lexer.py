"""The atoms of time expressions: calendar words, figures and the little words that join them.

`atoms` reads a canonical text from left to right into `Atom`s, each of one kind, written as one letter so
that `grammar` can put them together with patterns over the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from kyket.alternatives import any_of
from kyket.dates.kinds import ATOMS, FIGURES
from kyket.dates.pieces import DASH, PARTS_OF_DAY

# What the atoms of each kind may open with but for figures: words and marks. Most places in a text open none,
# and at the others few patterns need to be tried.
_DASHES = "- – — − ‐ ‑ ‒ ― ~ →"
_NUMBERS = "một hai ba bốn năm sáu bảy bẩy tám chín mười"
_DAY_PARTS = f"rạng {PARTS_OF_DAY.replace('|', ' ')} khuya"
_OPENINGS = {
    "-": f"{_DASHES} /",
    ",": ",",
    "(": "(",
    ")": ")",
    "U": "ngày rằm mùng mồng tháng",
    "D": "ngày hôm mùng mồng",
    "H": f"nửa những các thế thập tk {_NUMBERS}",
    "h": f"ngày hôm bữa cùng tuần tháng quý {_DAY_PARTS}",
    "w": "chủ thứ",
    "M": "tháng thg",
    "Q": "quý quí q i",
    "e": "đầu giữa cuối năm",
    "E": "đầu giữa cuối tháng",
    "V": _NUMBERS,
    "l": f"nửa {_NUMBERS}",
    "Y": "năm sang cùng tháng tuần quý thập thế",
    "N": "ngày hôm mùng mồng",
    "L": "giai nhiệm niên thời năm mùa chu tài khóa các những nửa hai học",
    "f": "tính kể bắt từ",
    "z": "hiện bây nay giờ đây thời",
    "x": "trở về",
    "n": "tới sắp tiếp kế nữa",
    "p": "vừa mới trở lại gần qua rồi",
    "a": "trước về trở",
    "o": "tới",
    "t": "cho đến tới sang kéo và",
    "&": "và hoặc hay &",
    "g": f"lúc vào {_DAY_PARTS}",
}
_KINDS_OF = {
    opening: "".join(kind for kind in _OPENINGS if opening.startswith(tuple(_OPENINGS[kind].split())))
    for opening in dict.fromkeys(" ".join(_OPENINGS.values()).split())
}
"""The kinds that may open with a word or mark, in the order of `ATOMS`."""
_FIGURES = re.compile("".join(f"(?=(?P<{kind}>{FIGURES[kind]})?)" for kind in FIGURES), re.IGNORECASE)
# `re` looks through small letters twice as fast as `regex`; it knows no marks, but the patterns do. What an
# alternative begins with is tried at each letter: no look behind where a set will do.
_WORD = any_of(opening for opening in _KINDS_OF if opening[0].isalpha())
_OPENING = re.compile(rf"\d(?<!\d\d)|[(),&/→]|{DASH}|(?<![^\W\d_]){_WORD}")
# Letters that match i, s and k when case is ignored, but whose lower case is not these.
_CASE_VARIANTS = {"\u0130": "I", "\u0131": "i", "\u017f": "s", "\u212a": "K"}
_GAP = regex.compile(r"[^\S\n]{0,3}(?:\n[^\S\n]{0,2})?")
_LONGEST_GAP = 6
_ONLY_BEHIND = ",()"  # which join or close, and say nothing where no atom stands before them


@cache
def _pattern(kind: str) -> regex.Pattern[str]:
    """All patterns of a kind as one, made when it is first needed: they are long."""
    return regex.compile("|".join(ATOMS[kind]), regex.IGNORECASE)


def _of_figures(text: str, start: int) -> list[str]:
    """The kinds that may open with the figures at `start`, in the order of `ATOMS`."""
    looks = _FIGURES.match(text, start)
    assert looks is not None  # each may find nothing
    return [kind for kind, found in looks.groupdict().items() if found]


class Atom(NamedTuple):
    """One atom: its kind (a letter of `ATOMS`), where it stands, and what its pattern's groups caught."""

    kind: str
    start: int
    end: int
    groups: dict[str, str]


def is_parted(text: str, end: int, start: int) -> bool:
    """Whether more than a little space stands between two atoms, so that they do not belong together."""
    return start - end > _LONGEST_GAP or _GAP.fullmatch(text, end, start) is None


def atoms(text: str) -> Iterator[Atom]:
    """The atoms of a canonical text, in order."""
    for variant, plain in _CASE_VARIANTS.items():
        text = text.replace(variant, plain)
    end = 0
    for opening in _OPENING.finditer(text.lower()):  # as long as `text`, now that it holds no `İ`
        start, said = opening.start(), opening.group()
        if start < end or (said in _ONLY_BEHIND and is_parted(text, end, start)):
            continue
        for kind in _KINDS_OF.get(said) or _of_figures(text, start):
            if match := _pattern(kind).match(text, start):
                end = match.end()
                groups = {name: found for name, found in match.groupdict().items() if found is not None}
                yield Atom(kind, start, end, groups)
                break
