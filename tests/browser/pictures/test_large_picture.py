"""One picture, large: its digits are corrected and reached by the keyboard."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.bad_pictures import drawn_one, encode, one_or_seven
from tests.browser.pictures.choosing import cards, choose, digits_of, saved
from tests.browser.pictures.drawn import rows

SIZES = "boxes => boxes.map((box) => box.getBoundingClientRect())"


@pytest.mark.slow
def test_what_the_user_says_of_a_digit_counts_everywhere(new_teacher, number):
    teacher = new_teacher()
    page = teacher.page.page
    choose(teacher.page, ("year.jpg", number))
    result = page.get_by_test_id("upload-result")
    page.get_by_test_id("open-picture").click()
    boxes, question = digits_of(page), page.get_by_test_id("ask-digit")

    boxes.nth(0).click()
    page.keyboard.press("Escape")  # no answer
    expect(question).to_have_count(0)
    expect(result).to_have_attribute("data-prediction", "2026")

    boxes.nth(0).click()
    question.get_by_test_id("correct-0").click()
    expect(boxes).to_have_text(list("0026"))
    expect(boxes.nth(0)).to_be_focused()
    expect(result).to_have_attribute("data-prediction", "0026")
    boxes.nth(2).click()
    question.get_by_test_id("not-a-digit").click()
    expect(boxes).to_have_text(["0", "0", "–", "6"])
    expect(result).to_have_attribute("data-prediction", "006")
    page.get_by_test_id("picture").locator(".digit").nth(3).click()  # the same digit in its line
    question.get_by_test_id("correct-5").click()
    expect(page.get_by_test_id("picture").get_by_role("heading")).to_have_text("005")

    page.get_by_test_id("close-picture").click()
    expect(result.locator(".number")).to_have_text("005")
    assert saved(teacher.page)[1][:2] == ["year.jpg", '="005"']
    for _ in range(200):
        labels = [example["label"] for example in teacher.kept()]
        if len(labels) == 3:
            break
        page.wait_for_timeout(50)
    assert sorted(labels, key=str) == [0, 5, None]


def test_digits_of_a_picture_are_reached_by_the_keyboard(ready_page, number):
    page = ready_page.page
    both = Image.new("L", (500, 400), 255)
    for i, (x, y) in enumerate([(60, 20), (200, 20), (340, 20), (60, 220), (200, 220)]):
        both.paste(drawn_one("L") if i else one_or_seven(60).resize((120, 160)), (x, y))
    [card] = choose(ready_page, ("two lines.png", encode(both)))
    assert card["prediction"] == "71111"
    page.get_by_test_id("open-picture").focus()
    page.keyboard.press("Enter")
    boxes = digits_of(page)
    expect(boxes.nth(0)).to_be_focused()
    expect(boxes.nth(0)).to_have_attribute("aria-label", "7, digit 1 of 5")
    for key, place in [
        ("ArrowRight", 1),
        ("ArrowDown", 4),
        ("ArrowUp", 1),
        ("End", 4),
        ("ArrowLeft", 3),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        expect(boxes.nth(place)).to_be_focused()
    page.keyboard.press("ArrowLeft")  # there is none before it
    expect(boxes.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("ask-digit")).to_be_visible()
    page.keyboard.press("Escape")
    expect(boxes.nth(0)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("picture")).to_be_hidden()
    expect(page.get_by_test_id("open-picture")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("pictures")).to_be_hidden()


def test_esc_and_back_leave_the_results_which_stay(ready_page, number):
    page = ready_page.page
    sheet, large, again = (page.get_by_test_id(name) for name in ("pictures", "picture", "open-pictures"))
    before = page.url
    choose(ready_page, ("year.jpg", number), ("one.png", encode(drawn_one())))
    page.get_by_test_id("open-picture").first.click()
    expect(large).to_be_visible()
    page.go_back()
    expect(large).to_be_hidden()
    expect(sheet).to_be_visible()
    page.go_back()
    expect(sheet).to_be_hidden()
    expect(again).to_have_text("2")
    again.click()
    expect(sheet).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(again).to_be_focused()
    again.click()
    assert [card["prediction"] for card in cards(ready_page, 2)] == ["2026", "1"]
    page.get_by_test_id("close-pictures").click()
    page.wait_for_function("() => !history.state?.dialog")  # nothing is left for Back to leave
    assert page.url == before
    again.click()
    page.get_by_test_id("open-picture").first.click()
    page.evaluate(
        "document.querySelectorAll('dialog[open]').forEach((dialog) => dialog.close())"
    )  # the lower one first
    page.wait_for_function("() => !history.state?.dialog")


@pytest.mark.slow
def test_a_page_of_digits_is_large_enough_to_read_and_its_line_is_beside_it(shared_page):
    page_of_digits = shared_page(viewport={"width": 360, "height": 740})
    page = page_of_digits.page
    lines = [f"{3141592653 * (i + 7) % 10**30:030}" for i in range(20)]
    [card] = choose(page_of_digits, ("page.png", encode(rows(*lines, height=28))))
    assert card["prediction"] == "".join(lines)
    page.get_by_test_id("open-picture").click()
    boxes, beside = digits_of(page), page.get_by_test_id("picture").locator(".lines")
    expect(boxes).to_have_count(600)
    expect(boxes.nth(0)).to_be_focused()
    assert min(box["height"] for box in boxes.evaluate_all(SIZES)) >= 20
    expect(beside.get_by_role("button", include_hidden=True)).to_have_text(list(lines[0]))
    page.keyboard.press("End")
    expect(boxes.nth(599)).to_be_focused()
    expect(boxes.nth(599)).to_be_in_viewport(ratio=1)
    expect(beside.get_by_role("button", include_hidden=True)).to_have_text(list(lines[-1]))
    expect(beside.locator('[data-selected="true"]')).to_be_in_viewport(ratio=1)
    page.keyboard.press("ArrowUp")
    expect(boxes.nth(569)).to_be_focused()
    boxes.nth(569).press("Enter")
    expect(page.get_by_test_id("ask-digit")).to_be_visible()
    page.keyboard.press("Escape")
