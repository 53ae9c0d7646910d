"""Which two states `hai nước` are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kyket.names import find_place

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast
    from kyket.agreements.scene import Scene

HOME = "Việt Nam"
_FOREIGN = 2
_WORDS_OF_STATE = 3


class States:
    """The states that an article speaks of."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self._scene = scene
        self._cast = cast
        self._main: list[str] = []
        self._named: tuple[dict[str, float], float] | None = None

    def main(self) -> list[str]:
        """Home and the state that the article speaks of most, or two states where home is hardly named."""
        if self._main:
            return self._main
        found, at_home = self._weigh()
        abroad = [state for state in sorted(found, key=lambda state: -found[state]) if state != HOME]
        if len(abroad) < 2 or found[abroad[1]] < _FOREIGN * at_home:
            abroad.insert(0, HOME)
        self._main = [self._cast.imply(state) for state in abroad[:2]]
        return self._main

    def at_home(self) -> bool:
        """Whether the article names no state more often than home and what is there."""
        found, at_home = self._weigh()
        return all(weight <= at_home for state, weight in found.items() if state != HOME)

    def _weigh(self) -> tuple[dict[str, float], float]:
        """How often the article names each state, and anything that is at home."""
        if self._named is None:
            cast = self._cast
            found: dict[str, float] = defaultdict(float)
            at_home = 0.0
            for entity in self._scene.entities.values():
                weight = cast.weight(entity.id)
                at_home += weight * (cast.country(entity.id) == "VN")
                if entity.type == "LOC" and (state := cast.state(entity.id)):
                    found[state] += weight + 0.5 * bool(entity.mentions)
                elif entity.type == "ORG" and (state := last_state(cast.name(entity.id))):
                    found[state] += 0.1 * weight  # named only as a part of its bodies' names
            self._named = found, at_home
        return self._named

    def meant(self, number: int, offset: int) -> Sequence[str]:
        """Those named in the sentence before `offset`, or meeting in the sentence before, else `main`."""
        for sentence in self._scene.sentences[max(0, number - 1) : number + 1][::-1]:
            named = dict.fromkeys(
                piece.entity
                for piece in sentence.pieces
                if piece.label == "LOC"
                and piece.start < offset
                and piece.entity
                and self._cast.state(piece.entity)
            )
            if named:
                met = sentence.number == number or any(p.label == "MEETING" for p in sentence.pieces)
                return tuple(named) if met and len(named) == 2 else self.main()
        return self.main()

    def of_each(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """`hai Bộ trưởng`, of `Bộ Quốc phòng` and `Bộ Quốc phòng Lào`: that of home is spelled out too."""
        names = [self._cast.name(id) for id in ids]
        return tuple(
            self._cast.imply(f"{name} {HOME}")
            if last_state(name) is None and any(other.startswith(f"{name} ") for other in names)
            else id
            for id, name in zip(ids, names, strict=True)
        )


def last_state(name: str) -> str | None:
    """The state that the name of a body ends with."""
    words = name.split()
    tails = (" ".join(words[-n:]) for n in range(min(_WORDS_OF_STATE, len(words) - 1), 0, -1))
    named = (tail for tail in tails if tail[0].isupper())  # the `an` of `Công an` is not `Ấn`
    return next((tail for tail in named if (place := find_place(tail)) and place.kind == "nước"), None)
