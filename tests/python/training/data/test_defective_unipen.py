"""training/data/defective_unipen.py: a named recording is in the data set, and few are named."""

from collections import Counter

import pytest

from training.data.defective_unipen import DEFECTIVE_UNIPEN, why_defective
from training.data.unipen import SIGNS, load_unipen
from training.data.writers import divide_writers

COPY = 71_429  # characters of the copy with neutral names
MOST = 0.015  # of the digits


@pytest.fixture(scope="session")
def characters(unipen):
    found = load_unipen(unipen).found
    if len(found) != COPY:
        pytest.skip("no UNIPEN with neutral names: another copy has other files")
    return found


def test_a_recording_is_found_by_its_source_and_label():
    (source, label), why = next(iter(DEFECTIVE_UNIPEN.items()))
    assert why_defective(source, label) == why
    assert why_defective(source, "x") is None
    assert why_defective(f"{source}1", label) is None


def test_no_recording_is_named_twice_or_without_a_reason():
    assert len({source for source, _ in DEFECTIVE_UNIPEN}) == len(DEFECTIVE_UNIPEN)
    assert all(why.endswith(".") for why in DEFECTIVE_UNIPEN.values())


@pytest.mark.slow
def test_every_named_recording_is_in_the_data_set(characters):
    there = {(each.source, each.label) for each in characters}
    assert DEFECTIVE_UNIPEN.keys() <= there


@pytest.mark.slow
def test_few_digits_of_each_part_are_named(characters):
    parts = divide_writers(characters)
    every, named = Counter(), Counter()
    for each in characters:
        if each.is_digit:
            part = parts[each.laboratory, each.writer]
            every[part] += 1
            named[part] += why_defective(each.source, each.label) is not None
    assert all(0 < named[part] <= MOST * every[part] for part in every), (named, every)


@pytest.mark.slow
def test_signs_that_are_digits_are_named_too(characters):
    """They must not teach the network that an 8 is no digit."""
    signs = {
        each.label
        for each in characters
        if each.source.startswith(f"data/{SIGNS}/") and why_defective(each.source, each.label)
    }
    assert signs == {"(", "%"}
