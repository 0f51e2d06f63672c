"""Store kernels as whole numbers, in the fewest bits that hold what the network reads on validation."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from export.convert import read_layers_model, write_layers_model
from export.errors import ExportError
from export.fold import copied, rebuilt
from export.verify import holds
from training.data.datasets import Digits
from training.network.architectures import HEAD, SHOWN, predict
from training.network.backend import keras
from training.network.calibration import cross_entropy

BITS = (4, 5, 6, 8)
LARGEST_RISE = 0.03  # of the cross-entropy by quantising, a share of it
SHRUNK = np.linspace(0.5, 1.1, 31)  # scales to try, as shares of the one that just holds the largest weight


def choose_bits(model: keras.Sequential, validation: Sequence[Digits]) -> int:
    """Return the fewest of BITS in which the folded model still reads as well; ExportError if none do.

    The accuracy on the first digits must hold, and the mean cross-entropy of all of them.
    """
    labels = np.concatenate([digits.labels for digits in validation])
    first = len(validation[0].labels)

    def measured(model: keras.Model) -> tuple[float, float]:
        answers = np.concatenate([predict(model, digits.images) for digits in validation])
        return float(np.mean((answers.argmax(1) == labels)[:first])), cross_entropy(answers, labels)

    accuracy, loss = measured(model)
    for bits in BITS:
        with tempfile.TemporaryDirectory() as temporary:
            write_layers_model(in_bits(model, bits), Path(temporary), "uint8")
            after, risen = measured(read_layers_model(Path(temporary)))
        if holds(accuracy, after) and risen <= loss * (1 + LARGEST_RISE):
            return bits
    raise ExportError(
        f"{BITS[-1]} bits change the accuracy on validation from {100 * accuracy:.3f}% to {100 * after:.3f}% "
        f"and the cross-entropy from {loss:.4f} to {risen:.4f}; nothing was exported, try --quantize uint16"
    )


def in_bits(model: keras.Sequential, bits: int) -> keras.Sequential:
    """Return a folded model whose kernels, but for the head's, are whole numbers of so many bits.

    TF.js layers format has one scale for a kernel. So behind it stands a normalisation: its gamma is the
    scale of each output channel, its beta the bias, its mean 0, and its variance and epsilon add up to 1.
    Whoever learns on the device trains the head, so it stays as it is.
    """
    layers, weights = [], []
    for layer in model.layers:
        if hasattr(layer, "kernel") and layer.name not in (HEAD, SHOWN):
            kernel, bias = layer.get_weights()
            norm = keras.layers.BatchNormalization(name=f"{layer.name}_norm")
            activation = keras.layers.Activation(
                layer.activation, name=f"{layer.name}_{layer.activation.__name__}"
            )
            layers += [copied(layer, use_bias=False, activation="linear"), norm, activation]
            weights += [*whole_numbers(kernel, bits), bias, 0 * bias, 0 * bias + (1 - norm.epsilon)]
        else:
            layers.append(copied(layer))
            weights += layer.get_weights()
    return rebuilt(model, layers, weights)


def whole_numbers(kernel: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the kernel as whole numbers and the scale of each output channel, with the least squared error.

    A scale may cut off a channel's largest weights, to be finer for the others. Two's complement has one
    number more on the negative side, so scales of both signs are tried.
    """
    least, most = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    weights = kernel.reshape(-1, kernel.shape[-1]).astype(np.float64)
    largest = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny)
    scales = np.concatenate([SHRUNK, -SHRUNK])[:, None, None] * largest / -least  # scales×1×channels
    numbers = np.clip(np.round(weights / scales), least, most)  # scales×weights×channels
    best = np.square(numbers * scales - weights).sum(axis=1).argmin(axis=0)  # channels
    channels = np.arange(len(best))
    chosen = numbers[best, :, channels].T
    return chosen.reshape(kernel.shape).astype(np.float32), scales[best, 0, channels].astype(np.float32)
