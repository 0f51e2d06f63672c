"""training/ink/draw.py: only seed, copy and place decide a variation, and long drawing shows its progress."""

import numpy as np

from tests.golden.make_ink import DIGITS
from training.ink import draw
from training.ink.draw import draw_inks, draw_varied_inks
from training.ink.rasterize import rasterize_ink

INKS = [DIGITS[number % 10] for number in range(15)]


def test_several_processes_draw_what_one_draws(monkeypatch):
    alone = draw_varied_inks(INKS, 2, seed=3)
    monkeypatch.setattr(draw, "FEWEST", 1)
    monkeypatch.setattr(draw, "CHUNK", 4)
    np.testing.assert_array_equal(draw_varied_inks(INKS, 2, seed=3), alone)


def test_every_image_is_another_variation_of_its_ink():
    images = draw_varied_inks(INKS, 2, seed=3)
    assert images.shape == (30, 28, 28) and images.dtype == np.uint8
    assert len({image.tobytes() for image in images}) == 30
    np.testing.assert_array_equal(draw_varied_inks(INKS[:9], 1, seed=3), images[:9])
    assert not np.array_equal(draw_varied_inks(INKS[:9], 1, seed=4), images[:9])


def test_drawing_shows_what_it_draws(capsys):
    draw_varied_inks(INKS, 2, seed=3, what="made ink")
    assert "drawing made ink" in (shown := capsys.readouterr().err)
    assert "/30" in shown


def test_without_ink_there_is_no_image():
    assert draw_varied_inks([], 2, seed=0).shape == draw_inks([]).shape == (0, 28, 28)


def test_ink_that_is_not_varied_is_drawn_as_the_page_draws_it():
    drawn = draw_inks(INKS[:3])
    np.testing.assert_array_equal(drawn[2], np.round(rasterize_ink(INKS[2]).astype(float) * 255))
