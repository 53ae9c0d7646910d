"""From a trained checkpoint to the bundle that `kyket.load` reads."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
import numpy as np
import torch
from transformers import AutoModelForTokenClassification

from kyket.bundle import FORMAT, Layout, Manifest
from kyket.errors import KyketError
from kyket.tagging import OnnxNetwork, Tagger, TextTokenizer
from kyket_training.base import load_tokenizer
from kyket_training.calibration import fit_temperature, fit_threshold, judge
from kyket_training.config import read_config
from kyket_training.corpus import AnnotatedArticle
from kyket_training.encode import ArticleEncoder
from kyket_training.graphs import Ids
from kyket_training.network import write_network
from kyket_training.runs import check_data, fingerprint
from kyket_training.splits import read_split

_TEXTS = 64
"""Articles whose first windows the int8 network is fitted to."""


def export(run: Path, out: Path) -> Path:
    """Writes the bundle of a finished run.

    Args:
        run: The folder that `train` filled.
        out: Folder for the bundle; files of an earlier one in it are replaced.

    Returns:
        `out`.

    Raises:
        KyketError: `run` holds no finished epoch, or its recipe names data that is not what it was made from.
    """
    best = run / "best"
    if not (best / "config.json").is_file():
        raise KyketError(f"{run}: no trained model there; run `kyket train` first")
    config = read_config(run / Layout.RECIPE)
    articles, dev = (
        read_split(location, config.format, quiet=True) for location in (config.train, config.dev)
    )
    check_data(run, {config.train: fingerprint(articles), config.dev: fingerprint(dev)})
    model = AutoModelForTokenClassification.from_pretrained(
        best, dtype=torch.float32, attn_implementation="eager"
    )
    tokenizer = load_tokenizer(str(best))
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save_pretrained(out)
    model.half().save_pretrained(out)
    encoder = ArticleEncoder(
        TextTokenizer.from_file(out / Layout.TOKENIZER), config.labels, config.window, config.overlap
    )
    windows, unseen = (_first_windows(encoder, split) for split in (articles, dev))
    model.float().eval()
    # Last, as it takes the model apart.
    write_network(model, out / Layout.NETWORK, windows, unseen, config.window)
    network = OnnxNetwork(out / Layout.NETWORK, len(encoder.tags))
    window = config.read_window or config.window
    tagger = Tagger(encoder.tokenizer, network, encoder.tags, window=window, overlap=config.overlap)
    judged = judge(tagger, encoder, dev)
    temperature = fit_temperature(judged, encoder.tags)
    manifest = Manifest(
        format=FORMAT,
        name=config.name,
        version=_version(),
        tags=tuple(encoder.tags),
        window=window,
        overlap=config.overlap,
        temperature=temperature,
        threshold=fit_threshold(judged, encoder.tags, temperature),
    )
    (out / Layout.MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    for name in (Layout.RECIPE, Layout.CURVE):
        shutil.copyfile(run / name, out / name)
    return out


def _first_windows(encoder: ArticleEncoder, articles: Sequence[AnnotatedArticle]) -> list[Ids]:
    """The first window of articles from all over a split."""
    found = [encoder.windows(article)[:1] for article in articles[:: max(1, len(articles) // _TEXTS)]]
    return [np.array(window["input_ids"], dtype=np.int64) for first in found for window in first]


def _version() -> str:
    try:
        return version("kyket")
    except PackageNotFoundError:
        return "source"
