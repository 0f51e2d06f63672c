"""Variations of pen strokes: different, repeatable, and still the digit."""

import numpy as np
import pytest

from tests.golden.make_ink import AWKWARD, DIGITS
from training.ink import rasterize_ink
from training.strokes import vary_strokes


def draw(strokes, seed):
    return rasterize_ink(vary_strokes(strokes, np.random.default_rng(seed)))


@pytest.mark.parametrize("digit", DIGITS)
def test_a_variation_differs_but_stays_close(digit):
    plain = rasterize_ink(DIGITS[digit])
    likeness = []
    for seed in range(20):
        varied = draw(DIGITS[digit], seed)
        assert not np.array_equal(varied, plain)
        likeness.append(np.corrcoef(varied.ravel(), plain.ravel())[0, 1])
    assert np.mean(likeness) > 0.45
    others = [
        np.corrcoef(rasterize_ink(DIGITS[d]).ravel(), plain.ravel())[0, 1] for d in DIGITS if d != digit
    ]
    assert np.mean(likeness) > np.mean(others) + 0.1


def test_the_seed_decides_the_variation():
    np.testing.assert_array_equal(draw(DIGITS[5], 3), draw(DIGITS[5], 3))
    assert not np.array_equal(draw(DIGITS[5], 3), draw(DIGITS[5], 4))


def test_strokes_stay_apart_and_size_and_place_make_no_difference():
    strokes = DIGITS[4]
    assert len(vary_strokes(strokes, np.random.default_rng(0))) == 2
    moved = [[[x * 7 + 900, y * 7 - 50] for x, y in stroke] for stroke in strokes]
    difference = np.abs(draw(strokes, 8) - draw(moved, 8))
    assert difference.max() <= 0.02


@pytest.mark.parametrize("name", [name for name, strokes in AWKWARD.items() if any(strokes)])
def test_awkward_ink_is_no_error(name):
    strokes = [stroke for stroke in AWKWARD[name] if stroke]
    for seed in range(5):
        pixels = draw(strokes, seed)
        assert np.isfinite(pixels).all()
        assert pixels.max() > 0.5
