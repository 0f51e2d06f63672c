"""The networks: convolutions, one hidden layer of features, probabilities of ten digits and of no digit."""

from typing import NamedTuple

import numpy as np

from training.data.datasets import CLASSES
from training.network.backend import keras, tf
from training.network.calibration import spread

NAME = "digitpad"
HEAD = "probabilities"  # the name of the last layer that learns
SHOWN = "digits"  # the name of the layer that export adds behind it


class Conv(NamedTuple):
    """A convolution without padding: MNIST leaves four empty pixels around the digit."""

    filters: int
    size: int = 3
    stride: int = 1


class Architecture(NamedTuple):
    """Blocks of convolutions, each block ended by a 2×2 max pooling, then one hidden layer."""

    blocks: tuple[tuple[Conv, ...], ...]
    features: int = 64


def _blocks(*filters: tuple[int, ...]) -> tuple[tuple[Conv, ...], ...]:
    return tuple(tuple(Conv(count) for count in block) for block in filters)


def _strided(first: int, *filters: int) -> tuple[tuple[Conv, ...], ...]:
    return ((Conv(first, size=5, stride=2), *(Conv(count) for count in filters)),)


# One ships, one teaches, the others are compared with what ships in accuracy, time and size. Filters are
# multiples of sixteen: a training step in bfloat16 takes almost twice as long with 24 or 40 of them.
ARCHITECTURES = {
    NAME: Architecture(_blocks((16, 16), (48, 48, 64))),
    "teacher": Architecture(_blocks((16, 32), (96, 96, 128)), features=128),
    "wide-stem": Architecture(_blocks((16, 32), (32, 48, 64))),
    "strided-32": Architecture(_strided(32, 48, 48, 64)),
    "strided-16": Architecture(_strided(16, 32, 32, 32), features=48),
    "blocks-16": Architecture(_blocks((16, 16), (32, 32)), features=48),
}
TEACHER = "teacher"
OUTPUTS = CLASSES + 1  # the last is no digit
FRONTIER = (NAME, "wide-stem", "strided-32", "strided-16", "blocks-16")


def build_network(seed: int = 0, name: str = NAME) -> keras.Model:
    """Return an untrained network of ARCHITECTURES: n×28×28×1 (0 to 1, ink is 1) to n×11 probabilities.

    The last one is that of no digit; `spread` makes ten of them.

    Batch normalisation is between each linear layer and its ReLU, so that export can fold it into the linear
    layer, whose name has no suffix. `features` is the layer before the head and `probabilities` is the head:
    the page may train the head alone.
    """
    architecture = ARCHITECTURES[name]
    layers = [keras.layers.InputLayer((28, 28, 1), name="pixels")]
    for block, convolutions in enumerate(architecture.blocks, start=1):
        for index, conv in enumerate(convolutions, start=1):
            size = {"kernel_size": conv.size, "strides": conv.stride}
            layers += _normalised(
                keras.layers.Conv2D, f"conv{block}_{index}", seed + len(layers), conv.filters, **size
            )
        layers.append(keras.layers.MaxPooling2D(name=f"pool{block}"))
    layers.append(keras.layers.Flatten(name="flatten"))
    layers += _normalised(keras.layers.Dense, "features", seed + len(layers), architecture.features)
    head = keras.initializers.GlorotUniform(seed=seed + len(layers))
    layers.append(keras.layers.Dense(OUTPUTS, "softmax", kernel_initializer=head, name=HEAD))
    return keras.Sequential(layers, name=name)


def multiplications(model: keras.Model) -> int:
    """Return how many multiplications one image takes."""
    return sum(
        layer.kernel.shape.num_elements() * (tf.TensorShape(layer.output_shape[1:-1]).num_elements() or 1)
        for layer in model.layers
        if isinstance(layer, (keras.layers.Conv2D, keras.layers.Dense))
    )


def _normalised(layer: type, name: str, seed: int, *size: int, **options: int) -> list[keras.layers.Layer]:
    initializer = keras.initializers.HeNormal(seed=seed)
    # Several devices normalise by the whole batch, as one does.
    several = tf.distribute.get_strategy().num_replicas_in_sync > 1
    return [
        layer(*size, **options, use_bias=False, kernel_initializer=initializer, name=name),
        keras.layers.BatchNormalization(
            momentum=0.99, epsilon=1e-3, synchronized=several, name=f"{name}_norm"
        ),
        keras.layers.ReLU(name=f"{name}_relu"),
    ]


def outputs(model: keras.Model, images: np.ndarray, batch_size: int = 1000) -> np.ndarray:
    """Return what the model answers to n×28×28 bytes: n×11 probabilities in training, n×10 once exported."""
    batches = []
    for start in range(0, len(images), batch_size):
        pixels = tf.cast(images[start : start + batch_size, :, :, None], tf.float32) / 255.0  # n×28×28×1
        batches.append(model(pixels, training=False).numpy())
    return np.concatenate(batches)


def predict(model: keras.Model, images: np.ndarray, batch_size: int = 1000) -> np.ndarray:
    """Return the n×10 probabilities that the page shows for n×28×28 bytes."""
    return spread(outputs(model, images, batch_size))
