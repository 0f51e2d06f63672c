"""training/recipe/optimisation.py: the schedule, and what one step does."""

import threading

import numpy as np
import pytest

from tests.python.made_digits import make_digits
from tests.python.tiny import tiny
from training.recipe.optimisation import Batch, build_learner, build_step, learning_rate
from training.recipe.settings import Settings
from training.recipe.targets import LabelTargets


def test_schedule_rises_and_falls():
    settings = Settings(learning_rate=0.01, warmup=0.1)
    rates = [learning_rate(step, 1000, settings) for step in range(1000)]
    assert rates[0] == pytest.approx(0.0001)
    assert max(rates) == pytest.approx(0.01) == rates[99]
    assert rates[-1] < 1e-6
    changes = np.diff(rates)
    assert (changes[:99] > 0).all()
    assert (changes[100:] < 0).all()


@pytest.mark.parametrize("steps", [1, 2])
def test_schedule_of_the_shortest_runs(steps):
    assert all(learning_rate(step, steps, Settings()) > 0 for step in range(steps))


def batch_of(images, labels, settings):
    draws, targets = LabelTargets(labels, settings).of_epoch(0, threading.Event())
    return Batch(images[..., None], labels.astype(np.int64), draws.numpy(), targets.numpy())


@pytest.fixture(scope="module")
def parts():
    settings = tiny(label_smoothing=0.0)
    batch = batch_of(*make_digits(64), settings)
    learner = build_learner(settings)
    step = build_step(learner, settings)
    return learner.model, learner.average, lambda number, rate, stop=False: step(batch, number, rate, stop)


def test_steps_descend(parts):
    *_, step = parts
    losses = [step(number, 1e-2)[0] for number in range(40)]
    assert losses[-1] < losses[0] / 2


def test_a_step_says_whether_to_stop(parts):
    *_, step = parts
    assert [step(0, 1e-4, stop)[2] for stop in (False, True)] == [False, True]


def test_the_share_read_right_leaves_out_what_is_no_digit():
    images, labels = make_digits(40)
    settings = tiny(label_smoothing=0.0)
    mixed = np.where(np.arange(40) < 20, labels, 10).astype(np.uint8)
    batch, step = batch_of(images, mixed, settings), build_step(build_learner(settings), settings)
    for number in range(150):
        _, share, _ = step(batch, number, 1e-2, False)
    assert share == 1.0


def test_average_follows_all_weights(parts):
    model, average, step = parts
    before = average.get_weights()
    step(1000, 1e-3)
    for mean, old, new in zip(average.get_weights(), before, model.get_weights(), strict=True):
        np.testing.assert_allclose(mean, 0.9 * old + 0.1 * new, atol=1e-6)


def test_the_seed_decides_the_first_weights():
    first, other = (build_learner(tiny(seed=seed)).model.get_weights()[0] for seed in (1, 2))
    assert not np.array_equal(first, other)


def test_only_kernels_decay():
    model, _, optimizer = build_learner(Settings())
    for variable in model.trainable_variables:
        assert optimizer._use_weight_decay(variable) == ("kernel" in variable.name), variable.name
