"""The size of a first visit, part by part."""

import re
import subprocess

import pytest

from tests.first_visit import BUDGET, IN_ALL, SITE, files_of_first_visit, measure, table

ROOT = SITE.parents[1]


@pytest.fixture(scope="module")
def site():
    if not (SITE / "index.html.br").is_file():
        pytest.fail("The page is not built and compressed: run `make site` (`make test` does).")
    return SITE


@pytest.mark.parametrize("part", BUDGET)
def test_a_first_visit_stays_within_its_budget(site, part):
    assert 0 < measure(site)[part].brotli <= BUDGET[part], f"\n{table(measure(site))}"


def test_the_budgets_of_the_parts_fit_into_that_of_the_whole():
    assert sum(size for part, size in BUDGET.items() if part != IN_ALL) <= BUDGET[IN_ALL] <= 300_000
    assert BUDGET["model"] <= 100_000


def test_what_only_some_browsers_need_is_no_part_of_a_first_visit(site):
    named = files_of_first_visit(site)
    assert sum(name.endswith(".wasm") for name in named) == 1
    assert not re.search(r"cpuBackend|screenshots|icons/|api/|sw\.js", " ".join(named))


def test_a_part_that_grew_is_marked_in_the_table(site, monkeypatch):
    assert "over" not in table(measure(site))
    monkeypatch.setitem(BUDGET, "model", measure(site)["model"].brotli - 1)
    assert re.search(r"^  model .+ over by 1$", table(measure(site)), re.MULTILINE)


def test_make_site_prints_the_table():
    command = ["make", "--dry-run", "--no-print-directory", "site"]
    assert "tests/first_visit.py" in subprocess.check_output(command, cwd=ROOT, text=True, timeout=60)
