"""training/make_shards.py: as many made samples as are asked for, of the training writers alone."""

import sys

import numpy as np
import pytest

from tests.golden.make_ink import DIGITS
from tests.python.made_ink import write_unipen
from tests.python.made_unipen import write_distribution
from training.data.shards import check_shards, open_shards, read_shards
from training.errors import exit_status
from training.make_shards import main, make_samples, read_inks

INKS, LABELS = [*DIGITS.values()], np.array([*DIGITS], np.uint8)


def make(count, seed=1):
    return [np.concatenate(arrays) for arrays in zip(*make_samples(INKS, LABELS, count, seed), strict=True)]


def test_every_sample_is_another_variation_and_every_ink_comes_equally_often():
    images, labels = make(2 * len(INKS) + 3)
    assert images.shape == (2 * len(INKS) + 3, 28, 28)
    assert len(np.unique(images, axis=0)) == len(images)
    assert np.bincount(labels[: 2 * len(INKS)]).tolist() == [2] * len(INKS)
    assert labels[: len(INKS)].tolist() != LABELS.tolist()  # not writer after writer
    # The label is that of the ink: a 1 is narrow, a 0 is not.
    widths = (images > 0).any(axis=1).sum(axis=1)
    assert widths[labels == 1].max() < widths[labels == 0].min()


def test_the_seed_decides_and_a_smaller_count_is_a_beginning():
    images, labels = make(15)
    np.testing.assert_array_equal(make(8)[0], images[:8])
    np.testing.assert_array_equal(make(8)[1], labels[:8])
    assert not np.array_equal(make(8, seed=2)[0], images[:8])


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    write_unipen(folder / "pendigits" / "pendigits-orig.tra", writers=10)
    write_distribution(folder / "unipen")
    return folder


def run(monkeypatch, *options):
    monkeypatch.setattr(sys, "argv", ["make_shards", *map(str, options)])
    return exit_status(main)


def test_the_command_writes_shards_that_say_what_they_are(data, tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, tmp_path / "made", "--count", "300", "--data", data) == 0
    assert capsys.readouterr().out.startswith("300 samples in 1 shards, 0.00 GB: ")
    shards = open_shards(tmp_path / "made")
    check_shards(shards.shards)
    assert set(shards.source) == {"count", "seed", "pendigits-orig.tra", "train_r01_v07"}
    labels = np.concatenate([digits.labels for digits in read_shards(shards)])
    assert set(labels.tolist()) == set(range(11))  # and what is no digit


def test_digits_stand_there_as_often_as_the_recipe_varies_them(data):
    inks, labels = read_inks(data / "pendigits" / "pendigits-orig.tra", None)
    assert len(inks) == len(labels) == 6 * 10 * 6  # six of ten writers train
    assert np.bincount(labels).tolist() == [36] * 10


def test_without_pen_strokes_there_is_nothing_to_make(tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, tmp_path / "made", "--data", tmp_path) == 1
    assert "no pen strokes in pendigits/ or unipen/" in capsys.readouterr().err
