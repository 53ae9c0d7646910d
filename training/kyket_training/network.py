"""From a checkpoint to the ONNX network of a bundle."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import onnx
import torch
from transformers import PreTrainedModel

from kyket_training.attention import fuse_attention
from kyket_training.graphs import Ids, run
from kyket_training.quantize import quantize
from kyket_training.quick_gelu import quicken_gelu

_BLOCK = 128
"""Weights that share a scale where those of activations are not fixed; a divisor of common widths."""

_TOLERANCE = 0.05
"""Mean error of the logits that fixed scales may bring, as a share of the logits' spread."""

_CHECKED = 8
"""Windows on which that is looked at."""


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


def write_network(
    model: PreTrainedModel, path: Path, windows: Sequence[Ids], unseen: Sequence[Ids], longest: int
) -> None:
    """Writes a checkpoint as int8 ONNX.

    What a window gives does not depend on what else is in a batch, on either of the two ways taken: with
    scales for activations that were fixed on `windows`, attention in one operator and GELU by a quicker
    function; or, for a network that this would change too much, with weights in blocks of 128 (block-wise
    quantization, Dettmers et al. 2022, 8-bit Optimizers via Block-wise Quantization) and activations rounded
    block by block as they come, which is slower. The classifier stays in float.

    Args:
        model: In float32 and evaluation mode, with eager attention; its embedding table is replaced.
        path: The file to write.
        windows: Token ids of real text, special tokens included; some thousand tokens in all.
        unseen: Of other text, on which the two are compared.
        longest: Most tokens of a window.
    """
    table = cast(torch.Tensor, model.get_input_embeddings().weight)
    model.set_input_embeddings(_SmallEmbedding(table.data))
    plain = _exported(model)
    if windows:
        fast = onnx.ModelProto()
        fast.CopyFrom(plain)
        heads = getattr(model.config, "num_attention_heads", None)
        if isinstance(heads, int):
            fuse_attention(fast, heads, [windows[0], np.resize(np.concatenate(windows), longest)])
        quicken_gelu(fast, windows)
        quantize(fast, windows, keep=[_classifier(fast)])
        if _difference(plain, fast, unseen[:_CHECKED]) <= _TOLERANCE:
            onnx.save(fast, path)
            return
    _write_in_blocks(plain, path)


def write_floats(model: PreTrainedModel, path: Path) -> None:
    """Writes a checkpoint as it is, in standard operators, for devices that are fast in floats.

    Args:
        model: In float32.
        path: The file to write.
    """
    onnx.save(_exported(model), path)


def _exported(model: PreTrainedModel) -> onnx.ModelProto:
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
        return onnx.load(plain)


def _classifier(network: onnx.ModelProto) -> str:
    return str([node.name for node in network.graph.node if node.op_type == "MatMul"][-1])


def _difference(plain: onnx.ModelProto, other: onnx.ModelProto, windows: Sequence[Ids]) -> float:
    """Mean absolute difference of the logits, as a share of their spread."""
    exact, got = (
        np.concatenate([logits[0] for (logits,) in run(network, ["logits"], windows)])
        for network in (plain, other)
    )
    return float(np.abs(got - exact).mean() / exact.std())


def _write_in_blocks(network: onnx.ModelProto, path: Path) -> None:
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    quantizer = MatMulNBitsQuantizer(
        network,
        bits=8,
        block_size=_BLOCK,
        is_symmetric=True,
        accuracy_level=4,
        nodes_to_exclude=[_classifier(network)],
    )
    quantizer.process()
    quantizer.model.save_model_to_file(str(path))
