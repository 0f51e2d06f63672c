"""Ink that is no digit: every kind, repeatable, unseen shapes in the test, and no look-alike of a digit."""

import numpy as np
import pytest
from scipy import ndimage

from tests.golden.make_ink import DIGITS
from training.data.ink_digits import read_ink
from training.ink.nondigits import GLYPHS, KINDS, _own_share, _spiral, draw_nondigits, make_nondigit, slope
from training.ink.rasterize import rasterize_ink
from training.ink.strokes import PenDigit, vary_strokes

MADE = [PenDigit(digit, 1, strokes) for digit, strokes in DIGITS.items()]


def make(kind, part="training", seed=0, digits=MADE):
    return make_nondigit(kind, part, np.random.default_rng(seed), digits)


def extent(strokes):
    return np.ptp(np.concatenate(strokes), axis=0)


@pytest.mark.parametrize("part", ["training", "validation", "test"])
def test_every_kind_is_drawn_as_often(part):
    images, kinds = draw_nondigits(part, 3 * len(KINDS), 0, MADE)
    assert images.shape == (3 * len(KINDS), 28, 28) and images.dtype == np.uint8
    assert (images.reshape(len(images), -1).max(axis=1) > 200).all()
    np.testing.assert_array_equal(np.bincount(kinds, minlength=len(KINDS)), 3)
    assert draw_nondigits(part, 0, 0, MADE)[0].shape == (0, 28, 28)


def test_seed_and_part_decide():
    first, again = (draw_nondigits("training", 30, 1, MADE)[0] for _ in range(2))
    np.testing.assert_array_equal(first, again)
    for part, seed in (("training", 2), ("validation", 1), ("test", 1)):
        other = draw_nondigits(part, 30, seed, MADE)[0]
        assert (first != other).any(axis=(1, 2)).mean() > 0.8  # a tap looks the same, whoever taps


def test_samples_of_a_kind_differ():
    for kind in KINDS:
        drawn = {rasterize_ink(make(kind, seed=seed)).tobytes() for seed in range(20)}
        assert len(drawn) >= 10, kind


@pytest.mark.parametrize("kind", GLYPHS)
def test_what_the_test_shows_is_never_trained_on(kind, monkeypatch):
    trained, unseen = GLYPHS[kind]
    assert not set(trained) & set(unseen)
    assert not set(trained.values()) & set(unseen.values())
    marked = ({"a": ("0 0 100 0",)}, {"b": ("0 0 100 0", "0 50 100 50", "0 99 100 99")})
    monkeypatch.setitem(GLYPHS, kind, marked)
    monkeypatch.setattr("training.ink.nondigits.vary_strokes", lambda strokes, rng: strokes)
    assert [len(make(kind, part)) for part in ("training", "validation", "test")] == [1, 1, 3]


@pytest.mark.parametrize("kind", GLYPHS)
def test_every_glyph_is_drawn(kind):
    for part, drawn in (("training", GLYPHS[kind][0]), ("test", GLYPHS[kind][1])):
        assert len(drawn) > 3
        for strokes in drawn.values():
            for text in strokes:
                places = [int(number) for number in text.lstrip("~").split()]
                assert len(places) % 2 == 0 and min(places) >= 0 and max(places) <= 105
        assert max(extent(make(kind, part))) > 0.5


@pytest.mark.parametrize(("kind", "steepest"), [("dash", 35), ("tick", 45), ("arrow", 50)])
def test_no_dash_tick_or_arrow_stands_upright_as_a_1(kind, steepest):
    for seed in range(300):
        width, height = extent(make(kind, seed=seed))
        if kind == "tick":  # the long leg alone may be steeper
            assert width > 0.4 * height
        else:
            assert np.degrees(np.arctan2(height, width)) < steepest + 10


def test_a_steep_dash_is_drawn_anew(monkeypatch):
    angles = iter([80, 50, 20])

    def varied(strokes, rng):
        angle = np.radians(next(angles))
        return [np.array([[0, 0], [np.cos(angle), -np.sin(angle)]])]

    monkeypatch.setattr("training.ink.nondigits.vary_strokes", varied)
    assert slope(make("dash")) == pytest.approx(20)


def test_a_tick_has_a_short_leg_before_a_long_one(monkeypatch):
    monkeypatch.setattr("training.ink.nondigits.vary_strokes", lambda strokes, rng: strokes)
    for seed in range(100):
        (tick,) = make("tick", seed=seed)
        foot = tick[:, 1].argmax()
        short, long = (np.hypot(*(tick[end] - tick[foot])) for end in (0, -1))
        assert 0.25 < short / long < 0.55
        assert tick[0, 0] < tick[foot, 0] < tick[-1, 0]


def test_the_bars_of_a_cross_meet_near_their_middles(monkeypatch):
    monkeypatch.setattr("training.ink.nondigits.vary_strokes", lambda strokes, rng: strokes)
    for seed in range(100):
        first, second = make("cross", seed=seed)
        ways = np.stack([first[-1] - first[0], second[0] - second[-1]], axis=1)
        places = np.linalg.solve(ways, second[0] - first[0])
        assert (np.abs(places - 0.5) < 0.1).all()
        cosine = (ways[:, 0] @ ways[:, 1]) / np.prod(np.hypot(*ways))
        assert abs(cosine) < 0.3


@pytest.mark.parametrize("kind", ["wave", "loops", "zigzag"])
def test_rows_lie_level(kind):
    wide = [np.divide(*extent(make(kind, seed=seed))) for seed in range(100)]
    assert min(wide) > 0.6
    assert np.mean(wide) > 1.2


@pytest.mark.parametrize("turns", [None, 5])
def test_no_hole_is_left_where_a_thick_pen_fills_the_turns(turns):
    """Ends may be missing: without a dot in its middle, a coil would come out as a thick 0."""
    for seed in range(60):
        rng = np.random.default_rng(seed)
        pixels = rasterize_ink(vary_strokes(_spiral(rng, turns), rng), pen_radius=1.5)
        assert (pixels > 0.5).sum() > 100
        assert not is_ring(pixels)


def is_ring(pixels):
    """Whether ink surrounds one single patch of paper of 4 pixels or more, as a 0 does."""
    patches, count = ndimage.label(np.pad(pixels < 0.5, 1, constant_values=True))
    areas = np.bincount(patches.ravel(), minlength=count + 1)
    areas[[0, patches[0, 0]]] = 0  # ink, and the paper at the edge
    return (areas >= 4).sum() == 1 and areas.max() > 8


def test_a_ring_is_told_from_a_spot():
    assert is_ring(rasterize_ink(DIGITS[0]))
    assert not is_ring(rasterize_ink([[[0, 0]]]))


def test_overlaid_digits_are_two_different_ones_and_never_0_or_1(monkeypatch):
    strokes = {
        digit: [[[0, 0], [1, 0.1 * digit]], [[0, 1 - 0.1 * digit], [digit / 9, 1]]] for digit in range(10)
    }
    digits = [PenDigit(digit, 1, strokes[digit]) for digit in range(10) for _ in range(2)]
    monkeypatch.setattr("training.ink.nondigits.vary_strokes", lambda strokes, rng: strokes)
    monkeypatch.setattr("training.ink.nondigits._unit", lambda digit: [np.array([[digit.digit, 0.0]])])
    monkeypatch.setattr("training.ink.nondigits.NARROWEST_PAIR", -1)
    pairs = set()
    for seed in range(300):
        rng = Fixed(seed)
        first, second = (
            round(float(stroke[0, 0])) for stroke in make_nondigit("overlaid", "test", rng, digits)
        )
        assert first != second
        pairs |= {first, second}
    assert pairs == {2, 3, 4, 5, 6, 7, 8, 9}


class Fixed:
    """Draws pairs at random, but neither scale nor offset, so that what was laid over can be told."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def choice(self, *args):
        return self.rng.choice(*args)

    def uniform(self, low, high):
        return 1.0 if np.isscalar(low) else np.zeros(2)


def test_overlaid_digits_stand_side_by_side_enough_to_be_two(pen_strokes):
    digits = read_ink(pen_strokes).test
    for seed in range(60):
        width, height = extent(make("overlaid", seed=seed, digits=digits))
        assert width > 0.6 * height


def test_a_pair_of_which_one_hides_the_other_is_drawn_anew(monkeypatch):
    shares = iter([0.5, 0.9, 0.9, 0.5, 0.6, 0.6])
    monkeypatch.setattr("training.ink.nondigits._own_share", lambda strokes, others: next(shares))
    monkeypatch.setattr("training.ink.nondigits.NARROWEST_PAIR", 0)
    make("overlaid")
    assert next(shares, None) is None


def test_own_ink_lies_away_from_the_other_digit():
    level, upright = np.array([[0, 0], [0.1, 0], [1, 0], [2, 0]]), np.array([[0, 0], [0, 0.13], [0, 0.2]])
    assert _own_share([level], [upright]) == 0.5
    assert _own_share([upright], [level]) == pytest.approx(1 / 3)


def test_the_points_of_a_glyph_shake_as_stated_and_together(monkeypatch):
    monkeypatch.setitem(GLYPHS, "letter", ({"x": ("0 0 100 0", "~100 0 50 50 0 100")}, {}))
    monkeypatch.setattr("training.ink.nondigits.vary_strokes", lambda strokes, rng: strokes)
    glyphs = [make("letter", seed=seed) for seed in range(300)]
    np.testing.assert_allclose([first[-1] for first, _ in glyphs], [second[0] for _, second in glyphs])
    assert np.std([first[0] for first, _ in glyphs]) == pytest.approx(0.03, rel=0.12)
    assert np.std([second[8] - [0.5, 0.5] for _, second in glyphs]) == pytest.approx(0.03, rel=0.12)


@pytest.mark.parametrize("labels", [[], [3], [3, 3], [0, 1, 3]])
def test_too_few_digits_to_lay_over_are_refused(labels):
    digits = [PenDigit(label, 1, DIGITS[label]) for label in labels]
    with pytest.raises(ValueError, match="no two labels besides 0 and 1"):
        make("overlaid", digits=digits)


def test_an_unknown_part_or_kind_is_one_clear_error():
    with pytest.raises(ValueError, match="there is no part 'train'; take one of training, validation, test"):
        draw_nondigits("train", 5, 0, MADE)
    with pytest.raises(ValueError, match="there is no part 'all'"):
        make("dash", "all")
    with pytest.raises(ValueError, match="there is no kind of ink 'digit'; take one of dot, dash"):
        make("digit")
