"""training/recipe/targets.py: labels smoothed, and teachers asked once a round about what the epoch sees."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from tests.python.tiny import tiny
from training.data.datasets import Digits
from training.network.architectures import build_network
from training.network.backend import tf
from training.recipe.augment import Distortion, distort, draw_distortions
from training.recipe.split import Block, Split
from training.recipe.targets import DistillationTargets, LabelTargets

IMAGES, LABELS = make_digits(30)
BLOCKS = (Block("mnist", 10), Block("pendigits", 20, turns=2))
SPLIT = Split(Digits(IMAGES, LABELS), Digits(IMAGES, LABELS), BLOCKS, {}, {})
DISTORTION = Distortion(elastic=1.0)
RECIPE = tiny(seed=5, distillation_rounds=2, distortion=DISTORTION)
GO = threading.Event()


def distillation_targets(folder, seeds=(1, 2), recipe=RECIPE):
    teachers = [build_network(seed, "tiny") for seed in seeds]
    return DistillationTargets(teachers, SPLIT, recipe, folder / "answers")


def label_targets(labels, smoothing=0.0):
    return LabelTargets(np.array(labels), replace(RECIPE, label_smoothing=smoothing))


def test_labels_are_smoothed_over_the_digits_and_no_digit():
    _, targets = label_targets([10, 3], smoothing=0.11).of_epoch(0, GO)
    expected = np.where(np.arange(11) == [[10], [3]], 0.9, 0.01)
    np.testing.assert_allclose(targets, expected, atol=1e-6)


def test_labels_come_with_new_distortions_each_epoch():
    targets = label_targets(LABELS)
    first, second, again = (targets.of_epoch(epoch, GO)[0].numpy() for epoch in (0, 1, 0))
    assert not np.allclose(first, second)
    np.testing.assert_array_equal(first, again)


def test_other_images_have_targets_of_the_same_kind(tmp_path):
    taught = distillation_targets(tmp_path)
    draws, answers = taught.of_epoch(0, GO)
    others = taught.of_images(IMAGES[:10, ..., None], LABELS[:10], draws[:10].numpy())
    np.testing.assert_allclose(others, answers[:10], atol=0.02)
    labelled = label_targets(LABELS, smoothing=0.11)
    np.testing.assert_array_equal(labelled.of_images(IMAGES, LABELS, None), labelled.of_epoch(0, GO)[1])


def test_answers_are_the_mean_of_the_teachers_on_the_distorted_images_of_the_epoch(tmp_path):
    draws, answers = distillation_targets(tmp_path).of_epoch(1, GO)
    np.testing.assert_array_equal(draws, draw_distortions(30, 5, 1))
    pixels = distort(tf.constant(IMAGES[..., None] / 255, tf.float32), draws, DISTORTION)
    expected = ((build_network(1, "tiny")(pixels) + build_network(2, "tiny")(pixels)) / 2).numpy()
    expected[10:20] = 0  # they have had their turn, and nobody was asked
    # Answers are kept in half precision, and a processor may compute them in bfloat16.
    np.testing.assert_allclose(answers, expected, atol=0.02)
    assert np.load(tmp_path / "answers" / "round-02.npy").shape == (20, 11)


def test_each_round_is_asked_for_once_and_kept(tmp_path):
    targets = distillation_targets(tmp_path)
    first = targets.of_epoch(0, GO)
    assert [path.name for path in (tmp_path / "answers").iterdir()] == ["round-01.npy"]
    others = distillation_targets(tmp_path, seeds=(3,))  # they would answer otherwise
    third = others.of_epoch(2, GO)
    for one, other in zip(first, third, strict=True):
        np.testing.assert_array_equal(one, other)
    assert not np.allclose(targets.of_epoch(1, GO)[0], first[0])


@pytest.mark.parametrize(("rounds", "expected"), [(1, 2), (2, 2), (3, 4)])
def test_rounds_are_whole_cycles_so_that_a_round_always_has_the_same_images(tmp_path, rounds, expected):
    targets = distillation_targets(tmp_path, recipe=replace(RECIPE, distillation_rounds=rounds))
    assert targets.rounds == expected


def test_a_stop_leaves_no_half_answered_round(tmp_path):
    stop = threading.Event()
    stop.set()
    distillation_targets(tmp_path).of_epoch(0, stop)
    assert not (tmp_path / "answers").exists()


@pytest.mark.parametrize("content", [b"", b"not an array"])
def test_a_damaged_round_is_asked_for_again(tmp_path, content):
    _, expected = distillation_targets(tmp_path).of_epoch(0, GO)
    (tmp_path / "answers" / "round-01.npy").write_bytes(content)
    _, answers = distillation_targets(tmp_path).of_epoch(0, GO)
    np.testing.assert_array_equal(answers, expected)
