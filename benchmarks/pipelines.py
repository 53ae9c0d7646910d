"""`transformers.pipeline("token-classification")` as a user would call it, on all of a long text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForTokenClassification,
    AutoTokenizer,
    PreTrainedModel,
    RobertaConfig,
    RobertaForTokenClassification,
    pipeline,
)

from benchmarks.rows import Reader
from benchmarks.workload import Text
from kyket.bundle import read_manifest

_WINDOW, _OVERLAP = 256, 64
"""Tokens; no more go through PhoBERT at once."""


def checkpoint(bundle: Path) -> Any:
    """The pipeline with the checkpoint of a bundle, in the windows that kyket cuts for it."""
    manifest = read_manifest(bundle)
    model = AutoModelForTokenClassification.from_pretrained(bundle, dtype=torch.float32)
    return _pipeline(model, bundle, manifest.window, manifest.overlap)


def phobert_shaped(bundle: Path, *, is_tiny: bool = False) -> Any:
    """The pipeline with a network of the shape of PhoBERT-base and random weights.

    The tokenizer is that of the bundle. PhoBERT's own gives fewer tokens, of words that a segmenter has to
    find before; neither is measured.

    Args:
        bundle: With the tokenizer.
        is_tiny: Two layers, 48 wide, in its place.
    """
    layers, width, heads = (2, 48, 2) if is_tiny else (12, 768, 12)
    torch.manual_seed(0)
    model = RobertaForTokenClassification(
        RobertaConfig(  # type: ignore[call-arg]  # `num_labels` reaches its base
            vocab_size=64_001,
            hidden_size=width,
            num_hidden_layers=layers,
            num_attention_heads=heads,
            intermediate_size=4 * width,
            max_position_embeddings=_WINDOW + 2,
            type_vocab_size=1,
            num_labels=9,
        )
    )
    with torch.no_grad():
        model.classifier.bias[0] = 1e3  # one label for all, so that there are no entities to put together
    return _pipeline(model, bundle, _WINDOW, _OVERLAP)


def reader(pipe: Any, batch: int) -> Reader:
    """A pipeline as a row, for one size of batches."""

    def many(articles: Sequence[Text]) -> None:
        for _found in pipe([article.text for article in articles], batch_size=batch):
            pass

    return Reader(many, pipe)


def _pipeline(model: PreTrainedModel, bundle: Path, window: int, overlap: int) -> Any:
    tokenizer = AutoTokenizer.from_pretrained(bundle, model_max_length=window)
    return pipeline(
        "token-classification",
        model=model,
        tokenizer=tokenizer,
        device="cpu",
        aggregation_strategy="simple",
        stride=overlap,
    )
