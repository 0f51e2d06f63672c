"""api/digitpad.js as another page imports it: MNIST's test images, pen strokes, bad input."""

import json

import numpy as np
import pytest

from tests.browser.api_calls import classify
from tests.browser.digitpad_page import CASES, DIGITS
from tests.browser.serving import ROOT


@pytest.mark.parametrize("count", [2000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_mnist_reads_as_in_keras_on_the_same_weights(api, mnist, count):
    from training.data.datasets import read_digits
    from training.network.architectures import predict
    from training.network.shipped import load_shipped

    images, labels = (part[:: 10_000 // count] for part in read_digits(mnist, "test"))
    assert len(labels) == count
    in_browser = classify(api, images)
    # Not Keras's own predict(): it runs a graph, in bfloat16 where an earlier test has switched that on.
    in_keras = predict(load_shipped(ROOT / "webapp" / "model").model, images)
    assert (in_browser.argmax(1) != in_keras.argmax(1)).sum() <= 1
    assert np.abs(in_browser - in_keras).max() <= 1e-3
    accuracy = float((in_browser.argmax(1) == labels).mean())
    assert accuracy > 0.99
    if count == 10_000:
        description = json.loads((ROOT / "webapp" / "model" / "description.json").read_text())
        assert accuracy == pytest.approx(description["accuracy"]["test"]["quantized"], abs=1.5e-4)


@pytest.mark.slow
def test_pen_strokes_become_the_same_pixels_and_answers_as_in_python(api, pen_digits):
    from training.ink.rasterize import rasterize_ink

    digits = pen_digits.test
    expected = np.stack([np.round(rasterize_ink(digit.strokes).astype(float) * 255) for digit in digits])
    ink = [digit.strokes for digit in digits]
    drawn = api.evaluate(
        "ink => ink.map((s) => Array.from(digitpad.rasterizeInk(s), (p) => Math.round(p * 255)))", ink
    )
    np.testing.assert_array_equal(np.array(drawn).reshape(-1, 28, 28), expected)

    read = api.evaluate("ink => Promise.all(ink.map((s) => recognizer.readInk(s)))", ink)
    likeliest = [int(np.argmax(reading["digits"][0]["probabilities"])) for reading in read]
    np.testing.assert_array_equal(likeliest, classify(api, expected.astype(np.uint8)).argmax(1))
    accuracy = np.mean([one == digit.digit for one, digit in zip(likeliest, digits, strict=True)])
    assert accuracy > 0.985


def test_read_ink_returns_a_reading(api):
    strokes = [[[x * 3 + 1000, y * 3 - 50] for x, y in stroke] for stroke in DIGITS[4]]
    reading = api.evaluate("ink => recognizer.readInk(ink)", strokes)
    assert reading["text"] == "4"
    [digit] = reading["digits"]
    assert digit["digit"] == 4
    assert digit["confidence"] == max(digit["probabilities"]) == digit["probabilities"][4]
    assert digit["box"] == {"x": 1030, "y": -26, "width": 246, "height": 414}


def test_awkward_ink_and_no_images_are_no_errors(api):
    assert api.evaluate("async () => (await recognizer.classify(new Float32Array(0))).length") == 0
    inks = [case["strokes"] for case in CASES if case["digit"] is None and any(case["strokes"])]
    readings = api.evaluate("inks => Promise.all(inks.map((ink) => recognizer.readInk(ink)))", inks)
    assert [len(reading["digits"]) for reading in readings] == [1] * len(inks)
    assert all(reading["text"] for reading in readings)


BAD_CALLS = {
    "recognizer.classify(new Float32Array(783))": "The number of pixels is 783; give 784 an image.",
    "recognizer.classify(new Float32Array(784).fill(255))": "Pixel 0 is 255; give each as 0 (paper)",
    "recognizer.classify()": "pixels is undefined; give a Float32Array.",
    "recognizer.lookInside(new Float32Array(1568))": "The number of pixels is 1568; give one image of 784.",
    "recognizer.readInk([[[0, NaN]]])": "Point 0 of stroke 0 is [0, NaN]; give each point as two finite",
    "recognizer.readInk([[]])": "The ink is [[]]; give at least one point.",
    "(async () => digitpad.rasterizeInk([]))()": "The ink is []; give at least one point.",
    "recognizer.learn({add: [{id: 'a', label: 12, ink: [[[0, 0]]]}]})": "or null for no digit.",
    "recognizer.learn({add: [{id: 'a', label: 1}]})": "give 784 pixels, or ink.",
    "recognizer.readImage(new Blob(['x']), { turn: 45 })": "The option turn is 45; give 0, 90, 180 or 270",
    "recognizer.readImage(new Blob(['x']), { previewSide: -1 })": "The option previewSide is -1; give",
    "recognizer.readImage(new Blob(['x']), { signal: true })": "The option signal is true; give an",
    "recognizer.readImage(new Blob(['x']), null)": "options is null; give an object, or nothing.",
    "digitpad.createRecognizer({baseUrl: 'localhost:5000'})": 'baseUrl is "localhost:5000"; give the',
    "digitpad.createRecognizer({baseUrl: 'https://'})": 'baseUrl is "https://"; give the address of a folder',
    "digitpad.createRecognizer({onProgress: 1})": "The option onProgress is 1; give a function.",
}
BAD_PLACES = {
    "digitpad.createRecognizer({baseUrl: '/nowhere'})": (
        "ModelLoadError",
        "is missing on the server (answer 404)",
    ),
    "recognizer.readImage({})": ("PictureError", "Give readImage a picture that is loaded"),
    "recognizer.readImage(new Blob(['x']))": ("PictureError", "The file is none of PNG, JPEG"),
}
ALL_BAD = {call: ("InvalidInputError", says) for call, says in BAD_CALLS.items()} | BAD_PLACES
FAILURE = """.then(() => 'answered', (error) => [
    error instanceof Error && error instanceof digitpad[error.name] && error.name, error.message])"""


@pytest.mark.parametrize("call", ALL_BAD)
def test_what_is_wrong_is_refused_by_class_in_one_sentence_and_the_next_call_works(api, call):
    name, message = api.evaluate(call + FAILURE)
    assert (name, ALL_BAD[call][1] in message) == (ALL_BAD[call][0], True), message
    assert api.evaluate("ink => recognizer.readInk(ink)", DIGITS[7])["text"] == "7"


def test_a_page_of_another_origin_may_import_it(open_page, server, tmp_path, plain_host):
    (tmp_path / "index.html").write_text("<!doctype html><title>Another page</title>")
    page = open_page(plain_host(tmp_path).url).page
    read = """async ([address, ink]) => {
        const { createRecognizer } = await import(address);
        const recognizer = await createRecognizer();
        const { text } = await recognizer.readInk(ink);
        return [text, recognizer.backend, location.origin];
    }"""
    *read, origin = page.evaluate(read, [server.url + "api/digitpad.js", DIGITS[2]])
    assert read == ["2", "wasm-simd"]
    assert not server.url.startswith(origin)


def test_two_recognizers_work_side_by_side_and_calls_after_dispose_are_refused(api):
    found = api.evaluate("""async (ink) => {
        const other = await digitpad.createRecognizer();
        const readings = await Promise.all([recognizer.readInk(ink), other.readInk(ink)]);
        const message = (error) => error.message;
        const pending = other.classify(new Float32Array(784 * 2000)).catch(message);
        other.dispose();
        const refused = await Promise.all([pending, other.readInk(ink).catch(message)]);
        return [[...readings, await recognizer.readInk(ink)].map((reading) => reading.text), refused];
    }""", DIGITS[6])  # fmt: skip
    assert found == [["6", "6", "6"], ["The recognizer was disposed of."] * 2]
