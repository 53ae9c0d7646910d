"""From a trained checkpoint to the bundle that `kyket.load` reads."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
import numpy as np
import torch
from transformers import AutoModelForTokenClassification

from kyket.bundle import FORMAT, Layout, Manifest
from kyket.errors import KyketError
from kyket.tagging import OnnxNetwork, Tagger, TextTokenizer
from kyket.tagging.decoding import BioDecoder
from kyket.tagging.windows import Scores
from kyket_training.base import load_tokenizer
from kyket_training.config import read_config
from kyket_training.corpus import AnnotatedArticle
from kyket_training.encode import ArticleEncoder
from kyket_training.network import write_network
from kyket_training.quantize import Ids
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
        KyketError: `run` holds no finished epoch.
    """
    best = run / "best"
    if not (best / "config.json").is_file():
        raise KyketError(f"{run}: no trained model there; run `kyket train` first")
    config = read_config(run / Layout.RECIPE)
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
    windows = _first_windows(encoder, read_split(config.train, config.format, quiet=True))
    model.float().eval()
    write_network(model, out / Layout.NETWORK, windows, config.window)  # last: it takes the model apart
    network = OnnxNetwork(out / Layout.NETWORK, len(encoder.tags))
    tagger = Tagger(encoder.tokenizer, network, encoder.tags, window=config.window, overlap=config.overlap)
    judged = _judge(tagger, encoder, read_split(config.dev, config.format, quiet=True))
    temperature = _fit_temperature(judged)
    manifest = Manifest(
        format=FORMAT,
        name=config.name,
        version=_version(),
        tags=tuple(encoder.tags),
        window=config.window,
        overlap=config.overlap,
        temperature=temperature,
        threshold=_fit_threshold(judged, encoder.tags, temperature),
    )
    (out / Layout.MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    for name in (Layout.RECIPE, Layout.CURVE):
        shutil.copyfile(run / name, out / name)
    return out


def _first_windows(encoder: ArticleEncoder, articles: Sequence[AnnotatedArticle]) -> list[Ids]:
    """The first window of articles from all over a split."""
    found = [encoder.windows(article)[:1] for article in articles[:: max(1, len(articles) // _TEXTS)]]
    return [np.array(window["input_ids"], dtype=np.int64) for first in found for window in first]


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the network says of the units of an article, and the tag that each has.

    *Shape:* `logits` (units, tags), `gold` (units,).
    """

    logits: Scores
    gold: list[int]


def _judge(tagger: Tagger, encoder: ArticleEncoder, articles: Iterable[AnnotatedArticle]) -> list[_Judged]:
    judged = []
    for article in articles:
        tokens = encoder.tokenizer(article.text)
        if len(tokens.ids):
            judged.append(_Judged(tagger.unit_logits(tokens), encoder.unit_tags(article, tokens)))
    return judged


def _fit_temperature(judged: list[_Judged]) -> float:
    """The temperature under which the gold tags are likeliest (Guo et al. 2017)."""
    logits = torch.from_numpy(np.concatenate([article.logits for article in judged]))
    gold = torch.tensor([tag for article in judged for tag in article.gold])
    candidates = np.geomspace(0.25, 4.0, 81).tolist()
    losses = [float(torch.nn.functional.cross_entropy(logits / t, gold)) for t in candidates]
    return round(float(candidates[int(np.argmin(losses))]), 3)


def _fit_threshold(judged: list[_Judged], tags: Sequence[str], temperature: float) -> float:
    """The least score of a span that is worth keeping.

    The lowest whose strict F1 comes within 0.003 of the best: a missed name costs a record more than one
    too many does.
    """
    decoder = BioDecoder(tags, temperature)
    scores: list[float] = []
    right: list[bool] = []
    gold_count = 0
    for article in judged:
        gold = {
            (s.first, s.last, s.label) for s in decoder(np.eye(len(tags), dtype=np.float32)[article.gold])
        }
        gold_count += len(gold)
        for span in decoder(article.logits):
            scores.append(span.score)
            right.append((span.first, span.last, span.label) in gold)
    kept, hits = np.array(scores), np.array(right)
    candidates = np.linspace(0.0, 0.8, 17).tolist()
    f1 = [2 * hits[kept >= t].sum() / max(1, (kept >= t).sum() + gold_count) for t in candidates]
    best = max(f1)
    return round(float(next(t for t, score in zip(candidates, f1, strict=True) if score >= best - 0.003)), 3)


def _version() -> str:
    try:
        return version("kyket")
    except PackageNotFoundError:
        return "source"
