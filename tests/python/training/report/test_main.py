"""training/report/__main__.py: the command, its parts, and what it says where something is missing."""

import json
import shutil
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from PIL import Image

from tests.python.made_digits import write_idx
from tests.python.made_report import Page, run
from training.errors import RunError
from training.network.shipped import RECORD
from training.report.__main__ import PAGE, main


def test_the_pictures_of_the_readme_are_small_enough(made, written):
    for name in ("frontier.png", "refusals.png"):
        path = made.folder / "pictures" / name
        assert path.stat().st_size < 60_000
        with Image.open(path) as image:
            assert image.width == 800 and image.format == "PNG"


@pytest.fixture
def without_plots(monkeypatch):
    monkeypatch.setattr("training.report.panels.svg_uri", lambda *_, **__: "data:image/svg+xml,")


def test_the_test_part_reads_the_test_digits(made, tmp_path, without_plots):
    figures = run(made, tmp_path, "test")
    assert (figures["part"], figures["mnist"]["digits"]) == ("test", 80)
    assert set(figures["ink"]["writers"]) == {5, 10}
    assert "chose the model" not in (tmp_path / PAGE).read_text(encoding="utf-8")


def model_described(made, tmp_path, training):
    """Copy the model without its record; its description says this of its training."""
    model = shutil.copytree(made.model, tmp_path / "model")
    (model / RECORD).unlink()
    description = json.loads((model / "description.json").read_text()) | {"training": training}
    (model / "description.json").write_text(json.dumps(description))
    return model


def test_what_is_missing_is_said(made, tmp_path, without_plots):
    """No learning curves, no pen strokes, no comparison of networks, no training record beside the model."""
    learnt = {"data": made.record["data"] | {"ink": None}, "split": made.record["split"]}
    more = {"frontier": tmp_path / "none", "pictures": tmp_path / "pictures"}
    figures = run(made, tmp_path / "out", model=model_described(made, tmp_path, learnt), **more)
    assert figures["ink"] is figures["nondigits"] is None
    text = Page((tmp_path / "out" / PAGE).read_text(encoding="utf-8")).text
    for sentence in (
        "The pen strokes are not at hand",
        "There is no ink to show writers of.",
        "What is no digit is drawn together with pen strokes, and there are none at hand.",
        "there is no training/report/frontier.json",
        "the record of the training run is missing",
        "No sample of these writers is named defective",
    ):
        assert sentence in text
    assert list((tmp_path / "pictures").iterdir()) == []


def test_a_model_that_does_not_say_what_it_learnt_is_refused(made, tmp_path):
    with pytest.raises(RunError, match="does not say what the model was trained on"):
        run(made, tmp_path / "out", model=model_described(made, tmp_path, {}))


@pytest.mark.parametrize("content", ["{", "[]", '{"networks": [1]}', "{}"])
def test_a_damaged_comparison_is_refused_and_the_older_report_stays(made, tmp_path, content):
    (tmp_path / PAGE).write_text("older")
    (tmp_path / "frontier.json").write_text(content)
    with pytest.raises(RunError, match=r"frontier\.json is damaged"):
        run(made, tmp_path, frontier=tmp_path / "frontier.json")
    assert (tmp_path / PAGE).read_text() == "older"


def test_other_data_and_a_file_in_place_of_the_folder_are_refused(made, tmp_path):
    other = write_idx(tmp_path / "data", train=200, test=80)
    with pytest.raises(RunError, match="the data differs"):
        run(made, tmp_path / "out", data=other)
    assert list((tmp_path / "out").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="cannot make the folder"):
        run(made, tmp_path / "file")


def test_the_command_takes_its_options(made, tmp_path, monkeypatch, capsys):
    report = Mock()
    monkeypatch.setattr("training.report.__main__.report", report)
    arguments = f"--data d --model m --output {tmp_path} --part validation --pictures p --before b"
    monkeypatch.setattr(sys, "argv", ["report", *arguments.split()])
    assert main() == 0
    report.assert_called_once_with(
        tmp_path, "validation", model=Path("m"), data=Path("d"), pictures=Path("p"), before=Path("b")
    )
    assert str(tmp_path / PAGE) in capsys.readouterr().out
