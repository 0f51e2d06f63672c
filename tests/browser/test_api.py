"""api/digitpad.js as another page imports it: all of MNIST's test images, pen strokes, bad input."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.browser.api_calls import classify, import_api
from tests.browser.digitpad_page import CASES, DIGITS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def api(open_page, server):
    """A page of another folder of the host that imports the module and has made a recognizer of it."""
    return import_api(open_page(server.url + "api/none").page)


def test_mnist_reads_as_in_keras_on_the_same_weights(api, mnist, capsys):
    from export.load import load_exported
    from training.data.datasets import read_digits
    from training.network.architectures import predict

    images, labels = read_digits(mnist, "test")
    in_browser = classify(api, images)
    # Not Keras's own predict(): it runs a graph, in bfloat16 where an earlier test has switched that on.
    in_keras = predict(load_exported(ROOT / "webapp" / "model"), images).numpy()
    equal = int((in_browser.argmax(1) == in_keras.argmax(1)).sum())
    accuracy = float((in_browser.argmax(1) == labels).mean())
    with capsys.disabled():
        print(f"\nMNIST test in the browser: {accuracy:.2%}; {equal} of {len(labels)} answers as in Keras")
    assert len(labels) == 10_000
    assert equal >= 9_999
    assert np.abs(in_browser - in_keras).max() <= 1e-3
    description = json.loads((ROOT / "webapp" / "model" / "description.json").read_text())
    assert accuracy == pytest.approx(description["accuracy"]["test"]["quantized"], abs=1.5e-4)


def test_pen_strokes_become_the_same_pixels_and_answers_as_in_python(api, pen_strokes, capsys):
    from training.data.ink_digits import read_ink
    from training.ink.rasterize import rasterize_ink

    digits = read_ink(pen_strokes).test
    expected = np.stack([np.round(rasterize_ink(digit.strokes).astype(float) * 255) for digit in digits])
    ink = [digit.strokes for digit in digits]
    drawn = api.evaluate(
        "ink => ink.map((s) => Array.from(digitpad.rasterizeInk(s), (p) => Math.round(p * 255)))", ink
    )
    np.testing.assert_array_equal(np.array(drawn).reshape(-1, 28, 28), expected)

    read = api.evaluate("ink => Promise.all(ink.map((s) => recognizer.readInk(s)))", ink)
    likeliest = [int(np.argmax(reading["digits"][0]["probabilities"])) for reading in read]
    np.testing.assert_array_equal(likeliest, classify(api, expected.astype(np.uint8)).argmax(1))
    accuracy = np.mean([said == digit.digit for said, digit in zip(likeliest, digits, strict=True)])
    writers = len({digit.writer for digit in digits})
    with capsys.disabled():
        print(f"\n{len(digits)} digits by {writers} writers kept out of training: {accuracy:.2%}")
    assert accuracy > 0.985


def test_read_ink_gives_a_reading(api):
    strokes = [[[x * 3 + 1000, y * 3 - 50] for x, y in stroke] for stroke in DIGITS[4]]
    reading = api.evaluate("ink => recognizer.readInk(ink)", strokes)
    assert reading["text"] == "4"
    [digit] = reading["digits"]
    assert digit["digit"] == 4
    assert digit["confidence"] == max(digit["probabilities"]) == digit["probabilities"][4]
    assert digit["box"] == {"x": 1030, "y": -26, "width": 246, "height": 414}


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["digit"] is None], ids=lambda case: case["name"]
)
def test_awkward_ink_is_no_error(api, case):
    reading = api.evaluate("ink => recognizer.readInk(ink)", case["strokes"])
    points = sum(len(stroke) for stroke in case["strokes"])
    assert len(reading["digits"]) == (1 if points else 0)
    assert (reading["text"] == "") == (points == 0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("recognizer.classify(new Float32Array(783))", "Give 784 pixels an image; 783 is no multiple of it."),
        (
            "recognizer.readInk([[[0, NaN]]])",
            "Point 0 of stroke 0 is [0,null]; give each point as two finite numbers",
        ),
        ("digitpad.createRecognizer({baseUrl: '/nowhere'})", "is missing on the server (answer 404)"),
    ],
)
def test_bad_input_is_refused_in_one_sentence_and_the_next_call_works(api, call, sentence):
    said = api.evaluate(
        f"async () => {{ try {{ await {call}; }} catch (error) {{ return error.message; }} }}"
    )
    assert said is not None and sentence in said
    assert api.evaluate("ink => recognizer.readInk(ink)", DIGITS[7])["text"] == "7"


def test_a_page_of_another_origin_may_import_it(open_page, server, tmp_path, start_plain_server):
    (tmp_path / "index.html").write_text("<!doctype html><title>Another page</title>")
    page = open_page(start_plain_server(tmp_path)).page
    reading = page.evaluate(
        """async ([address, ink]) => {
            const { createRecognizer } = await import(address);
            const recognizer = await createRecognizer();
            const { text } = await recognizer.readInk(ink);
            return { text, backend: recognizer.backend, origin: location.origin };
        }""",
        [server.url + "api/digitpad.js", DIGITS[2]],
    )
    assert reading["text"] == "2"
    assert reading["backend"] == "wasm-simd"
    assert not server.url.startswith(reading["origin"])


def test_no_images_are_no_probabilities(api):
    assert api.evaluate("async () => (await recognizer.classify(new Float32Array(0))).length") == 0


def test_calls_after_dispose_are_refused(api):
    said = api.evaluate("""async () => {
        const pending = recognizer.classify(new Float32Array(784 * 2000)).catch((error) => error.message);
        recognizer.dispose();
        const later = recognizer.readInk([]).catch((error) => error.message);
        return await Promise.all([pending, later]);
    }""")
    assert said == ["The recognizer was disposed of."] * 2


def test_two_recognizers_work_side_by_side(api):
    read = api.evaluate("""async (ink) => {
        const other = await digitpad.createRecognizer();
        const readings = await Promise.all([recognizer.readInk(ink), other.readInk(ink)]);
        other.dispose();
        return [...readings, await recognizer.readInk(ink)].map((reading) => reading.text);
    }""", DIGITS[6])  # fmt: skip
    assert read == ["6", "6", "6"]
