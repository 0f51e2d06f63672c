"""The plots: each function draws one on the axes that it gets."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, DrawingArea
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, PercentFormatter

from training.report.canvas import BAR, BLUE, GREEN, GRID, ORANGE, QUIET, TEXT
from training.report.figures import refusal_curve, wilson

# They differ in shape too, not only in colour.
MNIST = {"label": "MNIST", "color": BLUE, "marker": "o", "linestyle": "-"}
INK = {"label": "ink", "color": ORANGE, "marker": "s", "linestyle": "--"}
UNIPEN = {"label": "UNIPEN", "color": GREEN, "marker": "D", "linestyle": "-."}
RING = {"markersize": 11, "markerfacecolor": "none", "markeredgewidth": 2, "linestyle": "none"}
UNSEEN = ("letter", "symbol", "shape")  # in the test part: figures that training never draws
DRAWING = 24  # points, the side of a drawing of a style
LABEL_GAP = 4  # points between two labels of one row


def losses(axes: Axes, history: list[dict]) -> None:
    """Draw the loss that was descended and the one that chooses, by epoch."""
    epochs = [entry["epoch"] for entry in history]
    axes.plot(epochs, [entry["loss"] for entry in history], color=BLUE, label="training")
    validation = [entry["validation_loss"] for entry in history]
    axes.plot(epochs, validation, color=ORANGE, linestyle="--", label="validation")
    axes.set(ylabel="loss", yscale="log")
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(ncols=2, loc="upper right")


def misread_shares(axes: Axes, history: list[dict]) -> None:
    """Draw the share misread of each validation set, by epoch."""
    epochs = [entry["epoch"] for entry in history]
    axes.plot(epochs, [100 * (1 - entry["validation_accuracy"]) for entry in history], **MNIST, markersize=3)
    for name, style in (("pendigits", INK), ("unipen", UNIPEN)):
        shares = [entry["ink_accuracy"].get(name) for entry in history]
        if None not in shares:
            axes.plot(epochs, [100 * (1 - share) for share in shares], **style, markersize=3)
    axes.set(xlabel="epoch", ylabel="misread")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(PercentFormatter(decimals=1))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(ncols=2, loc="upper right")


def reliability_diagram(axes: Axes, bins: list[dict], style: dict) -> None:
    """Draw the share read right over the confidence; the bars are 95% intervals."""
    confidence = np.array([entry["confidence"] for entry in bins])
    shares = np.array([entry["right"] / entry["count"] for entry in bins])
    limits = np.array([wilson(entry["right"], entry["count"]) for entry in bins])
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=":")
    distances = np.maximum(np.abs(limits.T - shares), 0)
    points = {"color": style["color"], "marker": style["marker"], "markersize": 4, "linestyle": "none"}
    axes.errorbar(confidence, shares, yerr=distances, **points)
    axes.set(ylabel="read right", xlim=(0, 1.02), ylim=(0, 1.03))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def confidence_counts(axes: Axes, bins: list[dict], width: float) -> None:
    """Draw how many answers each range of confidence has."""
    starts, counts = ([entry[key] for entry in bins] for key in ("from", "count"))
    axes.bar(starts, counts, width, align="edge", color=BAR)
    axes.set(xlabel="confidence", ylabel="answers", yscale="log", xlim=(0, 1.02))
    axes.set_ylim(bottom=0.8)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))


def writer_bars(axes: Axes, writers: dict[int, dict]) -> None:
    """Draw the share that is misread of each writer, the most first; the labels give accuracy and count."""
    ordered = sorted(writers.items(), key=lambda item: (item[1]["accuracy"], item[0]), reverse=True)
    shares = [100 * (1 - each["accuracy"]) for _, each in ordered]
    bars = axes.barh([f"writer {writer}" for writer, _ in ordered], shares, color=BAR)
    labels = [
        f"{100 * each['accuracy']:.1f}% right, {each['digits'] - each['right']} of {each['digits']:,} misread"
        for _, each in ordered
    ]
    axes.bar_label(bars, labels, padding=3, color=TEXT, fontsize=9)
    axes.set(xlabel="misread", xlim=(0, max(2.4 * max(shares), 1)))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(PercentFormatter(decimals=1))
    axes.grid(visible=False, axis="y")


def refusals(axes: Axes, sets: list[tuple[dict, np.ndarray]], others: np.ndarray, threshold: float) -> None:
    """Draw the share of non-digits refused over the share of digits refused, for all thresholds.

    sets: style and confidences of each kind of digits; others: confidences of the non-digits. The rings are
    the exported threshold.
    """
    refused = np.mean(others <= threshold)
    signs = " ".join({"o": "○", "s": "□", "D": "◇"}[style["marker"]] for style, _ in sets)
    for style, digits in sets:
        of_digits, of_others = refusal_curve(digits, others)
        smallest = 0.5 / len(digits)  # a logarithmic axis cannot show 0
        axes.plot(np.maximum(of_digits, smallest), of_others, **style | {"marker": ""})
        share = max(np.mean(digits <= threshold), smallest)
        axes.plot(share, refused, color=style["color"], marker=style["marker"], **RING)
    axes.set(xscale="log", xlim=(1e-4, 1), ylim=(0, 1.02))
    axes.set(xlabel="digits refused by mistake", ylabel="non-digits refused")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:g}%"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.legend(loc="lower right", title=f"{signs} as exported: {100 * threshold:.1f}%", title_fontsize=9)


def kind_bars(axes: Axes, kinds: dict[str, float], part: str) -> None:
    """Draw the share refused of each kind of non-digit, the least first."""
    ordered = sorted(kinds.items(), key=lambda item: -item[1])
    unseen = UNSEEN if part == "test" else ()
    names = [f"{kind} *" if kind in unseen else kind for kind, _ in ordered]
    bars = axes.barh(names, [share for _, share in ordered], color=BAR)
    axes.bar_label(bars, [f"{100 * share:.1f}%" for _, share in ordered], padding=3, color=TEXT, fontsize=9)
    axes.set(xlabel="refused" + " (* drawn in no training image)" * bool(unseen), xlim=(0, 1.17))
    axes.set_xticks(np.linspace(0, 1, 5))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(visible=False, axis="y")


def style_dots(axes: Axes, cards: list[dict]) -> None:
    """Draw how much of each style is read right, now and before where that is known, beside its drawing.

    cards: name, strokes, "now" and "before" (or None) with digits, right, accuracy and its interval.
    """
    for row, card in enumerate(cards):
        now, before = card["now"], card["before"]
        low, high = now["interval"]
        axes.plot([low, high], [row, row], color=BAR, linewidth=2, solid_capstyle="butt")
        axes.plot(now["accuracy"], row, color=BLUE, marker="o", markersize=7)
        words = f"{100 * now['accuracy']:.1f}% of {now['digits']:,}"
        if before:
            axes.plot(before["accuracy"], row, **RING | {"markersize": 7}, color=ORANGE, marker="s")
            words = f"{100 * before['accuracy']:.1f} → {words}"
        axes.annotate(
            words,
            (1, row),
            (8, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )
        axes.add_artist(_drawing(card["strokes"], row))
    axes.set_yticks(range(len(cards)), [card["name"] for card in cards])
    axes.tick_params(axis="y", length=0, pad=DRAWING + 14)
    axes.set(xlabel="read right", xlim=(0, 1.01), ylim=(len(cards) - 0.4, -0.6))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(visible=False, axis="y")
    keys = [Line2D([], [], color=BLUE, marker="o", markersize=7, linestyle="none", label="now")]
    if any(card["before"] for card in cards):
        style = RING | {"markersize": 7}
        keys.append(Line2D([], [], color=ORANGE, marker="s", **style, label="before"))
    axes.legend(handles=keys, loc="lower left")


def _drawing(strokes: list[np.ndarray], row: int) -> AnnotationBbox:
    """Return the strokes as a small drawing to the left of the axes, at the height of a row."""
    points = np.concatenate(strokes)
    extent = np.ptp(points, axis=0)
    scale = DRAWING / max(extent.max(), 1e-9)
    corner = points.min(axis=0) - (DRAWING / scale - extent) / 2
    area = DrawingArea(DRAWING, DRAWING)
    for stroke in strokes:
        x, y = ((stroke - corner) * scale).T
        area.add_artist(
            Line2D(x, DRAWING - y, color=TEXT, linewidth=1.6, solid_capstyle="round", solid_joinstyle="round")
        )
    places = {"xycoords": ("axes fraction", "data"), "boxcoords": "offset points", "frameon": False}
    return AnnotationBbox(area, (0, row), (-8, 0), box_alignment=(1, 0.5), pad=0, **places)


def frontier(axes: Axes, networks: list[dict], key: str, label: str, scale: float = 1.0) -> None:
    """Draw the accuracy of networks over what they cost: `key`, times `scale`, on a logarithmic axis.

    A thin line joins the points of one network and leads to its name above.
    """
    costs = np.array([network[key] * scale for network in networks])
    order = np.argsort(costs, kind="stable")
    for accuracy, style in (("mnist_accuracy", MNIST), ("ink_accuracy", INK), ("unipen_accuracy", UNIPEN)):
        shares = np.array([network[accuracy] for network in networks])
        axes.plot(costs[order], shares[order], **style, linewidth=1, markersize=5)
        for cost, share, network in zip(costs, shares, networks, strict=True):
            if network.get("shipped"):
                axes.plot(cost, share, color=style["color"], marker=style["marker"], **RING)
    axes.set(xlabel=label, ylabel="validation accuracy", xscale="log")
    axes.margins(x=0.12)
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=1))
    _name_above(axes, [(costs[number], networks[number]) for number in order])
    axes.legend(loc="lower right")


def _name_above(axes: Axes, named: list[tuple[float, dict]]) -> None:
    """Write the names above the axes, each over its place, in as many rows as keep them apart."""
    figure = axes.figure
    width_points = axes.get_window_extent().width * 72 / figure.dpi
    low, high = np.log(axes.get_xlim())
    rows: list[float] = []  # the right end of each row so far, in points
    for cost, network in named:
        name = network["name"]
        middle = (np.log(cost) - low) / (high - low) * width_points
        half = len(name) * 2.9 + LABEL_GAP
        row = next((number for number, end in enumerate(rows) if middle - half >= end), len(rows))
        rows[row : row + 1] = [middle + half]
        axes.axvline(cost, color=GRID, linewidth=1, zorder=0.5)
        places = {"xycoords": ("data", "axes fraction"), "textcoords": "offset points", "ha": "center"}
        weight = "bold" if network.get("shipped") else "normal"
        axes.annotate(name, (cost, 1), (0, 3 + 11 * row), **places, fontsize=8, fontweight=weight)
    axes.grid(visible=False, axis="x")
