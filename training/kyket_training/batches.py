"""Training articles as batches: new variants each epoch, windows of like length together, padded."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from typing import Any

import torch
from datasets import Dataset
from torch.utils.data import Sampler

from kyket_training.augment import Augmenter
from kyket_training.config import TrainConfig
from kyket_training.corpus import AnnotatedArticle
from kyket_training.encode import IGNORED, ArticleEncoder

Batch = dict[str, torch.Tensor]


class TrainingWindows:
    """The windows of the training articles, changed anew each epoch.

    What an epoch looks like depends on the seed and its number alone, so a resumed run sees what an
    undisturbed one would have seen.
    """

    def __init__(
        self, articles: list[AnnotatedArticle], encoder: ArticleEncoder, config: TrainConfig
    ) -> None:
        self.epoch = 0
        self._articles = articles
        self._encoder = encoder
        self._config = config
        self._augment = Augmenter(config.augment, articles)
        parts = [
            (i, part, len(w["input_ids"]))
            for i, a in enumerate(articles)
            for part, w in enumerate(encoder.windows(a))
        ]
        self.lengths = [length for _, _, length in parts]
        self.dataset = Dataset.from_dict(
            {"article": [i for i, _, _ in parts], "part": [part for _, part, _ in parts]}
        )
        self.dataset.set_transform(self._encode)

    def _encode(self, rows: dict[str, list[int]]) -> dict[str, list[list[int]]]:
        features = [self._window(i, part) for i, part in zip(rows["article"], rows["part"], strict=True)]
        return {key: [feature[key] for feature in features] for key in ("input_ids", "labels")}

    def _window(self, article: int, part: int) -> Any:
        rng = random.Random(f"{self._config.seed}/{self.epoch}/{article}")
        windows = self._encoder.windows(self._augment(self._articles[article], rng))
        return windows[min(part, len(windows) - 1)]


class LengthGroupedBatches(Sampler[list[int]]):
    """Batches of windows of like length, in an order that depends on the seed and the epoch alone."""

    def __init__(self, windows: TrainingWindows, batch_size: int, seed: int) -> None:
        self._windows, self._batch_size, self._seed = windows, batch_size, seed

    def __len__(self) -> int:
        return -(-len(self._windows.lengths) // self._batch_size)

    def __iter__(self) -> Iterator[list[int]]:
        rng = random.Random(f"{self._seed}/{self._windows.epoch}")
        order = list(range(len(self._windows.lengths)))
        rng.shuffle(order)
        pool = self._batch_size * 8
        batches: list[list[int]] = []
        for i in range(0, len(order), pool):
            near = sorted(order[i : i + pool], key=lambda w: self._windows.lengths[w])
            batches += [near[j : j + self._batch_size] for j in range(0, len(near), self._batch_size)]
        rng.shuffle(batches)
        return iter(batches)


class Collator:
    """Pads windows to a batch, hides some pieces and shifts some positions.

    *Shape:* every tensor of a batch (windows, longest window).
    """

    def __init__(
        self, config: TrainConfig, pad: int, mask: int | None, special: frozenset[int], positions: range
    ) -> None:
        self._config, self._pad, self._mask = config, pad, mask
        self._special, self._positions = special, positions
        self._random = torch.Generator()
        self._epoch = 0

    def start_epoch(self, epoch: int) -> None:
        """In another epoch other pieces are hidden, and other windows shifted."""
        self._epoch = epoch

    def __call__(self, windows: list[dict[str, list[int]]]) -> Batch:
        """One batch of the windows that the dataset gives.

        What is hidden and shifted depends on the seed, the epoch and the windows alone, so it is the same
        however many processes make batches.
        """
        length = max(len(window["input_ids"]) for window in windows)
        ids = torch.full((len(windows), length), self._pad)
        labels = torch.full((len(windows), length), IGNORED)
        for row, window in enumerate(windows):
            ids[row, : len(window["input_ids"])] = torch.tensor(window["input_ids"])
            labels[row, : len(window["labels"])] = torch.tensor(window["labels"])
        drawn = f"{self._config.seed}/{self._epoch}/".encode() + ids.numpy().tobytes()
        self._random.manual_seed(zlib.crc32(drawn))
        batch = {"attention_mask": (ids != self._pad).long(), "labels": labels}
        if self._mask is not None and self._config.mask_tokens:
            ordinary = torch.tensor([[i not in self._special for i in row] for row in ids.tolist()])
            hidden = torch.rand(ids.shape, generator=self._random) < self._config.mask_tokens
            ids = ids.masked_fill(ordinary & hidden, self._mask)
        if self._config.shift_positions:
            shape, room = (len(windows), 1), len(self._positions) - length
            shifted = torch.rand(shape, generator=self._random) < self._config.shift_positions
            shift = shifted * torch.randint(0, room + 1, shape, generator=self._random)
            batch["position_ids"] = self._positions.start + torch.arange(length) + shift
        return {"input_ids": ids, **batch}
