"""One optimisation step: distort a batch, descend, and follow the weights with a moving average."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from training.network.architectures import build_network
from training.network.backend import keras, tf
from training.recipe.augment import distort
from training.recipe.group import ALONE, Group
from training.recipe.settings import Settings


class Batch(NamedTuple):
    """This worker's part of a batch."""

    images: np.ndarray  # b×28×28×1 uint8
    labels: np.ndarray  # b int64, 10 for what is no digit; they only count the share read right
    draws: np.ndarray  # b×DRAWS, which decide the distortion
    targets: np.ndarray  # b×11 probabilities to learn


# (this worker's part of the batch, number of the step, rate, whether to stop)
#   → mean loss, share of the images read right, whether any worker stops
Step = Callable[[Batch, int, float, bool], tuple[float, float, bool]]


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


def build_learner(settings: Settings, group: Group = ALONE) -> Learner:
    """Return the untrained network of the settings with AdamW; biases and normalisation do not decay."""
    with group.strategy.scope():
        model = build_network(settings.seed, settings.network)
        optimizer = keras.optimizers.AdamW(weight_decay=settings.weight_decay, jit_compile=False)
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        optimizer.build(model.trainable_variables)
    return Learner(model, build_network(settings.seed, settings.network), optimizer)


def build_step(learner: Learner, settings: Settings, group: Group = ALONE) -> Step:
    """Return the function that descends once on a batch (see Step)."""
    model, average, optimizer = learner

    def descend(batch: Batch, stop: tf.Tensor) -> tf.Tensor:
        """Return this device's share of loss, of images read right and of those who stop."""
        part = group.device_part(batch)
        pixels = distort(tf.cast(part.images, tf.float32) / 255.0, part.draws, settings.distortion)
        with tf.GradientTape() as tape:
            probabilities = model(pixels, training=True)
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(part.targets, probabilities))
            loss /= group.replicas
        variables = model.trainable_variables
        # The gradients of all devices are added up here.
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        right = tf.reduce_mean(tf.cast(tf.argmax(probabilities, 1) == part.labels, tf.float32))
        return tf.stack([loss, right / group.replicas, stop])

    @tf.function
    def compiled(batch: Batch, step: tf.Tensor, rate: tf.Tensor, stop: tf.Tensor) -> tf.Tensor:
        optimizer.learning_rate.assign(rate)
        shares = group.strategy.run(descend, args=(batch, stop))
        # Polyak averaging (Polyak and Juditsky 1992), with a shorter memory at the start. The
        # normalisation's moving statistics are averaged too, so that they fit the averaged weights.
        count = tf.cast(step, tf.float32)
        decay = tf.minimum(settings.averaging, (1.0 + count) / (10.0 + count))
        for mean, value in zip(average.variables, model.variables, strict=True):
            mean.assign_add((1.0 - decay) * (group.local(value) - mean))
        return group.strategy.reduce(tf.distribute.ReduceOp.SUM, shares, axis=None)

    def step(batch: Batch, number: int, rate: float, stop: bool) -> tuple[float, float, bool]:
        numbers = tf.constant(number, tf.int32), tf.constant(rate, tf.float32), tf.constant(stop, tf.float32)
        with group.explained():
            loss, right, stopping = compiled(batch, *numbers).numpy()
        return float(loss), float(right), bool(stopping > 0)

    return step
