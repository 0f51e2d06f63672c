"""The network: two blocks of 3×3 convolutions, 64 features, ten probabilities; 73,000 parameters."""

from training.backend import keras, tf

NAME = "digitpad"
# Filters of the convolutions, block by block; each block ends in a 2×2 max pooling. On validation a third
# convolution in the second block paid for its time (4.4 million multiplications a digit instead of 3.7).
BLOCKS = ((16, 24), (40, 40, 48))
FEATURES = 64


def build_network(seed: int = 0) -> keras.Model:
    """Return the untrained network: n×28×28×1 (0 to 1, white ink on black) to n×10 probabilities.

    Batch normalisation stands between each linear layer and its ReLU, so that export can fold it into the
    linear layer, which keeps the name without suffix. `features` is the layer before the head and
    `probabilities` is the head: the page may train the head alone. There is no padding: MNIST leaves four
    empty pixels around the digit.
    """
    layers = [keras.layers.InputLayer((28, 28, 1), name="pixels")]
    for block, filters in enumerate(BLOCKS, start=1):
        for index, count in enumerate(filters, start=1):
            name = f"conv{block}_{index}"
            layers += _normalised(keras.layers.Conv2D, name, seed + len(layers), count, kernel_size=3)
        layers.append(keras.layers.MaxPooling2D(name=f"pool{block}"))
    layers.append(keras.layers.Flatten(name="flatten"))
    layers += _normalised(keras.layers.Dense, "features", seed + len(layers), FEATURES)
    head = keras.initializers.GlorotUniform(seed=seed + len(layers))
    layers.append(keras.layers.Dense(10, "softmax", kernel_initializer=head, name="probabilities"))
    return keras.Sequential(layers, name=NAME)


def _normalised(layer: type, name: str, seed: int, *size: int, **options: int) -> list[keras.layers.Layer]:
    initializer = keras.initializers.HeNormal(seed=seed)
    return [
        layer(*size, **options, use_bias=False, kernel_initializer=initializer, name=name),
        keras.layers.BatchNormalization(momentum=0.99, epsilon=1e-3, name=f"{name}_norm"),
        keras.layers.ReLU(name=f"{name}_relu"),
    ]


def predict(model: keras.Model, images: tf.Tensor, batch_size: int = 1000) -> tf.Tensor:
    """Return n×10 probabilities for n×28×28 bytes."""
    batches = []
    for start in range(0, len(images), batch_size):
        pixels = tf.cast(images[start : start + batch_size, :, :, None], tf.float32) / 255.0  # n×28×28×1
        batches.append(model(pixels, training=False))
    return tf.concat(batches, axis=0)
