"""A picture that is being read: its card, how far it is, and how it is stopped."""

import pytest
from playwright.sync_api import expect

from tests.browser.bad_pictures import drawn_one, encode
from tests.browser.pictures.choosing import cards
from tests.browser.states import STOP, picture_files

# Note how high the page of results is when a card for a picture comes and when its result takes its place.
NOTE_PLACES = """() => {
    globalThis.places = [];
    const list = document.querySelector('.results');
    new MutationObserver(() => {
        for (const item of list.querySelectorAll('.result')) {
            const { top, bottom } = item.getBoundingClientRect();
            const name = item.querySelector('.name').textContent;
            const kind = item.dataset.testid;
            const noted = places.some((one) => one.name === name && one.kind === kind);
            if (!noted) places.push({ name, kind, top, bottom });
        }
    }).observe(list, { subtree: true, childList: true, attributes: true });
}"""


@pytest.fixture
def held_page(open_page, server):
    """A page whose program for pictures is on its way until `let_go` is called: reading takes as long."""
    page = open_page()
    held = []
    page.page.route("**/assets/images-*.js", lambda route: held.append(route))
    page.open(server.url).wait_until_ready()

    def let_go():
        for route in held:
            route.continue_()
        page.page.unroute("**/assets/images-*.js")

    page.let_go = let_go
    return page


def give(page, *names):
    page.page.get_by_test_id("upload").set_input_files(
        [{"name": name, "mimeType": "", "buffer": encode(drawn_one())} for name in names]
    )


def test_a_card_shows_that_a_picture_is_read_and_its_result_takes_its_place(held_page):
    page = held_page.page
    give(held_page, "first.png", "second.png")
    card = page.get_by_test_id("reading-picture")
    expect(card).to_have_count(1)  # the other one waits
    expect(card).to_contain_text("first.png")
    expect(card.get_by_role("progressbar", name="How much of first.png is read")).to_have_js_property(
        "value", 0
    )
    expect(page.get_by_test_id("pictures").get_by_role("heading", level=2)).to_have_text("Reading 1 of 2…")
    assert page.get_by_test_id("upload-result").count() == 0
    page.evaluate(NOTE_PLACES)
    before = card.bounding_box()
    held_page.let_go()
    said = cards(held_page, 2)
    assert [(one["name"], one["prediction"]) for one in said] == [("first.png", "1"), ("second.png", "1")]
    expect(card).to_have_count(0)
    [came] = [
        one for one in page.evaluate("places") if (one["name"], one["kind"]) == ("first.png", "upload-result")
    ]
    assert (came["top"], came["bottom"]) == pytest.approx(
        (before["y"], before["y"] + before["height"]), abs=1
    )


def test_a_picture_is_stopped_and_read_after_all_in_its_place(held_page):
    page = held_page.page
    errors = held_page.record_messages()
    give(held_page, "first.png", "second.png")
    page.get_by_role("button", name="Stop reading first.png").focus()
    page.keyboard.press("Enter")
    again = page.get_by_role("button", name="Read again: first.png")
    expect(again).to_be_focused()
    [stopped] = cards(held_page, 1)
    assert (stopped["name"], stopped["error"]) == ("first.png", "Stopped.")
    expect(page.get_by_role("button", name="Stop reading second.png")).to_be_visible()  # it is its turn
    page.keyboard.press("Enter")  # first.png waits, in its place
    expect(page.get_by_role("button", name="Stop reading first.png")).to_be_focused()
    names = page.get_by_test_id("reading-picture").locator(".name")
    expect(names).to_have_text(["first.png", "second.png"])
    page.keyboard.press("Enter")  # it no longer waits
    expect(again).to_be_focused()
    page.keyboard.press("Enter")
    held_page.let_go()
    said = cards(held_page, 2)
    assert [(one["name"], one["prediction"]) for one in said] == [("first.png", "1"), ("second.png", "1")]
    expect(page.get_by_test_id("pictures").get_by_role("heading", level=2)).to_have_text("2 pictures")
    expect(page.get_by_test_id("upload-result").first.get_by_test_id("open-picture")).to_be_focused()
    assert errors == []


def test_remove_all_stops_what_is_read_and_what_waits(held_page):
    page = held_page.page
    give(held_page, "first.png", "second.png")
    expect(page.get_by_test_id("reading-picture")).to_have_count(1)
    page.get_by_test_id("remove-results").click()
    expect(page.get_by_test_id("pictures")).to_be_hidden()
    expect(page.get_by_test_id("upload")).to_be_focused()
    held_page.let_go()
    give(held_page, "third.png")
    assert [one["name"] for one in cards(held_page, 1)] == ["third.png"]
    assert page.get_by_test_id("reading-picture").count() == 0


def test_a_page_of_digits_is_stopped_and_drawing_is_read(ready_page):
    page = ready_page.page
    name, content = picture_files()[-1]
    page.get_by_test_id("upload").set_input_files([{"name": name, "mimeType": "", "buffer": content}])
    page.wait_for_function(STOP, arg=name, polling="raf")
    [stopped] = cards(ready_page, 1)
    assert stopped["error"] == "Stopped."
    page.get_by_test_id("close-pictures").click()
    assert ready_page.read(4) == "4"
