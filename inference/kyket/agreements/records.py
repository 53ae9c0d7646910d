"""The article read mention by mention into agreement records."""

from __future__ import annotations

from dataclasses import replace

from kyket.agreements.grouping import groups
from kyket.agreements.instruments import Mention, mentions
from kyket.agreements.joining import Reading, Record, apart, better, match, prefer
from kyket.agreements.parties import LEAD, Cast, Group
from kyket.agreements.periods import resolve, rounds, terms, validity
from kyket.agreements.renewal import chain
from kyket.agreements.salience import Salience, Watch
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.signatories import Signatories, signatories
from kyket.agreements.signing import just_signed, signing_date
from kyket.agreements.status import status_of
from kyket.agreements.vocabulary import COUNTS, PROTOCOL, RENEWAL, SEVERAL
from kyket.document import Agreement, Span
from kyket.orthography import canonical, fold
from kyket.timevalues import Interval, PartialDate, TimeValue

_EMPTY_WORDS = frozenset(
    [
        *("ban", "bien", "van", "hop", "tac", "ve", "cua", "va"),
        *("to", "kien", "mot", "cac", "su", "viec", "chung"),
    ]
)
_AFTER = 4
_HEADLINES, _LONGEST = 2, 10


def records(scene: Scene, spans: list[Span], cast: Cast, watch: Watch | None = None) -> list[Agreement]:
    """The agreement records of the article, in order of first mention.

    Args:
        scene: The article, laid out.
        spans: Those that the scene was laid out from.
        cast: Of the same scene; entities that it comes to imply are in its `implied`.
        watch: Told of every choice of parties, see `Salience`.
    """
    found: list[Record] = []
    listing = False
    proper = [(sentence, groups(scene, sentence, cast)) for sentence in scene.sentences if sentence.proper]
    for sentence, joined in proper:
        cast.open(joined, sentence.number < LEAD)
    cast.salience = Salience(scene, cast, proper, watch)
    for sentence, joined in proper:
        named = mentions(scene, sentence)
        for mention in named:
            for reading in _readings(scene, mention, joined, cast, found):
                reading.listed = mention.bullet or (mention.listed and listing)
                if reading.signed_on is None and (
                    just_signed(scene, mention, reading.status, reading.period)
                    or (listing and reading.listed)
                ):
                    reading.signed_on = None if apart(scene.news, reading.period) else scene.news
                _future(scene, reading)
                _enter(scene, spans, cast, found, reading)
            listing |= mention.plural and mention.trigger is not None
        listing |= _announces(scene, sentence)
        if not named:
            _continue(scene, sentence, found)
        _rounds(scene, sentence, named, found)
    return _finish(scene, cast, found)


def _announces(scene: Scene, sentence: Sentence) -> bool:
    """`Các bên đã ký kết:` opens a list of what was signed."""
    closed = scene.text[sentence.start : sentence.end].rstrip().endswith(":")
    return closed and any(piece.label == "SIGNING" for piece in sentence.pieces)


def _readings(
    scene: Scene, mention: Mention, joined: list[Group], cast: Cast, found: list[Record]
) -> list[Reading]:
    cast.at = (mention.sentence.number, mention.start)
    by: Signatories = signatories(scene, mention, joined, cast)
    parties = (_successor(scene, mention, found) if by.implied else ()) or by.ids
    status = status_of(scene, mention)
    signed_on = signing_date(scene, mention) if status != "proposed" else None
    periods: list[TimeValue | None] = [*validity(scene, mention)] or [None]
    headline = mention.sentence.number < _HEADLINES
    return [
        Reading(
            mention,
            parties,
            period,
            status,
            None if apart(signed_on, period) else signed_on,
            by.weak,
            headline,
            by.loose,
            by.implied,
            signed_on is not None,
        )
        for period in periods
    ]


def _successor(scene: Scene, mention: Mention, found: list[Record]) -> tuple[str, ...]:
    """The parties of the record that the next of its kind, signed by `hai bên`, follows."""
    words = _topic(scene, mention)
    for record in reversed(found):
        if mention.kind and record.kind == mention.kind and len(record.parties) > 1 and words <= record.words:
            return record.parties
    return ()


def _future(scene: Scene, reading: Reading) -> None:
    """What is to be signed after publication is not signed yet."""
    if reading.signed_on and scene.published and str(reading.signed_on) > scene.published:
        reading.status, reading.signed_on = "proposed", None


def _enter(scene: Scene, spans: list[Span], cast: Cast, found: list[Record], reading: Reading) -> None:
    mention = reading.mention
    words = _topic(scene, mention)
    record = match(found, reading, words, cast)
    if record is None:
        record = Record(mention.kind or (found[-1].kind if found and _like_the_last(mention) else None))
        record.plural = mention.plural
        if found and RENEWAL.search(scene.text, mention.sentence.start, mention.sentence.end):
            if mention.age == "old":  # `…, thay cho bản ghi nhớ cũ`
                found[-1].renews = found[-1].renews or record
            else:
                record.renews = found[-1]
        record.at = (mention.sentence.number, mention.start)
        found.append(record)
    record.kind = record.kind or mention.kind
    if prefer(reading, record, cast):
        record.parties, record.weak, record.headline = reading.parties, reading.weak, reading.headline
        record.loose, record.implied = reading.loose, reading.implied
    if cast.salience is not None and (
        len(record.parties) < 2
        or (record.loose and record.kind != "treaty" and not any(map(cast.is_org, record.parties)))
    ):
        several = SEVERAL.search(scene.text, mention.start, min(mention.end + 12, mention.sentence.end))
        count = COUNTS[several["count"].lower()] if several else 0
        guess = cast.salience.likeliest(*record.at, known=record.parties, kind=record.kind, count=count)
        record.context = guess or record.parties
    else:
        record.context = ()
    if cast.salience is not None:
        cast.salience.remember(record.context or record.parties, record.kind, *cast.at)
    record.period = better(record.period, reading.period)
    record.status = record.status or reading.status
    if reading.signed_on and (
        record.signed_on is None
        or (reading.dated and not record.dated)
        or (reading.dated and len(str(reading.signed_on)) > len(str(record.signed_on)))
    ):
        record.signed_on, record.dated = reading.signed_on, reading.dated
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


def _like_the_last(mention: Mention) -> bool:
    """Whether an instrument that is not named by its kind is of the kind of the one before it."""
    return mention.index is not None or mention.age == "new"


def _topic(scene: Scene, mention: Mention) -> set[str]:
    return (
        set(fold(scene.text[mention.start : mention.end]).split()) - _EMPTY_WORDS
        if mention.index is not None
        else set()
    )


def _rounds(scene: Scene, sentence: Sentence, named: list[Mention], found: list[Record]) -> None:
    """`Ba bản trước: 2010-2015, 2015-2020`: earlier rounds of the record read last, told by their years."""
    if not found or sentence.number - found[-1].last > _AFTER:
        return
    latest = found[-1]
    for period, start in rounds(scene, sentence):
        told = any(m.left <= start < m.right and m.end <= start and m.index is not None for m in named)
        if told and (latest.period is None or latest.last != sentence.number):
            continue
        same = [r for r in found if r.kind == latest.kind and isinstance(r.period, Interval)]
        if any(r.period == period for r in same) or latest.status == "proposed":
            continue
        earlier = replace(latest, period=period, status="signed", signed_on=None, age="old", renews=None)
        earlier.evidence, earlier.words = set(latest.evidence), set(latest.words)
        found.insert(len(found) - 1, earlier)


def _continue(scene: Scene, sentence: Sentence, found: list[Record]) -> None:
    """A sentence soon after the signing may give the period that the signing did not."""
    if found and found[-1].period is None and 0 < sentence.number - found[-1].last <= _AFTER:
        value = terms(scene, sentence, found[-1].signed_on)
        if value is not None:
            found[-1].period = value


def _finish(scene: Scene, cast: Cast, found: list[Record]) -> list[Agreement]:
    kept = [record for record in found if record.told and not record.plural] or [
        record for record in found if record.plural and record.status == "signed" and record.told
    ][:1]
    _close_replaced(kept)
    results: list[Agreement] = []
    numbers: dict[int, str] = {}
    following: list[tuple[Agreement, Record]] = []
    for record in kept:
        parties = record.parties
        if record.context:
            parties = record.context
        if record.kind == "treaty" and record.implied and len(states := cast.states()) > 1:
            parties = tuple(states)
        if not parties:
            continue
        parties = cast.promote(parties)
        status = record.status or "signed"
        period = resolve(record.period, record.signed_on, scene.published)
        numbers[id(record)] = f"agreement-{len(results) + 1}"
        results.append(
            Agreement(
                id=numbers[id(record)],
                instrument=_instrument(record, parties, cast),
                title=record.title,
                parties=list(parties),
                period=None if period is None else str(period),
                status=status,
                signed_on=str(record.signed_on) if record.signed_on and status == "signed" else None,
                evidence=sorted(record.evidence),
            )
        )
        if record.renews is not None:
            following.append((results[-1], record.renews))
    for agreement, earlier in following:
        agreement.renews = numbers.get(id(earlier))
    chain(results)
    return results


def _instrument(record: Record, parties: tuple[str, ...], cast: Cast) -> str:
    if record.kind == "other" and PROTOCOL.search(canonical(record.title or "").text):
        return "treaty" if all(cast.state(id) for id in parties) else "other"
    return record.kind or ("agreement" if record.title is None else "other")


def _close_replaced(kept: list[Record]) -> None:
    """An old instrument that a new one takes the place of ran until that one began."""
    for old in kept:
        signed = old.signed_on.year if old.signed_on else None
        if old.period is not None or signed is None or old.age != "old" or old.status == "proposed":
            continue
        for new in kept:
            start = new.period.start if isinstance(new.period, Interval) else None
            if new.kind == old.kind and start and start.year and 1 < start.year - signed <= _LONGEST:
                old.period = Interval(PartialDate(signed), PartialDate(start.year))
                break
