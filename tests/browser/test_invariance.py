"""The same ink reads the same: wherever, however large, fast or slow, and on whatever screen it is drawn."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS, DigitpadPage, Stroke, Strokes
from tests.browser.serving import logged_server

LARGEST_CHANGE = 0.02  # of a probability
ONE_LEVEL = 1  # of 255: what the last bit of a coordinate may do to a pixel
SURE = 0.9  # a digit on the border between two readings may tip over


@pytest.fixture(scope="module", params=["made", "pen strokes"])
def samples(request) -> list[Strokes]:
    """One ink for each digit: the even ones made by code, the odd ones by writers who only validate."""
    if request.param == "made":
        return [DIGITS[digit] for digit in range(0, 10, 2)]
    from training.data.ink_digits import read_ink

    unseen = read_ink(request.getfixturevalue("pen_strokes")).validation
    writers = sorted({digit.writer for digit in unseen})
    return [
        next(d.strokes for d in unseen if d.digit == digit and d.writer == writers[digit % len(writers)])
        for digit in range(1, 10, 2)
    ]


@pytest.fixture(scope="module")
def sure(samples, chromium, site) -> list[tuple[Strokes, Seen]]:
    """The samples that read surely when drawn large in the middle, with their probabilities."""
    context = chromium.new_context(viewport={"width": 900, "height": 800})
    with logged_server(site) as served:
        page = DigitpadPage(context.new_page()).open(served.url).wait_until_ready()
        readings = [(strokes, read(page, strokes, size=0.8)) for strokes in samples]
    context.close()
    sure = [(strokes, expected) for strokes, expected in readings if expected.probabilities.max() >= SURE]
    assert len(sure) >= 4, "too few are read surely for a comparison to mean much"
    return sure


@pytest.fixture
def open_ready(open_page, server):
    """Open the page with options of the browser; fails where its console reports an error."""
    reported = []

    def open_ready(**options) -> DigitpadPage:
        page = open_page(**options)
        reported.append(page.record_errors())
        return page.open(server.url).wait_until_ready()

    yield open_ready
    assert reported and all(errors == [] for errors in reported)


class Seen(NamedTuple):
    """What the network saw and said."""

    levels: np.ndarray  # 784, 0 to 255
    probabilities: np.ndarray  # 10


def read(page: DigitpadPage, strokes: Strokes, touch: bool = False, **where: float) -> Seen:
    """Draw on an empty pad, look, and clear it."""
    (page.draw_with_touch if touch else page.draw_with_mouse)(strokes, **where)
    page.wait_until_read(len(strokes))
    levels = page.page.get_by_test_id("network-view").evaluate(
        """view => Array.from(view.getContext('2d').getImageData(0, 0, 28, 28).data)
            .filter((_, i) => i % 4 === 0)"""
    )
    seen = Seen(np.array(levels), np.array(page.probabilities()))
    clear(page)
    return seen


def clear(page: DigitpadPage) -> None:
    page.page.keyboard.press("Escape")
    page.wait_until_read(0)


def assert_same(expected: Seen, found: Seen, how: str) -> None:
    change = float(np.abs(found.probabilities - expected.probabilities).max())
    digit = expected.probabilities.argmax()
    assert change <= LARGEST_CHANGE, f"{how}, a probability of a {digit} changes by {change:.4f}"


def assert_same_pixels(expected: Seen, found: Seen, how: str) -> None:
    """For what geometry alone takes out, whatever the network makes of it."""
    change = np.abs(found.levels - expected.levels).max()
    digit = expected.probabilities.argmax()
    assert change <= ONE_LEVEL, f"{how}, a pixel of a {digit} changes by {change} of 255"
    assert_same(expected, found, how)


def test_anywhere_on_the_pad(open_ready, sure):
    page = open_ready()
    for strokes, expected in sure:
        for x, y in [(0.2, 0.21), (0.81, 0.36), (0.37, 0.8)]:
            assert_same_pixels(expected, read(page, strokes, size=0.3, x=x, y=y), f"at {x}, {y}")


@pytest.mark.parametrize("size", [0.99, 0.25, 0.1])
def test_at_a_tenth_to_all_of_the_pad(open_ready, sure, size):
    page = open_ready()
    for strokes, expected in sure:
        assert_same_pixels(expected, read(page, strokes, size=size), f"at {size:.0%} of the pad")


@pytest.mark.parametrize("density", [1, 1.5, 2, 3])
def test_at_a_tenth_of_a_phones_pad_in_whole_pixels_of_its_screen(open_ready, sure, density):
    """This takes the most of the ink away: 28 CSS pixels, and no fractions of the screen's own."""
    page = open_ready(viewport={"width": 312, "height": 740}, device_scale_factor=density)
    assert page.pad.bounding_box()["height"] == pytest.approx(280, abs=1)
    for strokes, expected in sure:
        found = read(page, strokes, size=0.1, x=0.31, y=0.62, step=1 / density)
        assert_same(expected, found, "28 pixels large")


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
@pytest.mark.parametrize("density", [1.5, 3])
def test_on_a_screen_of_any_density(open_ready, sure, density, touch):
    page = open_ready(device_scale_factor=density, has_touch=touch)
    for strokes, expected in sure:
        assert_same_pixels(expected, read(page, strokes, touch), f"at {density} pixels a CSS pixel")


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 420}, {"width": 1400, "height": 1000}])
def test_on_a_pad_of_any_size(open_ready, sure, viewport):
    page = open_ready(viewport=viewport)
    assert page.pad.bounding_box()["height"] == pytest.approx(240 if viewport["width"] == 360 else 460, abs=1)
    for strokes, expected in sure:
        assert_same_pixels(expected, read(page, strokes), f"in a window of {viewport}")


@pytest.mark.parametrize("times", [0.1, 4])
def test_with_any_displayed_pen_width(open_page, server, sure, times):
    page = open_page()
    page.page.add_init_script(
        """const contexts = CanvasRenderingContext2D.prototype;
        const { set, get } = Object.getOwnPropertyDescriptor(contexts, 'lineWidth');
        Object.defineProperty(contexts, 'lineWidth', {
            get, set(width) { globalThis.penShown = width * TIMES; set.call(this, penShown); },
        });""".replace("TIMES", str(times))
    )
    page.open(server.url).wait_until_ready()
    for strokes, expected in sure:
        assert_same_pixels(expected, read(page, strokes), f"with a pen of {times} times the width")
    assert page.page.evaluate("penShown") == pytest.approx(0.035 * times)


def test_drawn_slowly_with_many_points(open_ready, sure):
    page = open_ready()
    for strokes, expected in sure:
        assert_same_pixels(
            expected, read(page, [with_points_between(stroke, 3) for stroke in strokes]), "slowly"
        )


def test_drawn_fast_with_half_the_points(open_ready, sure):
    page = open_ready()
    for strokes, expected in sure:
        assert_same(expected, read(page, [every(stroke, 2) for stroke in strokes]), "fast")


def every(stroke: Stroke, n: int) -> Stroke:
    """Every n-th point of a stroke, and its last."""
    return [*stroke[:-1:n], stroke[-1]]


def with_points_between(stroke: Stroke, parts: int) -> Stroke:
    """The same lines, each in `parts` parts."""
    points = np.array(stroke, float)
    at = np.arange((len(points) - 1) * parts + 1) / parts
    known = np.arange(len(points))
    return np.stack([np.interp(at, known, points[:, axis]) for axis in (0, 1)], axis=1).tolist()


# In page pixels from the middle of the pad.
TINY: dict[str, Strokes] = {
    "one point": [[[0, 0]]],
    "two equal points": [[[0, 0], [0, 0]]],
    "one pixel": [[[0, 0], [1, 0]]],
    "half a pixel": [[[0, 0], [0, 0.5]]],
    "a tap that trembles": [[[0, 0], [1, 0], [1, 1], [0, 1], [-1, 0], [0, -1], [0, 0]]],
    "two taps on one place": [[[0, 0]], [[1, 0]]],
}


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "touch"])
def test_tiny_ink_is_one_point_and_no_error(open_ready, touch):
    page = open_ready(has_touch=touch)
    box = page.pad.bounding_box()
    point = read(page, [[[0, 0]]], touch=touch)
    for name, strokes in TINY.items():
        for stroke in strokes:
            shifted = [[x + box["x"] + box["width"] / 2, y + box["y"] + box["height"] / 2] for x, y in stroke]
            (page.move_finger if touch else page.move_mouse)(shifted)
        text = page.wait_until_read(len(strokes))
        assert text == "?" or text in "0123456789", name
        assert page.probabilities() == pytest.approx(point.probabilities, abs=1e-6), name
        expect(page.status).to_have_attribute("data-state", "ready")
        clear(page)
