"""One event for each trigger: when, and who took part. Triggers that tell of one event share its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kyket.agreements.grouping import Group, groups
from kyket.agreements.joining import HEADLINES
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Piece, Scene, Sentence, Time
from kyket.agreements.vocabulary import UNTIL
from kyket.document import Agreement, Event
from kyket.labels import EVENT_LABELS
from kyket.orthography import fold
from kyket.timevalues import PartialDate

_RECENT, _BEFORE = 8, 12


@dataclass(slots=True)
class _Told:
    """A trigger with what its sentence tells, and the records that it is evidence of."""

    event: Event
    word: str
    headline: bool
    proper: bool
    records: frozenset[str]


def events(scene: Scene, cast: Cast, agreements: Sequence[Agreement]) -> list[Event]:
    """The events of the article in order of their triggers.

    Args:
        scene: The article, laid out.
        cast: Of the same scene.
        agreements: The records of the article; the signings of one record are one event.
    """
    records: dict[int, set[str]] = {}
    for agreement in agreements:
        for index in agreement.evidence:
            records.setdefault(index, set()).add(agreement.id)
    told: list[_Told] = []
    for sentence in scene.sentences:
        triggers = [piece for piece in sentence.pieces if piece.label in EVENT_LABELS]
        if not triggers:
            continue
        joined = groups(scene, sentence, cast)
        cast.at = (sentence.number, triggers[0].start)
        points = _points(scene, sentence)
        phrases: dict[tuple[str, int, str], tuple[str, ...]] = {}
        told.extend(
            _Told(
                Event(
                    id="",
                    type=trigger.label,
                    trigger=trigger.index,
                    date=_date(points, trigger),
                    participants=_participants(joined, trigger, cast, phrases),
                ),
                fold(scene.text[trigger.start : trigger.end]),
                sentence.number < HEADLINES,
                sentence.proper,
                frozenset(records.get(trigger.index, ())),
            )
            for trigger in triggers
        )
    for number, tellings in enumerate(_joined(told), 1):
        date = max((one.event.date or "" for one in tellings), key=len) or None
        participants = max((one.event.participants for one in tellings), key=len)
        for one in tellings:
            one.event.id = f"event-{number}"
            one.event.date, one.event.participants = date, list(participants)
    return [one.event for one in told]


def _joined(told: list[_Told]) -> list[list[_Told]]:
    """The tellings of each event, in order of its first."""
    events: list[list[_Told]] = []
    known: dict[tuple[str, ...], list[list[_Told]]] = {}
    for one in told:
        keys = _keys(one)
        candidates = (event for key in keys for event in known.get(key, ())[-_RECENT:])
        same = next(
            (event for event in candidates if all(_agree(one, other) for other in event[:_RECENT])), None
        )
        if same is None:
            same = []
            events.append(same)
        same.append(one)
        for key in keys:
            if same not in known.setdefault(key, [])[-_RECENT:]:
                known[key].append(same)
    return events


def _keys(one: _Told) -> list[tuple[str, ...]]:
    """What another telling of the event must have in common: a record, or its kind and who took part."""
    if not one.proper:
        return []
    if one.event.type == "SIGNING":
        return [("SIGNING", record) for record in sorted(one.records)]
    if len(one.event.participants) < 2:
        return []
    return [(one.event.type, one.word, *sorted(one.event.participants))]


def _agree(one: _Told, other: _Told) -> bool:
    """Whether two tellings can be of one event: on the same day, or one of them a headline or a signing."""
    a, b = one.event.date, other.event.date
    if a is not None and b is not None:
        return a.startswith(b) or b.startswith(a)
    return one.event.type == "SIGNING" or one.headline or other.headline


def _points(scene: Scene, sentence: Sentence) -> list[Time]:
    """The days, months and years of a sentence, but for ends of periods."""
    return [
        t
        for t in sentence.times
        if isinstance(t.date.value, PartialDate)
        and not UNTIL.match(scene.text[max(sentence.start, t.start - _BEFORE) : t.start])
    ]


def _date(points: list[Time], trigger: Piece) -> str | None:
    nearest = min(points, key=lambda t: max(t.start - trigger.end, trigger.start - t.end), default=None)
    return str(nearest.date.value) if nearest else None


def _participants(
    joined: list[Group], trigger: Piece, cast: Cast, phrases: dict[tuple[str, int, str], tuple[str, ...]]
) -> list[str]:
    """The nearest group before the trigger and the nearest after it.

    Args:
        joined: The groups of the sentence.
        trigger: In the same sentence.
        cast: Of the scene.
        phrases: What phrases of the sentence were found to stand for, kept for its other triggers.
    """
    before = next((g for g in reversed(joined) if g.end <= trigger.start and not g.aside), None)
    after = next((g for g in joined if g.start >= trigger.end), None)
    if after and after.aside and trigger.label == "SIGNING":  # the venue, who looks on
        after = None
    ids: dict[str, None] = {}
    for group in (before, after):
        if group is None:
            continue
        if not group.ids and group.noun:
            phrase = (group.noun, group.count, group.head)
            if phrase not in phrases:
                phrases[phrase] = cast.resolve(*phrase)
            ids.update(dict.fromkeys(phrases[phrase]))
        ids.update(dict.fromkeys(group.ids))
    return list(ids)
