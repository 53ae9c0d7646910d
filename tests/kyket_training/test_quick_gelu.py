from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

onnx = pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from kyket_training.quantize import run  # noqa: E402
from kyket_training.quick_gelu import quicken_gelu  # noqa: E402

WORDS, WIDTH = 300, 16
WINDOWS = [np.random.default_rng(seed).integers(0, WORDS, 40) for seed in range(20)]


def network(function: str = "Gelu") -> onnx.ModelProto:
    """A layer, GELU and another layer, whose inputs are all ways of few things, as those of encoders are."""
    random = np.random.default_rng(4)
    table = random.normal(size=(WORDS, 4)) @ random.normal(size=(4, WIDTH)) / 2
    weights = {
        "table": table,
        "up": random.normal(size=(WIDTH, 4 * WIDTH)) / np.sqrt(WIDTH),
        "up_bias": random.normal(size=4 * WIDTH) / 4,
        "down": random.normal(size=(4 * WIDTH, WIDTH)) / np.sqrt(4 * WIDTH),
        "down_bias": random.normal(size=WIDTH),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["e"]),
        helper.make_node("MatMul", ["e", "up"], ["u"]),
        helper.make_node("Add", ["u", "up_bias"], ["x"]),
        helper.make_node(function, ["x"], ["g"]),
        helper.make_node("MatMul", ["g", "down"], ["d"]),
        helper.make_node("Add", ["d", "down_bias"], ["logits"]),
    ]
    graph = helper.make_graph(
        nodes,
        "layers",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", "tokens", WIDTH])],
        [numpy_helper.from_array(value.astype(np.float32), name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def logits(model: onnx.ModelProto) -> npt.NDArray[np.float32]:
    """Of other windows than those that anything was fitted to."""
    others = [np.random.default_rng(99).integers(0, WORDS, 400)]
    return np.concatenate([value[0] for (value,) in run(model, ["logits"], others)])


def without_fit() -> onnx.ModelProto:
    """The network with x · σ(1.702 x) as it is."""
    model = network("Sigmoid")
    places = [node.output[0] for node in model.graph.node].index("g")
    before = helper.make_node("Mul", ["x", "factor"], ["scaled"])
    model.graph.node[places].CopyFrom(helper.make_node("Sigmoid", ["scaled"], ["s"]))
    model.graph.node.insert(places, before)
    model.graph.node.insert(places + 2, helper.make_node("Mul", ["x", "s"], ["g"]))
    model.graph.initializer.append(numpy_helper.from_array(np.float32(1.702), "factor"))
    return model


def test_gelu_is_replaced_and_what_that_changes_fitted_away() -> None:
    exact, model = logits(network()), network()
    assert quicken_gelu(model, WINDOWS) == 1
    assert [node.op_type for node in model.graph.node] == [
        "Gather",
        "MatMul",
        "Add",
        "QuickGelu",
        "MatMul",
        "Add",
    ]
    fitted, plain = (float(np.abs(logits(each) - exact).mean()) for each in (model, without_fit()))
    assert plain < 0.02 * exact.std()
    assert fitted < 0.7 * plain


@pytest.mark.parametrize("name", ["u", "x", "g", "d"])
@pytest.mark.parametrize("wanted", [False, True], ids=["read", "wanted"])
def test_what_something_else_needs_too_is_left_as_it_is(name: str, wanted: bool) -> None:
    model = network()
    if not wanted:
        model.graph.node.append(helper.make_node("Neg", [name], ["copy"]))
    model.graph.output.append(helper.make_empty_tensor_value_info(name if wanted else "copy"))
    before = logits(model)
    assert quicken_gelu(model, WINDOWS) == 0
    np.testing.assert_array_equal(logits(model), before)


def test_layers_may_share_weights_with_others() -> None:
    """As exporters have one for all that are alike."""
    model, exact = network(), network()
    for each in (model, exact):
        each.graph.node.append(helper.make_node("Neg", ["down"], ["copy"]))
        each.graph.output.append(helper.make_empty_tensor_value_info("copy"))
    assert quicken_gelu(model, WINDOWS) == 1
    copies = [next(iter(run(each, ["copy"], WINDOWS[:1])))[0] for each in (model, exact)]
    np.testing.assert_array_equal(*copies)


def test_another_function_is_left_as_it_is() -> None:
    model = network("Tanh")
    assert quicken_gelu(model, WINDOWS) == 0


def test_gelu_without_layers_around_it_is_left_as_it_is() -> None:
    model = network()
    model.graph.node[3].input[0] = "u"  # a layer without a bias
    assert quicken_gelu(model, WINDOWS) == 0
    model = network()
    del model.graph.node[4:]
    model.graph.node.append(helper.make_node("Neg", ["g"], ["logits"]))
    assert quicken_gelu(model, WINDOWS) == 0
    model = network()
    model.graph.node[5].input[1] = "e"  # another input in place of a bias
    assert quicken_gelu(model, WINDOWS) == 0
