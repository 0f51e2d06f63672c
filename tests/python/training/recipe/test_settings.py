"""training/recipe/settings.py: recipes that come back from a record, and what teachers do otherwise."""

import json
from dataclasses import replace

from training.network.architectures import ARCHITECTURES, FRONTIER, TEACHERS
from training.recipe.settings import Settings, full, quick


def test_settings_come_back_from_json():
    for settings in (full(seed=3), quick(), full().of_teacher(2)):
        assert Settings.from_dict(json.loads(json.dumps(settings.as_dict()))) == settings


def test_teachers_differ_in_seed_and_network_and_learn_labels():
    first, second = (full().of_teacher(number) for number in (1, 2))
    assert first.seed != second.seed
    assert (first.teachers, first.epochs) == (0, full().teacher_epochs)
    assert (first.network, second.network) == TEACHERS
    assert replace(second, seed=first.seed, network=first.network) == first


def test_more_teachers_than_networks_take_them_in_turn():
    third, first = full().of_teacher(3), full().of_teacher(1)
    assert third.network == first.network
    assert third.seed != first.seed


def test_another_number_of_student_epochs_keeps_the_teachers():
    assert full(epochs=3).of_teacher(1) == full().of_teacher(1)


def test_the_quick_recipe_has_no_teachers():
    assert quick().teachers == 0


def test_recipes_name_networks_that_exist():
    assert {full().network, quick().network, *TEACHERS, *FRONTIER} <= set(ARCHITECTURES)


def test_the_last_epochs_are_mild():
    settings = Settings(epochs=8, mild_epochs=0.25, mild_strength=0.3)
    assert [settings.strength(epoch) for epoch in range(8)] == [1.0] * 6 + [0.3] * 2
    assert {replace(settings, mild_epochs=0.0).strength(epoch) for epoch in range(8)} == {1.0}
    assert {full().of_teacher(1).strength(epoch) for epoch in range(full().teacher_epochs)} == {1.0}
