"""What is read: formats, sources, sizes, damaged files; mostly by the API."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from tests.browser.bad_pictures import animated_gif, drawn_one, encode, mutated
from tests.browser.pictures.choosing import SENTENCE, choose, read_all
from tests.made_photos import make_photo, sources


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
    for reading in read_all(api, [mutated(whole[i % len(whole)], rng) for i in range(60)]):
        if "error" in reading:
            kind, sentence = reading["error"].split(": ", 1)
            assert kind == "PictureError"
            assert SENTENCE.match(sentence), sentence
    assert read_all(api, [number])[0]["text"] == "2026"


def test_pictures_are_read_offline_and_send_nothing(open_page, log_server, number):
    page = open_page(log_server.url, kept=True).wait_until_kept()
    assert not any("pictures" in path or "images-" in path for path, _, _ in log_server.log[:12])
    page.page.context.set_offline(True)
    log_server.log.clear()
    [card] = choose(page, ("year.jpg", number))
    assert card["prediction"] == "2026"
    assert log_server.paths() == []


@pytest.mark.slow
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
