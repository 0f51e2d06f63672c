"""The folds that learning from corrections is measured on."""

import pytest

from tests.bench.learning_folds import FOLDS, fold_ink, interval
from training.data.ink_digits import split_writers
from training.data.pendigits import parse_unipen


def unipen(writers: int) -> str:
    """A UNIPEN file of one digit by each writer; where it starts tells whose it is."""
    segments = [
        f'.SEGMENT DIGIT 0 ? "{writer % 10}"\n.COMMENT {writer % 10} {writer} 0\n'
        f".PEN_DOWN\n {writer} 10\n 20 30\n.PEN_UP\n"
        for writer in range(1, writers + 1)
    ]
    return ".INCLUDE a\n\n" + "".join(segments)


def whose(digits) -> set[int]:
    return {round(digit.strokes[0][0][0]) for digit in digits}


def test_each_writer_is_a_stranger_once_and_nobody_who_tests_takes_part():
    text, tested = unipen(30), set()
    for fold in range(FOLDS):
        training, validation, test = map(whose, split_writers(parse_unipen(fold_ink(text, fold))))
        assert len(test) == 6
        assert not test & (training | validation | tested)
        assert not any(writer % 5 == 0 for writer in training | validation | test)
        assert len(training | validation) == 18
        tested |= test
    assert len(tested) == 24


def test_the_interval_holds_the_change_and_narrows_with_more_writers():
    low, high = interval([(4, 2), (0, 1), (6, 3), (2, 2), (3, 1)])
    assert low < 9 / 15 - 1 < high
    closer = interval([(4, 2), (0, 1), (6, 3), (2, 2), (3, 1)] * 10)
    assert low < closer[0] < closer[1] < high
    assert interval([(2, 1)] * 4) == pytest.approx((-0.5, -0.5))
