"""Pictures on the page: chosen, dropped, pasted; read, shown, saved; and whatever else is given for one."""

import base64
import csv
import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.bad_pictures import BAD, animated_gif, drawn_one, encode, mutated
from tests.browser.digitpad_page import DIGITS
from tests.made_photos import Source, make_photo, sources

# Names, in the order of the files, what each card says.
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

SENTENCE = re.compile(r"^[A-Z][^\n]{10,160}\.$")


@pytest.fixture(scope="module")
def number():
    """A photo of the number 2026 in golden digits."""
    digits = [Source(digit, None, DIGITS[digit]) for digit in (2, 0, 2, 6)]
    return make_photo(digits, np.random.default_rng(3), height=60).content


def choose(page, *files):
    """Choose files as (name, content); return what the cards say when all are read."""
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
    result = ready_page.page.get_by_test_id("upload-result")
    expect(result.locator("rect")).to_have_count(4)
    expect(result.locator("canvas")).to_have_count(4)
    expect(result.locator(".digits")).to_contain_text("%")
    shown = result.locator("image").evaluate("async (image) => (await fetch(image.href.baseVal)).status")
    assert shown == 200


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


def test_pictures_are_dropped_anywhere_and_pasted(ready_page):
    content = base64.b64encode(encode(drawn_one())).decode()
    give = """([kind, text]) => {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], `${kind}.png`, { type: 'image/png' }));
        const event = kind === 'paste' ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true })
            : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
        return document.querySelector('footer').dispatchEvent(event);
    }"""
    # The page takes it, not the browser.
    assert ready_page.page.evaluate(give, ["dragover", content]) is False
    expect(ready_page.page.locator("body")).to_have_class(re.compile("dropping"))
    assert ready_page.page.evaluate(give, ["drop", content]) is False
    ready_page.page.evaluate(give, ["paste", content])
    said = cards(ready_page, 2)
    assert [(card["name"], card["prediction"]) for card in said] == [("drop.png", "1"), ("paste.png", "1")]
    expect(ready_page.page.locator("body")).not_to_have_class(re.compile("dropping"))


def test_cards_are_removed_and_the_same_file_can_be_chosen_again(ready_page):
    one = encode(drawn_one())
    choose(ready_page, ("first.png", one), ("second.png", b""))
    ready_page.page.get_by_role("button", name="Remove first.png").click()
    assert [card["name"] for card in cards(ready_page, 1)] == ["second.png"]
    expect(ready_page.page.get_by_role("button", name="Remove second.png")).to_be_focused()
    ready_page.page.get_by_role("button", name="Remove second.png").press("Enter")
    cards(ready_page, 0)
    expect(ready_page.page.get_by_test_id("pictures")).to_be_hidden()
    expect(ready_page.page.get_by_test_id("upload")).to_be_focused()
    assert choose(ready_page, ("first.png", one))[0]["prediction"] == "1"


def test_results_are_saved_as_a_table_in_which_no_name_is_a_formula(ready_page):
    choose(ready_page, ('=HYPERLINK("x"),y.png', encode(drawn_one())), ('a "b", c.png', b""))
    with ready_page.page.expect_download() as download:
        ready_page.page.get_by_test_id("save-results").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8"))))
    assert rows[0] == ["file", "number", "confidence", "remark"]
    assert rows[1][:2] == ['\'=HYPERLINK("x"),y.png', "1"]
    assert float(rows[1][2]) > 0.8
    assert rows[2] == ['a "b", c.png', "", "", "The file is empty; choose another."]


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
    assert said[0]["error"].startswith("The file can’t be read; it may have been moved, changed or deleted")
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


def test_boxes_are_in_the_pixels_of_a_large_picture(api):
    large = Image.new("L", (4000, 3000), 235)
    large.paste(drawn_one("L", (400, 900)).resize((400, 900)), (3000, 1800))
    [reading] = read_all(api, [encode(large, "PNG", compress_level=1)])
    assert reading["text"] == "1"
    box = reading["digits"][0]["box"]
    assert abs(box["x"] + box["width"] / 2 - 3200) < 8
    assert abs(box["y"] + box["height"] / 2 - 2250) < 8
    assert abs(box["height"] - 840) < 20


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
    assert not any("Panel" in path or "images-" in path for path, _, _ in log_server.log[:12])
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
