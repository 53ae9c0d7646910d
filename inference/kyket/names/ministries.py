"""Ministries that a text leaves out of the office of a minister, or names without their state.

`Bộ trưởng Y tế [A] … Thứ trưởng [B]`: B is of the ministry that A leads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import regex

from kyket.document import Entity
from kyket.names import organizations, people

_MINISTER = regex.compile(
    r"(?:trợ lý |phó thủ tướng(?: kiêm|,) )?(?:bộ trưởng|thứ trưởng)(?!\p{L}).*", regex.IGNORECASE
)


def abroad(person: Entity, body: str) -> str | None:
    """The ministry of a minister with a foreign name, where `body` leaves out of what state it is; else None.

    `Bộ trưởng Quốc phòng [A]` of a story on Poland is not of the ministry of Vietnam that it names too.
    """
    if not _MINISTER.fullmatch(person.role or "") or people.is_of_vietnam(person.name):
        return None
    name = organizations.parse(body)
    return name.full if name.full.startswith("Bộ ") and name.country is None else None


def of_colleagues(persons: Sequence[Entity], bodies: Mapping[str, Entity]) -> dict[str, str]:
    """The ministries of ministers who are named without: that of the others who are of the same country.

    `Bộ trưởng Y tế [A] … Thứ trưởng [B]`: B is of Bộ Y tế, if no other ministry has anybody in the story.

    Args:
        persons: The people of the article, with the roles and bodies read so far.
        bodies: The organisations of the article, by id.

    Returns:
        The id of the ministry, by the id of the person.
    """
    known: defaultdict[bool, set[str]] = defaultdict(set)
    led: set[str] = set()
    bare: list[tuple[Entity, bool]] = []
    for person in persons:
        if not _MINISTER.fullmatch(person.role or ""):
            continue
        at_home = people.is_of_vietnam(person.name)
        if person.organization is None:
            bare.append((person, at_home))
        elif (body := bodies.get(person.organization)) and body.name.startswith("Bộ "):
            known[body.country in (None, "VN")].add(body.id)
            if _leads(person):
                led.add(body.id)
    found: dict[str, str] = {}
    for person, at_home in bare:
        if len(known[at_home]) == 1 and not (_leads(person) and known[at_home] & led):
            found[person.id] = next(iter(known[at_home]))
    return found


def _leads(person: Entity) -> bool:
    return (person.role or "").casefold().startswith("bộ trưởng")
