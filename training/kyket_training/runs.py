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
    check_recipe(run, recipe)
    return checkpoints[-1]


def check_recipe(run: Path, recipe: msgspec.Struct) -> None:
    """Sees that a folder holds a run of this recipe.

    Raises:
        KyketError: it is of another recipe, or of one that this version cannot read.
    """
    try:
        before = msgspec.yaml.decode((run / Layout.RECIPE).read_bytes(), type=type(recipe))
    except (OSError, msgspec.DecodeError):  # a ValidationError is one too
        before = None
    if before != recipe:
        raise KyketError(f"{run}: holds a run of another recipe; name another folder, or remove it")


def uses_bf16(precision: str) -> bool:
    """Whether to train in bf16: `bf16`, `fp32`, or `auto` for what the hardware has."""
    if precision != "auto":
        return precision == "bf16"
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    # Not every build of torch has mkldnn, and without it there is no such operator to ask.
    has_mkldnn = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]  # torch leaves it so
    return bool(has_mkldnn and torch.ops.mkldnn._is_mkldnn_bf16_supported())
