"""Numbers drawn on the page: read, selected digit by digit, taken apart again."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.digitpad_page import DIGITS, SCRIBBLE, DigitpadPage
from tests.browser.written import in_a_row, joined, largest, written


@pytest.fixture
def ready_page(shared_page):
    return shared_page(viewport={"width": 1280, "height": 800})


def draw(page: DigitpadPage, strokes) -> str:
    """Draw on an empty pad as large as fits, and return what was read."""
    return page.read(strokes, size=largest(page, strokes))


def test_numbers_are_read_anywhere_and_at_any_size(ready_page):
    for text in ("10", "100", "2026", "11", "417", "475201389624"):
        assert draw(ready_page, written(text)) == text
    for size, x, y in [(0.25, 0.2, 0.2), (0.5, 0.7, 0.8), (1.2, 0.5, 0.5)]:
        assert ready_page.read(written("405"), size=size, x=x, y=y) == "405", (size, x, y)


@pytest.mark.slow
def test_a_number_drawn_with_a_finger_is_read_on_a_phone(shared_page):
    page = shared_page(**PHONE)
    strokes = written("26")
    page.draw_by_pointer(strokes, touch=True, size=largest(page, strokes))
    assert page.wait_until_read(len(strokes)) == "26"
    assert draw(page, written("2026")) == "2026"
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_confidence_is_the_numbers_bars_and_view_are_the_selected_digits(ready_page):
    assert draw(ready_page, written("305")) == "305"
    product, views = 1.0, []
    for index, digit in enumerate("305"):
        ready_page.select(index)
        shown = ready_page.shown()
        assert max(shown.probabilities) == shown.probabilities[int(digit)]
        product *= max(shown.probabilities)
        views.append(shown.levels)
    assert shown.confidence == pytest.approx(product, abs=1e-6)
    assert ready_page.confidence.inner_text() == "Sure"
    assert views[1][14 * 28 + 14] == 0, "the middle of a 0 is empty"
    assert views[0] != views[1] != views[2]


def test_the_digit_drawn_last_is_selected_and_reading_again_keeps_the_selection(ready_page):
    first, second = in_a_row([DIGITS[8], DIGITS[3]])
    assert draw(ready_page, [*second, *first]) == "83"
    expect(ready_page.label(0)).to_have_attribute("aria-current", "true")
    expect(ready_page.label(1)).to_have_attribute("aria-current", "false")
    ready_page.select(1)
    ready_page.from_menu("predict")
    ready_page.wait_until_read(2)
    expect(ready_page.label(1)).to_have_attribute("aria-current", "true")


def test_digits_are_selected_and_deleted_by_keyboard(ready_page):
    assert draw(ready_page, written("142")) == "142"
    ready_page.select(2)
    ready_page.page.keyboard.press("ArrowLeft")
    expect(ready_page.label(1)).to_be_focused()
    expect(ready_page.label(1)).to_have_attribute("aria-current", "true")
    assert ready_page.probabilities()[4] > 0.5
    ready_page.page.keyboard.press("Delete")
    assert ready_page.wait_until_read(2) == "12"  # both strokes of the 4 are gone
    expect(ready_page.label(1)).to_be_focused()  # its neighbour
    ready_page.page.keyboard.press("Control+z")
    assert ready_page.wait_until_read(4) == "142"
    ready_page.page.keyboard.press("Home")
    expect(ready_page.label(0)).to_be_focused()


def test_a_digit_is_deleted_where_it_is_corrected(ready_page):
    assert draw(ready_page, written("56")) == "56"
    ready_page.label(0).click()
    ready_page.page.get_by_test_id("delete-digit").click()
    assert ready_page.wait_until_read(1) == "6"
    expect(ready_page.page.get_by_test_id("digit")).to_have_count(1)


def test_digits_of_one_stroke_are_read_and_deleted_one_by_one(ready_page):
    assert draw(ready_page, joined("620")) == "620"
    ready_page.select(1)
    assert ready_page.probabilities()[2] > 0.9
    ready_page.page.keyboard.press("Delete")
    assert ready_page.wait_until_read(2) == "60"
    ready_page.page.keyboard.press("Control+z")
    assert ready_page.wait_until_read(1) == "620"


def test_lines_are_read_from_the_top(ready_page):
    below = [[[x, y + 190] for x, y in stroke] for stroke in written("94")]
    assert draw(ready_page, [*below, *written("70")]) == "7094"
    ready_page.undo.click()
    assert ready_page.wait_until_read(4) == "794"


def test_a_digit_that_is_none_is_a_question_mark_in_the_number(ready_page):
    strokes = [stroke for digit in in_a_row([DIGITS[3], SCRIBBLE]) for stroke in digit]
    assert draw(ready_page, strokes) == "3?"
    expect(ready_page.confidence).to_have_text("Not sure")
    expect(ready_page.explanation).not_to_be_empty()  # of the scribble, drawn last
    ready_page.select(0)
    expect(ready_page.explanation).to_be_empty()


def test_each_digit_says_what_it_is_to_a_screen_reader(ready_page):
    ready_page.listen_to_announcements()
    assert draw(ready_page, written("90")) == "90"
    expect(ready_page.label(0)).to_have_accessible_name("9, digit 1 of 2. Correct it")
    assert ready_page.announcements()[-1].startswith("90 ")


def test_ink_of_a_wide_pad_stays_in_sight_and_reads_the_same_on_a_narrow_one(open_page, server):
    page = open_page(server.url, viewport={"width": 1280, "height": 800}).wait_until_ready()
    assert draw(page, written("2026")) == "2026"
    before = page.probabilities()
    page.page.set_viewport_size({"width": 400, "height": 740})
    # Painted by the next frame but one: the pad hears of its new size before the first.
    last = page.pad.evaluate("""async (pad) => {
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
        const canvas = pad.shadowRoot.querySelector('canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const rightmost = data.reduce((most, value, i) => (i % 4 === 3 && value > 200
            ? Math.max(most, ((i - 3) / 4) % canvas.width) : most), 0);
        return rightmost / canvas.width;
    }""")
    assert 0.8 < last < 1, "the 6 ends near the right edge, and not beyond it"
    page.prediction.evaluate("element => { element.textContent = 'altered'; }")
    page.from_menu("predict")
    expect(page.prediction).to_have_text("2026")
    assert page.probabilities() == before
    box = page.pad.bounding_box()
    page.move([[box["x"] + 100, box["y"] + 200], [box["x"] + 100, box["y"] + 260]])
    drawn = page.pad.evaluate("pad => pad.ink.at(-1)")
    assert drawn[1][1] - drawn[0][1] > 60 / 400, "the ink is shown smaller than it is"


@pytest.mark.parametrize(
    ("how", "count", "floor"),
    [
        ({}, 60, 0.93),
        pytest.param({"touching": True}, 60, 0.85, marks=pytest.mark.slow),
        pytest.param({"joined": True}, 40, 0.5, marks=pytest.mark.slow),
        pytest.param({"lines": True}, 30, 0.85, marks=pytest.mark.slow),
    ],
)
def test_numbers_of_writers_who_validate_are_read(api, pen_digits, how, count, floor):
    """A sample: `make bench PART=numbers` writes a thousand of each kind."""
    from tests.bench.numbers import read_numbers
    from tests.numbers.compose import compose_lines, compose_numbers

    if "lines" in how:
        numbers = compose_lines(pen_digits.validation, count, 3)
    else:
        numbers = compose_numbers(pen_digits.validation, count, 3, **{"touching": False, **how})
    reads = read_numbers(api, numbers)
    assert sum(read.text == read.number.text for read in reads) >= floor * count


def test_a_digit_alone_is_hardly_ever_read_as_two(api, pen_digits):
    from tests.bench.numbers import split_by_mistake

    digits = pen_digits.validation
    several = [digit for digit in digits if len(digit.strokes) > 1]
    assert len(split_by_mistake(api, several)) <= 0.002 * len(digits)
