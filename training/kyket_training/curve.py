"""The picture of a training run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def draw_curve(history: Sequence[dict[str, Any]], path: Path) -> None:
    """Draws training loss and dev F1 by epoch, from the trainer's log, as a PNG."""
    from matplotlib.figure import Figure

    losses = [(entry["epoch"], entry["loss"]) for entry in history if "loss" in entry]
    scores = [(entry["epoch"], entry["eval_f1"]) for entry in history if "eval_f1" in entry]
    figure = Figure(figsize=(7, 4), layout="constrained")
    left = figure.subplots()
    if losses:
        left.plot(*zip(*losses, strict=True), color="#b04a2f", label="training loss")
        left.set_yscale("log")
    left.set_xlabel("epoch")
    left.set_ylabel("training loss", color="#b04a2f")
    right = left.twinx()
    if scores:
        right.plot(*zip(*scores, strict=True), color="#1f5f8b", marker="o", label="dev F1")
        best = max(scores, key=lambda point: point[1])
        right.annotate(f"{best[1]:.3f}", best, textcoords="offset points", xytext=(0, -14), ha="center")
    right.set_ylabel("dev F1, strict", color="#1f5f8b")
    left.grid(alpha=0.3)
    figure.savefig(path, dpi=120)


def draw_losses(history: Sequence[dict[str, Any]], path: Path, tokens_a_step: int) -> None:
    """Draws the loss on seen and on held-out text by millions of tokens, from the trainer's log, as a PNG."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for key, label, style in (
        ("loss", "learned from", {"color": "#b04a2f", "alpha": 0.6}),
        ("eval_loss", "held out", {"color": "#1f5f8b", "marker": "o"}),
    ):
        points = [(entry["step"] * tokens_a_step / 1e6, entry[key]) for entry in history if key in entry]
        if points:
            axes.plot(*zip(*points, strict=True), label=label, **style)
    axes.set_xlabel("million tokens")
    axes.set_ylabel("loss of hidden words")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=120)
