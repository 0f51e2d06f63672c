"""training/report/unipen.py and unipen_section.py: UNIPEN's figures and its part of the page."""

import json
import shutil
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from tests.python.made_report import SURE_ENOUGH, Page, run
from tests.python.made_unipen import write_distribution, write_files
from training.data import defective_unipen
from training.data.unipen import load_unipen
from training.data.unipen_files import unipen_checksum
from training.data.writers import of_part
from training.errors import RunError
from training.ink.rasterize import rasterize_ink
from training.ink.styles import STYLES
from training.network.architectures import predict
from training.network.shipped import RECORD, load_shipped
from training.report.__main__ import BEFORE, FIGURES, PAGE
from training.report.unipen_section import read_before, svg_path

SLASHED = """.WRITER_ID aaa02
.COORD X Y
.PEN_DOWN
50 100
20 50
50 0
80 50
50 100
.PEN_UP
.PEN_DOWN
10 0
90 100
.PEN_UP
"""
LABELS = '.INCLUDE aaa/slashed.dat\n.SEGMENT CHARACTER 0-1 OK "0"\n.SEGMENT CHARACTER 0-1 OK "4"\n'
WRONG = "data/1a/aaa/slashed.dat#0-1", "4"  # its label
REASON = "<b>It is a 0.</b>"
LIKE = {"k": None}  # labels alone matter


@pytest.fixture(scope="session")
def crowd(made):
    """Data with UNIPEN: what writer aaa02, who validates, wrote has a slashed 0, once with a wrong label."""
    data = shutil.copytree(made.data, made.folder / "crowd")
    root = write_distribution(data / "unipen")
    write_files(root, {"data/1a/aaa/slashed.dat": LABELS, "include/aaa/slashed.dat": SLASHED})
    return SimpleNamespace(data=data, root=root)


@pytest.fixture(scope="session")
def reported(made, crowd):
    """The report on the validation writers, with a label named defective and one lookalike."""
    output, pictures = made.folder / "reported", made.folder / "reported_pictures"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(defective_unipen, "DEFECTIVE_UNIPEN", {WRONG: REASON})
        patch.setattr("training.report.unipen.LOOKALIKES", LIKE)
        figures = run(made, output, data=crowd.data, pictures=pictures)
    html = (output / PAGE).read_text(encoding="utf-8")
    return SimpleNamespace(
        figures=figures["unipen"], html=html, page=Page(html), output=output, pictures=pictures
    )


@pytest.fixture(scope="session")
def theirs(made, crowd):
    """What the validation writers wrote and what the model makes of it, without the report's own code."""
    characters = of_part(load_unipen(crowd.root).found, "validation")
    images = np.array([np.round(rasterize_ink(each.strokes) * 255) for each in characters]).astype(np.uint8)
    is_digit = np.array([each.label.isdigit() for each in characters])
    probabilities = predict(load_shipped(made.model).model, images)
    labels = np.array([each.label for each in characters])
    return SimpleNamespace(
        probabilities=probabilities,
        labels=labels,
        is_digit=is_digit,
        right=probabilities.argmax(axis=1).astype(str) == labels,
        is_sound=np.array([(each.source, each.label) != WRONG for each in characters]),
    )


def test_the_figures_are_those_computed_independently(reported, theirs):
    own, right = reported.figures, theirs.right[theirs.is_digit]
    assert (own["digits"], own["right"]) == (12, right.sum())
    sound = theirs.right[theirs.is_digit & theirs.is_sound]
    assert own["without_defective"]["digits"] == 11
    assert own["without_defective"]["accuracy"] == sound.mean()
    assert list(own["laboratories"]) == ["aaa"] and list(own["writers"]) == ["aaa02"]
    assert own["laboratories"]["aaa"]["writers"] == 1
    for group in (own["laboratories"]["aaa"], own["writers"]["aaa02"]):
        assert group["accuracy"] == right.mean()
        assert group["without_defective"]["accuracy"] == sound.mean()


def test_styles_have_their_own_figures(reported):
    styles = reported.figures["styles"]
    assert (styles["slashed 0"]["digits"], styles["slanted 7"]["digits"]) == (1, 1)
    assert styles["none of these"]["digits"] <= 10
    for own in styles.values():
        assert sum(own["misread_as"].values()) == own["digits"] - own["right"]
        assert own["without_defective"] is None or own["without_defective"]["digits"] <= own["digits"]


def test_letters_and_signs_are_counted_by_label_and_lookalikes_apart(reported, theirs, answers):
    is_refused = theirs.probabilities.max(axis=1) <= SURE_ENOUGH
    is_like = theirs.labels == "k"
    sound = theirs.probabilities[theirs.is_digit & theirs.is_sound]
    least = min(
        each.max(axis=1).min() for each in (sound, answers.mnist, answers.ink)
    )  # 0.3% of few are none
    for name, chosen in (("letters", ~theirs.is_digit & ~is_like), ("lookalikes", is_like)):
        own = reported.figures[name]
        assert (own["drawn"], own["refused"]) == (chosen.sum(), is_refused[chosen].mean())
        assert own["refused_compared"] == np.mean(theirs.probabilities[chosen].max(axis=1) < least)
        assert set(own["labels"]) == set(theirs.labels[chosen])
        for label, each in own["labels"].items():
            of_label = theirs.labels == label
            assert (each["drawn"], each["refused"]) == (of_label.sum(), is_refused[of_label].mean())


def test_the_page_shows_a_drawing_of_each_style_and_every_label(reported):
    drawings = reported.page.all("svg", role="img")
    shown = [style for style in reported.figures["styles"] if style != "none of these"]
    assert [own["aria-label"] for own in drawings] == [f"A {style}" for style in shown]
    assert all(own["d"].startswith("M") for own in reported.page.all("path"))
    for name in ("letters", "lookalikes"):
        part = reported.html.split(f'data-labels="{name}"')[1].split("</ul>")[0]
        assert part.count("<li") == len(reported.figures[name]["labels"])
    assert "Writers: the worst of 1" in reported.page.text


def test_named_recordings_are_shown_with_the_reason_escaped(reported):
    assert REASON in reported.page.text and REASON not in reported.html
    assert "slashed.dat#0-1" in reported.page.text


def test_the_picture_of_the_styles_is_small_enough(reported):
    path = reported.pictures / "styles.png"
    assert path.stat().st_size < 60_000
    with Image.open(path) as image:
        assert image.width == 800


def test_without_unipen_the_report_has_no_part_on_it(written, reported):
    assert written.figures["unipen"] is None
    assert 'id="unipen"' not in written.html and "UNIPEN" not in written.page.text
    assert 'id="unipen"' in reported.html


@pytest.fixture
def earlier(reported, tmp_path):
    """Write figures.json of an earlier report: of another model, on the same part, unless told otherwise."""

    def write(part="validation", version="older", **styles):
        figures = json.loads((reported.output / FIGURES).read_text())
        figures["part"], figures["model"]["version"] = part, version
        figures["unipen"]["styles"] = styles
        path = tmp_path / "earlier.json"
        path.write_text(json.dumps(figures))
        return path

    return write


def test_the_test_part_has_the_styles_of_the_validation_writers_too(made, crowd, tmp_path, without_plots):
    own = run(made, tmp_path, "test", data=crowd.data)["unipen"]
    assert (own["digits"], list(own["writers"])) == (10, ["aaa05"])
    assert (own["styles"]["slashed 0"]["digits"], own["styles"]["slanted 7"]["digits"]) == (1, 2)


def test_digits_alone_are_enough_but_not_letters_alone(made, tmp_path, without_plots):
    data = shutil.copytree(made.data, tmp_path / "data")
    root = write_distribution(data / "unipen", labels={"1a": "0123456789"})
    figures = run(made, tmp_path, data=data)["unipen"]
    assert figures["digits"] == 10 and figures["letters"] is figures["lookalikes"] is None
    assert "data-labels" not in (tmp_path / PAGE).read_text(encoding="utf-8")
    shutil.rmtree(root)
    write_distribution(data / "unipen", labels={"1c": "km"})
    with pytest.raises(RunError, match="has no digits by validation writers"):
        run(made, tmp_path, data=data)


@pytest.fixture
def without_plots(monkeypatch):
    monkeypatch.setattr("training.report.panels.svg_uri", lambda *_, **__: "data:image/svg+xml,")
    monkeypatch.setattr("training.report.unipen_section.svg_uri", lambda *_, **__: "data:image/svg+xml,")


def test_an_earlier_model_is_shown_beside_this_one(made, crowd, earlier, tmp_path, without_plots):
    before = {"digits": 40, "right": 5, "accuracy": 0.125, "interval": [0.05, 0.26], "misread_as": {}}
    run(made, tmp_path, data=crowd.data, before=earlier(**{"slashed 0": before}), pictures=tmp_path)
    html = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert html.count('<dd class="before"') == 1 and "12.5%" in Page(html).text


def test_the_same_model_is_not_compared_with_itself(made, crowd, earlier, reported, tmp_path, without_plots):
    version = json.loads((reported.output / FIGURES).read_text())["model"]["version"]
    run(made, tmp_path, data=crowd.data, before=earlier(version=version, **reported.figures["styles"]))
    assert 'class="before"' not in (tmp_path / PAGE).read_text(encoding="utf-8")


def test_a_wrong_earlier_report_is_refused(made, crowd, earlier, tmp_path):
    with pytest.raises(RunError, match="pass an earlier report on validation"):
        run(made, tmp_path, data=crowd.data, before=earlier(part="test", **{"slashed 0": {}}))
    for content in ("{", "[]", json.dumps({"part": "validation"})):
        (tmp_path / "damaged.json").write_text(content)
        with pytest.raises(RunError, match="cannot be read as an earlier report"):
            run(made, tmp_path, data=crowd.data, before=tmp_path / "damaged.json")


@pytest.mark.parametrize("part", ["validation", "test"])
def test_the_kept_report_of_the_model_before_can_be_compared_with(part):
    kept = read_before(BEFORE / f"{part}.json", part, "another model")
    assert kept["styles"].keys() == {*(style.name for style in STYLES), "none of these"}
    assert all(0 <= own["right"] <= own["digits"] for own in kept["styles"].values())


def test_another_unipen_than_that_of_the_run_is_refused(made, crowd, tmp_path):
    model = shutil.copytree(made.model, tmp_path / "model")
    record = json.loads((model / RECORD).read_text())
    record["data"]["unipen"] = unipen_checksum(crowd.root)
    (model / RECORD).write_text(json.dumps(record))
    other = shutil.copytree(crowd.data, tmp_path / "other")
    write_distribution(other / "unipen", seed=1)
    with pytest.raises(RunError, match="UNIPEN differs from that of the run"):
        run(made, tmp_path / "out", data=other, model=model)


def test_strokes_become_the_path_of_an_svg():
    assert svg_path([np.array([[0.0, 0.0], [10.0, 20.0]])]) == "M29 8L71 92"
    assert svg_path([np.array([[3.0, 3.0]])]) == "M50 50h0"
