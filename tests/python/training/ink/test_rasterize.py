"""training/ink/rasterize.py against the golden vectors that it shares with TypeScript."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from tests.golden import make_ink
from training.ink.rasterize import rasterize_ink

GOLDEN = Path(__file__).resolve().parents[3] / "golden"
CASES = json.loads((GOLDEN / "ink.json").read_text())


def _levels(pixels):
    return np.round(pixels.astype(np.float64) * 255).astype(int)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden(case):
    expected = np.array([list(bytes.fromhex(row)) for row in case["rows"]])
    np.testing.assert_array_equal(_levels(rasterize_ink(case["strokes"])), expected)


def test_golden_file_is_fresh():
    assert (GOLDEN / "ink.json").read_text() == make_ink.as_text()


def test_pixels_are_whole_255ths_from_0_to_1():
    pixels = rasterize_ink(CASES[8]["strokes"])
    assert pixels.shape == (28, 28) and pixels.dtype == np.float32
    assert pixels.max() == 1.0 and pixels.min() == 0.0
    np.testing.assert_array_equal(pixels, (_levels(pixels) / 255).astype(np.float32))


def test_centre_of_mass_is_the_middle():
    for case in CASES[:10]:
        centre = ndimage.center_of_mass(rasterize_ink(case["strokes"]).astype(np.float64))
        np.testing.assert_allclose(centre, 13.5, atol=0.05)  # of the pixels from 0 to 27


@pytest.mark.parametrize("case", CASES[:10], ids=lambda case: case["name"])
@pytest.mark.parametrize(("scale", "x", "y"), [(0.1, 0, 0), (7, 300, -40), (1, 1e4, 1e4)])
def test_size_and_place_make_no_difference(case, scale, x, y):
    moved = [[[px * scale + x, py * scale + y] for px, py in stroke] for stroke in case["strokes"]]
    difference = np.abs(_levels(rasterize_ink(moved)) - _levels(rasterize_ink(case["strokes"])))
    assert difference.max() <= 1  # of 255: the rounding of the coordinates


def test_points_between_points_make_no_difference():
    strokes = CASES[4]["strokes"]
    denser = []
    for stroke in (np.array(stroke, float) for stroke in strokes):
        between = stroke[:-1] + 0.3 * np.diff(stroke, axis=0)
        denser.append(np.insert(stroke, range(1, len(stroke)), between, axis=0).tolist())
    assert np.abs(_levels(rasterize_ink(denser)) - _levels(rasterize_ink(strokes))).max() <= 1


@pytest.mark.parametrize("point", [[1], [1, 2, 3], [float("nan"), 0], [0, float("inf")], ["a", 0], None])
def test_bad_point_is_named(point):
    with pytest.raises(TypeError, match=r"Point 1 of stroke 0 is .*two finite numbers"):
        rasterize_ink([[[0, 0], point]])
