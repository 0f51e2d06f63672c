"""training/report/figures.py: the figures are those computed without it."""

import json

import numpy as np
import pytest

from tests.python.made_report import NONDIGITS, SURE_ENOUGH
from training.ink.nondigits import KINDS
from training.network.calibration import expected_calibration_error, reliability
from training.report.__main__ import FIGURES
from training.report.figures import refusal_curve, wilson
from training.report.measure import Answers


def test_the_figures_are_those_computed_independently(written, answers):
    for name in ("mnist", "ink"):
        probabilities, labels = getattr(answers, name), getattr(answers, f"{name}_labels")
        own, right = written.figures[name], probabilities.argmax(1) == labels
        assert (own["digits"], own["right"]) == (len(labels), right.sum())
        assert own["accuracy"] == right.mean()
        assert own["calibration_error"] == expected_calibration_error(probabilities, labels)
        assert own["refused"] == np.mean(probabilities.max(1) <= SURE_ENOUGH)
        assert own["misread_and_named"] == np.sum((probabilities.max(1) > SURE_ENOUGH) & ~right)
    confidence = answers.nondigits.max(1)
    assert written.figures["nondigits"]["drawn"] == NONDIGITS
    assert written.figures["nondigits"]["refused"] == np.mean(confidence <= SURE_ENOUGH)
    compared = min(np.sort(own.max(1))[int(0.005 * len(own))] for own in (answers.mnist, answers.ink))
    assert written.figures["nondigits"]["refused_compared"] == np.mean(confidence < compared)
    for number, kind in enumerate(KINDS):
        refused = np.mean(confidence[answers.kinds == number] <= SURE_ENOUGH)
        assert written.figures["nondigits"]["kinds"][kind] == refused


def test_each_writer_has_a_figure(written, answers):
    right = answers.ink.argmax(1) == answers.ink_labels
    own = written.figures["ink"]["writers"]
    assert set(own) == {3, 8}
    for writer in (3, 8):
        theirs = right[answers.writers == writer]
        assert (own[writer]["digits"], own[writer]["right"]) == (len(theirs), theirs.sum())
        assert own[writer]["accuracy"] == theirs.mean()


def test_defective_samples_are_left_out_of_the_second_figure_alone(written, answers, listed):
    right = int(np.sum(answers.ink.argmax(1) == answers.ink_labels))
    assert written.figures["ink"]["digits"] == 20
    assert written.figures["ink"]["without_defective"]["digits"] == 18
    named = [(entry.writer, entry.digit) for entry in listed]
    left_out = [
        answer.argmax() == label
        for answer, label, writer in zip(answers.ink, answers.ink_labels, answers.writers, strict=True)
        if (writer, label) in named
    ]
    assert written.figures["ink"]["without_defective"]["right"] == right - sum(left_out)


def test_the_figures_are_kept_beside_the_page(written):
    kept = json.loads((written.output / FIGURES).read_text())
    assert kept == json.loads(json.dumps(written.figures))
    assert f"{100 * written.figures['mnist']['accuracy']:.2f}%" in written.page.text


def test_interval_of_a_share():
    low, high = wilson(0, 250)
    assert low == 0 and high == pytest.approx(1.96**2 / (250 + 1.96**2))
    low, high = wilson(50, 100)  # symmetric about a half
    assert (low + high) / 2 == pytest.approx(0.5)
    assert (low, high) == pytest.approx((0.4038, 0.5962), abs=1e-4)


def test_refusals_ascend_with_the_threshold():
    rng = np.random.default_rng(0)
    digits, others = rng.random(50) ** 0.2, rng.random(40)
    of_digits, of_others = refusal_curve(digits, others)
    thresholds = np.sort(np.concatenate([digits, others]))
    np.testing.assert_allclose(of_digits, [np.mean(digits <= threshold) for threshold in thresholds])
    np.testing.assert_allclose(of_others, [np.mean(others <= threshold) for threshold in thresholds])


def test_reliability_counts_each_answer_in_its_range():
    probabilities = np.full((4, 10), 0.0)
    probabilities[:, 0] = (0.5, 0.52, 0.99, 1.0)
    answers = Answers(None, np.array([0, 1, 0, 0]), probabilities, None)
    assert reliability(answers.probabilities, answers.labels, 10) == [
        {"from": 0.5, "count": 2, "confidence": pytest.approx(0.51), "right": 1},
        {"from": 0.9, "count": 2, "confidence": pytest.approx(0.995), "right": 2},
    ]
