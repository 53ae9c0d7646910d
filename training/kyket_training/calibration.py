"""Scores that can be read as probabilities: the temperature, the threshold, and the picture that shows it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kyket.tagging import Tagger
from kyket.tagging.decoding import BioDecoder
from kyket.tagging.windows import Scores
from kyket_training.corpus import AnnotatedArticle
from kyket_training.encode import ArticleEncoder
from kyket_training.scoring import Calibration

_log = logging.getLogger(__name__)

_TEMPERATURES = [float(0.4 * 6.25 ** (k / 32)) for k in range(-36, 57)]
"""From 0.05 to 10, in steps of 6 %."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the network says of the units of an article, and the tag that each has.

    *Shape:* `logits` (units, tags), `gold` (units,).
    """

    logits: Scores
    gold: list[int]


def judge(tagger: Tagger, encoder: ArticleEncoder, articles: Iterable[AnnotatedArticle]) -> list[Judged]:
    """What a tagger's network says of annotated articles; those without text are left out."""
    judged = []
    for article in articles:
        tokens = encoder.tokenizer(article.text)
        if len(tokens.ids):
            judged.append(Judged(tagger.unit_logits(tokens), encoder.unit_tags(article, tokens)))
    return judged


def fit_temperature(judged: list[Judged], tags: Sequence[str]) -> float:
    """The temperature (Guo et al. 2017) that makes it likeliest which of the spans found are right.

    That of single tags would be lower: most of them are easy, and a span is as sure as its least sure unit.
    """
    losses = []
    for temperature in _TEMPERATURES:
        scores, right, _ = _found(judged, BioDecoder(tags, temperature))
        likely = np.clip(np.where(right, scores, 1 - scores), 1e-6, 1)
        losses.append(-float(np.log(likely).mean()) if len(likely) else 0.0)
    # Where several do as well (all spans right and sure, or none found), the one that changes least.
    best = [t for t, loss in zip(_TEMPERATURES, losses, strict=True) if loss <= min(losses) + 1e-6]
    fitted = min(best, key=lambda t: abs(np.log(t)))
    if fitted in (_TEMPERATURES[0], _TEMPERATURES[-1]):
        message = "temperature %.3g is the last that was tried: scores of so few or such spans say little"
        _log.warning(message, fitted)
    return round(fitted, 3)


def fit_threshold(judged: list[Judged], tags: Sequence[str], temperature: float) -> float:
    """The least score of a span that is worth keeping.

    The lowest whose strict F1 comes within 0.005 of the best: a missed name costs a record more than one
    too many does.
    """
    scores, right, gold = _found(judged, BioDecoder(tags, temperature))
    candidates = np.linspace(0.0, 0.8, 17).tolist()
    f1 = [2 * right[scores >= t].sum() / max(1, (scores >= t).sum() + gold) for t in candidates]
    best = max(f1)
    return round(float(next(t for t, score in zip(candidates, f1, strict=True) if score >= best - 0.005)), 3)


def _found(
    judged: list[Judged], decoder: BioDecoder
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_], int]:
    """Score and rightness of each span found, and how many there should be. *Shape:* both (spans,)."""
    scores: list[float] = []
    right: list[bool] = []
    gold_count = 0
    for article in judged:
        certain = np.eye(article.logits.shape[1], dtype=np.float32)[article.gold] * 1e3
        gold = {(s.first, s.last, s.label) for s in decoder(certain)}
        gold_count += len(gold)
        for span in decoder(article.logits):
            scores.append(span.score)
            right.append((span.first, span.last, span.label) in gold)
    return np.array(scores), np.array(right, dtype=np.bool_), gold_count


def draw_reliability(before: Calibration, after: Calibration, path: Path) -> None:
    """Draws how often spans of a score are right, before and after the temperature, as a PNG.

    A reliability diagram (Niculescu-Mizil & Caruana 2005): bins of equal mass, the diagonal is perfect.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.6, 4.4), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
    for calibration, name, color in ((before, "before", "#b04a2f"), (after, "after", "#1f5f8b")):
        axes.plot(
            [part.score for part in calibration.bins],
            [part.accuracy for part in calibration.bins],
            color=color,
            marker="o",
            markersize=4,
            label=f"{name} (ECE {calibration.error:.3f})",
        )
    lowest = min((min(b.score, b.accuracy) for c in (before, after) for b in c.bins), default=0.0)
    axes.set_xlim(lowest - 0.02, 1.01)
    axes.set_ylim(lowest - 0.02, 1.01)
    axes.set_xlabel("score of a span")
    axes.set_ylabel("share that is right")
    axes.grid(alpha=0.3)
    axes.legend(loc="upper left")
    figure.savefig(path, dpi=120)
