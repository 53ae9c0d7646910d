"""What two entities have to do with each other, where they are weighed as the parties of an instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from kyket.agreements.kinds import GOVERNING, NO_MINISTRY, TIERS
from kyket.agreements.signs import Signs, Weight
from kyket.agreements.states import HOME, last_state

if TYPE_CHECKING:
    from kyket.agreements.parties import Cast


# What people of a body form, who sign with it.
_ASSOCIATIONS = ("công đoàn", "liên đoàn", "hội ", "hiệp hội", "đoàn ", "chi hội", "câu lạc bộ", "mạng lưới")

_GOVERNMENT = "chính phủ"


class _Name(Struct, frozen=True):
    """What the name of an entity tells of it, in small letters: its first and last words, a body's level."""

    id: str
    low: str
    is_org: bool
    first: list[str]
    last: list[str]
    tier: int | None


class Kinship(dict[frozenset[str], Weight | None]):
    """What the entities of an article have to do with one another, each two of them looked at once.

    By their names, sorts and countries; None where the two are one side: a place and a body that acts for it,
    a body and a part of it.
    """

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._names: dict[str, _Name] = {}

    def __missing__(self, pair: frozenset[str]) -> Weight | None:
        one, other = pair
        a, b = self._name(one), self._name(other)
        signs: Signs | None
        if a.is_org == b.is_org:
            signs = self._of_one_type(a, b)
        else:
            signs = self._of_body_and_place(a, b) if a.is_org else self._of_body_and_place(b, a)
        self[pair] = weight = None if signs is None else Weight.of(signs | self._abroad(one, other))
        return weight

    def _of_one_type(self, a: _Name, b: _Name) -> Signs | None:
        if _is_part(a, b) or _is_part(b, a) or self._of_one_state(a, b) or self._of_one_state(b, a):
            return None
        if a.low in b.low or b.low in a.low:
            return {"one within the other": 1.0}
        signs: Signs = {}
        if not a.is_org:
            return signs
        if a.last == b.last:
            signs["of one place"] = 1.0
            if a.low.startswith(GOVERNING) and b.low.startswith(GOVERNING):
                signs["authorities of one place"] = 1.0
        if self._cast.alike(a.low, b.low):
            signs["of one sort"] = 1.0
        if a.first == b.first:
            signs["of one name"] = 1.0
        if a.tier is not None and a.tier == b.tier:
            signs["of one level"] = 1.0
        return signs

    def _of_one_state(self, government: _Name, ministry: _Name) -> bool:
        """Whether two bodies are the government of a state and a ministry of it."""
        if not government.low.startswith(_GOVERNMENT) or not ministry.low.startswith("bộ "):
            return False
        if ministry.low.startswith(NO_MINISTRY):
            return False
        state = government.low.removeprefix(_GOVERNMENT).strip() or HOME.lower()
        return ministry.low.endswith(f" {state}") or (
            state == HOME.lower()
            and self._cast.country(ministry.id) == "VN"
            and last_state(self._cast.name(ministry.id)) is None
        )

    def _of_body_and_place(self, body: _Name, place: _Name) -> Signs | None:
        cast, pair = self._cast, (body.id, place.id)
        if cast.acts_for(*pair) or cast.represents(*pair) or cast.organ_of(*pair):
            return None
        if place.low in body.low or body.low in place.low:
            return {"one within the other": 1.0}
        signs = {"a body and a place": 1.0}
        if cast.stands_for(place.id, body.id):
            signs["a body and its place"] = 1.0
        return signs

    def _abroad(self, one: str, other: str) -> Signs:
        a, b = self._cast.country(one), self._cast.country(other)
        if a is not None and b is not None:
            return {"of two countries": float(a != b), "both abroad": float("VN" not in (a, b))}
        return {"one abroad": 1.0} if (a or b or "VN") != "VN" else {}

    def _name(self, entity: str) -> _Name:
        if (known := self._names.get(entity)) is None:
            low = self._cast.low(entity)
            words = low.split()
            is_org = self._cast.is_org(entity)
            known = _Name(entity, low, is_org, words[:2], words[-2:], _tier(low) if is_org else None)
            self._names[entity] = known
        return known


def _is_part(part: _Name, whole: _Name) -> bool:
    """Whether a body is a part of another, or the same by its full name: `Phòng Vật liệu Sở X`, `Hãng X`."""
    held = part.is_org and whole.is_org and part.low.endswith(f" {whole.low}")
    return held and not part.low.startswith(_ASSOCIATIONS)


def _tier(low: str) -> int | None:
    """How high up a body is, as its name in small letters tells: 0 for a state, 1 for a province and so on.

    Example:
        >>> _tier("huyện ủy minh hóa"), _tier("sở y tế tỉnh savannakhet"), _tier("bệnh viện mắt")
        (2, 1, None)
    """
    return next((n for n, words in enumerate(TIERS) if words.search(low)), None)
