"""Measure how the page reads pictures, in Chromium: `make bench PART=pictures`.

It makes photos of digits that nothing was trained on or chosen by: MNIST's test images and the ink of writers
kept out. `--part validation` takes the digits to choose by.
"""

from __future__ import annotations

import argparse
import base64
import io
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from matplotlib import pyplot
from PIL import Image
from playwright.sync_api import Page

from tests.bench.open_site import open_api
from tests.browser.bad_pictures import encode, mutated
from tests.browser.serving import ROOT
from tests.made_photos import MadePhoto, Source, clean_scan, make_photo, sources

FAILURES = ROOT / "tests" / "output" / "worst_pictures.png"
SEED = 2026
ROUNDS = 7  # readings of the large photo
TOGETHER = 10  # pictures a call
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF")  # of the pictures to damage

BLOB = "new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))])"
READ = f"""async (texts) => {{
    const read = [];
    for (const text of texts) {{
        try {{
            const {{ text: named, digits }} = await recognizer.readImage({BLOB});
            const likeliest = digits.map(({{ probabilities: p }}) => p.indexOf(Math.max(...p))).join('');
            read.push({{ text: named, likeliest, boxes: digits.map(({{ box }}) => box) }});
        }} catch ({{ name, message }}) {{
            read.push({{ text: '', likeliest: '', boxes: [], error: `${{name}}: ${{message}}` }});
        }}
    }}
    return read;
}}"""

# A photo of twelve megapixels, decoded by the browser alone and read. The first reading warms up.
TIME_LARGE = f"""async ([text, rounds]) => {{
    const photo = {BLOB};
    const times = [];
    for (let i = 0; i <= rounds; i++) {{
        const start = performance.now();
        (await createImageBitmap(photo)).close();
        const middle = performance.now();
        await recognizer.readImage(photo);
        times.push([middle - start, performance.now() - middle]);
    }}
    return times.slice(1);
}}"""


@cache
def errors_between(said: str, truth: str) -> int:
    """How many digits are wrong, missing or too many (Levenshtein's distance)."""
    if not said or not truth:
        return len(said) + len(truth)
    added_or_missing = 1 + min(errors_between(said[1:], truth), errors_between(said, truth[1:]))
    return min(added_or_missing, errors_between(said[1:], truth[1:]) + (said[0] != truth[0]))


def read_all(page: Page, contents: Iterable[bytes]) -> list[dict]:
    """Read pictures: {text, likeliest, boxes}, with an `error` where one is refused."""
    return page.evaluate(READ, [base64.b64encode(content).decode() for content in contents])


def score(page: Page, photos: Iterator[MadePhoto]) -> tuple[Counter, list[tuple[MadePhoto, dict]]]:
    """Read photos; count what is right, and keep what is not. "text" is as named, "?" is wrong."""
    counts, failures = Counter(), []
    while waiting := list(islice(photos, TOGETHER)):
        for photo, read in zip(waiting, read_all(page, [photo.content for photo in waiting]), strict=True):
            counts["pictures"] += 1
            counts["split"] += len(read["text"]) > len(photo.text)
            counts["digits"] += len(photo.text)
            for kind in ("text", "likeliest"):
                counts[f"{kind} right"] += read[kind] == photo.text
                counts[f"{kind} errors"] += errors_between(read[kind], photo.text)
            if read["likeliest"] != photo.text:
                failures.append((photo, read))
    return counts, failures


def line(label: str, counts: Counter, floor: str, aim: str) -> str:
    """One line of the table: by digit, as likeliest and as named, beside floor and aim."""
    digits, kinds = max(counts["digits"], 1), ("likeliest", "text")
    likeliest, named = (1 - counts[f"{kind} errors"] / digits for kind in kinds)
    return f"{label:<44}{counts['digits']:>7}{likeliest:>11.2%}{named:>10.2%}{floor:>8}{aim:>8}"


def clean_scans(digits: list[Source], count: int, rng: np.random.Generator) -> Iterator[MadePhoto]:
    """Each MNIST digit once, in any order."""
    for i in rng.permutation(len(digits))[:count]:
        yield MadePhoto(clean_scan(digits[i].image, rng), str(digits[i].label))


def photos(
    kinds: tuple[list[Source], ...],
    count: int,
    lengths: tuple[int, int],
    rng: np.random.Generator,
    **how: bool,
) -> Iterator[MadePhoto]:
    """Photos of rows of digits of any of the kinds; the last of the `lengths` is left out."""
    for _ in range(count):
        chosen = [kinds[rng.integers(len(kinds))] for _ in range(rng.integers(*lengths))]
        yield make_photo([kind[rng.integers(len(kind))] for kind in chosen], rng, **how)


def large_photo(rng: np.random.Generator, digits: list[Source]) -> bytes:
    """Twelve megapixels, with a number on them."""
    photo = Image.open(io.BytesIO(make_photo(digits, rng, height=330).content))
    sheet = Image.effect_noise((400, 300), 12).resize((4000, 3000)).point(lambda level: 100 + level)
    sheet = sheet.convert("RGB")
    sheet.paste(photo.resize((3600, 3600 * photo.height // photo.width)), (200, 300))
    return encode(sheet, "JPEG", quality=88)


def damaged(page: Page, whole: list[bytes], count: int, rng: np.random.Generator) -> Counter:
    """Count the damaged pictures that are "read", those "refused" in one sentence, and anything "else"."""
    counts = Counter()
    for i in range(count):
        [result] = read_all(page, [mutated(whole[i % len(whole)], rng)])
        error = result.get("error", "")
        one_sentence = error.startswith("PictureError: ") and "\n" not in error and error.endswith(".")
        counts["refused" if one_sentence else "else" if error else "read"] += 1
        if error and not one_sentence:
            print("not one sentence:", error)
    return counts


def draw_failures(failures: list[tuple[MadePhoto, dict]], path: Path) -> None:
    """Draw the ten worst photos, with the boxes of what was read, into one picture."""
    failures.sort(key=lambda failure: -errors_between(failure[1]["likeliest"], failure[0].text))
    figure, axes = pyplot.subplots(5, 2, figsize=(10, 10))
    for axis in axes.flat:
        axis.axis("off")
    for axis, (photo, read) in zip(axes.flat, failures, strict=False):
        axis.imshow(Image.open(io.BytesIO(photo.content)))
        for box in read["boxes"]:
            corner, sides = (box["x"], box["y"]), (box["width"], box["height"])
            axis.add_patch(pyplot.Rectangle(corner, *sides, fill=False, color="C0", linewidth=2))
        axis.set_title(
            f"{photo.text} was read as {read['text'] or read.get('error') or 'nothing'}", fontsize=9
        )
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=80)


def main() -> None:
    """Print the table and draw the worst failures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("test", "validation"), default="test", help="digits (%(default)s)")
    for option, default, what in (
        ("--scans", 10_000, "clean scans"),
        ("--singles", 2000, "photos of one digit"),
        ("--rows", 400, "photos of rows"),
        ("--touching", 400, "photos of 2 to 4 digits that touch"),
        ("--damaged", 1000, "damaged pictures"),
    ):
        parser.add_argument(option, type=int, default=default, help=f"{what} (%(default)s)")
    options = parser.parse_args()
    mnist, ink = sources(options.part)
    failures = []
    with open_api() as page:
        print(f"Digits of {options.part}, Chromium {page.context.browser.version}")
        print(f"{'':<44}{'digits':>7}{'likeliest':>11}{'named':>10}{'floor':>8}{'aim':>8}")

        def show(label: str, made: Iterator[MadePhoto], floor: str = "", aim: str = "") -> Counter:
            counts, failed = score(page, made)
            failures.extend(failed)
            print(line(label, counts, floor, aim), flush=True)
            return counts

        def rng(part: int) -> np.random.Generator:
            return np.random.default_rng([SEED, part])

        if options.scans:
            scans = show("one digit, clean scan", clean_scans(mnist, options.scans, rng(0)), "99.6%", "99.8%")
            share = scans["split"] / scans["pictures"]
            print(f"{'  of these read as more than one':<44}{scans['split']:>7}{share:>11.2%}")
        for part, kind, digits in ((1, "MNIST", mnist), (2, "pen strokes", ink)):
            if options.singles:
                made = photos((digits,), options.singles // 2, (1, 2), rng(part))
                show(f"one digit, made photo: {kind}", made, "97%", "99%")
        if options.rows:
            made = photos((mnist, ink), options.rows, (1, 13), rng(3))
            rows = show("row of 1 to 12, made photo: each digit", made, "96%", "98.5%")
            likeliest, named = (rows[f"{kind} right"] / rows["pictures"] for kind in ("likeliest", "text"))
            print(f"{'  rows without a fault':<44}{rows['pictures']:>7}{likeliest:>11.2%}{named:>10.2%}")
        for part, kind, digits in ((6, "MNIST", mnist), (7, "pen strokes", ink)):
            if options.touching:
                made = photos((digits,), options.touching // 2, (2, 5), rng(part), touching=True)
                show(f"2 to 4 that touch, made photo: {kind}", made)
        chance = rng(4)
        content = large_photo(chance, [mnist[chance.integers(len(mnist))] for _ in range(6)])
        times = page.evaluate(TIME_LARGE, [base64.b64encode(content).decode(), ROUNDS])
        decoded, read = (statistics.median(kind) for kind in zip(*times, strict=True))
        print(f"12 megapixels to result, median of {ROUNDS}: {read:.0f} ms (floor 1,000, aim 400);")
        print(f"  the browser alone takes {decoded:.0f} ms to decode it: {read / decoded:.1f} times that")
        if options.damaged:
            chance = rng(5)
            one = Image.open(io.BytesIO(make_photo([mnist[0], mnist[1]], chance, height=60).content))
            counts = damaged(page, [encode(one, kind) for kind in FORMATS], options.damaged, chance)
            results = ", ".join(f"{counts[kind]} {kind}" for kind in ("read", "refused", "else"))
            print(f"{options.damaged} damaged pictures: {results}")
    if failures:
        draw_failures(failures, FAILURES)
        print(f"The worst failures are drawn in {FAILURES}")


if __name__ == "__main__":
    main()
