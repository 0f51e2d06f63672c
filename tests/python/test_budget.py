"""The size of a first visit, part by part."""

import re

import pytest

from webapp.build.first_visit import (
    API_BUDGET,
    BUDGET,
    BUDGETS,
    IN_ALL,
    SITE,
    files_of_api,
    files_of_first_visit,
    measure,
    size_of,
    table,
)


@pytest.fixture(scope="module")
def site():
    if not (SITE / "index.html.br").is_file():
        pytest.fail("The page is not built and compressed: run `make site` (`make test` does).")
    return SITE


@pytest.mark.parametrize("part", BUDGET)
def test_a_first_visit_stays_within_its_budget(site, part):
    assert 0 < measure(site)[part][1] <= BUDGET[part], f"\n{table(measure(site))}"


def test_the_budgets_of_the_parts_fit_into_the_total():
    assert sum(size for part, size in BUDGET.items() if part != IN_ALL) <= BUDGET[IN_ALL] <= 130_000
    assert BUDGET["model"] <= 100_000


def test_a_first_visit_fetches_nothing_that_only_some_browsers_need(site):
    names = files_of_first_visit(site)  # a browser's test compares it with what is asked for
    assert len(names) <= BUDGETS["first visit, requests"]
    assert not re.search(r"images-|screenshots|icons/|api/|sw\.js", " ".join(names))


def test_the_table_marks_a_part_over_its_budget(site, monkeypatch):
    assert "over" not in table(measure(site))
    monkeypatch.setitem(BUDGET, "model", measure(site)["model"][1] - 1)
    assert re.search(r"^  model .+ over by 1$", table(measure(site)), re.MULTILINE)


def test_what_another_page_loads_before_a_pad_is_used_stays_within_its_budget(site):
    names = files_of_api(site)
    assert names[0] == "api/digitpad.js"
    assert any(name.startswith("assets/pad-") for name in names)
    assert not re.search("recognizer-|valueLine-|inkLayers-|page-", " ".join(names))
    assert sum(size_of(site / name)[1] for name in names) <= API_BUDGET
