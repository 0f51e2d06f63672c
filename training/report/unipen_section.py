"""What the page and the README show of UNIPEN: laboratories, writers, styles, letters."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from training.errors import RunError
from training.ink.styles import STYLES
from training.report import plots
from training.report.canvas import picture, svg_uri
from training.report.panels import Panel
from training.report.unipen import WORST, UnipenAnswers, typical

SIDE, MARGIN = 100, 8  # of a drawing, in units of its view box


def read_before(path: Path, part: str, version: str) -> dict | None:
    """Return UNIPEN's figures of an earlier report, figures.json; None if they are of the same model.

    RunError if the file cannot be read, has no UNIPEN or is of another part.
    """
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
        is_same_part, is_same_model = earlier["part"] == part, earlier["model"]["version"] == version
        own = earlier["unipen"]["styles"] and earlier["unipen"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"{path} cannot be read as an earlier report with UNIPEN ({error}); pass its figures.json"
        ) from error
    if not is_same_part:
        raise RunError(f"{path} is on the {earlier['part']} part; pass an earlier report on {part}")
    return None if is_same_model else own


def section(answers: UnipenAnswers, figures: dict, before: dict | None, threshold: float) -> dict:
    """Return what the template needs; `figures` and `before` are UNIPEN's, now and of an earlier model."""
    writers = sorted(figures["writers"].items(), key=lambda item: (item[1]["accuracy"], item[0]))
    return {
        "groups": [
            {"title": "Laboratories", "name": "laboratory", "rows": figures["laboratories"]},
            {
                "title": f"Writers: the worst of {len(writers)}",
                "name": "writer",
                "rows": dict(writers[:WORST]),
            },
        ],
        "writers": len(writers),
        "styles": style_cards(answers, figures, before),
        "letters": [
            {"name": name, **figures[name], "labels": _least_refused(figures[name]["labels"])}
            for name in ("letters", "lookalikes")
            if figures[name]
        ],
        "refusals": [letters_panel(answers, figures, threshold)] if figures["letters"] else [],
        "before": before is not None,
    }


def style_cards(answers: UnipenAnswers, figures: dict, before: dict | None) -> list[dict]:
    """Return the styles that somebody wrote: a drawing, the figures now, and those of an earlier model."""
    earlier = before["styles"] if before else {}
    return [
        {
            "name": style.name,
            "digit": style.digit,
            "description": style.description,
            "strokes": typical(answers, style.name).strokes,
            "now": figures["styles"][style.name],
            "before": earlier.get(style.name),
        }
        for style in STYLES
        if style.name in figures["styles"]
    ]


def svg_path(strokes: Sequence[np.ndarray]) -> str:
    """Return the strokes as the path of an SVG whose view box is SIDE wide and high."""
    points = np.concatenate(strokes)
    corner, extent = points.min(axis=0), np.ptp(points, axis=0)
    scale = (SIDE - 2 * MARGIN) / max(extent.max(), 1e-9)
    shift = (SIDE - extent * scale) / 2
    placed = (((stroke - corner) * scale + shift).tolist() for stroke in strokes)
    lines = ("L".join(f"{x:.0f} {y:.0f}" for x, y in stroke) for stroke in placed)
    return "".join(f"M{line}" if "L" in line else f"M{line}h0" for line in lines)


def letters_panel(answers: UnipenAnswers, figures: dict, threshold: float) -> Panel:
    """Return what is refused of the letters and signs that nobody takes for a digit, at all thresholds."""
    is_letter = np.isin(answers.labels, list(figures["letters"]["labels"]))
    letters = answers.probabilities[is_letter].max(axis=1)
    digits = [(plots.UNIPEN, answers.digits.probabilities.max(axis=1))]
    draw = partial(plots.refusals, sets=digits, others=letters, threshold=threshold)
    return Panel(
        svg_uri(draw, height=3.4),
        "Letters and signs refused over digits refused by mistake: at the exported threshold "
        f"{figures['letters']['refused']:.1%} of letters and signs and {figures['refused']:.2%} of digits",
        "Letters and signs refused at all thresholds; the ring is the exported one",
    )


def styles_picture(cards: list[dict]) -> bytes:
    """Return the README's picture: a drawing of each style, and how much of it is read right."""
    return picture(partial(plots.style_dots, cards=cards), height=0.9 + 0.42 * len(cards))


def _least_refused(labels: dict[str, dict]) -> dict[str, dict]:
    return dict(sorted(labels.items(), key=lambda item: (item[1]["refused"], item[0])))
