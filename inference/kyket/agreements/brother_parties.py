"""`hai Đảng`: the Communist Party of Vietnam, which no article need name, and the party that it speaks of."""

from __future__ import annotations

from functools import cached_property
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


class BrotherParties:
    """The two that `hai Đảng` stand for, by sentence."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known: dict[int, tuple[str, ...]] = {}

    def meant(self, number: int) -> tuple[str, ...]:
        """That of home and the one named last up to a sentence, by itself or in the name of a body of it.

        None where a sentence names two others: `Đảng A gặp Đảng B. Hai đảng …`.
        """
        if number not in self._known:
            self._known[number] = self._find(number) if self._is_told_of else ()
        return self._known[number]

    @cached_property
    def _is_told_of(self) -> bool:
        """Whether the article names the party of home, or a body of it."""
        entities = self._cast.scene.entities.values()
        return any(e.type == "ORG" and self._cast.low(e.id) in _ITS_BODIES for e in entities)

    def _find(self, number: int) -> tuple[str, ...]:
        sentences = self._cast.scene.sentences
        before = sentences[max(0, number - _BACK) : number + 1]
        for sentence in (*reversed(before), *sentences[number + 1 : number + _AHEAD]):
            bodies = [piece.entity for piece in sentence.pieces if piece.label == "ORG" and piece.entity]
            found = [match.group() for body in bodies if (match := _PARTY.search(self._cast.name(body)))]
            others = dict.fromkeys(name for name in found if name != _HOME)
            if others:
                pair = (_HOME, *others)
                return tuple(self._cast.imply(name) for name in pair) if len(pair) == 2 else ()
        return ()
