"""tests/bench/results.py: what a run of the benchmark keeps, and what it calls a change."""

import json

import pytest

from tests.bench import results
from tests.bench.results import OURS, Figures, changes, save, table

MACHINE = {"processor": "Made Chip 3", "cores": 2}


def test_a_figure_is_its_median_between_its_tenths():
    figures = Figures()
    figures.add("reading, ms", OURS, *range(1, 12), 1000)
    assert figures.spreads() == {"reading, ms": {OURS: [6.5, 2.1, 10.9]}}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ([1, 0.9, 1.1], [0.8, 0.7, 0.91], []),  # the ranges meet
        ([1, 0.9, 1.1], [1.2, 1.09, 1.3], []),
        ([1, 0.9, 1.1], [0.5, 0.4, 0.6], ["reading, ms: this page 1 → 0.5 (-50%)"]),
        ([1, 1, 1], [1.01, 1.01, 1.01], []),  # one sample each
        ([1, 1, 1], [3, 2, 4], ["reading, ms: this page 1 → 3 (+200%)"]),
    ],
)
def test_a_change_is_more_than_the_spread(before, now, said):
    assert changes({"reading, ms": {OURS: before}}, {"reading, ms": {OURS: now}}) == said


def test_every_byte_counts():
    assert changes({"page, bytes": {OURS: [900] * 3}}, {"page, bytes": {OURS: [901] * 3}}) != []


def test_a_run_is_compared_with_the_last_one_of_its_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(results, "version", lambda: "0.1.0-new")
    for name, time in (("2-cores-0.1.0-a", "02"), ("2-cores-0.1.0-b", "01"), ("24-cores-0.1.0-a", "03")):
        (tmp_path / f"made-chip-3-{name}.json").write_text(json.dumps({"time": time}))
    path, before = save(MACHINE, {"reading, ms": {OURS: [1, 1, 1]}}, tmp_path)
    assert before["time"] == "02"
    assert path.name == "made-chip-3-2-cores-0.1.0-new.json"
    assert json.loads(path.read_text())["figures"] == {"reading, ms": {OURS: [1, 1, 1]}}


def test_the_table_sets_others_beside_this_page():
    [_, line] = table({"reading, ms": {OURS: [0.5, 0.4, 0.6], "TF.js": [50, 40, 60]}}).splitlines()
    assert line.split() == ["reading,", "ms", "0.5", "±0.1", "50", "(100×)"]
