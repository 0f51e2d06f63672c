"""The results: a card for each picture, in the order of the files."""

from playwright.sync_api import expect

from tests.browser.bad_pictures import BAD, drawn_one, encode, one_or_seven
from tests.browser.pictures.choosing import SENTENCE, cards, choose, digits_of

# Note the addresses of previews that are given back; to ask for one would be an error on the console.
NOTE_REVOKED = """() => {
    const revoke = URL.revokeObjectURL.bind(URL);
    globalThis.revoked = [];
    URL.revokeObjectURL = (address) => revoke(address, revoked.push(address));
}"""


def test_a_number_on_a_photo_is_read_with_a_box_for_each_digit(ready_page, number):
    [card] = choose(ready_page, ("year.jpg", number))
    assert (card["prediction"], card["error"], card["name"]) == ("2026", None, "year.jpg")
    assert 0.8 < card["confidence"] <= 1
    page = ready_page.page
    preview = page.get_by_test_id("upload-result").locator("img")
    assert preview.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 100
    expect(page.get_by_test_id("pictures").get_by_role("heading", level=2)).to_have_text("1 picture")
    expect(page.get_by_test_id("pictures")).not_to_contain_text("%")
    page.get_by_test_id("open-picture").click()
    image, boxes = page.get_by_test_id("picture").locator("img").bounding_box(), digits_of(page)
    expect(boxes).to_have_text(list("2026"))
    places = [boxes.nth(i).bounding_box() for i in range(4)]
    for left, right in zip([image, *places], [*places, None], strict=True):
        assert 0 < left["width"] <= image["width"]
        assert image["y"] <= left["y"] < left["y"] + left["height"] <= image["y"] + image["height"]
        assert right is None or left["x"] < right["x"] < image["x"] + image["width"]


def test_results_come_in_the_order_of_the_files_and_bad_ones_stop_nothing(ready_page, number):
    one = encode(drawn_one())
    files = [("year.jpg", number), *((name, content) for name, content, _ in BAD.values()), ("one.png", one)]
    said = choose(ready_page, *files)
    assert [card["name"] for card in said] == [name for name, _ in files]
    assert (said[0]["prediction"], said[-1]["prediction"]) == ("2026", "1")
    for card, (_, _, sentence) in zip(said[1:-1], BAD.values(), strict=True):
        assert card["prediction"] is None
        assert sentence in card["error"]
        assert SENTENCE.match(card["error"]), card["error"]
    assert ready_page.page.evaluate("globalThis.ran") is None
    expect(ready_page.page.locator("html")).to_have_attribute("data-ready", "true")


def test_results_are_removed_and_the_same_file_can_be_chosen_again(ready_page):
    one, page = encode(drawn_one()), ready_page.page
    page.evaluate(NOTE_REVOKED)
    choose(ready_page, ("first.png", one), ("second.png", one), ("third.png", one), ("fourth.png", b""))
    page.get_by_role("button", name="Remove second.png").click()
    assert [card["name"] for card in cards(ready_page, 3)] == ["first.png", "third.png", "fourth.png"]
    expect(page.get_by_role("button", name="Remove third.png")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove first.png")).to_be_focused()
    page.get_by_test_id("remove-failures").click()
    assert [card["name"] for card in cards(ready_page, 1)] == ["first.png"]
    address = page.get_by_test_id("upload-result").locator("img").get_attribute("src")
    page.get_by_role("button", name="Remove first.png").press("Enter")
    cards(ready_page, 0)
    expect(page.get_by_test_id("pictures")).to_be_hidden()
    expect(page.get_by_test_id("open-pictures")).to_be_hidden()
    expect(page.get_by_test_id("upload")).to_be_focused()
    assert address in page.evaluate("revoked")
    assert choose(ready_page, ("first.png", one))[0]["prediction"] == "1"


def test_no_result_comes_back_once_all_are_removed(ready_page):
    page = ready_page.page
    # Each time when so many have come; another one is then being read.
    for removed_after in (1, 2, 3):
        page.get_by_test_id("upload").set_input_files(
            [{"name": f"{i}.png", "mimeType": "", "buffer": encode(drawn_one())} for i in range(30)]
        )
        page.wait_for_function(
            """(count) => {
                if (document.querySelectorAll('[data-testid=upload-result]').length < count) return false;
                document.querySelector('[data-testid=remove-results]').click();
                return true;
            }""",
            arg=removed_after,
            polling="raf",
        )
        cards(ready_page, 0)
        # The next one is read after the one that was being read, so that one would be here by now.
        said = choose(ready_page, ("after.png", encode(drawn_one())))
        assert [card["name"] for card in said] == ["after.png"]
        page.get_by_test_id("remove-results").click()


def test_what_is_in_doubt_comes_first_to_the_eye_and_results_stay_in_the_order_of_the_files(ready_page):
    page = ready_page.page
    ready_page.listen_to_announcements()
    said = choose(ready_page, *((f"{bar}.png", encode(one_or_seven(bar))) for bar in range(24, 34)))
    assert [card["name"] for card in said] == [f"{bar}.png" for bar in range(24, 34)]
    doubtful = [i for i, card in enumerate(said) if card["confidence"] <= 0.8]
    assert 0 < len(doubtful) < 10
    summary = f"10 pictures, {len(doubtful)} to check"
    sheet = page.get_by_test_id("pictures")
    expect(sheet.get_by_role("heading", level=2)).to_have_text(summary)
    expect(sheet.get_by_role("status")).to_contain_text(
        summary
    )  # to a screen reader, in the dialog that is open
    checks, results = page.get_by_test_id("check-picture"), page.get_by_test_id("upload-result")
    expect(checks).to_have_count(len(doubtful))
    assert checks.last.bounding_box()["y"] < results.first.bounding_box()["y"]
    for i, card in enumerate(said):
        doubt = results.nth(i).locator(".doubt")
        expect(doubt).to_have_text("1 or 7?" if i in doubtful else "")
        assert (card["confidence"] <= 0.8) == doubt.is_visible()
    checks.first.click()
    expect(page.get_by_test_id("picture")).to_contain_text(f"{24 + doubtful[0]}.png")
    expect(digits_of(page)).to_be_focused()
    digits_of(page).click()
    page.get_by_test_id("ask-digit").get_by_test_id("correct-7").click()
    expect(results.nth(doubtful[0])).to_have_attribute("data-prediction", "7")
    expect(results.nth(doubtful[0])).to_have_attribute("data-confidence", "1")
    page.get_by_test_id("close-picture").click()
    expect(checks).to_have_count(len(doubtful) - 1)
    rest = results.nth(doubtful[0]).get_by_test_id("open-picture")
    expect(checks.first if len(doubtful) > 1 else rest).to_be_focused()


def test_many_failures_are_one_line_until_the_user_asks(ready_page):
    page = ready_page.page
    choose(ready_page, *((f"{i}.png", b"" if i % 2 else encode(drawn_one())) for i in range(10)))
    toggle = page.get_by_test_id("failures")
    failed = page.locator('[data-testid="upload-result"][data-error]')
    expect(toggle).to_have_text("5 could not be read")
    expect(failed.first).to_be_hidden()
    toggle.click()
    expect(failed.first).to_be_visible()
    # Below all that was read, though it stands in the order of the files.
    assert failed.first.bounding_box()["y"] > page.locator(".result").last.bounding_box()["y"]
    assert failed.first.bounding_box()["height"] < 44
    page.get_by_test_id("remove-failures").click()
    assert [card["prediction"] for card in cards(ready_page, 5)] == ["1"] * 5
    expect(toggle).to_be_hidden()
