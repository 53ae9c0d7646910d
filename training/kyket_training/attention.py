"""Attention of an ONNX network in one operator.

Exported attention is a chain of small steps, each of which writes all pairs of tokens to memory and reads
them back. ONNX Runtime has an operator that keeps them in the cache (FlashAttention, Dao et al. 2022). In 8
bits it has one that takes in the layers before it too; `quantize` puts that in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import helper, numpy_helper

from kyket_training.graphs import Ids, Links, prune, run, use_contributed


def fuse_attention(network: onnx.ModelProto, heads: int, windows: Sequence[Ids]) -> int:
    """Replaces every attention of the usual kind; others are left as they are.

    The usual kind is softmax(scale · Q Kᵀ + mask) V on heads cut from linear layers, where the mask lets
    everything through, as it does where nothing is padding.

    Args:
        network: From `input_ids`; changed in place.
        heads: How many heads each attention has.
        windows: Token ids, among them a window of the greatest length: on them a mask must prove idle.

    Returns:
        How many were replaced.
    """
    graph = network.graph
    chains = [chain for node in graph.node if node.op_type == "Softmax" and (chain := _chain(graph, node))]
    masks = sorted({chain.mask for chain in chains if chain.mask})
    busy: set[str] = set()
    if masks:
        for values in run(network, masks, windows):
            busy.update(name for name, value in zip(masks, values, strict=True) if value.any())
    chains = [chain for chain in chains if chain.mask not in busy]
    instead = {chain.result: chain.node(heads) for chain in chains}
    nodes = [instead.get(node.output[0], node) for node in graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    prune(graph)
    if chains:
        use_contributed(network)
    return len(chains)


class _Chain:
    """The tensors between which one attention lies."""

    def __init__(self, query: str, key: str, value: str, mask: str, scale: float, result: str) -> None:
        self.query, self.key, self.value, self.mask = query, key, value, mask
        self.scale, self.result = scale, result

    def node(self, heads: int) -> onnx.NodeProto:
        return helper.make_node(
            "MultiHeadAttention",
            [self.query, self.key, self.value],
            [self.result],
            domain="com.microsoft",
            num_heads=heads,
            scale=self.scale,
        )


class _OtherKindError(Exception):
    """An attention that is not of the usual kind."""


def _chain(graph: onnx.GraphProto, softmax: onnx.NodeProto) -> _Chain | None:
    try:
        return _Walk(graph).chain(softmax)
    except _OtherKindError:
        return None


class _Walk:
    def __init__(self, graph: onnx.GraphProto) -> None:
        self._links = Links(graph)

    def chain(self, softmax: onnx.NodeProto) -> _Chain:
        name, mask, scale = softmax.input[0], "", 1.0
        node = self._maker(name)
        if node.op_type == "Add":
            name, mask = node.input
            node = self._maker(name)
        if node.op_type in {"Mul", "Div"}:
            factor = self._number(node.input[1])
            scale = factor if node.op_type == "Mul" else 1 / factor
            node = self._maker(node.input[0])
        if node.op_type != "MatMul":
            raise _OtherKindError
        query = self._before(node.input[0], [0, 2, 1, 3])
        key = self._before(node.input[1], [0, 2, 3, 1])
        product = self._only_user(softmax.output[0], "MatMul")
        if product.input[0] != softmax.output[0]:
            raise _OtherKindError
        value = self._before(product.input[1], [0, 2, 1, 3])
        together = self._only_user(product.output[0], "Transpose")
        if _order(together) != [0, 2, 1, 3]:
            raise _OtherKindError
        result = self._only_user(together.output[0], "Reshape").output[0]
        return _Chain(query, key, value, mask, scale, result)

    def _before(self, name: str, order: Sequence[int]) -> str:
        """What was cut into heads to give `name`, by a reshape and transposes of `order` in all."""
        axes = np.arange(4)
        node = self._maker(name)
        orders = []
        while node.op_type == "Transpose":
            orders.append(_order(node))
            node = self._maker(node.input[0])
        for step in reversed(orders):
            if len(step) != len(axes):
                raise _OtherKindError
            axes = axes[step]
        if node.op_type != "Reshape" or axes.tolist() != list(order):
            raise _OtherKindError
        return str(node.input[0])

    def _maker(self, name: str) -> onnx.NodeProto:
        if name not in self._links.made_by:
            raise _OtherKindError
        made: onnx.NodeProto = self._links.made_by[name]
        return made

    def _only_user(self, name: str, kind: str) -> onnx.NodeProto:
        reader = self._links.only_reader(name)
        if reader.op_type != kind:
            raise _OtherKindError
        return reader

    def _number(self, name: str) -> float:
        tensor = self._links.constants.get(name)
        if tensor is None or tensor.dims:
            raise _OtherKindError
        return float(numpy_helper.to_array(tensor))


def _order(transpose: onnx.NodeProto) -> list[int]:
    return next([int(axis) for axis in a.ints] for a in transpose.attribute if a.name == "perm")
