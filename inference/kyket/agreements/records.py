"""The article read mention by mention into agreement records."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from kyket.agreements.anaphora import back_to_nothing, by_its_kind, meant
from kyket.agreements.antecedents import Antecedents
from kyket.agreements.codes import kinds_by_code, single_codes
from kyket.agreements.collective import employment
from kyket.agreements.counterparts import as_places, of_governments, promote
from kyket.agreements.counts import COUNTS, SEVERAL
from kyket.agreements.exclusions import BARE_AGREEMENT
from kyket.agreements.grounds import Ground, Rule, Told, told, value_of
from kyket.agreements.grouping import Group, groups
from kyket.agreements.guesses import of_the_unknown
from kyket.agreements.headwords import kind_of
from kyket.agreements.in_turn import of_the_days
from kyket.agreements.instruments import mentions
from kyket.agreements.joining import (
    HEADLINES,
    KINDS,
    Reading,
    Record,
    apart,
    formal,
    match,
    only_announced,
    prefer,
)
from kyket.agreements.keeping import by_one_name, distinct, kept
from kyket.agreements.lengths import better, resolve
from kyket.agreements.listing import Listing
from kyket.agreements.membership import named_for, of_some
from kyket.agreements.memos import memos_of_one
from kyket.agreements.mention import Mention
from kyket.agreements.ministers import of_ministers, speaks_for_a_state
from kyket.agreements.parties import Cast
from kyket.agreements.periods import looked_back, validity
from kyket.agreements.proofs import Proof
from kyket.agreements.renewal import follow_by_years
from kyket.agreements.retold import of_that_signing
from kyket.agreements.rolls import call
from kyket.agreements.rows import is_heading, row_of
from kyket.agreements.salience import Salience, Watch
from kyket.agreements.scene import Scene, Sentence
from kyket.agreements.signatories import each_its_own, signatories
from kyket.agreements.signing import signing_dates
from kyket.agreements.status import comes_to_sign, if_signed, status_of
from kyket.agreements.succession import (
    close_replaced,
    earlier_rounds,
    earlier_signings,
    fulfil,
    share_parties,
)
from kyket.agreements.terms import leading, of_others, stages, terms
from kyket.agreements.treaties import contracting
from kyket.agreements.vocabulary import (
    BETWEEN_GOVERNMENTS,
    COLLECTIVE_NOUN,
    MULTILATERAL,
    OF_STATES,
    RENEWAL,
)
from kyket.document import Span
from kyket.orthography import canonical, fold
from kyket.timevalues import Interval, PartialDate

_EMPTY_WORDS = frozenset(
    ("ban", "bien", "van", "hop", "tac", "ve", "cua", "va", "to", "kien", "mot", "cac", "su", "viec", "chung")
)
_AGREEMENT = frozenset(("thoa", "thuan"))
_AFTER, _NEXT = 4, 2


def records(scene: Scene, spans: list[Span], cast: Cast, watch: Watch | None = None) -> list[Proof]:
    """The agreement records of the article with their grounds, in order of first mention.

    Args:
        scene: The article, laid out.
        spans: Those that the scene was laid out from.
        cast: Of the same scene; entities that it comes to imply are in its `implied`.
        watch: Told of every choice of parties, see `Salience`.
    """
    found: list[Record] = []
    listing = Listing(scene)
    proper = [(sentence, groups(scene, sentence, cast)) for sentence in scene.sentences if sentence.proper]
    call(scene, proper, cast)
    cast.salience = Salience(scene, cast, proper, watch)
    cast.antecedents = Antecedents(cast, proper)
    kinds, single, memos = kinds_by_code(scene), single_codes(scene), memos_of_one(scene)
    for sentence, joined in proper:
        named = [] if is_heading(scene, sentence) else mentions(scene, sentence, kinds, single, memos)
        for mention in named:
            for reading in _readings(scene, mention, joined, cast, found):
                listing.tell(reading)
                _future(scene, reading)
                _enter(scene, spans, cast, found, reading)
        listing.read(sentence, named)
        if not named:
            _continue(scene, sentence, joined, cast, found)
        if found and sentence.number - found[-1].last <= _AFTER:
            earlier_rounds(scene, sentence, named, found)
            earlier_signings(scene, sentence, found)
    return _finish(scene, cast, found)


def _readings(
    scene: Scene, mention: Mention, joined: list[Group], cast: Cast, found: list[Record]
) -> list[Reading]:
    cast.at = (mention.sentence.number, mention.start)
    if mention.anaphor and found and all(record.kind != "agreement" for record in found):
        bare = BARE_AGREEMENT.fullmatch(scene.text, mention.start, mention.end)
        mention.kind = None if bare else mention.kind  # `thỏa thuận này`: the memorandum just told of
    if (row := row_of(scene, mention, cast)) is not None:
        return [row]
    mention.retold = of_that_signing(scene, mention)
    by = signatories(scene, mention, joined, cast)
    if by.implied and (parties := _successor(scene, mention, found)):
        phrase = by.parties[0].grounds[:1] if by.parties else (Ground(Rule.SUBJECT),)
        by = replace(by, parties=tuple(Told(id, (*phrase, Ground(Rule.SUCCESSOR))) for id in parties))
    standing = status_of(scene, mention)
    proposed = standing is not None and standing.value == "proposed"
    days: list[Told[PartialDate] | None] = [None] if proposed else signing_dates(scene, mention)
    if len(days) > 1:  # `Trước đó, A và B đã ký các thỏa thuận vào các năm 2010 và 2015`; not told twice
        signed = {value_of(day) for day in days}
        mention.other |= all(record.signed_on not in signed for record in found)
    periods = [
        period
        for period in validity(scene, mention)
        if not of_the_days(period.value, list(map(value_of, days)))
    ]
    sides = each_its_own(scene, mention, joined, cast, by)
    # `hai bản ghi nhớ 2009-2014 và 2014-2019`: each is told by its years
    mention.plural &= len(sides) == len(days) == 1 and not periods
    paired = len(sides) == len(days) > 1
    each = list(zip(sides, days, strict=True) if paired else product(sides, days))
    return [
        Reading(
            mention=mention,
            by=side,
            validity=period,
            looked_back=None if periods else looked_back(scene, mention),
            standing=standing,
            signing=None if day and apart(day.value, value_of(period)) else day,
            headline=mention.sentence.number < HEADLINES,
            dated=day is not None,
            one_of=len(sides) > 1 or len(days) > 1,
        )
        for period in periods or (None,)
        for side, day in each
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
    day = reading.signing
    if day and scene.published and str(day.value) > scene.published:
        reading.standing = Told("proposed", (*day.grounds, Ground(Rule.TO_COME)))
        reading.signing = None


def _enter(scene: Scene, spans: list[Span], cast: Cast, found: list[Record], reading: Reading) -> None:
    """Add what a mention tells to the record that it speaks of, else to one that it opens."""
    mention = reading.mention
    words = _topic(scene, mention)
    record = match(found, reading, words, cast)
    if record is None and (record := meant(found, reading) or by_its_kind(found, reading, words)) is not None:
        record.mentions.append(Ground(Rule.SAME, (mention.start, mention.end)))
        record.formal, record.last = record.formal or formal(mention), mention.sentence.number
        return
    if record is None and back_to_nothing(reading):
        return
    if record is None:
        record = _open(scene, mention, found)
    else:
        record.mentions.append(Ground(Rule.SAME, (mention.start, mention.end)))
        record.naming = record.naming or _naming(mention)
    if prefer(reading, record, cast):
        record.by, record.headline = reading.by.after(record.by), reading.headline
    _weigh_parties(scene, mention, record, cast)
    if reading.signing and record.signing is None and mention.kind not in (None, record.kind):
        record.naming = _naming(mention)  # of two names that of what was signed
    record.formal = record.formal or formal(mention)
    record.validity = better(record.validity, reading.validity)
    record.looked_back = record.looked_back or reading.looked_back
    if record.standing is None or only_announced(record, reading):
        record.standing = reading.standing or record.standing
    fuller = len(str(reading.signed_on)) > len(str(record.signed_on))
    if reading.signing and (record.signing is None or (reading.dated and (fuller or not record.dated))):
        record.signing, record.dated = reading.signing, reading.dated
    record.number = max(record.number, mention.number)
    if reading.signing and (news := scene.news):  # of which a visit leaves the month
        record.fresh |= news.value == reading.signed_on or news.grounds == reading.signing.grounds
    record.age = record.age or mention.age
    record.deed &= mention.deed
    if mention.trigger and mention.trigger.start < mention.end:
        record.object |= reading.status != "proposed"
    record.told |= mention.trigger is not None or _told_of(reading)
    record.told |= record.kind == "treaty" and len(words - KINDS) > 1  # named with its topic
    record.last = mention.sentence.number
    record.words |= words
    record.code = record.code or mention.code
    for index in (mention.index, mention.alias, mention.trigger.index if mention.trigger else None):
        if index is not None:
            record.evidence.add(index)
    if mention.index is not None and len(spans[mention.index].text) > len(record.title or ""):
        record.title = spans[mention.index].text


def _told_of(reading: Reading) -> bool:
    """Whether a mention tells more of an instrument than its name."""
    return bool(reading.parties or reading.validity or reading.standing or reading.signing)


def _open(scene: Scene, mention: Mention, found: list[Record]) -> Record:
    """A record of what no record of those found is of."""
    at = mention.start, mention.end
    naming = _naming(mention)
    if naming is None and found and found[-1].kind and _like_the_last(scene, mention):
        naming = told(found[-1].kind, Rule.KIND_BEFORE, *at)
    record = Record(naming=naming, plural=mention.plural, at=(mention.sentence.number, mention.start))
    record.deed = mention.deed
    record.mentions.append(Ground(Rule.FIRST, at))
    record.further, record.listed = mention.also or mention.other or mention.bullet, mention.listed
    record.aim = not (mention.also or mention.other) and comes_to_sign(scene, mention)
    renewal = RENEWAL.search(scene.text, mention.sentence.start, mention.sentence.end)
    if found and renewal:
        if mention.age == "old":  # `…, thay cho bản ghi nhớ cũ`
            found[-1].renews = found[-1].renews or told(record, Rule.RENEWED, *renewal.span())
        else:
            record.renews = told(found[-1], Rule.RENEWED, *renewal.span())
    found.append(record)
    return record


def _weigh_parties(scene: Scene, mention: Mention, record: Record, cast: Cast) -> None:
    """Ask whom the article speaks of where the mentions leave the parties of a record open."""
    assert cast.salience is not None
    record.context = ()
    if _leaves_open(record, cast) and not MULTILATERAL.match(scene.text[mention.start : mention.end]):
        several = SEVERAL.search(scene.text, mention.start, min(mention.end + 12, mention.sentence.end))
        count = COUNTS[several["count"].lower()] if several else 0
        known = record.parties
        if record.by.weak:  # a foreign minister or an ambassador may sign for the state
            known = tuple(id for id in known if not speaks_for_a_state(cast, id))
        guess = cast.salience.likeliest(*record.at, known=known, kind=record.kind, count=count)
        named = {party.value: party for party in record.by.parties}
        chosen = (named.get(id) or told(id, Rule.SALIENCE, mention.start, mention.end) for id in guess)
        record.context = tuple(chosen) or record.by.parties
    parties = tuple(party.value for party in record.context) or record.parties
    cast.salience.remember(parties, record.kind, *cast.at)


def _leaves_open(record: Record, cast: Cast) -> bool:
    """Whether one party is told or none, or only places that may stand for bodies of theirs."""
    if record.by.lone:
        return False
    if len(record.parties) < 2:
        return True
    bodies, states = (list(map(ask, record.parties)) for ask in (cast.is_org, cast.state))
    return record.by.loose and record.kind != "treaty" and not any(bodies) and not all(states)


def _naming(mention: Mention) -> Told[str] | None:
    if mention.kind is None:
        return None
    rule = Rule.KIND if mention.index is not None else Rule.KIND_BEFORE
    return told(mention.kind, rule, mention.start, mention.end)


def _like_the_last(scene: Scene, mention: Mention) -> bool:
    """Whether an instrument that is not named by its kind is of the kind of the one before it."""
    if mention.index is not None:
        return not mention.plural and kind_of(scene.text[mention.start : mention.end]) is None
    return mention.age is not None


def _topic(scene: Scene, mention: Mention) -> set[str]:
    if mention.index is None or mention.kind is None:
        return set()
    words = set(fold(scene.text[mention.start : mention.end]).split()) - _EMPTY_WORDS
    return words - _AGREEMENT if mention.kind == "treaty" else words  # `thỏa thuận EVFTA`


def _continue(scene: Scene, sentence: Sentence, joined: list[Group], cast: Cast, found: list[Record]) -> None:
    """A sentence soon after may give the period that the signing did not, or say that it is to come."""
    if found and found[-1].standing is None and 0 < sentence.number - found[-1].last <= _NEXT:
        found[-1].standing = if_signed(scene, sentence)
    if (
        found
        and found[-1].period is None
        and found[-1].kind != "treaty"
        and 0 < sentence.number - found[-1].last <= _AFTER
        and not of_others(scene, sentence, joined, found[-1].parties, cast)
    ):
        found[-1].validity = terms(
            scene, sentence, found[-1].signed_on, sentence.number - found[-1].last == 1
        )


def _finish(scene: Scene, cast: Cast, found: list[Record]) -> list[Proof]:
    remaining = by_one_name(found, distinct(kept(found, cast)), scene)
    _open_with_years(scene, remaining)
    stages(scene, remaining)
    fulfil(remaining)
    close_replaced(remaining, scene)
    share_parties(remaining, cast, scene.published)
    results: list[Proof] = []
    numbers: dict[int, str] = {}
    following: list[tuple[Proof, Told[Record]]] = []
    for record in remaining:
        parties = _bound(scene, record, cast)
        if not parties or of_the_unknown(scene, record, parties, cast):
            continue
        standing = record.standing or _ahead(record, scene) or Told("signed", (Ground(Rule.NO_SIGN),))
        numbers[id(record)] = f"agreement-{len(results) + 1}"
        results.append(
            Proof(
                id=numbers[id(record)],
                instrument=_instrument(record),
                title=record.title,
                parties=parties,
                period=resolve(record.validity, record.signed_on, scene.published),
                status=standing,
                signed_on=record.signing if standing.value == "signed" else None,
                evidence=sorted(record.evidence),
                mentions=record.mentions,
            )
        )
        if record.renews is not None:
            following.append((results[-1], record.renews))
    for proof, renewed in following:
        if (number := numbers.get(id(renewed.value))) is not None:
            proof.renews = Told(number, renewed.grounds)
    follow_by_years(results)
    return results


def _open_with_years(scene: Scene, kept: list[Record]) -> None:
    """The sentence before the first that tells of an instrument may open with the years that it is for."""
    told_of = {record.at[0] for record in kept}
    for record in kept:
        number = record.at[0] - 1
        if number < 0 or number in told_of or record.period is not None or record.kind == "treaty":
            continue
        if record.signed_on:
            record.validity = leading(scene, scene.sentences[number], record.signed_on, record.parties)


def _ahead(record: Record, scene: Scene) -> Told[str] | None:
    """A new one for years to come that no signing tells of is a plan."""
    start = record.period.start if isinstance(record.period, Interval) else None
    if record.validity is None or not scene.published or start is None or not start.year:
        return None
    if record.age != "new" or record.signing or start.year <= int(scene.published[:4]):
        return None
    return Told("proposed", (*record.validity.grounds, Ground(Rule.TO_COME)))


def _bound(scene: Scene, record: Record, cast: Cast) -> tuple[Told[str], ...]:
    """The parties of a record, with what the article as a whole says of them."""
    parties = record.context or record.by.parties
    title = canonical(record.title or "").text
    if COLLECTIVE_NOUN.search(title) and (sides := employment(parties, cast)):
        return sides
    if MULTILATERAL.match(title):
        named = named_for(title, parties, signed=record.object)
        return named if len(named) > 1 or (record.by.lone and of_some(title)) else ()
    if record.kind != "treaty" or record.by.lone or (len(parties) > 1 and not OF_STATES.search(title)):
        bound = of_governments(cast, as_places(cast, promote(cast, parties)), title)
        return of_ministers(cast, bound, record.signed_on, title)
    return contracting(
        parties,
        scene.sentences[record.at[0]],
        cast,
        at=record.mentions[0].at,
        governments=BETWEEN_GOVERNMENTS.search(title) is not None,
    )


def _instrument(record: Record) -> Told[str]:
    if record.naming is None:
        unnamed = "other" if record.deed else "agreement"
        kind = unnamed if record.title is None else kind_of(canonical(record.title).text) or "other"
        return Told(kind, (Ground(Rule.KIND_OPEN),))
    return record.formal if record.formal and record.kind == "agreement" else record.naming
