"""Store kernels as whole numbers, in the fewest bits that hold what the network reads on validation."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from export.convert import read_layers_model, write_layers_model
from export.errors import ExportError
from export.fold import copied, rebuilt
from export.verify import holds
from export.whole_numbers import whole_numbers
from training.data.datasets import Digits
from training.network.architectures import HEAD, SHOWN, predict
from training.network.backend import keras, tf
from training.network.calibration import cross_entropy

# Three bits read digits as well, but they refuse 91.5% of letters and signs on validation instead of 93.2%.
BITS = (4, 5, 6, 8)
LARGEST_RISE = 0.03  # of the cross-entropy by quantising, a share of it
EXAMPLES = 1000  # of each data set, to see what comes into a layer
AT_ONCE = 250  # images, for the memory


def choose_bits(
    model: keras.Sequential, learnt: Sequence[Digits], validation: Sequence[Digits]
) -> tuple[int, keras.Sequential]:
    """Return the fewest of BITS in which the folded model still reads as well, and the model in them.

    On the first validation set the accuracy must not fall, and on the digits of all of them the cross-entropy
    must not rise; ExportError if no number of bits does that. Rounding looks at what the model learnt from.
    """
    examples = np.concatenate([some_of(each.images) for each in learnt])
    labels = np.concatenate([digits.labels for digits in validation])
    first = len(validation[0].labels)

    def measured(model: keras.Model) -> tuple[float, float]:
        answers = np.concatenate([predict(model, digits.images) for digits in validation])
        return float(np.mean((answers.argmax(1) == labels)[:first])), cross_entropy(answers, labels)

    accuracy, loss = measured(model)
    for bits in BITS:
        quantized = in_bits(model, bits, examples)
        with tempfile.TemporaryDirectory() as temporary:
            write_layers_model(quantized, Path(temporary), "uint8")
            after, risen = measured(read_layers_model(Path(temporary)))
        if holds(accuracy, after) and risen <= loss * (1 + LARGEST_RISE):
            return bits, quantized
    raise ExportError(
        f"{BITS[-1]} bits change the accuracy on validation from {100 * accuracy:.3f}% to {100 * after:.3f}% "
        f"and the cross-entropy from {loss:.4f} to {risen:.4f}; nothing was exported, try --quantize uint16"
    )


def some_of(images: np.ndarray) -> np.ndarray:
    """Return EXAMPLES of the images, evenly spread over them, or all where there are fewer."""
    return images[np.linspace(0, len(images) - 1, min(EXAMPLES, len(images))).astype(int)]


def in_bits(model: keras.Sequential, bits: int, examples: np.ndarray) -> keras.Sequential:
    """Return a folded model whose kernels, but for the head's, are whole numbers of so many bits.

    TF.js layers format has one scale for a kernel. So behind it stands a normalisation: its gamma is the
    scale of each output channel, its beta the bias, its mean 0, and its variance and epsilon add up to 1.
    The device trains the head, so the head stays as it is. `examples` are n×28×28 bytes.
    """
    layers, weights = [], []
    values = examples[..., None].astype(np.float32) / 255  # what comes into the layer
    for layer in model.layers:
        if not hasattr(layer, "kernel") or layer.name in (HEAD, SHOWN):
            layers.append(copied(layer))
            weights += layer.get_weights()
            values = _run(layer, values)
            continue
        kernel, bias = layer.get_weights()
        numbers, scales = whole_numbers(kernel, moments_of(layer, values), bits)
        norm = keras.layers.BatchNormalization(name=f"{layer.name}_norm")
        relu = keras.layers.Activation("relu", name=f"{layer.name}_relu")
        layers += [copied(layer, use_bias=False, activation="linear"), norm, relu]
        weights += [numbers, scales, bias, 0 * bias, 0 * bias + (1 - norm.epsilon)]
        rounded = copied(layer)
        rounded.build(layer.input_shape)
        rounded.set_weights([numbers * scales, bias])
        values = _run(rounded, values)
    return rebuilt(model, layers, weights)


def moments_of(layer: keras.layers.Layer, values: np.ndarray) -> np.ndarray:
    """Return the mean product of each pair of inputs that the layer multiplies with its kernel."""
    inputs = int(np.prod(layer.kernel.shape[:-1]))
    total, count = np.zeros((inputs, inputs)), 0
    for at in range(0, len(values), AT_ONCE):
        part = values[at : at + AT_ONCE]
        if isinstance(layer, keras.layers.Conv2D):
            sizes, strides = ([1, *pair, 1] for pair in (layer.kernel_size, layer.strides))
            part = tf.image.extract_patches(part, sizes, strides, [1, 1, 1, 1], "VALID").numpy()
        part = part.reshape(-1, inputs)
        total += part.T @ part
        count += len(part)
    return total / count


def _run(layer: keras.layers.Layer, values: np.ndarray) -> np.ndarray:
    parts = range(0, len(values), AT_ONCE)
    return np.concatenate([layer(values[at : at + AT_ONCE]).numpy() for at in parts])
