"""training/data/writers.py: no writer in two parts, and pens that nobody trained on in two of them."""

from collections import Counter

import numpy as np
import pytest

from training.data.unipen import Character, load_unipen
from training.data.writers import WHOLE_LABORATORIES, divide_writers, of_part

DOT = [np.zeros((1, 2))]


def written(laboratory, writers, category="1a", first=1):
    return [
        Character(
            "7", laboratory, f"{laboratory}{number:02}", f"data/{category}/{laboratory}/{number}.dat#0", DOT
        )
        for number in range(first, first + writers)
    ]


def counts(characters):
    """Return how many writers each part has."""
    return Counter(divide_writers(characters).values())


@pytest.mark.parametrize("writers", [5, 7, 13, 14, 40, 70])
def test_about_a_seventh_validates_and_about_a_seventh_tests(writers):
    found = counts(written("abc", writers))
    assert abs(found["validation"] - writers / 7) < 1 and abs(found["test"] - writers / 7) < 1
    assert found["training"] > writers / 2 and found["validation"] and found["test"]


def test_a_small_laboratory_is_learnt_from():
    assert counts(written("abc", 4)) == {"training": 4}


@pytest.mark.parametrize(("laboratory", "part"), WHOLE_LABORATORIES.items())
@pytest.mark.parametrize("writers", [1, 20])
def test_a_laboratory_is_kept_whole_out_of_training_for_each(laboratory, part, writers):
    assert part in ("validation", "test")
    assert counts(written(laboratory, writers) + written("abc", 3)) == {part: writers, "training": 3}


def test_those_who_wrote_digits_are_divided_as_evenly_as_all():
    letters = written("abc", 14, "1c")
    numbers = (1, 3, 6, 7, 8, 10, 13)
    digits = [character for number in numbers for character in written("abc", 1, first=number)]
    parts = divide_writers(letters + digits)
    assert Counter(parts.values()) == {"training": 10, "validation": 2, "test": 2}
    wrote = Counter(parts[each.laboratory, each.writer] for each in digits)
    assert wrote == {"training": 5, "validation": 1, "test": 1}


def test_the_order_of_the_characters_makes_no_difference():
    characters = written("abc", 14) + written("xyz", 9, "1d") + written("xyz", 4)
    turned = [characters[place] for place in np.random.default_rng(0).permutation(len(characters))]
    assert divide_writers(turned) == divide_writers(characters)


def test_one_name_in_two_laboratories_means_two_people():
    characters = [
        Character("7", laboratory, f"{number}", f"data/1a/{laboratory}/a.dat#0", DOT)
        for laboratory in ("abc", "val")
        for number in range(7)
    ]
    assert len(divide_writers(characters)) == 14


def recordings(laboratory, writer, first, count=5, points=6):
    """Different recordings by a writer, from number `first` on."""
    inks = ([np.arange(2.0 * points).reshape(points, 2) + number] for number in range(first, first + count))
    return [Character("7", laboratory, writer, "data/1a/abc/more.dat#0", ink) for ink in inks]


def test_names_that_share_recordings_are_one_person():
    characters = written("abc", 14) + written("xyz", 14)
    plain = divide_writers(characters)
    assert (plain["abc", "abc02"], plain["abc", "abc09"]) == ("validation", "validation")
    # The second and the third share five, the third and the ninth others: all three are the second.
    characters += recordings("abc", "abc02", 0) + recordings("abc", "abc03", 0, count=10)
    parts = divide_writers(characters + recordings("abc", "abc09", 5) + recordings("xyz", "xyz01", 0))
    assert {parts["abc", name] for name in ("abc02", "abc03", "abc09")} == {"validation"}
    assert parts["xyz", "xyz01"] == "training"
    assert Counter(parts.values()) == {"training": 18, "validation": 6, "test": 4}


@pytest.mark.parametrize("alike", [{"count": 4}, {"points": 5}])
def test_few_or_short_recordings_alike_do_not_make_one_person(alike):
    characters = written("abc", 14)
    shared = recordings("abc", "abc02", 0, **alike) + recordings("abc", "abc03", 0, **alike)
    assert divide_writers(characters + shared) == divide_writers(characters)


def test_the_parts_share_no_writer_and_lose_no_character():
    characters = (written("abc", 14) + written("val", 3) + written("uqb", 3)) * 2
    parts = {part: of_part(characters, part) for part in ("training", "validation", "test")}
    writers = {part: {(each.laboratory, each.writer) for each in found} for part, found in parts.items()}
    assert sum(map(len, parts.values())) == len(characters)
    assert len(set.union(*writers.values())) == sum(map(len, writers.values())) == 20
    assert {laboratory for laboratory, _ in writers["training"]} == {"abc"}


@pytest.mark.slow
def test_every_part_of_the_published_data_has_writers_and_pens_of_its_own(unipen):
    digits = load_unipen(unipen).found
    parts = divide_writers(digits)
    laboratories = {part: {key[0] for key, its in parts.items() if its == part} for part in parts.values()}
    for part in ("validation", "test"):
        assert 0.1 < Counter(parts.values())[part] / len(parts) < 0.25
        assert laboratories[part] - laboratories["training"] == {
            laboratory for laboratory, its in WHOLE_LABORATORIES.items() if its == part
        }
