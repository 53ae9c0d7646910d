"""Entity spans in, entities out: names, aliases, places, roles."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property

import regex

from kyket.document import Entity, Span
from kyket.names import heads_of_state, ministries, organizations, parents, people, places, roles, villages
from kyket.names.abbreviations import clean, definitions, expand, is_abbreviation
from kyket.names.composites import written_out
from kyket.names.coreference import Linker
from kyket.names.mentions import Mention, collect, next_of
from kyket.names.organizations import OrgName
from kyket.orthography import canonical, fold

_PREFIX = {"ORG": "org", "PER": "per", "LOC": "loc"}
_COUNTRY_BRACKET = regex.compile(r"\s*[(,-]\s*")
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
_FOREIGN_LEVEL = regex.compile(r"(?<!Liên )\b(?:bang|khu tự trị|châu) \p{Lu}")
_LEVEL_NAME = {"tp": "thành phố", "tp.": "thành phố", "thủ đô": "thành phố"}
_NEVER_ALONE = {"Hồ Chí Minh": "Thành phố "}  # what the name of a place needs


def link(text: str, spans: list[Span]) -> list[Entity]:
    """The organisations, people and places that the spans of an article mention.

    Every ORG, PER and LOC span belongs to exactly one entity; other labels are passed over. `spans` is not
    changed. A ministry that only a title names (`Bộ trưởng Ngoại giao`) is an entity without mentions.

    Args:
        text: The text of the article, as it was given.
        spans: Its spans, in any order; `mentions` of the result are indices into this list.

    Returns:
        Entities by type (ORG, PER, LOC) and first mention.

    Raises:
        ValueError: a span is empty or lies outside the text.

    Example:
        >>> text = "Chủ tịch LĐLĐ tỉnh Kon Tum Rơ Chăm Long"
        >>> marks = [(9, 26, "ORG"), (27, 39, "PER")]
        >>> spans = [Span(start=a, end=b, text=text[a:b], label=label) for a, b, label in marks]
        >>> entities = link(text, spans)
        >>> entities[0].name
        'Liên đoàn Lao động tỉnh Kon Tum'
        >>> entities[1].name, entities[1].role, entities[1].organization
        ('Rơ Chăm Long', 'Chủ tịch', 'org-1')
    """
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"a span from {span.start} to {span.end}: the text has {len(text)} characters")
    mentions = collect(text, spans)
    if not mentions:
        return []
    defined = definitions(canonical(text).text)
    linker = Linker(mentions, defined)
    owner: dict[int, Entity] = {}
    found: list[Entity] = []

    def add(label: str, members: list[int], name: str) -> Entity:
        number = (
            sum(1 for e in found if e.type == label) + 1
            if not found or found[-1].type != label
            else _number(found[-1]) + 1
        )
        entity = Entity(
            id=f"{_PREFIX[label]}-{number}",
            type=label,
            name=name,
            aliases=_aliases([mentions[at].name for at in members], name),
            mentions=sorted(mentions[at].span for at in members),
        )
        found.append(entity)
        owner.update(dict.fromkeys(members, entity))
        return entity

    nearby = _Surroundings(mentions, linker)
    for members in linker.groups():
        _describe_organization(add("ORG", members, ""), members, mentions, linker, nearby)
    persons = people.groups(mentions)
    for members in persons:
        add("PER", members, _full_person([mentions[at].name for at in members]))
    small = villages.kinds(mentions)
    for members in _place_groups(mentions):
        entity = add("LOC", members, "")
        _describe_place(entity, [mentions[at].name for at in members], [small.get(at) for at in members])
    bodies = _Bodies(found)
    ministers = _give_roles(persons, mentions, owner, bodies, defined)
    _complete_heads([owner[members[0]] for members in persons], mentions, owner, bodies, ministers)
    return found


def _give_roles(
    persons: list[list[int]],
    mentions: list[Mention],
    owner: dict[int, Entity],
    bodies: _Bodies,
    defined: dict[str, str],
) -> dict[str, str]:
    """Gives each person the role that the text tells of, with its body.

    Returns:
        Ministers with a foreign name, by id: the ministry, which some state has.
    """
    reader = roles.Reader(mentions, owner)
    ministers: dict[str, str] = {}
    for members in persons:
        entity, role = owner[members[0]], reader.of(members)
        if role is None:
            continue
        entity.role = role.role or None
        held_in = None if role.organization is None else owner[role.organization]
        body = expand(role.body, defined) if role.body else None
        if held_in is None or held_in.type == "ORG":
            named = body or ("" if role.organization is None else mentions[role.organization].name)
            if ministry := ministries.abroad(entity, named):
                ministers[entity.id] = ministry
        if body and entity.id not in ministers:
            entity.organization = bodies.named(body)
        elif held_in:
            entity.organization = held_in.id
    return ministers


def _complete_heads(
    persons: list[Entity],
    mentions: list[Mention],
    owner: dict[int, Entity],
    bodies: _Bodies,
    ministers: dict[str, str],
) -> None:
    of_state = heads_of_state.states(mentions, owner, persons, ministers)
    for person in persons:
        state = of_state.get(person.id)
        body = ministers.get(person.id) or heads_of_state.MINISTRY.get(
            heads_of_state.office(person.role) or ""
        )
        if state:
            person.organization = bodies.named(f"{body} {state.name}") if body else state.id
        elif person.id in ministers and person.organization is None:
            person.organization = bodies.named(ministers[person.id])
    known = {entity.id: entity for entity in bodies.found if entity.type == "ORG"}
    of_colleagues = ministries.of_colleagues(persons, known)
    for person in persons:
        person.organization = person.organization or of_colleagues.get(person.id)


def _number(entity: Entity) -> int:
    return int(entity.id.rpartition("-")[2])


def _aliases(forms: list[str], name: str) -> list[str]:
    return [form for form in dict.fromkeys(forms) if form and form != name]


# Organisations


class _Surroundings:
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
    return known.kind if known and known.kind in _implied_levels(name.core) else None


def _may_be_ours(place: str) -> bool:
    """Whether a place may be one of Vietnam, by its syllables: `Val-de-Marne` is none."""
    if places.find(place):
        return True
    return organizations.in_syllables(place)


def _tidy(place: str) -> str:
    return _capitalised(place) if place.isupper() and len(place) > 3 else place


def _level_of(m: Mention) -> str | None:
    place = places.find(m.name)
    if place and place.country != "VN":
        return None
    if match := _LEVEL_WORD.match(m.before):
        word = match.group(1).lower()
        return _LEVEL_NAME.get(word, word)
    return place.kind if place and place.kind != "nước" else None


def _describe_organization(
    entity: Entity,
    members: list[int],
    mentions: list[Mention],
    linker: Linker,
    nearby: _Surroundings,
) -> None:
    own = [at for at in members if at not in linker.aliases] or members
    best = _fullest([linker.parsed[at] for at in own])
    entity.name, entity.place, entity.country = best.full, best.place, best.country
    levels = (best.level,) if best.level else _implied_levels(best.core)
    if (
        best.place is None
        and levels
        and not _FOREIGN_LEVEL.search(best.full)
        and (near := nearby.place(levels, members[0]))
    ):
        level, place = near
        told = f"{level} " if len(levels) > 1 else _NEVER_ALONE.get(place, "") if not best.level else ""
        entity.name, entity.place, entity.country = f"{best.full} {told}{place}", place, "VN"
    entity.name = written_out(best, members[0], mentions, linker.parsed) or entity.name
    for at in members:
        m = mentions[at]
        following = next_of(mentions, m)
        if following is None:
            continue
        if (
            entity.country is None
            and following.label == "LOC"
            and _COUNTRY_BRACKET.fullmatch(m.after)
            and "(" in m.after
        ):
            if known := places.find(following.name):
                entity.country = known.country
                if known.kind != "nước":
                    entity.place = entity.place or following.name
        elif following.label == "ORG" and "," not in entity.name and following.at not in linker.aliases:
            parent = linker.parsed[following.at]
            if together := parents.full_name(best, m, parent):
                entity.name, entity.country = together, entity.country or parent.country
    if entity.place and entity.country is None:
        known = places.find(entity.place)
        if known or places.is_commune(entity.place):
            entity.country = known.country if known else "VN"
    entity.aliases = _aliases([mentions[at].name for at in members], entity.name)


def _implied_levels(core: tuple[str, ...]) -> tuple[str, ...]:
    is_office = core[:1] == ("so",) and len(core) > 1
    return _LEVELS_OF_BODY.get(core[-2:]) or (_LEVELS_OF_OFFICE if is_office else ())


def _fullest(names: list[OrgName]) -> OrgName:
    """The name with most words; of equal ones the one with a level, not in capitals, more frequent, first."""
    often = Counter(name.full for name in names)
    ranked = sorted(
        dict.fromkeys(names),
        key=lambda n: (
            len(n.core),
            n.level is not None,
            not n.full.isupper(),
            len(n.full.split()),
            often[n.full],
        ),
        reverse=True,
    )
    return ranked[0]


# People


def _full_person(forms: list[str]) -> str:
    """The spelling with most words written out; of those the most frequent, then the first."""
    names = [people.name_of(form) for form in forms]
    often = Counter(names)
    written_out = [name for name in often if " " in name and not people.begins_with_initial(name)]
    return max(written_out or often, key=lambda name: (len(name.split()), often[name]))


class _Bodies:
    """Entities by name, to find the body that a title names, or to add it."""

    def __init__(self, found: list[Entity]) -> None:
        self.found = found
        self.last = max((_number(e) for e in found if e.type == "ORG"), default=0)

    @cached_property  # most articles ask for none
    def by_core(self) -> dict[tuple[str, ...], Entity]:
        bodies = [entity for entity in reversed(self.found) if entity.type == "ORG"]
        return {organizations.parse(entity.name).core: entity for entity in bodies}  # the first of a name

    def named(self, name: str) -> str:
        parsed = organizations.parse(name)
        for core in (parsed.core, (*parsed.core, "viet", "nam")):
            if entity := self.by_core.get(core):
                return entity.id
        self.last += 1
        entity = Entity(
            id=f"org-{self.last}", type="ORG", name=parsed.full, place=parsed.place, country=parsed.country
        )
        after = max((i for i, e in enumerate(self.found) if e.type == "ORG"), default=-1)
        self.found.insert(after + 1, entity)
        self.by_core[parsed.core] = entity
        return entity.id


# Places


def _place_groups(mentions: list[Mention]) -> list[list[int]]:
    grouped: dict[str, list[int]] = {}
    for m in mentions:
        if m.label == "LOC":
            grouped.setdefault(places.place_key(m.name) or m.name, []).append(m.at)
    return list(grouped.values())


def _describe_place(entity: Entity, forms: list[str], kinds: list[str | None]) -> None:
    place = next((found for form in forms if (found := places.find(form))), None)
    names = [expand(form) for form in forms]
    if place and place.kind == "nước":
        # The plain name where the text has it; a part of it (`Việt`, `Nhật`) is never the full one.
        own = [name for name in names if fold(name) == fold(place.name)]
        own = [name if not name.isupper() or name == place.name else place.name for name in own]  # NGA
        longer = [
            name for name in names if fold(name) not in fold(place.name).split() and not is_abbreviation(name)
        ]
        longer.sort(key=lambda name: len(name.split()), reverse=True)  # `Hoa Kỳ` before `Mỹ`
        entity.name = (own or longer or [place.name])[0]
    else:
        tidy = [name for name in names if not name.isupper()] or [_capitalised(name) for name in names]
        if place is None or place.country == "VN":
            entity.name = max(tidy, key=lambda name: len(name.split()))
        else:  # all its spellings are as full as each other
            entity.name = tidy[0]
        often = Counter(kind for kind in kinds if kind)
        if often and places.bare(entity.name) == entity.name:
            entity.name = f"{often.most_common(1)[0][0].capitalize()} {entity.name}"
    entity.country = place.country if place else None
    if place is None and places.is_commune(entity.name):
        entity.country = "VN"
    if place and place.province:
        entity.place = place.province
    entity.aliases = _aliases([clean(form) for form in forms], entity.name)


def _capitalised(name: str) -> str:
    return " ".join(word.capitalize() for word in name.split())
