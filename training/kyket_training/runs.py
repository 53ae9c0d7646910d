"""What runs of training share: going on from a checkpoint, and the precision that the hardware has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import msgspec
import torch

from kyket.bundle import Layout
from kyket.errors import KyketError
from kyket_training.config import ConfigError, read_recipe
from kyket_training.corpus import AnnotatedArticle

DATA = "data.json"
"""The file of a run that holds what its data was, as `fingerprint` tells it."""
_NO_WEIGHT = {"test"}
"""What in a recipe changes nothing of the weights, so that a run may go on with another."""


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
    """Sees that a folder holds a run of this recipe; the articles to measure on may be others.

    Raises:
        KyketError: it is of another recipe, or of one that this version cannot read; says what differs.
    """
    mend = "name another folder, or remove it"
    try:
        before = read_recipe(run / Layout.RECIPE, type(recipe))
    except ConfigError:
        raise KyketError(f"{run}: holds a run of another recipe; {mend}") from None
    then, now = (msgspec.structs.asdict(one) for one in (before, recipe))
    other = [key for key in now if then[key] != now[key] and key not in _NO_WEIGHT]
    if other == ["labels"]:
        labels = ", ".join(then["labels"])
        raise KyketError(
            f"{run}: holds a run with other labels ({labels}) than are now to be learned "
            f"({', '.join(now['labels'])}); {mend}"
        )
    if other:
        raise KyketError(f"{run}: holds a run of another recipe ({', '.join(other)}); {mend}")


def fingerprint(articles: Sequence[AnnotatedArticle]) -> str:
    """What tells a set of articles from any other to learn from: a hash of ids, texts and spans, in order."""
    digest = hashlib.sha256()
    for article in articles:
        one = [article.id, article.text, [list(asdict(span).values()) for span in article.spans]]
        digest.update(json.dumps(one).encode() + b"\n")
    return digest.hexdigest()


def check_data(run: Path, found: Mapping[str, str]) -> None:
    """Sees that a run was made from this data; one that does not tell of its data is believed.

    Args:
        run: The folder of the run.
        found: The `fingerprint` of each split, by the place the recipe names.

    Raises:
        KyketError: the articles are not those it was made from.
    """
    if not (run / DATA).is_file():
        return
    before = json.loads((run / DATA).read_bytes())
    other = [place for place, hashed in found.items() if before.get(place) != hashed]
    if other:
        raise KyketError(
            f"{run}: was trained on other data than is now in {' and '.join(other)}; "
            "name another folder for the run, or remove it"
        )


def uses_bf16(precision: str) -> bool:
    """Whether to train in bf16: `bf16`, `fp32`, or `auto` for what the hardware has."""
    if precision != "auto":
        return precision == "bf16"
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    # Not every build of torch has mkldnn, and without it there is no such operator to ask.
    has_mkldnn = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]  # torch leaves it so
    return bool(has_mkldnn and torch.ops.mkldnn._is_mkldnn_bf16_supported())
