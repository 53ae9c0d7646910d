"""The states of their heads and foreign ministers that the article tells apart from their names.

`Thủ tướng [A] hội đàm … Thủ tướng [Lào] cho biết`: A is of Lào, if no other prime minister may be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import regex

from kyket.document import Entity
from kyket.names import people, titles
from kyket.names.mentions import Mention

_HEAD = regex.compile(
    r"(?P<office>tổng thống|thủ tướng|quốc vương|nhà vua|nữ hoàng|ngoại trưởng)(?: chính phủ)?",
    regex.IGNORECASE,
)
MINISTRY = {"ngoại trưởng": "Bộ Ngoại giao"}
"""What a head of a state's body is of, where that is not the state."""


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
    taken: set[tuple[str, str]] = set()
    for person in persons:
        if held := office(person.role):
            if person.organization is None:
                bare[held, people.is_vietnamese(person.name)].append(person)
            else:
                taken.add((held, person.organization))
    called: defaultdict[tuple[str, bool], dict[str, Entity]] = defaultdict(dict)
    for m in mentions if bare else ():
        state = owner[m.at]
        if m.label == "LOC" and state.country and (held := _called_by(m)) and (held, state.id) not in taken:
            called[held, state.country == "VN"][state.id] = state
    return {
        of_office[0].id: next(iter(called[key].values()))
        for key, of_office in bare.items()
        if len(of_office) == 1 and len(called[key]) == 1
    }


def _called_by(state: Mention) -> str | None:
    """The office of the head of a state that is called by it: `Thủ tướng nước [Lào] cho biết`."""
    title = titles.at_end(state.before.removesuffix("nước ").removesuffix("của "))
    return office(title.role) if title and title.kind == "post" else None
