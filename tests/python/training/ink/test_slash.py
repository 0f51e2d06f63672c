"""Slashed 0s of training/ink/strokes.py: which 0s may get a slash, and where it goes."""

import numpy as np
import pytest

from training.ink.strokes import add_slash, is_closed


def ring(start=-90, turn=360, points=40):
    """A round 0 of size 2 about (0, 0), begun at `start` degrees; y points down, so -90 is its top."""
    angles = np.radians(np.linspace(start, start + turn, points))
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


@pytest.mark.parametrize(
    ("strokes", "expected"),
    [
        ([ring()], True),
        ([ring(turn=-360)], True),
        ([ring(turn=354)], True),
        ([ring(turn=340)], False),  # open
        ([ring(start=90)], False),  # begun at its foot
        ([ring(turn=180), ring(start=90, turn=180)], False),
        ([ring(points=7)], False),
    ],
)
def test_a_ring_that_begins_and_ends_at_its_top_may_be_slashed(strokes, expected):
    assert is_closed([stroke.tolist() for stroke in strokes]) is expected


def test_a_slash_goes_through_the_middle_as_far_and_as_steep_as_stated():
    rng = np.random.default_rng(0)
    plain = ring() * [30, 50] + [400, 300]
    ways, middles = [], []
    for _ in range(2000):
        kept, slash = add_slash([plain.tolist()], rng)
        np.testing.assert_array_equal(kept, plain)
        ends = (slash[[0, -1]] - [400, 300]) / [30, 50]  # of a ring of size 2
        ways.append(ends[1] - ends[0])
        middles.append(ends.mean(axis=0))
    lengths = np.hypot(*np.transpose(ways))
    assert 2 * 0.75 <= lengths.min() < 1.7 and 2.9 < lengths.max() <= 2 * 1.55
    assert np.abs(np.mean(middles, axis=0)).max() < 0.03
    right, down = np.transpose(ways) * [[30], [50]]
    angles = np.degrees(np.arctan2(-down, right)) % 360
    assert np.mean((angles > 24) & (angles < 75)) == pytest.approx(0.8, abs=0.04)  # up to the right
    assert np.mean((angles > 265) & (angles < 350)) == pytest.approx(0.03, abs=0.02)  # down to the right


def test_the_seed_decides_the_slash():
    first, same, other = (add_slash([ring()], np.random.default_rng(seed))[1] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, same)
    assert not np.array_equal(first, other)
