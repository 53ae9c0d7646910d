"""Where a body is that its name leaves open: the provinces, cities and districts named around it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict

import regex

from kyket.names import organizations, places
from kyket.names.abbreviations import expand
from kyket.names.coreference import Linker
from kyket.names.mentions import Mention, previous_of
from kyket.names.organizations import OrgName
from kyket.orthography import fold

# Bodies whose head tells the level of the place: Tỉnh ủy, Thành đoàn, Sở.
_LEVELS_OF_BODY: dict[tuple[str, ...], tuple[str, ...]] = {
    (place, body): (level,)
    for place, level in (("thanh", "thành phố"), ("tinh", "tỉnh"), ("huyen", "huyện"))
    for body in ("uy", "doan")
}
_LEVELS_OF_OFFICE = ("tỉnh", "thành phố")
_LEVEL_WORD = regex.compile(
    r"(tỉnh|thành phố|TP\.?|Thủ đô|huyện|quận|thị xã|xã|phường)\s*$",
    regex.IGNORECASE | regex.REVERSE,  # `match` begins at the end of the text
)
_PARTS = ("huyện", "quận", "thị xã", "thành phố")  # of a province
_AND = regex.compile(r"\s*(?:và|cùng(?: với)?|với|phối hợp(?: với)?)\s*")
_LEVEL_NAME = {"tp": "thành phố", "tp.": "thành phố", "thủ đô": "thành phố"}


class Surroundings:
    """The provinces, cities and districts of the article, by where they are named."""

    def __init__(self, mentions: list[Mention], linker: Linker) -> None:
        self.by_level: dict[str, list[tuple[int, str]]] = {}
        for m in mentions:
            if m.label == "LOC" and (level := _level_of(m)) and _may_be_ours(m.name):
                self.by_level.setdefault(level, []).append((m.at, _tidy(places.bare(expand(m.name)))))
            elif (
                m.label == "ORG"
                and (name := linker.parsed[m.at]).place
                and (level := name.level or _level_by_office(name))
                and name.country in (None, "VN")
                and _may_be_ours(name.place)
            ):
                self.by_level.setdefault(level, []).append((m.at, _tidy(name.place)))
        if "tỉnh" not in self.by_level and (province := self._of_districts()):
            self.by_level["tỉnh"] = [province]
        self.often: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for level, known in self.by_level.items():
            self.often[level].update(fold(place) for _, place in known)

    def _of_districts(self) -> tuple[int, str] | None:
        """The one province that all districts and towns of the article are in, or were in before 2025."""
        named = sorted(at_place for level in _PARTS for at_place in self.by_level.get(level, []))
        known = [(at, place) for at, name in named if (place := places.find(name)) and place.country == "VN"]
        provinces = {place.before or place.province for _, place in known}
        province = provinces.pop() if len(provinces) == 1 else None
        found = places.find(province) if province else None
        return (known[0][0], found.name) if found and found.kind == "tỉnh" else None

    def place(self, levels: tuple[str, ...], at: int) -> tuple[str, str] | None:
        """Level and name of the place of one of `levels` named last before mention `at`, else first after."""
        best = max((count for level in levels for count in self.often[level].values()), default=0)
        before, after = [], []
        for level in levels:
            known = [
                (number, place)
                for number, place in self.by_level.get(level, [])
                if self.often[level][fold(place)] == best
            ]
            middle = bisect_left(known, (at, ""))
            before += [(number, level, place) for number, place in known[max(0, middle - 1) : middle]]
            after += [(number, level, place) for number, place in known[middle : middle + 1]]
        if not before and not after:
            return None
        _, level, place = max(before) if before else min(after)
        return level, place


def _level_by_office(name: OrgName) -> str | None:
    """The level of the place of an office that each place of that level has: `Sở Y tế Nghệ An`."""
    known = places.find(name.place) if name.place else None
    return known.kind if known and known.kind in implied_levels(name.core) else None


def _may_be_ours(place: str) -> bool:
    """Whether a place may be one of Vietnam, by its syllables: `Val-de-Marne` is none."""
    if places.find(place):
        return True
    return organizations.in_syllables(place)


def _tidy(place: str) -> str:
    return capitalised(place) if place.isupper() and len(place) > 3 else place


def _level_of(m: Mention) -> str | None:
    place = places.find(m.name)
    if place and place.country != "VN":
        return None
    if match := _LEVEL_WORD.match(m.before):
        word = match.group(1).lower()
        return _LEVEL_NAME.get(word, word)
    return place.kind if place and place.kind != "nước" else None


def place_beside(
    members: list[int], mentions: list[Mention], linker: Linker, levels: tuple[str, ...]
) -> tuple[str, str] | None:
    """The place of the body that one is joined to: `LĐLĐ tỉnh Mẫu và [Sở Nội vụ]`."""
    for at in members:
        beside = previous_of(mentions, mentions[at])
        if beside is None or beside.label != "ORG" or not _AND.fullmatch(mentions[at].before):
            continue
        name = linker.parsed[beside.at]
        if name.place and name.level in levels and name.country in (None, "VN"):
            return name.level, name.place
    return None


def implied_levels(core: tuple[str, ...]) -> tuple[str, ...]:
    """The levels that the place of a body with such a core may have: a `Tỉnh ủy` is of a province."""
    is_office = core[:1] == ("so",) and len(core) > 1
    return _LEVELS_OF_BODY.get(core[-2:]) or (_LEVELS_OF_OFFICE if is_office else ())


def capitalised(name: str) -> str:
    """`HÀ NAM` as it is written elsewhere."""
    return " ".join(word.capitalize() for word in name.split())
