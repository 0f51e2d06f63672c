"""Pictures on the page: chosen, dropped, pasted; read, shown, saved; and whatever else is given for one."""

import base64
import codecs
import csv
import io
import re
import shutil
from unittest.mock import ANY

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.bad_pictures import BAD, animated_gif, drawn_one, encode, mutated, one_or_seven
from tests.browser.digitpad_page import DIGITS
from tests.made_photos import Source, make_photo, sources

# What each result says, in the order of the files.
CARDS = """cards => cards.map((card) => ({
    prediction: card.dataset.prediction ?? null, error: card.dataset.error ?? null,
    confidence: Number(card.dataset.confidence), name: card.querySelector('.name').textContent }))"""

READ = """async (texts) => {
    const found = [];
    for (const text of texts) {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        found.push(await recognizer.readImage(new Blob([bytes]))
            .catch((error) => ({ error: `${error.name}: ${error.message}` })));
    }
    return found;
}"""

# Note the addresses of previews that are given back; to ask for one would be an error on the console.
NOTE_REVOKED = """() => {
    const revoke = URL.revokeObjectURL.bind(URL);
    globalThis.revoked = [];
    URL.revokeObjectURL = (address) => revoke(address, revoked.push(address));
}"""

SENTENCE = re.compile(r"^[A-Z][^\n]{10,160}\.$")


@pytest.fixture(scope="module")
def number():
    """A photo of the number 2026 in golden digits."""
    digits = [Source(digit, None, DIGITS[digit]) for digit in (2, 0, 2, 6)]
    return make_photo(digits, np.random.default_rng(3), height=60).content


def choose(page, *files):
    """Choose files as (name, content); return what the results say when all are read."""
    page.page.get_by_test_id("upload").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )
    return cards(page, len(files))


def cards(page, count):
    results = page.page.get_by_test_id("upload-result")
    expect(results).to_have_count(count, timeout=120_000)
    return results.evaluate_all(CARDS)


def read_all(api, contents):
    """Read pictures by the API, one after the other."""
    return api.evaluate(READ, [base64.b64encode(content).decode() for content in contents])


def test_a_number_on_a_photo_is_read_with_a_box_for_each_digit(ready_page, number):
    [card] = choose(ready_page, ("year.jpg", number))
    assert (card["prediction"], card["error"], card["name"]) == ("2026", None, "year.jpg")
    assert 0.8 < card["confidence"] <= 1
    page = ready_page.page
    shown = (
        page.get_by_test_id("upload-result")
        .locator("img")
        .evaluate("async ({ src }) => (await fetch(src)).status")
    )
    assert shown == 200
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


def test_pictures_are_pasted(ready_page):
    content = base64.b64encode(encode(drawn_one())).decode()
    paste = """(text) => {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([bytes], 'pasted.png', { type: 'image/png' }));
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }"""
    ready_page.page.evaluate(paste, content)
    assert [(card["name"], card["prediction"]) for card in cards(ready_page, 1)] == [("pasted.png", "1")]


def drag(page, kind, *paths, x=300, y=300):
    """Move files over the window as the system does."""
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    page.devtools.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})


def test_where_to_drop_is_shown_while_files_are_dragged_and_never_stays(ready_page, tmp_path):
    path = tmp_path / "one.png"
    path.write_bytes(encode(drawn_one()))
    target = ready_page.page.get_by_test_id("drop-target")

    def drag_in():
        drag(ready_page, "dragEnter", path)
        for step in range(200):  # until the part of the page that shows it has come
            drag(ready_page, "dragOver", path, x=300 + step)
            if target.count():
                break
            ready_page.page.wait_for_timeout(50)
        expect(target).to_have_text("Drop pictures to read them")
        size = ready_page.page.viewport_size
        assert target.bounding_box() == {"x": 0, "y": 0, **size}

    drag_in()
    for place in range(20, 800, 60):  # over all that lies below
        drag(ready_page, "dragOver", path, x=place, y=place)
        assert target.count() == 1
    # The DevTools protocol has no way out of the window, so this one event is made.
    target.evaluate("target => target.dispatchEvent(new DragEvent('dragleave', { bubbles: true }))")
    expect(target).to_have_count(0)
    drag_in()
    ready_page.page.mouse.move(10, 10)  # the browser said nothing of the end
    expect(target).to_have_count(0)
    drag_in()
    drag(ready_page, "drop", path)
    expect(target).to_have_count(0)
    assert [(card["name"], card["prediction"]) for card in cards(ready_page, 1)] == [("one.png", "1")]
    drag_in()  # over the open results too
    drag(ready_page, "drop", path)
    cards(ready_page, 2)
    expect(target).to_have_count(0)


def test_of_a_dropped_folder_the_pictures_are_read_or_the_page_says_that_there_is_none(ready_page, tmp_path):
    folder, empty = tmp_path / "scans", tmp_path / "letters"
    (folder / "more").mkdir(parents=True)
    empty.mkdir()
    for name in ("10.png", "9.png", "more/1.PNG"):
        (folder / name).write_bytes(encode(drawn_one()))
    for path in (folder / "notes.txt", folder / ".DS_Store", empty / "letter.txt"):
        path.write_text("no picture")
    single = tmp_path / "single.png"
    single.write_bytes(encode(drawn_one()))
    drag(ready_page, "dragEnter", folder, empty, single)
    drag(ready_page, "dragOver", folder, empty, single)
    drag(ready_page, "drop", folder, empty, single)
    said = cards(ready_page, 5)
    assert [card["name"] for card in said] == ["9.png", "10.png", "1.PNG", "letters", "single.png"]
    assert said[3]["error"] == "There is no picture in this folder."
    assert [card["prediction"] for card in said] == ["1", "1", "1", None, "1"]


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


def test_results_are_saved_as_a_table_in_which_no_name_is_a_formula(ready_page):
    choose(ready_page, ('=HYPERLINK("x"),y.png', encode(drawn_one())), ('счёт "7".png', b""))
    assert saved(ready_page) == [
        ["file", "number", "confidence", "remark"],
        ['\'=HYPERLINK("x"),y.png', "1", ANY, ""],
        ['счёт "7".png', "", "", "This file is empty. Choose another."],
    ]


def saved(page):
    """Save the results, and return the rows of the table."""
    with page.page.expect_download() as download:
        page.page.get_by_test_id("save-results").click()
    content = download.value.path().read_bytes()
    assert content.startswith(codecs.BOM_UTF8)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def digits_of(page):
    return page.get_by_test_id("picture").get_by_test_id("picture-digit")


def test_what_the_user_says_of_a_digit_counts_everywhere(new_teacher, number):
    teacher = new_teacher()
    page = teacher.page.page
    choose(teacher.page, ("year.jpg", number))
    result = page.get_by_test_id("upload-result")
    page.get_by_test_id("open-picture").click()
    boxes, question = digits_of(page), page.get_by_test_id("ask-digit")

    boxes.nth(0).click()
    page.keyboard.press("Escape")  # no answer
    expect(question).to_be_hidden()
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


SHARE = """<form method="post" enctype="multipart/form-data" action="{url}share">
    <input name="pictures" type="file" multiple><button>Share</button></form>"""


@pytest.mark.parametrize("folder", ["", "deep/folder/"])
def test_pictures_that_another_application_shares_are_read_once(
    open_page, plain_host, site, tmp_path, folder
):
    (tmp_path / folder).parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(site, tmp_path / "host" / folder)
    url = plain_host(tmp_path / "host").url + folder
    page = open_page(url).wait_until_kept()
    errors = page.record_messages()
    page.page.goto("about:blank")
    page.page.set_content(SHARE.format(url=url))
    files = [("счёт.png", encode(drawn_one())), ("second.png", encode(drawn_one()))]
    page.page.locator("input").set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": content} for name, content in files]
    )
    page.page.get_by_role("button", name="Share").click()
    said = cards(page, 2)
    assert [(card["name"], card["prediction"]) for card in said] == [("счёт.png", "1"), ("second.png", "1")]
    assert page.page.url == url
    assert not any("share" in name for name in page.page.evaluate("caches.keys()"))
    page.page.reload()
    page.wait_until_ready()
    assert not page.page.get_by_test_id("upload-result").count()
    assert errors == []


def test_a_file_with_which_the_system_opens_the_page_is_read(open_page, server):
    # What Chromium gives an installed page; only the system can start it so.
    content = base64.b64encode(encode(drawn_one())).decode()
    script = f"""const bytes = Uint8Array.from(atob('{content}'), (character) => character.charCodeAt(0));
        const file = new File([bytes], 'opened.png', {{ type: 'image/png' }});
        const setConsumer = (consumer) => consumer({{ files: [{{ getFile: async () => file }}] }});
        Object.defineProperty(globalThis, 'launchQueue', {{ value: {{ setConsumer }} }});"""
    page = open_page(server.url, script=script)
    assert [(card["name"], card["prediction"]) for card in cards(page, 1)] == [("opened.png", "1")]


@pytest.mark.parametrize("count", [50, pytest.param(500, marks=pytest.mark.slow)])
def test_many_files_are_read_one_after_the_other(ready_page, count):
    pictures = [encode(drawn_one(size=(60 + i, 120))) for i in range(20)]
    said = choose(ready_page, *((f"{i}.png", pictures[i % 20] if i % 25 else b"") for i in range(count)))
    assert [card["name"] for card in said] == [f"{i}.png" for i in range(count)]
    assert all((card["prediction"] == "1") == (i % 25 > 0) for i, card in enumerate(said))


def test_a_file_that_vanishes_is_reported_and_the_next_is_read(ready_page, tmp_path):
    files = [tmp_path / name for name in ("gone.png", "here.png")]
    for path in files:
        path.write_bytes(encode(drawn_one()))
    upload = ready_page.page.get_by_test_id("upload")
    # Held back until the file is gone.
    upload.evaluate("""input => input.addEventListener('change', (event) => {
        event.stopImmediatePropagation();
        input.dataset.held = true;
    }, { capture: true, once: true })""")
    upload.set_input_files(files)
    expect(upload).to_have_attribute("data-held", "true")
    files[0].unlink()
    upload.evaluate("input => input.dispatchEvent(new Event('change'))")
    said = cards(ready_page, 2)
    assert said[0]["error"].startswith("I can't open this file; it may have been moved, changed or deleted")
    assert said[1]["prediction"] == "1"


def test_every_format_is_read_turned_as_the_camera_noted_and_of_an_animation_the_first_frame(api, number):
    picture = Image.open(io.BytesIO(number))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    turned = encode(picture.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=90)
    kinds = ["PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP"]
    found = read_all(api, [turned, *(encode(picture, kind) for kind in kinds), animated_gif()])
    assert [one.get("text") for one in found] == ["2026"] * 7 + ["1"]
    assert (found[0]["width"], found[0]["height"]) == picture.size


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_each_way_that_a_camera_turns_and_mirrors_is_undone(api, number, kind):
    picture = Image.open(io.BytesIO(number))
    way = Image.Transpose
    undone_by = [None, way.FLIP_LEFT_RIGHT, way.ROTATE_180, way.FLIP_TOP_BOTTOM]
    undone_by += [way.TRANSPOSE, way.ROTATE_90, way.TRANSVERSE, way.ROTATE_270]  # how to make what is noted
    files = []
    for orientation, how in enumerate(undone_by, 1):
        exif = Image.Exif()
        exif[0x0112] = orientation
        turned = picture if how is None else picture.transpose(how)
        files.append(encode(turned, kind, exif=exif, quality=90))
    for found in read_all(api, files):
        assert (found.get("text"), found["width"], found["height"]) == ("2026", *picture.size)


def test_boxes_are_in_the_pixels_of_a_large_picture(api):
    large = Image.new("L", (4000, 3000), 235)
    large.paste(drawn_one("L", (400, 900)).resize((400, 900)), (3000, 1800))
    [reading] = read_all(api, [encode(large, "PNG", compress_level=1)])
    assert reading["text"] == "1"
    box = reading["digits"][0]["box"]
    assert abs(box["x"] + box["width"] / 2 - 3200) < 8
    assert abs(box["y"] + box["height"] / 2 - 2250) < 8
    assert abs(box["height"] - 840) < 20


def test_a_photo_of_what_phones_call_fifty_megapixels_is_read(api):
    large = Image.new("L", (8160, 6144), 235)
    large.paste(drawn_one("L", (400, 900)).resize((1600, 3600)), (3000, 1300))
    reading, refused = read_all(api, [encode(large, "JPEG"), encode(large.crop((0, 0, 8160, 8000)), "JPEG")])
    assert (reading["text"], reading["width"], reading["height"]) == ("1", 8160, 6144)
    assert refused["error"] == "PictureError: The picture has 8160 × 8000 pixels, more than 65 million."


def test_whatever_createimagebitmap_takes_is_read(api):
    text = base64.b64encode(encode(drawn_one())).decode()
    read_each = """async (text) => {
        const image = new Image();
        image.src = `data:image/png;base64,${text}`;
        await image.decode();
        const { width, height } = image;
        const canvas = Object.assign(document.createElement('canvas'), { width, height });
        const offscreen = new OffscreenCanvas(width, height);
        for (const one of [canvas, offscreen]) one.getContext('2d').drawImage(image, 0, 0);
        const data = canvas.getContext('2d').getImageData(0, 0, width, height);
        const found = [];
        for (const source of [image, canvas, offscreen, data, await createImageBitmap(canvas)]) {
            for (let i = 0; i < 2; i++) found.push((await recognizer.readImage(source)).text);
        }
        return found;
    }"""
    assert api.evaluate(read_each, text) == ["1"] * 10  # each twice: it stays the caller's


def test_without_a_canvas_in_the_worker_the_page_decodes(open_page, server, number):
    page = open_page(server.url, script="delete globalThis.OffscreenCanvas").wait_until_ready()
    [card] = choose(page, ("year.jpg", number))
    assert card["prediction"] == "2026"


def test_damaged_pictures_are_read_or_refused_in_one_sentence(api, number):
    rng = np.random.default_rng(8)
    picture = Image.open(io.BytesIO(number))
    whole = [encode(picture, kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP")]
    before = api.evaluate("recognizer.countTensors()")
    for reading in read_all(api, [mutated(whole[i % len(whole)], rng) for i in range(60)]):
        if "error" in reading:
            kind, sentence = reading["error"].split(": ", 1)
            assert kind == "PictureError"
            assert SENTENCE.match(sentence), sentence
    assert read_all(api, [number])[0]["text"] == "2026"
    assert api.evaluate("recognizer.countTensors()") == before


def test_pictures_are_read_offline_and_send_nothing(open_page, log_server, number):
    page = open_page(log_server.url).wait_until_kept()
    assert not any("pictures" in path or "images-" in path for path, _, _ in log_server.log[:12])
    page.page.context.set_offline(True)
    log_server.log.clear()
    [card] = choose(page, ("year.jpg", number))
    assert card["prediction"] == "2026"
    assert log_server.paths() == []


def test_made_photos_are_read(api, mnist, pen_strokes):
    """A sample: `make bench PART=pictures` makes thousands."""
    rng = np.random.default_rng(11)
    kinds = sources("validation")
    photos = []
    for i in range(24):
        chosen = [kinds[(i + j) % 2] for j in range(1 if i % 3 else int(rng.integers(2, 7)))]
        digits = [part[rng.integers(len(part))] for part in chosen]
        photos.append(make_photo(digits, rng, rng.uniform(20, 120)))
    found = read_all(api, [photo.content for photo in photos])
    assert sum(one.get("text") == photo.text for one, photo in zip(found, photos, strict=True)) >= 21
