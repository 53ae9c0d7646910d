from __future__ import annotations

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from kyket_training.attention import fuse_attention  # noqa: E402
from kyket_training.graphs import run  # noqa: E402

WORDS, WIDTH, HEADS = 30, 16, 4
WINDOWS = [np.random.default_rng(seed).integers(0, WORDS, length) for seed, length in ((0, 5), (1, 33))]


def network(mask: float | None, value_order: tuple[int, ...] = (0, 2, 1, 3)) -> onnx.ModelProto:
    """One attention as exporters write it, with a mask of `mask` on every pair, or without."""
    random = np.random.default_rng(4)
    weights = {
        "table": random.normal(size=(WORDS, WIDTH)).astype(np.float32),
        "cut": np.array([0, 0, HEADS, WIDTH // HEADS]),
        "join": np.array([0, 0, WIDTH]),
        "scale": np.array(0.4, dtype=np.float32),
        "mask": np.array(mask or 0, dtype=np.float32),
        **{name: random.normal(size=(WIDTH, WIDTH)).astype(np.float32) for name in ("wq", "wk", "wv")},
    }
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["x"])]
    for name, order in (("q", (0, 2, 1, 3)), ("k", (0, 2, 1, 3)), ("v", value_order)):
        nodes += [
            helper.make_node("MatMul", ["x", f"w{name}"], [f"{name}1"]),
            helper.make_node("Reshape", [f"{name}1", "cut"], [f"{name}2"]),
            helper.make_node("Transpose", [f"{name}2"], [f"{name}3"], perm=order),
        ]
    nodes += [
        helper.make_node("Transpose", ["k3"], ["k4"], perm=(0, 1, 3, 2)),
        helper.make_node("MatMul", ["q3", "k4"], ["pairs"]),
        helper.make_node("Mul", ["pairs", "scale"], ["scaled"]),
    ]
    if mask is not None:
        nodes += [
            helper.make_node("Sub", ["pairs", "pairs"], ["nothing"]),
            helper.make_node("Add", ["nothing", "mask"], ["idle"]),
            helper.make_node("Add", ["scaled", "idle"], ["masked"]),
        ]
    nodes += [
        helper.make_node("Softmax", ["scaled" if mask is None else "masked"], ["weights"], axis=-1),
        helper.make_node("MatMul", ["weights", "v3"], ["read"]),
        helper.make_node("Transpose", ["read"], ["turned"], perm=(0, 2, 1, 3)),
        helper.make_node("Reshape", ["turned", "join"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "attention",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", "tokens", WIDTH])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


@pytest.mark.parametrize("mask", [None, 0.0])
def test_attention_of_the_usual_kind_becomes_one_operator(mask: float | None) -> None:
    model = network(mask)
    assert fuse_attention(model, HEADS, WINDOWS) == 1
    kinds = [node.op_type for node in model.graph.node]
    assert "MultiHeadAttention" in kinds
    assert not {"Softmax", "Transpose", "Reshape", "Add"} & set(kinds)
    for (got,), (exact,) in zip(
        run(model, ["logits"], WINDOWS), run(network(mask), ["logits"], WINDOWS), strict=True
    ):
        np.testing.assert_allclose(got, exact, atol=1e-4)


@pytest.mark.parametrize("model", [network(-0.5), network(None, value_order=(0, 2, 3, 1))])
def test_other_attention_is_left_as_it_is(model: onnx.ModelProto) -> None:
    before = [node.op_type for node in model.graph.node]
    assert fuse_attention(model, HEADS, WINDOWS) == 0
    assert [node.op_type for node in model.graph.node] == before
