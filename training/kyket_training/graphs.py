"""What the rewriting of ONNX networks needs to know of a graph, and how one is run and tidied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import helper, numpy_helper

Array = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


class Links:
    """Where the tensors of a graph come from and go to.

    Attributes:
        made_by: The node that gives a tensor.
        constants: The fixed tensors.
    """

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.made_by = {name: node for node in graph.node for name in node.output}
        self.constants = {tensor.name: tensor for tensor in graph.initializer}
        # Whoever runs the network reads its outputs.
        outputs = onnx.NodeProto(op_type="outputs", input=[output.name for output in graph.output])
        self._readers: dict[str, list[onnx.NodeProto]] = {}
        for node in (*graph.node, outputs):
            for name in node.input:
                self._readers.setdefault(name, []).append(node)

    def readers(self, name: str) -> list[onnx.NodeProto]:
        """The nodes that read a tensor, each as often as it does."""
        return self._readers.get(name, [])

    def only_reader(self, name: str) -> onnx.NodeProto:
        """The node that alone reads a tensor, one without inputs or outputs where there is no such node."""
        readers = self.readers(name)
        return readers[0] if len(readers) == 1 else onnx.NodeProto()


@dataclass(eq=False)
class Linear:
    """A linear layer: a product with fixed weights and, where it has one, the bias added next.

    *Shape:* `weights` (channels, results), `bias` (results,).
    """

    product: onnx.NodeProto
    weights: Array
    add: onnx.NodeProto | None = None
    bias: Array | None = None

    @property
    def result(self) -> str:
        """The tensor that comes of it, bias included."""
        return str((self.add or self.product).output[0])


def linear_of(product: onnx.NodeProto, links: Links) -> Linear | None:
    """The linear layer whose product a node is, if it is one."""
    if product.op_type != "MatMul" or product.input[1] not in links.constants:
        return None
    weights = numpy_helper.to_array(links.constants[product.input[1]])
    if weights.ndim != 2 or product.input[0] in links.constants:
        return None
    add = links.only_reader(product.output[0])
    if add.op_type == "Add":
        other = next(name for name in add.input if name != product.output[0])
        if other in links.constants and list(links.constants[other].dims) == [weights.shape[1]]:
            return Linear(product, weights, add, numpy_helper.to_array(links.constants[other]))
    return Linear(product, weights)


def prune(graph: onnx.GraphProto) -> None:
    """Removes the nodes and weights that nothing needs."""
    needed = {output.name for output in graph.output}
    nodes = []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            nodes.append(node)
            needed.update(node.input)
    set_nodes(graph, nodes[::-1])
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


def set_nodes(graph: onnx.GraphProto, nodes: Sequence[onnx.NodeProto]) -> None:
    """Replaces the nodes."""
    nodes = list(nodes)
    del graph.node[:]
    graph.node.extend(nodes)
