"""The mean of several runs: one model of the size of each, often better than any of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import torch
from msgspec.structs import replace
from transformers import AutoModelForTokenClassification, PreTrainedModel

from kyket.bundle import Layout
from kyket.errors import KyketError
from kyket_training.base import load_model, load_tokenizer
from kyket_training.config import TrainConfig, read_config
from kyket_training.runs import DATA


def average(runs: Sequence[Path], out: Path, start: float = 0.0) -> Path:
    """Averages the weights of runs that began at the same checkpoint (Wortsman et al. 2022, Model soups).

    Runs from different starts have nothing in common weight by weight; their mean knows nothing. The
    checkpoint that they began at may be a part of the mean: one that had its tags already is often better on
    other kinds of text than what has learned more from one kind (Wortsman et al. 2022, Robust fine-tuning).

    Args:
        runs: Folders that `train` filled; two or more, or one where `start` is above 0.
        out: Folder that is then such a run too, for `export`: its recipe and curve are those of the first,
            and the notes of its recipe tell of the others.
        start: Share of the checkpoint that they began at, below 1.

    Returns:
        `out`.

    Raises:
        KyketError: fewer than two models, a share that is none, a run without a finished epoch or with a
            recipe that cannot be read, models of different shapes or tags, runs of different starts where
            these count, or `out` is or holds one of the models.
    """
    if not 0 <= start < 1:
        raise KyketError(f"the share of the start is {start:g}; it is from 0 to below 1")
    if not runs or (len(runs) < 2 and not start):
        raise KyketError("an average takes two runs or more, or one and a share of its start")
    if out.resolve() in {run.resolve() for run in runs}:
        raise KyketError(f"{out}: is one of the runs; name another folder")
    models = [_best(run) for run in runs]
    first = models[0]
    for run, other in zip(runs, models, strict=True):
        if _shapes(other) != _shapes(first) or other.config.id2label != first.config.id2label:
            raise KyketError(f"{run}: not of the same shape and tags as {runs[0]}")
    recipes = [read_config(run / Layout.RECIPE) for run in runs]
    weights = [model.state_dict() for model in models]
    means = {  # apart from the models, in some of which two names stand for one weight
        name: torch.stack([one[name] for one in weights]).mean(0) if weight.is_floating_point() else weight
        for name, weight in weights[0].items()
    }
    if start:
        began = _start(recipes, first, out).state_dict()
        means = {
            name: torch.lerp(mean, began[name], start) if mean.is_floating_point() else mean
            for name, mean in means.items()
        }
    first.load_state_dict(means)
    best = out / "best"
    shutil.rmtree(best, ignore_errors=True)
    first.save_pretrained(best)
    load_tokenizer(str(runs[0] / "best")).save_pretrained(best)
    for name in (Layout.CURVE, DATA):
        if (runs[0] / name).is_file():
            shutil.copyfile(runs[0] / name, out / name)
    seeds = ", ".join(str(recipe.seed) for recipe in recipes)
    of = f"those of {len(runs)} runs, with the seeds {seeds}" if len(runs) > 1 else "those of one run"
    begun = f", and by {100 * start:g} % those at the start" if start else ""
    told = f"The weights are the mean of {of}{begun}."
    recipe = replace(recipes[0], notes=f"{recipes[0].notes.rstrip()} {told}".lstrip())
    (out / Layout.RECIPE).write_bytes(msgspec.yaml.encode(recipe))
    return out


def _start(recipes: Sequence[TrainConfig], model: PreTrainedModel, out: Path) -> PreTrainedModel:
    """The checkpoint at which all runs began, which gives what `model` gives."""
    base, *others = sorted({recipe.base for recipe in recipes})
    if others:
        raise KyketError(f"the runs began at {base} and {others[0]}; a share of the start wants the same one")
    if out.resolve() in (Path(base).resolve(), *Path(base).resolve().parents):
        raise KyketError(f"{out}: holds the checkpoint that the runs began at; name another folder")
    began = load_model(AutoModelForTokenClassification, base, "not there, where the runs began")
    if began.config.id2label != model.config.id2label or _shapes(began) != _shapes(model):
        raise KyketError(f"{base}: not of the same shape and tags as the runs that began there")
    return began


def _shapes(model: PreTrainedModel) -> dict[str, torch.Size]:
    return {name: weight.shape for name, weight in model.state_dict().items()}


def _best(run: Path) -> PreTrainedModel:
    if not (run / "best" / "config.json").is_file():
        raise KyketError(f"{run}: no trained model there; run `kyket train` first")
    model: PreTrainedModel = AutoModelForTokenClassification.from_pretrained(
        run / "best", dtype=torch.float32
    )
    return model
