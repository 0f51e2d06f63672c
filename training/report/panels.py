"""Which plots the page and the README show, each with a text alternative."""

from functools import partial
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from training.network.calibration import BINS, reliability
from training.report import plots
from training.report.canvas import as_svg_uri, picture, plot
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
    runs = [("the network", record)]
    runs += [(f"teacher {number}", run) for number, run in enumerate(record.get("teachers") or [], start=1)]
    return [_learning_panel(name, run) for name, run in runs if run.get("history")]


def _learning_panel(name: str, run: dict) -> Panel:
    history = run["history"]
    last = history[-1]
    figure = plot(
        *(partial(draw, history=history) for draw in (plots.losses, plots.misread_shares)), height=4.0
    )
    return _panel(
        figure,
        f"Learning curves of {name} over {len(history)} epochs: the validation loss ends at "
        f"{last['validation_loss']:.4f}, the accuracy on MNIST's validation digits at "
        f"{last['validation_accuracy']:.2%}",
        f"{name[0].upper()}{name[1:]}, {len(history)} epochs; best: epoch {run['best_epoch']}",
    )


def reliability_panel(name: str, answers: Answers, style: dict) -> Panel:
    """Return a reliability diagram with the counts below it."""
    bins = reliability(answers.probabilities, answers.labels)
    figure = plot(
        partial(plots.reliability_diagram, bins=bins, style=style),
        partial(plots.confidence_counts, bins=bins, width=1 / BINS),
        height=4.0,
        ratios=(2.2, 1),
    )
    surest = bins[-1]
    return _panel(
        figure,
        f"Reliability diagram of {name}: of the {surest['count']:,} answers in the highest range, with "
        f"{surest['confidence']:.2%} mean confidence, {surest['right'] / surest['count']:.2%} are right",
        f"{name}: how often the answers of each range of confidence are right",
    )


def writers_panel(writers: dict[int, dict]) -> Panel:
    """Return the accuracy of each writer."""
    words = ", ".join(f"writer {writer} {each['accuracy']:.2%}" for writer, each in sorted(writers.items()))
    figure = plot(partial(plots.writer_bars, writers=writers), height=0.9 + 0.32 * len(writers))
    return _panel(figure, f"Accuracy per writer: {words}", "How much of each writer's ink is misread")


def refusal_panels(mnist: Answers, ink: Answers, others: NondigitAnswers, figures: dict) -> list[Panel]:
    """Return what is refused at all thresholds, and of each kind at the exported one."""
    found = figures["nondigits"]
    curve = _panel(
        plot(refusal_curves(mnist, ink, others, figures["threshold"]), height=3.4),
        "Non-digits refused over digits refused by mistake: at the exported threshold "
        f"{found['refused']:.1%} of non-digits, {figures['mnist']['refused']:.2%} of MNIST and "
        f"{figures['ink']['refused']:.2%} of ink",
        "What is refused at all thresholds; the rings are the exported one",
    )
    words = ", ".join(f"{kind} {share:.1%}" for kind, share in found["kinds"].items())
    kinds = _panel(
        plot(kind_bars(figures), height=0.9 + 0.24 * len(found["kinds"])),
        f"Share refused of each kind of non-digit: {words}",
        "What is refused of each kind at the exported threshold",
    )
    return [curve, kinds]


def refusal_curves(mnist: Answers, ink: Answers, others: NondigitAnswers, threshold: float):
    """Return the function that draws the curves of refusals."""
    sets = [(plots.MNIST, _confidence(mnist)), (plots.INK, _confidence(ink))]
    return lambda axes: plots.refusals(axes, sets, _confidence(others), threshold)


def kind_bars(figures: dict):
    """Return the function that draws the refusals of each kind."""
    return partial(plots.kind_bars, kinds=figures["nondigits"]["kinds"], part=figures["part"])


def frontier_panels(networks: list[dict]) -> list[Panel]:
    """Return the accuracy of networks over time and over size."""
    return [
        _panel(
            plot(draw, height=3.4),
            f"Validation accuracy of {len(networks)} networks over {words}: "
            + ", ".join(
                f"{network['name']} {network['mnist_accuracy']:.2%} of MNIST and "
                f"{network['ink_accuracy']:.2%} of ink"
                for network in networks
            ),
            f"Accuracy over {words}; the rings are the network that ships",
        )
        for words, draw in zip(("time", "size"), frontier_draws(networks), strict=True)
    ]


def frontier_draws(networks: list[dict]) -> list:
    """Return the functions that draw accuracy over milliseconds and over kilobytes."""
    return [
        partial(plots.frontier, networks=networks, key="milliseconds", label="milliseconds in the browser"),
        partial(plots.frontier, networks=networks, key="bytes", label="kilobytes", scale=1e-3),
    ]


def readme_pictures(
    mnist: Answers, ink: Answers | None, others: NondigitAnswers | None, figures: dict, networks: list[dict]
) -> dict[str, bytes]:
    """Return the README's pictures by file name, without those that were not measured."""
    made = {}
    if networks:
        made["frontier.png"] = picture(*frontier_draws(networks))
    if ink and others:
        made["refusals.png"] = picture(
            refusal_curves(mnist, ink, others, figures["threshold"]), kind_bars(figures)
        )
    return made


def _confidence(answers: Answers | NondigitAnswers) -> np.ndarray:
    return answers.probabilities.max(axis=1)


def _panel(figure: Figure, alt: str, caption: str) -> Panel:
    return Panel(as_svg_uri(figure), alt, caption)
