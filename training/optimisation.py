"""One optimisation step: distort a batch, descend, and follow the weights with a moving average."""

import math
from collections.abc import Callable

import numpy as np

from training.augment import distort
from training.backend import keras, tf
from training.datasets import CLASSES
from training.settings import Settings

Step = Callable[[tf.Tensor, int, float], tuple[tf.Tensor, tf.Tensor]]


def learning_rate(step: int, steps: int, settings: Settings) -> float:
    """Return the rate at `step` of `steps`: a linear rise, then a half cosine down to zero."""
    rising = max(1, round(steps * settings.warmup))
    if step < rising:
        return settings.learning_rate * (step + 1) / rising
    return settings.learning_rate * 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1, steps - rising)))


def build_optimizer(model: keras.Model, settings: Settings) -> keras.optimizers.Optimizer:
    """Return AdamW with its slots made; biases and normalisation are not decayed."""
    optimizer = keras.optimizers.AdamW(weight_decay=settings.weight_decay, jit_compile=False)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    optimizer.build(model.trainable_variables)
    return optimizer


def build_step(
    model: keras.Model,
    average: keras.Model,
    optimizer: keras.optimizers.Optimizer,
    images: np.ndarray,
    labels: np.ndarray,
    settings: Settings,
) -> Step:
    """Return the function (indices of the batch, number of the step, rate) → (mean loss, share correct).

    images: n×28×28 uint8; labels: n. The step's number and the seed alone decide the distortion, so that a
    resumed run repeats what an uninterrupted one does.
    """
    all_images = tf.constant(images[..., None])
    all_targets = tf.one_hot(labels, CLASSES)
    smoothing = settings.label_smoothing

    @tf.function
    def compiled(indices: tf.Tensor, step: tf.Tensor, rate: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        pixels = tf.cast(tf.gather(all_images, indices), tf.float32) / 255.0  # b×28×28×1
        pixels = distort(pixels, tf.stack([tf.constant(settings.seed), step]), settings.distortion)
        targets = tf.gather(all_targets, indices)  # b×10
        with tf.GradientTape() as tape:
            probabilities = model(pixels, training=True)
            loss = tf.reduce_mean(
                keras.losses.categorical_crossentropy(targets, probabilities, label_smoothing=smoothing)
            )
        variables = model.trainable_variables
        optimizer.learning_rate.assign(rate)
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        # Polyak averaging (Polyak and Juditsky 1992), with a shorter memory at the start; the normalisation's
        # moving statistics are averaged alike, so that they fit the averaged weights.
        count = tf.cast(step, tf.float32)
        decay = tf.minimum(settings.averaging, (1.0 + count) / (10.0 + count))
        for mean, value in zip(average.variables, model.variables, strict=True):
            mean.assign_add((1.0 - decay) * (value - mean))
        correct = tf.argmax(probabilities, 1) == tf.argmax(targets, 1)
        return loss, tf.reduce_mean(tf.cast(correct, tf.float32))

    def step(indices: np.ndarray, number: int, rate: float) -> tuple[tf.Tensor, tf.Tensor]:
        return compiled(
            tf.constant(indices, tf.int32), tf.constant(number, tf.int32), tf.constant(rate, tf.float32)
        )

    return step
