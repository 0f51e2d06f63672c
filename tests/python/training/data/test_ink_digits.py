"""Pen strokes as training data: where they are found, how writers are kept apart, how they are drawn."""

import numpy as np
import pytest
from scipy import ndimage

from tests.python.made_ink import write_unipen
from training.data.ink_digits import draw_digits, draw_variations, find_ink, read_ink
from training.errors import DatasetError
from training.ink.rasterize import rasterize_ink


@pytest.fixture
def folder(tmp_path):
    write_unipen(tmp_path / "pendigits" / "pendigits-orig.tra", writers=10)
    return tmp_path


def test_strokes_are_found_in_the_named_folder_else_in_the_variable(folder, tmp_path_factory, monkeypatch):
    other = tmp_path_factory.mktemp("other")
    monkeypatch.setenv("DIGITPAD_DATA", str(folder))
    assert find_ink() == folder / "pendigits" / "pendigits-orig.tra"
    assert find_ink(other) is None
    monkeypatch.delenv("DIGITPAD_DATA")
    assert find_ink(folder) == folder / "pendigits" / "pendigits-orig.tra"


def test_no_writer_stands_in_two_parts(folder):
    parts = read_ink(find_ink(folder))
    writers = [{digit.writer for digit in part} for part in parts]
    assert writers == [{1, 2, 4, 6, 7, 9}, {3, 8}, {5, 10}]
    assert sum(map(len, parts)) == 100


def test_too_few_writers_or_digits_are_refused(tmp_path):
    with pytest.raises(DatasetError, match="too few writers"):
        read_ink(write_unipen(tmp_path / "few.tra", writers=4))
    (tmp_path / "none.tra").write_text("nothing")
    with pytest.raises(DatasetError, match=r"none\.tra holds no digit"):
        read_ink(tmp_path / "none.tra")


def test_digits_are_drawn_as_the_page_draws_them(folder):
    digits = read_ink(find_ink(folder)).test
    drawn = draw_digits(digits)
    assert drawn.images.shape == (20, 28, 28) and drawn.images.dtype == np.uint8
    np.testing.assert_array_equal(drawn.labels, [digit.digit for digit in digits])
    expected = np.round(rasterize_ink(digits[3].strokes).astype(float) * 255)
    np.testing.assert_array_equal(drawn.images[3], expected)


def test_variations_are_repeatable_and_differ_from_each_other(folder):
    digits = read_ink(find_ink(folder)).test
    first, again = draw_variations(digits, 2, seed=1), draw_variations(digits, 2, seed=1)
    np.testing.assert_array_equal(first.images, again.images)
    np.testing.assert_array_equal(first.labels, [digit.digit for digit in digits] * 2)
    assert not np.array_equal(first.images[:20], first.images[20:])
    assert not np.array_equal(first.images, draw_variations(digits, 2, seed=2).images)


def test_variations_are_drawn_with_pens_of_all_stated_widths(folder, monkeypatch):
    radii = []

    def draw(strokes, pen_radius):
        radii.append(pen_radius)
        return rasterize_ink(strokes, pen_radius)

    monkeypatch.setattr("training.ink.draw.rasterize_ink", draw)
    drawn = draw_variations(read_ink(find_ink(folder)).test, 10, seed=0)
    assert len(radii) == len(drawn.images) == 200
    assert 0.95 <= min(radii) < 0.97 and 1.48 < max(radii) <= 1.5


def test_every_variation_is_ink_in_the_middle_of_the_paper(folder):
    drawn = draw_variations(read_ink(find_ink(folder)).validation, 5, seed=0)
    assert drawn.images.shape == (100, 28, 28) and drawn.images.dtype == np.uint8
    ink = drawn.images / 255
    assert (ink.sum(axis=(1, 2)) > 25).all()
    assert np.abs([np.subtract(ndimage.center_of_mass(image), 13.5) for image in ink]).max() < 0.5
    rows = ink.max(axis=2) > 0
    assert (rows.sum(axis=1) <= 22).all()  # the box of 20, and a pixel of soft edge on both sides
