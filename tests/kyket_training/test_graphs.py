from __future__ import annotations

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from kyket_training.graphs import Links, linear_of, prune, run  # noqa: E402


def network() -> onnx.ModelProto:
    """Embedding, two layers of which the second has no bias, and things that nobody needs."""
    random = np.random.default_rng(3)
    weights = {
        "table": random.normal(size=(20, 4)),
        "up": random.normal(size=(4, 6)),
        "bias": random.normal(size=6),
        "down": random.normal(size=(6, 3)),
        "unused": random.normal(size=(3, 3)),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["x"]),
        helper.make_node("MatMul", ["x", "up"], ["u"]),
        helper.make_node("Add", ["bias", "u"], ["ub"]),
        helper.make_node("MatMul", ["ub", "down"], ["logits"]),
        helper.make_node("Neg", ["ub"], ["for_nobody"]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", "tokens", 3])],
        [numpy_helper.from_array(value.astype(np.float32), name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def test_what_nothing_needs_is_pruned() -> None:
    model = network()
    prune(model.graph)
    assert [node.op_type for node in model.graph.node] == ["Gather", "MatMul", "Add", "MatMul"]
    assert "unused" not in [tensor.name for tensor in model.graph.initializer]
    ids = [np.arange(5)]
    (was,), (now,) = next(iter(run(network(), ["logits"], ids))), next(iter(run(model, ["logits"], ids)))
    np.testing.assert_array_equal(now, was)


def test_readers_are_nodes_and_whoever_runs_the_network() -> None:
    links = Links(network().graph)
    assert [node.op_type for node in links.readers("ub")] == ["MatMul", "Neg"]
    assert [node.op_type for node in links.readers("logits")] == ["outputs"]
    assert links.readers("for_nobody") == []
    assert links.only_reader("u").op_type == "Add"
    assert links.only_reader("ub").op_type == links.only_reader("for_nobody").op_type == ""


def test_a_layer_is_a_product_with_what_is_added_to_it_alone() -> None:
    model = network()
    found = [linear_of(node, Links(model.graph)) for node in model.graph.node]
    assert [None if each is None else each.result for each in found] == [None, "ub", None, "logits", None]
    assert found[1] is not None and found[1].bias is not None and found[1].bias.shape == (6,)
    assert found[3] is not None and found[3].bias is None
    model.graph.output.append(helper.make_empty_tensor_value_info("u"))
    apart = linear_of(model.graph.node[1], Links(model.graph))
    assert apart is not None and (apart.result, apart.bias) == ("u", None)
