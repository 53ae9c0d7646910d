"""Continued masked-language-model training of an encoder on plain text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForMaskedLM, PreTrainedModel

from kyket_training.base import load_model
from kyket_training.config import PretrainConfig
from kyket_training.plain_text import TextTrainer, run_over_text
from kyket_training.text import MaskedWindows


def pretrain(config: PretrainConfig, out: Path, *, resume: bool = True) -> Path:
    """Trains an encoder further to guess hidden words of a text.

    Gururangan et al. 2020, Don't Stop Pretraining, show what that brings a task of the same field.

    Args:
        config: The recipe.
        out: Folder for the encoder, which `kyket train --base` takes; checkpoints of the run lie in it while
            it goes on, and snapshots stay in `out/snapshots`.
        resume: Go on from the last checkpoint in `out`, if there is one of the same recipe; a finished run of
            it stays as it is.

    Returns:
        `out`.

    Raises:
        KyketError: no such base, too little text, several processes or GPUs, or `out` holds another recipe.
    """
    return run_over_text(
        config,
        out,
        result="pretraining.json",
        base=config.base,
        load=lambda: _load_model(config),
        trainer=_WordGuesser,
        resume=resume,
    )


def _load_model(config: PretrainConfig) -> PreTrainedModel:
    """Without dropout: every window is seen a few times only, and nothing is learned by heart."""
    return load_model(
        AutoModelForMaskedLM, config.base, "no encoder to train further", dropout=0.0, attention_dropout=0.0
    )


class _WordGuesser(TextTrainer):
    """Scores over the vocabulary are worked out for hidden tokens only."""

    def compute_loss(self, model: Any, inputs: dict[str, torch.Tensor], *args: Any, **kwargs: Any) -> Any:
        """The mean cross-entropy of the hidden tokens."""
        hidden = inputs["labels"] != MaskedWindows.IGNORED
        with _only_rows(self.accelerator.unwrap_model(model), hidden):
            selected = {"input_ids": inputs["input_ids"], "labels": inputs["labels"][hidden][None]}
            return super().compute_loss(model, selected, *args, **kwargs)


@contextmanager
def _only_rows(model: PreTrainedModel, rows: torch.Tensor) -> Iterator[None]:
    """While it lasts, the encoder hands on the states of `rows` only: few tokens need the costly head."""

    def select(module: torch.nn.Module, args: Any, output: Any) -> Any:
        output.last_hidden_state = output.last_hidden_state[rows][None]
        return output

    handle = model.base_model.register_forward_hook(select)
    try:
        yield
    finally:
        handle.remove()
