"""A picture is turned by a tap: it is read again that way up, and shown so."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.bad_pictures import encode
from tests.browser.pictures.choosing import choose, digits_of, saved_json
from tests.browser.pictures.drawn import rows

# How much darker the picture is where each box is than it is elsewhere: there is ink in it.
INK_IN_BOXES = """async () => {
    const image = document.querySelector('[data-testid="picture"] .frame img');
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(image, 0, 0);
    const whole = image.getBoundingClientRect();
    const scale = width / whole.width;
    const darkest = (x, y, w, h) => Math.min(...context.getImageData(x, y, w, h).data.filter((_, i) => i % 4 === 0));
    return [...document.querySelectorAll('[data-testid="picture-digit"]')].map((box) => {
        const { left, top, width: w, height: h } = box.getBoundingClientRect();
        return darkest((left - whole.left) * scale, (top - whole.top) * scale, w * scale, h * scale) < 100;
    });
}"""


def turn(page, shown):
    """Turn the open picture; wait until it shows these digits."""
    page.page.get_by_test_id("turn-picture").click()
    expect(digits_of(page)).to_have_text(list(shown))


def aspect(page):
    box = page.page.get_by_test_id("picture").locator(".frame").bounding_box()
    return box["width"] / box["height"]


def test_a_picture_is_turned_and_its_boxes_and_what_was_said_stay_right(ready_page):
    page = ready_page.page
    number = rows("2017")
    content = encode(number.transpose(Image.Transpose.ROTATE_180))
    [card] = choose(ready_page, ("upside down.png", content))
    page.get_by_test_id("open-picture").click()
    boxes = digits_of(page_of(ready_page))
    if card["prediction"] != "2017":  # it was not found out
        for _ in range(2):
            page.get_by_test_id("turn-picture").click()
    expect(boxes).to_have_text(list("2017"))
    result = page.get_by_test_id("upload-result")
    expect(result).to_have_attribute("data-prediction", "2017")
    assert page.evaluate(INK_IN_BOXES) == [True] * 4
    assert aspect(ready_page) == pytest.approx(number.width / number.height, rel=0.02)
