"""The same ink reads the same: wherever, however large, fast or slow, and on whatever screen it is drawn.

What geometry takes out in all its range stands in tests/web/ink/rasterizeInvariance.test.ts. Here the browser
takes part: each property of a device, and each kind of pointer, is tried once, together with another one.
"""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.digitpad_page import DIGITS, DigitpadPage, Shown, Stroke, Strokes

LARGEST_CHANGE = 0.02  # of a probability
ONE_LEVEL = 1  # of 255: what the last bit of a coordinate may do to a pixel
SURE = 0.9  # a digit on the border between two readings may tip over
SOME = 2  # inks of each kind, which real pointers draw


@pytest.fixture(scope="module", params=["made", "pen strokes"])
def samples(request) -> list[Strokes]:
    """One ink for each digit: the even ones made by code, the odd ones by writers who only validate."""
    if request.param == "made":
        return [DIGITS[digit] for digit in range(0, 10, 2)]
    unseen = request.getfixturevalue("pen_digits").validation
    writers = sorted({digit.writer for digit in unseen})
    return [
        next(d.strokes for d in unseen if d.digit == digit and d.writer == writers[digit % len(writers)])
        for digit in range(1, 10, 2)
    ]


@pytest.fixture(scope="module")
def sure(samples, shared_pages) -> tuple[list[Strokes], list[Shown]]:
    """The samples that read surely when drawn large in the middle, and what the page shows of them."""
    page, _ = shared_pages(viewport={"width": 900, "height": 800})
    both = zip(samples, page.read_all(samples, size=0.8), strict=True)
    pairs = [(ink, shown) for ink, shown in both if max(shown.probabilities) >= SURE]
    assert len(pairs) >= 4, "too few are read surely for a comparison to mean much"
    return [ink for ink, _ in pairs], [shown for _, shown in pairs]


def assert_same(expected: list[Shown], found: list[Shown], how: str, levels: int | None = ONE_LEVEL) -> None:
    """Compare the probabilities, and the pixels too unless rounding has moved the ink itself."""
    for before, after in zip(expected, found, strict=True):
        digit = np.argmax(before.probabilities)
        change = np.abs(np.subtract(after.probabilities, before.probabilities)).max()
        assert change <= LARGEST_CHANGE, f"{how}, a probability of a {digit} changes by {change:.4f}"
        change = np.abs(np.subtract(after.levels, before.levels)).max()
        assert levels is None or change <= levels, f"{how}, a pixel of a {digit} changes by {change} of 255"


def test_anywhere_on_the_pad_and_at_a_tenth_to_all_of_it(ready_page, sure):
    inks, expected = sure
    places = [(0.3, 0.2, 0.21), (0.3, 0.81, 0.36), (0.3, 0.37, 0.8)]
    for size, x, y in [*places, (0.99, 0.5, 0.5), (0.25, 0.5, 0.5), (0.1, 0.5, 0.5)]:
        assert_same(expected, ready_page.read_all(inks, size=size, x=x, y=y), f"{size} large at {x}, {y}")


def test_drawn_slowly_with_many_points_or_fast_with_half_of_them(ready_page, sure):
    inks, expected = sure
    slow = [[with_points_between(stroke, 3) for stroke in strokes] for strokes in inks]
    assert_same(expected, ready_page.read_all(slow), "slowly")
    fast = [[[*stroke[:-1:2], stroke[-1]] for stroke in strokes] for strokes in inks]
    assert_same(expected, ready_page.read_all(fast), "fast", levels=None)


def with_points_between(stroke: Stroke, parts: int) -> Stroke:
    """Return the same lines, each in `parts` parts."""
    points = np.array(stroke, float)
    at = np.arange((len(points) - 1) * parts + 1) / parts
    return np.stack(
        [np.interp(at, np.arange(len(points)), points[:, axis]) for axis in (0, 1)], axis=1
    ).tolist()


def test_at_a_tenth_of_a_phones_pad_in_whole_pixels_of_its_screen(open_page, server, sure):
    """This takes the most of the ink away: 28 CSS pixels, and no fractions of the screen's own."""
    inks, expected = sure
    page = open_page(server.url, viewport={"width": 312, "height": 740}).wait_until_ready()
    assert page.pad.bounding_box()["height"] == pytest.approx(280, abs=1)
    devtools = page.page.context.new_cdp_session(page.page)
    for density in (1, 1.5, 2, 3):
        size = {"width": 312, "height": 740, "mobile": False, "deviceScaleFactor": density}
        devtools.send("Emulation.setDeviceMetricsOverride", size)
        page.page.wait_for_function("(density) => devicePixelRatio === density", arg=density)
        found = page.read_all(inks, size=0.1, x=0.31, y=0.62, step=1 / density)
        assert_same(expected, found, f"28 pixels large at a density of {density}", levels=None)


DEVICES = {  # kind of pointer, options of the browser, height of the pad, displayed width of the pen
    "mouse, large": (
        False,
        {"device_scale_factor": 1.5, "viewport": {"width": 1400, "height": 1000}},
        460,
        0.1,
    ),
    "touch, small": (True, PHONE | {"viewport": {"width": 360, "height": 420}}, 240, 4),
}
PEN = """const contexts = CanvasRenderingContext2D.prototype;
    const { set, get } = Object.getOwnPropertyDescriptor(contexts, 'lineWidth');
    Object.defineProperty(contexts, 'lineWidth', {
        get, set(width) { globalThis.penShown = width * TIMES; set.call(this, penShown); },
    });"""


@pytest.mark.parametrize("device", DEVICES)
def test_on_screens_and_pads_of_any_size_by_real_pointers_with_any_displayed_pen(
    open_page, server, sure, device
):
    touch, options, height, pen = DEVICES[device]
    page = open_page(**options)
    errors = page.record_errors()
    page.page.add_init_script(PEN.replace("TIMES", str(pen)))
    page.open(server.url).wait_until_ready()
    assert page.pad.bounding_box()["height"] == pytest.approx(height, abs=1)
    inks, expected = sure
    assert_same(expected, page.read_all(inks), f"in a window of {device}")
    draw = page.draw_with_touch if touch else page.draw_with_mouse
    for strokes, before in list(zip(inks, expected, strict=True))[:SOME]:
        page.page.keyboard.press("Escape")
        draw(strokes)
        page.wait_until_read(len(strokes))
        assert_same([before], [shown_now(page)], device)
    assert page.page.evaluate("penShown") == pytest.approx(0.035 * pen)
    assert_tiny_ink_is_one_point(page, touch)
    assert errors == []


def shown_now(page: DigitpadPage) -> Shown:
    """Return the pixels and the probabilities that the page shows."""
    levels = page.page.get_by_test_id("network-view").evaluate(
        """view => Array.from(view.getContext('2d').getImageData(0, 0, 28, 28).data)
            .filter((_, i) => i % 4 === 0)"""
    )
    return Shown("", 0, "", page.probabilities(), levels)


# In page pixels from the middle of the pad.
TINY: dict[str, Strokes] = {
    "one point": [[[0, 0]]],
    "two equal points": [[[0, 0], [0, 0]]],
    "one pixel": [[[0, 0], [1, 0]]],
    "half a pixel": [[[0, 0], [0, 0.5]]],
    "a tap that trembles": [[[0, 0], [1, 0], [1, 1], [0, 1], [-1, 0], [0, -1], [0, 0]]],
    "two taps on one place": [[[0, 0]], [[1, 0]]],
}


def assert_tiny_ink_is_one_point(page: DigitpadPage, touch: bool) -> None:
    """Tap and tremble on the pad: the page must read one point, and report nothing."""
    box = page.pad.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    point = None
    for name, strokes in TINY.items():
        page.page.keyboard.press("Escape")
        page.wait_until_read(0)
        for stroke in strokes:
            shifted = [[x + middle[0], y + middle[1]] for x, y in stroke]
            (page.move_finger if touch else page.move_mouse)(shifted)
        text = page.wait_until_read(len(strokes))
        assert text == "?" or text in "0123456789", name
        point = point or page.probabilities()
        assert page.probabilities() == pytest.approx(point, abs=1e-6), name
        expect(page.status).to_have_attribute("data-state", "ready")
