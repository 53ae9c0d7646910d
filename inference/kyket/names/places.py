"""Places: one key whatever the spelling, the country, and the province of today.

Tables: countries, exonyms, provinces (63 before 2025, with what they became), districts (705, until 2025).
Today's communes come from the package vietnam-provinces, which is loaded at the first question about one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from kyket.names import tables
from kyket.names.abbreviations import expand
from kyket.orthography import canonical, fold

_KIND = regex.compile(
    r"^(?:thành phố|thủ đô|tỉnh|huyện|quận|thị xã|thị trấn|phường|xã|nước|khu tự trị|(?:tiểu )?bang"
    r"|đặc khu)\s+"
    r"(?=[\p{Lu}\p{N}])",
    regex.IGNORECASE,
)
_STATE = regex.compile(r"^(?:vuong quoc|nha nuoc|nuoc|cong hoa|lien bang) ")
_FORMAL = regex.compile(
    r"(?:nước )?(?:cộng hòa|vương quốc|hợp ch[ủú]ng quốc|CHXHCN|CHDCND|CHND)\s", regex.IGNORECASE
)
_LONGEST = 8  # words: Cộng hòa Xã hội chủ nghĩa Việt Nam
_SHORTEST_SHORT = 3  # letters: UAE
_ONE_SYLLABLE = frozenset({"Mỹ", "Úc"})  # that the press uses for the full name
# Given names of Vietnam too: `Công ty Hoàng Anh` is of no state, `Hải quân Anh` is.
_GIVEN_NAMES = frozenset({"Anh", "Đức", "Nga", "Mỹ", "Ý"})
_OF_STATE = frozenset({"bo", "chinh", "quoc", "dang", "dai", "quan", "hai", "khong", "thuong", "ha", "canh"})
_LEVELS = frozenset({"tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn", "thôn", "làng"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the tables.

    Attributes:
        name: The Vietnamese name, without the word for its kind.
        kind: `nước`, `tỉnh`, `thành phố`, `thủ đô`, …
        country: ISO 3166-1 alpha-2.
        province: The province or city of Vietnam that it is, or is part of, today.
        before: The one that it was, or was part of, before 2025.
    """

    name: str
    kind: str
    country: str
    province: str | None = None
    before: str | None = None


@tables.remembered(8)
def _known() -> dict[str, Place]:
    known: dict[str, Place] = {}
    for row in tables.own_rows("exonyms"):  # before everything that ships
        place = Place(row["name"], row["kind"], row["country"])
        for form in (row["name"], *tables.variants(row["variants"])):
            known.setdefault(fold(form), place)
    for row in tables.rows("provinces"):
        place = Place(row["name"], row["kind"], "VN", row["today"], row["name"])
        for form in (row["name"], *tables.variants(row["variants"])):
            known.setdefault(fold(form), place)
    for row in tables.rows("countries"):
        place = Place(row["name"], "nước", row["code"])
        for form in (row["name"], *tables.variants(row["variants"])):
            known.setdefault(fold(form), place)
    for row in tables.rows("exonyms"):
        place = Place(row["name"], row["kind"], row["country"])
        for form in (row["name"], *tables.variants(row["variants"])):
            known.setdefault(fold(form), place)
    return known


@tables.remembered(8)
def _last_words() -> frozenset[str]:
    return frozenset(name.rpartition(" ")[2] for name in _known())


@tables.remembered(8)
def _districts() -> dict[str, Place]:
    """Districts by name, marks and all; of a name that several provinces have only the country is known."""
    today = {row["name"]: row["today"] for row in tables.rows("provinces")}
    found: dict[str, Place] = {}
    for row in tables.rows("districts"):
        before = row["province"]
        twin = found.setdefault(
            _spelled(row["name"]), Place(row["name"], row["kind"], "VN", today.get(before), before)
        )
        if twin.before != before:
            found[_spelled(row["name"])] = Place(row["name"], twin.kind, "VN")
    return found


def _spelled(name: str) -> str:
    return canonical(name).text.casefold()


@tables.remembered(4096)
def find(name: str) -> Place | None:
    """The place of the tables that `name` is a spelling of, or None.

    Districts of Vietnam count in their own spelling only, and go after all others; one whose name several
    provinces share has no province.

    Example:
        >>> find("Vientiane").name, find("TP.HCM").name, find("tỉnh Hà Giang").province
        ('Viêng Chăn', 'Hồ Chí Minh', 'Tuyên Quang')
        >>> find("Đồng Hới").before, find("Đồng Hới").province, find("Châu Thành").province
        ('Quảng Bình', 'Quảng Trị', None)
    """
    if place := listed(name):
        return place
    known = _districts()
    return known.get(_spelled(name)) or known.get(_spelled(bare(expand(name))))


@tables.remembered(4096)
def listed(name: str) -> Place | None:
    """The country, province or place abroad that `name` is a spelling of, or None.

    What `find` knows without the districts, whose names companies and communes have too.
    """
    return next((place for form in _forms(name) if (place := of_key(fold(form)))), None)


def listed_state(name: str) -> Place | None:
    """The state that `name` is a spelling of, by `listed`, or None."""
    place = listed(name)
    return place if place and place.kind == "nước" else None


def of_key(key: str) -> Place | None:
    """The country, province or place abroad that a folded name is, as `listed` finds it."""
    known = _known()
    return known.get(key) or known.get(_STATE.sub("", key))


def _forms(name: str) -> Iterator[str]:
    """`name`, in full, and without the word for its kind, as far as these differ."""
    yield name
    if (full := expand(name)) != name:
        yield full
    if (short := bare(full)) != full:
        yield short


def bare(name: str) -> str:
    """`name` without the word for its kind: `thành phố Vinh` is `Vinh`; `Quận 5` keeps it."""
    short = _KIND.sub("", name)
    return name if short[:1].isdigit() else short


def informal(name: str) -> str:
    """The name of a state without what makes it formal: `Vương quốc Bỉ` is `Bỉ`.

    What is another state without it stays: `Cộng hòa Dân chủ Congo`.
    """
    place = listed(name) if _FORMAL.match(name) else None
    words = name.split() if place else []
    known = _known()
    shorter = (" ".join(words[n:]) for n in range(1, len(words)))
    return next(
        (short for short in shorter if known.get(fold(short)) == place and not _FORMAL.match(short)), name
    )


def place_key(name: str) -> str:
    """A key that all spellings of a place share; level words, case, diacritics and language do not count.

    Example:
        >>> place_key("TP HCM") == place_key("Thành phố Hồ Chí Minh")
        True
    """
    place = find(name)
    return fold(place.name) if place else fold(bare(expand(name)))


@lru_cache(maxsize=1)
def _communes() -> dict[str, set[str]]:
    from vietnam_provinces import Ward

    found: dict[str, set[str]] = {}
    for ward in Ward.iter_all():
        found.setdefault(_spelled(bare(ward.name)), set()).add(ward.province_code.name)
    return found


def is_commune(name: str) -> bool:
    """Whether a commune, ward or special zone of Vietnam has this name today (vietnam-provinces).

    Its marks count: `Biển Đông` is not the commune `Biển Động`.
    """
    return _spelled(bare(expand(name))) in _communes()


def province_today(name: str) -> str | None:
    """The province or city of today that a province of before 2025 belongs to; None where unknown.

    Example:
        >>> province_today("Quảng Bình")
        'Quảng Trị'
    """
    place = find(name)
    return place.province if place else None


def last_in(words: list[str]) -> tuple[int, int, Place] | None:
    """The known place that stands last in a name: (first word, end, place), or None.

    Args:
        words: The words of the expanded name, diacritics kept.
    """
    known, last_words = _known(), _last_words()
    folded = [fold(word) for word in words]
    for end in range(len(words), 0, -1):
        if folded[end - 1] not in last_words:
            continue
        for start in range(max(0, end - _LONGEST), end):
            if not words[start][:1].isupper():
                continue
            place = known.get(" ".join(folded[start:end]))
            # Names of one syllable are common words (Báo Anh Ninh): safe only in full and at the end.
            if place and (
                end - start > 1
                or len(folded[start]) > 5
                or (end == len(words) and _alone_is_safe(words, place))
            ):
                return _with_republic(folded, start, place), end, place
    return None


def _alone_is_safe(words: list[str], place: Place) -> bool:
    word = words[-1]
    if words[0].isupper() and word.isupper() and word != "PHÁP":  # in capitals; `TƯ PHÁP` is no state
        word = word.capitalize()
    abbreviated = word.isupper() and len(word) >= _SHORTEST_SHORT and not words[0].isupper()
    if word != place.name and word not in _ONE_SYLLABLE and not abbreviated:
        return False
    if word not in _GIVEN_NAMES or fold(words[0]) in _OF_STATE:
        return True
    before = words[-2] if len(words) > 1 else ""
    return before not in _LEVELS if before[:1].islower() else before in ("Việt", "Nam")


def _with_republic(folded: list[str], start: int, place: Place) -> int:
    """Where the formal name of a state begins: `Cộng hòa Haiti`, `CH Haiti`; not of `Đảng Cộng hòa Mỹ`."""
    if place.kind != "nước":
        return start
    width = 2 if folded[max(0, start - 2) : start] == ["cong", "hoa"] else 0
    width = width or (1 if folded[max(0, start - 1) : start] == ["ch"] else 0)
    return start if folded[max(0, start - width - 1)] == "dang" else start - width
