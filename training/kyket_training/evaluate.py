"""Scores a reader of articles against gold: figures, confusions, calibration, and the worst articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from kyket.document import Date, Document, Span
from kyket.labels import LABELS
from kyket_training.corpus import AnnotatedArticle
from kyket_training.records import FIGURES, tally_records
from kyket_training.scoring import (
    GROUPS,
    Calibration,
    Pairing,
    add_up,
    align,
    calibrate,
    confusion,
    intervals,
    tally_spans,
)

_SUMS = (*GROUPS, "all")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a score table.

    Attributes:
        low: Lower end of the 95 % bootstrap interval of `f1`, over articles.
        high: Upper end.
        gold: How many there are.
        predicted: How many were predicted.
    """

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int
    predicted: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One article as it was read, with gold and predicted spans paired."""

    article: AnnotatedArticle
    document: Document
    pairings: list[Pairing]

    @property
    def errors(self) -> int:
        """How many pairings are not right."""
        return sum(pair.outcome != "right" for pair in self.pairings)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came out.

    Attributes:
        figures: By label, then `entities`, `events` and `all`, then the document-level figures of
            `kyket_training.records`; what does not occur is left out, and so are the two groups where there
            are other labels than those of the guidelines.
        confusion: Counts of (gold label, what was made of it), as `kyket_training.scoring.confusion` gives.
        calibration: Of the scores of the model's own spans.
        offsets_broken: Spans and dates whose text does not stand where they say; 0 if all is well.
    """

    readings: list[Reading]
    figures: dict[str, Figure]
    confusion: Counter[tuple[str, str]]
    calibration: Calibration
    offsets_broken: int

    def worst(self, count: int) -> list[Reading]:
        """The articles with most wrong spans, worst first, without those that have none."""
        wrong = [reading for reading in self.readings if reading.errors]
        return sorted(wrong, key=lambda reading: (-reading.errors, reading.article.id))[:count]

    def to_json(self) -> dict[str, Any]:
        """Plain dicts and rounded numbers, ready for `json.dumps`."""
        table: dict[str, dict[str, int]] = {}
        for (row, column), count in sorted(self.confusion.items()):
            table.setdefault(row, {})[column] = count
        return {
            "articles": len(self.readings),
            "offsets_broken": self.offsets_broken,
            "figures": {name: _rounded(asdict(figure)) for name, figure in self.figures.items()},
            "calibration": {
                "error": round(self.calibration.error, 4),
                "bins": [_rounded(asdict(part)) for part in self.calibration.bins],
            },
            "confusion": table,
        }


def evaluate(
    extract: Callable[[AnnotatedArticle], Document],
    articles: Iterable[AnnotatedArticle],
    *,
    records: bool = True,
    spans: bool = True,
    draws: int = 1000,
    seed: int = 0,
) -> Evaluation:
    """Reads every article with `extract` and compares with the gold.

    Args:
        extract: Must use nothing of the article but its text and what is known beforehand, unless the
            point is to score the rules on gold spans.
        articles: With gold; a document-level figure counts the articles that have gold for it.
        records: Whether dates, agreements and people are scored too.
        spans: Whether spans have figures; on gold spans these would say nothing.
        draws: Bootstrap samples for the intervals.
        seed: Of those samples.
    """
    readings = []
    tallies = []
    for article in articles:
        document = extract(article)
        gold = [(span.start, span.end, span.label) for span in article.spans]
        predicted = [(span.start, span.end, span.label) for span in document.spans]
        readings.append(Reading(article, document, align(gold, predicted)))
        tallies.append(tally_spans(gold, predicted) | (tally_records(article, document) if records else {}))
    totals, ranges = add_up(tallies), intervals(tallies, draws=draws, seed=seed)
    others = sorted(totals.keys() - {*LABELS, *_SUMS, *FIGURES})
    sums = ("all",) if others else _SUMS  # `entities` and `events` are groups of our own labels
    figures = {
        name: Figure(
            totals[name].precision,
            totals[name].recall,
            totals[name].f1,
            *ranges[name],
            totals[name].gold,
            totals[name].predicted,
        )
        for name in ((*LABELS, *others, *sums) if spans else ()) + FIGURES
        if name in ranges
    }
    return Evaluation(
        readings=readings,
        figures=figures,
        confusion=confusion(pair for reading in readings for pair in reading.pairings),
        calibration=_calibration(readings),
        offsets_broken=sum(_broken(reading) for reading in readings),
    )


def tagged_by(tagger: Callable[[str], list[Span]]) -> Callable[[AnnotatedArticle], Document]:
    """A reader for `evaluate` that gives the spans of a tagger and nothing else."""

    def read(article: AnnotatedArticle) -> Document:
        return Document(id=article.id, text=article.text, spans=tagger(article.text))

    return read


def _calibration(readings: list[Reading]) -> Calibration:
    scores, right = [], []
    for reading in readings:
        hits = {pair.predicted for pair in reading.pairings if pair.outcome == "right"}
        for span in reading.document.spans:
            if span.by == "model":
                scores.append(span.score)
                right.append((span.start, span.end, span.label) in hits)
    return calibrate(scores, right)


def _broken(reading: Reading) -> int:
    text = reading.article.text
    marks: list[Span | Date] = [*reading.document.spans, *reading.document.dates]
    return (reading.document.text != text) + sum(text[m.start : m.end] != m.text for m in marks)


def _rounded(numbers: dict[str, Any]) -> dict[str, Any]:
    return {name: round(n, 4) if isinstance(n, float) else n for name, n in numbers.items()}
