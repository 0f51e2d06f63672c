"""The question and the panel at every size: in the window, large enough for a finger, told in all colours."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.teaching import Teacher
from tests.browser.written import largest, written

SIZES = [(320, 256), (360, 740), (1280, 800)]
MORE = [(320, 568), (640, 400), (768, 1024), (844, 390), (2560, 1440)]
FINGER = 44  # CSS pixels

TARGETS = """(dialog) => [...dialog.querySelectorAll('button, label')].filter((one) => one.offsetParent)
    .map((one) => [one.innerText, one.getBoundingClientRect()])
    .map(([name, { width, height }]) => [name, Math.min(width, height)])"""


def assert_fits_a_finger(dialog):
    small = [target for target in dialog.evaluate(TARGETS) if target[1] < FINGER]
    assert small == []


@pytest.mark.parametrize(
    ("width", "height"), [*SIZES, *(pytest.param(*size, marks=pytest.mark.slow) for size in MORE)]
)
def test_the_question_stands_in_the_window_beside_its_digit(shared_page, width, height):
    page = shared_page()
    before = page.page.viewport_size
    page.page.set_viewport_size({"width": width, "height": height})
    try:
        strokes = written("2026")
        assert page.read(strokes, size=largest(page, strokes, 0.8)) == "2026"
        question = page.page.get_by_test_id("ask-digit")
        for index in (0, 3):
            page.label(index).press("Enter")
            page.page.wait_for_function(
                "() => document.querySelector('[data-testid=ask-digit]').getAnimations().length === 0"
            )
            box, label = question.bounding_box(), page.label(index).bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width
            assert box["y"] >= 0 and box["y"] + box["height"] <= height
            assert not question.evaluate(
                "one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight"
            )
            assert_fits_a_finger(question)
            if height > 500:
                assert overlap(box, label) == 0
                assert gap(box, label) < 12
            page.page.keyboard.press("Escape")
            expect(question).to_have_count(0)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.page.set_viewport_size(before)


def gap(one, other):
    """Return how far two boxes are apart."""
    across = max(one["x"] - other["x"] - other["width"], other["x"] - one["x"] - one["width"])
    down = max(one["y"] - other["y"] - other["height"], other["y"] - one["y"] - one["height"])
    return max(across, down)


def overlap(one, other):
    """Return the area that two boxes share."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return max(across, 0) * max(down, 0)


def test_the_question_moves_with_the_window(shared_page):
    page = shared_page()
    page.read(6, x=0.9)
    page.label(0).press("Enter")
    page.page.set_viewport_size({"width": 400, "height": 800})
    page.page.wait_for_function(
        "() => document.querySelector('[data-testid=ask-digit]').getBoundingClientRect().right <= innerWidth"
    )
    page.page.keyboard.press("Escape")
    expect(page.page.get_by_test_id("ask-digit")).to_have_count(0)
    page.page.set_viewport_size({"width": 900, "height": 800})


@pytest.mark.slow
def test_a_finger_forgets_by_two_taps_and_everything_fits_it(new_teacher):
    teacher = new_teacher(**PHONE, is_mobile=True)
    messages = teacher.page.record_messages()
    teacher.teach_sevens(13)
    teacher.teach(2, 2)
    teacher.open_panel()
    expect(teacher.after).to_have_text("14 of 14")
    assert_fits_a_finger(teacher.panel)
    assert not teacher.panel.evaluate("panel => panel.scrollWidth > panel.clientWidth")
    expect(teacher.forms).to_have_count(13)
    teacher.panel.get_by_role("button", name="1 more").tap()
    expect(teacher.forms).to_have_count(14)
    teacher.forms.nth(3).tap()
    teacher.forms.nth(5).tap()
    expect(teacher.forms.nth(5).locator(".cross")).to_be_visible()
    expect(teacher.forms.nth(3).locator(".cross")).to_be_hidden()
    expect(teacher.forms).to_have_count(14)
    teacher.forms.nth(5).tap()
    expect(teacher.forms).to_have_count(13)
    teacher.undo_forget.tap()
    expect(teacher.forms).to_have_count(14)
    teacher.forget_all.tap()
    assert_fits_a_finger(teacher.panel)
    teacher.page.page.touchscreen.tap(2, 2)  # beside the panel
    expect(teacher.panel).to_have_count(0)
    assert messages == []


def test_in_forced_colours_what_is_likely_and_what_is_right_can_be_told(new_teacher):
    teacher: Teacher = new_teacher(forced_colors="active")
    teacher.teach(2, 2)
    teacher.teach(7, 3)
    teacher.ask()
    border = "key => getComputedStyle(key).borderTopWidth + getComputedStyle(key).borderTopColor"
    likely = teacher.question.locator(".likely").first.evaluate(border)
    assert likely != teacher.question.locator("button:not(.likely)").first.evaluate(border)
    teacher.keyboard.press("Escape")
    expect(teacher.question).to_have_count(0)
    teacher.open_panel()
    fill = "rect => getComputedStyle(rect).fill"
    expect(teacher.after).not_to_have_text("")
    parts = [teacher.panel.locator(f".meter .{part}").first.evaluate(fill) for part in ("whole", "right")]
    system = teacher.panel.evaluate(
        "panel => [getComputedStyle(panel).backgroundColor, getComputedStyle(panel).color]"
    )
    assert parts == system and parts[0] != parts[1]
    expect(teacher.mine).to_be_checked()


@pytest.mark.parametrize(
    ("locale", "question", "learnt"),
    [("de-DE", "Was ist es?", "Von dir gelernt (1)"), ("es-ES", "¿Qué es?", "Aprendido de ti (1)")],
)
def test_it_speaks_the_language_of_the_browser(new_teacher, locale, question, learnt):
    teacher = new_teacher(locale=locale)
    teacher.draw(4)
    teacher.ask()
    expect(teacher.question).to_contain_text(question)
    expect(teacher.question).to_have_accessible_name(question)
    teacher.choice(9).click()
    expect(teacher.learning).to_have_text(learnt)
    teacher.open_panel()
    teacher.forget_all.click()
    assert_fits_a_finger(teacher.panel)
