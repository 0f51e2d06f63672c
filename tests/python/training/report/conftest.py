"""What the tests of the report share: its inputs, the answers computed without it, and one written report."""

from types import SimpleNamespace

import numpy as np
import pytest

from tests.python.made_report import NONDIGITS, WITH_MARKUP, Page, make_inputs, run
from training.data import defective
from training.data.datasets import read_digits, split_validation
from training.data.defective import Defective
from training.data.ink_digits import draw_digits, read_ink
from training.ink.nondigits import draw_nondigits
from training.network.architectures import predict
from training.network.shipped import load_shipped
from training.report.__main__ import PAGE
from training.report.measure import samples_of


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return make_inputs(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def answers(made):
    """What the shipped model makes of the validation digits, without the report's own code."""
    model = load_shipped(made.model).model
    images, labels = read_digits(made.found, "train")
    _, chosen = split_validation(labels, 100, 0)
    digits = read_ink(made.ink).validation
    drawn = draw_digits(digits)
    nondigits, kinds = draw_nondigits("validation", NONDIGITS, 0, digits)
    return SimpleNamespace(
        mnist_images=images[chosen],
        ink_images=drawn.images,
        mnist=predict(model, images[chosen]),
        mnist_labels=labels[chosen],
        ink=predict(model, drawn.images),
        ink_labels=drawn.labels,
        writers=np.array([digit.writer for digit in digits]),
        nondigits=predict(model, nondigits),
        kinds=kinds,
    )


@pytest.fixture(scope="session")
def listed(made, answers):
    """Two samples named defective, a misread one if there is any and one that is read right, with markup."""
    samples = samples_of(made.ink, "validation")
    order = np.argsort(answers.ink.argmax(1) == answers.ink_labels, kind="stable")
    return tuple(
        Defective(samples[k][1].writer, samples[k][0], samples[k][1].digit, f"{WITH_MARKUP} {n}.")
        for n, k in enumerate((order[0], order[-1]))
    )


@pytest.fixture(scope="session")
def written(made, listed):
    """The report on the validation digits, with two samples named defective and the README's pictures."""
    output = made.folder / "written"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(defective, "DEFECTIVE", listed)
        figures = run(made, output, pictures=made.folder / "pictures")
    html = (output / PAGE).read_text(encoding="utf-8")
    return SimpleNamespace(output=output, figures=figures, html=html, page=Page(html))
