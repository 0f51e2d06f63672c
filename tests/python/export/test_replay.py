"""The features that the page rehearses while it learns: balanced, small, what the model that ships sees."""

import hashlib

import numpy as np
import pytest

from export.errors import ExportError
from export.replay import LARGEST_BYTES, choose_replay, features_of, read_replay, write_replay
from tests.python.made_digits import make_digits
from training.datasets import Digits
from training.network import build_network


def sources(*counts):
    """Return made digits whose first pixel tells the source, by the number of samples of each."""
    made = []
    for number, count in enumerate(counts):
        images, labels = make_digits(count, seed=number)
        images[:, 0, 0] = number
        made.append(Digits(images, labels))
    return made


def test_as_many_of_each_digit_and_of_each_source():
    digits = sources(400, 600)
    chosen = choose_replay(digits, 110)
    assert chosen.shape == (110, 28, 28)
    assert np.bincount(chosen[:, 0, 0]).tolist() == [60, 50]
    known = {image.tobytes(): label for source in digits for image, label in zip(*source, strict=True)}
    assert np.bincount([known[image.tobytes()] for image in chosen]).tolist() == [11] * 10
    assert len({image.tobytes() for image in chosen}) == 110


def test_the_same_is_chosen_again():
    np.testing.assert_array_equal(choose_replay(sources(300), 100), choose_replay(sources(300), 100))


def test_too_few_of_a_digit_is_one_sentence():
    images, labels = make_digits(300, seed=1)
    with pytest.raises(
        ExportError, match=r"there are 0 training digits 4 to rehearse in place of 10; train on"
    ):
        choose_replay([Digits(images[labels != 4], labels[labels != 4])], 100)


def test_what_is_written_is_read_back_to_half_a_level(tmp_path):
    model, digits = build_network(seed=3), sources(700)
    described = write_replay(tmp_path, model, digits)
    content = (tmp_path / described["path"]).read_bytes()
    assert described["bytes"] == len(content) <= LARGEST_BYTES
    assert described["sha256"] == hashlib.sha256(content).hexdigest()
    assert (described["samples"], described["features"]) == (610, 64) or described["samples"] % 10 == 0
    read = read_replay(tmp_path / described["path"], described)
    exact = features_of(model, choose_replay(digits, described["samples"]))
    assert np.all(np.abs(read - exact) <= exact.max(axis=0) / 255 * 0.501)
    assert exact.max() > 0.1


def test_an_altered_replay_set_is_refused(tmp_path):
    described = write_replay(tmp_path, build_network(seed=3), sources(300))
    path = tmp_path / described["path"]
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    with pytest.raises(ExportError, match=r"replay\.bin is not the file that its description names"):
        read_replay(path, described)
