"""Which of the records that were read are told of the article: no plurals of others, none told of twice."""

from __future__ import annotations

from bisect import bisect_right

import regex

from kyket.agreements.grounds import Ground, Rule
from kyket.agreements.joining import HEADLINES, KINDS, RECENT, Record, follows, same_period
from kyket.agreements.parties import Cast
from kyket.agreements.scene import Scene

_BY_TWO_NAMES = frozenset(("agreement", "memorandum", "contract", "programme"))
# `Bên cạnh việc ký …`, `Sau đó, A và B ký …`, `Nhân dịp này, …`: another than what was told of before.
_BESIDE = regex.compile(
    r"(?<!\p{L})(?:[Bb]ên\s+cạnh|Ngoài|ngoài\s+(?:ra|việc)|[Cc]ùng\s+(?:với\s+việc|ngày)|(?:[Ss]au|[Tt]rước|[Tt]iếp)\s+đó"
    r"|[Dd]ịp\s+này|[Tt]rước\s+(?:đây|kia)|[Nn]ăm\s+(?:ngoái|trước))(?!\p{L})"
)
_LEAD = 200


def kept(found: list[Record], cast: Cast) -> list[Record]:
    """What was told of singly, and treaties in a plural between others: `các hiệp định giữa A và B`.

    And what two states signed more of than was told of singly: `ký 12 văn kiện, trong đó có X và Y`.

    Where nothing was told singly: the signed plurals, one for each set of parties.
    """
    singly = [record for record in found if record.told and not record.plural]
    plurals: dict[frozenset[str], Record] = {}
    for record in found:
        signed = record.plural and record.told and record.status == "signed"
        if signed and (not singly or _between(record) or _more(record, singly, cast)):
            plurals.setdefault(record.sides, record)
    for record in singly:
        if record.sides in plurals and not _more(plurals[record.sides], singly, cast):
            del plurals[record.sides]
    return sorted([*singly, *plurals.values()], key=lambda record: record.at)


def _more(record: Record, singly: list[Record], cast: Cast) -> bool:
    """Whether two states signed more papers than the article tells apart; not `A đã ký 12 hiệp định`."""
    two = len(record.sides) > 1 and all(map(cast.state, record.sides)) and len(record.parties) != 1
    return two and record.number > len(singly)


def _between(record: Record) -> bool:
    named = record.naming is not None and record.naming.grounds[0].rule is Rule.KIND
    between = all(party.grounds[0].rule is Rule.BETWEEN for party in record.by.parties)
    return named and between and record.kind == "treaty" and len(record.parties) > 1


def distinct(found: list[Record]) -> list[Record]:
    """The records without those that only tell again of another, by a plainer name."""
    remaining: list[Record] = []
    of_sides: dict[frozenset[str], list[Record]] = {}
    for record in found:
        of_sides.setdefault(record.sides, []).append(record)
    for record in found:
        others = of_sides[record.sides]
        fuller = [other for other in others if other is not record and _tells_again(record, other)]
        if not fuller:
            remaining.append(record)
            continue
        same_day = [other for other in fuller if other.signed_on == record.signed_on]
        same = (same_day or fuller)[0]
        same.evidence.update(record.evidence)
        same.mentions.extend(Ground(Rule.SAME, mention.at) for mention in record.mentions)
    return remaining


def _tells_again(record: Record, other: Record) -> bool:
    """Whether all told of a record is told of another of its parties too: never true both ways round."""
    if record.age is not None or record.plural or record.signed_on not in (None, other.signed_on):
        return False
    if _looked_forward_to(record, other):
        return True
    if (record.status or "signed") != (other.status or "signed"):
        return False
    if follows(other, record):
        return False
    if record.kind == other.kind:
        fuller = record.period is None and other.period is not None
        return fuller and not record.dated and record.words <= other.words & KINDS
    # `A và B ký hợp tác` above `A và B ký bản ghi nhớ`: what headlines call an agreement.
    return (
        record.kind in (None, "agreement")
        and record.at[0] < HEADLINES
        and record.at < other.at
        and (record.period is None or (other.period is not None and same_period(record, other)))
        and record.words <= other.words
    )


def by_one_name(found: list[Record], remaining: list[Record], scene: Scene) -> list[Record]:
    """The records without those that tell by another name of what the same parties signed that day.

    `A và B ký hợp đồng tín dụng. … Lễ ký hợp đồng tài trợ vốn giữa A và B …`: a sentence of its own, which
    neither tells of one more nor names it beside the other. Several in one plural are several.
    """
    starts = [sentence.start for sentence in scene.sentences]
    several = {record.sides for record in found if record.plural}
    kept: list[Record] = []
    said: dict[frozenset[str], list[tuple[Record, set[int]]]] = {}
    for record in remaining:
        where = {bisect_right(starts, mention.at[0]) for mention in record.mentions if mention.at}
        like = said.setdefault(record.sides, [])
        others = (one for one in like[-RECENT:] if not where & one[1] and _by_another_name(record, one[0]))
        same, there = next(others, (None, where))
        if same is None or record.sides in several or _told_beside(record, scene):
            kept.append(record)
            like.append((record, where))
            continue
        there |= where
        same.validity = same.validity or record.validity
        same.evidence.update(record.evidence)
        same.mentions.extend(Ground(Rule.SAME, mention.at) for mention in record.mentions)
    return kept


def _told_beside(record: Record, scene: Scene) -> bool:
    """Whether the sentence that first tells of a record says that it is another than those before."""
    if record.further or record.standing is None or record.standing.grounds[0].rule is not Rule.SIGNED:
        return record.further
    number, start = record.at
    lead = max(scene.sentences[number].start, start - _LEAD)
    return _BESIDE.search(scene.text, lead, start) is not None


def _by_another_name(record: Record, other: Record) -> bool:
    """Whether what is told below may be the other by another name: nothing else tells them apart."""
    if record.kind not in _BY_TWO_NAMES or record.kind != other.kind or len(record.sides) < 2:
        return False
    if record.age or record.plural or other.plural or record.renews or other.looked_back:
        return False
    if (record.listed and other.listed) or (record.signed_on and not record.signed_on.day):
        return False  # two lines; of one year there are many
    signed = "proposed" not in (record.status, other.status)
    return signed and record.signed_on == other.signed_on and None in (record.period, other.period)


def _looked_forward_to(record: Record, other: Record) -> bool:
    """Whether what is told of as a plan, by the same or a barer name, was signed on the day of the news.

    `A đã ký thỏa thuận hợp tác với B. Ông X sang để ký thỏa thuận.` Not one more, nor one for other years;
    what they will sign (`Sau đó, hai bên sẽ ký hợp đồng`), told behind what they have signed, is the next.
    """
    if record.status != "proposed" or other.status != "signed" or not other.fresh or other.plural:
        return False
    if record.kind not in (None, other.kind) or len(record.sides) < 2:
        return False
    if record.period is not None and record.period != other.period:
        return False
    told = record.aim if other.at < record.at else other.dated
    return told and record.words <= other.words | KINDS
