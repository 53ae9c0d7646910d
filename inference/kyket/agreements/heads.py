"""Names that go with the phrase or the name behind them: `Bộ Y tế hai nước`, `hãng xe Lào - Kalimba`."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import regex
from msgspec.structs import replace

from kyket.agreements.kinds import PLACES_OF
from kyket.agreements.scene import Scene
from kyket.agreements.vocabulary import SHARING
from kyket.names import find_place

if TYPE_CHECKING:
    from kyket.agreements.grouping import Actor

_SMALL = regex.compile(r"(?:\p{Ll}+\s+)+")
_DASHES = (" - ", " – ", " — ")


def with_heads(scene: Scene, found: list[Actor]) -> list[Actor]:
    """The actors, a name that is the head of the phrase behind it in one with it: `[Bộ Y tế] hai nước`."""
    if len(found) < 2:
        return found
    merged: list[Actor] = []
    for actor, following in zip_longest(found, found[1:]):
        last = merged[-1] if merged else None
        if last and last.kind == actor.kind == "ORG" and _describes(scene, last, actor):
            merged[-1] = replace(actor, start=last.start)
            continue
        if (
            last
            and last.kind == "ORG"
            and actor.kind == "GROUP"
            and (actor.noun.lower() in SHARING or _lists_places(scene, actor, following))
            and scene.text[last.end : actor.start].strip() in ("", "của")
        ):
            head = scene.text[last.start : last.end]
            merged[-1] = replace(actor, start=last.start, head=head)
        else:
            merged.append(actor)
    return merged


def _lists_places(scene: Scene, phrase: Actor, following: Actor | None) -> bool:
    """`hai tỉnh Nghệ An và Hà Tĩnh`, behind the one name of the bodies there."""
    return (
        following is not None
        and following.kind == "LOC"
        and phrase.noun.lower() in PLACES_OF
        and not scene.text[phrase.end : following.start].strip()
    )


def _describes(scene: Scene, last: Actor, actor: Actor) -> bool:
    """Whether common nouns and a state only say what the body behind the dash is: `hãng xe Lào - Kalimba`."""
    if scene.text[last.end : actor.start] not in _DASHES or not scene.text[actor.start].isupper():
        return False
    nouns = _SMALL.match(scene.text, last.start, last.end)
    place = find_place(scene.text[nouns.end() : last.end]) if nouns else None
    return place is not None and place.kind == "nước"
