"""From a trained checkpoint to the bundle that `kyket.load` reads."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import torch
from transformers import AutoModelForTokenClassification, PreTrainedModel

from kyket.bundle import FORMAT, Layout, Manifest
from kyket.errors import KyketError
from kyket.tagging import OnnxNetwork, Tagger, TextTokenizer
from kyket.tagging.decoding import BioDecoder
from kyket.tagging.windows import Scores
from kyket_training.base import load_tokenizer
from kyket_training.config import read_config
from kyket_training.corpus import AnnotatedArticle, read_articles
from kyket_training.encode import ArticleEncoder

_BLOCK = 128
"""Weights that share a scale in the int8 network; a divisor of the width of common encoders."""


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
    write_network(model.float().eval(), out / Layout.NETWORK)  # last: it takes the embedding table apart
    encoder = ArticleEncoder(
        TextTokenizer.from_file(out / Layout.TOKENIZER), config.labels, config.window, config.overlap
    )
    network = OnnxNetwork(out / Layout.NETWORK, len(encoder.tags))
    tagger = Tagger(encoder.tokenizer, network, encoder.tags, window=config.window, overlap=config.overlap)
    judged = _judge(tagger, encoder, read_articles(Path(config.dev)))
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


class _SmallEmbedding(torch.nn.Module):
    """An embedding table in int8 with a scale for each row: a quarter of the size, the same to 1 in 250."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.rows[ids].float() * self.scale[ids]  # type: ignore[index]


class _LogitsOnly(torch.nn.Module):
    """A window runs alone, so nothing is padding and no mask is needed."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.model(
            input_ids=input_ids, attention_mask=torch.ones_like(input_ids)
        ).logits
        return logits


def write_network(model: PreTrainedModel, path: Path) -> None:
    """Writes a checkpoint as int8 ONNX.

    Weights are int8 with a scale for each block of 128 (block-wise quantization, Dettmers et al. 2022, 8-bit
    Optimizers via Block-wise Quantization); activations are rounded block by block as they come, so what a
    window gives does not depend on what else is in a batch. The classifier stays in float.

    Args:
        model: In float32 and evaluation mode; its embedding table is replaced.
        path: The file to write.
    """
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    table = cast(torch.Tensor, model.get_input_embeddings().weight)
    model.set_input_embeddings(_SmallEmbedding(table.data))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter about its own parts
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            _LogitsOnly(model).eval(),
            (torch.ones((2, 17), dtype=torch.long),),
            plain,
            dynamo=True,
            input_names=["input_ids"],
            output_names=["logits"],
            dynamic_shapes=({0: "texts", 1: "tokens"},),
            external_data=False,
            verbose=False,
        )
        network = onnx.load(plain)
    classifier = [node.name for node in network.graph.node if node.op_type == "MatMul"][-1]
    quantizer = MatMulNBitsQuantizer(
        network,
        bits=8,
        block_size=_BLOCK,
        is_symmetric=True,
        accuracy_level=4,
        nodes_to_exclude=[classifier],
    )
    quantizer.process()
    quantizer.model.save_model_to_file(str(path))


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
