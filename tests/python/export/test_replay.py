"""The features that the page rehearses while it learns: balanced, small, what the model that ships sees."""

import numpy as np
import pytest

from export.errors import ExportError
from export.replay import LARGEST_BYTES, choose_replay, features_of, write_replay
from tests.made_run import read_replay
from tests.python.made_digits import make_digits
from training.data.datasets import Digits
from training.network.architectures import build_network


def sources(*counts):
    """Return made digits whose first pixel tells the source, by the number of samples of each."""
    made = []
    for number, count in enumerate(counts):
        images, labels = make_digits(count, seed=number)
        images[:, 0, 0] = number
        made.append(Digits(images, labels))
    return made


@pytest.fixture(scope="module")
def model():
    return build_network(seed=3)


def labels_of(images, digits):
    """Return the labels of chosen images."""
    known = {image.tobytes(): label for source in digits for image, label in zip(*source, strict=True)}
    return np.array([known[image.tobytes()] for image in images])


def test_as_many_of_each_digit_and_a_tenth_of_other_sources(model):
    digits = sources(400, 600)
    chosen = choose_replay(model, digits, 100)
    assert chosen.shape == (100, 28, 28)
    assert np.bincount(chosen[:, 0, 0]).tolist() == [90, 10]
    assert np.bincount(labels_of(chosen, digits)).tolist() == [10] * 10
    assert len({image.tobytes() for image in chosen}) == 100


def test_those_near_a_border_are_chosen_among_the_rightly_read(model):
    (digits,) = found = sources(400)

    def margins(images):
        two = np.sort(model.layers[-1](features_of(model, images)).numpy(), axis=1)[:, -2:]
        return two[:, 1] - two[:, 0]

    answers = model.layers[-1](features_of(model, digits.images)).numpy().argmax(1)
    label = np.bincount(answers[answers == digits.labels]).argmax()
    right = digits.images[(answers == label) & (digits.labels == label)]
    assert len(right) > 10, "the untrained network reads too few of any digit right for this test"
    chosen = choose_replay(model, found, 100)
    near = chosen[labels_of(chosen, found) == label]
    np.testing.assert_allclose(np.sort(margins(near)), np.sort(margins(right))[:10], atol=1e-6)


def test_too_few_of_a_digit_is_one_sentence(model):
    images, labels = make_digits(300, seed=1)
    with pytest.raises(
        ExportError, match=r"there are 0 training digits 4 to rehearse instead of 10; train on"
    ):
        choose_replay(model, [Digits(images[labels != 4], labels[labels != 4])], 100)


def test_what_is_written_is_read_back_to_half_a_level(tmp_path, model):
    digits = sources(3000)
    described = write_replay(tmp_path, model, digits)
    assert described["bytes"] == (tmp_path / described["path"]).stat().st_size <= LARGEST_BYTES
    assert described["features"] == 64
    assert described["samples"] % 10 == 0 and described["samples"] > 620
    read = read_replay(tmp_path, described)
    exact = features_of(model, choose_replay(model, digits, described["samples"]))
    most = np.maximum(exact.max(axis=0), 1e-9)
    assert read.shape == exact.shape
    assert np.all(np.abs(np.sqrt(read / most) - np.sqrt(exact / most)) <= 0.501 / 15)
    assert exact.max() > 0.1
