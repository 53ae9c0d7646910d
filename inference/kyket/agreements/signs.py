"""What speaks for two or more entities as the parties of an instrument, and what each such sign is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from operator import attrgetter

from msgspec import Struct

Signs = dict[str, float]
_ROUNDING = 1e-9


@cache
def points() -> dict[str, float]:
    """What each sign is worth."""
    return parse_points(files(__package__).joinpath("salience.tsv").read_text(encoding="utf-8"))


def parse_points(table: str) -> dict[str, float]:
    r"""What each sign is worth, from lines of a name, a tab and a number; lines with `#` are comments.

    Example:
        >>> parse_points("# Source: made up\njoined\t1.5\na venue\t-0.8")
        {'joined': 1.5, 'a venue': -0.8}
    """
    lines = (line.split("\t") for line in table.splitlines() if line[:1] != "#")
    return {name: float(value) for name, value in lines}


def total(signs: Signs, before: float = 0.0) -> float:
    """What signs are worth together, with what others were worth `before` them."""
    worth = points()
    for name, value in signs.items():
        before += worth.get(name, 0.0) * value
    return before


class Weight(Struct, frozen=True):
    """Signs, and what they are worth together."""

    signs: Signs
    worth: float

    @classmethod
    def of(cls, signs: Signs) -> Weight:
        """The weight of signs."""
        return cls(signs, total(signs))

    def beside(self, more: Signs) -> Weight:
        """The weight with further signs, none of which it has."""
        return Weight(self.signs | more, total(more, self.worth)) if more else self


_worth: Callable[[Weight], float] = attrgetter("worth")


class Choice(Struct, frozen=True):
    """A set of entities that could be the parties, with what speaks for it.

    Attributes:
        ids: The entities.
        each: What speaks for each of them.
        two: What speaks for each two of them.
        all: What speaks for the set as a whole.
    """

    ids: tuple[str, ...]
    each: list[Weight]
    two: list[Weight]
    all: Weight

    @property
    def worth(self) -> float:
        """What `signs` are worth, but for rounding."""
        each, two = sum(map(_worth, self.each)), sum(map(_worth, self.two))
        return each * 2 / len(self.each) + two / len(self.two) + self.all.worth

    @property
    def signs(self) -> Signs:
        """What speaks for each two and, twice, for each, both as means; and what speaks for all."""
        signs: Signs = defaultdict(float)
        for weight in self.each:
            for name, value in weight.signs.items():
                signs[name] += value * 2 / len(self.each)
        for weight in self.two:
            for name, value in weight.signs.items():
                signs[name] += value / len(self.two)
        signs.update(self.all.signs)
        return dict(signs)


def heaviest(choices: list[Choice]) -> tuple[str, ...]:
    """The ids of the choice that is worth most, the first of equals; empty where there is none."""
    if not choices:
        return ()
    worths = [choice.worth for choice in choices]
    level = max(worths) - _ROUNDING
    best = [choice for choice, worth in zip(choices, worths, strict=True) if worth > level]
    # Sums in another order differ by a hair: those that are level but for that are weighed sign by sign.
    return best[0].ids if len(best) == 1 else max(best, key=lambda choice: total(choice.signs)).ids
