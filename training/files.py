"""Write files atomically: a reader finds the old file or the new one, never a part."""

import json
import os
from collections.abc import Callable
from pathlib import Path

RECORD = "training.json"  # how a run was made: in its folder, and beside the exported model


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a temporary file beside `path`, then rename it to `path`."""
    # The suffix stays last: Keras and NumPy choose the format by it.
    temporary = path.with_name(f".{os.getpid()}.{path.name}")
    try:
        write(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_json(path: Path, content: dict) -> None:
    """Write readable JSON, atomically."""
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
