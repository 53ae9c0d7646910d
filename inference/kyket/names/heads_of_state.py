"""The states of their heads and foreign ministers that the article tells apart from their names.

`Thủ tướng [A] hội đàm … Thủ tướng [Lào] cho biết`: A is of Lào, if no other prime minister may be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import regex

from kyket.document import Entity
from kyket.names import clauses, people, titles
from kyket.names.mentions import Mention

_HEAD = regex.compile(
    r"(?P<office>tổng thống|thủ tướng|quốc vương|nhà vua|nữ hoàng|ngoại trưởng)(?: chính phủ)?",
    regex.IGNORECASE,
)
# Before an office that nobody, or not who holds it now, is called by.
_NOBODY = regex.compile(
    r"(?<!\p{L})(?:các|những|nhiều|bầu(?: cử)?|tranh cử|ứng (?:cử )?viên|ứng cử|chức|ghế|vị trí"
    r"|cương vị|nhiệm kỳ|thành)\s$",
    regex.IGNORECASE,
)
MINISTRY = {"ngoại trưởng": "Bộ Ngoại giao"}
"""Of what body of the state an office is, where not of the state itself."""


def office(role: str | None) -> str | None:
    """The office of a head of state or government, or of a foreign minister, in small letters; else None."""
    match = _HEAD.fullmatch(role or "")
    return match["office"].lower() if match else None


def states(
    mentions: Sequence[Mention], owner: Mapping[int, Entity], persons: Sequence[Entity]
) -> dict[str, Entity]:
    """The states of those of `persons` who are heads of one that stands nowhere beside their names.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
        persons: The people of the article, with the roles and bodies read so far.

    Returns:
        The entity of the state, by the id of the person.
    """
    bare: defaultdict[tuple[str, bool], list[Entity]] = defaultdict(list)
    office_of: dict[str, tuple[str, bool]] = {}
    taken: set[tuple[str, str]] = set()
    for person in persons:
        if held := office(person.role):
            if person.organization is None:
                office_of[person.id] = held, people.is_vietnamese(person.name)
                bare[office_of[person.id]].append(person)
            else:
                taken.add((held, person.organization))
    calls: list[tuple[str, Entity, int]] = []
    named: set[tuple[tuple[str, bool], int]] = set()  # who is named in which clause
    clause = 0
    for m in mentions if bare else ():
        clause += clauses.CLAUSE_END.search(m.before) is not None
        entity = owner[m.at]
        if entity.id in office_of:
            named.add((office_of[entity.id], clause))
        elif m.label == "LOC" and entity.country and (held := _called_by(m)):
            calls.append((held, entity, clause))
    called: defaultdict[tuple[str, bool], dict[str, Entity]] = defaultdict(dict)
    for held, state, clause in calls:
        key = held, state.country == "VN"
        called[key][state.id] = state
        if (key, clause) in named:
            taken.add((held, state.id))  # `Tổng thống [A] tiếp Tổng thống [Ba Lan]` are two
    found: dict[str, Entity] = {}
    for (held, at_home), of_office in bare.items():
        left = [state for id, state in called[held, at_home].items() if (held, id) not in taken]
        if len(of_office) == len(left) == 1:
            found[of_office[0].id] = left[0]
    return found


def _called_by(state: Mention) -> str | None:
    """The office of the head of a state that is called by it: `Thủ tướng nước [Lào] cho biết`."""
    before = state.before.removesuffix("nước ").removesuffix("của ")
    title = titles.at_end(before)
    if not title or title.kind != "post" or _NOBODY.search(before[: title.start]):
        return None
    return office(title.role)
