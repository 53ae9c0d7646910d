"""Whom the article speaks of, and whom phrases such as `hai bên` stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kyket.agreements.brother_parties import BrotherParties
from kyket.agreements.capitals import is_town, seats_of_states
from kyket.agreements.kinds import (
    ACTING_FOR,
    AT_HOME,
    CLUBS,
    DEPARTMENTS,
    EMBASSIES,
    FIRMS,
    FITTING,
    GOVERNING,
    HARDLY_PARTY,
    INQUIRER,
    LEAGUES,
    LEVELS,
    LOCAL_GOVERNMENT,
    MEMBERSHIP,
    MINISTRIES,
    NO_ASSOCIATION,
    NO_BODY,
    NO_MINISTRY,
    NO_PARTY,
    OF_MINISTRY,
    OF_STATE,
    PLACES_OF,
    SEATS_OF_POWER,
    TIERS,
    UNION_OF,
    UNIONS_OF_PLACES,
    UNIT_OF,
)
from kyket.agreements.scene import Scene
from kyket.agreements.sources import sources
from kyket.agreements.states import HOME, States, last_state
from kyket.agreements.vocabulary import ANYONE, SHARING
from kyket.document import Entity
from kyket.names import expand, find_place
from kyket.names.places import is_commune
from kyket.orthography import canonical, fold

if TYPE_CHECKING:
    from kyket.agreements.antecedents import Antecedents
    from kyket.agreements.grouping import Group
    from kyket.agreements.salience import Salience

_UNION = "Liên minh châu Âu"
_OF_A_PERSON = "Hồ Chí Minh"  # so the city never goes without its level
LEAD = 4  # sentences
_ISLAND = "đảo "
_NEXT = 3
_NESTED = 4


class Cast:
    """The entities of the article, those it only implies, and the groups it has spoken of so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.sources = sources(scene)
        self.implied: list[Entity] = []
        self._by_name = {
            fold(name): entity.id
            for entity in scene.entities.values()
            if entity.type != "PER"
            for name in (*entity.aliases, entity.name)
        }
        for entity in scene.entities.values():  # `Mỹ` is `Hoa Kỳ` too
            place = find_place(entity.name) if entity.type == "LOC" else None
            if place and place.kind == "nước" and fold(place.name) not in fold(entity.name):
                self._by_name.setdefault(fold(place.name), entity.id)
        self._name = {id: canonical(e.name).text for id, e in scene.entities.items()}
        self._type = {id: e.type for id, e in scene.entities.items()}
        self._low = {id: name.lower() for id, name in self._name.items()}
        self._numbers = Counter(entity.type for entity in scene.entities.values())
        self._weight = self._mentions()
        places = {id: self._name[id] for id in self._weight if not self.is_org(id)}
        bodies = [low for id, low in self._low.items() if self.is_org(id)]
        self._seated = seats_of_states(scene.text, places, self._weight, bodies)
        self._whole: dict[str, str] = {}
        self._can_sign: dict[str, bool] = {}
        self._sorts: dict[str, frozenset[str]] = {}
        self._country = {entity.id: entity.country for entity in scene.entities.values()}
        self._seek_countries()
        self.salience: Salience | None = None
        self.antecedents: Antecedents | None = None
        self.lands = States(scene, self)
        self._brothers = BrotherParties(self)
        self.at = (0, 0)
        self.groups: dict[int, list[Group]] = {}  # those of each sentence, which records and events ask for

    def _mentions(self) -> Counter[str]:
        weight: Counter[str] = Counter()
        for sentence in self.scene.sentences:
            if sentence.proper:
                for piece in sentence.pieces:
                    if piece.entity and piece.label in ("ORG", "LOC") and not sentence.bracket(piece.start):
                        weight[piece.entity] += 3 if sentence.number < LEAD else 1
        return weight

    def acting(self, place: str) -> str:
        """The state that acts where its capital is said to: `Bắc Kinh ký`, in an article on Trung Quốc."""
        return self._seated.get(place, place)

    def is_town(self, entity: str) -> bool:
        """Whether an entity is a province, city or district of Việt Nam."""
        return self._type.get(entity) == "LOC" and is_town(self._name[entity])

    def _seek_countries(self) -> None:
        """What the brackets behind a name say of where its body is: `Viện X (Hà Lan)`."""
        for sentence in self.scene.sentences:
            if not sentence.brackets:
                continue
            for body, place in pairwise(sentence.pieces):
                if body.label != "ORG" or body.entity not in self._country or self._country[body.entity]:
                    continue
                bracket = sentence.bracket(place.start)
                if bracket and place.label == "LOC" and 0 <= bracket[0] - body.end < _NEXT:
                    known = find_place(self.scene.text[place.start : place.end])
                    self._country[body.entity] = known.country if known else None

    def whole(self, entity: str) -> str:
        """The body that an entity acts for: that of its board or unit, in full."""
        if entity not in self._whole:
            self._whole[entity] = whole = self._body_of(entity) if self.is_org(entity) else entity
            self._country.setdefault(whole, self._country.get(entity))
        return self._whole[entity]

    def _body_of(self, entity: str) -> str:
        name = self._name[entity]
        if state := SEATS_OF_POWER.get(self._low[entity]):
            return self.imply(state)
        if of := OF_MINISTRY.match(name):
            return self.imply(name[of.end() :])
        for _ in range(_NESTED):  # a unit of a board of …
            part = ACTING_FOR.match(name) or UNIT_OF.match(name)
            if part is None:
                break
            name = name[part.end() :]
            if school := self._by_name.get(fold(f"Trường {name}")):
                return school
            entity = self._by_name.get(fold(name), entity)
        if short := UNION_OF.match(name):
            place = " " + name[short.end() :].lower()
            for id, low in self._low.items():
                if self.is_org(id) and low.startswith(UNIONS_OF_PLACES) and low.endswith(place):
                    return id
        return self.imply(name) if name != self._name[entity] else entity

    def employer(self, person: str) -> str | None:
        """The body that a person works for, where it can sign; to be on a party's committee is no work."""
        body = self.scene.entities[person].organization
        if body is None or body not in self.scene.entities or not self.can_sign(body):
            return None
        return self.whole(body)

    def name(self, entity: str) -> str:
        """The canonical name of an entity."""
        return self._name[entity]

    def low(self, entity: str) -> str:
        """The canonical name of an entity in small letters."""
        return self._low[entity]

    def country(self, entity: str) -> str | None:
        """The country of an entity, where it is known."""
        return self._country.get(entity) or ("VN" if self._low[entity].startswith(AT_HOME) else None)

    def is_org(self, entity: str) -> bool:
        """True for organisations, also implied ones."""
        return self._type[entity] == "ORG"

    def state(self, entity: str) -> str | None:
        """The name of the state that a place is, as the article has it, if it is one."""
        name = self._name[entity]
        if self._type[entity] == "LOC" and (place := find_place(name)) and place.kind == "nước":
            return place.name if fold(place.name) in fold(name) else name
        return _UNION if name in (_UNION, "EU") else None

    def imply(self, name: str, *, place: bool = False) -> str:
        """The entity of that name, made where the text has none: a state or an organisation, or a `place`."""
        key = fold(name)
        if key not in self._by_name:
            known = find_place(name)
            if known and known.kind == "nước" and (spelled := self._by_name.get(fold(known.name))):
                return spelled
            kind = "LOC" if place or (known and known.kind == "nước") else "ORG"
            self._numbers[kind] += 1
            taken = self.scene.entities.keys() | {entity.id for entity in self.implied}
            while (id := f"{kind.lower()}-{self._numbers[kind]}") in taken:
                self._numbers[kind] += 1
            self.implied.append(Entity(id=id, type=kind, name=name))
            self._by_name[key] = id
            self._name[id], self._low[id], self._type[id] = name, name.lower(), kind
        return self._by_name[key]

    def fits(self, entity: str, noun: str) -> bool:
        """Whether a group noun (`hai trường`) may stand for the entity."""
        noun = " ".join(noun.lower().split())
        if noun in ANYONE:
            return True
        if noun in SHARING and self.state(entity):
            return True
        if noun in PLACES_OF and self._type[entity] == "LOC":
            known = find_place(self._name[entity])
            return self._name[entity][:1].isupper() and (known is None or known.kind in PLACES_OF[noun])
        low = self._low[entity]
        unlike = NO_MINISTRY if noun in MINISTRIES else NO_ASSOCIATION
        return low.startswith(FITTING.get(noun, (noun,))) and not low.startswith(unlike)

    def meant(self, noun: str, nearby: Iterable[str], partners: Iterable[str]) -> str | None:
        """Whom a common noun (`nhà trường`) stands for: one of those nearby, else that named most.

        For nobody sure where that is a partner, or of it: `hội ký với phía Đà Nẵng`.
        """
        noun = "công ty" if noun == "doanh nghiệp" else noun
        bodies = [id for id, _ in self._weight.most_common() if self.country(id) in ("VN", None)]
        meant = next((id for id in (*nearby, *bodies) if self.fits(id, noun)), None)
        if any(meant == one or (meant and self.stands_for(one, meant)) for one in partners):
            return None
        return meant

    def is_league(self, entity: str) -> bool:
        """Whether an entity is a league of states, whose members sign with one another."""
        return self._low[entity].startswith(LEAGUES)

    def inquires(self, entity: str) -> bool:
        """Whether an entity asks others about their contracts: the press, inspectors, the police."""
        return INQUIRER.match(self._low[entity]) is not None

    def can_sign(self, entity: str) -> bool:
        """False for bodies that people only are members of, for codes, and for places such as seas."""
        if entity not in self._can_sign:
            self._can_sign[entity] = self._may_sign(entity)
        return self._can_sign[entity]

    def _may_sign(self, entity: str) -> bool:
        low = self._low[entity]
        if self.is_org(entity):
            return not low.startswith((*MEMBERSHIP, *NO_BODY))
        if HARDLY_PARTY.match(low):
            return find_place(self._name[entity]) is not None or is_commune(self._name[entity])
        return not NO_PARTY.match(low)

    def body(self, head: str, place: str, level: str = "") -> str:
        """The organisation `head` of a place: one of the article, else an implied one."""
        head = expand(head) or head  # `(` is written out as nothing
        heads = FITTING.get(head.lower(), (head.lower(),))
        where = self.state(place) or self._name[place]
        low = where.lower()
        for id, name in self._low.items():
            if self.is_org(id) and name.startswith(heads) and name.endswith(low):
                return id
        if where == HOME and OF_STATE.match(head) and (own := self._at_home(head.lower())):
            return own
        implied = self.imply(" ".join(filter(None, (f"{head[0].upper()}{head[1:]}", level, where))))
        self._country.setdefault(implied, self._country.get(place))
        return implied

    def _at_home(self, head: str) -> str | None:
        """The body of home by its full name: `Bộ Văn hóa, Thể thao và Du lịch` of `hai Bộ Văn hóa`."""
        named = (id for id, low in self._low.items() if low.startswith((f"{head} ", f"{head},")))
        return next((id for id in named if self.is_org(id) and self._is_central(id)), None)

    def _is_central(self, body: str) -> bool:
        """Whether a body of home is none of a province or a district, as far as its name tells."""
        if self.country(body) not in ("VN", None) or last_state(self._name[body]) is not None:
            return False
        return not any(tier.search(self._low[body]) for tier in TIERS[1:])

    def stands_for(self, place: str, body: str) -> bool:
        """Whether a place may be written for an organisation of it (`Hà Nội` for its union)."""
        if self.is_org(place) or not self.is_org(body):
            return place == body
        low = self._low[place]
        if low in self._low[body]:
            return True
        home, country = self.scene.entities.get(place), self.country(body)
        return bool(home and country and country == home.country and self.state(place))

    def acts_for(self, body: str, place: str) -> bool:
        """Whether an organisation is the government of a place, or the party's committee there."""
        low, where = self._low[body], self._low[place]
        head = low.removesuffix(f" {where}")
        return self.is_org(body) and head != low and (head in LEVELS or head.startswith(GOVERNING))

    def may_be_meant(self, entity: str) -> bool:
        """Whether a sentence that leaves its parties open can mean it: an embassy speaks for its state."""
        low = self._low[entity]
        aside = low.startswith((*EMBASSIES, _ISLAND)) or low in CLUBS or entity in self.sources
        return not aside and self.can_sign(entity)

    def represents(self, body: str, state: str) -> bool:
        """Whether a body is an embassy or a consulate of a state."""
        low = self._low[body]
        return (
            self.is_org(body)
            and low.startswith(EMBASSIES)
            and low.startswith(tuple(f"{embassy} {self._low[state]}" for embassy in EMBASSIES))
        )

    def organ_of(self, body: str, place: str) -> bool:
        """Whether a body is a ministry or an agency of a state, or a department of a place, by its name."""
        low, where = self._low[body], self._low[place]
        if where == HOME.lower() and low in GOVERNING:
            return True
        if not self.is_org(body) or not low.endswith(f" {where}") or " tại " in low:
            return False
        if self.state(place) is None:
            return low.startswith(DEPARTMENTS)
        noun = self._name[body].split()[1].islower()  # `Cơ quan …`: no brand
        return low.startswith("bộ ") or (noun and not low.startswith((*FIRMS, *FITTING["trường"])))

    def place_of(self, body: str) -> str:
        """The place that a body governs; what is not the government of a place stays."""
        for id in self._low:
            if not self.is_org(id) and self._type[id] == "LOC" and self.acts_for(body, id):
                return id
        return body

    def own_place(self, body: str) -> str:
        """The place that a body governs, also where the article names it only in the body's name."""
        head = LOCAL_GOVERNMENT.match(self._name[body])
        written = self._name[body][head.end() :] if head else ""
        known = find_place(written)
        if (id := self.place_of(body)) != body or known is None or known.kind == "nước":
            return id
        name = written[:1].upper() + written[1:] if known.name == _OF_A_PERSON else known.name
        implied = self.imply(name, place=True)
        self._country.setdefault(implied, known.country)
        return implied

    def same_side(self, places: tuple[str, ...], bodies: tuple[str, ...]) -> bool:
        """Whether parties named by their places are the organisations in `bodies`."""
        return len(places) <= len(bodies) and all(any(self.stands_for(p, b) for b in bodies) for p in places)

    def like(self, place: str, body: str) -> str:
        """The organisation of a place that is of the sort of `body`; the place where the article has none."""
        low, of = self._low[place], self._low[body]
        firm = of.startswith(FIRMS)
        for id, name in self._low.items():
            if id == body or not self.is_org(id) or not name.endswith(low) or not self.alike(name, of):
                continue
            head = name.removesuffix(low).rstrip()
            if not firm or (head not in FIRMS and of.startswith(f"{head} ")):
                return id
        return place

    def alike(self, one: str, other: str) -> bool:
        """Whether two names are of one sort (unions, schools, governments …)."""
        if one.startswith(NO_ASSOCIATION) != other.startswith(NO_ASSOCIATION):
            return False
        return not self._sorts_of(one).isdisjoint(self._sorts_of(other))

    def _sorts_of(self, name: str) -> frozenset[str]:
        """The nouns that a name in small letters fits."""
        if name not in self._sorts:
            self._sorts[name] = frozenset(noun for noun, heads in FITTING.items() if name.startswith(heads))
        return self._sorts[name]

    def states(self) -> Sequence[str]:
        """The two states that the article is about."""
        return self.lands.main()

    def weight(self, entity: str) -> int:
        """How often the article names an entity, in its lead three times as much."""
        return self._weight[entity]

    def resolve(self, noun: str, count: int, head: str = "") -> tuple[str, ...]:
        """The entities that a phrase such as `hai bên` or `Bộ Quốc phòng hai nước` stands for."""
        low = " ".join(noun.lower().split())
        if low == "đảng" and not head and count == 2 and (both := self._brothers.meant(self.at[0])):
            return both
        if head and low not in PLACES_OF:
            return tuple(dict.fromkeys(self.body(head, state) for state in self.lands.meant(*self.at)))
        if low in ("nước", "quốc gia", "nhà nước"):
            return tuple(self.lands.meant(*self.at))
        if low in ("chính phủ", "quốc hội"):
            return tuple(self.body(low.capitalize(), state) for state in self.lands.meant(*self.at))
        assert self.antecedents is not None and self.salience is not None

        def fits(id: str) -> bool:
            return self.fits(id, head.lower() if head else noun)

        ids = self.antecedents.of(*self.at, count or 2, fits) or self.salience.likeliest(
            *self.at, count=count, fits=fits
        )
        if low in MINISTRIES:
            return self.lands.of_each(ids)
        return tuple(map(self.place_of, ids)) if low in PLACES_OF and not head else ids
