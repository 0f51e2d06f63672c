"""export/publish.py: the new folder or the old one, never a mixture."""

import pytest

from export.errors import ExportError
from export.publish import replacement
from training.network.shipped import DESCRIPTION


def fill(folder, **contents):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in contents.items():
        (folder / (DESCRIPTION if name == "description" else name)).write_text(text)


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("existing", [None, {}, {"description": "old", "stale_shard": "old"}])
def test_replaces_the_whole_folder(tmp_path, existing):
    target = tmp_path / "site" / "model"
    if existing is not None:
        fill(target, **existing)
    with replacement(target) as fresh:
        fill(fresh, description="new")
    assert contents(target) == {DESCRIPTION: "new"}
    assert list(target.parent.iterdir()) == [target]


def test_failure_leaves_the_old_folder(tmp_path):
    target = tmp_path / "model"
    fill(target, description="old")
    with pytest.raises(ZeroDivisionError), replacement(target) as fresh:
        fill(fresh, description="new")
        raise ZeroDivisionError
    assert contents(target) == {DESCRIPTION: "old"}
    assert list(tmp_path.iterdir()) == [target]


def test_folder_of_something_else_is_refused(tmp_path):
    fill(tmp_path / "home", letter="dear")
    with pytest.raises(ExportError, match="holds no exported model"), replacement(tmp_path / "home"):
        pass
    assert contents(tmp_path / "home") == {"letter": "dear"}


def test_file_is_refused(tmp_path):
    (tmp_path / "model").write_text("a file")
    with pytest.raises(ExportError, match="is a file, not a folder"), replacement(tmp_path / "model"):
        pass
