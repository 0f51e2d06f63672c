"""The page: everything that was measured, put into the template."""

import base64
import io
from pathlib import Path

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image

from training.evaluate import confusion_matrix
from training.network.shipped import Shipped
from training.report import panels, plots, unipen_section
from training.report.measure import Answers, NondigitAnswers
from training.report.unipen import UnipenAnswers

TEMPLATE = "template.html"


def render(
    shipped: Shipped,
    figures: dict,
    mnist: Answers,
    ink: Answers | None,
    nondigits: NondigitAnswers | None,
    networks: list[dict],
    unipen: UnipenAnswers | None,
    before: dict | None,
) -> str:
    """Return the page as one self-contained HTML file; it says in a sentence what was not measured.

    `before` has UNIPEN's figures of an earlier model.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "plain": plain, "path": unipen_section.svg_path}
    threshold = figures["threshold"]
    sets = [("MNIST", mnist, plots.MNIST), ("Ink", ink, plots.INK)]
    sets += [("UNIPEN", unipen.digits, plots.UNIPEN)] if unipen else []
    return environment.get_template(TEMPLATE).render(
        figures=figures,
        learning=panels.learning_panels(shipped.record),
        sets=[
            {
                "name": name,
                "matrix": confusion_matrix(answers.labels, answers.read).tolist(),
                "misread": [card(answers, index, threshold) for index in answers.misread],
                "reliability": panels.reliability_panel(name, answers, style),
                "figures": figures[name.lower()],
            }
            for name, answers, style in sets
            if answers is not None
        ],
        writers=panels.writers_panel(figures["ink"]["writers"]) if ink else None,
        refusals=panels.refusal_panels(mnist, ink, nondigits, figures) if ink and nondigits else [],
        frontier=panels.frontier_panels(networks) if networks else [],
        networks=sorted(networks, key=lambda network: network["milliseconds"]),
        defective=[
            card(answers, index, threshold)
            for _, answers, _ in sets
            if answers
            for index, why in enumerate(answers.defective)
            if why
        ],
        unipen=unipen and unipen_section.section(unipen, figures["unipen"], before, threshold),
        record=shipped.record or shipped.description.get("training") or {},
    )


def card(answers: Answers, index: int, threshold: float) -> dict:
    """Return what the page shows of one digit."""
    shares, place = answers.probabilities[index], answers.places[index]
    return {
        "image": digit_uri(answers.images[index]),
        "label": int(answers.labels[index]),
        "read": int(shares.argmax()),
        "named": bool(shares.max() > threshold),
        "shares": shares.tolist(),
        "place": f"no. {place}" if answers.places.dtype.kind == "i" else str(place),
        "writer": None if answers.writers is None else str(answers.writers[index]),
        "why": answers.defective[index] if answers.defective else None,
    }


def digit_uri(image: np.ndarray) -> str:
    """Return a digit, 28×28 bytes, as a PNG in a data URI."""
    written = io.BytesIO()
    Image.fromarray(image).save(written, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()


def percent(share: float | None, decimals: int = 2) -> str:
    """Return a share as per cent."""
    return "–" if share is None else f"{100 * share:.{decimals}f}%"


def plain(value: object) -> str:
    """Return a value of the record as a reader wants it."""
    match value:
        case dict():
            return ", ".join(f"{key.replace('_', ' ')} {plain(inner)}" for key, inner in value.items())
        case list() | tuple():
            return ", ".join(map(plain, value)) or "none"
        case bool():
            return "yes" if value else "no"
        case None:
            return "–"
        case int() if abs(value) >= 10_000:
            return f"{value:,}"
        case float():
            return f"{value:.6g}"
    return str(value)
