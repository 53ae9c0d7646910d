"""Which record a mention speaks of, and which of two tellings is the better."""

from __future__ import annotations

from dataclasses import dataclass, field

from kyket.agreements.codes import one_paper
from kyket.agreements.grounds import Ground, Rule, Told, told, value_of
from kyket.agreements.mention import Mention
from kyket.agreements.parties import Cast
from kyket.agreements.retold import told_again
from kyket.agreements.signatories import Signatories
from kyket.agreements.vocabulary import MULTILATERAL
from kyket.orthography import canonical
from kyket.timevalues import Interval, PartialDate, TimeValue

RECENT = 12
_NAMED = 20
HEADLINES = 2
_NOBODY = Signatories(implied=True, loose=True)
_FRAMEWORK = "khung"
_STATEMENT, _CONDUCT = {"tuyen", "bo"}, {"ung", "xu"}
_TREATIES = {"treaty", "agreement"}
# The words of a name that says no more than the kind.
_PLAIN = "thoa thuan ghi nho chuong trinh ke hoach quy che hop dong hiep dinh uoc"
KINDS = frozenset(_PLAIN.split())


@dataclass(slots=True, kw_only=True)
class Telling:
    """What is told of an instrument, each value with its grounds; the properties give the values alone.

    Attributes:
        looked_back: The years that a review looks back on: a validity only if the next one follows.
    """

    by: Signatories = _NOBODY
    validity: Told[TimeValue] | None = None
    looked_back: Told[Interval] | None = None
    standing: Told[str] | None = None
    signing: Told[PartialDate] | None = None
    headline: bool = False
    dated: bool = False

    @property
    def parties(self) -> tuple[str, ...]:
        """Entity ids."""
        return self.by.ids

    @property
    def period(self) -> TimeValue | None:
        """How long it holds."""
        return value_of(self.validity)

    @property
    def status(self) -> str | None:
        """`signed` or `proposed`."""
        return value_of(self.standing)

    @property
    def signed_on(self) -> PartialDate | None:
        """When it was signed."""
        return value_of(self.signing)


@dataclass(slots=True, kw_only=True)
class Reading(Telling):
    """What one mention tells of an instrument, perhaps of `one_of` several that it counts."""

    mention: Mention
    listed: bool = False
    one_of: bool = False


@dataclass(slots=True, kw_only=True)
class Record(Telling):
    """An instrument as far as its mentions have told.

    Attributes:
        fresh: Signed on the day that the article tells of: `bản mới` is this one.
        context: Parties by whom the article speaks of, where the mentions name one or none.
        deed: Only what is done by it is told; no paper is named.
        object: Somewhere somebody is told to sign it: `ký DOC`, not `DOC ký năm 2002`.
        code: The abbreviation that names it and no other instrument; `aim`: first told of as why they came.
        formal: That somewhere it is called a memorandum, which `thỏa thuận` may stand for.
        further: First told of as one more, or as an item of a list; `listed`: where a line begins.
    """

    naming: Told[str] | None
    formal: Told[str] | None = None
    age: str | None = None
    plural: bool = False
    number: int = 0
    title: str | None = None
    told: bool = False
    fresh: bool = False
    deed: bool = False
    object: bool = False
    aim: bool = False
    further: bool = False
    listed: bool = False
    last: int = 0
    evidence: set[int] = field(default_factory=set)
    mentions: list[Ground] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    context: tuple[Told[str], ...] = ()
    at: tuple[int, int] = (0, 0)
    renews: Told[Record] | None = None
    code: str | None = None

    @property
    def kind(self) -> str | None:
        """The instrument kind."""
        return value_of(self.naming)

    @property
    def sides(self) -> frozenset[str]:
        """Entity ids of its parties, with what the article speaks of where the mentions name one or none."""
        return frozenset(party.value for party in self.context) or frozenset(self.parties)


def formal(mention: Mention) -> Told[str] | None:
    """What a mention calls a memorandum is one, whatever else the article calls it."""
    return told("memorandum", Rule.KIND, mention.start, mention.end) if mention.kind == "memorandum" else None


def match(found: list[Record], reading: Reading, words: set[str], cast: Cast) -> Record | None:
    """The record that a mention speaks of, the best and latest that contradicts it nowhere."""
    best: tuple[int, Record] | None = None
    for age, record in enumerate(reversed(found[-RECENT:])):
        score = _likeness(record, reading, words, cast)
        if score is not None and (best is None or score * 4 - age > best[0]):
            best = score * 4 - age, record
    return best[1] if best else None


def _likeness(record: Record, reading: Reading, words: set[str], cast: Cast) -> int | None:
    """How much a mention says the same as a record; None where it says otherwise."""
    same = one_paper(reading.mention.code, words, record.code, record.words)
    if same is False:
        return None
    if same and _of_one_round(record, reading):
        return _NAMED  # whatever else is told of it
    if _of_another(record, reading, words) or _of_others(record, reading, cast):
        return None
    if _of_another_standing(record, reading) or _of_another_time(record, reading):
        return None
    mention, score = reading.mention, 0
    if mention.kind is not None and record.kind is not None:
        score += 1
    if reading.status and record.status == reading.status:
        score += 1
    if reading.period is not None and record.period is not None:
        score += 4 * (isinstance(record.period, Interval) == isinstance(reading.period, Interval))
    if _both_dated(record, reading):
        score += 2
    here, there = set(reading.parties), set(record.parties)
    if here and there and (here <= there or there <= here):
        score += 1 + len(here & there)
    if mention.index is not None and record.words and words and not _renamed(record, reading, words):
        if words <= record.words or record.words <= words:
            score += 1
        elif (
            not mention.anaphor
            and not told_again(record, reading)
            and _otherwise_named(words, record, reading, cast)
        ):
            return None
    return score


def _of_one_round(record: Record, reading: Reading) -> bool:
    """Whether nothing tells a mention apart as another round of an instrument of that name."""
    mention = reading.mention
    if reading.one_of or mention.other or {mention.age, record.age} == {"new", "old"}:
        return False
    if mention.code != record.code and (
        not {mention.kind, record.kind} <= _TREATIES or set(reading.parties) != set(record.parties)
    ):
        return False  # by the kind of trade agreement alone
    return record.period is None or reading.period is None or same_period(record, reading)


def _of_another(record: Record, reading: Reading, words: set[str]) -> bool:
    """Whether a mention is of another paper, as it is told or as what it is called says."""
    mention = reading.mention
    if reading.one_of and record.mentions and record.mentions[-1].at == (mention.start, mention.end):
        return True  # of several instruments that one mention tells of
    otherwise = None not in (mention.kind, record.kind) and mention.kind != record.kind
    if otherwise and not _renamed(record, reading, words):
        return True
    if mention.other:
        return True  # `một thỏa thuận khác`
    if (one := mention.behind) and record.mentions and record.mentions[-1].at == (one.start, one.end):
        return True  # `Hiệp định thương mại và Hiệp định đầu tư`
    if _of_one_signing(record, mention):
        return True  # `ký Bản ghi nhớ về y tế; Hiệp định hàng không; Bản ghi nhớ giữa A và B`
    few, many = sorted((words, record.words), key=len)  # `Công ước X`, `Công ước Liên hợp quốc X`
    named = bool(few) and few <= many
    unnamed = mention.index is None or (mention.trigger and not mention.anaphor and not named)
    if unnamed and MULTILATERAL.match(canonical(record.title or "").text):
        return True  # `ký kết hợp tác`, `ký một văn bản` speak of no convention of the world
    if _beside_a_statement(mention, record):
        return True  # `Tuyên bố tầm nhìn chung`, `UNCLOS 1982`
    if words & record.words >= _STATEMENT and not mention.anaphor and bool(_CONDUCT & (words ^ record.words)):
        return True  # `Tuyên bố chung`, `Tuyên bố về ứng xử`
    if {mention.age, record.age} == {"new", "old"}:
        return True
    if mention.plural != record.plural:
        return True
    return reading.listed and words != record.words and not record.headline


def _beside_a_statement(mention: Mention, record: Record) -> bool:
    """Whether a mention is the code of a convention of many states, and the record of what some state."""
    if mention.code in (None, record.code) or not record.words >= _STATEMENT or _CONDUCT & record.words:
        return False
    return MULTILATERAL.match(mention.code or "") is not None


def _renamed(record: Record, reading: Reading, words: set[str]) -> bool:
    """Whether two names have one topic: `thỏa thuận hoán đổi tiền tệ`, `hiệp định hoán đổi tiền tệ`.

    Of which one word is too little to tell (`thỏa thuận mua …`), and which no statement shares.
    Two signings below the headline are of two papers: `ký thỏa thuận mua gạo. Sau đó, … ký hợp đồng mua gạo`.
    """
    kinds = {record.kind, reading.mention.kind}
    if len(kinds) < 2 or "agreement" not in kinds or "other" in kinds:
        return False
    if reading.mention.also and record.last >= HEADLINES:
        return False
    if not record.headline and _by_signing(record) and _by_signing(reading):
        return False
    own, others = words - KINDS, record.words - KINDS
    if kinds == {"agreement", "contract"} and _FRAMEWORK in own ^ others:
        return False  # `thỏa thuận khung mua khí`, and the contract that it leads to
    return min(len(own), len(others)) > 1 and (own <= others or others <= own)


def _by_signing(telling: Telling) -> bool:
    """Whether it counts as signed as the object of a signing."""
    return telling.standing is not None and telling.standing.grounds[0].rule is Rule.SIGNED


def _of_one_signing(record: Record, mention: Mention) -> bool:
    """Whether a mention and that of a record before it in its sentence are two objects of one signing."""
    told = record.mentions[-1].at if record.mentions else None
    if mention.index is None or mention.anaphor or mention.trigger is None or told is None:
        return False
    start, end = told
    before = mention.trigger.end <= start and end <= mention.start
    return before and record.last == mention.sentence.number and mention.trigger.index in record.evidence


def _of_another_standing(record: Record, reading: Reading) -> bool:
    """Whether the one is signed and the other not, or a new one is told of beside one that was signed."""
    if reading.status and record.status:
        if reading.status != record.status and not only_announced(record, reading):
            return True
    elif reading.status == "proposed" and reading.period is None and _begun(record):
        return True
    elif reading.status is None and record.status == "signed" and not record.fresh:
        return reading.mention.age == "new" and record.age is None
    return False


def _of_another_time(record: Record, reading: Reading) -> bool:
    """Whether the days of signing or the years of the two do not go together."""
    if apart(record.signed_on, reading.period) or apart(reading.signed_on, record.period):
        return True
    if follows(reading, record) or follows(record, reading):
        return True
    if reading.period is not None and record.period is not None and not same_period(record, reading):
        return True
    one, two = str(reading.signed_on), str(record.signed_on)
    return _both_dated(record, reading) and not (one.startswith(two) or two.startswith(one))


def _both_dated(record: Record, reading: Reading) -> bool:
    """Whether both tell the day of signing, each by a date of its own or neither."""
    told = reading.signed_on is not None and record.signed_on is not None
    return told and (reading.dated or reading.headline) == record.dated


def _of_others(record: Record, reading: Reading, cast: Cast) -> bool:
    """Whether a mention surely names other parties than a record."""
    here, there = set(reading.parties), set(record.parties)
    if here <= there or there <= here or reading.by.weak or record.by.weak:
        return False
    if len(there) == 1 and here <= record.sides:
        return False  # `A ký bản ghi nhớ. … lễ ký bản ghi nhớ với B`: who the other side seemed to be
    if cast.same_side(reading.parties, record.parties) or cast.same_side(record.parties, reading.parties):
        return False
    mention = reading.mention
    if mention.index is not None and _of_its_state(record.parties, reading.parties, cast):
        return False
    if not record.headline or (mention.trigger and mention.trigger.index in record.evidence):
        return True
    one_more = mention.also and record.last >= HEADLINES  # below it: `Trước đó, A cũng đã ký với C`
    return (one_more or not here & there) and any(map(cast.is_org, there - here))


def only_announced(record: Record, reading: Reading) -> bool:
    """`A ký hợp tác với B` in a headline, of what the text below says they will sign."""
    return (
        record.last == 0 < reading.mention.sentence.number <= HEADLINES
        and (reading.status, reading.mention.age) == ("proposed", None)
        and not reading.by.implied  # `Hai bên sẽ ký …`: the next one
        and set(record.parties) == set(reading.parties) != set(record.parties[:1])
    )


def _otherwise_named(words: set[str], record: Record, reading: Reading, cast: Cast) -> bool:
    """Whether the topic of a mention has words of its own, and that of the record too."""
    own, others = words - record.words, record.words - words
    if min(len(own), len(others)) < 2:
        return False
    here, there = set(reading.parties), set(record.parties)
    body = all(map(cast.is_org, here - there)) and not any(map(cast.is_org, there - here))
    same = here & there and (here <= there or there <= here or body)
    if record.last == 0 < reading.mention.sentence.number and (same or not here):
        return False  # a headline names it as it likes, but not what is signed with another body
    # `Hợp đồng làm máy bơm vừa được ký. A và B ký hợp đồng nghiên cứu, làm …`: who signs is told behind.
    opens = record.at[0] < HEADLINES and not record.parties
    return not opens or len(words & record.words - KINDS) < min(len(own), len(others))


def _of_its_state(here: tuple[str, ...], there: tuple[str, ...], cast: Cast) -> bool:
    """Whether the one body known to have signed is a ministry of one of two states."""
    states = len(there) == 2 and all(map(cast.state, there))
    return states and len(here) == 1 and any(cast.organ_of(here[0], state) for state in there)


def apart(signed: PartialDate | None, period: TimeValue | None) -> bool:
    """Whether a period begins too long before or after a signing to be its own."""
    start = period.start if isinstance(period, Interval) else None
    return bool(signed and signed.year and start and start.year and abs(start.year - signed.year) > 1)


def follows(later: Telling, earlier: Telling) -> bool:
    """Whether one has years that begin where those that a review of the other looks back on end."""
    if earlier.looked_back is None or earlier.period is not None or not isinstance(later.period, Interval):
        return False
    start, end = later.period.start, earlier.looked_back.value.end
    return bool(start and end and start.year and end.year and start.year - end.year in (0, 1))


def _begun(record: Record) -> bool:
    """Whether the years of a record are told as its own before anything says that it is a plan."""
    return isinstance(record.period, Interval) and record.period.start is not None and not record.headline


def same_period(record: Record, reading: Reading | Record) -> bool:
    """Whether the years of two do not contradict each other."""
    one, two = record.period, reading.period
    if isinstance(one, Interval) and isinstance(two, Interval) and one != two:
        ends = str(one.end), str(two.end)
        return None in (one.start, two.start) and (ends[0].startswith(ends[1]) or ends[1].startswith(ends[0]))
    return True


def _beside(record: Record) -> bool:
    """Whether a party is only named beside it, as the other side of somebody."""
    return any(party.grounds[0].rule is Rule.PARTNER for party in record.by.parties)


def prefer(reading: Reading, record: Record, cast: Cast) -> bool:
    """Whether a mention names the parties better: more of them, surely, and by name rather than place."""
    if not reading.parties or len(record.parties) > len(reading.parties) > 0:
        return False
    if reading.by.lone and _beside(record) and MULTILATERAL.match(record.title or ""):
        return True  # who is said to join it
    if len(reading.parties) > len(record.parties) or (record.by.weak and not reading.by.weak):
        return True
    below = not reading.headline or record.last == 0 < reading.mention.sentence.number
    if record.headline and below and len(reading.parties) > 1 and (record.by.weak or not reading.by.quoting):
        return True
    if len(reading.parties) != len(record.parties) or reading.by.weak:
        return False
    return cast.same_side(record.parties, reading.parties)
