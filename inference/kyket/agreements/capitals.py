"""Capitals: the press calls a state that acts by the name of its capital (`Bắc Kinh và Moskva ký …`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import regex

from kyket.agreements.scene import Piece, Scene, Sentence
from kyket.agreements.vocabulary import CITY_BEFORE
from kyket.names import find_place

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast

_TITLE = 30
_CITY = ("thủ đô", "thành phố")
# An article on twin cities calls cities by their names.
_TWINS = regex.compile(r"(?<!\p{L})(?:kết\s+nghĩa|hai\s+(?:thành\s+phố|thủ\s+đô))(?!\p{L})", regex.IGNORECASE)


def seats_of_states(
    text: str, places: Mapping[str, str], weight: Mapping[str, int], bodies: Iterable[str]
) -> dict[str, str]:
    """The state that each capital abroad is written for, where the article speaks of the state more.

    Args:
        text: The article.
        places: Ids of the places of the article, with their names.
        weight: How often the article names each.
        bodies: Names of its organisations in small letters; one of the city shows that the city is meant.
    """
    known = {id: place for id, name in places.items() if (place := find_place(name))}
    if all(place.kind != "thủ đô" for place in known.values()) or _TWINS.search(text):
        return {}
    states = {place.country: id for id, place in known.items() if place.kind == "nước"}
    names = tuple(bodies)
    return {
        id: state
        for id, place in known.items()
        if place.kind == "thủ đô"
        and (state := states.get(place.country))
        and weight[state] >= weight[id]
        and not any(name.endswith(tuple(f"{city} {places[id].lower()}" for city in _CITY)) for name in names)
    }


def is_town(name: str) -> bool:
    """Whether a place is a province, city or district of Việt Nam: beside it a capital is a city too."""
    known = find_place(name)
    return known is not None and known.country == "VN" and known.kind != "nước"


def is_a_city_here(scene: Scene, sentence: Sentence, capital: Piece, cast: Cast) -> bool:
    """Whether a capital is called a city, or stands beside a town of home, and so for no state."""
    before = scene.text[max(sentence.start, capital.start - _TITLE) : capital.start]
    return CITY_BEFORE.match(before) is not None or any(
        piece.entity and cast.is_town(piece.entity) for piece in sentence.pieces
    )
