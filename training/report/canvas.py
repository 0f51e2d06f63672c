"""What all plots share: colours, sizes, and how a figure becomes SVG for the page or PNG for the README."""

import base64
import io
import re
from collections.abc import Callable

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

TEXT, QUIET, GRID = "#23262d", "#5d616b", "#dcd7ca"
BLUE, ORANGE, GREEN, BAR = "#1f4fa8", "#b4500a", "#1d7044", "#8e9cb8"
# In the dark each colour of the light page has a twin; all have a contrast of 3 or more to their page.
DARK = {TEXT: "#e8e6e1", QUIET: "#a3a8b4", GRID: "#3a3f4b"}
DARK |= {BLUE: "#8fb4ff", ORANGE: "#ffab66", GREEN: "#6fcf97", BAR: "#6f7d9a"}
STYLE = {
    "font.size": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "text.color": TEXT,
    "axes.labelcolor": TEXT,
    "axes.edgecolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": TEXT,
    "ytick.labelcolor": TEXT,
    "axes.grid": True,
    "grid.color": GRID,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "svg.fonttype": "none",  # letters stay letters
    "svg.hashsalt": "digitpad",  # the same plot is the same file
    "figure.constrained_layout.use": True,
}
WIDTH = 4.6  # inches, of a plot that still is legible on a phone
PNG_WIDTH = 800  # pixels
PNG_COLOURS = 64  # of two hues, greys and their edges; more would only make a larger file

Draw = Callable[[Axes], None]


def svg_uri(*draws: Draw, height: float, ratios: tuple[float, ...] | None = None) -> str:
    """Return an SVG in a data URI: axes below each other, one for each function.

    Its colours follow the light or dark mode of the system.
    """
    written = io.StringIO()
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height))
        axes = figure.subplots(len(draws), squeeze=False, gridspec_kw={"height_ratios": ratios})
        for draw, each in zip(draws, axes[:, 0], strict=True):
            draw(each)
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    names = {colour: f"--c{number}" for number, colour in enumerate(DARK)}
    light = "".join(f"{name}:{colour};" for colour, name in names.items())
    dark = "".join(f"{name}:{DARK[colour]};" for colour, name in names.items())
    style = f"<style>:root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}</style>"
    text = re.sub(r"'?DejaVu Sans'?", "system-ui, sans-serif", written.getvalue())
    for colour, name in names.items():
        text = text.replace(colour, f"var({name})")
    content = re.sub(r"^.*?(<svg[^>]*>)", rf"\1{style}", text, count=1, flags=re.DOTALL)
    return "data:image/svg+xml;base64," + base64.b64encode(content.encode()).decode()


def picture(*draws: Draw, height: float = 4.0) -> bytes:
    """Return a PNG for the README: axes side by side, on white, which suits a light and a dark page."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(2 * WIDTH, height), facecolor="white")
        for draw, each in zip(draws, figure.subplots(1, len(draws), squeeze=False)[0], strict=True):
            draw(each)
        written = io.BytesIO()
        figure.savefig(written, format="png", dpi=PNG_WIDTH / (2 * WIDTH))
    smaller = io.BytesIO()
    reduced = Image.open(written).convert("RGB").quantize(PNG_COLOURS, dither=Image.Dither.NONE)
    reduced.save(smaller, "PNG", optimize=True)
    return smaller.getvalue()
