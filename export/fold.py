"""Fold each batch normalisation into the layer before it, and eleven answers into the ten shown."""

import numpy as np

from export.errors import ExportError
from training.data.datasets import CLASSES
from training.network.architectures import OUTPUTS, SHOWN
from training.network.backend import keras
from training.network.calibration import spread

LINEAR = (keras.layers.Conv2D, keras.layers.Dense)


def fold(model: keras.Sequential) -> keras.Sequential:
    """Return a model whose answers are the ten that the page shows, without normalisation.

    ReLU is inside the linear layers. Behind the head stands `spread` as a layer, so that whoever loads the
    model gets ten probabilities.

    y = γ·(w∗x − μ)/√(σ² + ε) + β, a layer without bias, becomes w' = w·γ/√(σ² + ε), b' = β − μ·γ/√(σ² + ε)
    (Jacob et al. 2018, section 3.2). TF.js then runs linear layer, bias and ReLU as one kernel.
    """
    folded, weights = [], []
    layers = iter(model.layers)
    for layer in layers:
        if isinstance(layer, LINEAR) and not layer.use_bias:
            normalisation, activation = next(layers, None), next(layers, None)
            if not isinstance(normalisation, keras.layers.BatchNormalization) or not isinstance(
                activation, keras.layers.ReLU
            ):
                raise ExportError(f"cannot fold {layer.name}: normalisation and ReLU do not follow it")
            folded.append(copied(layer, use_bias=True, activation="relu"))
            weights += _folded_weights(layer, normalisation)
        else:
            folded.append(copied(layer))
            weights += layer.get_weights()
    folded.append(keras.layers.Dense(CLASSES, use_bias=False, name=SHOWN))
    weights.append(spread(np.eye(OUTPUTS, dtype=np.float32)))
    return rebuilt(model, folded, weights)


def rebuilt(
    model: keras.Sequential, layers: list[keras.layers.Layer], weights: list[np.ndarray]
) -> keras.Sequential:
    """Return a network with the name and the input of `model`, and with other layers."""
    # A Sequential's `layers` lack the input layer.
    pixels = keras.layers.InputLayer(model.input_shape[1:], name=model.input_names[0])
    result = keras.Sequential([pixels, *layers], name=model.name)
    result.set_weights(weights)
    return result


def _folded_weights(layer: keras.layers.Layer, normalisation: keras.layers.Layer) -> list[np.ndarray]:
    gamma, beta, mean, variance = (weights.astype(np.float64) for weights in normalisation.get_weights())
    scale = gamma / np.sqrt(variance + normalisation.epsilon)
    # The output channels are the kernel's last axis, of convolutions and of dense layers.
    kernel = layer.get_weights()[0] * scale
    return [kernel.astype(np.float32), (beta - mean * scale).astype(np.float32)]


def copied(layer: keras.layers.Layer, **changes: object) -> keras.layers.Layer:
    """Return a layer of the same settings but for `changes`, without the weights."""
    return type(layer).from_config(layer.get_config() | changes)
