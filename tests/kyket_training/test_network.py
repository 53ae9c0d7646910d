from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
transformers = pytest.importorskip("transformers")

from kyket.tagging import OnnxNetwork  # noqa: E402
from kyket_training.network import write_floats, write_network  # noqa: E402

TAGS = 9
WINDOWS = [np.random.default_rng(seed).integers(5, 60, 40) for seed in range(8)]


def write(base: Path, path: Path, windows: Sequence[npt.NDArray[np.int64]]) -> list[npt.NDArray[np.float32]]:
    """Writes a network with an untrained classifier; gives the checkpoint's logits of `WINDOWS`."""
    model, exact = untrained(base)
    write_network(model, path, windows, WINDOWS, longest=64)
    return exact


def untrained(base: Path) -> tuple[Any, list[npt.NDArray[np.float32]]]:
    torch.manual_seed(2)
    model = transformers.AutoModelForTokenClassification.from_pretrained(
        base, num_labels=TAGS, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    with torch.inference_mode():
        return model, [model(torch.from_numpy(window)[None]).logits[0].numpy() for window in WINDOWS]


@pytest.mark.parametrize(
    ("encoder", "windows", "operators"),
    [
        ("base", WINDOWS, {"QAttention": 2, "QuickGelu": 2, "MatMulIntegerToFloat": 6}),
        ("shallow", [], {"MatMulNBits": 6}),
    ],
    ids=["fixed", "blocks"],
)
def test_the_network_is_the_checkpoint(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    encoder: str,
    windows: list[npt.NDArray[np.int64]],
    operators: dict[str, int],
) -> None:
    path = tmp_path / "model.onnx"
    exact = write(request.getfixturevalue(encoder), path, windows)
    kinds = [node.op_type for node in onnx.load(path).graph.node]
    assert {kind: kinds.count(kind) for kind in operators} == operators
    network = OnnxNetwork(path, TAGS)
    spread = np.concatenate(exact).std()
    for window, wanted in zip(WINDOWS, exact, strict=True):
        assert np.abs(network(window) - wanted).mean() < 0.05 * spread


def test_the_network_in_floats_is_the_checkpoint_itself(shallow: Path, tmp_path: Path) -> None:
    model, exact = untrained(shallow)
    write_floats(model, tmp_path / "floats.onnx")
    weights = onnx.load(tmp_path / "floats.onnx").graph.initializer
    assert onnx.TensorProto.INT8 not in {weight.data_type for weight in weights}
    network = OnnxNetwork(tmp_path / "floats.onnx", TAGS)
    for window, wanted in zip(WINDOWS, exact, strict=True):
        assert np.allclose(network(window), wanted, atol=1e-4)
