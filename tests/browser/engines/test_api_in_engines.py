"""Every call of api/digitpad.js in Chromium, Firefox and WebKit, with and without a service worker."""

import base64
import shutil

import pytest

from tests.browser.digitpad_page import CASES, DIGITS
from tests.browser.engines.journey_page import JourneyPage
from tests.browser.engines.made_pictures import save_picture
from tests.browser.written import written

CONTROLLED = "() => (navigator.serviceWorker.controller?.state ?? null)"

CREATE = """async () => {
    globalThis.digitpad = await import('/api/digitpad.js');
    globalThis.recognizer = await digitpad.createRecognizer({ baseUrl: '/' });
    return recognizer.backend;
}"""

LEVELS = (
    "(inks) => inks.map((ink) => Array.from(digitpad.rasterizeInk(ink), (level) => Math.round(level * 255)))"
)

CLASSIFY = """async (inks) => {
    const pixels = new Float32Array(inks.flatMap((ink) => [...digitpad.rasterizeInk(ink)]));
    const probabilities = await recognizer.classify(pixels);
    return inks.map((_, row) => Array.from(probabilities.subarray(10 * row, 10 * row + 10)));
}"""

# The same picture as a file, as a bitmap, as an element and as a canvas.
READ_IMAGE = """async (text) => {
    const file = new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]);
    const image = new Image();
    image.src = URL.createObjectURL(file);
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext('2d').drawImage(image, 0, 0);
    const sources = [file, await createImageBitmap(file), image, canvas];
    const read = [];
    for (const source of sources) read.push((await recognizer.readImage(source)).text);
    return read;
}"""

# Slow calls and fast ones at once: each must get its own answer, once.
AT_ONCE = """async ([text, inks]) => {
    const file = new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]);
    const example = { id: 'a', label: 7, ink: inks[3] };
    const calls = [
        recognizer.readImage(file), recognizer.learn({ add: [example] }).then(() => ({ text: 'learnt' })),
        ...inks.map((ink) => recognizer.readInk(ink)), recognizer.readImage(file),
    ];
    return (await Promise.all(calls)).map((reading) => reading.text);
}"""

# Another recognizer learns and goes: the first one's probabilities stay.
SHARE = """async (ink) => {
    const probabilities = async () => (await recognizer.readInk(ink)).digits[0].probabilities.join();
    const before = await probabilities();
    const other = await digitpad.createRecognizer({ baseUrl: '/' });
    await other.learn({ add: [{ id: 'a', label: 3, ink }] });
    const learnt = (await other.readInk(ink)).digits[0].probabilities.join();
    other.dispose();
    return { kept: before === (await probabilities()), learnt: before !== learnt };
}"""

# The class and the place of what is wrong, of errors of the page and of the worker.
REFUSED = """async () => {
    const failure = (call) => call.then(() => 'answered', (error) =>
        [error.name, error instanceof digitpad[error.name] && error instanceof Error]);
    return Promise.all([
        failure(recognizer.readInk([[[0, NaN]]])), failure(recognizer.classify(new Float32Array(3))),
        failure(recognizer.readImage(new Blob(['no picture']))),
        failure(recognizer.readImage(new Blob(['']), { turn: 1 })),
        failure(digitpad.createRecognizer({ baseUrl: 'localhost:1' })),
        failure(recognizer.learn({ add: [{ id: 'a', label: 1 }] })),
    ]);
}"""

DISPOSE = """async (ink) => {
    const refused = (call) => call.then(() => 'answered', (error) =>
        error instanceof digitpad.DisposedError && error.message);
    const pending = refused(recognizer.classify(new Float32Array(784 * 500)));
    recognizer.dispose();
    recognizer.dispose();
    return Promise.all([pending, refused(recognizer.readInk(ink))]);
}"""


CALLER = '<!doctype html><meta charset="utf-8"><link rel="icon" href="icon.svg"><title>Another page</title>'


@pytest.fixture(params=["no service worker", "service worker"])
def caller(request, fresh, start_server, site, tmp_path):
    """Another page of the site, which the site's service worker controls or not, with a recognizer."""
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / "caller.html").write_text(CALLER)
    server = start_server(tmp_path / "site", host="localhost")
    kept = request.param == "service worker"
    if kept:
        fresh.open(server.url)
        JourneyPage(fresh).wait(ready=True, offline="ready")
    fresh.open(f"{server.url}caller.html")
    assert fresh.evaluate(CONTROLLED) == ("activated" if kept else None)
    assert fresh.evaluate(CREATE) == "wasm-simd"
    return fresh


def test_every_call_answers(caller, tmp_path):
    digits = [case for case in CASES if case["digit"] is not None]
    labels, inks = [case["digit"] for case in digits], [case["strokes"] for case in digits]
    golden = [[level for row in case["rows"] for level in bytes.fromhex(row)] for case in digits]
    assert caller.evaluate(LEVELS, inks) == golden
    rows = caller.evaluate(CLASSIFY, inks)
    assert [row.index(max(row)) for row in rows] == labels
    assert [sum(row) for row in rows] == pytest.approx([1] * len(inks), abs=1e-3)

    reading = caller.evaluate("(ink) => recognizer.readInk(ink)", written("2026"))
    assert reading["text"] == "2026"
    assert [digit["digit"] for digit in reading["digits"]] == [2, 0, 2, 6]
    picture = base64.b64encode(save_picture("52", tmp_path / "52.png").read_bytes()).decode()
    assert caller.evaluate(READ_IMAGE, picture) == ["52"] * 4
    answers = caller.evaluate(AT_ONCE, [picture, inks])
    assert answers[:2] + answers[-1:] == ["52", "learnt", "52"]
    assert len(answers) == len(inks) + 3

    shared = caller.evaluate(SHARE, DIGITS[8])
    assert shared == {"kept": True, "learnt": True}
    wrong, picture = ["InvalidInputError", True], ["PictureError", True]
    assert caller.evaluate(REFUSED) == [wrong, wrong, picture, wrong, wrong, wrong]

    refusal = "The recognizer was disposed of."
    assert caller.evaluate(DISPOSE, DIGITS[1]) == [refusal, refusal]
