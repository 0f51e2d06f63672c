"""Draw what was misread into one picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib import pyplot


def draw_failures(failures: Sequence, draw: Callable[[pyplot.Axes, object], str], path: Path) -> None:
    """Save a grid of failures as PNG; `draw` draws one of them and returns its title."""
    columns = 4
    rows = max(1, -(-len(failures) // columns))
    figure, axes = pyplot.subplots(rows, columns, figsize=(12, 1.7 * rows), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for axis, failure in zip(axes.flat, failures, strict=False):
        axis.set_title(draw(axis, failure), fontsize=9)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=80)
