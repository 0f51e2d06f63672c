"""The same ink reads the same: wherever, however large, fast or slow, and on whatever screen it is drawn.

What geometry takes out in all its range stands in tests/web/ink/rasterizeInk.test.ts. Here the browser
takes part: each property of a device, and each kind of pointer, is tried once, together with another one.
"""

from itertools import pairwise

import numpy as np
import pytest

from tests.browser.conftest import PHONE
from tests.browser.digitpad_page import DIGITS, DigitpadPage, Shown, Strokes

LARGEST_CHANGE = 0.02  # of a probability
ONE_LEVEL = 1  # of 255: what the last bit of a coordinate may do to a pixel
SURE = 0.9  # a digit on the border between two readings may tip over
SOME = slice(2, 6)  # of the inks, which real pointers draw: two of each kind


@pytest.fixture
def sure(pen_digits, ready_page) -> tuple[list[Strokes], list[Shown]]:
    """Inks that read surely when drawn large in the middle, and what the page then shows.

    Even digits are made by code and come first; odd ones are by writers who only validate.
    """
    unseen = pen_digits.validation
    writers = sorted({digit.writer for digit in unseen})
    found = {(digit.digit, digit.writer): digit.strokes for digit in reversed(unseen)}
    samples = [DIGITS[digit] for digit in range(0, 10, 2)]
    samples += [found[digit, writers[digit % len(writers)]] for digit in range(1, 10, 2)]
    shown = ready_page.read_all(samples, size=0.8)
    sure = [i for i, one in enumerate(shown) if max(one.probabilities) >= SURE]
    assert sum(i < 5 for i in sure) >= 4 <= sum(i >= 5 for i in sure), "too few to compare"
    return [samples[i] for i in sure], [shown[i] for i in sure]


def assert_same(expected: list[Shown], found: list[Shown], how: str, levels: int | None = ONE_LEVEL) -> None:
    """Compare the probabilities, and the pixels too unless rounding has moved the ink itself."""
    for part, most in (("probabilities", LARGEST_CHANGE), ("levels", levels)):
        before, after = ([getattr(one, part) for one in shown] for shown in (expected, found))
        if most is not None:
            np.testing.assert_allclose(after, before, rtol=0, atol=most, err_msg=f"{part} {how}")


PLACES = [(0.3, 0.2, 0.21), (0.3, 0.81, 0.36), (0.3, 0.37, 0.8), *((s, 0.5, 0.5) for s in (0.99, 0.25, 0.1))]


def test_anywhere_on_the_pad_and_at_a_tenth_to_all_of_it(ready_page, sure):
    inks, expected = sure
    for size, x, y in PLACES:
        assert_same(expected, ready_page.read_all(inks, size=size, x=x, y=y), f"{size} large at {x}, {y}")


@pytest.mark.slow
def test_drawn_slowly_with_many_points_or_fast_with_half_of_them(ready_page, sure):
    inks, expected = sure
    slow = [
        [np.concatenate([np.linspace(*line, 4) for line in pairwise(stroke)]).tolist() for stroke in strokes]
        for strokes in inks
    ]
    assert_same(expected, ready_page.read_all(slow), "slowly")
    fast = [[[*stroke[:-1:2], stroke[-1]] for stroke in strokes] for strokes in inks]
    assert_same(expected, ready_page.read_all(fast), "fast", levels=None)


@pytest.mark.slow
def test_at_a_tenth_of_a_phones_pad_in_whole_pixels_of_its_screen(open_page, server, sure):
    """This takes the most of the ink away: 28 CSS pixels, and no fractions of the screen's own."""
    inks, expected = sure
    page = open_page(server.url, viewport={"width": 312, "height": 740}).wait_until_ready()
    size = 28 / page.pad.bounding_box()["height"]
    for density in (1, 1.5, 2, 3):
        screen = {"width": 312, "height": 740, "mobile": False, "deviceScaleFactor": density}
        page.devtools.send("Emulation.setDeviceMetricsOverride", screen)
        page.page.wait_for_function("(density) => devicePixelRatio === density", arg=density)
        found = page.read_all(inks, size=size, x=0.31, y=0.62, step=1 / density)
        assert_same(expected, found, f"28 pixels large at a density of {density}", levels=None)


LARGE = {"device_scale_factor": 1.5, "viewport": {"width": 1400, "height": 1000}}
SMALL = PHONE | {"viewport": {"width": 360, "height": 420}}
PEN = """const contexts = CanvasRenderingContext2D.prototype;
    contexts.fill = function (outline) {
        globalThis.penShown = this.lineWidth = WIDTH;
        this.strokeStyle = this.fillStyle;
        this.stroke(outline);
    };"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("touch", "options", "height", "pen"),
    [(False, LARGE, 1000, 0.1), (True, SMALL, 301, 40)],
)
def test_on_screens_and_pads_of_any_size_by_real_pointers_with_any_displayed_pen(
    open_page, server, sure, touch, options, height, pen
):
    """The pad is `height` high, and shows ink by an outline `pen` pixels wide."""
    page = open_page(script=PEN.replace("WIDTH", str(pen)), **options)
    errors = page.record_messages()
    page.open(server.url).wait_until_ready()
    assert page.pad.bounding_box()["height"] == pytest.approx(height, abs=1)
    inks, expected = sure
    device = f"in a window of {options['viewport']}"
    assert_same(expected, page.read_all(inks), device)
    for strokes, before in zip(inks[SOME], expected[SOME], strict=True):
        page.pad.evaluate("pad => pad.clear()")
        page.draw_by_pointer(strokes, touch)
        page.wait_until_read(len(strokes))
        assert_same([before], [page.shown()], device)
    assert page.page.evaluate("penShown") == pen
    assert_tiny_ink_is_one_point(page, touch)
    assert errors == []


# In page pixels from the middle of the pad: a tap, half a pixel, a tap that trembles, two taps on one place.
TINY: list[Strokes] = [
    [[[0, 0]]],
    [[[0, 0], [0, 0.5]]],
    [[[0, 0], [1, 0], [1, 1], [0, 1], [-1, 0], [0, -1], [0, 0]]],
    [[[0, 0]], [[1, 0]]],
]


def assert_tiny_ink_is_one_point(page: DigitpadPage, touch: bool) -> None:
    """Tap and tremble on the pad: the page must read one point, and report nothing."""
    box = page.pad.bounding_box()
    middle = np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
    shown = []
    for strokes in TINY:
        page.pad.evaluate("pad => pad.clear()")
        page.wait_until_read(0)
        for stroke in strokes:
            page.move((middle + stroke).tolist(), touch)
        assert len(page.wait_until_read(len(strokes))) == 1
        shown.append(page.probabilities())
        assert shown[-1] == pytest.approx(shown[0], abs=1e-6), strokes
