"""Constrained decoding of BIO tags: the best sequence in which every I-X follows B-X or I-X."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kyket.tagging.windows import Scores

IMPOSSIBLE = np.float32(-1e9)


def bio_tags(labels: Sequence[str]) -> list[str]:
    """`O`, then `B-X` and `I-X` for each label, in the order in which the model's outputs stand."""
    return ["O", *(f"{position}-{label}" for label in labels for position in "BI")]


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """Units `[first, last)` have `label`, with probability `score`."""

    first: int
    last: int
    label: str
    score: float


class BioDecoder:
    """Decodes what the model says of each unit.

    Args:
        tags: The names of the model's outputs, in order; the first is `O`.
        temperature: Divides the logits, so that scores are probabilities that come true (Guo et al. 2017,
            On Calibration of Modern Neural Networks).
    """

    def __init__(self, tags: Sequence[str], temperature: float = 1.0) -> None:
        self.tags = list(tags)
        self._temperature = temperature
        inside = [tag.startswith("I-") for tag in tags]
        self._inside = np.array(inside)
        self._label = [tag[2:] for tag in tags]
        self._inside_of = {tag[2:]: i for i, tag in enumerate(tags) if inside[i]}
        allowed = [
            [
                not inside[to] or (tags[before] != "O" and tags[before][2:] == tags[to][2:])
                for to in range(len(tags))
            ]
            for before in range(len(tags))
        ]
        self._allowed = np.array(allowed)
        self._transitions = np.where(self._allowed, np.float32(0), IMPOSSIBLE)

    def best_tags(self, logits: Scores) -> npt.NDArray[np.int64]:
        """The best allowed sequence of tag indices. *Shape:* (units, tags) to (units,)."""
        if not len(logits):
            return np.zeros(0, dtype=np.int64)
        greedy: npt.NDArray[np.int64] = logits.argmax(axis=1)
        if not self._inside[greedy[0]] and self._allowed[greedy[:-1], greedy[1:]].all():
            return greedy  # the best of each unit on its own is allowed, so nothing can be better
        return self._viterbi(logits)

    def _viterbi(self, logits: Scores) -> npt.NDArray[np.int64]:
        log_probabilities = _log_softmax(logits)
        best = np.where(self._inside, IMPOSSIBLE, log_probabilities[0])
        came_from = np.zeros(logits.shape, dtype=np.int64)
        columns = np.arange(logits.shape[1])
        for unit in range(1, len(logits)):
            reach = best[:, None] + self._transitions
            came_from[unit] = reach.argmax(axis=0)
            best = reach[came_from[unit], columns] + log_probabilities[unit]
        path = np.zeros(len(logits), dtype=np.int64)
        path[-1] = best.argmax()
        for unit in range(len(logits) - 1, 0, -1):
            path[unit - 1] = came_from[unit, path[unit]]
        return path

    def probabilities(self, logits: Scores) -> Scores:
        """How probable each tag is for each unit, under the temperature. *Shape:* (units, tags), as given."""
        probabilities: Scores = np.exp(_log_softmax(logits / self._temperature))
        return probabilities

    def __call__(self, logits: Scores) -> list[UnitSpan]:
        """The spans of the best allowed sequence, in order. *Shape of logits:* (units, tags)."""
        if not len(logits):
            return []
        path = self.best_tags(logits)
        probabilities = self.probabilities(logits)
        chosen = probabilities[np.arange(len(path)), path]
        spans: list[UnitSpan] = []
        starts = np.flatnonzero((path != 0) & ~self._inside[path])
        for first in starts.tolist():
            label = self._label[path[first]]
            inside = self._inside_of.get(label, -1)
            last = first + 1
            while last < len(path) and path[last] == inside:
                last += 1
            score = float(chosen[first:last].min())
            if last < len(path) and inside >= 0:
                score = min(
                    score, 1.0 - float(probabilities[last, inside])
                )  # that it ends here is part of it
            spans.append(UnitSpan(first, last, label, score))
        return spans


def _log_softmax(logits: Scores) -> Scores:
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result
