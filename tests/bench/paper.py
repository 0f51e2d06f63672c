"""Measure how paper is read, in Node: `make bench PART=paper`.

The pictures are made, but for `--kinds real`: those come from DIGITPAD_DATA. `--part test` takes the digits
and letters of writers kept out, for final figures.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib import pyplot
from PIL import Image, ImageDraw, ImageOps

from tests.browser.serving import ROOT
from tests.made_paper import KINDS
from tests.made_paper.pens import pens
from tests.made_photos import clean_scan, sources
from training.errors import DigitpadError
from training.predict import MODEL, WORKING_PIXELS, decode, page_reader

OUTPUT = ROOT / "tests" / "output"
SEED = 2026
SHOWN = 10  # pictures of each drawing
RUNS = 7  # of each picture whose stages are measured


class Case(NamedTuple):
    """A picture, what stands on it, and what was read."""

    content: bytes
    truth: str
    read: dict
    seconds: float

    def said(self, kind: str) -> str:
        """Return the digits as "named", "?" for an unsure one, or each as the "likeliest"."""
        if kind == "named":
            return self.read["text"]
        return "".join(str(np.argmax(digit["probabilities"])) for digit in self.read["digits"])

    def errors(self, kind: str) -> int:
        """Return how many digits are wrong, missing or too many."""
        return compare(self.said(kind), self.truth)[0]


def compare(said: str, truth: str) -> tuple[int, int]:
    """Return how many characters are wrong, missing or added (Levenshtein), and how many digits are added."""
    row = [(i, 0) for i in range(len(truth) + 1)]
    for character in said:
        extra = int(character != "?")
        above, row = row, [(row[0][0] + 1, row[0][1] + extra)]
        for i, true in enumerate(truth):
            same = (above[i][0] + (character != true), above[i][1])
            row.append(min(same, (above[i + 1][0] + 1, above[i + 1][1] + extra), (row[i][0] + 1, row[i][1])))
    return row[-1]


def made_cases(kind: str, count: int, part: str, read) -> Iterable[Case]:
    """Make and read pictures of a kind. Each has a seed of its own."""
    pen = pens(part)
    for i in range(count):
        made = KINDS[kind](pen, np.random.default_rng([SEED, i, *kind.encode()]))
        yield read_case(made.content, made.text.replace("\n", ""), read)


def clean_scans(count: int, part: str, read) -> Iterable[Case]:
    """Read clean scans of MNIST's digits, each once, in any order."""
    digits, _ = sources(part)
    rng = np.random.default_rng([SEED, 0])
    for i in rng.permutation(len(digits))[:count]:
        yield read_case(clean_scan(digits[i].image, rng), str(digits[i].label), read)


def real_cases(read) -> dict[str, list[Case]]:
    """Read the real pictures of DIGITPAD_DATA, by group."""
    folder = Path(os.environ["DIGITPAD_DATA"]) / "pictures"
    groups: dict[str, list[Case]] = {}
    for item in json.loads((folder / "labels.json").read_text("utf-8"))["items"]:
        content = (folder / item["file"]).read_bytes()
        groups.setdefault(item["group"], []).append(read_case(content, item["label"].replace("\n", ""), read))
    return groups


def read_case(content: bytes, truth: str, read) -> Case:
    """Read a picture; one that is refused has no digit."""
    try:
        picture = decode(io.BytesIO(content))
    except DigitpadError as error:
        return Case(content, truth, {"text": "", "digits": [], "error": str(error)}, 0)
    start = time.perf_counter()
    reading = {"text": "", "digits": [], **read(picture)}
    reading["size"] = picture.size
    return Case(content, truth, reading, time.perf_counter() - start)


def line(label: str, cases: list[Case]) -> str:
    """One line of the table."""
    digits = sum(len(case.truth) for case in cases)
    shares = [
        1 - sum(case.errors(kind) for case in cases) / digits if digits else float("nan")
        for kind in ("likeliest", "named")
    ]
    whole = sum(case.said("named") == case.truth for case in cases)
    false = sum(compare(case.said("named"), case.truth)[1] for case in cases)
    seconds = statistics.median(case.seconds for case in cases)
    numbers = (
        f"{len(cases):>6}{digits:>8}{shares[0]:>11.2%}{shares[1]:>9.2%}{whole:>7}{false:>7}{seconds:>8.2f}"
    )
    return f"{label:<42}{numbers}"


def draw(cases: list[Case], title: str, path: Path) -> None:
    """Draw pictures with the boxes of what was read."""
    figure, axes = pyplot.subplots(5, 2, figsize=(12, 12))
    for axis in axes.flat:
        axis.axis("off")
    for axis, case in zip(axes.flat, cases, strict=False):
        picture = ImageOps.exif_transpose(Image.open(io.BytesIO(case.content)))
        scale = picture.width / case.read.get("size", picture.size)[0]
        axis.imshow(picture.convert("RGB"))
        for digit in case.read["digits"]:
            x, y, width, height = (scale * digit["box"][side] for side in ("x", "y", "width", "height"))
            axis.add_patch(pyplot.Rectangle((x, y), width, height, fill=False, color="C1", linewidth=1))
        said = case.read["text"] or case.read.get("error") or case.read.get("nothing")
        axis.set_title(f"{case.truth[:40] or 'no digit'}: read as {said[:40]}", fontsize=8)
    figure.suptitle(title)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=80)
    pyplot.close(figure)


def stage_pictures(part: str) -> dict[str, Image.Image]:
    """Make pictures that show where time goes: a photo, a form, thin strokes, a page."""
    pen = pens(part)

    def made(kind: str) -> Image.Image:
        return Image.open(io.BytesIO(KINDS[kind](pen, np.random.default_rng([SEED, 7])).content)).convert(
            "RGB"
        )

    photo = made("plain")
    scale = (WORKING_PIXELS / (photo.width * photo.height)) ** 0.5
    thin = Image.new("RGB", (803, 392), "white")
    for i in range(8):
        ImageDraw.Draw(thin).line((60 + 95 * i, 60, 50 + 95 * i, 330), fill="black", width=3)
    return {
        "a plain photo of 2.2 megapixels": photo.resize(
            (int(photo.width * scale), int(photo.height * scale))
        ),
        "a form of 1223×577": made("form").resize((1223, 577)),
        "a drawing of 803×392, eight thin 1s": thin,
        "a page of 1,000 boxes": made("page"),
    }


def show_stages(part: str, read) -> None:
    """Print the milliseconds that each stage of a reading takes: the median of some runs."""
    for i, (name, picture) in enumerate(stage_pictures(part).items()):
        runs = [read(picture.convert("RGBA"))["milliseconds"] for _ in range(RUNS)]
        medians = {stage: statistics.median(run[stage] for run in runs) for stage in runs[0]}
        medians["all"] = statistics.median(sum(run.values()) for run in runs)
        if i == 0:
            print(f"{'milliseconds':<40}" + "".join(f"{stage:>8}" for stage in medians))
        print(f"{name:<40}" + "".join(f"{each:>8.0f}" for each in medians.values()), flush=True)


def main() -> None:
    """Print the table; draw ten pictures that are right and ten that are wrong, of all kinds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--part", choices=("test", "validation"), default="validation", help="writers (%(default)s)"
    )
    parser.add_argument(
        "--kinds", default=",".join((*KINDS, "scan")), help="of pictures (%(default)s), and real"
    )
    parser.add_argument("--count", type=int, default=100, help="pictures of each kind (%(default)s)")
    parser.add_argument("--stages", action="store_true", help="only show where the time goes")
    options = parser.parse_args()
    if options.stages:
        with page_reader(MODEL) as read:
            show_stages(options.part, read)
        return
    right, wrong = [], []
    print(
        f"{'':<42}{'read':>6}{'digits':>8}{'likeliest':>11}{'named':>9}{'whole':>7}{'false':>7}{'seconds':>8}"
    )
    with page_reader(MODEL) as read:

        def show(label: str, cases: list[Case]) -> None:
            print(line(label, cases), flush=True)
            right.append([case for case in cases if case.said("named") == case.truth])
            wrong.append(
                sorted(
                    (case for case in cases if case.errors("named")), key=lambda case: -case.errors("named")
                )
            )

        for kind in options.kinds.split(","):
            if kind == "real":
                for group, cases in sorted(real_cases(read).items()):
                    show(group, cases)
            elif kind == "scan":
                show(kind, list(clean_scans(options.count, options.part, read)))
            else:
                count = min(options.count, max(1, options.count // 10)) if kind == "page" else options.count
                show(kind, list(made_cases(kind, count, options.part, read)))
    for name, groups in (("right", right), ("wrong", wrong)):
        mixed = [group[i] for i in range(SHOWN) for group in groups if i < len(group)][:SHOWN]
        draw(mixed, f"Pictures that are read {name}", OUTPUT / f"paper_{name}.png")
        print(f"Ten that are {name}: {OUTPUT / f'paper_{name}.png'}")


if __name__ == "__main__":
    main()
