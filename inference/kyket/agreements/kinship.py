"""What two entities have to do with each other, where they are weighed as the parties of an instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyket.agreements.kinds import GOVERNING, TIERS
from kyket.agreements.signs import Signs, Weight

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast


class Kin(NamedTuple):
    """What two entities have to do with each other.

    Attributes:
        weight: By their names, sorts and countries.
        one_side: Whether one is a place and the other a body that acts for it.
    """

    weight: Weight
    one_side: bool


class Kinship:
    """What the entities of an article have to do with one another, each two of them looked at once."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._found: dict[frozenset[str], Kin] = {}
        self._tiers: dict[str, int | None] = {}

    def of(self, pair: frozenset[str]) -> Kin:
        """What two entities have to do with each other."""
        if (kin := self._found.get(pair)) is None:
            weight = Weight.of(self._signs(*pair))
            self._found[pair] = kin = Kin(weight, self._one_side(*pair))
        return kin

    def _signs(self, one: str, other: str) -> Signs:
        cast = self._cast
        signs: Signs = {}
        a, b = cast.low(one), cast.low(other)
        if a in b or b in a:
            signs["one within the other"] = 1.0
        elif cast.is_org(one) != cast.is_org(other):
            signs["a body and a place"] = 1.0
            if cast.stands_for(one, other) or cast.stands_for(other, one):
                signs["a body and its place"] = 1.0
        elif cast.is_org(one):
            of_a, of_b = a.split(), b.split()
            if of_a[-2:] == of_b[-2:]:
                signs["of one place"] = 1.0
                if a.startswith(GOVERNING) and b.startswith(GOVERNING):
                    signs["authorities of one place"] = 1.0
            if cast.alike(a, b):
                signs["of one sort"] = 1.0
            if of_a[:2] == of_b[:2]:
                signs["of one name"] = 1.0
            if (tier := self._tier(a)) is not None and tier == self._tier(b):
                signs["of one level"] = 1.0
        countries = [cast.country(one), cast.country(other)]
        if None not in countries:
            signs["of two countries"] = float(countries[0] != countries[1])
            signs["both abroad"] = float("VN" not in countries)
        elif any(country not in (None, "VN") for country in countries):
            signs["one abroad"] = 1.0
        return signs

    def _one_side(self, one: str, other: str) -> bool:
        cast = self._cast
        if cast.is_org(one) == cast.is_org(other):
            return False
        body, place = (one, other) if cast.is_org(one) else (other, one)
        return cast.acts_for(body, place) or cast.represents(body, place) or cast.ministry_of(body, place)

    def _tier(self, low: str) -> int | None:
        if low not in self._tiers:
            self._tiers[low] = _tier(low)
        return self._tiers[low]


def _tier(low: str) -> int | None:
    """How high up a body is, as its name in small letters tells: 0 for a state, 1 for a province and so on.

    Example:
        >>> _tier("huyện ủy minh hóa"), _tier("sở y tế tỉnh savannakhet"), _tier("bệnh viện mắt")
        (2, 1, None)
    """
    return next((n for n, words in enumerate(TIERS) if words.search(low)), None)
