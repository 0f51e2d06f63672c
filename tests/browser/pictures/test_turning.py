"""A picture is turned by a tap: it is read again that way up, and shown so."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.bad_pictures import encode
from tests.browser.pictures.choosing import choose, digits_of
from tests.browser.pictures.drawn import rows

# Of the picture that is shown: whether there is ink in each digit's box, and at which side there is ink.
INK = """async () => {
    const image = document.querySelector('[data-testid="picture"] .frame img');
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const levels = (...part) => context.getImageData(...part).data.filter((_, i) => i % 4 === 0);
    const isInk = (...part) => levels(...part).some((level) => level < 100);
    const whole = image.getBoundingClientRect();
    const scale = width / whole.width;
    const boxes = [...document.querySelectorAll('[data-testid="picture-digit"]')].map((box) => {
        const { left, top, width: w, height: h } = box.getBoundingClientRect();
        return isInk((left - whole.left) * scale, (top - whole.top) * scale, w * scale, h * scale);
    });
    const third = { left: [0, 0, width / 3, height], top: [0, 0, width, height / 3],
        right: [2 * width / 3, 0, width / 3, height], bottom: [0, 2 * height / 3, width, height / 3] };
    return { boxes, sides: Object.keys(third).filter((side) => isInk(...third[side])) };
}"""


def turn(page):
    """Turn the open picture by a quarter, and wait until it lies so."""
    before = aspect(page)
    page.page.get_by_test_id("turn-picture").click()
    for _ in range(600):
        if (aspect(page) > 1) != (before > 1):
            return
        page.page.wait_for_timeout(50)
    raise AssertionError("It is not turned.")


def aspect(page):
    box = page.page.get_by_test_id("picture").locator(".frame").bounding_box()
    return box["width"] / box["height"]


@pytest.mark.slow
def test_a_picture_is_turned_all_the_way_round(new_teacher):
    teacher = new_teacher()
    page = teacher.page.page
    number = rows("2017      ")
    choose(teacher.page, ("year.png", encode(number)))
    page.get_by_test_id("open-picture").click()
    boxes = digits_of(page)
    boxes.nth(0).click()
    page.get_by_test_id("ask-digit").get_by_test_id("correct-3").click()
    expect(boxes).to_have_text(list("3017"))
    for quarter, side in enumerate(["top", "right", "bottom", "left"], 1):
        turn(teacher.page)
        as_it_lies = number.width / number.height if quarter % 2 == 0 else number.height / number.width
        assert aspect(teacher.page) == pytest.approx(as_it_lies, rel=0.02)
        ink = page.evaluate(INK)
        assert side in ink["sides"]
        assert len(ink["sides"]) == 3  # none opposite
        assert all(ink["boxes"])
        # What was said of the 2 is gone with it.
        expect(page.locator('[data-testid="picture-digit"][data-state="said"]')).to_have_count(0)
        expect(page.get_by_test_id("turn-picture")).to_be_focused()
        expect(page.get_by_test_id("remark")).not_to_contain_text("Turned")  # who has turned it knows it
    expect(boxes).to_have_text(list("2017"))
    result = page.get_by_test_id("upload-result")
    expect(result).to_have_attribute("data-prediction", "2017")


def test_what_was_turned_is_said_and_shown_upright(ready_page):
    page = ready_page.page
    number = rows("20174385", "62940517", "73826495")
    content = encode(number.transpose(Image.Transpose.ROTATE_90))
    [card] = choose(ready_page, ("turned.png", content))
    assert card["prediction"] == "201743856294051773826495"
    expect(page.get_by_test_id("remark")).to_have_text("Turned upright.")
    page.get_by_test_id("open-picture").click()
    assert aspect(ready_page) == pytest.approx(number.width / number.height, rel=0.02)
    assert page.evaluate(INK)["boxes"] == [True] * 24
    expect(digits_of(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(digits_of(page).nth(8)).to_be_focused()
