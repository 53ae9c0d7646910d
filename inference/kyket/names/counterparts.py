"""`người đồng cấp [Lào] [A]`: who holds the office of the person named before, in another state."""

from __future__ import annotations

import regex

from kyket.names import organizations, titles
from kyket.names.mentions import Mention, next_of, previous_of
from kyket.names.tails import Role

_WORDS = r"(?<!\p{L})(?:người )?đồng (?:cấp|nhiệm)(?: (?:của|từ|phía|bên|đến từ|nước|nước bạn))*"
_BEFORE = regex.compile(rf"{_WORDS}[\s,]*$", regex.IGNORECASE)
_BEHIND = regex.compile(rf"\s*[,(–-]\s*{_WORDS}\s*", regex.IGNORECASE)
_SENTENCE_END = regex.compile(r"[\n!?;]|(?<!\b(?:TP|TS|GS|PGS|ThS))\.\s")
# Bodies that every state has by the same name.
_OF_EVERY_STATE = regex.compile(
    r"(?:Bộ|Chính phủ|Quốc hội|Thượng viện|Hạ viện|Văn phòng Chính phủ|Văn phòng Quốc hội|Đại sứ quán) ?"
)
_LOOK = 8


def find(mentions: list[Mention], m: Mention) -> tuple[Mention, Mention | None] | None:
    """The person whose counterpart `m` is said to be, and the place named with it; None where it is none."""
    place = None
    text = titles.strip_lead(m.before)[0]
    previous, following = previous_of(mentions, m), next_of(mentions, m)
    if previous and previous.label == "LOC" and not text.strip(" ,(") and _BEFORE.search(previous.before):
        place = start = previous
    elif _BEFORE.search(text):
        start = m
    elif following and following.label == "LOC" and _BEHIND.fullmatch(m.after):
        place, start = following, m
    else:
        return None
    peer = _person_before(mentions, start)
    return (peer, place) if peer else None


def _person_before(mentions: list[Mention], m: Mention) -> Mention | None:
    for _ in range(_LOOK):
        previous = previous_of(mentions, m)
        if previous is None or _SENTENCE_END.search(m.before):
            return None
        if previous.label == "PER":
            return previous
        m = previous
    return None


def role_of(peer: Role, body: str | None, place: Mention | None) -> Role | None:
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
