"""Organisations: which mentions are one body, and what it is called in full.

Three steps. *Parse* a name into a core (head, field, place) and a level (`tỉnh`, `huyện`, `trung ương`), so
that `LĐLĐ TP Hà Nội` and `Liên đoàn Lao động Thủ đô Hà Nội` are one and `LĐLĐ TP Bắc Giang` is another than
`LĐLĐ tỉnh Bắc Giang`. *Point* each short mention (`LĐLĐ tỉnh`, `Trường`, `VDM`) at the nearest fuller
one before it, else after it. *Name* each body by its fullest form.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

import regex

from kyket.names import places, tables
from kyket.names.abbreviations import expand, initials, is_abbreviation, kept
from kyket.names.alternatives import any_of
from kyket.names.mentions import Mention
from kyket.orthography import fold

_WORD = regex.compile(r"[\p{L}\p{N}]+")
_LEVELS = {
    "tỉnh": "tỉnh", "thành phố": "thành phố", "thủ đô": "thành phố", "huyện": "huyện", "quận": "quận",
    "thị xã": "thị xã", "phường": "phường", "xã": "xã", "thị trấn": "thị trấn", "đô thị": "đô thị",
}  # fmt: skip
# Words that look like a level inside another word: xã hội, Tỉnh ủy, Thành đoàn, quân sự.
_NOT_LEVEL_BEFORE = frozenset({"hội", "ủy", "đoàn", "viên", "sự", "lỵ"})
_IGNORED = frozenset({"và", "của", "trung", "ương", "nước", "vương", "quốc", "tại", "thuộc"})
_SCHOOL = regex.compile(
    r"^truong (?=dai hoc|cao dang|trung|tieu hoc|mam non|pho thong|thpt|thcs|quan su|chinh tri)"
)
_HEADS = (
    "tổng công ty", "pt", "công ty cổ phần", "công ty trách nhiệm hữu hạn một thành viên",
    "công ty trách nhiệm hữu hạn", "công ty", "tập đoàn", "ngân hàng thương mại cổ phần", "ngân hàng", "hãng",
    "tổ chức", "quỹ", "báo", "tạp chí", "đài", "hãng hàng không", "hãng tin", "trường đại học", "đại học",
    "trường", "học viện", "viện", "bệnh viện", "hợp tác xã", "trung tâm", "nhà máy", "hiệp hội", "liên đoàn",
    "nhà xuất bản", "câu lạc bộ", "doanh nghiệp", "khách sạn", "thông tấn xã", "cơ quan",
)  # fmt: skip
_BRAND_HEADS = [fold(head) for head in _HEADS]
_BRAND_HEAD = regex.compile(f"{any_of(_BRAND_HEADS)} ")
# A bare name of these is the Vietnamese one: `Bộ Y tế` is never short for `Bộ Y tế Nhật Bản`.
_STATE_HEADS = frozenset({"bo", "chinh", "quoc", "nha", "dang", "dai su", "quan", "toa", "vien kiem"})
_STATE_HEAD = regex.compile(
    r"^(?:bo|chinh phu|quoc hoi|nha nuoc|dang|quan uy|toa an|tong cuc|ngan hang nha nuoc|vien kiem sat"
    r"|ban (?:to chuc|doi ngoai|tuyen giao|dan van|noi chinh|kinh te) trung uong|van phong trung uong)\b"
)
_ALIAS_BRACKET = regex.compile(
    r"\s*(?:\((?:\s*(?:(?:tên )?(?:viết|gọi|nói) tắt(?: là)?|sau đây gọi(?: tắt)? là|tên tiếng Anh(?: là)?"
    r"|hay))?"
    r"\s*[:\-–]?\s*[\"“]?|[-–]|,?\s*(?:viết|gọi|nói) tắt là:?)\s*",
    regex.IGNORECASE,
)
_ALIAS_END = regex.compile(r"\s*[\"”]?\s*(?:\)|[-–,;/])")
_ALIAS_JOINT = regex.compile(r"\s*(?:[,;/–-]|hay|hoặc)\s*")
_ALIAS_CLOSE = regex.compile(r"\s*[\"”]?\s*[),;/]")
_OF_LAOS = ("lien", "hiep", "cong", "doan")  # what its unions are called, and those of Vietnam are not
# Words that no name goes on with in small letters.
_RUNS_ON = regex.compile(
    r" (?:đã|sẽ|đang|vừa|cho biết|cùng|với|tiến hành|phối hợp|triển khai|thực hiện|xây dựng|tổ chức|ký|trao"
    r"|tặng|đón|tiếp|thăm|khảo sát|tham gia|chủ trì|đề nghị)(?= |$)"
)
_VIETNAMESE = regex.compile(
    r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹàèìòùáéíóú]", regex.IGNORECASE
)


# One syllable of Vietnamese without its marks; `yamato` and `foods` are none.
SYLLABLE = regex.compile(
    r"(?:ch|gh|gi|kh|ngh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?|\d+"
)
# Letters that no other language of such names has.
MARKED = regex.compile(r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", regex.IGNORECASE)


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
    """
    return _parse(expand(name, definitions))


@tables.remembered(8192)
def _parse(full: str) -> OrgName:
    words = _WORD.findall(expand(full, kept()))
    level = place = country = None
    core_words: list[str] = []
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
            and not (i == 0 and width == 1 and not following)
        ):
            level = _LEVELS[word]
            run = _proper_run(words, i + width)
            open_end = not following
            if run > i + width:
                place = " ".join(words[i + width : run])
            i += width
            continue
        if word not in _IGNORED:
            core_words.append(words[i])
        i += 1
    if place and places.listed(place) is None and places.find(place):  # huyện Mỹ Đức, which is not in Đức
        country = "VN"
    elif known := places.last_in(words):
        start, end, found = known
        core_words = _one_spelling(core_words, words[start:end], found.name)
        if not open_end:  # `Hội Hữu nghị Việt Nam - Lào tỉnh` is the body of a province that is not named
            place = place or " ".join(words[start:end])
            country = found.country
    core = _SCHOOL.sub("", " ".join(fold(word) for word in core_words)).split()
    return OrgName(full, tuple(core), level, place, country)


def _proper_run(words: list[str], start: int) -> int:
    end = start
    while end < len(words) and end < start + 4 and (words[end][:1].isupper() or words[end][:1].isdigit()):
        end += 1
    return end


def _one_spelling(kept: list[str], form: list[str], name: str) -> list[str]:
    for i in range(len(kept) - len(form), -1, -1):
        if kept[i : i + len(form)] == form:
            return [*kept[:i], *_WORD.findall(name), *kept[i + len(form) :]]
    return kept


def brand(core: tuple[str, ...]) -> tuple[str, ...]:
    """`core` without its generic head: what is left of `Tập đoàn Ví Dụ` is `Ví Dụ`."""
    head = _BRAND_HEAD.match(" ".join(core))
    return core[len(head.group().split()) :] if head else core


def _brands(core: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What may stand alone for a company whose name ends with its brand: `vi du` for `cong ty may vi du`."""
    rest = brand(core)
    if rest == core:
        return set()
    ends = {rest[n:] for n in range(max(1, len(rest) - 3), len(rest))}
    return {end for end in ends if not _is_place(end)}


def same_body(a: OrgName, b: OrgName) -> bool:
    """Whether two names are one body: the same core, and no two different levels."""
    return a.core == b.core and (a.level is None or b.level is None or a.level == b.level)


class Linker:
    """Decides for each ORG mention which earlier or fuller mention it repeats.

    Args:
        mentions: All mentions of the article, in order.
        definitions: Abbreviations that the article defines.
    """

    def __init__(self, mentions: list[Mention], definitions: Mapping[str, str]) -> None:
        self.mentions = mentions
        self.orgs = [m for m in mentions if m.label == "ORG"]
        self.parsed = {m.at: parse(m.name, definitions) for m in self.orgs}
        self._cut_what_runs_on(definitions)
        self.aliases: dict[int, int] = {}  # alias mention -> the mention it stands beside
        self._alias_names: dict[str, int] = {}
        self._find_aliases()
        self._write_out_aliases(definitions)

    def _cut_what_runs_on(self, definitions: Mapping[str, str]) -> None:
        """Parse without what was taken in after a name that stands alone elsewhere: `Bộ Mẫu tiến hành`."""
        known = {name.core for name in self.parsed.values()}
        for m in self.orgs:
            if match := _RUNS_ON.search(m.name):
                name = parse(m.name[: match.start()], definitions)
                if len(name.core) > 1 and name.core in known:
                    self.parsed[m.at] = name

    def _find_aliases(self) -> None:
        for left, right in zip(self.mentions, self.mentions[1:], strict=False):
            if not (left.label == right.label == "ORG" and right.first):
                continue
            if left.at in self.aliases and _ALIAS_JOINT.fullmatch(right.before):
                host = self.aliases[left.at]  # ([VD], [Vidu])
                if _ALIAS_CLOSE.match(right.after) and _may_be_alias(self.parsed[host].full, right.name):
                    self.aliases[right.at] = host
                    self._alias_names.setdefault(fold(right.name), host)
                continue
            if not _ALIAS_BRACKET.fullmatch(right.before):
                continue
            bracketed = "(" in right.before or "tắt" in right.before or "(" in left.before
            short = right.name
            if not bracketed or not _may_be_alias(self.parsed[left.at].full, short):
                continue
            if "(" in right.before and not _ALIAS_END.match(right.after):
                continue
            host = self.aliases.get(left.at, left.at)
            self.aliases[right.at] = host
            self._alias_names.setdefault(fold(short), host)

    def _write_out_aliases(self, definitions: Mapping[str, str]) -> None:
        """Parse again the names that hold a short name defined elsewhere: `Hội đồng thành viên VDM`."""
        full = {
            self.mentions[at].name: self.parsed[host].full
            for at, host in self.aliases.items()
            if _may_stand_inside(self.mentions[at].name, self.parsed[host].full)
        }
        if not full:
            return
        known = {**definitions, **full}
        for m in self.orgs:
            # `Tập đoàn VDM` is `VDM` with its head, and no other body.
            own = " ".join(brand(self.parsed[m.at].core))
            if m.at not in self.aliases and any(short in m.name and fold(short) != own for short in full):
                self.parsed[m.at] = parse(m.name, known)

    def groups(self) -> list[list[int]]:
        """The ORG mentions, as lists of mention numbers: one list a body, each and all in order."""
        parent = {m.at: m.at for m in self.orgs}
        fuller = self._fuller()
        by_key: dict[tuple[str, ...], list[tuple[str | None, int]]] = {}
        for m in self.orgs:
            name = self.parsed[m.at]
            host = self.aliases.get(m.at, self._alias_names.get(fold(m.name)))
            if host is not None and host != m.at:
                parent[m.at] = host
            elif (target := fuller.get(m.at)) is not None:
                parent[m.at] = target
            elif name.core:
                parent[m.at] = self._repeat(by_key, name, m.at)
        bodies: dict[int, list[int]] = {}
        for m in self.orgs:
            bodies.setdefault(_root(parent, m.at), []).append(m.at)
        return sorted(bodies.values())

    def _repeat(
        self, by_key: dict[tuple[str, ...], list[tuple[str | None, int]]], name: OrgName, at: int
    ) -> int:
        seen = by_key.setdefault(name.core, [])
        for i, (level, first) in enumerate(seen):
            if level is None or name.level is None or level == name.level:
                seen[i] = (level or name.level, first)
                return first
        seen.append((name.level, at))
        return at

    def _fuller(self) -> dict[int, int]:
        """For each short mention, the fuller mention it points at."""
        index: dict[tuple[str, ...], list[int]] = {}
        spelled: dict[str, list[int]] = {}
        for m in self.orgs:
            if m.at in self.aliases:
                continue
            core = self.parsed[m.at].core
            heads = {core[:n] for n in range(1, len(core))}
            if self.parsed[m.at].full.startswith("Trường ") and core[:1] != ("truong",):
                heads.add(("truong",))
            rest = brand(core)
            if rest != core and not _is_place(rest):
                heads |= {rest[:n] for n in range(1, len(rest) + 1)}
            heads |= _brands(core)
            for head in heads:
                index.setdefault(head, []).append(m.at)
            if len(core) > 2:
                spelled.setdefault(initials(self.parsed[m.at].full), []).append(m.at)
        found: dict[int, int] = {}
        for m in self.orgs:
            name = self.parsed[m.at]
            if is_abbreviation(m.name) and (hosts := spelled.get(m.name.upper())):
                found[m.at] = _nearest(hosts, m.at)
            elif (hosts := index.get(name.core)) and (target := self._choose(m, name, hosts)) is not None:
                found[m.at] = target
        return found

    def _choose(self, m: Mention, name: OrgName, hosts: list[int]) -> int | None:
        middle = bisect_left(hosts, m.at)
        # Nearest before, then nearest after; a bounded look keeps the whole linear.
        around = [*reversed(hosts[max(0, middle - 12) : middle]), *hosts[middle : middle + 12]]
        fits = [at for at in around if at != m.at and _stands_for(name, self.parsed[at])]
        if name.level and name.core[:4] != _OF_LAOS:  # `UBND tỉnh` alone is one of Vietnam
            fits = [at for at in fits if self.parsed[at].country in (None, "VN")]
        if not name.place and (own := [at for at in fits if not abroad(self.parsed[at])]):
            fits = own  # so is a bare `Bệnh viện`, beside a hospital abroad
        return fits[0] if fits else None


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


def _stands_for(short: OrgName, full: OrgName) -> bool:
    """Whether `short` may be used for `full`, whose core begins with it (or whose brand does)."""
    if short.level and full.level != short.level:
        return False
    if not short.core or (short.place and short.level):
        return False
    by_head = full.core[: len(short.core)] == short.core
    if len(short.core) >= len(full.core):
        return False
    joined = " ".join(short.core)
    if by_head and full.country not in (None, "VN") and _STATE_HEAD.match(joined):
        return False
    if by_head and short.place:
        return False
    if by_head and _is_unit_of(short, full):
        return False
    brand_like = brand(short.core) == short.core and not _is_head(joined)
    # `NYK Line Việt Nam` is a branch of `NYK Line`, not its full name.
    return not (
        by_head
        and brand_like
        and _is_place(full.core[len(short.core) :])
        and not _VIETNAMESE.search(short.full)
    )


def _is_unit_of(short: OrgName, full: OrgName) -> bool:
    # `Ban Chấp hành LĐLĐ tỉnh` holds a whole other name: only a bare head such as `Ban` may stand for it.
    rest = " ".join(full.core[len(short.core) :])
    return len(short.core) > 2 and bool(
        regex.match(r"(?:lien doan|tong lien|hoi|cong doan|uy ban|so|bo|tinh uy|thanh uy)\b", rest)
    )


def _is_head(joined: str) -> bool:
    return any(head == joined or head.startswith(joined + " ") for head in _BRAND_HEADS)


def _is_place(core: tuple[str, ...]) -> bool:
    return places.listed(" ".join(word.capitalize() for word in core)) is not None


def _may_be_alias(full: str, short: str) -> bool:
    """Whether `short`, in brackets after `full`, is another name of it and not the body above it."""
    if is_abbreviation(short) or initials(full).endswith(short.upper()):
        return True
    if not _VIETNAMESE.search(full):
        return False
    own = {fold(word) for word in _WORD.findall(full)}
    rest = " ".join(word for word in _WORD.findall(short) if fold(word) not in own)
    # `Ví Dụ Telecom` beside `Tổng công ty Viễn thông Ví Dụ`: what is new in it is no Vietnamese word.
    return not MARKED.search(rest) and (bool(rest) or fold(full).endswith(f" {fold(short)}"))


def _may_stand_inside(short: str, full: str) -> bool:
    """Whether a short name may be written out inside other names, and is not by chance a part of its own."""
    return len(short) > 1 and short not in full and not _STATE_HEAD.match(fold(short))


def _nearest(hosts: list[int], at: int) -> int:
    middle = bisect_left(hosts, at)
    return hosts[middle - 1] if middle else hosts[0]


def _root(parent: dict[int, int], at: int) -> int:
    path = []
    while parent[at] != at and at not in path:
        path.append(at)
        at = parent[at]
    top = min([at, *path]) if at in path else at
    for step in path:
        parent[step] = top
    return top
