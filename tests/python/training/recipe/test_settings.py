"""training/recipe/settings.py: recipes that come back from a record, and what teachers do otherwise."""

import json
from dataclasses import replace

import pytest

from training.errors import RunError
from training.network.architectures import ARCHITECTURES, FRONTIER, TEACHER
from training.recipe.settings import Settings, full, quick


def test_settings_come_back_from_json():
    for settings in (full(seed=3), quick(), full().of_teacher(2)):
        assert Settings.from_dict(json.loads(json.dumps(settings.as_dict()))) == settings


def test_teachers_differ_in_seed_and_network_and_learn_labels():
    first, second = (full().of_teacher(number) for number in (1, 2))
    assert first.seed != second.seed
    assert (first.teachers, first.epochs, first.network) == (0, full().teacher_epochs, TEACHER)
    assert replace(second, seed=first.seed) == first
    assert full(epochs=3).of_teacher(1) == first
    assert quick().teachers == 0


def test_settings_of_another_recipe_are_refused():
    values = full().as_dict()
    with pytest.raises(RunError, match=r"another recipe \(dropout\); run `make train` again"):
        Settings.from_dict(values | {"dropout": 0.1})
    with pytest.raises(RunError, match=r"another recipe \(seed\)"):
        Settings.from_dict({name: value for name, value in values.items() if name != "seed"})


def test_recipes_name_networks_that_exist():
    assert {full().network, quick().network, TEACHER, *FRONTIER} <= set(ARCHITECTURES)
