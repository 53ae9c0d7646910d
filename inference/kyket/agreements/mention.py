"""What is known of one mention of an instrument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kyket.agreements.grounds import Told
from kyket.agreements.scene import Piece, Sentence


@dataclass(slots=True)
class Mention:
    """A place where the article speaks of an instrument.

    Attributes:
        index: The AGREEMENT span; None where only a signing (`ký kết hợp tác`) speaks of it.
        kind: Instrument kind; None where the word stands for any (`văn bản`).
        left: Where the stretch of the sentence that tells of it begins; `right`: where it ends.
        trigger: The SIGNING span that it is the object of.
        age: `new` or `old`, where the text sets it off from another of its kind.
        plural: Several at once (`12 văn kiện`); `number`: how many these are, where that is told.
        other: None that was told of before (`một thỏa thuận khác`); `also`: one more (`còn ký`, `ký một`).
        listed: It opens a line; `bullet`: after a dash, a number or the like.
        review: The REVIEW span that it is the object of.
        deed: What is done by it is told, and no paper: `ký kết tài trợ …`.
        retold: Its signing is taken up as told: `việc A và B ký …`.
        code: The abbreviation that names this one paper and no other: `EVFTA`.
        called: Where what it is told to be (`X là một thỏa thuận …`) ends.
        aim: That it is only what another paper is to bring about (`ý định thư về ký kết hiệp định`).
        beside: The one that is joined to it straight behind: `X và Y giữa A và B`; `behind`: that before it.
    """

    sentence: Sentence
    index: int | None
    start: int
    end: int
    kind: str | None = None
    trigger: Piece | None = None
    age: str | None = None
    anaphor: bool = False
    plural: bool = False
    number: int = 0
    other: bool = False
    also: bool = False
    listed: bool = False
    bullet: bool = False
    review: Piece | None = None
    deed: bool = False
    retold: bool = False
    alias: int | None = None
    code: str | None = None
    called: int | None = None
    aim: Told[str] | None = None
    beside: Mention | None = None
    behind: Mention | None = None
    left: int = field(init=False)
    right: int = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.right = self.sentence.start, self.sentence.end

    @property
    def told_from(self) -> int:
        """Where the part of the sentence begins that follows the instrument or its signing."""
        if self.trigger:
            return max(min(self.end, self.trigger.end), self.left)
        return self.end

    def row(self) -> Iterator[Mention]:
        """This one and those that are joined to it behind: X, Y and Z of `X, Y và Z giữa A và B`.

        What it is to bring about comes first: the names behind that stand nearer than any before.
        """
        if self.beside is not None and self.beside.aim:
            yield from self.beside.row()
        yield self
        if self.beside is not None and not self.beside.aim:
            yield from self.beside.row()
