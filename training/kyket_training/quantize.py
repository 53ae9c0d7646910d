"""The linear layers of an ONNX network in int8, with fixed scales for activations.

A layer's input is rounded to 8 bits with one scale and zero point that were measured on real text, so what a
window gives depends on nothing but the window; weights have a scale for each output. Encoders have a few
channels that are far larger than the others and would leave those too few steps, so large channels are made
smaller beforehand and their weights larger (SmoothQuant, Xiao et al. 2023). Whether and how much is tried out
layer by layer on the text: it costs a pass over the input, so a layer does without where that is good enough.
What a weight loses by rounding, the others of its output make up for (GPTQ, Frantar et al. 2023).

ONNX Runtime runs such layers on a CPU's own int8 instructions (VNNI, AMX, dot products of Arm).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from kyket_training.graphs import Array, Ids, Linear, Links, linear_of, prune, run, set_nodes, use_contributed

_STRENGTHS = (0.5, 0.7, 0.85)
"""How much of the difference between channels smoothing takes from the activations; 1 would be all of it."""

_GOOD = 3e-4
"""Squared error of a layer's results, as a share of their square, with which it does without smoothing."""

_ROWS = 2048
"""Tokens on which smoothing is tried out and weights are rounded."""

_DAMPING = 0.01
"""What is added to the mean squares of channels as GPTQ weighs them, as a share of their mean."""


@dataclass
class _Layer:
    """The linears that share an input, and what makes it ready for them.

    Attributes:
        linears: In the order of the graph, or as `attention` reads them.
        attention: The one that reads all three as queries, keys and values, if nothing else reads them.
        divisor: What each channel of the input is divided by, if smoothing pays. *Shape:* (channels,).
        comes_divided: Whether the input arrives divided.
    """

    linears: list[Linear]
    attention: onnx.NodeProto | None = None
    divisor: Array | None = None
    comes_divided: bool = False


@dataclass
class _Seen:
    """What passed through a tensor. *Shape:* `low`, `high` (channels,); `rows` (tokens, channels)."""

    low: Array
    high: Array
    rows: Array


def quantize(network: onnx.ModelProto, windows: Sequence[Ids], keep: Iterable[str] = ()) -> None:
    """Puts the linear layers of a network into int8.

    Args:
        network: In float32, from `input_ids`; changed in place.
        windows: Token ids of real text; some thousand tokens in all are plenty.
        keep: Names of products that stay in float, such as the classifier.
    """
    layers = _layers(network.graph, set(keep))
    if not layers:
        return
    seen = _watch(network, list(layers), windows)
    _smooth(network.graph, layers, seen)
    clipped = {node.output[0]: node.input[0] for node in network.graph.node if node.op_type == "Relu"}
    before: dict[str, list[onnx.NodeProto]] = {}
    instead: dict[str, list[onnx.NodeProto]] = {}
    for name, layer in layers.items():
        # What ReLU clips, rounding does too: the zero point behind it is 0.
        writer = _Writer(network.graph, name, clipped.get(name, name), layer, seen[name])
        before[layer.linears[0].product.output[0]] = writer.inputs()
        for each in layer.linears:
            instead[each.product.output[0]] = []
            instead[each.result] = [] if layer.attention else [writer.product(each)]
        if layer.attention:
            instead[layer.attention.output[0]] = [writer.attention(layer.attention)]
    nodes = []
    for node in network.graph.node:
        result = node.output[0]
        nodes += before.get(result, []) + instead.get(result, [node])
    set_nodes(network.graph, nodes)
    prune(network.graph)
    use_contributed(network)


def _layers(graph: onnx.GraphProto, keep: set[str]) -> dict[str, _Layer]:
    """The linear layers by the tensor that goes in."""
    links = Links(graph)
    layers: dict[str, _Layer] = {}
    for node in graph.node:
        if node.name not in keep and (found := linear_of(node, links)) is not None:
            layers.setdefault(node.input[0], _Layer([])).linears.append(found)
    for layer in layers.values():
        results = [each.result for each in layer.linears]
        attention = links.only_reader(results[0])
        if (
            len(results) == 3
            and attention.op_type == "MultiHeadAttention"
            and set(attention.input) == set(results)
            and all(links.only_reader(result) is attention for result in results)
            and len({each.weights.shape for each in layer.linears}) == 1
        ):
            layer.attention = attention
            layer.linears.sort(key=lambda each: list(attention.input).index(each.result))
    return layers


def _watch(network: onnx.ModelProto, names: Sequence[str], windows: Sequence[Ids]) -> dict[str, _Seen]:
    share = max(1, _ROWS // len(windows))
    lows, highs, picked = ({name: list[Array]() for name in names} for _ in range(3))
    for values in run(network, names, windows):
        for name, value in zip(names, values, strict=True):
            rows = value.reshape(-1, value.shape[-1])
            lows[name].append(rows.min(axis=0))
            highs[name].append(rows.max(axis=0))
            picked[name].append(rows[np.linspace(0, len(rows) - 1, min(share, len(rows))).astype(np.int64)])
    return {
        name: _Seen(np.min(lows[name], axis=0), np.max(highs[name], axis=0), np.concatenate(picked[name]))
        for name in names
    }


def _smooth(graph: onnx.GraphProto, layers: Mapping[str, _Layer], seen: Mapping[str, _Seen]) -> None:
    """Decides what the input of each layer is divided by, from the last layer to the first.

    Where it comes from a layer through attention or ReLU alone, that layer gives it divided: attention
    averages its values, and ReLU clips what lies below 0, divided or not.
    """
    links = Links(graph)
    before = {}
    for layer in layers.values():
        if layer.attention is not None:
            before[layer.attention.output[0]] = layer.linears[2]
        for each in layer.linears:
            if (relu := links.only_reader(each.result)).op_type == "Relu":
                before[relu.output[0]] = each
    for name, layer in reversed(list(layers.items())):
        layer.divisor = _divisor(seen[name], layer.linears)
        linear = before.get(name)
        if linear is None or layer.divisor is None or len(links.readers(name)) > len(layer.linears):
            continue
        linear.weights = linear.weights / layer.divisor
        linear.bias = None if linear.bias is None else linear.bias / layer.divisor
        layer.comes_divided = True


def _divisor(seen: _Seen, linears: Sequence[Linear]) -> Array | None:
    """What to divide the channels by: nothing where that is good, else the best of what can be tried.

    *Shape:* (channels,).
    """
    if (plain := _error(seen, linears, None)) <= _GOOD:
        return None
    size = np.maximum(np.maximum(-seen.low, seen.high), 1e-4)
    reach = np.maximum(np.max([np.abs(linear.weights).max(axis=1) for linear in linears], axis=0), 1e-4)
    tried: list[tuple[float, Array | None]] = [(plain, None)]
    for strength in _STRENGTHS:
        divisor = (size**strength / reach ** (1 - strength)).astype(np.float32)
        tried.append((_error(seen, linears, divisor), divisor))
    return min(tried, key=lambda one: one[0])[1]


def _error(seen: _Seen, linears: Sequence[Linear], divisor: Array | None) -> float:
    """Squared error of the layers' results, as a share of each token's own square."""
    rounded = _rounded(seen, divisor)
    errors = []
    for linear in linears:
        weights = _weights(linear, divisor)
        scales = _scales(weights)
        got = rounded @ (np.round(weights / scales) * scales)
        exact = seen.rows @ linear.weights
        square = np.maximum(np.square(exact).sum(axis=1), 1e-12)
        errors.append(float((np.square(got - exact).sum(axis=1) / square).mean()))
    return sum(errors) / len(errors)


def _rounded(seen: _Seen, divisor: Array | None) -> Array:
    """What the layers get of the tokens seen. *Shape:* (tokens, channels)."""
    scale, zero = _scale(seen, divisor)
    divided = seen.rows if divisor is None else seen.rows / divisor
    steps = np.clip(np.round(divided / scale), -float(zero), 255 - float(zero))
    return (steps * scale).astype(np.float32)


def _scale(seen: _Seen, divisor: Array | None) -> tuple[np.float32, np.uint8]:
    """Scale and zero point of a divided input."""
    low, high = (seen.low, seen.high) if divisor is None else (seen.low / divisor, seen.high / divisor)
    least, most = min(float(low.min()), 0.0), max(float(high.max()), 0.0)
    scale = np.float32(max(most - least, 1e-6) / 255)
    return scale, np.uint8(np.clip(round(-least / float(scale)), 0, 255))


def _weights(linear: Linear, divisor: Array | None) -> Array:
    """The weights against the divided input. *Shape:* (channels, outputs)."""
    return linear.weights if divisor is None else linear.weights * divisor[:, None]


def _scales(weights: Array) -> Array:
    """A scale for each output, with which its weights fit into 8 bits on every processor.

    x86 without VNNI adds the products of two neighbouring channels in 16 bits, which hold 255 · 128: two
    neighbours of one sign are kept to that together. (ONNX Runtime's switch against it,
    `session.x64quantprecision`, makes processors with VNNI slow too.) *Shape:* (outputs,).
    """
    even = np.pad(weights, ((0, len(weights) % 2), (0, 0)))
    pairs = [np.maximum(side[::2], 0) + np.maximum(side[1::2], 0) for side in (even, -even)]
    largest = np.maximum(np.abs(weights).max(axis=0), np.max(pairs, axis=(0, 1)))
    scales: Array = np.maximum(largest / 127, 1e-8).astype(np.float32)
    return scales


def _round_weights(weights: Array, passing: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Weights in 8 bits, and the scale of each output.

    One channel is rounded after the other, and those that follow take over what its output then lacks, as
    far as they go along with it. *Shape:* `weights` and what comes of them (channels, outputs), scales
    (outputs,); `passing` (channels, channels), from `_passing`.
    """
    scales = _scales(weights)
    left = weights.copy()
    rounded = np.zeros_like(weights)
    for i in range(len(weights)):
        neighbour = rounded[i - 1] if i % 2 else np.zeros_like(scales)
        most, least = 127 - np.maximum(neighbour, 0), np.maximum(-neighbour, 0) - 127
        rounded[i] = np.clip(np.round(left[i] / scales), least, most)
        lost = (left[i] - rounded[i] * scales) / passing[i, i]
        left[i + 1 :] -= np.outer(passing[i, i + 1 :], lost)
    return rounded.astype(np.int8), scales


def _passing(rows: Array) -> Array:
    """How an error in a channel passes to those that follow.

    That is the upper Cholesky factor of the inverse of the channels' damped second moments. *Shape:* `rows`
    (tokens, channels) to (channels, channels).
    """
    products = rows.T.astype(np.float64) @ rows / len(rows)
    products += np.eye(len(products)) * max(_DAMPING * float(np.trace(products)) / len(products), 1e-9)
    triangle: Array = np.linalg.cholesky(np.linalg.inv(products)).T.astype(np.float32)
    return triangle


class _Writer:
    """Writes a layer."""

    def __init__(self, graph: onnx.GraphProto, name: str, source: str, layer: _Layer, seen: _Seen) -> None:
        self._graph = graph
        self._name = name
        self._source = source
        self._ready = f"{name}/int8"
        self._layer = layer
        scale, zero = _scale(seen, layer.divisor)
        self._passing = _passing(_rounded(seen, layer.divisor))
        self._scale = self._constant("scale", np.array(scale))
        self._zero = self._constant("zero", np.array(zero))

    def inputs(self) -> list[onnx.NodeProto]:
        """The nodes that make the input ready."""
        nodes, source = [], self._source
        if self._layer.divisor is not None and not self._layer.comes_divided:
            factor = self._constant("factor", (1 / self._layer.divisor).astype(np.float32))
            nodes.append(helper.make_node("Mul", [source, factor], [f"{self._name}/smooth"]))
            source = f"{self._name}/smooth"
        nodes.append(helper.make_node("QuantizeLinear", [source, self._scale, self._zero], [self._ready]))
        return nodes

    def product(self, linear: Linear) -> onnx.NodeProto:
        """The node that stands for a product and its bias."""
        matrix, scales = self._round(linear)
        result = linear.result
        inputs = [
            self._ready,
            self._constant("weights", matrix, result),
            self._scale,
            self._constant("scales", scales, result),
            self._zero,
            self._constant("weights_zero", np.array(0, dtype=np.int8), result),
        ]
        if linear.bias is not None:
            inputs.append(self._constant("bias", linear.bias, result))
        return helper.make_node("MatMulIntegerToFloat", inputs, [result], domain="com.microsoft")

    def attention(self, attention: onnx.NodeProto) -> onnx.NodeProto:
        """The node that stands for an attention and the three linears that it reads."""
        result = attention.output[0]
        rounded = [self._round(each) for each in self._layer.linears]
        matrix, scales = (np.concatenate(parts, axis=-1) for parts in zip(*rounded, strict=True))
        bias = [
            np.zeros(each.weights.shape[1], dtype=np.float32) if each.bias is None else each.bias
            for each in self._layer.linears
        ]
        inputs = [
            self._ready,
            self._constant("weights", matrix, result),
            self._constant("bias", np.concatenate(bias), result),
            self._scale,
            self._constant("scales", scales, result),
            "",  # a mask
            self._zero,
            self._constant("weights_zero", np.zeros(len(scales), dtype=np.int8), result),
        ]
        return helper.make_node(
            "QAttention",
            inputs,
            [result],
            domain="com.microsoft",
            **{each.name: helper.get_attribute_value(each) for each in attention.attribute},
        )

    def _round(self, linear: Linear) -> tuple[npt.NDArray[np.int8], Array]:
        return _round_weights(_weights(linear, self._layer.divisor), self._passing)

    def _constant(self, kind: str, value: npt.NDArray[np.generic], owner: str | None = None) -> str:
        name = f"{owner or self._name}/{kind}"
        self._graph.initializer.append(numpy_helper.from_array(value, name))
        return name
