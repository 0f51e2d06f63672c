"""training/settings.py: recipes that come back from a record, and what teachers do otherwise."""

import json
from dataclasses import replace

from training.network import ARCHITECTURES
from training.settings import Settings, full, quick


def test_settings_come_back_from_json():
    for settings in (full(seed=3), quick(), full().of_teacher(2)):
        assert Settings.from_dict(json.loads(json.dumps(settings.as_dict()))) == settings


def test_teachers_differ_from_each_other_and_learn_labels():
    first, second = (full().of_teacher(number) for number in (1, 2))
    assert first.seed != second.seed
    assert (first.teachers, first.epochs, first.network) == (0, full().teacher_epochs, "teacher")
    assert replace(second, seed=first.seed) == first


def test_another_number_of_student_epochs_keeps_the_teachers():
    assert full(epochs=3).of_teacher(1) == full().of_teacher(1)


def test_the_quick_recipe_has_no_teachers():
    assert quick().teachers == 0


def test_recipes_name_networks_that_exist():
    assert {full().network, quick().network, full().of_teacher(1).network} <= set(ARCHITECTURES)
