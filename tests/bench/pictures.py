"""Measure how the page reads pictures, in Chromium: `make bench PART=pictures`.

It makes photos of digits that nothing was trained on or chosen by: MNIST's test images and the ink of writers
kept out. `--part validation` takes the digits to choose by.
"""

from __future__ import annotations

import argparse
import base64
import io
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.bench.open_site import open_api
from tests.browser.bad_pictures import encode, mutated
from tests.browser.serving import ROOT
from tests.made_photos import MadePhoto, Source, clean_scan, make_photo, sources

FAILURES = ROOT / "tests" / "output" / "worst_pictures.png"
SEED = 2026
ROUNDS = 7  # readings of the large photo
TOGETHER = 10  # pictures a call

READ = """async (texts) => {
    const read = [];
    for (const text of texts) {
        const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        try {
            const { text, digits } = await recognizer.readImage(new Blob([bytes]));
            const likeliest = digits.map(({ probabilities: p }) => p.indexOf(Math.max(...p))).join('');
            read.push({ text, likeliest, boxes: digits.map(({ box }) => box) });
        } catch ({ name, message }) {
            read.push({ text: '', likeliest: '', boxes: [], error: `${name}: ${message}` });
        }
    }
    return read;
}"""

# A photo of twelve megapixels, decoded by the browser alone and read.
TIME_LARGE = """async ([text, rounds]) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const photo = new Blob([bytes], { type: 'image/jpeg' });
    const times = { decoded: [], read: [] };
    for (let i = 0; i <= rounds; i++) {
        const start = performance.now();
        (await createImageBitmap(photo)).close();
        const middle = performance.now();
        const { text } = await recognizer.readImage(photo);
        if (i === 0) continue;   // the first warms up
        times.decoded.push(middle - start);
        times.read.push(performance.now() - middle);
        times.text = text;
    }
    return times;
}"""


def errors_between(said: str, truth: str) -> int:
    """How many digits are wrong, missing or too many (Levenshtein's distance)."""
    distances = list(range(len(truth) + 1))
    for i, one in enumerate(said, 1):
        before, distances[0] = distances[0], i
        for j, other in enumerate(truth, 1):
            before, distances[j] = (
                distances[j],
                min(distances[j] + 1, distances[j - 1] + 1, before + (one != other)),
            )
    return distances[-1]


def score(page: Page, photos: Iterator[MadePhoto]) -> tuple[dict, list[tuple[MadePhoto, dict]]]:
    """Read photos; count what is right, and keep what is not."""
    counts = dict.fromkeys(
        ("pictures", "right", "likeliest", "split", "digits", "wrong", "wrong_likeliest"), 0
    )
    failures, waiting = [], []

    def read_waiting() -> None:
        texts = [base64.b64encode(photo.content).decode() for photo in waiting]
        for photo, read in zip(waiting, page.evaluate(READ, texts), strict=True):
            counts["pictures"] += 1
            counts["right"] += read["text"] == photo.text
            counts["likeliest"] += read["likeliest"] == photo.text
            counts["split"] += len(read["text"]) > len(photo.text)
            counts["digits"] += len(photo.text)
            counts["wrong"] += errors_between(read["text"], photo.text)
            counts["wrong_likeliest"] += errors_between(read["likeliest"], photo.text)
            if read["likeliest"] != photo.text:
                failures.append((photo, read))
        waiting.clear()

    for photo in photos:
        waiting.append(photo)
        if len(waiting) == TOGETHER:
            read_waiting()
    if waiting:
        read_waiting()
    return counts, failures


def line(label: str, counts: dict, floor: str, aim: str) -> str:
    """One line of the table: by digit, as named and as likeliest, beside floor and aim."""
    digits = max(counts["digits"], 1)
    named = 100 - 100 * counts["wrong"] / digits
    likeliest = 100 - 100 * counts["wrong_likeliest"] / digits
    return f"{label:<44}{counts['digits']:>7}{likeliest:>10.2f}%{named:>9.2f}%{floor:>8}{aim:>8}"


def clean_scans(digits: list[Source], count: int, rng: np.random.Generator) -> Iterator[MadePhoto]:
    """Each MNIST digit once, in any order."""
    for i in rng.permutation(len(digits))[:count]:
        yield MadePhoto(clean_scan(digits[i].image, rng), str(digits[i].label))


def photos(
    kinds: tuple[list[Source], ...],
    count: int,
    length: Callable[[], int],
    rng: np.random.Generator,
    *,
    touching: bool = False,
) -> Iterator[MadePhoto]:
    """Photos of rows, half of MNIST's digits, half of pen strokes."""
    for _ in range(count):
        chosen = [kinds[rng.integers(len(kinds))] for _ in range(length())]
        yield make_photo([kind[rng.integers(len(kind))] for kind in chosen], rng, touching=touching)


def large_photo(rng: np.random.Generator, digits: list[Source]) -> bytes:
    """Twelve megapixels, with a number on them."""
    photo = Image.open(io.BytesIO(make_photo(digits, rng, height=330).content))
    sheet = Image.effect_noise((400, 300), 12).resize((4000, 3000)).point(lambda level: 100 + level)
    sheet = sheet.convert("RGB")
    sheet.paste(photo.resize((3600, 3600 * photo.height // photo.width)), (200, 300))
    return encode(sheet, "JPEG", quality=88)


def damaged(page: Page, whole: list[bytes], count: int, rng: np.random.Generator) -> tuple[int, int, int]:
    """Read damaged pictures: how many were read, refused in one sentence, and anything else."""
    read = refused = other = 0
    for i in range(count):
        text = base64.b64encode(mutated(whole[i % len(whole)], rng)).decode()
        [result] = page.evaluate(READ, [text])
        error = result.get("error", "")
        if not error:
            read += 1
        elif error.startswith("PictureError: ") and "\n" not in error and error.endswith("."):
            refused += 1
        else:
            other += 1
            print("not one sentence:", error)
    return read, refused, other


def draw_failures(failures: list[tuple[MadePhoto, dict]], path: Path) -> None:
    """The ten worst: most digits wrong first."""
    worst = sorted(failures, key=lambda one: -errors_between(one[1]["likeliest"], one[0].text))[:10]
    sheet = Image.new("RGB", (1000, 10), "white")
    y = 8
    for at, (photo, read) in enumerate(worst):
        picture = Image.open(io.BytesIO(photo.content)).convert("RGB")
        draw = ImageDraw.Draw(picture)
        for box in read["boxes"]:
            corners = [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]
            draw.rectangle(corners, outline=(31, 111, 235), width=max(1, picture.width // 250))
        scale = min(480 / picture.width, 170 / picture.height)
        picture = picture.resize([max(1, int(side * scale)) for side in picture.size])
        if at % 2 == 0:
            grown = Image.new("RGB", (1000, y + 210), "white")
            grown.paste(sheet)
            sheet = grown
        left = 10 + 500 * (at % 2)
        sheet.paste(picture, (left, y + 22))
        said = read["text"] or read.get("error") or "nothing"
        ImageDraw.Draw(sheet).text((left, y + 4), f"{photo.text} was read as {said}", fill="black")
        y += 205 * (at % 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def main() -> None:
    """Print the table and draw the worst failures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--part", choices=("test", "validation"), default="test", help="digits to use (%(default)s)"
    )
    parser.add_argument("--scans", type=int, default=10_000, help="clean scans (%(default)s)")
    parser.add_argument("--singles", type=int, default=2000, help="photos of one digit (%(default)s)")
    parser.add_argument("--rows", type=int, default=400, help="photos of rows (%(default)s)")
    parser.add_argument(
        "--touching", type=int, default=400, help="photos of 2 to 4 digits that touch (%(default)s)"
    )
    parser.add_argument("--damaged", type=int, default=1000, help="damaged pictures (%(default)s)")
    options = parser.parse_args()
    mnist, ink = sources(options.part)
    failures = []
    with open_api() as page:
        print(f"Digits of {options.part}, Chromium {page.context.browser.version}")
        print(f"{'':<44}{'digits':>7}{'likeliest':>11}{'named':>10}{'floor':>8}{'aim':>8}")

        def show(label: str, made: Iterator[MadePhoto], floor: str, aim: str) -> dict:
            counts, failed = score(page, made)
            failures.extend(failed)
            print(line(label, counts, floor, aim), flush=True)
            return counts

        def rng(part: int) -> np.random.Generator:
            return np.random.default_rng([SEED, part])

        if options.scans:
            scans = show("one digit, clean scan", clean_scans(mnist, options.scans, rng(0)), "99.6%", "99.8%")
            split = 100 * scans["split"] / scans["pictures"]
            print(f"{'  of these read as more than one':<44}{scans['split']:>7}{split:>10.2f}%")
        if options.singles:
            for label, kinds, part in (("MNIST", (mnist,), 1), ("pen strokes", (ink,), 2)):
                made = photos(kinds, options.singles // 2, lambda: 1, rng(part))
                show(f"one digit, made photo: {label}", made, "97%", "99%")
        if options.rows:
            chance = rng(3)
            made = photos((mnist, ink), options.rows, lambda: int(chance.integers(1, 13)), chance)
            rows = show("row of 1 to 12, made photo: each digit", made, "96%", "98.5%")
            shares = [100 * rows[kind] / rows["pictures"] for kind in ("likeliest", "right")]
            print(f"{'  rows without a fault':<44}{rows['pictures']:>7}{shares[0]:>10.2f}%{shares[1]:>9.2f}%")
        if options.touching:
            for label, kinds, part in (("MNIST", (mnist,), 6), ("pen strokes", (ink,), 7)):
                chance = rng(part)
                length = partial(chance.integers, 2, 5)
                made = photos(kinds, options.touching // 2, length, chance, touching=True)
                show(f"2 to 4 that touch, made photo: {label}", made, "", "")
        chance = rng(4)
        content = large_photo(chance, [mnist[chance.integers(len(mnist))] for _ in range(6)])
        times = page.evaluate(TIME_LARGE, [base64.b64encode(content).decode(), ROUNDS])
        read, decoded = (statistics.median(times[kind]) for kind in ("read", "decoded"))
        print(f"12 megapixels to result, median of {ROUNDS}: {read:.0f} ms (floor 1,000, aim 400);")
        print(f"  the browser alone takes {decoded:.0f} ms to decode it: {read / decoded:.1f} times that")
        if options.damaged:
            chance = rng(5)
            one = make_photo([mnist[0], mnist[1]], chance, height=60).content
            whole = [
                encode(Image.open(io.BytesIO(one)), kind)
                for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "AVIF")
            ]
            read, refused, other = damaged(page, whole, options.damaged, chance)
            print(f"{options.damaged} damaged pictures: {read} read, {refused} refused, {other} else")
    if failures:
        draw_failures(failures, FAILURES)
        print(f"The worst failures are drawn in {FAILURES}")


if __name__ == "__main__":
    main()
