"""Drawing on the page, and what is read; with real mouse and touch input where the pointer is tested."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.digitpad_page import DIGITS


@pytest.fixture
def touch_page(shared_page):
    return shared_page(**PHONE)


@pytest.mark.parametrize(("touch", "digits"), [(False, (4, 6)), (True, (5, 1))], ids=["mouse", "finger"])
def test_digits_drawn_by_a_real_pointer_are_read(shared_page, touch, digits):
    page = shared_page(**PHONE if touch else {})
    for digit in digits:
        page.draw_by_pointer(DIGITS[digit], touch)
        assert page.wait_until_read(len(DIGITS[digit])) == str(digit)
        page.clear.click()


def test_all_that_the_page_shows_of_a_digit_tells_the_same(ready_page):
    ready_page.listen_to_announcements()
    ready_page.draw(DIGITS[3])
    assert ready_page.wait_until_read(1) == "3"
    shown = ready_page.shown()
    assert len(shown.probabilities) == 10
    assert abs(sum(shown.probabilities) - 1) < 1e-4
    assert max(shown.probabilities) == shown.probabilities[3]
    assert shown.confidence == pytest.approx(shown.probabilities[3], abs=1e-6)
    assert ready_page.confidence.inner_text() == "Sure"
    assert shown.explanation == ""
    assert max(shown.levels) == 255
    view = ready_page.page.get_by_test_id("network-view")
    assert view.evaluate("view => [view.width, view.height]") == [28, 28]
    [said] = ready_page.announcements()
    assert said == "3 Sure"


def test_read_again_the_same_is_laid_out_no_second_time(ready_page):
    """The page reads with each movement of the pen: what stays the same must not cost it a layout."""
    assert ready_page.read(3) == "3"
    changed = ready_page.page.evaluate("""async () => {
        const of = (id) => document.querySelector(`[data-testid="${id}"]`);
        const changes = [];
        await new Promise((done) => {
            const observer = new MutationObserver((records) => {
                for (const { type, attributeName } of records) changes.push(attributeName ?? type);
                if (changes.includes('data-probability')) done();
            });
            const how = { attributes: true, characterData: true, childList: true, subtree: true };
            const parts = ['bars', 'prediction', 'confidence', 'explanation'].map(of);
            for (const part of parts) observer.observe(part, how);
            of('menu').click();
            of('predict').click();
        });
        return changes;
    }""")
    assert not {"childList", "characterData", "style", "class"} & set(changed)


def test_an_empty_sheet_has_no_controls_that_do_nothing(open_page, server):
    page = open_page(server.url).wait_until_ready()
    box, mouse = page.pad.bounding_box(), page.page.mouse
    mouse.move(box["x"] + 50, box["y"] + 50)
    mouse.down(button="right")  # only the main button draws
    mouse.move(box["x"] + 90, box["y"] + 90)
    mouse.up(button="right")
    page.page.keyboard.press("Control+z")
    assert page.wait_until_read(0) == ""
    for button in (page.undo, page.redo, page.clear, page.page.get_by_test_id("correct")):
        expect(button).to_be_hidden()
    assert page.probabilities() == [0] * 10
    page.draw(DIGITS[1])
    expect(page.clear).to_be_visible()
    expect(page.redo).to_have_attribute("aria-disabled", "true")


def test_it_reads_as_one_draws_before_the_stroke_ends(ready_page):
    mouse = ready_page.page.mouse
    [stroke] = ready_page.place(DIGITS[0])
    mouse.move(*stroke[0])
    mouse.down()
    for point in stroke:
        mouse.move(*point)
    expect(ready_page.bars.locator('[data-digit="0"]')).to_have_class("bar likeliest")
    expect(ready_page.pad).to_have_attribute("data-strokes", "1")
    expect(ready_page.prediction).to_have_attribute("data-strokes", "0")
    expect(ready_page.prediction).to_be_empty()  # words wait until the pen rests
    mouse.up()
    assert ready_page.wait_until_read(1) == "0"


def test_a_reading_of_other_ink_is_never_taken_for_the_newest(ready_page):
    ready_page.draw(DIGITS[5])
    ready_page.wait_until_read(2)
    shown = ready_page.page.evaluate("""() => {
        const of = (id) => document.querySelector(`[data-testid="${id}"]`);
        const at = { pointerId: 1, pointerType: 'mouse', clientX: 200, clientY: 300 };
        of('undo').click();
        for (const kind of ['pointerdown', 'pointerup']) of('pad').dispatchEvent(new PointerEvent(kind, at));
        return [of('pad').dataset.strokes, of('prediction').dataset.strokes];
    }""")
    assert shown[0] == "2" != shown[1]
    ready_page.wait_until_read(2)


def test_undo_redo_and_clear(ready_page):
    ready_page.draw_by_pointer(DIGITS[4])
    assert ready_page.wait_until_read(2) == "4"
    ready_page.undo.click()
    ready_page.wait_until_read(1)
    ready_page.page.keyboard.press("Control+z")
    assert ready_page.wait_until_read(0) == ""
    for _ in range(2):
        ready_page.redo.click()
    assert ready_page.wait_until_read(2) == "4"
    ready_page.clear.focus()
    ready_page.page.keyboard.press("Enter")
    assert ready_page.wait_until_read(0) == ""
    expect(ready_page.confidence).to_have_text("")
    assert ready_page.probabilities() == [0] * 10
    expect(ready_page.page.get_by_test_id("announcement")).to_have_text("Cleared.")
    ready_page.page.get_by_test_id("toast-undo").click()
    assert ready_page.wait_until_read(2) == "4"
    ready_page.page.keyboard.press("Escape")
    assert ready_page.wait_until_read(2) == "4"


@pytest.mark.parametrize(("digit", "where"), [(8, {"size": 1.3}), (7, {"size": 0.8, "y": 0.8})])
def test_a_stroke_may_leave_the_pad_and_come_back_or_end_outside(ready_page, digit, where):
    ready_page.draw_by_pointer(DIGITS[digit], **where)
    assert ready_page.wait_until_read(1) == str(digit)


def test_a_second_finger_that_rests_does_not_spoil_a_stroke(touch_page):
    [stroke] = touch_page.place(DIGITS[2])
    box = touch_page.pad.bounding_box()
    other = [box["x"] + 20, box["y"] + box["height"] - 20]
    touch_page.touch("touchStart", stroke[0])
    for point in stroke[:12]:
        touch_page.touch("touchMove", point)
    touch_page.touch("touchStart", stroke[12], other)
    for i, point in enumerate(stroke[13:20]):
        touch_page.touch("touchMove", point, [other[0] + i, other[1]])
    for point in stroke[20:]:  # the second finger has lifted
        touch_page.touch("touchMove", point)
    touch_page.touch("touchEnd")
    assert touch_page.wait_until_read(1) == "2"


def test_the_pad_is_as_sharp_as_the_screen_and_follows_it_to_another(open_page, server):
    page = open_page(server.url, **PHONE)
    page.draw(DIGITS[1])
    canvas = page.pad.locator("canvas").first
    width = canvas.bounding_box()["width"]
    expect(canvas).to_have_js_property("width", round(3 * width))
    screen = PHONE["viewport"] | {"mobile": False, "deviceScaleFactor": 1}
    page.devtools.send("Emulation.setDeviceMetricsOverride", screen)
    page.draw(DIGITS[1])
    expect(canvas).to_have_js_property("width", round(width))
