"""What two entities have to do with each other, where they are weighed as the parties of an instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyket.agreements.kinds import GOVERNING, TIERS

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast


def kinship(cast: Cast, one: str, other: str) -> dict[str, float]:
    """What two entities have to do with each other, by their names, sorts and countries."""
    signs: dict[str, float] = {}
    a, b = cast.name(one).lower(), cast.name(other).lower()
    if a in b or b in a:
        signs["one within the other"] = 1.0
    elif cast.is_org(one) and cast.is_org(other):
        if a.split()[-2:] == b.split()[-2:]:
            signs["of one place"] = 1.0
            if a.startswith(GOVERNING) and b.startswith(GOVERNING):
                signs["authorities of one place"] = 1.0
        if cast.alike(a, b):
            signs["of one sort"] = 1.0
        if a.split()[:2] == b.split()[:2]:
            signs["of one name"] = 1.0
        if (tier := _tier(a)) is not None and tier == _tier(b):
            signs["of one level"] = 1.0
    elif cast.is_org(one) != cast.is_org(other):
        signs["a body and a place"] = 1.0
        if cast.stands_for(one, other) or cast.stands_for(other, one):
            signs["a body and its place"] = 1.0
    countries = [cast.country(id) for id in (one, other)]
    if None not in countries:
        signs["of two countries"] = float(countries[0] != countries[1])
        signs["both abroad"] = float("VN" not in countries)
    elif any(country not in (None, "VN") for country in countries):
        signs["one abroad"] = 1.0
    return signs


def one_side(cast: Cast, one: str, other: str) -> bool:
    """Whether one is a place and the other a body that acts for it: they are one side."""
    if cast.is_org(one) == cast.is_org(other):
        return False
    body, place = (one, other) if cast.is_org(one) else (other, one)
    return cast.acts_for(body, place) or cast.represents(body, place) or cast.ministry_of(body, place)


def _tier(low: str) -> int | None:
    """How high up a body is, as its name in small letters tells: 0 for a state, 1 for a province and so on.

    Example:
        >>> _tier("huyện ủy minh hóa"), _tier("sở y tế tỉnh savannakhet"), _tier("bệnh viện mắt")
        (2, 1, None)
    """
    return next((n for n, words in enumerate(TIERS) if words.search(low)), None)
