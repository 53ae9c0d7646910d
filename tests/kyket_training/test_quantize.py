from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest

onnx = pytest.importorskip("onnx")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from kyket_training.graphs import run  # noqa: E402
from kyket_training.quantize import _passing, _round_weights, quantize  # noqa: E402

WORDS, WIDTH, TAGS = 50, 32, 7
WINDOWS = [np.random.default_rng(seed).integers(0, WORDS, 40) for seed in range(6)]


def model_of(
    nodes: Sequence[onnx.NodeProto], weights: Mapping[str, npt.NDArray[np.float32]], results: int
) -> onnx.ModelProto:
    """A network from `input_ids` to `logits`, so many for each token."""
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["texts", "tokens", results])],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def network(outlier: float = 1.0, ways: int = WIDTH) -> onnx.ModelProto:
    """Embedding, two layers that share an input, one more, and a classifier.

    One channel of the embedding is `outlier` times as large as the others, which go in so many ways.
    """
    random = np.random.default_rng(3)
    table = random.normal(size=(WORDS, WIDTH))
    if ways < WIDTH:
        table = table[:, :ways] @ random.normal(size=(ways, WIDTH)) / np.sqrt(ways)
    table[:, 5] *= outlier

    def matrix(*shape: int) -> npt.NDArray[np.float32]:
        return (random.normal(size=shape) / np.sqrt(shape[0])).astype(np.float32)

    left = matrix(WIDTH, WIDTH)
    left[5] /= outlier
    weights = {
        "table": table.astype(np.float32),
        "left": left,
        "left_bias": matrix(WIDTH),
        "right": matrix(WIDTH, WIDTH),
        "classifier": matrix(WIDTH, TAGS),
        "unused": matrix(3, 3),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["x"]),
        helper.make_node("MatMul", ["x", "left"], ["l"], name="left_product"),
        helper.make_node("Add", ["left_bias", "l"], ["lb"]),
        helper.make_node("MatMul", ["x", "right"], ["r"], name="right_product"),
        helper.make_node("Tanh", ["r"], ["rt"]),
        helper.make_node("Mul", ["lb", "rt"], ["m"]),
        helper.make_node("MatMul", ["m", "classifier"], ["logits"], name="classifier_product"),
        helper.make_node("Neg", ["m"], ["for_nobody"]),
    ]
    return model_of(nodes, weights, TAGS)


def logits(model: onnx.ModelProto, windows: list[npt.NDArray[np.int64]]) -> list[npt.NDArray[np.float32]]:
    return [value[0] for (value,) in run(model, ["logits"], windows)]


def error(model: onnx.ModelProto, exact: onnx.ModelProto, result: str) -> float:
    got, wanted = (np.concatenate([v[0] for (v,) in run(m, [result], WINDOWS)]) for m in (model, exact))
    return float(np.abs(got - wanted).mean() / wanted.std())


def test_layers_are_in_int8_and_give_nearly_the_same() -> None:
    model = network()
    quantize(model, WINDOWS, keep=["classifier_product"])
    kinds = [node.op_type for node in model.graph.node]
    assert kinds.count("MatMulIntegerToFloat") == 2
    assert kinds.count("QuantizeLinear") == 1  # they share their input
    assert "left_bias" not in {
        name for node in model.graph.node if node.op_type == "Add" for name in node.input
    }
    assert "classifier_product" in [node.name for node in model.graph.node]
    onnx.checker.check_model(model)
    assert error(model, network(), "logits") < 0.02


def test_weights_take_a_quarter_of_the_place() -> None:
    model = network()
    quantize(model, WINDOWS)
    floats = [t for t in model.graph.initializer if t.data_type == TensorProto.FLOAT and len(t.dims) == 2]
    assert all(tensor.name == "table" or tensor.dims[0] <= WIDTH // 2 for tensor in floats)


@pytest.mark.parametrize("outlier", [60.0, 3000.0])
def test_a_channel_that_towers_over_the_others_does_no_harm(outlier: float) -> None:
    model = network(outlier)
    quantize(model, WINDOWS)
    made_ready = [node.op_type for node in model.graph.node if node.input[0] == "x"]
    assert made_ready != ["QuantizeLinear"]
    assert error(model, network(outlier), "lb") < 0.02
    assert error(model, network(outlier), "r") < 0.02


def test_what_weights_lose_by_rounding_others_make_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where channels go along with each other, as those of encoders do."""
    model, alone = network(ways=4), network(ways=4)
    quantize(model, WINDOWS)
    monkeypatch.setattr("kyket_training.quantize._DAMPING", 1e6)  # each channel by itself
    quantize(alone, WINDOWS)
    exact = network(ways=4)
    assert error(model, exact, "r") < 0.8 * error(alone, exact, "r")


def test_tokens_do_not_depend_on_their_neighbours() -> None:
    model = network()
    quantize(model, WINDOWS)
    (whole,), *parts = (logits(model, [window]) for window in (WINDOWS[0], WINDOWS[0][:9], WINDOWS[0][9:]))
    np.testing.assert_allclose(whole, np.concatenate([part for (part,) in parts]), atol=1e-5)


@pytest.mark.parametrize("seed", range(8))
def test_neighbouring_products_fit_into_sixteen_bits(seed: int) -> None:
    """Also where few weights are large and channels go along with each other, so that rounding moves much."""
    random = np.random.default_rng(seed)
    channels = 64 + seed % 2
    rows = random.normal(size=(400, 3)) @ random.normal(size=(3, channels))
    weights = random.standard_t(2, size=(channels, 40)).astype(np.float32)
    rounded, scales = _round_weights(weights, _passing(rows.astype(np.float32)))
    even = np.pad(rounded.astype(np.int64), ((0, channels % 2), (0, 0)))
    assert np.abs(even).max() <= 127
    for most in (even.clip(min=0), -even.clip(max=0)):
        assert (255 * (most[::2] + most[1::2])).max() < 2**15
    lost, alone = rows @ (rounded * scales - weights), rows @ (np.round(weights / scales) * scales - weights)
    assert np.square(lost).sum() < np.square(alone).sum()


def test_channels_that_say_nothing_do_no_harm() -> None:
    """Nor does text of fewer tokens than channels."""
    model, exact = network(), network()
    for each in (model, exact):
        table = next(w for w in each.graph.initializer if w.name == "table")
        values = numpy_helper.to_array(table).copy()
        values[:, 1], values[:, 2] = 0, 3
        table.CopyFrom(numpy_helper.from_array(values, "table"))
    quantize(model, [window[:3] for window in WINDOWS])
    assert error(model, exact, "logits") < 0.1


def with_attention(outlier: float, inputs: Sequence[str] = ("qb", "kx", "vb")) -> onnx.ModelProto:
    """An attention of four heads and a layer behind it; one channel of values is `outlier` times as large."""
    random = np.random.default_rng(5)
    weights = {
        name: (random.normal(size=(WIDTH, WIDTH)) / np.sqrt(WIDTH)).astype(np.float32) for name in "qkvo"
    }
    weights["v"][:, 3] *= outlier
    weights["o"][3] /= outlier
    weights |= {
        "table": random.normal(size=(WORDS, WIDTH)).astype(np.float32),
        "bias": random.normal(size=WIDTH).astype(np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["x"]),
        *(helper.make_node("MatMul", ["x", name], [f"{name}x"]) for name in "qkv"),
        helper.make_node("Add", ["qx", "bias"], ["qb"]),
        helper.make_node("Add", ["bias", "vx"], ["vb"]),
        helper.make_node(
            "MultiHeadAttention",
            inputs,
            ["read"],
            domain="com.microsoft",
            num_heads=4,
            scale=0.3,
        ),
        helper.make_node("MatMul", ["read", "o"], ["logits"]),
    ]
    return model_of(nodes, weights, WIDTH)


@pytest.mark.parametrize("outlier", [1.0, 60.0])
def test_attention_takes_in_the_layers_that_it_reads(outlier: float) -> None:
    """And where the layer behind wants its input smoothed, values come so."""
    model = with_attention(outlier)
    quantize(model, WINDOWS)
    assert [node.op_type for node in model.graph.node] == [
        "Gather",
        "QuantizeLinear",
        "QAttention",
        "QuantizeLinear",
        "MatMulIntegerToFloat",
    ]
    assert error(model, with_attention(outlier), "logits") < 0.02


def test_attention_that_is_wanted_for_something_else_too_is_not_divided() -> None:
    model, exact = with_attention(60.0), with_attention(60.0)
    for each in (model, exact):
        each.graph.output.append(helper.make_empty_tensor_value_info("read"))
    quantize(model, WINDOWS)
    assert error(model, exact, "read") < 0.02
    assert error(model, exact, "logits") < 0.02


@pytest.mark.parametrize("inputs", list(permutations(("qb", "kx", "vb"))), ids="-".join)
def test_queries_keys_and_values_may_come_in_any_order(inputs: tuple[str, ...]) -> None:
    model = with_attention(1.0, inputs)
    quantize(model, WINDOWS)
    assert "QAttention" in [node.op_type for node in model.graph.node]
    assert error(model, with_attention(1.0, inputs), "logits") < 0.02


@pytest.mark.parametrize("inputs", [("qb", "kx", "vb", "mask"), ("qb", "kx", "kx")], ids=["more", "twice"])
def test_an_attention_of_another_kind_stays_as_it_is(inputs: tuple[str, ...]) -> None:
    model, exact = with_attention(1.0, inputs), with_attention(1.0, inputs)
    for each in (model, exact):  # an input of the operator that `QAttention` has not: a bias for all three
        each.graph.initializer.append(
            numpy_helper.from_array(np.linspace(-1, 1, 3 * WIDTH, dtype=np.float32), "mask")
        )
    quantize(model, WINDOWS)
    assert "MultiHeadAttention" in [node.op_type for node in model.graph.node]
    assert error(model, exact, "logits") < 0.02


@pytest.mark.parametrize("name", ["qx", "qb", "kx"])
@pytest.mark.parametrize("wanted", [False, True], ids=["read", "wanted"])
def test_a_layer_that_attention_shares_with_others_stays_apart(name: str, wanted: bool) -> None:
    model, exact = with_attention(1.0), with_attention(1.0)
    for each in (model, exact):
        if not wanted:
            each.graph.node.append(helper.make_node("Neg", [name], ["copy"]))
        each.graph.output.append(helper.make_empty_tensor_value_info(name if wanted else "copy"))
    quantize(model, WINDOWS)
    kinds = [node.op_type for node in model.graph.node]
    if name == "qx":  # only its bias stays behind
        assert kinds.count("Add") == 1
    else:
        assert kinds.count("MultiHeadAttention") == 1 and kinds.count("MatMulIntegerToFloat") == 4
    for result in ("logits", name if wanted else "copy"):
        assert error(model, exact, result) < 0.02


def with_relu(outlier: float) -> onnx.ModelProto:
    """A layer, ReLU and a layer behind it; one channel between them is `outlier` times as large."""
    random = np.random.default_rng(6)
    weights = {name: random.normal(size=(WIDTH, WIDTH)).astype(np.float32) for name in ("in", "out")}
    weights["in"][:, 3] *= outlier
    weights["out"][3] /= outlier
    weights |= {
        "table": random.normal(size=(WORDS, WIDTH)).astype(np.float32),
        "bias": random.normal(size=WIDTH).astype(np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["x"]),
        helper.make_node("MatMul", ["x", "in"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["before"]),
        helper.make_node("Relu", ["before"], ["clipped"]),
        helper.make_node("MatMul", ["clipped", "out"], ["logits"]),
    ]
    return model_of(nodes, weights, WIDTH)


@pytest.mark.parametrize("outlier", [1.0, 60.0])
def test_relu_costs_nothing(outlier: float) -> None:
    """Rounding clips, and where the layer behind wants its input smoothed, the layer before gives it so."""
    model = with_relu(outlier)
    quantize(model, WINDOWS)
    a_layer = ["QuantizeLinear", "MatMulIntegerToFloat"]
    assert [node.op_type for node in model.graph.node] == ["Gather", *a_layer, *a_layer]
    assert error(model, with_relu(outlier), "logits") < 0.02


@pytest.mark.parametrize("name", ["before", "clipped"])
@pytest.mark.parametrize("outlier", [1.0, 60.0])
def test_what_lies_about_relu_may_be_wanted_for_something_else_too(name: str, outlier: float) -> None:
    model, exact = with_relu(outlier), with_relu(outlier)
    for each in (model, exact):
        each.graph.output.append(helper.make_empty_tensor_value_info(name))
    quantize(model, WINDOWS)
    assert error(model, exact, name) < 0.02
    assert error(model, exact, "logits") < 0.02


@pytest.mark.parametrize("outlier", [1.0, 60.0])
def test_a_layer_may_read_what_stands_before_relu(outlier: float) -> None:
    """And a second ReLU may too, with a layer of its own."""
    model, exact = with_relu(outlier), with_relu(outlier)
    for each in (model, exact):
        each.graph.node.append(helper.make_node("MatMul", ["before", "out"], ["plain"]))
        each.graph.node.append(helper.make_node("Relu", ["before"], ["again"]))
        each.graph.node.append(helper.make_node("MatMul", ["again", "in"], ["second"]))
        each.graph.output.extend(map(helper.make_empty_tensor_value_info, ("plain", "second")))
    quantize(model, WINDOWS)
    for result in ("logits", "plain", "second"):
        assert error(model, exact, result) < 0.02


def test_a_layer_of_the_first_token_alone_is_in_int8_too() -> None:
    """As poolers are: it has fewer rows than the window has tokens."""
    model, exact = network(), network()
    for each in (model, exact):
        each.graph.initializer.append(numpy_helper.from_array(np.zeros(1, np.int64), "first"))
        each.graph.node.insert(1, helper.make_node("Gather", ["x", "first"], ["head"], axis=1))
        next(node for node in each.graph.node if node.name == "left_product").input[0] = "head"
    quantize(model, WINDOWS)
    assert error(model, exact, "logits") < 0.03


def test_a_network_without_layers_is_left_as_it_is() -> None:
    model = network()
    quantize(model, WINDOWS, keep=["left_product", "right_product", "classifier_product"])
    assert model == network()
