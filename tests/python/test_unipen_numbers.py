"""Numbers of UNIPEN's digits: rows as they were written, and slashed zeros."""

import numpy as np
import pytest

from tests.numbers.other_styles import compose_slashed, slash_zeros
from tests.numbers.unipen_numbers import is_slashed, written_rows
from training.data.unipen import Character
from training.ink.strokes import PenDigit

BOX = np.array([[0.0, 0.0], [60.0, 0.0], [60.0, 100.0], [0.0, 100.0], [0.0, 0.0]])
BAR = np.array([[100.0, -20.0], [-40.0, 120.0]])


def written(label: str, x: float, y: float = 0.0, size: float = 1.0, **where: str) -> Character:
    """A box as a character, on the file "a" of one laboratory unless `where` says another."""
    laboratory, file = where.get("laboratory", "apa"), where.get("file", "a")
    return Character(label, laboratory, "apa01", f"data/1a/{laboratory}/{file}.dat#0", [size * BOX + [x, y]])


def test_digits_beside_each_other_are_a_number_where_they_were_written():
    rows = written_rows([written("1", 0), written("7", 80, y=10), written("0", 150)])
    assert [row.text for row in rows] == ["170"]
    assert rows[0].strokes[1] == (BOX + np.array([80, 10])).tolist()
    assert rows[0].ink_of(1) == [rows[0].strokes[1]]


@pytest.mark.parametrize(
    "second",
    [
        written("7", 300),  # too far to the right
        written("7", -80),  # to the left
        written("7", 80, y=120),  # on another line
        written("7", 80, size=0.3),  # too low
        written("7", 80, file="b"),
    ],
)
def test_other_neighbours_are_none(second):
    assert written_rows([written("1", 0), second]) == []


def test_digits_that_have_each_a_place_of_their_own_are_no_rows():
    assert written_rows([written("1", 0, laboratory="ibm"), written("7", 80, laboratory="ibm")]) == []


def test_a_long_row_is_cut():
    rows = written_rows([written(str(i % 10), 80 * i) for i in range(11)])
    assert [row.text for row in rows] == ["012345", "67890"]


def test_every_0_of_one_stroke_gets_a_slash_and_nothing_else_does():
    digits = [PenDigit(label, 1, [BOX.tolist()]) for label in (0, 6)]
    digits.append(PenDigit(0, 1, [BOX.tolist(), BAR.tolist()]))
    marked = slash_zeros(digits, np.random.default_rng(0))
    assert [len(digit.strokes) for digit in marked] == [2, 1, 2]
    assert [is_slashed(digit) for digit in marked] == [True, False, True]


def test_numbers_with_slashed_zeros_hold_one():
    digits = [PenDigit(label, 1, [BOX.tolist()]) for label in range(10)]
    numbers = compose_slashed(digits, 20, 1, touching=False)
    assert len(numbers) == 20
    assert all("0" in number.text for number in numbers)
    assert sum(len(number.strokes) > len(number.text) for number in numbers) > 10
