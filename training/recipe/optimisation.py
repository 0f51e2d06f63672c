"""One optimisation step: distort a batch, descend, and follow the weights with a moving average."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from training.data.datasets import Digits
from training.network.architectures import build_network
from training.network.backend import keras, tf
from training.recipe.augment import distort
from training.recipe.settings import Settings

# (indices of the batch, draws of all images, targets of all images, number of the step, rate)
#   → (mean loss, share of the images read right)
Step = Callable[[np.ndarray, tf.Tensor, tf.Tensor, int, float], tuple[tf.Tensor, tf.Tensor]]


def learning_rate(step: int, steps: int, settings: Settings) -> float:
    """Return the rate at `step` of `steps`: a linear rise, then a half cosine down to zero."""
    rising = max(1, round(steps * settings.warmup))
    if step < rising:
        return settings.learning_rate * (step + 1) / rising
    return settings.learning_rate * 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1, steps - rising)))


class Learner(NamedTuple):
    """A network in training: what descends, the moving average of its weights, and the optimizer's state."""

    model: keras.Model
    average: keras.Model
    optimizer: keras.optimizers.Optimizer


def build_learner(settings: Settings) -> Learner:
    """Return the untrained network of the settings with AdamW; biases and normalisation do not decay."""
    model, average = (build_network(settings.seed, settings.network) for _ in range(2))
    optimizer = keras.optimizers.AdamW(weight_decay=settings.weight_decay, jit_compile=False)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    optimizer.build(model.trainable_variables)
    return Learner(model, average, optimizer)


def build_step(learner: Learner, digits: Digits, settings: Settings) -> Step:
    """Return the function that descends once on a batch (see Step).

    The network learns the step's targets, n×11 probabilities; its draws, n×DRAWS, decide the distortion. The
    labels, 10 for what is no digit, only count the share read right.
    """
    model, average, optimizer = learner
    all_images = tf.constant(digits.images[..., None])
    all_labels = tf.constant(digits.labels, tf.int64)

    @tf.function
    def compiled(
        indices: tf.Tensor, draws: tf.Tensor, targets: tf.Tensor, step: tf.Tensor, rate: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        pixels = tf.cast(tf.gather(all_images, indices), tf.float32) / 255.0  # b×28×28×1
        pixels = distort(pixels, tf.gather(draws, indices), settings.distortion)
        batch_targets = tf.gather(targets, indices)  # b×11
        with tf.GradientTape() as tape:
            probabilities = model(pixels, training=True)
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(batch_targets, probabilities))
        variables = model.trainable_variables
        optimizer.learning_rate.assign(rate)
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        # Polyak averaging (Polyak and Juditsky 1992), with a shorter memory at the start. The
        # normalisation's moving statistics are averaged too, so that they fit the averaged weights.
        count = tf.cast(step, tf.float32)
        decay = tf.minimum(settings.averaging, (1.0 + count) / (10.0 + count))
        for mean, value in zip(average.variables, model.variables, strict=True):
            mean.assign_add((1.0 - decay) * (value - mean))
        batch_labels = tf.gather(all_labels, indices)
        return loss, tf.reduce_mean(tf.cast(tf.argmax(probabilities, 1) == batch_labels, tf.float32))

    def step(
        indices: np.ndarray, draws: tf.Tensor, targets: tf.Tensor, number: int, rate: float
    ) -> tuple[tf.Tensor, tf.Tensor]:
        return compiled(
            tf.constant(indices, tf.int32),
            draws,
            targets,
            tf.constant(number, tf.int32),
            tf.constant(rate, tf.float32),
        )

    return step
