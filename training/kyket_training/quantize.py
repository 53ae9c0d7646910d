"""The linear layers of an ONNX network in int8, with fixed scales for activations.

A layer's input is rounded to 8 bits with one scale and zero point that were measured on real text, so what a
window gives depends on nothing but the window; weights have a scale for each output. Encoders have a few
channels that are far larger than the others and would leave those too few steps. Two things help: to make
large channels smaller beforehand and their weights larger (SmoothQuant, Xiao et al. 2023), and to multiply
the largest in float, apart (LLM.int8(), Dettmers et al. 2022). What to do is tried out layer by layer on the
text; both cost a pass over the activations, so a layer does without where that is nearly as exact.

ONNX Runtime runs such layers on a CPU's own int8 instructions (VNNI, AMX, dot products of Arm).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper

Array = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

_STRENGTHS = (None, 0.5, 0.7, 0.85)
"""How much of the difference between channels smoothing takes from the activations; 1 would be all of it."""

_APART = (0, 4, 16)
"""How many channels may be multiplied apart."""

_GOOD = 3e-4
"""Squared error of a layer's results, as a share of their square, that no dearer plan need better."""

_NEARLY = 1.3
"""Where no plan is that good: how many times the best one's error a cheaper one may have."""

_ROWS = 384
"""Tokens on which plans are tried out."""


@dataclass
class _Linear:
    """A product with fixed weights and, where it has one, the bias added next. *Shape:* weights (in, out)."""

    product: onnx.NodeProto
    weights: Array
    add: onnx.NodeProto | None = None
    bias: Array | None = None


@dataclass
class _Seen:
    """What passed through a tensor. *Shape:* `low`, `high` (channels,); `rows` (tokens, channels)."""

    low: Array
    high: Array
    rows: list[Array] = field(default_factory=list)


@dataclass(frozen=True)
class _Plan:
    """How an input is made ready. *Shape:* `divisor` (channels,); `apart` (channels apart,), indices."""

    divisor: Array | None
    apart: Ids


def quantize(network: onnx.ModelProto, windows: Sequence[Ids], keep: Iterable[str] = ()) -> None:
    """Puts the linear layers of a network into int8.

    Args:
        network: In float32, from `input_ids`; changed in place.
        windows: Token ids of real text; some thousand tokens in all are plenty.
        keep: Names of products that stay in float, such as the classifier.
    """
    layers = _linears(network.graph, set(keep))
    seen = _watch(network, list(layers), windows)
    before_relu = {node.output[0]: node.input[0] for node in network.graph.node if node.op_type == "Relu"}
    before: dict[str, list[onnx.NodeProto]] = {}
    instead: dict[str, list[onnx.NodeProto]] = {}
    dropped: set[str] = set()
    for name, linears in layers.items():
        writer = _Writer(network.graph, name, seen[name], _plan(seen[name], linears), before_relu.get(name))
        before[linears[0].product.output[0]] = writer.inputs()
        for linear in linears:
            instead[linear.product.output[0]] = writer.layer(linear)
            if linear.add is not None:
                dropped.add(linear.add.output[0])
    nodes = []
    for node in network.graph.node:
        result = node.output[0]
        nodes += before.get(result, [])
        if result not in dropped:
            nodes += instead.get(result, [node])
    _set_nodes(network.graph, nodes)
    prune(network.graph)
    use_contributed(network)


def prune(graph: onnx.GraphProto) -> None:
    """Removes the nodes and weights that nothing needs."""
    needed = {output.name for output in graph.output}
    nodes = []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            nodes.append(node)
            needed.update(node.input)
    _set_nodes(graph, nodes[::-1])
    weights = [tensor for tensor in graph.initializer if tensor.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(weights)


def run(network: onnx.ModelProto, names: Sequence[str], windows: Iterable[Ids]) -> Iterable[list[Array]]:
    """The values of the named tensors for each window, special tokens included in the window."""
    watched = onnx.ModelProto()
    watched.CopyFrom(network)
    del watched.graph.output[:]
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(
        watched.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    for window in windows:
        yield session.run(list(names), {"input_ids": window[None]})


def use_contributed(network: onnx.ModelProto) -> None:
    """Declares that the network uses ONNX Runtime's own operators."""
    if all(opset.domain != "com.microsoft" for opset in network.opset_import):
        network.opset_import.append(helper.make_opsetid("com.microsoft", 1))


def _set_nodes(graph: onnx.GraphProto, nodes: Sequence[onnx.NodeProto]) -> None:
    nodes = list(nodes)
    del graph.node[:]
    graph.node.extend(nodes)


def _linears(graph: onnx.GraphProto, keep: set[str]) -> dict[str, list[_Linear]]:
    """The linear layers by the tensor that goes in."""
    weights = {tensor.name: tensor for tensor in graph.initializer}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    layers: dict[str, list[_Linear]] = {}
    for node in graph.node:
        if node.op_type != "MatMul" or node.name in keep or node.input[1] not in weights:
            continue
        matrix = numpy_helper.to_array(weights[node.input[1]])
        if matrix.ndim != 2 or node.input[0] in weights:
            continue
        linear = _Linear(node, matrix)
        following = users.get(node.output[0], [])
        if len(following) == 1 and following[0].op_type == "Add":
            other = next(name for name in following[0].input if name != node.output[0])
            if other in weights and list(weights[other].dims) == [matrix.shape[1]]:
                linear.add, linear.bias = following[0], numpy_helper.to_array(weights[other])
        layers.setdefault(node.input[0], []).append(linear)
    return layers


def _watch(network: onnx.ModelProto, names: Sequence[str], windows: Sequence[Ids]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    share = max(1, _ROWS // len(windows))
    for window, values in zip(windows, run(network, names, windows), strict=True):
        picked = np.linspace(0, len(window) - 1, min(share, len(window))).astype(np.int64)
        for name, value in zip(names, values, strict=True):
            rows = value.reshape(-1, value.shape[-1])
            low, high = rows.min(axis=0), rows.max(axis=0)
            if name in seen:
                seen[name].low = np.minimum(seen[name].low, low)
                seen[name].high = np.maximum(seen[name].high, high)
            else:
                seen[name] = _Seen(low, high)
            seen[name].rows.append(rows[picked])
    return seen


def _plan(seen: _Seen, linears: Sequence[_Linear]) -> _Plan:
    """The cheapest plan that is good, or nearly as good as the best."""
    rows = np.concatenate(seen.rows)
    size = np.maximum(np.maximum(-seen.low, seen.high), 1e-4)
    reach = np.maximum(np.max([np.abs(linear.weights).max(axis=1) for linear in linears], axis=0), 1e-4)
    tried: list[tuple[float, _Plan]] = []
    for plan in sorted(_plans(size, reach), key=lambda plan: _cost(plan, linears)):
        error = _error(seen, rows, linears, plan)
        if error <= _GOOD:
            return plan
        tried.append((error, plan))
    best = min(error for error, _ in tried)
    return next(plan for error, plan in tried if error <= _NEARLY * best)


def _plans(size: Array, reach: Array) -> Iterator[_Plan]:
    """All plans for channels of such sizes, whose greatest weights are `reach`. *Shape:* both (channels,)."""
    for strength in _STRENGTHS:
        divisor = None
        if strength is not None:
            divisor = (size**strength / reach ** (1 - strength)).astype(np.float32)
        order = np.argsort(-size if divisor is None else -size / divisor)
        for apart in _APART:
            if apart < len(size):
                yield _Plan(divisor, np.sort(order[:apart]))


def _cost(plan: _Plan, linears: Sequence[_Linear]) -> int:
    """Numbers that a plan reads or writes for a token."""
    channels = len(linears[0].weights) if plan.divisor is not None else 0
    results = sum(linear.weights.shape[1] for linear in linears)
    return channels + (2 * results + len(plan.apart) if len(plan.apart) else 0)


def _error(seen: _Seen, rows: Array, linears: Sequence[_Linear], plan: _Plan) -> float:
    """Squared error of the layers' results, as a share of each token's own square."""
    scale, zero = _scale(seen, plan)
    divisor = np.ones_like(seen.low) if plan.divisor is None else plan.divisor
    rounded = (np.clip(np.round(rows / divisor / scale) + zero, 0, 255) - zero) * scale
    errors = []
    for linear in linears:
        matrix, scales = _round_weights(_weights(linear, plan))
        exact = rows @ linear.weights
        got = rounded @ (matrix * scales) + rows[:, plan.apart] @ linear.weights[plan.apart]
        square = np.maximum(np.square(exact).sum(axis=1), 1e-12)
        errors.append(float((np.square(got - exact).sum(axis=1) / square).mean()))
    return sum(errors) / len(errors)


def _scale(seen: _Seen, plan: _Plan) -> tuple[np.float32, np.uint8]:
    """Scale and zero point of the channels that are not apart."""
    low, high = np.delete(seen.low, plan.apart), np.delete(seen.high, plan.apart)
    if plan.divisor is not None:
        divisor = np.delete(plan.divisor, plan.apart)
        low, high = low / divisor, high / divisor
    least, most = min(float(low.min()), 0.0), max(float(high.max()), 0.0)
    scale = np.float32(max(most - least, 1e-6) / 255)
    return scale, np.uint8(np.clip(round(-least / float(scale)), 0, 255))


def _weights(linear: _Linear, plan: _Plan) -> Array:
    """The weights of what is not apart, against the divided input."""
    weights = linear.weights.copy() if plan.divisor is None else linear.weights * plan.divisor[:, None]
    weights[plan.apart] = 0
    return weights


def _round_weights(weights: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Weights in 8 bits with a scale for each output, coarse enough for every processor.

    x86 without VNNI adds the products of two neighbouring channels in 16 bits, which hold 255 · 128: two
    neighbours of one sign are kept to that together. (ONNX Runtime's switch against it,
    `session.x64quantprecision`, makes processors with VNNI slow too.)
    """
    even = np.pad(weights, ((0, len(weights) % 2), (0, 0)))
    pairs = [np.maximum(side[::2], 0) + np.maximum(side[1::2], 0) for side in (even, -even)]
    largest = np.maximum(np.abs(weights).max(axis=0), np.max(pairs, axis=(0, 1)))
    scales = np.maximum(largest / 127, 1e-8).astype(np.float32)
    return np.round(weights / scales).astype(np.int8), scales


class _Writer:
    """Writes the layers that share an input.

    Where that is what ReLU leaves of a tensor, `before_relu`, the tensor is rounded as it is: the zero
    point is 0 then, and rounding clips what is below it.
    """

    def __init__(
        self, graph: onnx.GraphProto, name: str, seen: _Seen, plan: _Plan, before_relu: str | None
    ) -> None:
        self._graph = graph
        self._name = name
        self._plan = plan
        self._before_relu = before_relu
        scale, zero = _scale(seen, plan)
        self._scale = self._constant("scale", np.array(scale))
        self._zero = self._constant("zero", np.array(zero))

    def inputs(self) -> list[onnx.NodeProto]:
        """The nodes that make the input ready."""
        nodes, name = [], self._name
        source = self._before_relu or name
        if len(self._plan.apart):
            which = self._constant("channels", self._plan.apart)
            gathered = f"{name}/gathered" if self._before_relu else f"{name}/apart"
            nodes.append(helper.make_node("Gather", [source, which], [gathered], axis=-1))
            if self._before_relu:
                nodes.append(helper.make_node("Relu", [gathered], [f"{name}/apart"]))
        if self._plan.divisor is not None:
            factor = self._constant("factor", (1 / self._plan.divisor).astype(np.float32))
            nodes.append(helper.make_node("Mul", [source, factor], [f"{name}/smooth"]))
            source = f"{name}/smooth"
        rounded = f"{name}/int8"
        nodes.append(helper.make_node("QuantizeLinear", [source, self._scale, self._zero], [rounded]))
        return nodes

    def layer(self, linear: _Linear) -> list[onnx.NodeProto]:
        """The nodes that stand for a layer, bias included."""
        matrix, scales = _round_weights(_weights(linear, self._plan))
        result = (linear.add or linear.product).output[0]
        inputs = [
            f"{self._name}/int8",
            self._constant("weights", matrix, result),
            self._scale,
            self._constant("scales", scales, result),
            self._zero,
            self._constant("weights_zero", np.array(0, dtype=np.int8), result),
        ]
        if linear.bias is not None:
            inputs.append(self._constant("bias", linear.bias, result))
        small = f"{result}/small" if len(self._plan.apart) else result
        nodes = [helper.make_node("MatMulIntegerToFloat", inputs, [small], domain="com.microsoft")]
        if len(self._plan.apart):
            few = self._constant("few", linear.weights[self._plan.apart], result)
            nodes.append(helper.make_node("MatMul", [f"{self._name}/apart", few], [f"{result}/large"]))
            nodes.append(helper.make_node("Add", [small, f"{result}/large"], [result]))
        return nodes

    def _constant(self, kind: str, value: npt.NDArray[np.generic], owner: str | None = None) -> str:
        name = f"{owner or self._name}/{kind}"
        self._graph.initializer.append(numpy_helper.from_array(value, name))
        return name
