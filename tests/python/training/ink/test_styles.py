"""training/ink/styles.py: each style is found in strokes made by hand, and not in what comes near."""

import numpy as np
import pytest

from training.ink.styles import STYLES, styles_of


def arc(x, y, width, height, start, end):
    """A part of an ellipse around x, y, from one angle to another: degrees, 0 to the right, 90 down."""
    angles = np.radians(np.linspace(start, end, 40))
    return np.stack([x + width / 2 * np.cos(angles), y + height / 2 * np.sin(angles)], axis=1)


def join(*parts):
    return np.concatenate([np.asarray(part, float) for part in parts])


RING = arc(50, 50, 60, 100, -90, -450)
STEM = [[50, 0], [50, 100]]
HOOK = [[50, 0], [50, 100], [68, 75]]
HOOKED_BACK = [[50, 0], [50, 100], [51, 75]]  # the pen goes back on its own line
HEAD_7 = [[0, 0], [60, 0]]
LOOP_9 = arc(40, 25, 40, 50, 0, -360)
MADE = {  # style: strokes of it, and strokes of the same digit that only come near
    "slashed 0": ([RING, [[90, 0], [10, 100]]], [RING, [[75, 20], [95, 0]]]),
    "0 with a tail": (
        [join([[70, -20]], arc(50, 50, 60, 100, -110, -440), [[15, -20]])],
        [join(arc(50, 50, 60, 100, -90, -440), [[57, 8]])],
    ),
    "1 with an upstroke": ([[[20, 40], [50, 0], [50, 100]]], [[[40, 10], [50, 0], [50, 100]]]),
    "1 with a foot": ([STEM, [[25, 100], [75, 100]]], [STEM, [[25, 20], [75, 20]]]),
    "1 with a hook": ([HOOK], [HOOKED_BACK]),
    "2 with a loop": (
        [join(arc(50, 25, 60, 50, -160, 0), arc(30, 85, 30, 25, 0, 330), [[60, 80], [90, 100]])],
        [join(arc(50, 25, 60, 50, -160, 0), [[20, 100], [90, 100]])],
    ),
    "3 with a flat top": (
        [join([[10, 0], [70, 0], [35, 40]], arc(40, 70, 60, 60, -90, 150))],
        [join(arc(40, 20, 60, 40, -150, 90), arc(40, 70, 60, 60, -90, 150))],
    ),
    "6 with a wide loop": (
        [join(arc(70, 60, 140, 120, -120, -270), arc(70, 95, 70, 50, 90, -180))],
        [join(arc(25, 60, 50, 120, -120, -270), arc(25, 95, 40, 50, 90, -180))],
    ),
    "7 with a crossbar": (
        [join(HEAD_7, [[40, 100]]), [[25, 50], [75, 50]]],
        [join(HEAD_7, [[40, 100]]), [[10, 50], [40, 50]]],
    ),
    "slanted 7": ([join(HEAD_7, [[20, 100]])], [join(HEAD_7, [[50, 100]])]),
    "7 with a hook": ([join(HEAD_7, [[50, 100], [68, 75]])], [join(HEAD_7, [[50, 100], [52, 75]])]),
    "9 open at the top": (
        [join(arc(40, 25, 40, 50, -60, -300), [[70, 10], [60, 100]])],
        [join(LOOP_9, [[60, 25], [60, 100]])],
    ),
    "9 with a hook": (
        [join(LOOP_9, [[60, 100], [78, 75]])],
        [join(LOOP_9, [[60, 95], [40, 100], [15, 90]])],  # a tail curled to the left
    ),
}


def digit_of(name):
    return next(style.digit for style in STYLES if style.name == name)


def test_every_style_is_tried():
    assert list(MADE) == [style.name for style in STYLES]


@pytest.mark.parametrize("name", MADE)
def test_a_style_is_told_from_what_comes_near(name):
    written, near = MADE[name]
    assert name in styles_of(digit_of(name), written)
    assert name not in styles_of(digit_of(name), near)


@pytest.mark.parametrize("name", MADE)
def test_size_place_and_number_of_points_make_no_difference(name):
    for strokes in MADE[name]:
        expected = styles_of(digit_of(name), strokes)
        larger = [30 * np.asarray(stroke, float) + [1000, -500] for stroke in strokes]
        assert styles_of(digit_of(name), larger) == expected
        halved = [np.repeat(np.asarray(stroke, float), 2, axis=0) for stroke in strokes]
        denser = [np.concatenate([(stroke[:-1] + stroke[1:]) / 2, stroke[-1:]]) for stroke in halved]
        assert styles_of(digit_of(name), denser) == expected


def test_a_digit_has_styles_of_its_own_alone():
    for name, (written, _) in MADE.items():
        for digit in set(range(10)) - {digit_of(name)}:
            names = styles_of(digit, written)
            assert all(digit_of(each) == digit for each in names)
    assert styles_of(7, MADE["slanted 7"][0]) == ("slanted 7",)
    assert styles_of(1, MADE["1 with a hook"][0]) == ("1 with a hook",)


@pytest.mark.parametrize(
    "strokes", [[], [[]], [[[3, 4]]], [[[3, 4], [3, 4]]], [[[0, 0], [9, 0]]], [[[0, 0]], [[9, 9]]]]
)
def test_ink_that_is_hardly_any_has_no_style(strokes):
    assert {styles_of(digit, strokes) for digit in range(9)} == {()}


def test_a_recording_that_lost_its_ring_is_not_slashed():
    assert styles_of(0, [[[90, 0], [10, 100]]]) == ()
