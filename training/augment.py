"""Random small distortions of digits, inside the TensorFlow graph."""

from typing import NamedTuple

from training.backend import tf


class Distortion(NamedTuple):
    """How far each random distortion may go; each is drawn evenly from -limit to +limit."""

    rotation: float = 10.0  # degrees
    shift: float = 2.0  # pixels, in x and y separately
    zoom: float = 0.12  # natural logarithm of the factor, in both directions together
    aspect: float = 0.06  # natural logarithm of the factor, in x and y separately
    shear: float = 0.2  # pixels of x per pixel of y


def distort(images: tf.Tensor, seed: tf.Tensor, limits: Distortion) -> tf.Tensor:
    """Return the images, each with its own random distortion.

    images: n×28×28×1 float32, 0 to 1, black beyond the edge; seed: two int32 that alone decide the draws.
    """
    transforms = random_transforms(
        tf.shape(images)[0], seed, limits, tf.cast(tf.shape(images)[1], tf.float32)
    )
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=transforms,
        output_shape=tf.shape(images)[1:3],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )


def random_transforms(count: tf.Tensor, seed: tf.Tensor, limits: Distortion, side: tf.Tensor) -> tf.Tensor:
    """Return n×8 coefficients that map output pixels to input pixels, turning about the image's centre."""
    draws = tf.random.stateless_uniform((7, count), seed, -1.0, 1.0)  # 7×n
    angle = draws[0] * (limits.rotation * 3.141592653589793 / 180.0)
    shear = draws[1] * limits.shear
    zoom = draws[2] * limits.zoom
    scale_x = tf.exp(zoom + draws[3] * limits.aspect)
    scale_y = tf.exp(zoom + draws[4] * limits.aspect)
    cosine, sine = tf.cos(angle), tf.sin(angle)
    # scale · shear · rotation
    a0, a1 = scale_x * (cosine + shear * sine), scale_x * (shear * cosine - sine)
    b0, b1 = scale_y * sine, scale_y * cosine
    centre = (side - 1.0) / 2.0
    a2 = centre - (a0 + a1) * centre + draws[5] * limits.shift
    b2 = centre - (b0 + b1) * centre + draws[6] * limits.shift
    zero = tf.zeros_like(a0)
    return tf.stack([a0, a1, a2, b0, b1, b2, zero, zero], axis=1)
