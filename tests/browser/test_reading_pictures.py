"""readImage of the API: the way up, progress, stopping, and ink that is read meanwhile."""

import base64
import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.browser.bad_pictures import drawn_one, encode
from tests.browser.digitpad_page import DIGITS
from tests.made_photos import Source, make_photo

BLOB = "new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))])"
INK = "[[[40, 10], [40, 90]]]"

TURNED = f"""async ([text, turn]) => {{
    const reading = await recognizer.readImage({BLOB}, {{ previewSide: 400, turn: turn ?? undefined }});
    const {{ width, height }} = await createImageBitmap(reading.preview);
    const shown = await recognizer.readImage(reading.preview, {{ turn: 0 }});
    return {{ ...reading, preview: [width, height], shown: shown.text, images: null }};
}}"""

# A page, and ink from its first progress on.
BOTH = f"""async (text) => {{
    const shares = [];
    const order = [];
    let begun;
    const beginning = new Promise((resolve) => {{ begun = resolve; }});
    const page = recognizer.readImage({BLOB}, {{ onProgress: (share) => begun(shares.push(share)) }});
    await beginning;
    await Promise.all([
        page.then(() => order.push('page')),
        recognizer.readInk({INK}).then((reading) => order.push(`ink ${{reading.text}}`)),
    ]);
    return {{ shares, order, text: (await page).text, truncated: (await page).truncated }};
}}"""

# Stop one that is being read, and one that waits for it.
STOP = f"""async (text) => {{
    const [first, second] = [new AbortController(), new AbortController()];
    let heard = 0;
    const kindOf = (error) => `${{error.constructor.name}} ${{error.name}}`;
    const stopped = recognizer.readImage({BLOB}, {{
        signal: first.signal,
        onProgress: () => {{ heard++; second.abort(); first.abort(); }},
    }}).catch(kindOf);
    const waiting = recognizer.readImage({BLOB}, {{ signal: second.signal }}).catch(kindOf);
    const late = recognizer.readImage({BLOB}, {{ signal: AbortSignal.abort() }}).catch(kindOf);
    const kinds = await Promise.all([stopped, waiting, late]);
    const after = await recognizer.readImage({BLOB}, {{ turn: 0 }});
    return [kinds, heard, after.text.length];
}}"""


@pytest.fixture(scope="module")
def number():
    """A photo of the number 4375 in golden digits."""
    digits = [Source(digit, None, DIGITS[digit]) for digit in (4, 3, 7, 5)]
    return Image.open(io.BytesIO(make_photo(digits, np.random.default_rng(3), height=60).content))


@pytest.fixture(scope="module")
def ones():
    """A page of 180 1s."""
    page = Image.new("L", (400, 500), 235)
    pen = ImageDraw.Draw(page)
    for i in range(180):
        x, y = 20 + 25 * (i % 15), 20 + 40 * (i // 15)
        pen.line([(x, y), (x, y + 24)], fill=20, width=4)
    return page


def as_text(picture, kind="PNG"):
    return base64.b64encode(encode(picture, kind)).decode()


@pytest.mark.parametrize(
    ("how", "turned"),
    [
        (None, 0),
        (Image.Transpose.ROTATE_90, 90),
        (Image.Transpose.ROTATE_180, 180),
        (Image.Transpose.ROTATE_270, 270),
    ],
)
def test_a_photo_is_read_the_right_way_up(api, number, how, turned):
    picture = number if how is None else number.transpose(how)
    reading = api.evaluate(TURNED, [as_text(picture), None])
    assert reading["text"] == "4375"
    assert reading["remarks"]["turned"] == turned
    # Boxes are in the picture as it was given, the preview is upright.
    assert (reading["width"], reading["height"]) == picture.size
    side = 0 if turned % 180 == 0 else 1
    places = [digit["box"]["xy"[side]] for digit in reading["digits"]]
    assert places == sorted(places, reverse=turned in (90, 180))
    width, height = number.size
    assert reading["preview"][0] / reading["preview"][1] == pytest.approx(width / height, rel=0.02)
    assert reading["shown"] == "4375"


def test_a_picture_is_turned_as_asked(api, number):
    reading = api.evaluate(TURNED, [as_text(number.transpose(Image.Transpose.ROTATE_180)), 0])
    assert reading["remarks"]["turned"] == 0
    assert reading["text"] != "4375"
    turned = api.evaluate(TURNED, [as_text(drawn_one()), 90])
    assert turned["remarks"]["turned"] == 90
    assert turned["preview"][0] > turned["preview"][1]


def test_a_page_tells_its_progress_and_lets_ink_be_read_meanwhile(api, ones):
    found = api.evaluate(BOTH, as_text(ones))
    assert found["text"] == "1" * 180
    assert found["truncated"] is False
    assert found["order"] == ["ink 1", "page"]
    assert found["shares"] == sorted(found["shares"])
    assert len(found["shares"]) > 5
    assert 0 < found["shares"][0] < 0.2
    assert found["shares"][-1] == 1


def test_a_picture_is_stopped_while_it_is_read_or_waits(api, ones):
    kinds, heard, digits = api.evaluate(STOP, as_text(ones))
    assert kinds == ["DOMException AbortError"] * 3
    assert heard == 1
    assert digits == 180
