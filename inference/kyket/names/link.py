"""Entity spans in, entities out: names, aliases, places, roles."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import regex

from kyket.document import Entity, Span
from kyket.names import (
    brands,
    heads_of_state,
    ministries,
    organizations,
    parents,
    people,
    places,
    roles,
    villages,
)
from kyket.names.abbreviations import clean, definitions, expand, is_abbreviation
from kyket.names.composites import written_out
from kyket.names.coreference import Linker
from kyket.names.mentions import Mention, collect, next_of
from kyket.names.organizations import OrgName
from kyket.names.surroundings import Surroundings, capitalised, implied_levels, place_beside
from kyket.orthography import canonical, fold

_PREFIX = {"ORG": "org", "PER": "per", "LOC": "loc"}
_LISTED = regex.compile(r"\s*(?:,|;|(?:,\s*)?(?:và|cùng))\s*")
_COUNTRY_BRACKET = regex.compile(r"\s*[(,-]\s*")
_FOREIGN_LEVEL = regex.compile(r"(?<!Liên )\b(?:bang|khu tự trị|châu) \p{Lu}")
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

    nearby = Surroundings(mentions, linker)
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
    known = {entity.id: entity for entity in bodies.found if entity.type == "ORG"}
    of_state = heads_of_state.states(mentions, owner, persons, ministers, known)
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


def _describe_organization(
    entity: Entity,
    members: list[int],
    mentions: list[Mention],
    linker: Linker,
    nearby: Surroundings,
) -> None:
    own = [at for at in members if at not in linker.aliases] or members
    best = _fullest([linker.parsed[at] for at in own])
    entity.name = brands.used_alone(best.full, [linker.parsed[at].full for at in own]) or best.full
    entity.place, entity.country = best.place, best.country
    levels = (best.level,) if best.level else implied_levels(best.core)
    if (
        best.place is None
        and levels
        and not _FOREIGN_LEVEL.search(best.full)
        and (near := place_beside(members, mentions, linker, levels) or nearby.place(levels, members[0]))
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
            third = next_of(mentions, following)
            listed = third is not None and third.label == "ORG" and bool(_LISTED.fullmatch(following.after))
            if together := parents.full_name(best, m, parent, listed=listed):
                entity.name, entity.country = together, entity.country or parent.country
    if entity.place and entity.country is None:
        known = places.find(entity.place)
        if known or places.is_commune(entity.place):
            entity.country = known.country if known else "VN"
    entity.aliases = _aliases([mentions[at].name for at in members], entity.name)


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
        longer = [places.informal(name) for name in longer]
        longer.sort(key=lambda name: len(name.split()), reverse=True)  # `Hoa Kỳ` before `Mỹ`
        entity.name = (own or longer or [place.name])[0]
    else:
        tidy = [name for name in names if not name.isupper()] or [capitalised(name) for name in names]
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
