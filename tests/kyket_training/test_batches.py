"""Batches of training windows."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from kyket_training.batches import Collator  # noqa: E402
from kyket_training.config import TrainConfig  # noqa: E402

RECIPE = TrainConfig(name="tiny", base="", train="", dev="", mask_tokens=0.3)
MASK, PAD = 4, 1
WINDOWS = [
    [{"input_ids": list(range(first, first + 40)), "labels": [0] * 40}] for first in (10, 60, 110, 160)
]


def _collator(epoch: int = 0) -> Collator:
    collator = Collator(RECIPE, PAD, MASK, frozenset({0, PAD, 2}), range(100))
    collator.start_epoch(epoch)
    return collator


def test_what_is_hidden_does_not_depend_on_who_makes_the_batch_nor_on_what_came_before() -> None:
    in_order = _collator()
    whole = [in_order(windows)["input_ids"] for windows in WINDOWS]
    apart = [_collator()(windows)["input_ids"] for windows in reversed(WINDOWS)][::-1]
    assert all(torch.equal(left, right) for left, right in zip(whole, apart, strict=True))


def test_other_pieces_are_hidden_in_another_epoch_and_in_another_batch() -> None:
    first, second = (_collator(epoch)(WINDOWS[0])["input_ids"] == MASK for epoch in (0, 1))
    assert not torch.equal(first, second)
    other = _collator()(WINDOWS[1])["input_ids"] == MASK
    assert not torch.equal(first, other)
    hidden = torch.cat([_collator(epoch)(WINDOWS[0])["input_ids"] == MASK for epoch in range(50)])
    assert 0.25 < hidden.float().mean() < 0.35
