"""Fits what each sign is worth that entities are the parties of an instrument.

    python -m kyket_training.party_weights [data/articles/train] [--out salience.tsv]

Where a sentence names one party or none, `kyket.agreements` weighs every set of entities that could be the
parties: the set `c` has signs `x_c` (how lately it was named, whether the two meet …), the signs
have worths `w`, and the set with the greatest `w·x_c` wins. This module reads annotated articles
with their gold spans, listens to those choices, and looks for the worths under which the parties that
annotators wrote down win.

**The model** is the conditional logit: a set is chosen from those on offer, `C`, with the probability

    P(c) = exp(w·x_c) / Σ_{d ∈ C} exp(w·x_d)

(D. McFadden, *Conditional logit analysis of qualitative choice behavior*, in P. Zarembka (ed.), Frontiers in
Econometrics, Academic Press 1974, pp. 105-142). Two entities may have the same name, so more than one set may
be right; the probability of a right choice is the sum over the right sets `G`. What is minimised is

    L(w) = - Σ_places log Σ_{c ∈ G} P(c) + λ |w|²

The second term is a ridge penalty, λ = 0.7: signs are many for a few hundred places, some are rare and some
go together, and the penalty keeps their worths small unless the articles speak for more (A. E. Hoerl and
R. W. Kennard, *Ridge regression*, Technometrics 12, 1970; S. le Cessie and J. C. van Houwelingen, *Ridge
estimators in logistic regression*, Applied Statistics 41, 1992). With q the distribution P confined to G, the
gradient of a place is `Σ_c (P(c) - q(c)) x_c`, to which the penalty adds `2λw`. L-BFGS minimises.

**Which places count.** A record that the rules find is taken for the gold record most like it (see `_cost`);
a choice made at a mention that tells of one such record is an example, if the gold parties are on offer.
Which sets are on offer depends a little on the worths in force, since the rules offer the entities with most
points: fitting anew from the fitted table may move the figures a little.

The table is written into the current folder, not over `kyket/agreements/salience.tsv`: what is likeliest on
the training articles need not be best on others, so measure on `data/articles/dev` before taking it over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer
from scipy.optimize import minimize

from kyket import dates, names
from kyket.agreements.parties import Cast
from kyket.agreements.records import records
from kyket.agreements.salience import Weighing
from kyket.agreements.scene import Scene, lay_out
from kyket.agreements.signs import Signs
from kyket.document import Agreement, Span
from kyket.errors import KyketError
from kyket.tagging.rules import mark_periods
from kyket_training.corpus import AnnotatedArticle, read_articles
from kyket_training.records import parties_f1

RIDGE = 0.7
FOLDS = 5
_HEADER = """\
# What each sign is worth that two or more entities are the parties of an instrument.
# Source: conditional logit fitted on the articles of {articles}, gold spans fed in; see docs/agreements.md.
"""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A place where parties were chosen and the right ones were on offer.

    Attributes:
        article: Its id.
        choices: The signs of each set of entities on offer.
        right: Which of them are the gold parties, at least one.
    """

    article: str
    choices: list[Signs]
    right: list[int]


@dataclass(frozen=True, slots=True)
class Place:
    """An `Example` in figures.

    *Shape:* `signs` (sets, signs), `right` (sets,) of bool.
    """

    signs: Vector
    right: npt.NDArray[np.bool_]


def examples(articles: Iterable[AnnotatedArticle]) -> Iterator[Example]:
    """The choices of parties that reading the articles with gold spans takes, where gold is on offer.

    Articles without gold records are left out.
    """
    for article in articles:
        if article.agreements:
            yield from _examples(article, article.agreements)


def _examples(article: AnnotatedArticle, gold: list[dict[str, Any]]) -> Iterator[Example]:
    spans = [
        Span(start=s.start, end=s.end, text=article.text[s.start : s.end], label=s.label)
        for s in article.spans
    ]
    found_dates = dates.find(article.text, article.published)
    spans = mark_periods(spans, found_dates)
    entities = names.link(article.text, spans)
    scene = lay_out(article.text, spans, found_dates, entities, article.published)
    cast = Cast(scene)
    weighings: dict[tuple[int, tuple[str, ...]], Weighing] = {}

    def watch(weighing: Weighing) -> None:  # a record is weighed anew at each mention: the last one stands
        weighings[weighing.offset, weighing.known] = weighing

    found = [proof.agreement() for proof in records(scene, spans, cast, watch)]
    name = {entity.id: entity.name for entity in [*entities, *cast.implied]}
    partners = _pair(gold, found, name)
    told = _told(scene, found)
    for weighing in weighings.values():
        at = [record for record in told.get(weighing.offset, ()) if record in partners]
        if len(at) != 1:
            continue
        parties = gold[partners[at[0]]]["parties"]
        right = [
            number
            for number, (ids, _) in enumerate(weighing.choices)
            if parties_f1(parties, [name[id] for id in ids]) == 1
        ]
        if right:
            yield Example(article.id, [signs for _, signs in weighing.choices], right)


def _told(scene: Scene, found: Sequence[Agreement]) -> dict[int, list[int]]:
    """Which of the records the span at an offset of the scene tells of."""
    starts = {piece.index: piece.start for sentence in scene.sentences for piece in sentence.pieces}
    told: dict[int, list[int]] = {}
    for number, record in enumerate(found):
        for index in record.evidence:
            if index in starts:
                told.setdefault(starts[index], []).append(number)
    return told


def _pair(gold: list[dict[str, Any]], found: Sequence[Agreement], name: dict[str, str]) -> dict[int, int]:
    """The gold record of each found one that has one; the likest are paired first."""
    costs = sorted(
        (_cost(record, other, name), number, at)
        for number, record in enumerate(gold)
        for at, other in enumerate(found)
        if record["instrument"] == other.instrument
    )
    pairs: dict[int, int] = {}
    for cost, number, at in costs:
        if cost <= 1 and at not in pairs and number not in pairs.values():
            pairs[at] = number
    return pairs


def _cost(gold: dict[str, Any], found: Agreement, name: dict[str, str]) -> float:
    """How unlike two records of one kind are; above 1 they are not the same.

    A wrong period or status is forgiven where half of the parties are right, so that the parties, which are
    to be learned, do not decide alone what they are learned from.
    """
    cost: float = 2.0 * (gold.get("period") != found.period) + 2.0 * bool(gold["status"] != found.status)
    cost += gold.get("signed_on") not in (None, found.signed_on)
    return cost - 2 * parties_f1(gold["parties"], [name[id] for id in found.parties])


def signs_of(found: Iterable[Example]) -> list[str]:
    """The names of all signs that occur, sorted."""
    return sorted({sign for example in found for signs in example.choices for sign in signs})


def to_place(example: Example, signs: Sequence[str]) -> Place:
    """An example in figures, with a column for each of `signs`."""
    columns = [[choice.get(sign, 0.0) for sign in signs] for choice in example.choices]
    right = np.zeros(len(columns), dtype=np.bool_)
    right[example.right] = True
    return Place(np.array(columns, dtype=np.float64).reshape(len(columns), len(signs)), right)


def loss(worths: Vector, places: Sequence[Place], ridge: float = RIDGE) -> tuple[float, Vector]:
    """What the fit minimises, and its gradient.

    Args:
        worths: One for each sign.
        places: Those to fit.
        ridge: λ of the module docstring; 0 for the bare negative log-likelihood, in nats.
    """
    total, gradient = ridge * float(worths @ worths), 2 * ridge * worths
    for place in places:
        points = place.signs @ worths
        odds = np.exp(points - points.max())
        chance = odds / odds.sum()
        right = float(chance[place.right].sum())
        total -= float(np.log(right))
        gradient = gradient + place.signs.T @ (chance - np.where(place.right, chance, 0.0) / right)
    return total, gradient


def fit(places: Sequence[Place], ridge: float = RIDGE) -> Vector:
    """The worths of the signs under which the right choices are likeliest."""
    start = np.zeros(places[0].signs.shape[1])
    found = minimize(loss, start, args=(places, ridge), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x, dtype=np.float64)


def hits(worths: Vector, places: Iterable[Place]) -> int:
    """In how many places the set with the most points is right."""
    return sum(bool(place.right[int(np.argmax(place.signs @ worths))]) for place in places)


def cross_validated_hits(articles: Sequence[str], places: Sequence[Place], folds: int = FOLDS) -> int:
    """In how many places the set with the most points is right, fitted without the articles of its fold.

    Args:
        articles: The article of each place; all places of an article are in one fold.
        places: As long as `articles`.
        folds: Into how many parts the articles are dealt, in the order of their ids.
    """
    fold = {article: number % folds for number, article in enumerate(sorted(set(articles)))}
    total = 0
    for held_out in range(folds):
        inside = [p for a, p in zip(articles, places, strict=True) if fold[a] != held_out]
        outside = [p for a, p in zip(articles, places, strict=True) if fold[a] == held_out]
        if inside and outside:
            total += hits(fit(inside), outside)
    return total


def to_table(signs: Sequence[str], worths: Vector, articles: str) -> str:
    """The lines of `salience.tsv`: signs by falling worth, to one decimal; those worth nothing left out.

    Example:
        >>> table = to_table(["a venue", "joined", "near"], np.array([-0.8, 1.52, 0.04]), "some")
        >>> print(table.expandtabs(8), end="")
        # What each sign is worth that two or more entities are the parties of an instrument.
        # Source: conditional logit fitted on the articles of some, gold spans fed in; see docs/agreements.md.
        joined  1.5
        a venue -0.8
    """
    order = sorted(zip(signs, worths.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    rows = [f"{sign}\t{worth:.1f}\n" for sign, worth in order if round(worth, 1)]
    return _HEADER.format(articles=articles) + "".join(rows)


def main(
    articles: Annotated[Path, typer.Argument(help="Folder of annotated articles.")] = Path(
        "data/articles/train"
    ),
    out: Annotated[Path, typer.Option(help="Table to write.")] = Path("salience.tsv"),
) -> None:
    """Fit what each sign of the parties of an instrument is worth."""
    try:
        found = list(examples(read_articles(articles)))
        if not found:
            raise KyketError(f"{articles}: no place there where parties are chosen and gold has them")
    except KyketError as error:
        typer.echo(f"kyket: {error}", err=True)
        raise typer.Exit(2) from None
    signs = signs_of(found)
    places = [to_place(example, signs) for example in found]
    worths = fit(places)
    typer.echo(f"choices {len(places)}")
    typer.echo(f"hits in sample {hits(worths, places)}")
    held_out = cross_validated_hits([example.article for example in found], places)
    typer.echo(f"hits in {FOLDS}-fold cross-validation by article {held_out}")
    out.write_text(to_table(signs, worths, articles.as_posix()), encoding="utf-8", newline="\n")
    typer.echo(f"written to {out}")


if __name__ == "__main__":
    typer.run(main)
