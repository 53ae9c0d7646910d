from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

onnx = pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from kyket_training.graphs import run  # noqa: E402
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
        helper.make_node("Add", ["down_bias", "d"], ["logits"]),
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


def test_no_layer_is_changed_twice() -> None:
    """The layer between two GELUs would be the one behind the first and the one before the second."""
    model, exact = network(), network()
    for each in (model, exact):
        random = np.random.default_rng(6)
        more = {"out": random.normal(size=(WIDTH, WIDTH)) / 4, "out_bias": random.normal(size=WIDTH)}
        each.graph.initializer.extend(
            numpy_helper.from_array(value.astype(np.float32), name) for name, value in more.items()
        )
        each.graph.node[5].output[0] = "y"
        each.graph.node.extend(
            [
                helper.make_node("Gelu", ["y"], ["h"]),
                helper.make_node("MatMul", ["h", "out"], ["o"]),
                helper.make_node("Add", ["o", "out_bias"], ["logits"]),
            ]
        )
    assert quicken_gelu(model, WINDOWS) == 1
    assert np.abs(logits(model) - logits(exact)).mean() < 0.02 * logits(exact).std()


def test_large_inputs_do_not_overflow(recwarn: pytest.WarningsRecorder) -> None:
    model = network()
    table = next(w for w in model.graph.initializer if w.name == "table")
    table.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(table) * 100, "table"))
    quicken_gelu(model, WINDOWS)
    assert not recwarn.list


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
