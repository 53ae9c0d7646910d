from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyket_training.scoring import (
    Mention,
    Pairing,
    Tally,
    add_up,
    align,
    calibrate,
    confusion,
    intervals,
    tally_spans,
)

LABELS = ("ORG", "PER", "SIGNING", "OTHER")


@st.composite
def mentions(draw: st.DrawFn) -> list[Mention]:
    edges = sorted(draw(st.sets(st.integers(0, 25), max_size=10)))
    spans = zip(edges[::2], edges[1::2], strict=False)
    return [(start, end, draw(st.sampled_from(LABELS))) for start, end in spans]


def tags(spans: list[Mention], length: int) -> list[str]:
    row = ["O"] * length
    for start, end, label in spans:
        row[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return row


@settings(deadline=None)  # the first call imports seqeval
@given(st.lists(st.tuples(mentions(), mentions()), min_size=1, max_size=5))
def test_strict_figures_are_those_of_seqeval(documents: list[tuple[list[Mention], list[Mention]]]) -> None:
    metrics = pytest.importorskip("seqeval.metrics")
    scheme = pytest.importorskip("seqeval.scheme").IOB2
    ours = add_up(tally_spans(gold, predicted) for gold, predicted in documents)
    rows = [[tags(side[i], 26) for side in documents] for i in (0, 1)]
    if ours["all"] == Tally():
        return
    theirs = metrics.classification_report(
        *rows, mode="strict", scheme=scheme, output_dict=True, zero_division=0
    )
    for name, key in [*((label, label) for label in LABELS), ("all", "micro avg")]:
        tally = ours.get(name, Tally())
        if tally.gold + tally.predicted:
            assert tally.precision == pytest.approx(theirs[key]["precision"])
            assert tally.recall == pytest.approx(theirs[key]["recall"])
            assert tally.f1 == pytest.approx(theirs[key]["f1-score"])
            assert tally.gold == theirs[key]["support"]


def test_groups_add_up_their_labels() -> None:
    tallies = tally_spans([(0, 2, "ORG"), (3, 5, "VISIT"), (6, 7, "OTHER")], [(0, 2, "ORG"), (3, 4, "VISIT")])
    assert tallies["entities"] == Tally(1, 1, 1)
    assert tallies["events"] == Tally(0, 1, 1)
    assert tallies["all"] == Tally(1, 3, 2)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert Tally().f1 == 1.0
    assert Tally(predicted=1).f1 == Tally(gold=1).f1 == 0.0


@given(mentions(), mentions())
def test_each_span_is_paired_once(gold: list[Mention], predicted: list[Mention]) -> None:
    pairings = align(gold, predicted)
    assert sorted(pair.gold for pair in pairings if pair.gold) == gold
    assert sorted(pair.predicted for pair in pairings if pair.predicted) == predicted
    assert sum(pair.outcome == "right" for pair in pairings) == len(set(gold) & set(predicted))
    for pair in pairings:
        if pair.gold and pair.predicted:
            assert pair.gold[0] < pair.predicted[1] and pair.predicted[0] < pair.gold[1]
    table = confusion(pairings)
    for label in LABELS:
        assert sum(n for (row, _), n in table.items() if row == label) == sum(g[2] == label for g in gold)
        assert table[label, label] == len({g for g in gold if g[2] == label} & set(predicted))


@pytest.mark.parametrize(
    ("gold", "predicted", "outcomes"),
    [
        ([(0, 4, "ORG")], [(0, 4, "ORG")], ["right"]),
        ([(0, 4, "ORG")], [(0, 4, "PER")], ["label"]),
        ([(0, 4, "ORG")], [(0, 3, "ORG")], ["edges"]),
        ([(0, 4, "ORG")], [(2, 6, "PER")], ["label"]),
        ([(0, 4, "ORG")], [(4, 6, "ORG")], ["missed", "spurious"]),
        # One long prediction over two gold spans answers the one whose label it has.
        ([(0, 9, "LOC"), (10, 12, "ORG")], [(0, 12, "ORG")], ["missed", "edges"]),
        # Two predictions inside one gold span: the longer one answers it.
        ([(0, 9, "ORG")], [(0, 2, "ORG"), (3, 9, "ORG")], ["edges", "spurious"]),
    ],
)
def test_pairings(gold: list[Mention], predicted: list[Mention], outcomes: list[str]) -> None:
    assert sorted(pair.outcome for pair in align(gold, predicted)) == sorted(outcomes)


def test_confusions_name_what_was_made_of_a_span() -> None:
    pairings = [
        Pairing((0, 4, "ORG"), (0, 4, "LOC")),
        Pairing((5, 9, "ORG"), (5, 8, "ORG")),
        Pairing((10, 12, "PER"), None),
        Pairing(None, (13, 15, "VISIT")),
    ]
    assert confusion(pairings) == {
        ("ORG", "LOC"): 1,
        ("ORG", "edges"): 1,
        ("PER", "missed"): 1,
        ("spurious", "VISIT"): 1,
    }


def test_intervals_hold_the_figure_and_narrow_with_more_articles() -> None:
    rng = random.Random(1)

    def some(count: int) -> list[dict[str, Tally]]:
        return [{"ORG": Tally(rng.randint(5, 10), 10, 10), "none": Tally()} for _ in range(count)]

    few, many = some(10), some(160)
    for articles in (few, many):
        low, high = intervals(articles)["ORG"]
        assert low < add_up(articles)["ORG"].f1 < high
    assert "none" not in intervals(few)
    width = {len(a): intervals(a)["ORG"][1] - intervals(a)["ORG"][0] for a in (few, many)}
    assert width[160] < width[10] / 2
    assert intervals(few, seed=7) == intervals(few, seed=7) != intervals(few, seed=8)


def test_intervals_of_articles_that_are_all_alike_are_points() -> None:
    low, high = intervals([{"ORG": Tally(1, 2, 2)}] * 9)["ORG"]
    assert low == high == 0.5
    assert intervals([]) == intervals([{"ORG": Tally()}]) == {}


def test_a_label_in_few_articles_is_judged_by_the_draws_that_hold_it() -> None:
    articles = [{"ORG": Tally(1, 1, 1)}] + [{"PER": Tally(1, 1, 1)}] * 9
    assert intervals(articles)["ORG"] == (1.0, 1.0)


def test_calibration_has_bins_of_equal_mass() -> None:
    scores = [i / 100 for i in range(100)]
    calibration = calibrate(scores, [True] * 100, bins=15)
    assert {part.count for part in calibration.bins} == {6, 7}
    assert calibration.error == pytest.approx(1 - sum(scores) / 100)
    assert [part.accuracy for part in calibration.bins] == [1.0] * 15
    assert calibrate([], []).bins == []
    assert len(calibrate([0.5], [True]).bins) == 1
