"""The card of a bundle and its figures, both written from a measured run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kyket.bundle import Layout, read_manifest
from kyket.errors import KyketError
from kyket.labels import LABELS
from kyket_training.config import read_config
from kyket_training.splits import read_split

_MEGABYTE = 1_000_000
_OURS = "data/articles/train"
"""Where the articles of this project lie: of a model of others, only what its run tells is known."""


def write_metrics(measured: Mapping[str, Any], data: str, bundle: Path) -> None:
    """Writes what an evaluation of the bundle gave into it.

    Args:
        measured: `kyket_training.evaluate.Evaluation.to_json()`.
        data: The folder it was measured on.
        bundle: The bundle.
    """
    metrics = {"data": data, **measured}
    (bundle / Layout.METRICS).write_text(json.dumps(metrics, ensure_ascii=False, indent=1) + "\n", "utf-8")


def write_card(bundle: Path) -> None:
    """Writes `README.md` of a bundle from its manifest, recipe and metrics; nothing in it is written by hand.

    Raises:
        KyketError: the bundle has not been measured yet.
    """
    if not (bundle / Layout.METRICS).is_file():
        raise KyketError(f"{bundle}: {Layout.METRICS} is missing; it is written when the bundle is evaluated")
    environment = Environment(
        loader=PackageLoader("kyket_training", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown, from our own files
    )
    config = read_config(bundle / Layout.RECIPE)
    card = environment.get_template("card.md.jinja").render(
        manifest=read_manifest(bundle),
        config=config,
        metrics=json.loads((bundle / Layout.METRICS).read_bytes()),
        megabytes=(bundle / Layout.NETWORK).stat().st_size / _MEGABYTE,
        training=_counts(config.train, config.format),
        ours=config.labels == LABELS and config.train == _OURS,
    )
    (bundle / Layout.CARD).write_text(card, "utf-8")


def _counts(location: str, format: str | None) -> dict[str, int] | None:
    """How much a model learned from, where the articles are still at hand."""
    if not Path(location.partition("#")[0]).exists():
        return None
    articles = read_split(location, format, quiet=True)
    return {
        "articles": len(articles),
        "syllables": sum(len(article.text.split()) for article in articles),
        "spans": sum(len(article.spans) for article in articles),
    }
