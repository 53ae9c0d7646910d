"""The records that nouns go back to which say no more than that: `thỏa thuận này`, `hợp đồng đã ký`."""

from __future__ import annotations

from kyket.agreements.grounds import Rule
from kyket.agreements.joining import KINDS, RECENT, Reading, Record
from kyket.agreements.scene import Piece


def meant(found: list[Record], reading: Reading) -> Record | None:
    """The record that `thỏa thuận này`, `hợp đồng nói trên` goes back to, whomever its sentence names.

    But for `thỏa thuận vừa ký giữa C và D`, which says whose it is.
    """
    mention = reading.mention
    if not mention.anaphor or mention.index is None or mention.plural:
        return None
    if mention.trigger and (reading.dated or reading.period):
        return None  # `Bản ghi nhớ đó ký tháng 6/2018, thời hạn ba năm`
    if any(party.grounds[0].rule is Rule.BETWEEN for party in reading.by.parties):
        return None
    record = next(
        (r for r in reversed(found[-RECENT:]) if mention.kind in (None, r.kind) and not r.plural), None
    )
    return None if record and mention.trigger and _by_others(record, reading, mention.trigger) else record


def _by_others(record: Record, reading: Reading, signing: Piece) -> bool:
    """`C và D cũng ký hợp đồng này`: one of its kind; not `Với việc ký thỏa thuận này, C sẽ …`."""
    if signing.start > reading.mention.start:
        return False
    ahead = [p.value for p in reading.by.parties if (at := p.grounds[0].at) and at[0] < signing.start]
    return bool(ahead) and record.sides.isdisjoint(ahead)


def by_its_kind(found: list[Record], reading: Reading, words: set[str]) -> Record | None:
    """The agreement just told of that a bare noun of another kind speaks of: `hợp đồng đã ký`, `bản ghi nhớ`.

    Of which nothing is told but that, and no paper of its kind was; and the other way round.
    """
    mention = reading.mention
    bare = mention.index is not None and words and words <= KINDS
    if not bare or mention.plural or mention.other or mention.age == "new" or reading.headline:
        return None
    if reading.period or reading.dated or reading.status == "proposed":
        return None
    if any(record.kind == mention.kind for record in found):
        return None
    return next(
        (
            record
            for record in reversed(found[-RECENT:])
            if record.told
            and not record.plural
            and record.status != "proposed"
            and "agreement" in (record.kind, mention.kind)
            and set(reading.parties) <= set(record.parties)
        ),
        None,
    )


def back_to_nothing(reading: Reading) -> bool:
    """Whether `thỏa thuận này`, where none was told of, is only said to be worked at: `để đạt được …`.

    Or nothing is said of it at all, but for `Theo thỏa thuận, …`, which may be the first that is told of it.
    """
    mention = reading.mention
    if not mention.anaphor or mention.kind is None or mention.trigger is not None:
        return False
    drafted = reading.standing is not None and reading.standing.grounds[0].rule is Rule.DRAFT
    told = reading.parties or reading.validity or reading.signing or (reading.standing and not drafted)
    return not told
