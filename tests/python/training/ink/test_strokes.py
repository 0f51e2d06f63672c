"""Variations of pen strokes: different, repeatable, still the digit, and as often and as far as is stated.

What is stated stands here once more as numbers, so that a changed constant is noticed.
"""

import numpy as np
import pytest

from tests.golden.make_ink import AWKWARD, DIGITS
from training.ink import strokes as varying
from training.ink.rasterize import rasterize_ink
from training.ink.strokes import vary_strokes


def draw(strokes, seed):
    return rasterize_ink(vary_strokes(strokes, np.random.default_rng(seed)))


@pytest.mark.parametrize("digit", DIGITS)
def test_a_variation_differs_but_stays_close(digit):
    plain = rasterize_ink(DIGITS[digit]).ravel()
    varied = [draw(DIGITS[digit], seed).ravel() for seed in range(20)]
    assert not any(np.array_equal(each, plain) for each in varied)
    likeness = np.mean([np.corrcoef(each, plain)[0, 1] for each in varied])
    assert likeness > 0.45
    others = [rasterize_ink(DIGITS[other]).ravel() for other in DIGITS if other != digit]
    assert likeness > np.mean([np.corrcoef(each, plain)[0, 1] for each in others]) + 0.1


def test_the_seed_decides_the_variation_whatever_the_size_and_place():
    strokes = DIGITS[4]
    np.testing.assert_array_equal(draw(strokes, 8), draw(strokes, 8))
    assert not np.array_equal(draw(strokes, 8), draw(strokes, 4))
    moved = [[[x * 7 + 900, y * 7 - 50] for x, y in stroke] for stroke in strokes]
    np.testing.assert_allclose(draw(strokes, 8), draw(moved, 8), atol=0.02)


@pytest.mark.parametrize("name", [name for name, strokes in AWKWARD.items() if any(strokes)])
def test_awkward_ink_is_no_error(name):
    strokes = [stroke for stroke in AWKWARD[name] if stroke]
    for seed in range(5):
        pixels = draw(strokes, seed)
        assert np.isfinite(pixels).all()
        assert pixels.max() > 0.5


def repeat(step, *arguments, count):
    """What one of the steps of vary_strokes makes of the same strokes, `count` times."""
    rng = np.random.default_rng(7)
    return [step(*arguments, rng) for _ in range(count)]


def line(*corners, points=101):
    """A stroke of evenly spaced points between two places."""
    return np.linspace(*np.asarray(corners, float), points)


FRAME = line([0, 0], [0, 1])  # of size 1, and its foot is at y = 1


def test_slant_rotation_and_aspect_spread_as_stated():
    rng = np.random.default_rng(0)
    matrices = np.array([varying._affine(rng) for _ in range(3000)])
    np.testing.assert_allclose(np.linalg.det(matrices), 1)
    rotation = np.arctan2(matrices[:, 1, 0], matrices[:, 0, 0])
    stretch = np.hypot(matrices[:, 0, 0], matrices[:, 1, 0])
    slant = (matrices[:, 0, 0] * matrices[:, 0, 1] + matrices[:, 1, 0] * matrices[:, 1, 1]) / stretch**2
    spreads = [np.std(values) for values in (rotation, 2 * np.log(stretch), slant)]
    assert spreads == pytest.approx([0.10, 0.12, 0.15], rel=0.05)


def test_other_proportions_move_the_middle_and_nothing_else():
    grid = [line([0, 0], [1, 2]), line([0.5, 0], [0.5, 2])]
    moved = []
    for diagonal, upright in repeat(varying._other_proportions, grid, count=2000):
        np.testing.assert_allclose(diagonal[[0, -1]], [[0, 0], [1, 2]], atol=1e-9)
        assert (np.diff(diagonal, axis=0) > 0).all()  # no fold
        np.testing.assert_allclose(upright[:, 0], diagonal[50, 0])
        moved.append(diagonal[50] - [0.5, 1])
    moved = np.array(moved) / [1, 2]
    assert np.std(moved, axis=0) == pytest.approx([0.05, 0.05], rel=0.07)
    assert 0.14 < np.abs(moved).max() < 0.1501
    assert abs(np.corrcoef(moved.T)[0, 1]) < 0.06  # x and y are independent


def test_ends_are_missing_or_hooked_as_often_as_stated_but_of_short_strokes_never():
    level = line([0, 0], [1, 0])
    ends = np.array([stroke[[0, -1]] for stroke in repeat(varying._other_ends, level, 1.0, count=2000)])
    is_hooked = ends[..., 1] != 0  # (samples, 2 ends)
    assert is_hooked.mean(axis=0) == pytest.approx([0.15, 0.15], abs=0.025)
    assert np.std(ends[is_hooked][:, 1]) == pytest.approx(0.03, rel=0.1)
    missing = np.abs(ends[..., 0] - [0, 1])[~is_hooked]
    assert (missing > 0).mean() == pytest.approx(0.5, abs=0.03)
    assert 0.048 < missing.max() <= 0.05 + 1e-9
    short = line([0.3, 0.5], [0.49, 0.5], points=11)
    for same in repeat(varying._other_ends, short, 1.0, count=50):
        np.testing.assert_array_equal(same, short)


def test_a_wobble_is_small_and_smooth():
    away = np.array([stroke - FRAME for stroke in repeat(varying._wobble, FRAME, 1.0, count=400)])
    assert 0.02 < np.abs(away).max() <= 3 * 0.012
    assert np.abs(np.diff(away, axis=1)).max() < 0.01


@pytest.mark.parametrize(
    ("end", "start", "expected"),
    [
        ((0, 0.3), (0.24, 0.3), 0.07),
        ((0, 0.3), (0, 0.3), 0.07),
        ((0, 0.3), (0.26, 0.3), 0),  # too far away
        ((0, 0.79), (0, 0.6), 0.07),
        ((0, 0.81), (0, 0.6), 0),  # at the foot
    ],
)
def test_two_strokes_are_joined_as_often_as_stated(end, start, expected):
    strokes = [FRAME, line([-0.5, end[1]], end, points=20), line(start, [0.4, 0.1], points=20)]
    varied = repeat(varying._join, strokes, 1.0, count=4000)
    joined = [v for v in varied if len(v) == 2]
    assert {len(v) for v in varied} <= {2, 3}
    assert len(joined) / 4000 == pytest.approx(expected, abs=0.012 if expected else 0)
    for _, last in joined:
        np.testing.assert_allclose(last, np.concatenate(strokes[1:]))


STEM_FIRST = {  # digits whose first stroke ends at the foot, close to where the second begins
    4: [[[66, 0], [66, 100]], [[60, 92], [10, 60], [95, 60]]],
    7: [[[10, 0], [90, 0], [50, 100]], [[35, 90], [75, 50]]],
}


@pytest.mark.parametrize("digit", STEM_FIRST)
def test_a_4_or_7_is_never_joined_from_its_foot(monkeypatch, digit):
    monkeypatch.setattr(varying, "JOIN_CHANCE", 1)
    monkeypatch.setattr(varying, "JOIN_REACH", 2)
    strokes = [np.array(stroke, float) for stroke in STEM_FIRST[digit]]
    head_first = [stroke[::-1] for stroke in strokes]
    assert {len(joined) for joined in repeat(varying._join, strokes, 100.0, count=20)} == {2}
    assert {len(joined) for joined in repeat(varying._join, head_first, 100.0, count=20)} == {1}
    assert {len(varied) for varied in repeat(vary_strokes, strokes, count=20)} <= {2, 3, 4}


def test_a_long_stroke_is_broken_as_often_as_stated(monkeypatch):
    varied = repeat(varying._break, [FRAME], 1.0, count=8000)
    broken = [v for v in varied if len(v) == 2]
    assert {len(v) for v in varied} == {1, 2}
    assert len(broken) / 8000 == pytest.approx(0.05, abs=0.008)
    gaps = np.array([second[0, 1] - first[-1, 1] for first, second in broken])
    starts = np.array([first[-1, 1] for first, _ in broken])
    assert 0.04 <= gaps.min() < 0.045 and 0.175 < gaps.max() <= 0.18
    assert starts.min() > 0.15 and starts.max() < 0.8  # neither end becomes a crumb
    for first, second in broken:
        np.testing.assert_array_equal([first[0], second[-1]], [[0, 0], [0, 1]])
    monkeypatch.setattr(varying, "BREAK_CHANCE", 1)
    for length, parts in ((0.69, 1), (0.71, 2)):  # a short stroke is never broken
        varied = repeat(varying._break, [line([0.2, 0], [0.2, length])], 1.0, count=20)
        assert {len(strokes) for strokes in varied} == {parts}


def reports(stroke, count=2000):
    """What devices report of a stroke, where the size is 1: a list of (points, 2)."""
    return [strokes[0] for strokes in repeat(varying._report, [stroke], 1.0, count=count)]


def test_devices_report_as_many_points_as_stated():
    long = line([0, 0], [10, 0], points=2001)
    numbers = np.array([len(stroke) for stroke in reports(long)])
    thinned = [(numbers == number).mean() for number in (2001, 1001, 668)]
    assert thinned == pytest.approx([1 / 6] * 3, abs=0.03)
    spaced = numbers[numbers < 600]
    assert len(spaced) / 2000 == pytest.approx(0.5, abs=0.03)
    assert 10 / 0.22 < spaced.min() < 49
    assert 325 < spaced.max() <= 10 / 0.03 + 2
    # A slow device still reports the fewest points.
    spaced = [len(stroke) for stroke in reports(line([0, 0], [0.5, 0])) if len(stroke) < 30]
    assert min(spaced) == 6
    dots = {len(stroke) for stroke in reports(line([0, 0], [0.02, 0], points=11))}
    assert dots == {11, 6, 5, 2}  # all, every second, every third, or both ends


def test_both_ends_are_reported_and_the_spacing_varies():
    stroke = line([0, 0], [1, 0], points=401)
    for reported in reports(stroke, 300):
        if (reported == np.round(reported)).all():
            continue  # in whole pixels
        np.testing.assert_allclose(reported[[0, -1]], stroke[[0, -1]], atol=1e-12)
        if len(reported) < 100:
            ways = np.diff(reported[:, 0]) * (len(reported) - 1)
            assert 0.39 < ways.min() < 0.99 and 1.01 < ways.max() < 1.61


def test_half_of_the_devices_report_whole_pixels():
    tall = np.array([np.ptp(stroke) for stroke in reports(FRAME) if (stroke == np.round(stroke)).all()])
    assert len(tall) / 2000 == pytest.approx(0.5, abs=0.03)
    assert 29 <= tall.min() < 32 and 285 < tall.max() <= 301


@pytest.mark.parametrize("digit", DIGITS)
def test_points_stay_near_the_digit_and_few(monkeypatch, digit):
    monkeypatch.setattr(varying, "_report", lambda strokes, size, rng: strokes)
    plain = np.concatenate(DIGITS[digit])
    middle, size = (plain.min(axis=0) + plain.max(axis=0)) / 2, np.ptp(plain, axis=0).max()
    centred = [np.asarray(stroke) - middle for stroke in DIGITS[digit]]
    for varied in repeat(vary_strokes, centred, count=60):
        points = np.concatenate(varied)
        assert np.abs(points).max() < 0.9 * size
        assert 0.6 * size < np.ptp(points, axis=0).max() < 1.6 * size
        assert len(points) <= len(plain) + 4 * len(centred) + 2 * (len(varied) - len(centred))


@pytest.mark.parametrize("digit", DIGITS)
def test_order_and_direction_are_left_alone_and_make_no_difference(monkeypatch, digit):
    for name in ("JOIN_CHANCE", "BREAK_CHANCE", "HOOK"):
        monkeypatch.setattr(varying, name, 0)
    for varied in repeat(vary_strokes, DIGITS[digit], count=10):
        turned = [stroke[::-1] for stroke in varied[::-1]]
        np.testing.assert_allclose(rasterize_ink(turned), rasterize_ink(varied), atol=1.5 / 255)
        corner = np.concatenate(varied).min(axis=0)
        scale = 150 / np.ptp(np.concatenate(varied), axis=0).max()
        for stroke, plain in zip(varied, map(np.array, DIGITS[digit]), strict=True):
            ends = (stroke[[0, -1]] - corner) * scale
            kept, turned = (np.hypot(*(ends - plain[order]).T).sum() for order in ([0, -1], [-1, 0]))
            assert kept < turned or np.hypot(*(plain[0] - plain[-1])) < 50
