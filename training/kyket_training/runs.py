"""What runs of training share: going on from a checkpoint, and the precision that the hardware has."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch

from kyket.bundle import Layout
from kyket.errors import KyketError


def last_checkpoint(run: Path, recipe: msgspec.Struct, last_file: str) -> Path | None:
    """The newest finished checkpoint of a run.

    Args:
        run: The folder of the run.
        recipe: What is to be run; the folder must hold the same.
        last_file: The file that is written last, so that a checkpoint without it was cut off by a kill.

    Raises:
        KyketError: there are checkpoints, and they are of another recipe.
    """
    checkpoints = sorted(
        (path for path in run.glob("checkpoint-*") if (path / last_file).is_file()),
        key=lambda path: int(path.name.split("-")[1]),
    )
    if not checkpoints:
        return None
    before = msgspec.yaml.decode((run / Layout.RECIPE).read_bytes(), type=type(recipe))
    if before != recipe:
        raise KyketError(f"{run}: holds a run of another recipe; name another folder, or remove it")
    return checkpoints[-1]


def uses_bf16(precision: str) -> bool:
    """Whether to train in bf16: `bf16`, `fp32`, or `auto` for what the hardware has."""
    if precision != "auto":
        return precision == "bf16"
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
