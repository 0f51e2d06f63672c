"""Write picture_steps.json: single steps of the picture reader as scipy computes them.

Run `python -m tests.golden.make_picture_steps` after a deliberate change of the pictures.
tests/web/bitmap/steps.test.ts compares the page's own steps with these.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from scipy import ndimage

REACH = 4  # cells on each side, as in paperLevel.ts
TOUCHING = np.ones((3, 3))  # neighbours in eight directions
SIZES = ((1, 1), (7, 5), (16, 23), (31, 18))  # rows, columns


def distances(rng: np.random.Generator, rows: int, columns: int) -> dict:
    """Return a sparse mask and the distance of each pixel to it."""
    mask = rng.random((rows, columns)) < 0.05
    mask[rng.integers(rows), rng.integers(columns)] = True
    away = ndimage.distance_transform_edt(~mask)
    return {"mask": mask.astype(int).ravel().tolist(), "distances": np.round(away, 9).ravel().tolist()}


def components(rng: np.random.Generator, rows: int, columns: int) -> dict:
    """Return levels with the components above `rim` that have a pixel above `ink`: box and area."""
    levels, rim, ink = rng.integers(0, 256, (rows, columns)) * (rng.random((rows, columns)) < 0.3), 60, 200
    labels, _ = ndimage.label(levels > rim, TOUCHING)
    found = []
    for label, (y, x) in enumerate(ndimage.find_objects(labels), 1):
        inside = levels[labels == label]
        if inside.max() > ink:
            size = (x.stop - x.start, y.stop - y.start)
            found.append([x.start, y.start, *size, len(inside)])
    return {"levels": levels.ravel().tolist(), "rim": rim, "ink": ink, "components": found}


def closing(rng: np.random.Generator, rows: int, columns: int) -> dict:
    """Return grey levels and their morphological closing; the picture's edge is continued first."""
    levels = rng.integers(0, 256, (rows, columns))
    wide = np.pad(levels, REACH, "edge")
    size = 2 * REACH + 1
    brightest = ndimage.maximum_filter(wide, size, mode="constant", cval=-1)
    closed = ndimage.minimum_filter(brightest, size, mode="constant", cval=256)
    closed = closed[REACH : REACH + rows, REACH : REACH + columns]
    return {"levels": levels.ravel().tolist(), "closed": closed.ravel().tolist()}


def as_text() -> str:
    """Return the content of picture_steps.json."""
    rng = np.random.default_rng(0)
    cases = [
        {
            "width": columns,
            "height": rows,
            "distances": distances(rng, rows, columns),
            "components": components(rng, rows, columns),
            "closing": closing(rng, rows, columns),
        }
        for rows, columns in SIZES
    ]
    return "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n"


if __name__ == "__main__":
    (Path(__file__).parent / "picture_steps.json").write_text(as_text())
