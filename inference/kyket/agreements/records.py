"""Mentions that speak of one instrument joined into one record."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from kyket.agreements.instruments import Mention, mentions
from kyket.agreements.parties import Cast, Group, groups
from kyket.agreements.periods import latest_day, resolve, signing_date, terms, validity
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.signatories import Signatories, signatories
from kyket.agreements.status import status_of
from kyket.agreements.vocabulary import RENEWAL
from kyket.document import Agreement, Span
from kyket.orthography import fold
from kyket.timevalues import Duration, Interval, PartialDate, TimeValue

_EMPTY_WORDS = frozenset("ban bien van hop tac ve cua va to van kien mot cac su viec chung".split())
_AFTER = 4


@dataclass(slots=True)
class Reading:
    """What one mention tells of an instrument."""

    mention: Mention
    parties: tuple[str, ...]
    period: TimeValue | None
    status: str | None
    signed_on: PartialDate | None
    by_group: bool = False


@dataclass(slots=True)
class Record:
    """An instrument as far as its mentions have told."""

    kind: str | None
    parties: tuple[str, ...] = ()
    period: TimeValue | None = None
    status: str | None = None
    signed_on: PartialDate | None = None
    age: str | None = None
    plural: bool = False
    title: str | None = None
    told: bool = False
    last: int = 0
    evidence: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    renews: Record | None = None


def records(scene: Scene, spans: list[Span], cast: Cast) -> list[Agreement]:
    """The agreement records of the article, in order of first mention."""
    found: list[Record] = []
    day: PartialDate | None = None
    day_at = -99
    for sentence in scene.sentences:
        if not sentence.proper:
            continue
        joined = groups(scene, sentence, cast)
        named = mentions(scene, sentence)
        if today := latest_day(sentence):
            day, day_at = today, sentence.number
        for mention in named:
            for reading in _readings(scene, mention, joined, cast):
                if reading.signed_on is None and _just_signed(reading) and sentence.number - day_at <= 8:
                    reading.signed_on = day
                _enter(scene, spans, found, reading)
            if found and found[-1].parties:
                cast.remember(found[-1].parties)
        if not named:
            _continue(scene, sentence, found)
        _note(sentence, joined, cast)
    return _finish(scene, cast, found)


def _readings(scene: Scene, mention: Mention, joined: list[Group], cast: Cast) -> list[Reading]:
    by: Signatories = signatories(scene, mention, joined, cast)
    status = status_of(scene, mention)
    signed_on = signing_date(scene, mention) if status != "proposed" else None
    periods = validity(scene, mention) or [None]
    return [Reading(mention, by.ids, period, status, signed_on, by.by_group) for period in periods]


def _just_signed(reading: Reading) -> bool:
    """Told as what happens now, not as what stands."""
    mention = reading.mention
    return (
        reading.status == "signed"
        and mention.trigger is not None
        and mention.age != "old"
        and mention.trigger.start < mention.start
    )


def _enter(scene: Scene, spans: list[Span], found: list[Record], reading: Reading) -> None:
    mention = reading.mention
    words = _topic(scene, mention)
    record = _match(found, reading, words)
    if record is None:
        record = Record(mention.kind or (found[-1].kind if found else "other"))
        record.plural = mention.plural
        if found and RENEWAL.search(scene.text, mention.sentence.start, mention.sentence.end):
            record.renews = found[-1]
        found.append(record)
    if record.kind in (None, "other") and mention.kind:
        record.kind = mention.kind
    if len(reading.parties) > len(record.parties) or (len(record.parties) < 2 and reading.parties):
        record.parties = reading.parties
    record.period = _better(record.period, reading.period)
    record.status = record.status or reading.status
    if reading.signed_on and (record.signed_on is None or len(str(reading.signed_on)) > len(str(record.signed_on))):
        record.signed_on = reading.signed_on
    record.age = record.age or mention.age
    record.told |= mention.trigger is not None or bool(reading.parties) or reading.period is not None
    record.told |= reading.status is not None or reading.signed_on is not None
    record.last = mention.sentence.number
    record.words |= words
    for index in (mention.index, mention.alias, mention.trigger.index if mention.trigger else None):
        if index is not None:
            record.evidence.add(index)
    if mention.index is not None and len(spans[mention.index].text) > len(record.title or ""):
        record.title = spans[mention.index].text


def _topic(scene: Scene, mention: Mention) -> set[str]:
    return set(fold(scene.text[mention.start : mention.end]).split()) - _EMPTY_WORDS if mention.index is not None else set()


def _better(old: TimeValue | None, new: TimeValue | None) -> TimeValue | None:
    if old is None or (isinstance(old, Duration) and isinstance(new, Interval)):
        return new
    if isinstance(old, Interval) and old.start is None and isinstance(new, Interval) and new.start:
        return new
    return old


def _match(found: list[Record], reading: Reading, words: set[str]) -> Record | None:
    """The record that a mention speaks of, the best and latest that contradicts it nowhere."""
    best: tuple[int, Record] | None = None
    for age, record in enumerate(reversed(found[-12:])):
        score = _likeness(record, reading, words)
        if score is not None and (best is None or score * 4 - age > best[0]):
            best = score * 4 - age, record
    return best[1] if best else None


def _likeness(record: Record, reading: Reading, words: set[str]) -> int | None:
    """How much a mention says the same as a record; None where it says otherwise."""
    mention = reading.mention
    score = 0
    if mention.kind is not None and record.kind is not None:
        if mention.kind != record.kind:
            return None
        score += 1
    if mention.plural != record.plural:
        return None
    if reading.status and record.status:
        if reading.status != record.status:
            return None
        score += 1
    if reading.period is not None and record.period is not None:
        if not _same_period(record, reading):
            return None
        score += 4
    if reading.signed_on and record.signed_on:
        one, two = str(reading.signed_on), str(record.signed_on)
        if not (one.startswith(two) or two.startswith(one)):
            return None
        score += 2
    if {mention.age, record.age} == {"new", "old"} or (mention.age == "new" and record.age is None and record.status == "signed" and not reading.status):
        return None
    if reading.parties and record.parties:
        common = set(reading.parties) & set(record.parties)
        if reading.parties != record.parties and not (set(reading.parties) <= set(record.parties) or set(record.parties) <= set(reading.parties)):
            return None
        score += 1 + len(common)
    if mention.index is not None and record.words and words:
        if words <= record.words or record.words <= words:
            score += 1
        elif not mention.anaphor and len(words - record.words) > 1 and len(record.words - words) > 1:
            return None
    return score


def _same_period(record: Record, reading: Reading) -> bool:
    one, two = record.period, reading.period
    if isinstance(one, Interval) and isinstance(two, Interval):
        return one == two or (one.end == two.end and (one.start is None or two.start is None))
    return True


def _continue(scene: Scene, sentence: Sentence, found: list[Record]) -> None:
    """A sentence soon after the signing may give the period that the signing did not."""
    if found and found[-1].period is None and 0 < sentence.number - found[-1].last <= _AFTER:
        value = terms(scene, sentence)
        if value is not None:
            found[-1].period = value


def _note(sentence: Sentence, joined: list[Group], cast: Cast) -> None:
    for group in joined:
        if group.joined and len(group.ids) > 1 and not group.venue and all(cast.is_org(id) for id in group.ids):
            cast.remember(tuple(group.ids))


def _finish(scene: Scene, cast: Cast, found: list[Record]) -> list[Agreement]:
    kept = [record for record in found if record.told and not record.plural] or [
        record for record in found if record.plural and record.status == "signed" and record.told
    ][:1]
    main = next((record.parties for record in kept if len(record.parties) > 1), ())
    results: list[Agreement] = []
    numbers: dict[int, str] = {}
    for record in kept:
        parties = record.parties
        if len(parties) < 2:
            parties = _complete(parties, main, cast)
        if not parties:
            continue
        status = record.status or "signed"
        period = resolve(record.period, record.signed_on, scene.published)
        numbers[id(record)] = f"agreement-{len(results) + 1}"
        results.append(
            Agreement(
                id=numbers[id(record)],
                instrument=record.kind or "other",
                title=record.title,
                parties=list(parties),
                period=None if period is None else str(period),
                status=status,
                signed_on=str(record.signed_on) if record.signed_on and status == "signed" else None,
                renews=numbers.get(id(record.renews)) if record.renews else None,
                evidence=sorted(record.evidence),
            )
        )
    return results


def _complete(parties: tuple[str, ...], main: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """The other side where only one is named: whom the article's other records are about."""
    if not parties:
        return main or cast.resolve("bên", 2)
    (one,) = parties
    if one in main:
        return main
    side = main[:1] or tuple(id for id in cast.ranked() if id != one)[:1]
    return (*side, one)
