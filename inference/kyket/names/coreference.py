"""Which mentions of organisations are one body.

Each short mention (`LĐLĐ tỉnh`, `Trường`, `VDM`) points at the nearest fuller one before it, else after it;
names taken apart alike are one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

import regex

from kyket.names import bracketed, places, within
from kyket.names.abbreviations import brands, initials, is_abbreviation
from kyket.names.brands import (
    BODY_ABOVE,
    at_the_end,
    before_brand,
    firm_head,
    goes_on,
    is_bank,
    is_firm,
    is_one_of_several,
    is_place,
    is_public,
    legal_form,
    may_be_one,
)
from kyket.names.joined import OF_LAOS, apart
from kyket.names.mentions import Mention
from kyket.names.organizations import (
    BRAND_HEADS,
    MARKED,
    STATE_HEAD,
    VIETNAMESE,
    OrgName,
    abroad,
    brand,
    parse,
)
from kyket.names.posts import committees_by_posts
from kyket.names.shortened import leaves_out
from kyket.names.spellings import one_spelling
from kyket.orthography import fold

# Of which each province, city or district has one.
_OF_EACH_PLACE = regex.compile(r"(?:tinh|thanh|huyen|quan|thi) (?:uy|doan)")
_UNITED_NATIONS = ("lien", "hop")  # of which many bodies have the name in theirs
# `Công ty Cổ phần Tập đoàn X` is `Tập đoàn X`.
_COMPANY = regex.compile(r"(?:tong )?cong ty\b|tap doan\b")
# What a firm is, before its brand: `tập đoàn giáo dục Việt Nam Kalimba`.
_TOLD_ONLY = regex.compile(r"(?:\p{Ll}+ )+Việt Nam \p{Lu}")
# Words that no name goes on with in small letters, and what is on behind one: `Bộ Mẫu & Tọa đàm`.
_RUNS_ON = regex.compile(
    r" (?:đã|sẽ|đang|vừa|cho biết|cùng|với|tiến hành|phối hợp|triển khai|thực hiện|xây dựng|tổ chức|ký|trao"
    r"|tặng|đón|tiếp|thăm|khảo sát|tham gia|chủ trì|đề nghị|[-–&] (?i:phụ trách|tọa đàm))(?= |$)"
)
# Of which a state has one in a place: `Đại sứ quán Nhật Bản tại Lào` may go without the place.
_ONE_ABROAD = regex.compile(r"(?:dai|tong lanh|lanh) su quan\b|hoc vien\b")
_FORMER = regex.compile(r"\s*\((?:cũ|trước đây)\)")  # `LĐLĐ tỉnh` is the one that there is now
_LONGEST_BRAND = 3  # words
_LONGEST_SHORT = 32  # words of a name that stands for a fuller one; a bound keeps the whole linear
_AT_LENGTH = 8  # syllables behind the head of a name
_MOST_HOSTS = 12


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
        self.parsed = one_spelling(self.parsed)
        for at, place in committees_by_posts(mentions, self.parsed).items():
            self.parsed[at] = parse(f"{mentions[at].name} {place}", definitions)
        self.aliases: dict[int, int] = {}  # alias mention -> the mention it stands beside
        self._alias_names: dict[str, int] = {}
        self._bodies_of: dict[int, tuple[str, ...]] = {}  # mention -> the core of the body it is a body of
        self._find_aliases()
        self._write_out_aliases(definitions)
        self._cut_brands()
        self._apart = apart(mentions, self.parsed, self.aliases)
        self._places = {fold(m.name) for m in mentions if m.label == "LOC"}

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
            if left.at in self.aliases and bracketed.JOINT.fullmatch(right.before):
                host = self.aliases[left.at]  # ([VD], [Vidu])
                if bracketed.CLOSES.match(right.after) and bracketed.same(self.parsed[host].full, right.name):
                    self.aliases[right.at] = host
                    self._alias_names.setdefault(fold(right.name), host)
                continue
            if not bracketed.OPENS.fullmatch(right.before):
                continue
            short = right.name
            told = "(" in right.before or "tắt" in right.before or "(" in left.before
            told = told or is_bank(self.parsed[left.at].full, short)
            if not told or not bracketed.same(self.parsed[left.at].full, short):
                continue
            if "(" in right.before and not bracketed.ENDS.match(right.after):
                continue
            host = self.aliases.get(left.at, left.at)
            # in `Hội đồng quản trị Ví Dụ Mẫu (VDM)` it is still short for what it was defined for
            self.aliases[right.at] = self._alias_names.setdefault(fold(short), host)
            if head := firm_head(self.parsed[host].core):
                self._alias_names.setdefault(f"{head} {fold(short)}", host)  # (VDM), then `Công ty VDM`
            if short.endswith(" VN"):  # (BHXH VN), which goes on as BHXH
                self._alias_names.setdefault(fold(short.removesuffix(" VN")), host)

    def _write_out_aliases(self, definitions: Mapping[str, str]) -> None:
        """Parse again the names that hold a short name defined elsewhere: `Hội đồng thành viên VDM`."""
        full = {
            self.mentions[at].name: self.parsed[host].full
            for at, host in self.aliases.items()
            if within.may_stand(self.mentions[at].name, self.parsed[host].full)
        }
        if not full:
            return
        for m in self.orgs:
            inside = [short for short in full if short in m.name]
            if not inside or m.at in self.aliases or within.opens_brand(m.name, full):
                continue
            core = parse(m.name).core
            own = brand(core)  # `Tập đoàn VDM` is `VDM` with its head, and no other body.
            if own != core:  # a firm keeps the brand in its own name
                inside = [short for short in inside if is_abbreviation(short)]
            if any(fold(short) != " ".join(own) for short in inside):
                known = {short: within.meaning(m.name, short, full[short], definitions) for short in inside}
                self.parsed[m.at] = parse(m.name, {**definitions, **known})
                if host := full.get(m.name.partition(" ")[0]):  # `VDM Quốc tế` is a body of `Ví Dụ Mẫu`
                    self._bodies_of[m.at] = parse(host).core

    def _cut_brands(self) -> None:
        """`Ngân hàng Ví Dụ Việt Nam Vidubank`: a full name goes without the brand behind it.

        The brand is what the article uses alone elsewhere, and still means the same body.
        """
        alone = {m.name for m in self.orgs if not MARKED.search(m.name)}
        cut: dict[tuple[str, ...], int] = {}
        for m in self.orgs:
            words = self.parsed[m.at].full.split()
            for start in range(max(1, len(words) - _LONGEST_BRAND), len(words)):
                behind, head = " ".join(words[start:]), " ".join(words[:start])
                if behind not in alone or m.at in self.aliases:
                    continue
                name = parse(head.rstrip(" -–"))
                joined = head != head.rstrip(" -–")
                if is_bank(name.full, behind) if joined else _is_full(name):
                    if _TOLD_ONLY.match(m.name):
                        self.parsed[m.at] = parse(behind)
                        break
                    self.parsed[m.at] = name
                    cut.setdefault(parse(behind).core, m.at)
                    break
        for m in self.orgs:
            if (host := cut.get(brand(self.parsed[m.at].core))) is not None:
                self._alias_names.setdefault(fold(m.name), host)

    def groups(self) -> list[list[int]]:
        """The ORG mentions, as lists of mention numbers: one list a body, each and all in order."""
        parent = {m.at: m.at for m in self.orgs}
        fuller = self._fuller()
        by_key: dict[tuple[str, ...], list[tuple[str | None, str | None, int]]] = {}
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
        self,
        by_key: dict[tuple[str, ...], list[tuple[str | None, str | None, int]]],
        name: OrgName,
        at: int,
    ) -> int:
        core, form = legal_form(name.core)
        seen = by_key.setdefault(core, [])
        for i, (level, other, first) in enumerate(seen):
            if (level is None or name.level is None or level == name.level) and may_be_one(form, other):
                seen[i] = (level or name.level, other or form, first)
                return first
        seen.append((name.level, form, at))
        return at

    def _fuller(self) -> dict[int, int]:
        """For each short mention, the fuller mention it points at."""
        index: dict[tuple[str, ...], list[int]] = {}
        spelled: dict[str, list[int]] = {}
        for m in self.orgs:
            if m.at in self.aliases:
                continue
            core = self.parsed[m.at].core
            heads = {core[:n] for n in range(1, min(len(core), _LONGEST_SHORT))}
            if self.parsed[m.at].full.startswith("Trường ") and core[:1] != ("truong",):
                heads.add(("truong",))
            rest = brand(core)
            if rest != core and not is_place(rest):
                heads |= {rest[:n] for n in range(1, min(len(rest) + 1, _LONGEST_SHORT))}
            heads |= at_the_end(core)
            for head in heads:
                index.setdefault(head, []).append(m.at)
            if len(core) > 2 and " ".join(core) not in BRAND_HEADS:  # `Hợp tác xã` is none of `HTX`
                spelled.setdefault(initials(self.parsed[m.at].full), []).append(m.at)
        # `Công ty Ví Dụ` is `Công ty TNHH Ví Dụ` before `Công ty Ví Dụ Mẫu`
        formless = {legal_form(core)[0] for m in self.orgs if legal_form(core := self.parsed[m.at].core)[1]}
        in_full: dict[tuple[str, ...], list[int]] = {}
        ends: dict[tuple[str, str], list[int]] = {}
        for m in self.orgs:
            core = self.parsed[m.at].core
            if core and core not in in_full and m.at not in self.aliases:
                ends.setdefault((core[0], core[-1]), []).append(m.at)
            in_full.setdefault(core, []).append(m.at)
        found: dict[int, int] = {}
        for m in self.orgs:
            name = self.parsed[m.at]
            full = brands().get(fold(m.name))
            if (full and (hosts := in_full.get(parse(full).core))) or (
                is_abbreviation(m.name)
                and (hosts := in_full.get((*name.core, "viet", "nam")) or spelled.get(m.name.upper()))
            ):
                found[m.at] = _nearest(hosts, m.at)
            elif (
                name.core not in formless
                and (hosts := index.get(name.core))
                and (target := self._choose(m, name, hosts)) is not None
            ) or (target := self._shortened(m, ends)) is not None:
                found[m.at] = target
        return found

    def _shortened(self, m: Mention, ends: dict[tuple[str, str], list[int]]) -> int | None:
        """The one body of which a name leaves out the middle; none where it may be short for several."""
        core = self.parsed[m.at].core
        hosts = ends.get((core[0], core[-1]), []) if len(core) > 1 else []
        fuller = [at for at in hosts[:_MOST_HOSTS] if leaves_out(self.parsed[m.at], self.parsed[at])]
        return fuller[0] if len({self.parsed[at].core for at in fuller}) == 1 else None

    def _elsewhere(self, former: list[int]) -> bool:
        """Whether the article names a place beside those of some bodies."""
        return not self._places <= {fold(self.parsed[at].place or "") for at in former}

    def _choose(self, m: Mention, name: OrgName, hosts: list[int]) -> int | None:
        middle = bisect_left(hosts, m.at)
        # Nearest before, then nearest after; a bounded look keeps the whole linear.
        around = [*reversed(hosts[max(0, middle - 12) : middle]), *hosts[middle : middle + 12]]
        fits = [
            at
            for at in around
            if at != m.at
            and self._bodies_of.get(at) != name.core
            and (name.core, self.parsed[at].core) not in self._apart
            and _stands_for(name, self.parsed[at])
        ]
        # `UBND tỉnh` and `Tỉnh ủy` alone are those of Vietnam
        if (name.level and name.core[:4] != OF_LAOS) or _OF_EACH_PLACE.fullmatch(" ".join(name.core)):
            fits = [at for at in fits if self.parsed[at].country in (None, "VN")]
        if not name.place and (own := [at for at in fits if not abroad(self.parsed[at])]):
            fits = own  # so is a bare `Bệnh viện`, beside a hospital abroad
        if not _FORMER.match(m.after):
            standing = [at for at in fits if not _FORMER.match(self.mentions[at].after)]
            fits = standing if standing or (name.level and self._elsewhere(fits)) else fits
        firms = [at for at in fits if is_firm(self.parsed[at].core)]
        # `Kalimba` is `Công ty Kalimba` before `Kalimba City`, and none of `Kalimba City`, `Kalimba Land`
        exact = [at for at in firms if brand(self.parsed[at].core) == name.core]
        further = {more for at in fits if (more := goes_on(name.core, self.parsed[at].core))}
        trades = {before_brand(name.core, self.parsed[at].core) for at in firms}
        if not exact and (len(further) > 1 or len(trades) > 1):
            return None
        return (exact or fits)[0] if fits else None


def _stands_for(short: OrgName, full: OrgName) -> bool:
    """Whether `short` may be used for `full`, whose core begins with it (or whose brand does)."""
    if short.level and full.level != short.level:
        return False
    if not short.core or (short.place and short.level):
        return False
    by_head = full.core[: len(short.core)] == short.core
    if len(short.core) >= len(full.core) or (short.core == _UNITED_NATIONS and not by_head):
        return False
    joined = " ".join(short.core)
    if by_head and full.country not in (None, "VN") and STATE_HEAD.match(joined):
        return False
    if is_public(short.core) and not by_head:
        return False
    if "Trung ương" in short.full and "Trung ương" not in full.full and _is_local(full):
        return False
    if by_head and short.place:
        head, there, _ = full.full.partition(" tại ")
        return bool(there and _ONE_ABROAD.match(joined)) and parse(head).core == short.core
    if brand(short.core) == short.core and is_one_of_several(short.core, full.core):
        return False
    if by_head and _is_unit_of(short, full):
        return False
    if not by_head and brand(short.core) != short.core and not _COMPANY.match(joined):
        return False  # `Bệnh viện Đại học Y` is no other name of `Đại học Y`
    brand_like = brand(short.core) == short.core and not _is_head(joined)
    # `NYK Line Việt Nam` is a branch of `NYK Line`, not its full name.
    return not (
        by_head
        and brand_like
        and is_place(full.core[len(short.core) :])
        and not VIETNAMESE.search(short.full)
    )


def _is_local(name: OrgName) -> bool:
    place = places.find(name.place) if name.place else None
    return name.level is not None or bool(place and place.kind != "nước")


def _is_unit_of(short: OrgName, full: OrgName) -> bool:
    # `Ban Chấp hành LĐLĐ tỉnh` holds a whole other name: only a bare head such as `Ban` may stand for it.
    rest = " ".join(full.core[len(short.core) :])
    return len(short.core) > 2 and BODY_ABOVE.match(rest) is not None


def _is_full(name: OrgName) -> bool:
    """Whether a company's name says enough without a brand: it ends with its state, or tells at length."""
    own = brand(name.core)
    return own != name.core and (name.full.endswith(" Việt Nam") or len(own) >= _AT_LENGTH)


def _is_head(joined: str) -> bool:
    return any(head == joined or head.startswith(joined + " ") for head in BRAND_HEADS)


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
