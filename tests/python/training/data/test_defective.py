"""training/data/defective.py: a named sample is found by its place, and only in its own file."""

import pytest

from training.data import defective
from training.data.defective import DEFECTIVE, Defective, find_defective
from training.data.pendigits import load_pendigits
from training.ink.strokes import PenDigit

DOT = [[[0.0, 0.0]]]
ENTRY = Defective(writer=5, index=2, digit=7, why="It is a dot.")


@pytest.fixture(autouse=True)
def one_entry(monkeypatch):
    monkeypatch.setattr(defective, "DEFECTIVE", (ENTRY,))


def test_a_sample_is_found_by_its_place_label_and_writer():
    assert find_defective(2, PenDigit(7, 5, DOT)) == ENTRY
    for index, label, writer in ((3, 7, 5), (2, 1, 5), (2, 7, 6)):
        assert find_defective(index, PenDigit(label, writer, DOT)) is None


def test_no_sample_is_named_twice_or_without_a_reason():
    assert len({entry.index for entry in DEFECTIVE}) == len(DEFECTIVE)
    assert all(entry.why.endswith(".") for entry in DEFECTIVE)


def test_every_named_sample_is_in_the_data_set(pen_strokes, monkeypatch):
    monkeypatch.setattr(defective, "DEFECTIVE", DEFECTIVE)
    digits = load_pendigits(pen_strokes)
    assert (len(digits), len({digit.writer for digit in digits})) == (7494, 30)
    found = [find_defective(index, digit) for index, digit in enumerate(digits)]
    assert [entry for entry in found if entry] == sorted(DEFECTIVE, key=lambda entry: entry.index)
