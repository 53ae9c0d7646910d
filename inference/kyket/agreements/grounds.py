"""Why a value is what it is: the rule that gave it, and the words that the rule read.

A reader of the article gives its finding as a `Told`, a value together with its grounds, so that what
`kyket explain` shows is what decided.
"""

from __future__ import annotations

from enum import Enum
from typing import Generic, TypeVar

from msgspec import Struct

Value = TypeVar("Value")
Stretch = tuple[int, int]


class Rule(Enum):
    """The rules by which records come about, each with a name that stays and what it says."""

    # Mentions of a record
    FIRST = "first mention", "No record before fits this mention of an instrument; it opens one."
    SAME = "same instrument", "The mention contradicts the record nowhere; it speaks of the same instrument."
    ROUND = (
        "another round",
        "Years of another round of the instrument read last: `hai bản trước: 2010-2015, …`.",
    )

    # Instrument
    KIND = "kind by its noun", "The noun of the mention says what kind of instrument it is."
    KIND_BEFORE = (
        "kind of the record before",
        "Not named by its kind, it is of the kind of the instrument before.",
    )
    KIND_OPEN = "kind left open", "No mention names the kind: co-operation that was agreed, else other."

    # Parties
    BY_NAME = "name of the treaty", "A treaty whose abbreviation tells its parties: `EVFTA`."
    BETWEEN = "frame between", "`giữa A và B` after the instrument or its signing."
    OF = "frame of", "Parties straight after the instrument: `thỏa thuận của A và B`, `Hiệp định A - B`."
    SUBJECT = "frame subject", "`A và B ký`: the nearest before the signing, or who has an instrument."
    PARTNER = "frame with", "B of `A ký … với B`."
    TRADE = "frame of trade", "B of `A mua … của B` or `A bán … cho B`."
    ASKER = "frame asker", "A of `A đề nghị B ký` or `A đàm phán với B để ký`."
    EMPLOYERS = "people for their bodies", "People who sign stand for the bodies that they work for."
    HEAD = "head written once", "`Sở Du lịch hai tỉnh A và B`: a head and the places whose bodies it names."
    PHRASE = "phrase", "The entities that `hai bên`, `hai trường`, `hai nước` and the like stand for here."
    SUCCESSOR = "successor", "`hai bên` of a next instrument of that kind: the parties of the record before."
    SALIENCE = "salience", "The sentence names one or none: whom the article speaks of, by its signs."
    STATES = (
        "states",
        "A treaty of `hai bên`: Việt Nam and the state that the article speaks of most.",
    )
    ENTERPRISE = (
        "union and enterprise",
        "A collective agreement binds a union and the enterprise that it is of.",
    )
    PROMOTED = "body of the place", "Beside bodies a place stands for the like body of that place."
    PLACE = (
        "place of the body",
        "Beside a place, a committee or council that nothing says signed stands for its place.",
    )
    ROW = (
        "row of a table",
        "What a cell beside that of the instrument is about: `2; Ghi nhớ; A; B; 2017`.",
    )

    # Period
    VALIDITY = "validity", "`giai đoạn …`, `thời hạn …`, `đến năm …` beside the instrument."
    ANCHORED = "length with its end", "A length with the day from which or to which it counts."
    OPENING = "opening period", "`Giai đoạn …, hai bên có thỏa thuận`: the period opens the sentence."
    ONE_YEAR = "year of a plan", "`Kế hoạch phối hợp năm 2022` holds for that year."
    EXPIRY = "expiry", "`hết hạn`, `kết thúc` and a date: the end of the validity."
    AHEAD = "period ahead", "The period stands before the instrument that it is of."
    LOOKED_BACK = (
        "length looked back on",
        "`tổng kết 5 năm thực hiện …`: how long it held, where the next one follows.",
    )
    TERMS = "terms", "A sentence soon after the signing gives the period: `Theo đó, từ năm …`."
    STAGE = "stage", "`giai đoạn …` elsewhere that begins in the year of signing of this record alone."
    REPLACED = "replaced", "An old instrument ran from its signing until the one in its place begins."
    LENGTH = "length from the signing", "A length counts from the year of signing, else of publication."
    UNTIL = (
        "end alone",
        "Where only the end is told, it began with the signing, else with publication.",
    )

    # Status
    SIGNED = "signing", "The instrument is the object of a signing, and nothing says that it is to come."
    REVIEWED = "review", "What is reviewed (`sơ kết`, `đánh giá`) has been signed."
    IN_FORCE = "in force", "What is carried out, holds or ends (`thực hiện`, `hiệu lực`) has been signed."
    PLANNED = "plan", "Words of plan or wish before the signing: `sẽ`, `đề nghị`, `dự kiến`."
    DRAFT = "draft", "Words before the instrument say that it is a draft: `soạn thảo`, `đàm phán`."
    UNSIGNED = "unsigned", "Words after the instrument say that it is not signed yet: `chưa`, `đang chờ`."
    TO_COME = "after publication", "The day of signing is after publication: it is not signed yet."
    NO_SIGN = "nothing says otherwise", "An instrument counts as signed where nothing says otherwise."

    # Signing
    DATED = "date of the signing", "The date of the sentence that is nearest the signing."
    BORN = "date of the instrument", "A date straight after the instrument: `thỏa thuận ra đời năm 2015`."
    ANNIVERSARY = "anniversary", "`15 năm ngày ký`: counted back from publication."
    LAST_MONTH = "month gone by", "A month without its year was the last of its name."
    NEWS = "day of the news", "Told as signed, without a date: signed on the day that the article tells of."
    ITEM = (
        "list of what was signed",
        "An item of a list of what was signed, on the day of the news.",
    )

    # Renewal
    RENEWED = "renewal told", "`tái ký`, `gia hạn`, `thay cho`: the sentence says that one follows the other."
    YEARS_MEET = "years meet", "The signed record of its kind and parties that ends where this one begins."

    def __init__(self, title: str, meaning: str) -> None:
        self.title = title
        self.meaning = meaning


class Ground(Struct, frozen=True):
    """A rule, and the stretch of the scene's text that it read; None where it read no words of its own."""

    rule: Rule
    at: Stretch | None = None


class Told(Struct, Generic[Value], frozen=True):
    """A value with its grounds, in the order in which they made it."""

    value: Value
    grounds: tuple[Ground, ...]

    def then(self, value: Value, rule: Rule, at: Stretch | None = None) -> Told[Value]:
        """What a further rule makes of it."""
        return Told(value, (*self.grounds, Ground(rule, at)))


def told(value: Value, rule: Rule, start: int, end: int) -> Told[Value]:
    """A value that one rule read from one stretch."""
    return Told(value, (Ground(rule, (start, end)),))


def value_of(told: Told[Value] | None) -> Value | None:
    """The value alone; None for None."""
    return None if told is None else told.value
