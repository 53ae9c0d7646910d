"""From a trained checkpoint to the bundle that `kyket.load` reads."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import cast

import msgspec
import numpy as np
import torch
from transformers import AutoModelForTokenClassification, PreTrainedModel

from kyket.bundle import FORMAT, Layout, Manifest
from kyket.errors import KyketError
from kyket.tagging import OnnxNetwork, TextTokenizer
from kyket.tagging.windows import Scores, unit_scores
from kyket_training.base import load_tokenizer
from kyket_training.config import TrainConfig, read_config
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
    write_network(model.eval(), out / Layout.NETWORK)
    encoder = ArticleEncoder(
        TextTokenizer.from_file(out / Layout.TOKENIZER), config.labels, config.window, config.overlap
    )
    manifest = Manifest(
        format=FORMAT,
        name=config.name,
        version=_version(),
        tags=tuple(encoder.tags),
        window=config.window,
        overlap=config.overlap,
        temperature=fit_temperature(
            OnnxNetwork(out / Layout.NETWORK, len(encoder.tags)),
            encoder,
            config,
            read_articles(Path(config.dev)),
        ),
    )
    (out / Layout.MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    for name in (Layout.RECIPE, Layout.CURVE):
        shutil.copyfile(run / name, out / name)
    model.half().save_pretrained(out)
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


def fit_temperature(
    network: OnnxNetwork, encoder: ArticleEncoder, config: TrainConfig, articles: Iterable[AnnotatedArticle]
) -> float:
    """The temperature under which the gold tags of unseen articles are likeliest (Guo et al. 2017)."""
    logits: list[Scores] = []
    gold: list[int] = []
    for article in articles:
        tokens = encoder.tokenizer(article.text)
        if not len(tokens.ids):
            continue
        logits.append(
            unit_scores(
                tokens,
                network,
                prefix=encoder.tokenizer.prefix,
                suffix=encoder.tokenizer.suffix,
                size=config.window,
                overlap=config.overlap,
            )
        )
        gold += encoder.unit_tags(article, tokens)
    scores, tags = torch.from_numpy(np.concatenate(logits)), torch.tensor(gold)
    candidates = np.geomspace(0.25, 4.0, 81)
    losses = [float(torch.nn.functional.cross_entropy(scores / t, tags)) for t in candidates.tolist()]
    return round(float(candidates[int(np.argmin(losses))]), 3)


def _version() -> str:
    try:
        return version("kyket")
    except PackageNotFoundError:
        return "source"
