from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kyket.tagging.decoding import BioDecoder, UnitSpan, bio_tags

TAGS = bio_tags(["ORG", "PER"])
LOGITS = st.integers(0, 5).flatmap(
    lambda units: arrays(
        np.float32, (units, len(TAGS)), elements=st.floats(-6, 6, width=32, allow_subnormal=False)
    )
)
LONG_LOGITS = st.integers(0, 40).flatmap(
    lambda units: arrays(
        np.float32, (units, len(TAGS)), elements=st.floats(-100, 100, width=32, allow_subnormal=False)
    )
)


def allowed(path: tuple[int, ...] | list[int]) -> bool:
    """Whether every I-X follows a B-X or an I-X."""
    names = ["O", *(TAGS[tag] for tag in path)]
    return all(
        not here.startswith("I-") or before[2:] == here[2:] for before, here in itertools.pairwise(names)
    )


def worth(path: tuple[int, ...] | list[int], logits: npt.NDArray[np.float32]) -> float:
    """Log-odds of a path: the sum of its logits, as their normalisation is the same for all paths."""
    return float(sum(logits[unit, tag] for unit, tag in enumerate(path)))


def test_tags_stand_in_the_order_of_the_labels() -> None:
    assert TAGS == ["O", "B-ORG", "I-ORG", "B-PER", "I-PER"]


@given(LOGITS)
def test_no_allowed_path_is_better(logits: npt.NDArray[np.float32]) -> None:
    path = BioDecoder(TAGS).best_tags(logits).tolist()
    assert allowed(path)
    everything = itertools.product(range(len(TAGS)), repeat=len(logits))
    best = max(worth(other, logits) for other in everything if allowed(other))
    assert worth(path, logits) == pytest.approx(best, abs=1e-3)


@given(LONG_LOGITS)
def test_an_inside_never_follows_another_label(logits: npt.NDArray[np.float32]) -> None:
    assert allowed(BioDecoder(TAGS).best_tags(logits).tolist())


@given(st.lists(st.integers(0, len(TAGS) - 1), max_size=30).filter(allowed), st.integers(0, 1000))
def test_what_is_best_unit_by_unit_and_allowed_is_the_answer(path: list[int], seed: int) -> None:
    logits = np.random.default_rng(seed).normal(size=(len(path), len(TAGS))).astype(np.float32)
    for unit, tag in enumerate(path):
        logits[unit, tag] = logits[unit].max() + 0.5
    decoder = BioDecoder(TAGS)
    assert decoder.best_tags(logits).tolist() == path
    if path:
        assert decoder._viterbi(logits).tolist() == path


@given(LONG_LOGITS, st.floats(0.25, 4))
def test_spans_are_sorted_apart_and_scored(logits: npt.NDArray[np.float32], temperature: float) -> None:
    decoder = BioDecoder(TAGS, temperature)
    spans = decoder(logits)
    path = decoder.best_tags(logits).tolist()
    written = [0] * len(path)
    position = 0
    for span in spans:
        assert position <= span.first < span.last <= len(logits)
        assert 0 <= span.score <= 1
        assert span.label in {"ORG", "PER"}
        written[span.first : span.last] = [TAGS.index(f"I-{span.label}")] * (span.last - span.first)
        written[span.first] = TAGS.index(f"B-{span.label}")
        position = span.last
    assert written == path


def one_hot(*tags: str, strength: float = 9) -> npt.NDArray[np.float32]:
    logits = np.zeros((len(tags), len(TAGS)), dtype=np.float32)
    for unit, tag in enumerate(tags):
        logits[unit, TAGS.index(tag)] = strength
    return logits


def test_neighbours_with_one_label_are_two_spans() -> None:
    spans = BioDecoder(TAGS)(one_hot("B-PER", "B-PER", "I-PER", "O", "B-ORG"))
    assert [(s.first, s.last, s.label) for s in spans] == [(0, 1, "PER"), (1, 3, "PER"), (4, 5, "ORG")]


def test_a_lone_inside_begins_a_span_or_gives_way() -> None:
    logits = one_hot("O", "I-PER", "I-PER")
    logits[1, TAGS.index("B-PER")] = 8
    assert [(s.first, s.last, s.label) for s in BioDecoder(TAGS)(logits)] == [(1, 3, "PER")]


def test_the_score_is_that_of_the_weakest_unit() -> None:
    logits = one_hot("B-PER", "I-PER")
    logits[1] = np.log([0.3, 0.05, 0.05, 0.1, 0.5])
    assert BioDecoder(TAGS)(logits) == [UnitSpan(0, 2, "PER", pytest.approx(0.5))]


def test_a_doubtful_end_lowers_the_score() -> None:
    logits = one_hot("B-PER", "O")
    logits[1] = np.log([0.5, 0.02, 0.02, 0.06, 0.4])
    assert BioDecoder(TAGS)(logits) == [UnitSpan(0, 1, "PER", pytest.approx(0.6))]


def test_temperature_changes_scores_and_no_span() -> None:
    logits = one_hot("B-PER", "I-PER", "O", strength=4)
    (plain,), (soft,) = BioDecoder(TAGS)(logits), BioDecoder(TAGS, 2.0)(logits)
    assert (plain.first, plain.last) == (soft.first, soft.last)
    assert soft.score < plain.score


def test_nothing_gives_nothing() -> None:
    assert BioDecoder(TAGS)(np.zeros((0, 0), dtype=np.float32)) == []


@given(LOGITS)
def test_scores_are_the_probabilities_of_the_tags(logits: npt.NDArray[np.float32]) -> None:
    decoder = BioDecoder(TAGS, temperature=2.0)
    probabilities = decoder.probabilities(logits)
    assert probabilities.shape == logits.shape
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    path = decoder.best_tags(logits)
    for span in decoder(logits):
        units = range(span.first, span.last)
        assert span.score <= min(probabilities[unit, path[unit]] for unit in units) + 1e-6
