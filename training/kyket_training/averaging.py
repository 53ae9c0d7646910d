"""The mean of several runs: one model of the size of each, often better than any of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModelForTokenClassification, PreTrainedModel

from kyket.bundle import Layout
from kyket.errors import KyketError
from kyket_training.base import load_tokenizer


def average(runs: Sequence[Path], out: Path) -> Path:
    """Averages the weights of runs that began at the same checkpoint (Wortsman et al. 2022, Model soups).

    Runs from different starts have nothing in common weight by weight; their mean knows nothing.

    Args:
        runs: Folders that `train` filled; two or more.
        out: Folder that is then such a run too, for `export`: its recipe and curve are those of the first.

    Returns:
        `out`.

    Raises:
        KyketError: fewer than two runs, a run without a finished epoch, models of different shapes or tags,
            or `out` is one of the runs.
    """
    if len(runs) < 2:
        raise KyketError("an average takes two runs or more")
    if out.resolve() in {run.resolve() for run in runs}:
        raise KyketError(f"{out}: is one of the runs; name another folder")
    models = [_best(run) for run in runs]
    first = models[0]
    kept = first.state_dict()
    for weight in kept.values():
        if weight.is_floating_point():
            weight /= len(models)
    for run, other in zip(runs[1:], models[1:], strict=True):
        weights = other.state_dict()
        if {n: w.shape for n, w in weights.items()} != {n: w.shape for n, w in kept.items()} or (
            other.config.id2label != first.config.id2label
        ):
            raise KyketError(f"{run}: not of the same shape and tags as {runs[0]}")
        for name, weight in weights.items():
            if weight.is_floating_point():
                kept[name] += weight / len(models)  # in place, in the first model, which is divided already
    best = out / "best"
    shutil.rmtree(best, ignore_errors=True)
    first.save_pretrained(best)
    load_tokenizer(str(runs[0] / "best")).save_pretrained(best)
    for name in (Layout.RECIPE, Layout.CURVE):
        shutil.copyfile(runs[0] / name, out / name)
    return out


def _best(run: Path) -> PreTrainedModel:
    if not (run / "best" / "config.json").is_file():
        raise KyketError(f"{run}: no trained model there; run `kyket train` first")
    model: PreTrainedModel = AutoModelForTokenClassification.from_pretrained(
        run / "best", dtype=torch.float32
    )
    return model
