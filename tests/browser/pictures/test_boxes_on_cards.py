"""A row of boxes: the card shows which are empty, and so does what is copied and saved."""

import json

from playwright.sync_api import expect

from tests.browser.bad_pictures import encode
from tests.browser.pictures.choosing import choose, saved, saved_file
from tests.browser.pictures.drawn import rows


def test_an_empty_box_is_shown_and_saved_at_its_place(shared_page):
    form = shared_page(permissions=["clipboard-read", "clipboard-write"])
    page = form.page
    [card] = choose(form, ("form.png", encode(rows("417 3", "20 26", boxes=True))))
    assert card["prediction"] == "41732026"
    result = page.get_by_test_id("upload-result")
    expect(result.get_by_test_id("remark")).to_have_text("Without its boxes.")
    name = "417 empty 3 20 empty 26"
    opener = result.get_by_test_id("open-picture")
    expect(opener).to_have_accessible_name(f"{name} Without its boxes. form.png")
    expect(result.locator(".empty-place")).to_have_count(2)
    page.get_by_role("button", name=f"Copy {name}").click()
    assert page.evaluate("navigator.clipboard.readText()") == "417_3\n20_26"
    assert saved(form)[1] == ["form.png", "417_3 20_26", f"{card['confidence']:.4f}", "Without its boxes."]
    [picture] = json.loads(saved_file(form, "save-json"))["pictures"]
    assert picture["lines"] == ["417_3", "20_26"]
    assert picture["remarks"]["linesRemoved"] == "boxes"
    boxes = picture["remarks"]["emptyBoxes"]
    assert [box["before"] for box in boxes] == [3, 6]
    for box, before, after in zip(boxes, (2, 5), (3, 6), strict=True):
        left, right = (picture["digits"][i]["box"]["x"] for i in (before, after))
        assert left < box["box"]["x"] < right
    page.get_by_test_id("open-picture").click()
    large = page.get_by_test_id("picture")
    places = large.locator(".lines p").first.locator(":scope > *")
    expect(places).to_have_count(5)
    expect(places.nth(3)).to_have_class("empty-place")
    expect(large.get_by_role("heading")).to_have_accessible_name(name)
