"""Replace a folder by a finished new one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from export.errors import ExportError
from training.network.shipped import DESCRIPTION


@contextmanager
def replacement(target: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; it replaces `target` if the block ends without an error.

    The whole folder is replaced, so no shard of an older model stays. A failure leaves it untouched.
    """
    refuse_other_folder(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    old = target.with_name(f".{target.name}.{os.getpid()}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        yield fresh
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def refuse_other_folder(target: Path) -> None:
    """Raise ExportError if `target` holds anything but an exported model: it would be deleted."""
    if target.exists() and not target.is_dir():
        raise ExportError(f"{target} is a file, not a folder for the model; pass another --site-model")
    if target.is_dir() and any(target.iterdir()) and not (target / DESCRIPTION).is_file():
        raise ExportError(
            f"{target} is not empty and holds no exported model; pass another --site-model, or empty it"
        )
