"""training/lessons.py: labels smoothed, and teachers asked once a round about what the network will see."""

import threading

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from training.augment import Distortion, distort, draw_distortions
from training.backend import tf
from training.lessons import LabelLessons, TeacherLessons
from training.network import build_network

IMAGES, LABELS = make_digits(30)
DISTORTION = Distortion(elastic=1.0)
GO = threading.Event()


def teacher_lessons(folder, seeds=(1, 2), rounds=2):
    teachers = [build_network(seed) for seed in seeds]
    return TeacherLessons(teachers, IMAGES, DISTORTION, seed=5, rounds=rounds, folder=folder / "lessons")


def test_labels_are_smoothed():
    _, targets = LabelLessons(np.array([3]), 0.1, seed=1).of_epoch(0, GO)
    expected = np.full(10, 0.01)
    expected[3] = 0.91
    np.testing.assert_allclose(targets[0], expected, atol=1e-6)


def test_what_is_no_digit_is_all_digits_alike():
    _, targets = LabelLessons(np.array([10, 2]), 0.0, seed=1).of_epoch(0, GO)
    np.testing.assert_allclose(targets[0], np.full(10, 0.1), atol=1e-6)
    assert targets[1, 2] == 1


def test_labels_come_with_new_distortions_each_epoch():
    lessons = LabelLessons(LABELS, 0.0, seed=1)
    first, second, again = (lessons.of_epoch(epoch, GO)[0].numpy() for epoch in (0, 1, 0))
    assert not np.allclose(first, second)
    np.testing.assert_array_equal(first, again)


def test_answers_are_the_mean_of_the_teachers_on_the_distorted_images(tmp_path):
    draws, answers = teacher_lessons(tmp_path).of_epoch(1, GO)
    np.testing.assert_array_equal(draws, draw_distortions(30, 5, 1))
    pixels = distort(tf.constant(IMAGES[..., None] / 255, tf.float32), draws, DISTORTION)
    expected = (build_network(1)(pixels) + build_network(2)(pixels)) / 2
    # Answers are kept in half precision, and a processor may compute them in bfloat16.
    np.testing.assert_allclose(answers, expected, atol=0.02)
    np.testing.assert_allclose(np.sum(answers, axis=1), 1, atol=0.01)


def test_each_round_is_asked_for_once_and_kept(tmp_path):
    lessons = teacher_lessons(tmp_path)
    first = lessons.of_epoch(0, GO)
    assert [path.name for path in (tmp_path / "lessons").iterdir()] == ["round-01.npy"]
    third = teacher_lessons(tmp_path, seeds=(3,)).of_epoch(2, GO)  # other teachers would answer otherwise
    for one, other in zip(first, third, strict=True):
        np.testing.assert_array_equal(one, other)
    second = lessons.of_epoch(1, GO)
    assert not np.allclose(second[0], first[0])


def test_a_stop_leaves_no_half_answered_round(tmp_path):
    stop = threading.Event()
    stop.set()
    teacher_lessons(tmp_path).of_epoch(0, stop)
    assert not (tmp_path / "lessons").exists()


@pytest.mark.parametrize("content", [b"", b"not an array"])
def test_a_damaged_round_is_asked_for_again(tmp_path, content):
    _, expected = teacher_lessons(tmp_path).of_epoch(0, GO)
    (tmp_path / "lessons" / "round-01.npy").write_bytes(content)
    _, answers = teacher_lessons(tmp_path).of_epoch(0, GO)
    np.testing.assert_array_equal(answers, expected)
