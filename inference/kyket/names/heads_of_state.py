"""The states of their heads and ministers that the article tells apart from their names.

`Thủ tướng [A] hội đàm … Thủ tướng [Lào] cho biết`: A is of Lào, if no other prime minister may be meant.
Where nobody is called so, whoever has a foreign name is of the foreign state that the story tells of before:
`[Ba Lan] ký … Tổng thống [A] nói`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

import regex

from kyket.document import Entity
from kyket.names import clauses, people, places, titles
from kyket.names.bodies import DELEGATION
from kyket.names.mentions import Mention

_HEAD = regex.compile(
    r"(?P<office>tổng thống|thủ tướng|quốc vương|nhà vua|nữ hoàng|toàn quyền|ngoại trưởng"
    r"|(?:nhà )?lãnh đạo(?: tối cao)?)(?: chính phủ)?",
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
# Of a story's two heads, who are called by their offices, each mostly leads a state of his own.
_LEADS = frozenset({"tổng thống", "thủ tướng", "quốc vương", "nhà vua", "nữ hoàng", "lãnh đạo"})
# Before a state that somebody goes to, or that is not his own.
_GOES_TO = regex.compile(
    r"(?:(?<!\p{L})(?:thăm(?: chính thức| cấp nhà nước)?|tới|đến|sang|rời|với|gặp|tại|ở|cho)(?: nước)? |\()$",
    regex.IGNORECASE,
)
# Before a state of which others speak than the one who is spoken of.
_SPEAKS = regex.compile(
    r"(?<!\p{L})(?:báo(?: chí| giới)?|truyền thông|hãng tin|(?:giới|quan) chức|lãnh đạo|đồng cấp"
    r"|bộ ngoại giao)(?: nước)? $",
    regex.IGNORECASE,
)
# Before somebody listed with the one before: `ở phía [Ba Lan] có Thủ tướng [B] và Bộ trưởng Quốc phòng [A]`.
_LISTED = regex.compile(r"\s*(?:[,;]|và|cùng)(?!\p{L})", regex.IGNORECASE)
# Before the head of a state that others turn on: `[Mỹ] muốn lật đổ Tổng thống [A]`.
_AGAINST = regex.compile(
    r"(?<!\p{L})(?:lật đổ|chống|làm suy yếu|gây (?:sức ép|áp lực))(?!\p{L})[^,;.\n]{0,40}$", regex.IGNORECASE
)
_AND = regex.compile(r"\s*(?:và|,)\s*")
_SEVERAL = regex.compile(r"(?:hai|ba) ", regex.IGNORECASE)  # a title takes them for what someone is called
# Between states whose leadership is spoken of: `lãnh đạo [Pháp] và [Đức] phản đối`.
_WITH_STATE = regex.compile(r"\s*(?:và|cùng|[,–-])\s*")
_OF = regex.compile(r"\s*của(?: nước)?\s*", regex.IGNORECASE)
# Before the state that guests visit, and before whoever there asked them to come or receives them.
_VISITS = regex.compile(r"(?<!\p{L})thăm(?: \p{Ll}+| Nhà){0,7} $", regex.IGNORECASE)
_HOST = regex.compile(
    r"(?<!\p{L})(?P<asked>lời mời của|hội kiến(?: với)?|chào xã giao|yết kiến)(?: \p{L}+){1,5} $",
    regex.IGNORECASE,
)
_BACK = 12  # mentions before the sentence


def office(role: str | None) -> str | None:
    """The office of a head of state or government, or of a foreign minister, in small letters; else None."""
    match = _HEAD.fullmatch(role or "")
    held = match["office"].lower() if match else None
    return "lãnh đạo" if held == "nhà lãnh đạo" else held


def states(
    mentions: Sequence[Mention],
    owner: Mapping[int, Entity],
    persons: Sequence[Entity],
    ministers: Collection[str],
    bodies: Mapping[str, Entity],
) -> dict[str, Entity]:
    """The states of those of `persons` who hold an office of one that stands nowhere beside their names.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
        persons: The people of the article, with the roles and bodies read so far.
        ministers: The ids of those who are ministers of a foreign state that is not told.
        bodies: The organisations of the article, by id.

    Returns:
        The entity of the state, by the id of the person.
    """
    found, taken = _called(mentions, owner, persons, bodies)
    left = [p for p in persons if p.id in ministers or (office(p.role) and p.organization is None)]
    left = [p for p in left if p.id not in found and not people.is_of_vietnam(p.name)]
    left = [p for p in left if office(p.role) != "lãnh đạo"]  # who may lead anything
    if left:
        own = _OwnStates(mentions, owner, {p.id: office(p.role) or p.role or "" for p in left})
        for person in left:
            held = office(person.role) or ""
            heads = _LEADS if held in _LEADS else {held}
            state = own.of(person)
            if state and not any((head, state.id) in taken for head in heads):
                found[person.id] = state
                if held:
                    taken.add((held, state.id))
    return found


def _called(
    mentions: Sequence[Mention],
    owner: Mapping[int, Entity],
    persons: Sequence[Entity],
    bodies: Mapping[str, Entity],
) -> tuple[dict[str, Entity], set[tuple[str, str]]]:
    """The states that heads are called by elsewhere, by person, and those whose head is known, by office."""
    bare: defaultdict[tuple[str, bool], list[Entity]] = defaultdict(list)
    office_of: dict[str, tuple[str, bool]] = {}
    taken: set[tuple[str, str]] = set()
    for person in persons:
        if held := office(person.role):
            if person.organization is None:
                office_of[person.id] = held, people.is_of_vietnam(person.name)
                bare[office_of[person.id]].append(person)
            else:
                taken.add((held, person.organization))
                body = bodies.get(person.organization)
                if body and held in MINISTRY:  # a foreign minister is of the ministry
                    taken |= {(held, state.id) for state in owner.values() if _has(state, body)}
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
    return found, taken | {
        (office(person.role) or "", found[person.id].id) for person in persons if person.id in found
    }


def _about(often: Counter[str]) -> str | None:
    """The state that a story names at least half as often again as any other; else None."""
    first, second = [*often.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if 2 * first[1] >= 3 * second[1] else None


class _OwnStates:
    """The foreign state that a story is about, where somebody with a foreign name is named.

    Args:
        mentions: All mentions of the article, in order.
        owner: The entity of each mention, by the mention's number.
        offices: The offices of those whose states are sought, by id.
    """

    def __init__(
        self, mentions: Sequence[Mention], owner: Mapping[int, Entity], offices: Mapping[str, str]
    ) -> None:
        abroad = [(m, owner[m.at]) for m in mentions if m.label == "LOC" and _is_abroad(owner[m.at])]
        self._of = {m.at - 1: state for m, state in abroad if _OF.fullmatch(m.before)}
        self._named = [(m, state) for m, state in abroad if not _GOES_TO.search(m.before)]
        self._numbers = [m.at for m, _ in self._named]
        self._joined = {m.at - 1 for m, _ in abroad if _AND.fullmatch(m.before)}
        self._visited = [(m, state) for m, state in abroad if _VISITS.search(m.before)]
        self._people = [m.at for m in mentions if m.label == "PER"]
        self._about = _about(Counter(state.id for _, state in self._named))
        self._first: dict[str, Mention] = {}
        self._clause: dict[int, int] = {}
        self._sentence: dict[int, int] = {}  # where the sentence begins: a list of many people may be one
        self._unsure: set[str] = set()  # who is named in one clause with another of the office
        here: dict[str, set[str]] = defaultdict(set)
        clause = sentence = 0
        for m in mentions:
            if ends := set(clauses.CLAUSE_END.findall(m.before)):
                here.clear()
                clause += 1
                sentence = m.at if ends - {";"} else sentence
            self._clause[m.at], self._sentence[m.at] = clause, sentence
            if held := offices.get(id := owner[m.at].id):
                self._first.setdefault(id, m)
                here[held].add(id)
                if len(here[held]) > 1:
                    self._unsure |= here[held]

    def of(self, person: Entity) -> Entity | None:
        """The state that was named last before `person`, if it is the one that the story is about.

        None for one of two in a clause who hold the office: either may be of the state.
        """
        first = self._first[person.id]
        if (state := self._of.get(first.at)) is not None:
            return state
        if self._visited and (host := _HOST.search(first.before)):
            return self._hosted(first, asked=host["asked"].lower().startswith("lời mời"))
        if person.id in self._unsure or _AGAINST.search(first.before):
            return None
        last = bisect_left(self._numbers, first.at) - 1
        if last < 0 or self._sentence[first.at] - self._numbers[last] > _BACK:
            return None
        m, state = self._named[last]
        return None if state.id != self._about or self._is_of_others(m, first) else state

    def _hosted(self, host: Mention, *, asked: bool) -> Entity | None:
        """The state of a host: `thăm [Ba Lan] theo lời mời của Tổng thống [A]`, `hội kiến Tổng thống [A]`.

        Whoever asks is of the state visited in the sentence, but of neither of `thăm [Lào] và [Séc]`; whoever
        receives of the only one in the story.
        """
        if not asked:
            return self._visited[0][1] if len({state.id for _, state in self._visited}) == 1 else None
        sentence = self._sentence[host.at]
        here = [(m, state) for m, state in self._visited if self._sentence[m.at] == sentence]
        near = [(m, state) for m, state in here if m.at < host.at][-1:] or here
        one = len({state.id for _, state in near}) == 1 and not any(m.at in self._joined for m, _ in near)
        return near[0][1] if one else None

    def _is_of_others(self, state: Mention, first: Mention) -> bool:
        """`Ngoại trưởng [Mỹ] gặp Tổng thống [A]`, `báo chí [Anh] viết rằng Tổng thống [A] …`."""
        if self._clause[state.at] != self._clause[first.at]:
            return False
        if (titles.at_end(state.before) and not DELEGATION.search(state.before)) or _SPEAKS.search(
            state.before
        ):
            return True
        others = bisect_left(self._people, first.at)
        another = others > 0 and self._people[others - 1] > state.at
        return another and not _LISTED.match(first.before)


def _is_abroad(place: Entity) -> bool:
    known = places.find(place.name) if place.country not in (None, "VN") else None
    return known is not None and known.kind == "nước"


def _has(state: Entity, ministry: Entity) -> bool:
    return state.type == "LOC" and _is_abroad(state) and state.country == ministry.country


def _called_by(state: Mention) -> str | None:
    """The office of the head of a state that is called by it: `Thủ tướng nước [Lào] cho biết`."""
    before = state.before.removesuffix("nước ").removesuffix("của ")
    title = titles.at_end(before)
    if not title or title.kind not in ("post", "delegation") or _NOBODY.search(before[: title.start]):
        return None
    held = office(title.role)
    several = _SEVERAL.match(before, title.start) or _WITH_STATE.fullmatch(state.after)
    return None if held == "lãnh đạo" and several else held
