"""Measure how long pictures take in Chromium, and what damaged ones give: `make bench PART=pictures`.

What is read right is measured by `make bench PART=paper`.
"""

from __future__ import annotations

import argparse
import base64
import io
import statistics
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.bench.open_site import open_apis
from tests.browser.bad_pictures import encode, mutated
from tests.browser.pictures.choosing import SENTENCE, read_all
from tests.browser.serving import SITE
from tests.made_paper import boxes
from tests.made_paper.pens import Pens, pens
from tests.made_paper.sheet import Paper, write_row
from tests.made_photos import Source, draw, make_photo, photograph, sources

SEED = 2026
ROUNDS = 7  # readings of each picture
READ_PIXELS = 2_200_000  # of a larger picture, as on the page
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF")  # of the pictures to damage

# How long the browser alone takes to decode a picture, how long reading takes, how many digits there are.
TIME = """async (text) => {
    const photo = new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]);
    const start = performance.now();
    (await createImageBitmap(photo)).close();
    const middle = performance.now();
    const { digits } = await recognizer.readImage(photo);
    return [middle - start, performance.now() - middle, digits.length];
}"""


def large_photo(rng: np.random.Generator, pen: Pens) -> bytes:
    """A photo of twelve megapixels: a sheet with one row of digits."""
    paper = Paper(2000, 1500)
    write_row(paper, pen, 250, 700, 6, 170, rng)
    photo = Image.open(io.BytesIO(photograph(paper.ink, paper.size, 170, rng, 255 * np.uint8(paper.printed))))
    return encode(photo.resize((4000, 3000)), "JPEG", quality=88)


def thin_drawing(rng: np.random.Generator) -> bytes:
    """A drawing of 803×392 with eight thin 1s."""
    sheet = np.zeros((392, 803), np.float32)
    for i in range(8):
        stroke = np.array([[0.0, 0.0], [0.15, 1.0]]) + rng.normal(0, 0.02, (2, 2))
        one = draw(Source(1, None, [stroke]), 150, rng)
        sheet[100 : 100 + len(one), 40 + 95 * i : 40 + 95 * i + one.shape[1]] = one > 0.9
    return encode(Image.fromarray((255 * (1 - sheet)).astype(np.uint8)), "PNG")


def examples(part: str) -> dict[str, bytes]:
    """Pictures whose time is given."""
    rng = np.random.default_rng(SEED)
    pen = pens(part)
    form = Image.open(io.BytesIO(boxes.form(pen, rng).content))
    return {
        "photo of 12 megapixels, a plain row": large_photo(rng, pen),
        "drawing of 803×392, eight thin 1s": thin_drawing(rng),
        "form of 1223×577, rows of boxes": encode(form.resize((1223, 577)), "PNG"),
        "page of 1,000 boxes": boxes.page(pen, rng).content,
    }


def read_times(pages: list[Page], content: bytes) -> list[tuple[float, float, int]]:
    """Medians of the milliseconds to decode and to read, and the digits, of each page; they take turns."""
    text = base64.b64encode(content).decode()
    rounds = [[page.evaluate(TIME, text) for page in pages] for _ in range(ROUNDS + 1)][
        1:
    ]  # the first warms up
    return [
        tuple(statistics.median(kind) for kind in zip(*times, strict=True))
        for times in zip(*rounds, strict=True)
    ]


def time_line(label: str, content: bytes, times: list[tuple[float, float, int]]) -> str:
    """A line of the table; with another site, the ratio to it too."""
    picture = Image.open(io.BytesIO(content))
    megapixels = min(picture.width * picture.height, READ_PIXELS) / 1e6
    decode, read, digits = times[0]
    line = f"{label:<38}{decode:>8.0f}{read:>8.0f}{read / megapixels:>10.0f}{read / max(digits, 1):>10.1f}"
    return line + "".join(f"{other[1]:>10.0f}{read / other[1]:>8.2f}" for other in times[1:])


def damaged(page: Page, whole: list[bytes], count: int, rng: np.random.Generator) -> Counter:
    """Count the damaged pictures that are "read", those "refused" in one sentence, and anything "else"."""
    counts = Counter()
    for i in range(count):
        [result] = read_all(page, [mutated(whole[i % len(whole)], rng)])
        kind, _, sentence = result.get("error", "").partition(": ")
        one_sentence = kind == "PictureError" and SENTENCE.match(sentence) is not None
        counts["refused" if one_sentence else "else" if kind else "read"] += 1
        if kind and not one_sentence:
            print("not one sentence:", result["error"])
    return counts


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("test", "validation"), default="test", help="digits (%(default)s)")
    parser.add_argument("--damaged", type=int, default=1000, help="damaged pictures (%(default)s)")
    parser.add_argument("--beside", type=Path, help="a folder with another built site, measured in turn")
    options = parser.parse_args()
    with open_apis([SITE, *filter(None, [options.beside])]) as pages:
        print(f"Chromium {pages[0].context.browser.version}; milliseconds, medians of {ROUNDS}")
        other = f"{'other':>10}{'ratio':>8}" if options.beside else ""
        print(f"{'':<38}{'decode':>8}{'read':>8}{'a Mpixel':>10}{'a digit':>10}{other}")
        for label, content in examples(options.part).items():
            print(time_line(label, content, read_times(pages, content)), flush=True)
        if options.damaged:
            chance = np.random.default_rng([SEED, 5])
            mnist, _ = sources(options.part)
            one = Image.open(io.BytesIO(make_photo([mnist[0], mnist[1]], chance, height=60).content))
            counts = damaged(pages[0], [encode(one, kind) for kind in FORMATS], options.damaged, chance)
            results = ", ".join(f"{counts[kind]} {kind}" for kind in ("read", "refused", "else"))
            print(f"{options.damaged} damaged pictures: {results}")


if __name__ == "__main__":
    main()
