"""Two states that stand for their ministries, in an article on talks of their ministers."""

from __future__ import annotations

from itertools import combinations

from kyket.agreements.grounds import Rule, Told
from kyket.agreements.kinds import FOREIGN_OFFICE, NO_MINISTRY
from kyket.agreements.parties import LEAD, Cast
from kyket.agreements.states import HOME, last_state
from kyket.orthography import fold

_MINISTRY = "bộ "
_OPEN = (Rule.SALIENCE, Rule.PHRASE, Rule.OF)  # who signs is not told by the names of the states


def of_ministers(cast: Cast, parties: tuple[Told[str], ...]) -> tuple[Told[str], ...]:
    """The ministries of two states that the article leaves to be found, where it opens with their ministers.

    `Bộ trưởng Y tế X và Bộ trưởng Y tế Lào Y hội đàm. Hai bên ký bản ghi nhớ.`: what ministers sign binds
    their ministries. Foreign ministers speak for their states.
    """
    if len(parties) != 2 or any(cast.is_org(p.value) or not cast.state(p.value) for p in parties):
        return parties
    if any(party.grounds[-1].rule not in _OPEN for party in parties):
        return parties
    states = frozenset(party.value for party in parties)
    head = next((head for head, those in _talks(cast) if those == states), None)
    if head is None:
        return parties
    return tuple(party.then(cast.body(head, party.value), Rule.EMPLOYERS) for party in parties)


def _talks(cast: Cast) -> list[tuple[str, frozenset[str]]]:
    """The like ministries whose ministers the lead names, without the names of their two states."""
    found: dict[str, tuple[str, str]] = {}
    for sentence in cast.scene.sentences[:LEAD]:
        for piece in sentence.pieces:
            if piece.label != "PER" or piece.entity not in cast.scene.entities:
                continue
            body = cast.employer(piece.entity)
            if body is None or not _is_ministry(cast.low(body)):
                continue
            name = cast.name(body)
            state = last_state(name)
            head = name[: -len(state)].rstrip() if state else name
            found[body] = head, cast.imply(state or HOME)
    return [
        (one, frozenset((here, there)))
        for (one, here), (other, there) in combinations(found.values(), 2)
        if fold(one) == fold(other) and here != there
    ]


def _is_ministry(name: str) -> bool:
    return name.startswith(_MINISTRY) and not name.startswith((*NO_MINISTRY, *FOREIGN_OFFICE))
