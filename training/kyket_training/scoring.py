"""Scores of marked spans: strict, at character level, over whole documents.

A predicted span is right when both its edges and its label are those of a gold span. That is what seqeval
counts with `mode="strict", scheme=IOB2`, but on the text as it was given instead of on tokens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kyket.labels import ENTITY_LABELS, EVENT_LABELS

Mention = tuple[int, int, str]
"""A span to be scored: half-open offsets and a label."""

GROUPS: dict[str, Collection[str]] = {"entities": ENTITY_LABELS, "events": EVENT_LABELS}

EDGES, MISSED, SPURIOUS = "edges", "missed", "spurious"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gold items there are, how many were predicted, and how many of those are right.

    Example:
        >>> Tally(hits=3, gold=4, predicted=5) + Tally(hits=1, gold=1, predicted=3)
        Tally(hits=4, gold=5, predicted=8)
        >>> Tally(hits=3, gold=4, predicted=6).recall
        0.75
    """

    hits: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        """Right ones among the predicted, 0 where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right ones among the gold, 0 where there is none."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 1 where there is nothing to find and nothing was found."""
        total = self.gold + self.predicted
        return 2 * self.hits / total if total else 1.0


def tally_spans(gold: Iterable[Mention], predicted: Iterable[Mention]) -> dict[str, Tally]:
    """Strict counts of one document: each label that occurs, the groups `entities` and `events`, and `all`.

    Example:
        >>> tally_spans([(0, 5, "PER"), (9, 12, "VISIT")], [(0, 5, "ORG"), (9, 12, "VISIT")])["all"].f1
        0.5
    """
    wanted, found = set(gold), set(predicted)
    hits, golds, predictions = (Counter(label for *_, label in s) for s in (wanted & found, wanted, found))
    tallies = {label: Tally(hits[label], golds[label], predictions[label]) for label in golds | predictions}
    members = {**GROUPS, "all": tuple(tallies)}
    groups = {
        name: sum((tallies[label] for label in labels if label in tallies), Tally())
        for name, labels in members.items()
    }
    return tallies | groups


def add_up(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """The tallies of many documents as one (micro average)."""
    total: dict[str, Tally] = {}
    for one in tallies:
        for key, tally in one.items():
            total[key] = total.get(key, Tally()) + tally
    return total


def intervals(
    tallies: Sequence[Mapping[str, Tally]], *, draws: int = 1000, seed: int = 0, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """Percentile bootstrap intervals of F1, by drawing whole documents with replacement.

    Spans of one article stand and fall together, so the article is what is drawn (Efron & Tibshirani 1993,
    chapter 13). A draw in which a key does not occur says nothing about it and is left out.

    Args:
        tallies: One mapping per document.
        draws: Number of bootstrap samples.
        seed: Of the random draws; the same seed gives the same intervals.
        level: Share of the draws inside the interval.
    """
    keys = [key for key, tally in add_up(tallies).items() if tally.gold + tally.predicted]
    if not keys:
        return {}
    rows = [[one.get(key, Tally()) for key in keys] for one in tallies]
    counts = np.array([[(t.hits, t.gold, t.predicted) for t in row] for row in rows], dtype=float)
    documents = len(tallies)
    weights = np.random.default_rng(seed).multinomial(
        documents, np.full(documents, 1 / documents), size=draws
    )
    hits, gold, predicted = np.moveaxis(np.tensordot(weights.astype(float), counts, axes=1), -1, 0)
    with np.errstate(invalid="ignore"):
        f1 = 2 * hits / (gold + predicted)
    low, high = np.nanquantile(f1, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return {key: (float(low[i]), float(high[i])) for i, key in enumerate(keys)}


@dataclass(frozen=True, slots=True)
class Pairing:
    """A gold span and the prediction that answers it; one of the two may be missing."""

    gold: Mention | None
    predicted: Mention | None

    @property
    def outcome(self) -> str:
        """`right`, `edges` (label right, edges wrong), `label`, `missed` or `spurious`."""
        if self.gold is None:
            return SPURIOUS
        if self.predicted is None:
            return MISSED
        if self.gold == self.predicted:
            return "right"
        return EDGES if self.gold[2] == self.predicted[2] else "label"


def align(gold: Iterable[Mention], predicted: Iterable[Mention]) -> list[Pairing]:
    """Pairs gold and predicted spans one to one, those that agree best first, in the order of the text.

    Spans can pair when they overlap: same edges and label, same edges, same label, or neither, in this
    order, and the longer overlap first. Within each of the two lists spans must not overlap.
    """
    wanted, found = sorted(gold), sorted(predicted)
    candidates = []
    i = j = 0
    while i < len(wanted) and j < len(found):
        g, p = wanted[i], found[j]
        overlap = min(g[1], p[1]) - max(g[0], p[0])
        if overlap > 0:
            candidates.append(((g[:2] == p[:2]) * 2 + (g[2] == p[2]), overlap, -i, -j))
        if g[1] <= p[1]:
            i += 1
        else:
            j += 1
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, minus_i, minus_j in sorted(candidates, reverse=True):
        if -minus_i not in partner and -minus_j not in taken:
            partner[-minus_i] = -minus_j
            taken.add(-minus_j)
    pairings = [Pairing(g, found[partner[i]] if i in partner else None) for i, g in enumerate(wanted)]
    pairings += [Pairing(None, p) for j, p in enumerate(found) if j not in taken]
    return sorted(pairings, key=lambda pair: pair.gold or pair.predicted or (0, 0, ""))


def confusion(pairings: Iterable[Pairing]) -> Counter[tuple[str, str]]:
    """Counts of (row, column): what the gold says and what the prediction made of it.

    Rows are gold labels and `spurious` (no gold span there); columns are predicted labels, `edges` (that
    label, other edges) and `missed`. Each gold span counts once, and so does each predicted one.
    """
    table: Counter[tuple[str, str]] = Counter()
    for pair in pairings:
        row = pair.gold[2] if pair.gold else SPURIOUS
        column = EDGES if pair.outcome == EDGES else pair.predicted[2] if pair.predicted else MISSED
        table[row, column] += 1
    return table


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Predictions of similar score: how many, their mean score, and the share of right ones."""

    count: int
    score: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far scores can be read as probabilities.

    Attributes:
        error: Expected calibration error (ECE): mean distance of score and accuracy over the bins, each
            weighted by its size (Naeini et al. 2015), 0 at best.
    """

    error: float
    bins: list[CalibrationBin]


def calibrate(scores: Sequence[float], right: Sequence[bool], *, bins: int = 15) -> Calibration:
    """Compares scores with how often they were right, in bins that hold equally many predictions.

    Example:
        >>> calibrate([0.5, 0.5, 1.0, 1.0], [True, False, True, True], bins=2).error
        0.0
    """
    if not len(scores):
        return Calibration(0.0, [])
    order = np.argsort(np.asarray(scores, dtype=float), kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    made = [
        CalibrationBin(
            len(part), float(np.mean([scores[i] for i in part])), float(np.mean([right[i] for i in part]))
        )
        for part in parts
    ]
    error = sum(b.count * abs(b.score - b.accuracy) for b in made) / len(scores)
    return Calibration(float(error), made)
