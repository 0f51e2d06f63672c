"""training/data/lookalikes.py: its table, and lines that are a 1 whatever their label."""

import numpy as np
import pytest

from training.data.lookalikes import LOOKALIKES, is_lookalike, is_upright_line
from training.data.unipen import Character


def line(degrees, bend=0.0):
    """A line of length 1 that rises to the right, bent by `bend` of its length in its middle."""
    way = np.array([np.cos(np.radians(degrees)), -np.sin(np.radians(degrees))])
    along = np.linspace(0, 1, 21)
    return np.outer(along, way) + np.outer(bend * np.sin(np.pi * along), way[::-1] * [-1, 1])


def test_every_entry_names_a_digit_and_has_measured_shares():
    for label, (digit, *shares) in LOOKALIKES.items():
        assert digit in range(10) and not label.isdigit()
        assert all(0 < share <= 1 for share in shares), label
    assert set("oOlI|zZsSbqg/") <= LOOKALIKES.keys()


def test_a_character_is_a_lookalike_by_its_label():
    o, w = (Character(label, "abc", "abc01", "data/1c/abc/1.dat#0", [line(90)]) for label in "ow")
    assert is_lookalike(o) and not is_lookalike(w)


@pytest.mark.parametrize(
    ("strokes", "expected"),
    [
        ([line(90)], True),
        ([line(-90)], True),
        ([line(31)], True),
        ([line(149)], True),
        ([line(90, bend=0.07)], True),
        ([line(29)], False),  # flat
        ([line(151)], False),
        ([line(90, bend=0.09)], False),  # bent
        ([line(90), line(90)], False),
        ([line(90)[:1]], False),
        ([np.concatenate([line(90), line(90)[::-1]])], False),  # back to its start
    ],
)
def test_an_upright_line_is_one_straight_stroke_that_does_not_lie_flat(strokes, expected):
    assert is_upright_line(strokes) is expected
