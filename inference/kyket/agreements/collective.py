"""Collective agreements: between an enterprise and its union, of which the text may name one."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from kyket.agreements.grounds import Rule, Told
from kyket.agreements.kinds import ENTERPRISE, UNION_OF_COMPANY
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import UNION

_UNION_HEAD = regex.compile(r"Công\s+đoàn\s+", regex.IGNORECASE)


def employment(parties: tuple[Told[str], ...], cast: Cast) -> tuple[Told[str], ...]:
    """The union and the enterprise, the one that the text does not name told by the other; else nothing."""
    named = {party.value: party for party in parties}
    for party in parties:
        if (enterprise := _enterprise(party.value, cast)) is not None:
            return (party, named.get(enterprise) or party.then(enterprise, Rule.ENTERPRISE))
    for party in parties:
        union = _union_of(party.value, [other for other in named if other != party.value], cast)
        if union is not None:
            return (party.then(union, Rule.ENTERPRISE), party)
    return ()


def _enterprise(union: str, cast: Cast) -> str | None:
    """The enterprise whose union a body is."""
    head = UNION_OF_COMPANY.match(cast.name(union)) if cast.is_org(union) else None
    return cast.imply(cast.name(union)[head.end() :]) if head else None


def _union_of(enterprise: str, others: Sequence[str], cast: Cast) -> str | None:
    """The union of an enterprise; None where one of the others is it (`Công đoàn Đường sắt Việt Nam`)."""
    name = cast.name(enterprise)
    if not cast.is_org(enterprise) or not ENTERPRISE.match(name):
        return None
    for other in others:
        head = _UNION_HEAD.match(cast.name(other))
        if head and cast.name(other)[head.end() :].lower() in name.lower():
            return None
    return cast.imply(f"Công đoàn {name}")


def between_parties(scene: Scene, sentence: Sentence, agreement: Piece) -> bool:
    """Whether a collective agreement is told as one of a union or enterprise, not as a kind of document."""
    return "hai bên" in scene.text[sentence.start : sentence.end].lower() or any(
        piece.label == "ORG"
        and (
            UNION.match(scene.text[piece.start : piece.end])
            or scene.text[agreement.end : piece.start].strip() == "của"
        )
        for piece in sentence.pieces
    )
