"""`hai Đảng`: the Communist Party of Vietnam, which no article need name, and the party that it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast

_HOME = "Đảng Cộng sản Việt Nam"
_PARTY = regex.compile(r"(?<!\p{L})Đảng\s+(?!bộ(?!\p{L})|ủy(?!\p{L})|đoàn(?!\p{L}))\p{Lu}.*$")
# Of which there is one, at home: an article that names them tells of the party that they are of.
_ITS_BODIES = frozenset(
    (
        *("trung ương đảng", "ban chấp hành trung ương đảng", "bộ chính trị", "ban bí thư"),
        *("ban đối ngoại trung ương", "ban tổ chức trung ương", "ban tuyên giáo trung ương", _HOME.lower()),
    )
)
_BACK, _AHEAD = 30, 6


def two_parties(cast: Cast, number: int) -> tuple[str, ...]:
    """That of home and the one named last up to a sentence, by itself or in the name of a body of it."""
    bodies = [entity.id for entity in cast.scene.entities.values() if entity.type == "ORG"]
    if not any(cast.low(body) in _ITS_BODIES for body in bodies):
        return ()
    sentences = cast.scene.sentences
    before, behind = sentences[max(0, number - _BACK) : number + 1], sentences[number + 1 : number + _AHEAD]
    for sentence in (*reversed(before), *behind):
        for piece in reversed(sentence.pieces):
            if piece.label != "ORG" or piece.entity not in cast.scene.entities:
                continue
            assert piece.entity is not None
            other = _PARTY.search(cast.name(piece.entity))
            if other and other.group() != _HOME:
                return cast.imply(_HOME), cast.imply(other.group())
    return ()
