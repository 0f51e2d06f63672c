"""Write the report on the model that ships: `python -m training.report` (see --help)."""

import argparse
import json
import sys
from pathlib import Path

from training.data.datasets import find_mnist, named_folder
from training.data.ink_digits import find_ink
from training.data.unipen_files import find_unipen
from training.errors import RunError, exit_status
from training.files import write_atomically, write_json
from training.network.shipped import FOLDER, load_shipped
from training.recipe.run_folder import make_folder
from training.report.figures import key_figures
from training.report.measure import NONDIGITS, answer_ink, answer_mnist, answer_nondigits
from training.report.page import render
from training.report.panels import readme_pictures
from training.report.unipen import answer_unipen, of_unipen
from training.report.unipen_section import read_before, style_cards, styles_picture

DEFAULT_FOLDER = Path("training/output/report")
FRONTIER = Path("training/report/frontier.json")  # written by `python -m tests.bench.frontier`
BEFORE = Path("training/report/before")  # figures.json of an earlier report on each part
PLOTTED = ("name", "parameters", "bytes", "milliseconds", "mnist_accuracy", "ink_accuracy", "unipen_accuracy")
PAGE = "index.html"
FIGURES = "figures.json"


def report(
    output: Path,
    part: str = "test",
    *,
    model: Path = FOLDER,
    data: Path | None = None,
    frontier: Path = FRONTIER,
    pictures: Path | None = None,
    before: Path | None = None,
    nondigits: int = NONDIGITS,
) -> dict:
    """Write the page and its key figures into `output`, the README's pictures into `pictures`.

    `part` is "test" or "validation". `before` is figures.json of an earlier report on the same part, to be
    compared with; the default is what is kept in BEFORE. UNIPEN is shown where it is at hand.
    Everything is written at the end: a failure leaves an older report unchanged. Returns the key figures.
    """
    print("loading the model …", flush=True)
    shipped = load_shipped(model)
    record = shipped.record or shipped.description.get("training") or {}
    if not {"data", "split"} <= record.keys():
        raise RunError(f"{model} does not say what the model was trained on; run `make export` again")
    networks = read_frontier(frontier)
    # It is downloaded only for a model that learnt from it.
    people = find_unipen(data) if record["data"].get("unipen") or data or named_folder() else None
    earlier = before or BEFORE / f"{part}.json"
    compared = None
    if people and (before or earlier.is_file()):
        compared = read_before(earlier, part, shipped.description["version"])
    for folder in filter(None, (output, pictures)):
        make_folder(folder, "--output" if folder is output else "--pictures")
    print(f"reading MNIST's {part} digits …", flush=True)
    mnist = answer_mnist(shipped.model, record, find_mnist(data), part)
    strokes = find_ink(data) if record["data"].get("ink") else None
    ink = others = None
    if strokes:
        print(f"reading the ink of the {part} writers …", flush=True)
        ink = answer_ink(shipped.model, record, strokes, part)
        print(f"reading {nondigits:,} figures that are no digits …", flush=True)
        others = answer_nondigits(shipped.model, strokes, part, nondigits)
    unipen = None
    if people:
        print(f"reading what UNIPEN's {part} writers wrote …", flush=True)
        unipen = answer_unipen(shipped.model, record, people, part)
    figures = key_figures(shipped, part, mnist, ink, others)
    digits = [mnist, ink] if ink else [mnist]
    figures["unipen"] = unipen and of_unipen(unipen, figures["threshold"], digits)
    print("drawing the plots …", flush=True)
    page = render(shipped, figures, mnist, ink, others, networks, unipen, compared)
    drawn = readme_pictures(mnist, ink, others, figures, networks) if pictures else {}
    if pictures and unipen:
        drawn["styles.png"] = styles_picture(style_cards(unipen, figures["unipen"], compared))
    write_atomically(output / PAGE, lambda temporary: temporary.write_text(page, encoding="utf-8"))
    write_json(output / FIGURES, figures)
    for name, content in drawn.items():
        write_atomically(pictures / name, lambda temporary, content=content: temporary.write_bytes(content))
    return figures


def read_frontier(path: Path) -> list[dict]:
    """Return the compared networks that have every figure that is plotted; none if there is no such file."""
    if not path.is_file():
        return []
    try:
        networks = json.loads(path.read_text(encoding="utf-8"))["networks"]
        return [network for network in networks if all(network.get(key) is not None for key in PLOTTED)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(f"{path} is damaged ({error}); run `python -m tests.bench.frontier` again") from error


def main() -> int:
    """Write a page about the model that ships: what it reads and misreads, and how it was trained."""
    parser = argparse.ArgumentParser(prog="python -m training.report", description=main.__doc__)
    parser.add_argument("--data", type=Path, help="folder of MNIST (default: DIGITPAD_DATA, else a download)")
    parser.add_argument("--model", type=Path, default=FOLDER, help="exported model (default: %(default)s)")
    parser.add_argument(
        "--output", type=Path, default=DEFAULT_FOLDER, help="folder to write (default: %(default)s)"
    )
    parser.add_argument(
        "--part", choices=("validation", "test"), default="test", help="of the data (default: %(default)s)"
    )
    parser.add_argument("--pictures", type=Path, help="folder for the README's pictures (default: none)")
    parser.add_argument(
        "--before",
        type=Path,
        help=f"figures.json of an earlier report to compare with (default: in {BEFORE})",
    )
    options = parser.parse_args()
    report(
        options.output,
        options.part,
        model=options.model,
        data=options.data,
        pictures=options.pictures,
        before=options.before,
    )
    print(f"the report is in {options.output / PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(exit_status(main))
