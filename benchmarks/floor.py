"""The arithmetic floor: how long the products of the encoder take as plain products of the same shapes."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from benchmarks.machine import cores
from benchmarks.workload import Workload
from kyket.bundle import Layout, read_manifest
from kyket.tagging import OnnxNetwork, TextTokenizer

_INTEGERS = (TensorProto.INT8, TensorProto.UINT8)


@dataclass(frozen=True)
class Encoder:
    """What of a network is arithmetic.

    Attributes:
        products: Inputs and outputs of each matrix of 8-bit weights, in order.
        attentions: Heads of each attention that is one operator.
    """

    products: tuple[tuple[int, int], ...]
    attentions: tuple[int, ...]

    @property
    def operations(self) -> int:
        """Multiplications and additions with weights, a token."""
        return sum(2 * inputs * outputs for inputs, outputs in self.products)

    @property
    def width(self) -> int:
        """Numbers that stand for a token."""
        return self.products[0][0]

    def attention(self, tokens: int) -> int:
        """Multiplications and additions of attention's two products, a token of so long a window."""
        return len(self.attentions) * 2 * 2 * tokens * self.width


@dataclass(frozen=True)
class Rates:
    """Windows a second, on one thread and on as many side by side as there are cores."""

    one: float
    all: float


@dataclass(frozen=True)
class Floor:
    """What one process measured.

    Attributes:
        tokens: Of a window.
        operations: With weights, a token.
        attention: Operations of the products of attention, a token.
        integer: The products with weights as plain products of integers.
        both: Those and the products of attention, in floats.
        encoder: The encoder as it is.
    """

    tokens: int
    operations: int
    attention: int
    integer: Rates
    both: Rates
    encoder: Rates


def read_encoder(network: Path) -> Encoder:
    """The products of a network.

    Raises:
        ValueError: it has no weights of 8 bits.
    """
    graph = onnx.load(network, load_external_data=False).graph
    weights = {w.name: tuple(w.dims) for w in graph.initializer if w.data_type in _INTEGERS}
    products, heads = [], []
    for node in graph.node:
        matrices = [weights[name] for name in node.input if len(weights.get(name, ())) == 2]
        if "MatMul" in node.op_type:
            products += matrices
        elif "Attention" in node.op_type:
            heads += [attribute.i for attribute in node.attribute if attribute.name == "num_heads"]
            # QAttention has the weights of queries, keys and values in one matrix.
            products += [(rows, columns // 3) for rows, columns in matrices for _ in range(3)]
    if not products:
        raise ValueError(f"{network.name} has no products with 8-bit weights")
    return Encoder(tuple((inputs, outputs) for inputs, outputs in products), tuple(heads))


def plain_products(encoder: Encoder, tokens: int, *, attention: bool) -> Callable[[], object]:
    """A call that computes the products of a window and nothing else.

    Of each product one row is kept, so that results stay where the processor has them at hand, as in the
    encoder.
    """
    random = np.random.default_rng(0)
    feeds: dict[str, npt.NDArray[np.uint8] | npt.NDArray[np.float32]] = {}
    inputs, nodes, constants, outputs = [], [], [numpy_helper.from_array(np.zeros(1, np.int64), "first")], []

    def give(name: str, shape: tuple[int, ...], kind: int) -> str:
        if name not in feeds:
            whole = kind == TensorProto.UINT8
            feeds[name] = (
                random.integers(0, 255, shape, np.uint8) if whole else random.random(shape, np.float32)
            )
            inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def keep(name: str, axis: int, kind: int) -> None:
        nodes.append(helper.make_node("Gather", [name, "first"], [f"{name}/kept"], axis=axis))
        outputs.append(helper.make_tensor_value_info(f"{name}/kept", kind, None))

    for i, (rows, columns) in enumerate(encoder.products):
        x = give(f"x{rows}", (tokens, rows), TensorProto.UINT8)
        matrix = random.integers(-127, 127, (rows, columns), np.int8)
        constants.append(numpy_helper.from_array(matrix, f"w{i}"))
        nodes.append(helper.make_node("MatMulInteger", [x, f"w{i}"], [f"y{i}"]))
        keep(f"y{i}", 0, TensorProto.INT32)
    for i, heads in enumerate(encoder.attentions if attention else ()):
        query = give(f"q{heads}", (heads, tokens, encoder.width // heads), TensorProto.FLOAT)
        key = give(f"k{heads}", (heads, encoder.width // heads, tokens), TensorProto.FLOAT)
        nodes.append(helper.make_node("MatMul", [query, key], [f"s{i}"]))
        nodes.append(helper.make_node("MatMul", [f"s{i}", query], [f"a{i}"]))  # values have its shape
        keep(f"a{i}", 1, TensorProto.FLOAT)
    graph = helper.make_graph(nodes, "products", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # none is the same
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
    return lambda: session.run(None, feeds)


def measure_floor(work: Workload) -> Floor:
    """Plain products and the encoder, in turns."""
    bundle = Path(work.model)
    manifest = read_manifest(bundle)
    encoder = read_encoder(bundle / Layout.NETWORK)
    network = OnnxNetwork(bundle / Layout.NETWORK, len(manifest.tags))
    ids = np.resize(TextTokenizer.from_file(bundle / Layout.TOKENIZER)(work.one).ids, manifest.window)
    calls = (
        plain_products(encoder, manifest.window, attention=False),
        plain_products(encoder, manifest.window, attention=True),
        lambda: network(ids),
    )
    seconds = 0.02 if work.is_tiny else 1.0
    rates = [Rates(_rate(call, 1, seconds), _rate(call, cores(), seconds)) for call in calls]
    return Floor(manifest.window, encoder.operations, encoder.attention(manifest.window), *rates)


def _rate(call: Callable[[], object], threads: int, seconds: float) -> float:
    """Calls a second by so many threads at once."""

    def repeat(_: int) -> float:
        call()
        begun, calls = time.perf_counter(), 0
        while (passed := time.perf_counter() - begun) < seconds or not calls:
            call()
            calls += 1
        return calls / passed

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(repeat, range(threads)))
