"""training/report/page.py: the page shows all that was measured, legible in light and dark, escaped."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from tests.python.made_report import WITH_MARKUP
from training.data.datasets import read_digits, split_validation
from training.report import panels, plots
from training.report.__main__ import read_frontier
from training.report.measure import Answers
from training.report.page import plain


def test_every_image_has_words_and_none_comes_from_elsewhere(written):
    images = written.page.all("img")
    assert len(images) > 10
    assert all(image["alt"].strip() for image in images)
    assert all(image["src"].startswith("data:image/") for image in images)
    assert "http" not in "".join(str(own) for _, own in written.page.elements)
    assert "url(" not in written.html


def test_every_misread_digit_is_listed_with_its_picture_and_probabilities(written, answers):
    for heading, name in (("MNIST", "mnist"), ("Ink", "ink")):
        probabilities, labels = getattr(answers, name), getattr(answers, f"{name}_labels")
        wrong = np.flatnonzero(probabilities.argmax(1) != labels)
        part = written.html.split(f'data-misread="{heading}"')[1].split("</ul>")[0]
        assert part.count('class="digit"') == part.count("image/png") == len(wrong)
        surest_first = wrong[np.argsort(-probabilities[wrong].max(1), kind="stable")]
        shown = np.array(re.findall(r"--share: ([\d.]+)", part), float).reshape(-1, 10)
        np.testing.assert_allclose(shown, probabilities[surest_first], atol=1e-4)


def test_the_picture_of_a_misread_digit_is_what_the_network_sees(written, made, answers):
    images, labels = read_digits(made.found, "train")
    _, chosen = split_validation(labels, 100, 0)
    wrong = np.flatnonzero(answers.mnist.argmax(1) != answers.mnist_labels)
    surest = wrong[answers.mnist[wrong].max(1).argmax()]
    first = written.html.split('data-misread="MNIST"')[1].split("data:image/png;base64,")[1].split('"')[0]
    shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(first))))
    np.testing.assert_array_equal(shown, images[chosen][surest])


def test_what_others_wrote_is_escaped(written):
    assert "<script" not in written.html
    assert written.page.text.count(WITH_MARKUP) == 3  # two reasons, one setting


def test_learning_curves_of_the_network_and_each_teacher_are_shown(written):
    captions = [name for name in written.page.texts if "epochs; best" in name]
    assert captions == [
        "The network, 3 epochs; best: epoch 3",
        "Teacher 1, 2 epochs; best: epoch 2",
        "Teacher 2, 2 epochs; best: epoch 2",
    ]


def test_what_corrections_brought_is_said(written):
    said = " ".join(written.page.text.split())
    assert (
        "40 corrections by people were learnt from, in 5 files. Of the 9 newest by the same writers" in said
    )
    assert "the model that shipped before reads 4 right, this one reads 8 right. Of the 7 by other" in said
    assert "writers, which were not learnt from, this one reads 6 right." in said


def test_plots_have_the_colours_of_light_and_dark(written):
    sources = [image["src"] for image in written.page.all("img") if "svg+xml" in image["src"]]
    assert len(sources) == 10  # reliability 2, writers 1, refusals 2, frontier 2, learning 3
    for source in sources:
        svg = base64.b64decode(source.split(",")[1]).decode()
        assert "prefers-color-scheme:dark" in svg and "fill: var(--c0)" in svg


def test_networks_that_lack_a_figure_are_left_out(made, written):
    assert [own["name"] for own in read_frontier(made.frontier)] == ["small", "shipped", "large"]
    assert "shipped (ships)" in written.page.text and "unmeasured" not in written.page.text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"rotation": 10.0, "on_axis": True}, "rotation 10, on axis yes"),
        ([], "none"),
        (["A", None], "A, –"),
        (55000, "55,000"),
        (128, "128"),
        (0.003, "0.003"),
        (False, "no"),
    ],
)
def test_values_of_the_record_are_put_plainly(value, words):
    assert plain(value) == words


def test_the_same_answers_give_the_same_plot():
    probabilities = np.random.default_rng(0).dirichlet(np.ones(10), 50)
    answers = Answers(None, np.arange(50) % 10, probabilities, None)
    first, again = (panels.reliability_panel("MNIST", answers, plots.MNIST) for _ in range(2))
    assert first == again
