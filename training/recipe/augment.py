"""Random small distortions of digits, inside the TensorFlow graph."""

import math
from typing import NamedTuple

from training.network.backend import tf

GRID = 5  # points a side of the grid that bends the paper
AFFINE_DRAWS = 7
DRAWS = AFFINE_DRAWS + 2 * GRID * GRID


class Distortion(NamedTuple):
    """How far each random distortion may go; each is drawn evenly from -limit to +limit."""

    rotation: float = 10.0  # degrees
    shift: float = 2.0  # pixels, in x and y separately
    zoom: float = 0.12  # natural logarithm of the factor, in both directions together
    aspect: float = 0.06  # natural logarithm of the factor, in x and y separately
    shear: float = 0.2  # pixels of x per pixel of y
    elastic: float = 0.0  # pixels, in x and y separately, at each point of a grid


def draw_distortions(count: int, seed: int, number: int) -> tf.Tensor:
    """Return n×DRAWS uniform random numbers, -1 to 1; only `seed` and `number` decide them."""
    return tf.random.stateless_uniform((count, DRAWS), (seed, number), -1.0, 1.0)


def distort(images: tf.Tensor, draws: tf.Tensor, limits: Distortion) -> tf.Tensor:
    """Return the images, each distorted as its draws say.

    images: n×28×28×1 float32, 0 to 1, black beyond the edge; draws: n×DRAWS, see draw_distortions. The
    elastic part (Simard et al. 2003) is a bicubic surface over a coarse grid, smooth without a filter.
    """
    side = images.shape[1]
    matrices = affine_maps(draws, limits, float(side))[:, :, None, None]  # n×6×1×1
    x = tf.range(side, dtype=tf.float32)[None, None, :]
    y = tf.range(side, dtype=tf.float32)[None, :, None]
    u = matrices[:, 0] * x + matrices[:, 1] * y + matrices[:, 2]  # n×28×28
    v = matrices[:, 3] * x + matrices[:, 4] * y + matrices[:, 5]
    if limits.elastic > 0:
        grid = tf.reshape(draws[:, AFFINE_DRAWS:], (-1, GRID, GRID, 2)) * limits.elastic
        bend = tf.image.resize(grid, (side, side), "bicubic")
        u, v = u + bend[..., 0], v + bend[..., 1]
    return _sample(images, u, v)


def affine_maps(draws: tf.Tensor, limits: Distortion, side: float) -> tf.Tensor:
    """Return n×6 coefficients that map output pixels to input pixels, turning about the image's centre."""
    draws = tf.transpose(draws[:, :AFFINE_DRAWS])  # 7×n
    angle = draws[0] * (limits.rotation * math.pi / 180.0)
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
    return tf.stack([a0, a1, a2, b0, b1, b2], axis=1)


def _sample(images: tf.Tensor, u: tf.Tensor, v: tf.Tensor) -> tf.Tensor:
    """Return the images at columns u and rows v (n×28×28 each), bilinear, black beyond the edge."""
    side = images.shape[1]
    # One black pixel before and two behind: the four neighbours of a clipped position always exist.
    wide = side + 3
    flat = tf.reshape(tf.pad(images[..., 0], ((0, 0), (1, 2), (1, 2))), (-1, wide * wide))
    u, v = tf.clip_by_value(u, -1.0, float(side)), tf.clip_by_value(v, -1.0, float(side))
    left, top = tf.floor(u), tf.floor(v)
    right, down = u - left, v - top
    corner = (tf.cast(top, tf.int32) + 1) * wide + tf.cast(left, tf.int32) + 1
    corner = tf.reshape(corner, (-1, side * side))

    def neighbour(offset: int) -> tf.Tensor:
        return tf.reshape(tf.gather(flat, corner + offset, batch_dims=1), tf.shape(u))

    above = neighbour(0) * (1 - right) + neighbour(1) * right
    below = neighbour(wide) * (1 - right) + neighbour(wide + 1) * right
    return (above * (1 - down) + below * down)[..., None]
