"""Names of organisations, taken apart.

A name has a core (head, field, place) and a level (`tỉnh`, `huyện`, `trung ương`), so that `LĐLĐ TP Hà Nội`
and `Liên đoàn Lao động Thủ đô Hà Nội` are one and `LĐLĐ TP Bắc Giang` is another than `LĐLĐ tỉnh Bắc Giang`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import regex

from kyket.alternatives import any_of
from kyket.names import places, tables
from kyket.names.abbreviations import expand, is_abbreviation, kept
from kyket.names.agencies import is_agency
from kyket.orthography import fold

WORD = regex.compile(r"[\p{L}\p{N}]+")
_LEVELS = {
    "tỉnh": "tỉnh", "thành phố": "thành phố", "thủ đô": "thành phố", "huyện": "huyện", "quận": "quận",
    "thị xã": "thị xã", "phường": "phường", "xã": "xã", "thị trấn": "thị trấn", "đô thị": "đô thị",
}  # fmt: skip
# Words that look like a level inside another word: xã hội, Tỉnh ủy, Thành đoàn, quân sự.
_NOT_LEVEL_BEFORE = frozenset({"hội", "ủy", "đoàn", "viên", "sự", "lỵ"})
# Two states in a name: of `Hội Hữu nghị Việt Nam - Lào` the first is the one that the body is of.
_WORDS = r"\p{Lu}\p{L}*(?: \p{L}+){0,3}"
_JOINED = regex.compile(
    rf"(?P<first>(?:\p{{Lu}}\p{{L}}* )?\p{{Lu}}\p{{L}}*)(?:\s*[–-]\s*|(?i:(?<=Việt)) )(?P<second>{_WORDS})"
)
_IGNORED = frozenset({"và", "của", "trung", "ương", "nước", "vương", "quốc", "tại", "thuộc"})
# But of these words a state is made, which tells its bodies from others: Trung Quốc, Việt - Trung.
_STATE_PAIRS = frozenset({("trung", "quoc"), ("viet", "trung"), ("trung", "viet")})
_SCHOOL = regex.compile(
    r"^truong (?=dai hoc|cao dang|trung|tieu hoc|mam non|pho thong|thpt|thcs|quan su|chinh tri)"
)
# What the Front of a place, or of the whole country, is called in full.
_COMMITTEE_OF_FRONT = regex.compile(r"^uy ban (?=mat tran\b)")
# Of which people are members, and no other name of the party: `Trung ương Đảng Nhân dân Mẫu`.
_CENTRE_OF_PARTY, _CENTRE = regex.compile(r"Trung ương Đảng \p{Lu}"), ("trung", "uong")
_HEADS = (
    "tổng công ty", "pt", "công ty cổ phần", "công ty trách nhiệm hữu hạn một thành viên",
    "công ty trách nhiệm hữu hạn", "công ty", "tập đoàn", "ngân hàng thương mại cổ phần", "ngân hàng", "hãng",
    "tổ chức", "quỹ", "báo", "tạp chí", "đài", "hãng hàng không", "hãng tin", "trường đại học", "đại học",
    "trường", "học viện", "viện", "bệnh viện", "hợp tác xã", "trung tâm", "nhà máy", "hiệp hội", "liên đoàn",
    "nhà xuất bản", "câu lạc bộ", "doanh nghiệp", "khách sạn", "thông tấn xã", "cơ quan",
    "sàn chứng khoán", "sàn giao dịch chứng khoán",
)  # fmt: skip
BRAND_HEADS = [fold(head) for head in _HEADS]
_BRAND_HEAD = regex.compile(f"{any_of(BRAND_HEADS)} ")
# Banks, funds and bodies are no brands with a word before them: `quỹ phát triển kinh tế X` is not X.
_COMMON_NOUN = regex.compile(
    r"(?:(?i:công ty|hãng|tập đoàn)(?P<words>(?: \p{Ll}+)*)|(?i:doanh nghiệp)) (?=\p{Lu})"
)
_BRAND = regex.compile(r"\p{Lu}[\p{L}’'-]*")
# Words of a legal form, and of a field whose company is another than that of the brand: `công ty bảo hiểm X`.
_OWN_COMPANY = regex.compile(
    r" (?:cổ phần|trách nhiệm|một thành viên|hợp danh|liên doanh|thương mại"
    r"|bảo hiểm|chứng khoán|tài chính|quản lý|cho thuê)(?!\p{L})"
)
# What praises a firm before its brand: `Tập đoàn hàng đầu thế giới Kalimba`.
_PRAISE = regex.compile(
    r"(?i:tập đoàn|công ty|hãng|sàn chứng khoán)(?: [\p{L},]+)*?"
    r"(?P<praise>(?: đa quốc gia)? hàng đầu(?: (?:thế giới|khu vực))?|(?<=(?i:tập đoàn|hãng)) toàn cầu)"
    r" (?=\p{Lu})"
)
_SHORTEST_BRAND = 3
_LONGEST_PLACE, _LONGEST_STATE = 4, 3  # words
_VOWEL = (
    r"(?:a[iouy]?|e[aou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?|u(?:a[uy]?|e|i|o[iu]?|u|y[aeu]?)?|y(?:a|eu?)?)"
)
# One syllable of Vietnamese without its marks; `yamato`, `foods` and `boeing` are none.
SYLLABLE = regex.compile(
    rf"(?:ch|gh|gi|kh|ngh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?{_VOWEL}(?:ch|ng|nh|[cmnpt])?|\d+"
)
STATE_HEAD = regex.compile(
    r"^(?:bo|chinh phu|quoc hoi|nha nuoc|dang(?=$| (?:cong san|uy|bo|doan)\b)|quan uy|toa an|tong cuc"
    r"|ngan hang nha nuoc|vien kiem sat"
    r"|(?:ban (?:to chuc|doi ngoai|tuyen giao|dan van|noi chinh|kinh te)|van phong) trung uong)\b"
)
"""How the folded names of bodies begin that alone are those of Vietnam, never short for one abroad.

A party with a name of its own is none (`Đảng Cộng hòa`).
"""
# Letters that no other language of such names has.
MARKED = regex.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", regex.IGNORECASE)
VIETNAMESE = regex.compile(
    r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹàèìòùáéíóú]", regex.IGNORECASE
)
"""A letter that Vietnamese has and English has not; other languages have some of them."""


@dataclass(frozen=True, slots=True)
class OrgName:
    """A name of an organisation, taken apart.

    Attributes:
        full: The name with abbreviations written out.
        core: Folded words, levels and small words left out, places in one spelling.
        level: The level of its place (`tỉnh`, `thành phố`, `huyện`, …), or None.
        place: The place it carries, without the word for its kind, or None.
        country: ISO 3166-1 alpha-2 of the place where the tables know it, or None.
    """

    full: str
    core: tuple[str, ...]
    level: str | None
    place: str | None
    country: str | None


def parse(name: str, definitions: Mapping[str, str] | None = None) -> OrgName:
    """Take the name of an organisation apart.

    Example:
        >>> parsed = parse("LĐLĐ tỉnh Kon Tum")
        >>> parsed.full, parsed.level, parsed.place, parsed.country
        ('Liên đoàn Lao động tỉnh Kon Tum', 'tỉnh', 'Kon Tum', 'VN')
        >>> parse("Hội Hữu nghị Việt Nam - Lào").country, parse("Hội Hữu nghị Lào - Việt Nam").country
        ('VN', 'LA')
    """
    own, state = _brand_alone(_without_praise(name))
    parsed = _parse(expand(own, definitions))
    return parsed if state is None else replace(parsed, country=parsed.country or state.country)


def in_syllables(words: str) -> bool:
    """Whether all words are syllables of Vietnamese: `Hà Nội`, not `Val-de-Marne`."""
    return all(SYLLABLE.fullmatch(word) for word in fold(words).split())


def _without_praise(name: str) -> str:
    """A firm without what is only said of it before a foreign brand: `hàng đầu thế giới`."""
    said = _PRAISE.match(name)
    if said is None:
        return name
    words = name[said.end() :].split()
    state = next((n for n in range(_LONGEST_STATE, 0, -1) if _state(" ".join(words[:n]))), 0)
    brand = " ".join(words[state:])
    if not brand or _is_region(brand) or (in_syllables(words[state]) and not is_abbreviation(words[state])):
        return name
    return f"{name[: said.start('praise')]} {brand}"


def _is_region(words: str) -> bool:
    """Whether words are a place, or a union of states: of `hàng đầu ASEAN` it is where a firm leads."""
    return words in ("EU", "ASEAN") or places.find(words) is not None


def _brand_alone(name: str) -> tuple[str, places.Place | None]:
    """A foreign brand without what tells a reader only what it makes, or where: `hãng xe Kestrel`.

    Returns:
        The name, and the state that was told before it: `tập đoàn Mỹ Kestrel`.
    """
    noun = _COMMON_NOUN.match(name)
    if noun is None or (noun["words"] and _OWN_COMPANY.match(noun["words"])):
        return name, None
    own, state = name[noun.end() :], None
    if noun["words"] or name[0].islower():  # `Công ty Đức Kestrel` may be its name
        own, state = _behind_state(own)
    if state is None and (noun["words"] == "" or _begins_with_place(own)):
        return name, None
    first = _BRAND.match(own)
    if first is None or MARKED.search(first.group()):
        return name, None
    brand = fold(first.group())
    if SYLLABLE.fullmatch(brand) or len(brand) < _SHORTEST_BRAND:
        return name, None
    if noun["words"] is None and is_abbreviation(first.group()):  # doanh nghiệp FDI
        return name, None
    # `Hãng xe Kestrel` may be its name
    told_only = state or not noun["words"] or name[0].islower() or len(noun["words"].split()) > 2
    return (own, state) if told_only else (name, None)


def _behind_state(words: str) -> tuple[str, places.Place | None]:
    """`words` without the state abroad that they begin with, by a name that is Vietnamese."""
    parts = words.split()
    for n in (2, 1):
        name = " ".join(parts[:n])
        if len(parts) <= n or not in_syllables(name) or (n == 2 and not VIETNAMESE.search(name)):
            continue
        state = _state(name)
        known = state and (VIETNAMESE.search(name) or state.name == name)  # not `Thai Airways`
        if state and known and state.country != "VN" and parts[n] != "Latinh":
            return " ".join(parts[n:]), state
    return words, None


def _begins_with_place(name: str) -> bool:
    """`Malaysia`, `Hong Kong Cable`: what stands before it makes a body of that place."""
    words = name.split()
    return any(places.find(" ".join(words[:n])) for n in range(1, _LONGEST_PLACE + 1))


@tables.remembered(8192)
def _parse(full: str) -> OrgName:
    words = WORD.findall(expand(full, kept()))
    core, level, place, open_end = _taken_apart(words)
    country = None
    known = places.last_in(words)
    if known is None and "tại" in words:  # Học viện Không quân Mỹ tại Mẫu Springs
        known = places.last_in(words[: words.index("tại")])
    if place and places.listed(place) is None and places.find(place):  # huyện Mỹ Đức, which is not in Đức
        country = "VN"
    elif known:
        start, end, found = known
        spelled = _one_spelling(words, known)
        if spelled != words:
            core = _taken_apart(spelled)[0]
        if not open_end:  # `Hội Hữu nghị Việt Nam - Lào tỉnh` is the body of a province that is not named
            states = two_states(full)
            if states and found.name.endswith(states[1].name):
                country = states[0].country
            else:
                place, country = place or _short(" ".join(words[start:end]), found.name), found.country
    joined = _SCHOOL.sub("", " ".join(fold(word) for word in core))
    own = tuple(_COMMITTEE_OF_FRONT.sub("", joined).split())
    return OrgName(full, (*_CENTRE, *own) if _CENTRE_OF_PARTY.match(full) else own, level, place, country)


def _taken_apart(words: list[str]) -> tuple[list[str], str | None, str | None, bool]:
    """The core of the words of a name, its level, the place behind it, and whether the level stands last."""
    level = place = None
    core: list[str] = []
    open_end = False
    i = 0
    while i < len(words):
        two = " ".join(words[i : i + 2]).lower()
        width = 2 if two in _LEVELS else 1
        word = two if width == 2 else words[i].lower()
        following = words[i + width] if i + width < len(words) else ""
        if (
            word in _LEVELS
            and following.lower() not in _NOT_LEVEL_BEFORE
            and not (word == "xã" and i and words[i - 1].lower() == "tác")  # hợp tác xã
            and not (i == 0 and width == 1 and not following)
            and (following or not is_agency(" ".join(words[max(0, i - 2) : i + 1])))  # Tân Hoa xã
        ):
            level = _LEVELS[word]
            run = _proper_run(words, i + width)
            open_end = not following
            if run > i + width:
                place = " ".join(words[i + width : run])
            i += width
            continue
        if word not in _IGNORED or _of_state_pair(words, i):
            core.append(words[i])
        i += 1
    return core, level, place, open_end


def _of_state_pair(words: list[str], i: int) -> bool:
    around = [fold(word) for word in words[max(0, i - 1) : i + 2]]
    return any(pair in _STATE_PAIRS for pair in pairwise(around))


def two_states(name: str) -> tuple[places.Place, places.Place] | None:
    """The states that a name joins: `Việt - Nhật`, `Việt Nam - Lào`, `Việt Đức`; None where it does not.

    Example:
        >>> [state.name for state in two_states("Hội Hữu nghị Việt Nam - Thổ Nhĩ Kỳ")]
        ['Việt Nam', 'Thổ Nhĩ Kỳ']
    """
    for match in _JOINED.finditer(name, overlapped=True):
        first, second = match["first"], match["second"].split()
        one = _state(first) or _state(first.rpartition(" ")[2])
        longest_first = (" ".join(second[:n]) for n in range(len(second), 0, -1))
        other = next((state for part in longest_first if (state := _state(part))), None)
        if one and other and one != other:
            return one, other
    return None


def _state(name: str) -> places.Place | None:
    place = places.find(name)
    return place if place and place.kind == "nước" else None


def _proper_run(words: list[str], start: int) -> int:
    end = start
    while end < len(words) and end < start + 4 and (words[end][:1].isupper() or words[end][:1].isdigit()):
        end += 1
    return end


def _short(state: str, name: str) -> str:
    """A state without what makes its name formal: `Cộng hòa Haiti` is `Haiti`."""
    return name if state.endswith(f" {name}") else state


def _one_spelling(words: list[str], known: tuple[int, int, places.Place]) -> list[str]:
    """The words of a name with its last place, and whose body is there, by their names in the tables.

    `Đại sứ quán Mỹ tại Lào` is `Đại sứ quán Hoa Kỳ tại Lào`.
    """
    start, end, place = known
    head = words[:start]
    if "tại" in head and (owner := places.last_in(head[: head.index("tại")])):
        head = [*_one_spelling(head[: head.index("tại")], owner), *head[head.index("tại") :]]
    return [*head, *WORD.findall(place.name), *words[end:]]


@lru_cache(maxsize=8192)
def brand(core: tuple[str, ...]) -> tuple[str, ...]:
    """`core` without its generic head: what is left of `Tập đoàn Ví Dụ` is `Ví Dụ`."""
    head = _BRAND_HEAD.match(" ".join(core))
    return core[len(head.group().split()) :] if head else core


def abroad(name: OrgName) -> bool:
    """Whether a body is not of Vietnam, as far as its place and the language of its name tell.

    Example:
        >>> abroad(parse("Đại học Chulalongkorn")), abroad(parse("Đại học Huế"))
        (True, False)
    """
    if name.country not in (None, "VN"):
        return True
    own = brand(name.core)
    foreign = sum(not SYLLABLE.fullmatch(word) for word in own)
    return (
        foreign * 2 > len(own) if name.country == "VN" else bool(foreign) and not is_abbreviation(name.full)
    )
