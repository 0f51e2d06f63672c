"""training/explore.ipynb: it runs from top to bottom on a small slice, and is kept clean."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

PLOTS = [
    "mnist",
    "strokes",
    "writers",
    "distortions",
    "variation",
    "figures",
    "curves",
    "confusion",
    "refusals",
    "fooled",
]
NOTEBOOK = Path(__file__).resolve().parents[3] / "training" / "explore.ipynb"


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(NOTEBOOK, as_version=nbformat.NO_CONVERT)


def code_of(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def outputs(notebook, mnist, pen_strokes):
    """What each code cell gives on a small slice, by the cell's id."""
    small = nbformat.from_dict(notebook)
    parameters = code_of(small)[0]
    assert parameters.source.startswith("SMALL = False")
    parameters.source = parameters.source.replace("SMALL = False", "SMALL = True")
    # In the folder that the notebook lies in, as editors start it.
    NotebookClient(small, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    return {cell.id: cell.outputs for cell in code_of(small)}


def words(outputs):
    return "".join(output["text"] for output in outputs if output.output_type == "stream")


@pytest.mark.slow
def test_it_runs_learns_and_warns_of_nothing(outputs):
    kinds = {output.output_type for cell in outputs.values() for output in cell}
    assert kinds == {"display_data", "stream"}
    plots = [
        cell for cell, given in outputs.items() if sum("image/png" in o.get("data", {}) for o in given) == 1
    ]
    assert set(PLOTS) <= set(plots)
    before = float(re.search(r"([\d.]+)% of the validation digits", words(outputs["guess"]))[1])
    after = float(re.search(r"MNIST: ([\d.]+)% here", words(outputs["compare"]))[1])
    assert before < 30 < after
    errors = [o["text"] for given in outputs.values() for o in given if o.get("name") == "stderr"]
    assert "Warning" not in "".join(errors)


def test_it_is_kept_without_outputs_and_without_a_trace_of_a_machine(notebook):
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    for cell in code_of(notebook):
        assert (cell.outputs, cell.execution_count) == ([], None), cell.id
    assert not any(cell.metadata for cell in notebook.cells)
    assert notebook.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not re.search(r"/(home|root|Users|work|tmp)/", text)


def test_it_is_valid_and_its_cells_have_names_of_their_own(notebook):
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+", name) for name in ids)
