"""training/network/refusal.py: the threshold refuses no more real digits than it may."""

import numpy as np
import pytest

from training.network.refusal import confidence_threshold, refused


def answers(confidences):
    confidences = np.asarray(confidences, np.float32)[:, None]
    return np.concatenate([confidences, np.repeat((1 - confidences) / 9, 9, axis=1)], axis=1)


def test_the_share_allowed_is_refused_and_no_more():
    digits = answers(np.random.default_rng(0).uniform(0.4, 1.0, 1000))
    threshold = confidence_threshold([digits], share=0.02)
    assert refused(digits, threshold) == 0.02
    assert threshold == pytest.approx(0.412, abs=0.005)


def test_no_kind_of_digit_is_refused_more_often_than_that():
    rng = np.random.default_rng(0)
    harder, easier = answers(rng.uniform(0.3, 1.0, 400)), answers(rng.uniform(0.9, 1.0, 4000))
    threshold = confidence_threshold([easier, harder], share=0.01)
    assert refused(harder, threshold) == 0.01
    assert refused(easier, threshold) == 0


def test_too_few_digits_to_refuse_any():
    digits = answers([0.5, 0.7, 0.9])
    threshold = confidence_threshold([digits], share=0.1)
    assert refused(digits, threshold) == 0
    assert threshold == pytest.approx(0.5)


def test_equal_answers_are_not_refused_together():
    digits = answers([0.6] * 50 + [0.9] * 50)
    assert refused(digits, confidence_threshold([digits], share=0.1)) == 0
