"""Numbers drawn on the page: read, selected digit by digit, taken apart again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import CASES, DIGITS, DigitpadPage
from tests.browser.written import BARRED_SEVEN, in_a_row, joined, largest, written


@pytest.fixture
def ready_page(open_page, server):
    page = open_page(server.url, viewport={"width": 1280, "height": 800})
    errors = page.record_errors()
    yield page.wait_until_ready()
    assert errors == []


def draw(page: DigitpadPage, strokes, **where) -> str:
    """Draw on an empty pad as large as fits, and give what was read."""
    page.draw_with_mouse(strokes, **{"size": largest(page, strokes), **where})
    return page.wait_until_read(len(strokes))


def digit_button(page: DigitpadPage, index: int):
    return page.prediction.get_by_role("button").nth(index)


@pytest.mark.parametrize("text", ["10", "100", "2026", "11", "417"])
def test_a_number_is_read(ready_page, text):
    assert draw(ready_page, written(text)) == text


def test_twelve_digits_in_a_row(ready_page):
    assert draw(ready_page, written("475201389624")) == "475201389624"


@pytest.mark.parametrize(("size", "x", "y"), [(0.25, 0.2, 0.2), (0.5, 0.7, 0.8), (1.2, 0.5, 0.5)])
def test_a_number_is_read_anywhere_and_at_any_size(ready_page, size, x, y):
    assert draw(ready_page, written("405"), size=size, x=x, y=y) == "405"


def test_a_number_is_read_on_a_phone(open_page, server):
    page = open_page(server.url, viewport={"width": 360, "height": 740}, has_touch=True).wait_until_ready()
    strokes = written("2026")
    page.draw_with_touch(strokes, size=largest(page, strokes))
    assert page.wait_until_read(len(strokes)) == "2026"
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_stem_flag_and_bar_may_come_last(ready_page):
    rows = in_a_row([DIGITS[4], DIGITS[5], BARRED_SEVEN, DIGITS[9]])
    strokes = [digit[0] for digit in rows] + [digit[1] for digit in rows if len(digit) > 1]
    assert draw(ready_page, strokes) == "4579"


def test_the_pad_is_wide_where_there_is_room(open_page, server):
    for viewport, wide in [((1280, 800), True), ((740, 360), True), ((360, 740), False)]:
        page = open_page(server.url, viewport={"width": viewport[0], "height": viewport[1]})
        box = page.pad.bounding_box()
        assert (box["width"] > 1.4 * box["height"]) == wide
        assert box["height"] >= 200


def test_confidence_is_the_numbers_and_bars_are_the_selected_digits(ready_page):
    assert draw(ready_page, written("305")) == "305"
    product = 1.0
    for index, digit in enumerate("305"):
        digit_button(ready_page, index).click()
        probabilities = ready_page.probabilities()
        assert max(probabilities) == probabilities[int(digit)]
        product *= max(probabilities)
    assert float(ready_page.confidence.get_attribute("data-value")) == pytest.approx(product, abs=1e-6)
    assert ready_page.confidence.inner_text().endswith("% sure")


def test_the_network_view_shows_the_selected_digit(ready_page):
    view = "view => Array.from(view.getContext('2d').getImageData(0, 0, 28, 28).data)"
    network_view = ready_page.page.get_by_test_id("network-view")
    assert draw(ready_page, written("07")) == "07"
    seen = []
    for index in (0, 1):
        digit_button(ready_page, index).click()
        seen.append(network_view.evaluate(view))
    assert seen[0][4 * (14 * 28 + 14)] == 0, "the middle of a 0 is empty"
    assert seen[0] != seen[1]


def test_the_digit_drawn_last_is_selected(ready_page):
    first, second = in_a_row([DIGITS[8], DIGITS[3]])
    assert draw(ready_page, [*second, *first]) == "83"
    expect(digit_button(ready_page, 0)).to_have_attribute("aria-pressed", "true")
    expect(digit_button(ready_page, 1)).to_have_attribute("aria-pressed", "false")


def test_reading_again_keeps_the_selected_digit(ready_page):
    assert draw(ready_page, written("83")) == "83"
    digit_button(ready_page, 0).click()
    ready_page.predict.click()
    ready_page.wait_until_read(2)
    expect(digit_button(ready_page, 0)).to_have_attribute("aria-pressed", "true")


def test_digits_are_selected_and_deleted_by_keyboard(ready_page):
    assert draw(ready_page, written("142")) == "142"
    digit_button(ready_page, 2).focus()
    ready_page.page.keyboard.press("ArrowLeft")
    expect(digit_button(ready_page, 1)).to_be_focused()
    expect(digit_button(ready_page, 1)).to_have_attribute("aria-pressed", "true")
    assert ready_page.probabilities()[4] > 0.5
    ready_page.page.keyboard.press("Delete")
    assert ready_page.wait_until_read(2) == "12"  # both strokes of the 4 are gone
    ready_page.page.keyboard.press("Control+z")
    assert ready_page.wait_until_read(4) == "142"
    ready_page.page.keyboard.press("Home")
    expect(digit_button(ready_page, 0)).to_be_focused()


def test_a_digit_is_deleted_by_its_button(ready_page):
    delete = ready_page.page.get_by_test_id("delete-digit")
    expect(delete).to_be_hidden()
    assert draw(ready_page, written("56")) == "56"
    digit_button(ready_page, 0).click()
    delete.click()
    assert ready_page.wait_until_read(1) == "6"
    expect(delete).to_be_hidden()
    expect(ready_page.prediction.get_by_role("button")).to_have_count(0)


def test_digits_of_one_stroke_are_read_and_deleted_one_by_one(ready_page):
    assert draw(ready_page, joined("620")) == "620"
    digit_button(ready_page, 1).click()
    assert ready_page.probabilities()[2] > 0.9
    ready_page.page.get_by_test_id("delete-digit").click()
    assert ready_page.wait_until_read(2) == "60"
    ready_page.page.keyboard.press("Control+z")
    assert ready_page.wait_until_read(1) == "620"


def test_lines_are_read_from_the_top(ready_page):
    below = [[[x, y + 190] for x, y in stroke] for stroke in written("94")]
    assert draw(ready_page, [*below, *written("70")]) == "7094"
    digit_button(ready_page, 3).click()
    ready_page.page.get_by_test_id("delete-digit").click()
    assert ready_page.wait_until_read(3) == "709"


def test_undo_takes_strokes_of_a_number_one_by_one(ready_page):
    assert draw(ready_page, written("14")) == "14"
    ready_page.undo.click()
    ready_page.wait_until_read(2)
    ready_page.undo.click()
    assert ready_page.wait_until_read(1) == "1"


def test_a_digit_that_is_none_is_a_question_mark_in_the_number(ready_page):
    scribble = next(case["strokes"] for case in CASES if case["name"] == "scribble")
    strokes = [stroke for digit in in_a_row([DIGITS[3], scribble]) for stroke in digit]
    assert draw(ready_page, strokes) == "3?"
    expect(ready_page.confidence).to_have_text("unsure")
    expect(ready_page.explanation).not_to_be_empty()  # of the scribble, drawn last
    digit_button(ready_page, 0).click()
    expect(ready_page.explanation).to_be_empty()


def test_each_digit_says_what_it_is_to_a_screen_reader(ready_page):
    ready_page.listen_to_announcements()
    assert draw(ready_page, written("90")) == "90"
    expect(digit_button(ready_page, 0)).to_have_accessible_name("9, 100% sure, digit 1 of 2")
    assert ready_page.announcements()[-1].startswith("90 ")


def test_ink_of_a_wide_pad_stays_in_sight_on_a_narrow_one(ready_page):
    strokes = written("2026")
    assert draw(ready_page, strokes) == "2026"
    ready_page.page.set_viewport_size({"width": 400, "height": 740})
    ready_page.page.wait_for_timeout(300)
    last = ready_page.pad.evaluate("""pad => {
        const canvas = pad.querySelector('canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const rightmost = data.reduce((most, value, i) => (i % 4 === 3 && value > 200
            ? Math.max(most, ((i - 3) / 4) % canvas.width) : most), 0);
        return rightmost / canvas.width;
    }""")
    assert 0.8 < last < 1, "the 6 ends near the right edge, and not beyond it"
    box = ready_page.pad.bounding_box()
    ready_page.move_mouse([[box["x"] + 100, box["y"] + 200], [box["x"] + 100, box["y"] + 260]])
    drawn = ready_page.pad.evaluate("pad => pad.ink.at(-1)")
    assert drawn[1][1] - drawn[0][1] > 60 / box["height"], "in the ink's own, smaller unit"


def test_kept_out_writers_numbers(open_page, server, pen_strokes, capsys):
    """The writers who validate; the table that counts is `python -m tests.bench_numbers`."""
    from tests.bench_numbers import read_numbers, split_by_mistake
    from tests.browser.api_calls import import_api
    from tests.numbers.compose import compose_numbers
    from training.data.ink_digits import read_ink

    digits = read_ink(pen_strokes).validation
    page = open_page(server.url + "api/none").page
    import_api(page)
    kinds = {"spaced": ({}, 200, 0.95), "touching": ({"touching": True}, 200, 0.9)}
    kinds["joined"] = ({"joined": True}, 60, 0.5)
    for kind, (how, count, floor) in kinds.items():
        reads = read_numbers(page, compose_numbers(digits, count, 3, **{"touching": False, **how}))
        right = sum(read.text == read.number.text for read in reads) / len(reads)
        with capsys.disabled():
            print(f"\n{kind} numbers of kept-out ink: {right:.1%} right")
        assert right >= floor
    several = [digit for digit in digits if len(digit.strokes) > 1]
    assert len(split_by_mistake(page, several)) <= 0.002 * len(digits)
