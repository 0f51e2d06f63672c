"""Which plots the page and the README show, each with a text alternative."""

from functools import partial
from typing import NamedTuple

import numpy as np

from training.network.calibration import BINS, reliability
from training.report import plots
from training.report.canvas import Draw, picture, svg_uri
from training.report.measure import Answers, NondigitAnswers


class Panel(NamedTuple):
    """A plot as the page shows it."""

    source: str  # a data URI
    alt: str
    caption: str


def learning_panels(record: dict | None) -> list[Panel]:
    """Return the learning curves of the network and of each teacher; none where the record has none."""
    if not record or not record.get("history"):
        return []
    runs = {"The network": record}
    runs |= {f"Teacher {number}": run for number, run in enumerate(record.get("teachers") or [], start=1)}
    panels = []
    for name, run in runs.items():
        if history := run.get("history"):
            last = history[-1]
            draws = (partial(draw, history=history) for draw in (plots.losses, plots.misread_shares))
            alt = (
                f"Learning curves of {name.lower()} over {len(history)} epochs: the validation loss ends at "
                f"{last['validation_loss']:.4f}, the accuracy on MNIST's validation digits at "
                f"{last['validation_accuracy']:.2%}"
            )
            caption = f"{name}, {len(history)} epochs; best: epoch {run['best_epoch']}"
            panels.append(Panel(svg_uri(*draws, height=4.0), alt, caption))
    return panels


def reliability_panel(name: str, answers: Answers, style: dict) -> Panel:
    """Return a reliability diagram with the counts below it."""
    bins = reliability(answers.probabilities, answers.labels)
    diagram = partial(plots.reliability_diagram, bins=bins, style=style)
    counts = partial(plots.confidence_counts, bins=bins, width=1 / BINS)
    surest = bins[-1]
    return Panel(
        svg_uri(diagram, counts, height=4.0, ratios=(2.2, 1)),
        f"Reliability diagram of {name}: of the {surest['count']:,} answers in the highest range, with "
        f"{surest['confidence']:.2%} mean confidence, {surest['right'] / surest['count']:.2%} are right",
        f"{name}: how often the answers of each range of confidence are right",
    )


def writers_panel(writers: dict[int, dict]) -> Panel:
    """Return the accuracy of each writer."""
    words = ", ".join(f"writer {writer} {each['accuracy']:.2%}" for writer, each in sorted(writers.items()))
    bars = svg_uri(partial(plots.writer_bars, writers=writers), height=0.9 + 0.32 * len(writers))
    return Panel(bars, f"Accuracy per writer: {words}", "How much of each writer's ink is misread")


def refusal_panels(mnist: Answers, ink: Answers, others: NondigitAnswers, figures: dict) -> list[Panel]:
    """Return what is refused at all thresholds, and of each kind at the exported one."""
    curves, bars = refusal_draws(mnist, ink, others, figures)
    found = figures["nondigits"]
    words = ", ".join(f"{kind} {share:.1%}" for kind, share in found["kinds"].items())
    return [
        Panel(
            svg_uri(curves, height=3.4),
            "Non-digits refused over digits refused by mistake: at the exported threshold "
            f"{found['refused']:.1%} of non-digits, {figures['mnist']['refused']:.2%} of MNIST and "
            f"{figures['ink']['refused']:.2%} of ink",
            "What is refused at all thresholds; the rings are the exported one",
        ),
        Panel(
            svg_uri(bars, height=0.9 + 0.24 * len(found["kinds"])),
            f"Share refused of each kind of non-digit: {words}",
            "What is refused of each kind at the exported threshold",
        ),
    ]


def refusal_draws(mnist: Answers, ink: Answers, others: NondigitAnswers, figures: dict) -> list[Draw]:
    """Return the functions that draw what is refused at all thresholds, and of each kind."""
    digits = [(plots.MNIST, _confidence(mnist)), (plots.INK, _confidence(ink))]
    kinds, part = figures["nondigits"]["kinds"], figures["part"]
    return [
        lambda axes: plots.refusals(axes, digits, _confidence(others), figures["threshold"]),
        lambda axes: plots.kind_bars(axes, kinds, part),
    ]


def frontier_panels(networks: list[dict]) -> list[Panel]:
    """Return the accuracy of networks over time and over size."""
    accuracies = ", ".join(
        f"{network['name']} {network['mnist_accuracy']:.2%} of MNIST, "
        f"{network['ink_accuracy']:.2%} of pendigits and {network['unipen_accuracy']:.2%} of UNIPEN"
        for network in networks
    )
    return [
        Panel(
            svg_uri(draw, height=3.4),
            f"Validation accuracy of {len(networks)} networks over {words}: {accuracies}",
            f"Accuracy over {words}; the rings are the network that ships",
        )
        for words, draw in zip(("time", "size"), frontier_draws(networks), strict=True)
    ]


def frontier_draws(networks: list[dict]) -> list[Draw]:
    """Return the functions that draw accuracy over milliseconds and over kilobytes."""
    return [
        partial(plots.frontier, networks=networks, key="milliseconds", label="milliseconds in the browser"),
        partial(plots.frontier, networks=networks, key="bytes", label="kilobytes", scale=1e-3),
    ]


def readme_pictures(
    mnist: Answers, ink: Answers | None, others: NondigitAnswers | None, figures: dict, networks: list[dict]
) -> dict[str, bytes]:
    """Return the README's pictures by file name, without those that were not measured."""
    draws = {"frontier.png": frontier_draws(networks)} if networks else {}
    if ink and others:
        draws["refusals.png"] = refusal_draws(mnist, ink, others, figures)
    return {name: picture(*both) for name, both in draws.items()}


def _confidence(answers: Answers | NondigitAnswers) -> np.ndarray:
    return answers.probabilities.max(axis=1)
