"""Drawing on the page, and what is read; with real mouse and touch input where the pointer is tested."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.digitpad_page import DIGITS, TouchScreen


@pytest.fixture
def touch_page(shared_page):
    return shared_page(**PHONE)


def test_every_digit_is_read(ready_page):
    shown = ready_page.read_all(list(DIGITS.values()))
    assert [one.text for one in shown] == [str(digit) for digit in DIGITS]


def test_digits_drawn_with_the_mouse_are_read(ready_page):
    for digit in (4, 6):
        ready_page.draw_with_mouse(DIGITS[digit])
        assert ready_page.wait_until_read(len(DIGITS[digit])) == str(digit)
        ready_page.clear.click()


def test_digits_drawn_with_a_finger_are_read(touch_page):
    for digit in (5, 1):
        touch_page.draw_with_touch(DIGITS[digit])
        assert touch_page.wait_until_read(len(DIGITS[digit])) == str(digit)
        touch_page.clear.click()


def test_size_and_place_on_the_pad_do_not_matter(ready_page):
    for size, x, y in [(0.12, 0.1, 0.9), (0.25, 0.8, 0.2), (0.95, 0.5, 0.5)]:
        shown = ready_page.read_all([DIGITS[digit] for digit in (2, 4, 7)], size=size, x=x, y=y)
        assert "".join(one.text for one in shown) == "247", (size, x, y)


def test_prediction_confidence_and_bars_tell_the_same(ready_page):
    ready_page.draw(DIGITS[3])
    assert ready_page.wait_until_read(1) == "3"
    probabilities = ready_page.probabilities()
    assert len(probabilities) == 10
    assert abs(sum(probabilities) - 1) < 1e-4
    assert max(probabilities) == probabilities[3]
    assert float(ready_page.confidence.get_attribute("data-value")) == pytest.approx(
        probabilities[3], abs=1e-6
    )
    assert ready_page.confidence.inner_text().endswith("% sure")


def test_read_again_the_same_is_laid_out_no_second_time(ready_page):
    """The page reads with each movement of the pen: what stays the same must not cost it a layout."""
    ready_page.draw(DIGITS[3])
    assert ready_page.wait_until_read(1) == "3"
    changed = ready_page.page.evaluate("""async () => {
        const of = (id) => document.querySelector(`[data-testid="${id}"]`);
        const changes = [];
        const read = new Promise((done) => {
            const observer = new MutationObserver((records) => {
                for (const { type, attributeName } of records) changes.push(attributeName ?? type);
                if (changes.includes('data-probability')) done();
            });
            const how = { attributes: true, characterData: true, childList: true, subtree: true };
            for (const id of ['bars', 'prediction', 'confidence', 'explanation']) {
                observer.observe(of(id), how);
            }
        });
        of('predict').click();
        await read;
        return [...new Set(changes)];
    }""")
    assert set(changed) & {"childList", "characterData", "style", "class"} == set()


def test_the_network_view_shows_the_pixels_that_are_read(ready_page):
    ready_page.draw(DIGITS[0])
    ready_page.wait_until_read(1)
    image = ready_page.page.get_by_test_id("network-view")
    data = image.evaluate("c => [c.width, c.height, ...c.getContext('2d').getImageData(0, 0, 28, 28).data]")
    assert data[:2] == [28, 28]
    levels = data[2::4]
    assert max(levels) == 255
    assert levels[14 * 28 + 14] == 0, "the middle of a 0 is empty"


def test_nothing_drawn_nothing_predicted(ready_page):
    expect(ready_page.prediction).to_have_text("")
    expect(ready_page.predict).to_be_disabled()
    expect(ready_page.undo).to_be_disabled()
    expect(ready_page.clear).to_be_disabled()
    assert ready_page.probabilities() == [0] * 10
    ready_page.page.keyboard.press("Control+z")
    ready_page.page.keyboard.press("Escape")
    expect(ready_page.pad).to_have_attribute("data-strokes", "0")
    expect(ready_page.prediction).to_have_text("")


def test_it_reads_as_one_draws_before_the_stroke_ends(ready_page):
    mouse = ready_page.page.mouse
    (first, *rest) = ready_page.place(DIGITS[0])[0]
    mouse.move(*first)
    mouse.down()
    for point in rest:
        mouse.move(*point)
    expect(ready_page.prediction).to_have_text("0")
    expect(ready_page.pad).to_have_attribute("data-strokes", "1")
    expect(ready_page.prediction).to_have_attribute("data-strokes", "0")
    mouse.up()
    assert ready_page.wait_until_read(1) == "0"


def test_a_reading_of_other_ink_is_never_taken_for_the_newest(ready_page):
    ready_page.draw(DIGITS[5])
    ready_page.wait_until_read(2)
    shown = ready_page.page.evaluate("""() => {
        const [pad, undo, prediction] = ['pad', 'undo', 'prediction'].map(
            (id) => document.querySelector(`[data-testid="${id}"]`));
        const at = { pointerId: 1, pointerType: 'mouse', clientX: 200, clientY: 300 };
        undo.click();
        pad.dispatchEvent(new PointerEvent('pointerdown', at));
        pad.dispatchEvent(new PointerEvent('pointerup', at));
        return [pad.dataset.strokes, prediction.dataset.strokes];
    }""")
    assert shown[0] == "2"
    assert shown[1] != "2"
    ready_page.wait_until_read(2)


def test_predict_reads_again(ready_page):
    ready_page.draw(DIGITS[6])
    ready_page.wait_until_read(1)
    ready_page.prediction.evaluate("element => { element.textContent = 'altered'; }")
    ready_page.predict.click()
    expect(ready_page.prediction).to_have_text("6")


def test_undo_and_clear(ready_page):
    upper, stem = DIGITS[4]
    ready_page.draw_with_mouse([upper, stem])
    assert ready_page.wait_until_read(2) == "4"
    ready_page.undo.click()
    expect(ready_page.pad).to_have_attribute("data-strokes", "1")
    ready_page.wait_until_read(1)
    ready_page.page.keyboard.press("Control+z")
    assert ready_page.wait_until_read(0) == ""
    ready_page.draw_with_mouse(DIGITS[5])
    ready_page.wait_until_read(2)
    ready_page.page.keyboard.press("Escape")
    assert ready_page.wait_until_read(0) == ""
    expect(ready_page.confidence).to_have_text("")
    assert ready_page.probabilities() == [0] * 10


def test_a_dot_and_a_shapeless_dash_are_no_errors(ready_page):
    ready_page.draw_with_mouse([[[0, 0]]])
    ready_page.wait_until_read(1)
    ready_page.clear.click()
    ready_page.draw_with_mouse([[[0, 0], [0.001, 0]]])
    ready_page.wait_until_read(1)


def test_a_stroke_may_leave_the_pad_and_come_back(ready_page):
    ready_page.draw_with_mouse(DIGITS[8], size=1.3)
    assert ready_page.wait_until_read(1) == "8"


def test_a_stroke_may_end_outside_the_pad(ready_page):
    ready_page.draw_with_mouse(DIGITS[7], size=0.8, y=0.8)
    assert ready_page.wait_until_read(1) == "7"


def test_only_the_main_button_draws(ready_page):
    box = ready_page.pad.bounding_box()
    ready_page.page.mouse.move(box["x"] + 50, box["y"] + 50)
    ready_page.page.mouse.down(button="right")
    ready_page.page.mouse.move(box["x"] + 90, box["y"] + 90)
    ready_page.page.mouse.up(button="right")
    expect(ready_page.pad).to_have_attribute("data-strokes", "0")


def test_a_second_finger_does_not_spoil_a_stroke(touch_page):
    [stroke] = touch_page.place(DIGITS[2])
    box = touch_page.pad.bounding_box()
    other = [box["x"] + 20, box["y"] + box["height"] - 20]
    with TouchScreen(touch_page.page) as screen:
        screen.touch({0: stroke[0]}, "touchStart")
        for point in stroke[1:12]:
            screen.touch({0: point}, "touchMove")
        screen.touch({0: stroke[12], 1: other}, "touchStart")
        for i, point in enumerate(stroke[13:20]):
            screen.touch({0: point, 1: [other[0] + 5 * i, other[1]]}, "touchMove")
        screen.touch({0: stroke[20]}, "touchMove")  # the second finger has lifted
        for point in stroke[21:]:
            screen.touch({0: point}, "touchMove")
        screen.touch({}, "touchEnd")
    assert touch_page.wait_until_read(1) == "2"


def test_drawing_never_scrolls_the_page_and_the_page_still_scrolls(open_page, server):
    page = open_page(server.url, viewport={"width": 360, "height": 420}, has_touch=True).wait_until_ready()
    assert page.page.evaluate("document.documentElement.scrollHeight > innerHeight + 100")
    page.page.evaluate("scrollTo(0, 0)")
    # The pad takes touches from the page twice over; the other half is what iOS Safari needs.
    expect(page.pad).to_have_css("touch-action", "none")
    box = page.pad.bounding_box()
    middle = box["x"] + box["width"] / 2
    page.draw_with_touch([[[0, 100 - 5 * i] for i in range(21)]], size=0.8)
    page.wait_until_read(1)
    assert page.page.evaluate("scrollY") == 0
    with TouchScreen(page.page) as screen:  # a finger on the bars scrolls
        below = box["y"] + box["height"] + 70
        screen.touch({0: [middle, below]}, "touchStart")
        for i in range(1, 21):
            screen.touch({0: [middle, below - 8 * i]}, "touchMove")
        screen.touch({}, "touchEnd")
    page.page.wait_for_function("scrollY > 50")
    expect(page.pad).to_have_attribute("data-strokes", "1")


def test_the_pad_is_as_sharp_as_the_screen(ready_page, touch_page):
    for page, density in ((ready_page, 1), (touch_page, 3)):
        canvas = page.pad.locator("canvas")
        pixels, width = canvas.evaluate("canvas => [canvas.width, canvas.getBoundingClientRect().width]")
        assert pixels == round(width * density)


def test_the_pad_follows_the_screen_to_another_density(open_page, server):
    ready_page = open_page(server.url)
    canvas = ready_page.pad.locator("canvas")
    before = canvas.evaluate("canvas => canvas.width")
    session = ready_page.page.context.new_cdp_session(ready_page.page)
    same_size = {"width": 900, "height": 800, "mobile": False}
    session.send("Emulation.setDeviceMetricsOverride", {**same_size, "deviceScaleFactor": 3})
    ready_page.draw(DIGITS[1])
    expect(canvas).to_have_js_property("width", 3 * before)


def test_buttons_keep_the_keyboards_focus(ready_page):
    ready_page.draw(DIGITS[3])
    ready_page.wait_until_read(1)
    ready_page.clear.focus()
    ready_page.page.keyboard.press("Enter")
    assert ready_page.wait_until_read(0) == ""
    expect(ready_page.clear).to_be_focused()


def test_a_screen_reader_says_once_what_was_read(ready_page):
    ready_page.listen_to_announcements()
    ready_page.draw(DIGITS[3])
    ready_page.wait_until_read(1)
    [said] = ready_page.announcements()
    assert said.startswith("3 ") and said.endswith("% sure")


def test_ink_survives_a_resize(open_page, server):
    ready_page = open_page(server.url).wait_until_ready()
    ready_page.draw(DIGITS[9])
    assert ready_page.wait_until_read(1) == "9"
    before = ready_page.probabilities()
    ready_page.page.set_viewport_size({"width": 420, "height": 700})
    ready_page.predict.click()
    assert ready_page.wait_until_read(1) == "9"
    assert ready_page.probabilities() == before
    painted = ready_page.pad.evaluate(
        "pad => { const c = pad.querySelector('canvas');"
        " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0); }"
    )
    assert painted


def test_what_is_drawn_while_loading_is_read_once_loaded(open_page, server):
    page = open_page()
    gate = []
    page.page.route("**/*.bin", lambda route: gate.append(route))
    page.open(server.url)
    page.draw_with_mouse(DIGITS[7])
    expect(page.pad).to_have_attribute("data-strokes", "1")
    expect(page.status).to_have_attribute("data-state", "loading")
    expect(page.prediction).to_have_text("")
    for route in gate:
        route.continue_()
    page.page.unroute("**/*.bin")
    page.wait_until_ready()
    assert page.wait_until_read(1) == "7"
