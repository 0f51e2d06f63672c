"""Write the network that ships as an ONNX model: what the benchmark gives to another runtime."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from tests.server_process import ROOT
from training.network.backend import keras

TOOLS = ROOT / ".venv" / "bench"  # `make bench` installs onnx there


def write_onnx(model: keras.Model, path: Path) -> None:
    """Write a sequential model, n×784 pixels to n×10 probabilities, with float32 weights.

    Channels come first, as ONNX has it; the weights behind the last picture are put in that order, so that
    nothing is transposed while it runs.
    """
    sys.path.append(str(TOOLS))
    from onnx import TensorProto, checker, helper, numpy_helper, save

    nodes, weights = [], []

    def add(kind: str, *arrays: np.ndarray, **attributes: object) -> None:
        """Add a node that takes what the one before it gives, and some weights."""
        names = [f"weight{len(weights) + i}" for i in range(len(arrays))]
        weights.extend(numpy_helper.from_array(*pair) for pair in zip(arrays, names, strict=True))
        before = nodes[-1].output[0] if nodes else "pixels"
        nodes.append(helper.make_node(kind, [before, *names], [f"value{len(nodes)}"], **attributes))

    add("Reshape", np.array([-1, 1, 28, 28]))
    picture = None  # the shape of what is flattened: height, width, channels
    for layer in model.layers:
        kernel, *others = layer.get_weights() or [None]
        if isinstance(layer, keras.layers.Conv2D):
            add("Conv", np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)), *others, strides=layer.strides)
        elif isinstance(layer, keras.layers.MaxPooling2D):
            add("MaxPool", kernel_shape=layer.pool_size, strides=layer.strides)
        elif isinstance(layer, keras.layers.Flatten):
            picture = layer.input_shape[1:]
            add("Flatten")
        elif isinstance(layer, keras.layers.Dense):
            if picture:
                order = np.arange(np.prod(picture)).reshape(picture).transpose(2, 0, 1).ravel()
                kernel, picture = kernel[order], None
            add("Gemm", kernel, *others)
        elif isinstance(layer, keras.layers.BatchNormalization):
            add("BatchNormalization", kernel, *others, epsilon=layer.epsilon)
        elif not isinstance(layer, keras.layers.Activation):
            raise TypeError(f"The benchmark can't write a layer of kind {type(layer).__name__}.")
        activation = getattr(layer, "activation", keras.activations.linear).__name__
        if activation != "linear":
            add({"relu": "Relu", "softmax": "Softmax"}[activation])
    nodes[-1].output[0] = "probabilities"
    pixels = helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 784])
    probabilities = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", 10])
    graph = helper.make_graph(nodes, "digitpad", [pixels], [probabilities], weights)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(made, full_check=True)
    save(made, str(path))
