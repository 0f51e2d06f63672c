"""UNIPEN made by code, in its publisher's layout: golden digits and glyphs with small random turns."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.golden.make_ink import DIGITS
from training.data.unipen_files import NAME
from training.ink.glyphs import LETTERS, SYMBOLS, UNSEEN_LETTERS, UNSEEN_SYMBOLS, make_glyph

SIGN_NAMES = {"#": "hash", "%": "percent", "=": "equals", "*": "asterisk"}
GLYPHS = LETTERS | UNSEEN_LETTERS | SYMBOLS | UNSEEN_SYMBOLS
LABELS = {"1a": "0123456789", "1b": "AFHKMRWENP", "1c": "km", "1d": "#%=*"}
LABORATORIES = {"aaa": 7, "bbb": 3}


def write_distribution(
    folder: Path,
    laboratories: Mapping[str, int] = LABORATORIES,
    labels: Mapping[str, str] = LABELS,
    per_label: int = 1,
    seed: int = 0,
) -> Path:
    """Write train_r01_v07 below `folder` and return it.

    `laboratories` says how many writers each has; `labels` has what they write in each category, each label
    `per_label` times. The writers of "aaa" are aaa01, aaa02 … .
    """
    rng = np.random.default_rng(seed)
    files = {}
    for laboratory, writers in laboratories.items():
        for writer in (f"{laboratory}{number + 1:02}" for number in range(writers)):
            for category, written in labels.items():
                name = f"{laboratory}/{writer}-{category}.dat"
                segments, ink, count = [], [f".WRITER_ID {writer}", ".COORD X Y"], 0
                for label in list(written) * per_label:
                    strokes = draw(label, rng)
                    last = f"-{count + len(strokes) - 1}" if len(strokes) > 1 else ""
                    segments.append(f'.SEGMENT CHARACTER {count}{last} OK "{label}"')
                    count += len(strokes)
                    for stroke in strokes:
                        points = (f"{x} {y}" for x, y in np.round(stroke).astype(int).tolist())
                        ink += [".PEN_DOWN", *points, ".PEN_UP"]
                files[f"include/{name}"] = "\n".join([*ink, ""])
                files[f"data/{category}/{name}"] = "\n".join([f".INCLUDE {name}", *segments, ""])
    return write_files(folder / NAME, files)


def draw(label: str, rng: np.random.Generator) -> list[np.ndarray]:
    """Return the strokes of a digit, letter or sign, each (points, 2): 1,000 units high, y up."""
    if label.isdigit():
        strokes = [np.array(stroke, float) / 150 for stroke in DIGITS[int(label)]]
    else:
        strokes = make_glyph(GLYPHS[SIGN_NAMES.get(label, label)], 0.02, rng)
    slant = rng.normal(0, 0.1)
    return [1000 * np.stack([xy[:, 0] + slant * xy[:, 1], 1 - xy[:, 1]], axis=1) for xy in strokes]


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Write text files by their path below `folder`, and return it."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("latin-1"))
    return folder


def pack(distribution: Path, top: str = "", mode: str = "w:gz") -> bytes:
    """Return a distribution as a tar archive, below the folder `top` of it."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode) as tar:
        tar.add(distribution, f"{top}{distribution.name}")
    return content.getvalue()
