"""training/predict.py: pictures in, digits out, at the threshold that the page reads with."""

import sys

import numpy as np
import pytest
from PIL import Image

from training import predict as command
from training.bitmap import PictureReading, ReadDigit
from training.datasets import read_digits, split_validation
from training.errors import DigitpadError
from training.predict import main, table
from training.shipped import Shipped, load_shipped


@pytest.fixture(scope="module")
def digits(mnist):
    images, labels = read_digits(mnist, "train")
    _, chosen = split_validation(labels, 5000, 0)
    first = [chosen[np.flatnonzero(labels[chosen] == digit)[0]] for digit in (3, 8)]
    return images[first]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run the command on pictures; give its exit status, its lines and its errors."""

    def run_on(*names, options=()):
        monkeypatch.setattr(sys, "argv", ["predict", *(str(tmp_path / name) for name in names), *options])
        status = main()
        printed = capsys.readouterr()
        return status, printed.out.splitlines(), printed.err.splitlines()

    return run_on


def test_each_picture_has_a_line_with_digit_confidence_and_ten_probabilities(run, digits, tmp_path):
    for name, image in zip(("three.png", "eight.png"), digits, strict=True):
        Image.fromarray(255 - image).resize((140, 140)).save(tmp_path / name)
    status, lines, errors = run("three.png", "eight.png")
    assert (status, errors) == (0, [])
    head, *rows = (line.split() for line in lines)
    assert head == ["picture", "number", "digit", "confidence", *"0123456789"]
    assert [row[:3] for row in rows] == [
        [str(tmp_path / "three.png"), "3", "3"],
        [str(tmp_path / "eight.png"), "8", "8"],
    ]
    for row in rows:
        shares = [float(share) for share in row[4:]]
        assert len(shares) == 10 and sum(shares) == pytest.approx(100, abs=0.06)
        assert float(row[3].rstrip("%")) == max(shares)


def test_a_file_that_is_no_picture_does_not_keep_the_others_from_being_read(run, digits, tmp_path):
    Image.fromarray(digits[0]).save(tmp_path / "three.png")
    (tmp_path / "words.txt").write_text("three")
    status, lines, errors = run("words.txt", "three.png", "missing.png")
    assert status == 1
    assert [line.split()[:2] for line in lines[1:]] == [[str(tmp_path / "three.png"), "3"]]
    assert errors == [
        f"error: {tmp_path / 'words.txt'} is no picture that can be read; PNG and JPEG are",
        f"error: {tmp_path / 'missing.png'} does not exist",
    ]


def test_the_same_picture_named_twice_is_read_twice(run, digits, tmp_path):
    Image.fromarray(digits[0]).save(tmp_path / "three.png")
    status, lines, _ = run("three.png", "three.png")
    assert status == 0 and len(lines) == 3


def test_no_picture_at_all_prints_no_table(run):
    assert run("missing.png")[:2] == (1, [])


def test_the_threshold_is_the_exported_one(run, digits, tmp_path, monkeypatch):
    Image.fromarray(digits[0]).save(tmp_path / "three.png")
    model, description, record = load_shipped()
    for sure_enough, answer in ((0.0, "3"), (1.0, "?")):
        shipped = Shipped(model, description | {"sure_enough": sure_enough}, record)
        monkeypatch.setattr(command, "load_shipped", lambda shipped=shipped: shipped)
        assert run("three.png")[1][1].split()[2] == answer


def test_a_number_has_a_line_for_each_digit(run, digits, tmp_path):
    row = np.hstack([255 - image for image in digits])
    Image.fromarray(row).resize((280, 140)).save(tmp_path / "row.png")
    status, lines, _ = run("row.png")
    assert status == 0
    assert [line.split()[1:3] for line in lines[1:]] == [["38", "3"], ["38", "8"]]


def test_a_picture_on_which_nothing_is_written_is_named(run, digits, tmp_path):
    Image.new("L", (90, 90), 255).save(tmp_path / "white.png")
    Image.fromarray(digits[0]).save(tmp_path / "three.png")
    status, lines, errors = run("white.png", "three.png")
    assert (status, len(lines)) == (1, 2)
    assert errors == [f"error: {tmp_path / 'white.png'} is blank: there is no ink on it"]


def test_an_unsure_answer_is_a_question_mark():
    digits = [ReadDigit(digit, np.full(10, 0.1), (0, 0, 9, 9), np.zeros((28, 28))) for digit in (7, None)]
    lines = table([("a.png", PictureReading([digits]))]).splitlines()
    assert [line.split()[:4] for line in lines[1:]] == [
        ["a.png", "7?", "7", "10.00%"],
        ["a.png", "7?", "?", "10.00%"],
    ]


def test_a_folder_without_a_run_is_refused(run, digits, tmp_path):
    Image.fromarray(digits[0]).save(tmp_path / "three.png")
    with pytest.raises(DigitpadError, match="there are no trained weights"):
        run("three.png", options=["--output", str(tmp_path)])
