"""training/recipe/targets.py: labels smoothed, and teachers asked once a round."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from tests.python.tiny import tiny
from training.network.architectures import build_network
from training.network.backend import tf
from training.recipe.augment import Distortion, distort, draw_distortions
from training.recipe.targets import DistillationTargets, LabelTargets

IMAGES, LABELS = make_digits(30)
DISTORTION = Distortion(elastic=1.0)
MILD = {"mild_epochs": 0.25, "mild_strength": 0.4}
RECIPE = tiny(seed=5, epochs=4, distillation_rounds=2, distortion=DISTORTION, **MILD)
GO = threading.Event()

pytestmark = pytest.mark.heavy


def distillation_targets(folder, seeds=(1, 2)):
    teachers = [build_network(seed, "tiny") for seed in seeds]
    return DistillationTargets(teachers, IMAGES, RECIPE, folder / "answers")


def label_targets(labels, smoothing=0.0):
    return LabelTargets(np.array(labels), replace(RECIPE, label_smoothing=smoothing))


def test_labels_are_smoothed():
    _, targets = label_targets([3], smoothing=0.1).of_epoch(0, GO)
    expected = np.full(10, 0.01)
    expected[3] = 0.91
    np.testing.assert_allclose(targets[0], expected, atol=1e-6)


def test_what_is_no_digit_is_all_digits_alike():
    _, targets = label_targets([10, 2]).of_epoch(0, GO)
    np.testing.assert_allclose(targets[0], np.full(10, 0.1), atol=1e-6)
    assert targets[1, 2] == 1


def test_labels_come_with_new_distortions_each_epoch():
    targets = label_targets(LABELS)
    first, second, again = (targets.of_epoch(epoch, GO)[0].numpy() for epoch in (0, 1, 0))
    assert not np.allclose(first, second)
    np.testing.assert_array_equal(first, again)


def test_the_last_epochs_are_milder(tmp_path):
    targets = label_targets(LABELS)
    np.testing.assert_array_equal(targets.of_epoch(3, GO)[0], 0.4 * draw_distortions(30, 5, 3).numpy())
    taught = distillation_targets(tmp_path)
    (rough, to_rough), (mild, to_mild) = (taught.of_epoch(epoch, GO) for epoch in (1, 3))
    np.testing.assert_array_equal(mild, 0.4 * rough.numpy())
    assert not np.allclose(to_rough, to_mild)  # the teachers are asked again
    np.testing.assert_array_equal(taught.of_epoch(1, GO)[1], to_rough)


def test_answers_are_the_mean_of_the_teachers_on_the_distorted_images(tmp_path):
    draws, answers = distillation_targets(tmp_path).of_epoch(1, GO)
    np.testing.assert_array_equal(draws, draw_distortions(30, 5, 1))
    pixels = distort(tf.constant(IMAGES[..., None] / 255, tf.float32), draws, DISTORTION)
    expected = (build_network(1, "tiny")(pixels) + build_network(2, "tiny")(pixels)) / 2
    # Answers are kept in half precision, and a processor may compute them in bfloat16.
    np.testing.assert_allclose(answers, expected, atol=0.02)
    np.testing.assert_allclose(np.sum(answers, axis=1), 1, atol=0.01)


def test_each_round_is_asked_for_once_and_kept(tmp_path):
    targets = distillation_targets(tmp_path)
    first = targets.of_epoch(0, GO)
    assert [path.name for path in (tmp_path / "answers").iterdir()] == ["round-01-strength-1.npy"]
    third = distillation_targets(tmp_path, seeds=(3,)).of_epoch(
        2, GO
    )  # other teachers would answer otherwise
    for one, other in zip(first, third, strict=True):
        np.testing.assert_array_equal(one, other)
    second = targets.of_epoch(1, GO)
    assert not np.allclose(second[0], first[0])


def test_a_stop_leaves_no_half_answered_round(tmp_path):
    stop = threading.Event()
    stop.set()
    distillation_targets(tmp_path).of_epoch(0, stop)
    assert not (tmp_path / "answers").exists()


@pytest.mark.parametrize("content", [b"", b"not an array"])
def test_a_damaged_round_is_asked_for_again(tmp_path, content):
    _, expected = distillation_targets(tmp_path).of_epoch(0, GO)
    (tmp_path / "answers" / "round-01-strength-1.npy").write_bytes(content)
    _, answers = distillation_targets(tmp_path).of_epoch(0, GO)
    np.testing.assert_array_equal(answers, expected)
