"""Whom the article is speaking of: the likeliest parties of an instrument whose sentence names one or none.

Every set of two entities that could be the parties is given points for what speaks for it (how lately and
how often it was named, whether it meets, whether the two are of one sort …), and the set with the most points
wins. What each sign is worth stands in `salience.tsv`; `kyket_training.party_weights` fits it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, repeat
from math import log2
from typing import TYPE_CHECKING

from kyket.agreements.kinds import FOREIGN_OFFICE, INNER_BODY, PRESS
from kyket.agreements.kinship import Kinship
from kyket.agreements.nouns import acting_nouns
from kyket.agreements.parties import LEAD
from kyket.agreements.signs import Choice, Signs, Weight, heaviest
from kyket.agreements.vocabulary import LEVEL_BEFORE, PLACE_BEFORE, WITH, WITNESSED
from kyket.names import find_place
from kyket.names.bodies import DELEGATION
from kyket.names.places import is_commune

if TYPE_CHECKING:
    from kyket.agreements.grouping import Group
    from kyket.agreements.parties import Cast
    from kyket.agreements.scene import Scene, Sentence


def _paragraphs(scene: Scene) -> list[int]:
    """For each sentence the number of the first of its paragraph."""
    found, first = [], 0
    for sentence in scene.sentences:
        found.append(first)
        if scene.text[sentence.end - 1 : sentence.end] in ("\n", "\r"):
            first = sentence.number + 1
    return found


@dataclass(frozen=True, slots=True)
class Weighing:
    """One choice of parties, as `Salience.likeliest` makes it.

    Attributes:
        offset: Where in the text of the scene.
        known: Parties that the sentence names.
        choices: Every set of entities that could be the parties, with the signs that speak for it.
    """

    offset: int
    known: tuple[str, ...]
    choices: list[tuple[tuple[str, ...], Signs]]


Watch = Callable[[Weighing], None]
_CANDIDATES, _PAIRED, _TOGETHER, _ACTORS = 24, 12, 7, 10
_MEETS = frozenset(["MEETING", "VISIT", "SIGNING", "REVIEW", "EXCHANGE", "AGREEMENT"])
_ENCOUNTERS = ("joined", "meets", "with", "near")
_NOTHING = Weight({}, 0.0)


class Salience:
    """Where each entity of an article is named and whom it meets, to be asked for the likeliest parties.

    Args:
        scene: The article, laid out.
        cast: Of the same scene.
        sentences: Those of the article proper, each with its groups.
        watch: Told of every choice that `likeliest` makes, the same place perhaps more than once.
    """

    def __init__(
        self,
        scene: Scene,
        cast: Cast,
        sentences: Iterable[tuple[Sentence, list[Group]]],
        watch: Watch | None = None,
    ) -> None:
        self._scene, self._cast, self._watch = scene, cast, watch
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._speaks: dict[str, list[int]] = defaultdict(list)
        self._venues: dict[str, int] = defaultdict(int)
        self._delegations: dict[str, int] = defaultdict(int)
        self._guests: dict[str, int] = defaultdict(int)
        self._acting: set[str] = set()
        self._paragraph = _paragraphs(scene)
        self._lead: dict[str, int] = defaultdict(int)
        self._encounters: dict[frozenset[str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._sets: list[tuple[int, tuple[str, ...]]] = []
        self._records: list[tuple[tuple[str, ...], str | None]] = []
        self._known: dict[str, Weight] = {}
        self._nouns: dict[int, frozenset[str]] = {}
        self._kinship = Kinship(cast)
        for sentence, groups in sentences:
            self._take(sentence, groups)
        self._named = sorted((at, id) for id, places in self._places.items() for at in {n for n, _ in places})
        self._order = sorted(self._places, key=lambda id: self._places[id][0])
        self._often = sorted(self._places, key=lambda id: -len(self._places[id]))[:_CANDIDATES]

    def _take(self, sentence: Sentence, groups: list[Group]) -> None:
        text, known = self._scene.text, self._scene.entities
        named = [p for p in sentence.pieces if p.entity in known and not sentence.bracket(p.start)]
        if not named:
            return
        actors: list[tuple[int, int, str]] = []
        guests = WITNESSED.search(text, sentence.start, sentence.end)
        for piece in named:
            id = piece.entity
            assert id is not None
            if piece.label == "PER":
                if (employer := self._cast.employer(id)) is not None:
                    self._speaks[employer].append(sentence.number)
                    actors.append((piece.start, piece.end, employer))
            elif piece.label in ("ORG", "LOC"):
                id = self._cast.whole(id)
                before = text[max(sentence.start, piece.start - 40) : piece.start]
                if (state := self._cast.acting(id)) != id and not PLACE_BEFORE.match(before):
                    id = state
                self._acting.update([id] if LEVEL_BEFORE.match(before) else ())
                self._places[id].append((sentence.number, piece.start))
                self._lead[id] += sentence.number < LEAD
                self._delegations[id] += bool(DELEGATION.search(before))
                self._guests[id] += guests is not None and guests.end() <= piece.start
                actors.append((piece.start, piece.end, id))
        triggers = [piece.start for piece in sentence.pieces if piece.label in _MEETS]
        for group in groups:
            ids = tuple(group.ids)
            if not (group.venue or group.aside):
                self._acting.update(ids)
            if group.venue:
                for id in ids:
                    self._venues[id] += 1
            elif len(ids) > 1 and group.joined:
                self._sets.append((sentence.number, ids))
                for pair in combinations(ids[:_ACTORS], 2):
                    self._encounters[frozenset(pair)]["joined"].append(sentence.number)
        for at, (_, end, one) in enumerate(actors[:_ACTORS]):
            for start, _, other in actors[at + 1 : at + 4]:
                if one == other:
                    continue
                between = bisect_left(triggers, start) - bisect_left(triggers, end)
                gap = text[end:start]
                kind = "meets" if between else "with" if len(gap) < 80 and WITH.search(gap) else "near"
                self._encounters[frozenset((one, other))][kind].append(sentence.number)

    def remember(self, parties: tuple[str, ...], kind: str | None, number: int, offset: int) -> None:
        """These are the parties of the record read last, there."""
        for id in parties:
            if id not in self._scene.entities:  # implied: to speak of its instrument is to name it
                insort(self._places[id], (number, offset))
                self._known.pop(id, None)
        if any(id not in self._scene.entities for id in parties):
            for pair in combinations(parties[:_ACTORS], 2):
                insort(self._encounters[frozenset(pair)]["joined"], number)
        self._records.append((parties, kind))
        del self._records[:-8]

    def likeliest(
        self,
        number: int,
        offset: int,
        *,
        known: tuple[str, ...] = (),
        kind: str | None = None,
        count: int = 0,
        fits: Callable[[str], bool] | None = None,
    ) -> tuple[str, ...]:
        """The likeliest parties at a place of the article; empty where there is no choice.

        Args:
            number: The sentence.
            offset: Where in the text.
            known: Parties that the sentence names, perhaps by their places.
            kind: Instrument kind.
            count: How many parties there are, 0 for any number.
            fits: Whether an entity can be one of them at all.
        """
        single = {
            id: self._weigh(id, number, offset)
            for id in self._candidates(number, known)
            if id in known
            or (self._cast.may_be_meant(id) and (fits(id) if fits else id not in self._nowhere))
        }
        ranked = sorted(single, key=lambda id: -single[id].worth)
        earlier = self._earlier(kind)
        choices: list[Choice] = []
        for ids, those in self._offered(number, known, count, ranked, earlier):
            pairs = [those] if len(ids) == 2 else [frozenset(pair) for pair in combinations(ids, 2)]
            two = list(filter(None, map(self._between, pairs, repeat(number))))
            if len(two) == len(pairs):  # no two of them are one side
                every = self._of_all(ids, those, kind, known, earlier.get(those))
                choices.append(Choice(ids, [single[id] for id in ids], two, every))
        if self._watch is not None:
            self._watch(Weighing(offset, known, [(choice.ids, choice.signs) for choice in choices]))
        return heaviest(choices)

    def _offered(
        self,
        number: int,
        known: tuple[str, ...],
        count: int,
        ranked: list[str],
        earlier: Container[frozenset[str]],
    ) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
        """Every set of those ranked that could be the parties, in order and as a set."""
        paired = dict.fromkeys((*known, *ranked[:_PAIRED]))
        named = frozenset(id for id in known if self._cast.is_org(id))
        bound, every = named if len(named) < 3 else frozenset(), frozenset(ranked)
        seen: set[frozenset[str]] = set()
        states = sum(self._cast.state(id) is not None for id in ranked) > 1
        together = combinations(ranked[:_TOGETHER] if count > 2 else paired, max(count, 2))
        for ids in chain(together, self._larger(number)):
            if count not in (0, len(ids)):
                continue
            those = frozenset(ids)
            if len(those) < len(ids):
                continue  # two that were found to be one
            if those not in seen and bound <= those <= every:
                seen.add(those)
                if not (states and self._of_two_ranks(those.difference(known), ids)) or those in earlier:
                    yield ids, those

    def _of_two_ranks(self, guessed: frozenset[str], ids: tuple[str, ...]) -> bool:
        """Whether a town (province) is guessed beside a state, which signs with states or whom it met."""
        towns = guessed & self._towns
        states = list(filter(self._cast.state, ids)) if towns else []
        return bool(states) and any(
            not any("meets" in self._encounters.get(frozenset((id, other)), ()) for other in states)
            for id in towns
        )

    @cached_property
    def _towns(self) -> frozenset[str]:
        cast = self._cast
        places = (id for id in self._places if not (cast.is_org(id) or cast.state(id)))
        return frozenset(id for id in places if find_place(cast.name(id)))

    @cached_property
    def _nowhere(self) -> frozenset[str]:
        """Places of no known name or level that are only told of as where something is: `ở Rừng Thông`."""
        cast = self._cast
        idle = {id: cast.name(id) for id in self._places if not (cast.is_org(id) or id in self._acting)}
        return frozenset(id for id, name in idle.items() if not (find_place(name) or is_commune(name)))

    def _candidates(self, number: int, known: tuple[str, ...]) -> list[str]:
        found = dict.fromkeys((*known, *self._often))
        first = bisect_left(self._named, number - 2, key=lambda at: at[0])
        for at, id in self._named[first : first + 2 * _CANDIDATES]:
            if at > number:
                break
            found[id] = None
        for parties, _ in self._records:
            found.update(dict.fromkeys(parties))
        for pair in self._recent_sets(number):
            found.update(dict.fromkeys(pair))
        return list(found)

    def _recent_sets(self, number: int) -> list[tuple[str, ...]]:
        at = bisect_right(self._sets, number, key=lambda pair: pair[0])
        return [ids for _, ids in self._sets[max(0, at - 6) : at + 1]]

    def _larger(self, number: int) -> Iterator[tuple[str, ...]]:
        """Sets of more than two that the article has named together, and those of earlier records."""
        for parties, _ in self._records:
            if len(parties) > 1:
                yield parties
        for ids in self._recent_sets(number):
            if 2 < len(ids) < 7:
                yield ids

    def _weigh(self, id: str, number: int, offset: int) -> Weight:
        """What speaks for one entity at a place of the article."""
        places = self._places.get(id, [])
        at = bisect_left(places, (number, offset))
        last = places[at - 1][0] if at else None
        spoke = self._speaks.get(id, [])
        spoken = bisect_right(spoke, number)
        signs: Signs = {}
        if last is None and places:
            signs["not named before"] = 1.0
        if spoken and number - spoke[spoken - 1] < 3:
            signs["speaks"] = 1.0
        if last is not None:
            away = number - last
            signs[f"named {away if away < 3 else '3-5' if away < 6 else 'more'} sentences before"] = 1.0
        if at < len(places) and places[at][0] == number:
            signs["named later in the sentence"] = 1.0
        nouns = self._nouns_of(number)
        if nouns and self._cast.is_org(id) and any(self._cast.fits(id, noun) for noun in nouns):
            signs["meant by a noun"] = 1.0
        if last is not None and last >= self._paragraph[min(number, len(self._paragraph) - 1)]:
            signs["in the paragraph"] = 1.0
        return self._standing(id).beside(signs)

    def _nouns_of(self, number: int) -> frozenset[str]:
        """The common nouns of a sentence that act without a name: `nhà trường sẽ ký`, `ký với tòa soạn`."""
        if number not in self._nouns:
            number = min(number, len(self._scene.sentences) - 1)
            self._nouns[number] = frozenset(acting_nouns(self._scene.text, self._scene.sentences[number]))
        return self._nouns[number]

    def _standing(self, id: str) -> Weight:
        """What speaks for one entity wherever it is asked for."""
        if id not in self._known:
            named, low = len(self._places.get(id, [])), self._cast.low(id)
            signs = {
                "often": log2(1 + named),
                "in the lead": float(self._lead[id] > 0),
                "a venue": self._venues[id] / named if named else 0.0,
                "a guest": self._guests[id] / named if named else 0.0,
                "a delegation": float(self._delegations[id] > 0),
                "speaks in the article": float(id in self._speaks),
                "press": float(PRESS.match(low) is not None),
                "foreign office": float(low.startswith(FOREIGN_OFFICE)),
                "inner body": float(low.startswith(INNER_BODY)),
                "in the headline": float(bool(self._places[id]) and self._places[id][0][0] == 0),
                "most named": float(bool(self._often) and id == self._often[0]),
                "named first": float(bool(self._order) and id == self._order[0]),
            }
            if not self._cast.is_org(id):
                signs["a state" if self._cast.state(id) else "a place"] = 1.0
            self._known[id] = Weight.of({name: value for name, value in signs.items() if value})
        return self._known[id]

    def _between(self, pair: frozenset[str], number: int) -> Weight | None:
        """What speaks for two entities: how they are akin, and where they have met; None for one side."""
        kin = self._kinship[pair]
        if kin is None or (met := self._encounters.get(pair)) is None:
            return kin
        signs: Signs = {}
        for kind in _ENCOUNTERS:
            if times := met.get(kind):
                signs[kind] = log2(1 + len(times))
                at = bisect_right(times, number)
                if at and number - times[at - 1] < 4:
                    signs[f"{kind} lately"] = 1.0 / (1 + number - times[at - 1])
        return kin.beside(signs)

    def _of_all(
        self,
        ids: tuple[str, ...],
        those: frozenset[str],
        kind: str | None,
        known: tuple[str, ...],
        earlier: Signs | None,
    ) -> Weight:
        """What speaks for a set as a whole: whom of the known it leaves out, and what records it was of."""
        if len(ids) == 2 and earlier is None and kind != "treaty" and those.issuperset(known):
            return _NOTHING
        cast = self._cast
        signs: Signs = defaultdict(float)
        for one in known:
            if one in those:
                continue
            if any(cast.stands_for(one, id) for id in ids if id not in known):
                signs["by its place"] += 1.0
            else:
                signs["without the named body" if cast.is_org(one) else "without the named place"] += 1.0
        if len(ids) > 2:
            signs["more than two"] = 1.0
        if kind == "treaty":
            signs["treaty of states"] = float(all(cast.state(id) is not None for id in ids))
        if earlier:
            signs.update(earlier)
        return Weight.of(signs) if signs else _NOTHING

    def _earlier(self, kind: str | None) -> dict[frozenset[str], Signs]:
        """What speaks for the parties of each of the records read before."""
        found: dict[frozenset[str], Signs] = {}
        for back, (parties, other) in enumerate(reversed(self._records)):
            signs = {
                "parties before": 1.0,
                "parties of the last record": float(back == 0),
                "parties of that kind of record": float(kind is not None and other == kind),
            }
            found.setdefault(frozenset(parties), signs)
        return found
