"""training/predict.py: pictures in, digits out, as the page reads them."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from training import predict
from training.errors import DigitpadError

pytestmark = pytest.mark.heavy
GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "ink.json").read_text())
STROKES = {case["digit"]: case["strokes"] for case in GOLDEN if case["digit"] is not None}


def draw(*digits: int) -> Image.Image:
    """Draw golden ink in black on white, one digit beside the other."""
    picture = Image.new("RGB", (160 * len(digits), 220), "white")
    for place, digit in enumerate(digits):
        points = [point for stroke in STROKES[digit] for point in stroke]
        (left, top), (right, bottom) = np.min(points, axis=0), np.max(points, axis=0)
        scale = min(90 / max(right - left, 1), 150 / max(bottom - top, 1))
        for stroke in STROKES[digit]:
            line = [(160 * place + 35 + scale * (x - left), 35 + scale * (y - top)) for x, y in stroke]
            ImageDraw.Draw(picture).line(line, fill="black", width=14, joint="curve")
    return picture


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command on pictures; return its exit status, the fields of its lines, and its errors."""

    def run_on(*names):
        monkeypatch.setattr(sys, "argv", ["predict", *map(str, names)])
        monkeypatch.chdir(tmp_path)
        status = predict.main()
        printed = capsys.readouterr()
        return status, [line.split() for line in printed.out.splitlines()], printed.err.splitlines()

    return run_on


def test_pictures_are_read_and_the_others_are_named(run, tmp_path):
    draw(2, 7).save(tmp_path / "number.png")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    draw(4).transpose(Image.Transpose.ROTATE_90).save(tmp_path / "turned.jpg", exif=exif)
    draw(5).save(tmp_path / "moving.gif", save_all=True, append_images=[draw(3)])
    Image.new("L", (90, 90), 255).save(tmp_path / "white.png")
    Image.new("RGBA", (90, 90)).save(tmp_path / "clear.png")
    (tmp_path / "words.txt").write_text("three")
    names = ["number.png", "words.txt", "turned.jpg", "white.png", "clear.png", "moving.gif", "missing.png"]
    status, (head, *rows), errors = run(*names)
    assert status == 1
    assert head == ["picture", "number", "digit", "confidence", *"0123456789"]
    assert [row[:3] for row in rows] == [
        ["number.png", "27", "2"],
        ["number.png", "27", "7"],
        ["turned.jpg", "4", "4"],
        ["moving.gif", "5", "5"],
    ]
    for _, _, _, confidence, *shares in rows:
        assert float(confidence.rstrip("%")) == max(map(float, shares)) > 90
        assert sum(map(float, shares)) == pytest.approx(100, abs=0.06)
    assert errors == [
        "error: words.txt is not a picture that can be read; PNG and JPEG are",
        "error: white.png: there is no ink on it",
        "error: clear.png: The picture is fully transparent.",
        "error: missing.png cannot be read: No such file or directory",
    ]


def test_the_models_own_threshold_decides_what_is_named(run, monkeypatch, tmp_path):
    model = shutil.copytree(predict.MODEL, tmp_path / "model")
    description = json.loads((model / "description.json").read_text()) | {"sure_enough": 0.9999999}
    (model / "description.json").write_text(json.dumps(description))
    draw(2).save(tmp_path / "two.png")
    _, (_, *rows), errors = run("two.png", "--model", model)
    assert errors == []
    assert [fields[1:4] for fields in rows] == [["?", "?", "100.00%"]]


def test_without_the_pages_libraries_one_sentence_says_what_to_do(monkeypatch, tmp_path, run):
    monkeypatch.setattr(predict, "ROOT", tmp_path)
    with pytest.raises(DigitpadError, match="libraries are not installed; run `make site` once"):
        run("any.png")
