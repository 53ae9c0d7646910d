"""`người đồng cấp [Lào] [A]`: who holds the office of the person named before, in another state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import regex

from kyket.document import Entity
from kyket.names import organizations, titles
from kyket.names.mentions import Mention, next_of, previous_of
from kyket.names.tails import Role

_PEER = regex.compile(r"đồng (?:cấp|nhiệm)", regex.IGNORECASE)
_WORDS = rf"(?<!\p{{L}})(?:người )?{_PEER.pattern}(?: (?:của|từ|phía|bên|đến từ|nước|nước bạn|nước chủ nhà))*"
# `match` begins at the end of the text.
_BEFORE = regex.compile(rf"{_WORDS}[\s,]*$", regex.IGNORECASE | regex.REVERSE)
_BEHIND = regex.compile(rf"\s*[,(–-]\s*{_WORDS}\s*", regex.IGNORECASE)
_SENTENCE_END = regex.compile(r"[\n!?;]|(?<!\b(?:TP|TS|GS|PGS|ThS))\.\s")
# Bodies that every state has by the same name.
_OF_EVERY_STATE = regex.compile(
    r"(?:Bộ|Chính phủ|Quốc hội|Thượng viện|Hạ viện|Văn phòng Chính phủ|Văn phòng Quốc hội|Đại sứ quán) ?"
)
_LOOK = 8
_LONGEST_CHAIN = 8  # of counterparts of counterparts


class Counterparts:
    """Reads the roles of those who are said to be somebody's counterparts.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
        role_of: Reads the role of the person with these mentions.
    """

    def __init__(
        self,
        mentions: list[Mention],
        owner: Mapping[int, Entity],
        role_of: Callable[[list[int]], Role | None],
    ) -> None:
        self.mentions = mentions
        self.owner = owner
        self._role_of = role_of
        self._peers: dict[str, Role | None] = {}  # by entity, of those who have counterparts
        self._chain = 0  # how many counterparts of counterparts are being read
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        for at, entity in owner.items():
            self._members[entity.id].append(at)

    def role(self, m: Mention) -> Role | None:
        """The role of `người đồng cấp [Lào] A`: that of the person named before, held in the other state."""
        found = _find(self.mentions, m)
        if found is None:
            return None
        peer, place = found
        entity = self.owner[peer.at]
        if entity.id not in self._peers:
            if self._chain == _LONGEST_CHAIN:
                return None
            self._peers[entity.id] = None  # two who are each other's tell nothing
            self._chain += 1
            self._peers[entity.id] = self._role_of(self._members[entity.id])
            self._chain -= 1
        role = self._peers[entity.id]
        if role is None:
            return None
        held_in = None if role.organization is None else self.owner[role.organization]
        body = role.body or (held_in.name if held_in and held_in.type == "ORG" else None)
        return _held_by_peer(role, body, place)


def _find(mentions: list[Mention], m: Mention) -> tuple[Mention, Mention | None] | None:
    """The person whose counterpart `m` is said to be, and the place named with it; None where it is none."""
    place = None
    previous, following = previous_of(mentions, m), next_of(mentions, m)
    if previous and previous.label == "LOC" and _BEFORE.match(previous.before) and not _lead(m).strip(" ,("):
        place = start = previous
    elif _PEER.search(m.before) and _BEFORE.match(_lead(m)):
        start = m
    elif following and following.label == "LOC" and _BEHIND.fullmatch(m.after):
        place, start = following, m
    else:
        return None
    peer = _person_before(mentions, start)
    return (peer, place) if peer else None


def _lead(m: Mention) -> str:
    """The text before a name and its honorifics."""
    return titles.strip_lead(m.before)[0]


def _person_before(mentions: list[Mention], m: Mention) -> Mention | None:
    for _ in range(_LOOK):
        previous = previous_of(mentions, m)
        if previous is None or _SENTENCE_END.search(m.before):
            return None
        if previous.label == "PER":
            return previous
        m = previous
    return None


def _held_by_peer(peer: Role, body: str | None, place: Mention | None) -> Role | None:
    """The role of the counterpart of somebody with the role `peer`.

    Args:
        peer: The role of the other person.
        body: The name of the body that it is held in, or None where that is a place or nothing.
        place: The place of the counterpart, or None.
    """
    if not peer.role or peer.kind != "post":
        return None
    if body is None:
        return Role(peer.role, peer.kind, place.at if place else None)
    if place is None:
        return Role(peer.role, peer.kind)
    stem = _without_state(body)
    if not _OF_EVERY_STATE.match(stem):
        return Role(peer.role, peer.kind, elsewhere=True)
    return Role(peer.role, peer.kind, place.at, f"{stem} {place.name}")


def _without_state(body: str) -> str:
    name = organizations.parse(body)
    return body.removesuffix(name.place or "").rstrip() if name.country else body
