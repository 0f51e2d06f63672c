"""training/recipe/augment.py against the same mapping in NumPy and SciPy, and what the seed decides."""

import numpy as np
import pytest
from scipy import ndimage

from tests.python.made_digits import make_digits
from training.network.backend import tf
from training.recipe.augment import DRAWS, Distortion, affine_maps, distort, draw_distortions

STILL = Distortion(rotation=0, shift=0, zoom=0, aspect=0, shear=0)
IMAGES = make_digits(40)[0].astype(np.float32)[..., None] / 255


def distorted(seed=(1, 2), images=IMAGES, **limits):
    draws = draw_distortions(len(images), *seed)
    return distort(tf.constant(images), draws, STILL._replace(**limits)).numpy()


def maps(count, limits, seed=(1, 1)):
    return affine_maps(draw_distortions(count, *seed), limits, 28.0).numpy()


def bilinear(image, transform):
    """Return the image sampled at the transformed positions of its pixels, black beyond its edge."""
    a0, a1, a2, b0, b1, b2 = transform
    y, x = np.mgrid[0:28, 0:28]
    u, v = a0 * x + a1 * y + a2, b0 * x + b1 * y + b2
    return ndimage.map_coordinates(image, (v, u), order=1, mode="grid-constant")


def test_distortion_agrees_with_scipy():
    np.testing.assert_allclose(distorted(), IMAGES, atol=1e-6)
    limits = Distortion()
    transforms = maps(len(IMAGES), limits, (5, 6))
    expected = np.stack([bilinear(*pair) for pair in zip(IMAGES[..., 0], transforms, strict=True)])
    actual = distorted((5, 6), **limits._asdict())[..., 0]
    np.testing.assert_allclose(actual, expected, atol=1e-4)


def test_far_outside_is_black():
    images = np.ones((4, 28, 28, 1), np.float32)
    draws = np.zeros((4, DRAWS), np.float32)
    draws[:, 5] = 1.0  # the shift in x
    moved = distort(tf.constant(images), tf.constant(draws), STILL._replace(shift=20.0)).numpy()
    assert (moved[:, :, :8] == 1).all() and (moved[:, :, 8:] == 0).all()


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ({"rotation": 90.0}, lambda matrix: np.isclose(np.linalg.det(matrix), 1)),
        ({"shear": 0.3}, lambda matrix: np.isclose(np.linalg.det(matrix), 1) and matrix[1, 0] == 0),
        ({"zoom": 0.2}, lambda matrix: matrix[0, 0] == matrix[1, 1] and abs(np.log(matrix[0, 0])) <= 0.2),
        ({"aspect": 0.2}, lambda matrix: matrix[0, 0] != matrix[1, 1] and abs(np.log(matrix[1, 1])) <= 0.2),
    ],
)
def test_each_limit_does_what_it_says_about_the_centre(limit, expected):
    transforms = maps(50, STILL._replace(**limit))
    for a0, a1, a2, b0, b1, b2 in transforms:
        matrix = np.array([[a0, a1], [b0, b1]])
        assert expected(matrix)
        np.testing.assert_allclose(matrix @ [13.5, 13.5] + [a2, b2], [13.5, 13.5], atol=1e-4)
    assert np.abs(transforms[0, :6] - [1, 0, 0, 0, 1, 0]).max() > 1e-3


def test_shift_stays_within_its_limit():
    moved = maps(200, STILL._replace(shift=2.0))[:, [2, 5]]
    assert 1.9 < np.abs(moved).max() <= 2.0
    assert np.abs(moved.mean()) < 0.3


def test_elastic_bends_smoothly_and_within_its_limit():
    # On a ramp the brightness tells where each pixel was taken from.
    ramp = np.broadcast_to(np.arange(28, dtype=np.float32)[:, None] / 28, (50, 28, 28))[..., None]
    moved = 28 * (distorted(images=ramp, elastic=1.5) - ramp)[:, 3:25, 3:25, 0]
    assert 1.0 < np.abs(moved).max() < 2.2  # a bicubic surface overshoots its points a little
    assert np.abs(np.diff(moved, axis=2)).max() < 0.8
    assert moved.std(axis=(1, 2)).min() > 0.1


def test_the_seed_alone_decides_and_each_image_has_its_own_distortion():
    limits = Distortion()._asdict()
    np.testing.assert_array_equal(distorted((1, 2), **limits), distorted((1, 2), **limits))
    for other in ((1, 3), (2, 2)):
        assert not np.allclose(distorted((1, 2), **limits), distorted(other, **limits))
    same = np.repeat(IMAGES[:1], 8, axis=0)
    assert len({result.tobytes() for result in distorted(images=same, rotation=20.0)}) == 8
