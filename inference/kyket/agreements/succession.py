"""What the rounds of one instrument tell of each other: how long one held, and whom it binds."""

from __future__ import annotations

from dataclasses import replace

import regex

from kyket.agreements.grounds import Ground, Rule, Told, told, value_of
from kyket.agreements.in_turn import days_in_turn
from kyket.agreements.joining import Record, apart, follows
from kyket.agreements.lengths import resolve, years_of
from kyket.agreements.mention import Mention
from kyket.agreements.parties import Cast
from kyket.agreements.periods import rounds
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.vocabulary import FIRST
from kyket.timevalues import Interval, PartialDate

# `Đây là lần thứ ba A và B ký bản ghi nhớ; các lần trước lần lượt là 2010 và 2015.`
_EARLIER = regex.compile(
    r"(?<!\p{L})(?:(?:các|những|hai|ba|bốn|\p{N})\s+(?:lần|bản)|(?:các|những)\s+năm)\s+trước(?:\s+(?:đó|đây))?,?\s+"
    r"(?:(?:được|đã|ký|kết)\s+)*$",
    regex.IGNORECASE,
)
_IN_TURN = regex.compile(r"lần\s+lượt|vào", regex.IGNORECASE)
_CLOSED = regex.compile(r"\s*(?:[.;)\n]|$)")
_LONGEST, _BESIDE, _LEADING = 10, 12, 60
_ALIKE = {"memorandum", "agreement"}


def earlier_rounds(scene: Scene, sentence: Sentence, named: list[Mention], found: list[Record]) -> None:
    """`Ba bản trước: 2010-2015, 2015-2020`: earlier rounds of the record read last, told by their years."""
    latest = found[-1]
    for period, time in rounds(scene, sentence, latest.period):
        start, at = time.start, (time.start, time.end)
        theirs = any(m.left <= start < m.right and m.end <= start and m.index is not None for m in named)
        if theirs and (latest.period is None or latest.last != sentence.number):
            continue
        same = [r for r in found if r.kind == latest.kind and isinstance(r.period, Interval)]
        if any(r.period == period for r in same) or latest.status == "proposed":
            continue
        earlier = replace(
            latest,
            validity=told(period, Rule.ROUND, *at),
            standing=told("signed", Rule.ROUND, *at),
            signing=None,
            age="old",
            renews=None,
            mentions=[*latest.mentions, Ground(Rule.ROUND, at)],
            evidence=set(latest.evidence),
            words=set(latest.words),
        )
        found.insert(len(found) - 1, earlier)


def earlier_signings(scene: Scene, sentence: Sentence, found: list[Record]) -> None:
    """`ký lần thứ ba; các lần trước lần lượt là 2010 và 2015`: earlier ones of the record read last.

    Not `các lần trước, vào 2010 và 2015, hai bên chỉ gặp nhau`, nor in a sentence that signs nothing.
    """
    if not any(piece.label == "SIGNING" for piece in sentence.pieces):
        return
    for match in _IN_TURN.finditer(scene.text, sentence.start, sentence.end):
        if not _EARLIER.search(scene.text, max(sentence.start, match.start() - _LEADING), match.start()):
            continue
        latest = next((record for record in reversed(found) if record.last == sentence.number), found[-1])
        if latest.status == "proposed":
            return
        days = days_in_turn(scene, sentence, match.start(), sentence.end)
        if not days or not _CLOSED.match(scene.text, days[-1][0].end, sentence.end):
            return
        told_before = {record.signed_on for record in found if record.sides == latest.sides}
        for time, day in days:
            if day in told_before:
                continue
            at = time.start, time.end
            earlier = replace(
                latest,
                validity=None,
                standing=told("signed", Rule.ROUND, *at),
                signing=told(day, Rule.DATED, *at),
                age="old",
                renews=None,
                plural=False,
                fresh=False,
                mentions=[*latest.mentions, Ground(Rule.ROUND, at)],
                evidence=set(latest.evidence),
                words=set(latest.words),
            )
            found.insert(len(found) - 1, earlier)
        return


def fulfil(kept: list[Record]) -> None:
    """A length that a review looks back on is a validity if the next paper follows."""
    for record in kept:
        back = record.looked_back
        if back is None or record.period is not None or apart(record.signed_on, back.value):
            continue
        if any(_next(other, record) for other in kept):
            by_year = record.signed_on is not None and record.signed_on.month is None
            record.validity = Told(_in_years(back.value) if by_year else back.value, back.grounds)


def _in_years(value: Interval) -> Interval:
    """An interval no finer than by the year."""
    start, end = (PartialDate(day.year) if day else None for day in (value.start, value.end))
    return Interval(start, end)


def _next(later: Record, earlier: Record) -> bool:
    """Whether a record of the same sort of paper follows, its years told or not."""
    if later is earlier or (later.kind != earlier.kind and not {later.kind, earlier.kind} <= _ALIKE):
        return False
    if len(later.parties) > 1 and earlier.parties and not set(later.parties) & set(earlier.parties):
        return False
    return follows(later, earlier) or (later.status == "proposed" and later.period is None)


def close_replaced(kept: list[Record], scene: Scene) -> None:
    """An old instrument that a new one takes the place of ran until that one began.

    Not what is only told to be the first: others may have come between.
    """
    for old in kept:
        signed = old.signed_on.year if old.signed_on else None
        if old.period is not None or signed is None or old.age != "old" or old.status == "proposed":
            continue
        if any(
            told.at and FIRST.match(scene.text[told.at[1] : told.at[1] + _BESIDE]) for told in old.mentions
        ):
            continue
        for new in kept:
            start = new.period.start if isinstance(new.period, Interval) else None
            if new.kind == old.kind and start and start.year and 1 < start.year - signed <= _LONGEST:
                years = Interval(PartialDate(signed), PartialDate(start.year))
                at = new.validity.grounds[0].at if new.validity else None
                old.validity = Told(years, (Ground(Rule.REPLACED, at),))
                break


def share_parties(kept: list[Record], cast: Cast, published: str | None) -> None:
    """Rounds of one instrument whose years meet have the same parties: those of the round that names them."""
    years = {
        id(record): years_of(value_of(resolve(record.validity, record.signed_on, published)))
        for record in kept
    }
    sure = [record for record in kept if len(record.by.parties) > 1 and not record.by.implied]
    for record in kept:
        if len(record.by.parties) > 1 and not record.by.implied:
            continue
        named = {party.value for party in record.by.parties if cast.is_org(party.value)}
        for other in sure:
            if other is record or other.kind != record.kind or other.context:
                continue
            if other.status == "proposed" and record.status != "proposed":
                continue
            if _meet(years[id(record)], years[id(other)]) and all(
                _is_among(id, other.parties, cast) for id in named
            ):
                at = record.mentions[0].at
                record.context = tuple(Told(id, (Ground(Rule.SUCCESSOR, at),)) for id in other.parties)
                break


def _is_among(body: str, parties: tuple[str, ...], cast: Cast) -> bool:
    """Whether a body is one of the parties, or acts for a place that is one."""
    return body in parties or any(cast.acts_for(body, party) for party in parties)


def _meet(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    """Whether one of two stretches begins with the year in which the other ends, or the year after."""
    if one is None or other is None:
        return False
    return one[0] - other[1] in (0, 1) or other[0] - one[1] in (0, 1)
