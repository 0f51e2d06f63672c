"""training/recipe/split.py: MNIST divided, drawn ink added to both sides, and blocks that take turns."""

from dataclasses import replace

import numpy as np
import pytest

from tests.golden.make_ink import DIGITS
from tests.python.made_ink import write_unipen
from tests.python.made_unipen import write_distribution
from tests.python.tiny import tiny
from training.data.characters import pen_digits, read_characters
from training.data.datasets import Digits, read_digits
from training.data.ink_digits import draw_digits, read_ink
from training.ink.strokes import PenDigit
from training.recipe.split import NOT_A_DIGIT, Block, Split, divide, slash_zeros, with_characters, with_ink

RECIPE = tiny(ink_copies=3, nondigits=40, unipen_copies=2, unipen_turns=2, slashed_zeros=6)
RING = [[[50 + 40 * np.sin(turn), 50 - 40 * np.cos(turn)] for turn in np.linspace(0, 2 * np.pi, 20)]]


@pytest.fixture(scope="module")
def plain(made_data):
    return divide(read_digits(made_data, "train"), RECIPE)


@pytest.fixture
def characters(tmp_path):
    return read_characters(write_distribution(tmp_path))


def test_drawn_ink_joins_the_training_images_and_other_writers_choose(plain, tmp_path):
    strokes = read_ink(write_unipen(tmp_path / "made.tra", writers=10))
    split = with_ink(plain, strokes, RECIPE)
    assert split.blocks == (Block("mnist", 400), Block("pendigits", 180, 3), Block("nondigits", 40))
    assert 3 * len(strokes.training) == 180
    np.testing.assert_array_equal(split.training.labels == NOT_A_DIGIT, np.arange(620) >= 580)
    made = split.nondigit_validation["nondigits"]
    assert made.shape == (10, 28, 28)
    learnt = {image.tobytes() for image in split.training.images}
    for kept_out in (made, split.validation.images):
        assert learnt.isdisjoint(image.tobytes() for image in kept_out)
    np.testing.assert_array_equal(split.training.images[:400], plain.training.images)
    assert split.validation is plain.validation
    drawn = split.ink_validation["pendigits"]
    np.testing.assert_array_equal(drawn.images, draw_digits(strokes.validation).images)


def test_characters_of_other_writers_choose(plain, characters):
    split = with_characters(plain, characters, RECIPE)
    turns = {block.name: (block.count, block.turns) for block in split.blocks}
    # By eight writers: ten digits, two variations each, and sixteen letters and signs.
    assert turns == {"mnist": (400, 1), "unipen": (160, 2), "slashed": (6, 2), "characters": (128, 3)}
    labels = split.training.labels[400:]
    assert np.bincount(labels[:160]).tolist() == [16] * 10
    assert set(labels[160:166]) == {0} and set(labels[166:]) == {NOT_A_DIGIT}
    drawn = draw_digits(pen_digits(characters["validation"].digits))
    np.testing.assert_array_equal(split.ink_validation["unipen"].images, drawn.images)
    np.testing.assert_array_equal(split.ink_validation["unipen"].labels, np.arange(10))
    assert split.nondigit_validation["characters"].shape == (16, 28, 28)


def test_every_turn_has_letters_of_all_writers(plain, characters):
    """They come writer by writer; here the first of two draws wide letters, the other tall ones."""
    others = characters["training"].others
    shapes = [[np.array([[0, 0], [width, 9 - width]], float)] for width in (9, 0) for _ in range(30)]
    others[:] = [replace(others[0], strokes=strokes) for strokes in shapes]
    drawn = with_characters(plain, characters, RECIPE).training.images[-60:]
    wide = (drawn.max(axis=1) > 0).sum(axis=1) > (drawn.max(axis=2) > 0).sum(axis=1)
    assert wide.sum() == 30
    assert all(4 < count < 16 for count in wide.reshape(3, 20).sum(axis=1))


def test_digits_alone_leave_nothing_to_refuse(plain, tmp_path):
    split = with_characters(plain, read_characters(write_distribution(tmp_path, labels={"1a": "7"})), RECIPE)
    assert split.counts() == {"mnist": 400, "unipen": 16}
    assert split.nondigit_validation == {}


def test_zeros_that_are_rings_get_a_slash():
    rings = [PenDigit(0, name, RING) for name in ("a", "b")]
    digits = [*rings, PenDigit(0, "c", [RING[0][:12]]), PenDigit(4, "d", DIGITS[4])]
    slashed = slash_zeros(digits, 20, seed=1)
    assert {(digit.digit, digit.writer, len(digit.strokes)) for digit in slashed} == {
        (0, "a", 2),
        (0, "b", 2),
    }
    assert len(slashed) == len({digit.strokes[1].tobytes() for digit in slashed}) == 20
    again, other = slash_zeros(digits, 20, seed=1), slash_zeros(digits, 20, seed=2)
    np.testing.assert_array_equal(slashed[0].strokes[1], again[0].strokes[1])
    assert not np.array_equal(slashed[0].strokes[1], other[0].strokes[1])
    assert slash_zeros(digits[2:], 20, seed=1) == []


def test_blocks_take_turns_until_all_was_seen_once():
    blocks = (Block("mnist", 5), Block("pendigits", 12, 3), Block("characters", 9, 4))
    digits = Digits(np.zeros((26, 28, 28), np.uint8), np.zeros(26, np.uint8))
    split = Split(digits, digits, blocks, {}, {})
    assert split.turns == 12
    assert split.counts() == {"mnist": 5, "pendigits": 12, "characters": 9}
    epochs = [split.places(epoch) for epoch in range(12)]
    assert {len(places) for places in epochs} == {5 + 4 + 2}
    seen = np.bincount(np.concatenate(epochs), minlength=26)
    # Nine do not make four equal parts: one is left out.
    assert seen.tolist() == [12] * 5 + [4] * 12 + [3] * 8 + [0]
    np.testing.assert_array_equal(split.places(12), epochs[0])
