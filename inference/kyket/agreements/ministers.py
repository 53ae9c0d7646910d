"""Two states that stand for their ministries, in an article on talks of their ministers."""

from __future__ import annotations

from itertools import combinations

import regex

from kyket.agreements.grounds import Ground, Rule, Told
from kyket.agreements.kinds import EMBASSIES, FOREIGN_OFFICE, NO_MINISTRY
from kyket.agreements.parties import LEAD, Cast
from kyket.agreements.states import HOME, last_state
from kyket.orthography import fold
from kyket.timevalues import PartialDate

_STATES = regex.compile(r"(?:nước|quốc\s+gia)(?!\p{L})", regex.IGNORECASE)
_MINISTRY = "bộ "
_FOR_A_STATE = ("bộ ngoại giao", *EMBASSIES)
_OPEN = (Rule.SALIENCE, Rule.PHRASE, Rule.OF)  # `Bản ghi nhớ A - B`: whose it is, not who signs


def of_ministers(
    cast: Cast, parties: tuple[Told[str], ...], signed: PartialDate | None, title: str
) -> tuple[Told[str], ...]:
    """The ministries of two states that the article leaves to be found, where it opens with their ministers.

    `Bộ trưởng Y tế X và Bộ trưởng Y tế Lào Y hội đàm. Hai bên ký bản ghi nhớ.`: what ministers sign binds
    their ministries. Foreign ministers speak for their states, and so does `hai nước`; what was signed in
    some year (`ký năm 1977`) is not of these talks, unless its name is on what the ministries do
    (`bản ghi nhớ về hợp tác quốc phòng năm 2011`).
    """
    if len(parties) != 2 or any(cast.is_org(p.value) or not cast.state(p.value) for p in parties):
        return parties
    if any(not _open(cast, party.grounds[-1]) for party in parties):
        return parties
    states = frozenset(party.value for party in parties)
    head = next((head for head, those in _talks(cast) if those == states), None)
    if head is None:
        return parties
    if (
        signed is not None
        and not signed.month
        and fold(head.lower().removeprefix(_MINISTRY)) not in fold(title)
    ):
        return parties
    return tuple(party.then(cast.body(head, party.value), Rule.EMPLOYERS) for party in parties)


def speaks_for_a_state(cast: Cast, body: str) -> bool:
    """Whether who is of a body acts for its state: a foreign minister, an ambassador."""
    return cast.low(body).startswith(_FOR_A_STATE)


def _open(cast: Cast, ground: Ground) -> bool:
    """Whether what told a party leaves open who signs."""
    words = cast.scene.text[slice(*ground.at)] if ground.at else ""
    return ground.rule in _OPEN and not (ground.rule is Rule.PHRASE and _STATES.search(words))


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
