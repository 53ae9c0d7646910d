"""Parties beside one another brought to one sort: a place beside a union, a ministry beside a state."""

from __future__ import annotations

from kyket.agreements.grounds import Rule, Told
from kyket.agreements.kinds import AUTHORITY, LOCAL, OF_PLACE
from kyket.agreements.parties import Cast
from kyket.agreements.states import last_state
from kyket.agreements.vocabulary import BETWEEN_GOVERNMENTS

_FRAMES = (Rule.BETWEEN, Rule.OF, Rule.SUBJECT, Rule.PARTNER, Rule.ASKER)


def promote(cast: Cast, parties: tuple[Told[str], ...]) -> tuple[Told[str], ...]:
    """Places beside organisations replaced by the like organisations of those places."""
    bodies = [party.value for party in parties if cast.is_org(party.value)]
    if not bodies or len(bodies) == len(parties):
        return parties
    found: dict[str, Told[str]] = {}
    for party in parties:
        id = party.value if cast.is_org(party.value) else cast.like(party.value, bodies[0])
        found.setdefault(id, party if id == party.value else party.then(id, Rule.PROMOTED))
    return tuple(found.values())


def as_places(cast: Cast, parties: tuple[Told[str], ...]) -> tuple[Told[str], ...]:
    """Of an authority and a place, both as places, unless the text says that the authority signs."""
    if sum(cast.is_org(party.value) for party in parties) != 1 or len(parties) != 2:
        return parties
    if any(cast.state(party.value) or _is_named(party) for party in parties if cast.is_org(party.value)):
        return parties
    return tuple(
        party if (place := cast.own_place(party.value)) == party.value else party.then(place, Rule.PLACE)
        for party in parties
    )


def of_governments(cast: Cast, parties: tuple[Told[str], ...], title: str) -> tuple[Told[str], ...]:
    """The governments of states that sign what is called one of governments: `Bản ghi nhớ cấp Chính phủ`."""
    if not BETWEEN_GOVERNMENTS.search(title) or not all(
        cast.state(party.value) and not cast.is_org(party.value) for party in parties
    ):
        return parties
    return tuple(party.then(cast.body("Chính phủ", party.value), Rule.HEAD) for party in parties)


def _is_named(party: Told[str]) -> bool:
    """Whether the text names a party where it says who signs, and not by `hai bên` or its people."""
    return len(party.grounds) == 1 and party.grounds[0].rule in _FRAMES


def of_one_place(cast: Cast, ids: list[str]) -> list[str]:
    """Joined bodies of which the last alone tells the place: `LĐLĐ và BHXH tỉnh Tây Ninh`."""
    place = OF_PLACE.search(cast.name(ids[-1])) if cast.is_org(ids[-1]) else None
    if place is None:
        return ids
    return [
        cast.imply(name + place.group())
        if LOCAL.fullmatch(name := cast.name(id)) and not _is_placed(cast, id)
        else id
        for id in ids
    ]


def _is_placed(cast: Cast, body: str) -> bool:
    entity = cast.scene.entities.get(body)
    return OF_PLACE.search(cast.name(body)) is not None or bool(entity and entity.place)


def of_one_state(cast: Cast, ids: list[str]) -> list[str]:
    """States joined to an authority of another: `Chính phủ Việt Nam và Lào` are two governments."""
    name = cast.name(ids[0])
    if not cast.is_org(ids[0]) or not AUTHORITY.match(name) or (state := last_state(name)) is None:
        return ids
    head = name[: -len(state)].rstrip()
    return [
        ids[0],
        *(id if cast.is_org(id) or not cast.state(id) else cast.body(head, id) for id in ids[1:]),
    ]
