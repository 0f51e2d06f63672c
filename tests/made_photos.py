"""Photos of handwritten digits, made of MNIST digits and pen strokes: paper, light, lines, tilt, blur, JPEG.

All chance comes from the generator that is passed in, so a seed names a photo.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from training.data.datasets import Digits, find_mnist, read_digits, split_validation
from training.data.ink_digits import find_ink, read_ink

SMALLEST, LARGEST = 20, 400  # pixels, the height of a digit
TILT = 10.0  # degrees, at most, to either side
PERSPECTIVE = 0.06  # of the shorter side, how far a corner moves at most
QUALITY = (30, 90)  # JPEG
DEEP = (0.02, 0.08)  # of the digits' height: how far the ink of digits that touch overlaps
SPACED = (0.22, 0.9)  # of the digits' height: the gap between two digits of a row
INKS = {"black": (25, 25, 30), "blue": (35, 55, 150), "pencil": (95, 95, 100), "red": (170, 35, 40)}
CHALK = (235, 235, 225)
LINE_COLOURS = ((120, 150, 215), (130, 130, 135))  # of ruled and squared paper
PRINT_COLOURS = ((25, 25, 25), (60, 60, 65), (120, 120, 125), (70, 110, 190), (190, 70, 70), (60, 140, 90))
PITCHES = {"ruled": (0.9, 1.8), "squared": (0.35, 1.2)}  # of the digits' height: between two lines


class Source(NamedTuple):
    """A digit to put on paper: an MNIST image or pen strokes."""

    label: int
    image: np.ndarray | None  # 28×28 bytes
    strokes: list | None


class MadePhoto(NamedTuple):
    """A photo with what stands on it, from left to right."""

    content: bytes
    text: str


def mnist_digits(part: str) -> Digits:
    """MNIST's test digits for the part "test", else those that validate, to choose by."""
    digits = read_digits(find_mnist(), "test" if part == "test" else "train")
    if part == "test":
        return digits
    _, chosen = split_validation(digits.labels, 5000, 0)
    return Digits(digits.images[chosen], digits.labels[chosen])


def sources(part: str) -> tuple[list[Source], list[Source]]:
    """MNIST digits and pen strokes of "test" or of "validation"."""
    mnist = [Source(int(label), image, None) for image, label in zip(*mnist_digits(part), strict=True)]
    ink = getattr(read_ink(find_ink()), part)
    return mnist, [Source(digit.digit, None, digit.strokes) for digit in ink]


def clean_scan(image: np.ndarray, rng: np.random.Generator) -> bytes:
    """An MNIST digit as a clean scan, PNG: 3 to 12 times as large, dark on white, with a margin."""
    side = 28 * int(rng.integers(3, 13))
    digit = 255 - np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC), np.int16)
    margins = rng.integers(0, side // 3, 4)
    scan = np.pad(digit, (margins[:2], margins[2:]), constant_values=255)
    scan = np.clip(scan + rng.normal(0, 1.0, scan.shape), 0, 255).astype(np.uint8)
    return encode(Image.fromarray(scan), "PNG")


def make_photo(
    digits: Sequence[Source], rng: np.random.Generator, height: float | None = None, *, touching: bool = False
) -> MadePhoto:
    """A photo of a row of digits, apart from each other or each `touching` the next."""
    if height is None:
        height = float(np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST))))
    sheet, size = _row(digits, height, rng, touching)
    return MadePhoto(photograph(sheet, size, height, rng), "".join(str(digit.label) for digit in digits))


def photograph(
    sheet: np.ndarray,
    size: tuple[int, int],
    height: float,
    rng: np.random.Generator,
    printed: np.ndarray | None = None,
    tilt: float = TILT,
) -> bytes:
    """A photo, JPEG, of the middle of a sheet with ink, 0 to 1; `size` is the width and height shown.

    The digits' `height` decides how sharp it is. The bytes of `printed` say how much colour is printed where;
    without them the paper is plain, ruled or squared.
    """
    show = _view(sheet.shape, size, rng, tilt)
    dark = printed is None and rng.random() < 0.1
    name = "chalk" if dark else str(rng.choice(list(INKS), p=[0.35, 0.3, 0.3, 0.05]))
    tone = rng.uniform(20, 70) if dark else rng.uniform(215, 250)
    tint = tone * np.array([1, rng.uniform(0.96, 1), rng.uniform(0.88, 1)])
    ink = np.asarray(show((sheet * 255).astype(np.uint8)), np.float32)
    photo = Image.new("RGB", ink.shape[::-1], tuple(int(level) for level in tint))
    lines = _lines(sheet.shape, height, rng) if printed is None else printed
    if lines is not None:
        colours = LINE_COLOURS if printed is None else PRINT_COLOURS
        photo.paste(colours[rng.integers(len(colours))], mask=show(lines))
    grain = 0.12 if name in ("pencil", "chalk") else 0.03  # a pencil leaves paper between
    ink *= rng.uniform(0.85, 1.0) * (1 - grain * np.abs(_noise(ink.shape, 2, rng)))
    photo.paste(CHALK if dark else INKS[name], mask=_levels(ink))
    factor = _light(ink.shape, rng) * _texture(ink.shape, rng)
    photo = ImageChops.multiply(photo, Image.merge("RGB", [_levels(255 * factor)] * 3))
    photo = photo.filter(ImageFilter.GaussianBlur(rng.uniform(0, min(0.035 * height, 4.0))))
    noise = _levels(128 + rng.uniform(0, 4) * _noise(ink.shape, 1, rng))
    photo = ImageChops.add(photo, Image.merge("RGB", [noise] * 3), offset=-128)
    return encode(photo, "JPEG", quality=int(rng.integers(QUALITY[0], QUALITY[1] + 1)))


def encode(picture: Image.Image, kind: str, **how: int) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **how)
    return content.getvalue()


def _row(digits: Sequence[Source], height: float, rng: np.random.Generator, touching: bool):
    """Ink on a sheet, 0 to 1, and the width and height of the part of it that the photo is to show."""
    drawn = [draw(digit, height * rng.uniform(0.88, 1.1), rng) for digit in digits]
    gaps = rng.uniform(*SPACED, len(drawn)) * height
    if touching:
        deep = rng.uniform(*DEEP, len(drawn)) * height
        gaps = np.array([0.0, *(-_room(*pair) for pair in itertools.pairwise(drawn))]) - deep
    width = sum(one.shape[1] for one in drawn) + gaps[1:].sum()
    tallest = max(one.shape[0] for one in drawn)
    margin = rng.uniform(0.35, 1.2, 4) * height
    shown = (width + margin[2:].sum(), tallest + margin[:2].sum())
    # The sheet is larger than the photo, so that turning it leaves no empty corners.
    beyond = (int(0.5 * shown[1]) + 2, int(0.3 * shown[1] + 0.2 * shown[0]) + 2)
    ink = np.zeros((int(shown[1]) + 2 * beyond[1], int(shown[0]) + 2 * beyond[0]), np.float32)
    x = beyond[0] + margin[2]
    for one, gap in zip(drawn, [0.0, *gaps[1:]], strict=True):
        x += gap
        top = int(beyond[1] + margin[0] + tallest - one.shape[0] + rng.normal(0, 0.04) * height)
        part = ink[top : top + one.shape[0], int(x) : int(x) + one.shape[1]]
        np.maximum(part, one, out=part)
        x += one.shape[1]
    return ink, (int(shown[0]), int(shown[1]))


def _room(left: np.ndarray, right: np.ndarray) -> float:
    """How far the right one may move into the box of the left one until their ink touches, on one line."""
    rows = min(len(left), len(right))
    dark = [one[len(one) - rows :] > 0.5 for one in (left, right)]
    free = [np.where(one.any(axis=1), one.argmax(axis=1), np.inf) for one in (dark[0][:, ::-1], dark[1])]
    room = float((free[0] + free[1]).min())
    return room if np.isfinite(room) else 0.0


def draw(digit: Source, height: float, rng: np.random.Generator) -> np.ndarray:
    """The ink of a digit, 0 to 1, cropped; its longer side has about `height` pixels."""
    if digit.image is not None:
        rows, columns = (np.flatnonzero(digit.image.max(axis=axis) > 40) for axis in (1, 0))
        crop = digit.image[max(rows[0] - 1, 0) : rows[-1] + 2, max(columns[0] - 1, 0) : columns[-1] + 2]
        scale = height / 20  # MNIST's box
        size = (max(2, round(crop.shape[1] * scale)), max(2, round(crop.shape[0] * scale)))
        large = np.asarray(Image.fromarray(crop).resize(size, Image.Resampling.BICUBIC), np.float32) / 255
        return np.clip((large - 0.25) / 0.45, 0, 1)
    strokes = [np.asarray(stroke, np.float64) for stroke in digit.strokes]
    points = np.concatenate(strokes)
    extent = max(np.ptp(points, axis=0).max(), 1e-9)
    fine = 3  # drawn so many times as large, then reduced
    pen = max(1.2, rng.uniform(0.045, 0.14) * height) * fine
    scale = (height * fine - pen) / extent
    corner = points.min(axis=0)
    size = (np.ptp(points, axis=0) * scale + pen + 2 * fine).astype(int) // fine + 1
    canvas = Image.new("L", (int(size[0]) * fine, int(size[1]) * fine))
    pencil = ImageDraw.Draw(canvas)
    for stroke in strokes:
        path = [tuple((point - corner) * scale + pen / 2 + fine) for point in stroke]
        if len(path) > 1:
            pencil.line(path, fill=255, width=round(pen), joint="curve")
        for x, y in path:
            pencil.ellipse([x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2], fill=255)
    return np.asarray(canvas.reduce(fine), np.float32) / 255


def _view(sheet: tuple[int, int], size: tuple[int, int], rng: np.random.Generator, tilt: float) -> Callable:
    """Turn and tilt the sheet; return the function from a layer of it to the picture of this layer."""
    angle = rng.uniform(-tilt, tilt)
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    width, height = size[0], int(size[1] + abs(sin) * size[0])  # a tilted row needs a taller photo
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * [width / 2, height / 2]
    moved = corners + rng.uniform(-1, 1, (4, 2)) * PERSPECTIVE * min(width, height)
    shown = moved @ np.array([[cos, sin], [-sin, cos]]) + [sheet[1] / 2, sheet[0] / 2]
    equations, targets = [], []
    for (x, y), (u, v) in zip(corners + np.array([width / 2, height / 2]), shown, strict=True):
        equations += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        targets += [u, v]
    numbers = tuple(np.linalg.solve(np.array(equations), np.array(targets)))  # as Pillow takes a perspective
    how = Image.Transform.PERSPECTIVE, numbers, Image.Resampling.BICUBIC
    return lambda layer: Image.fromarray(layer).transform((width, height), *how)


def _levels(values: np.ndarray) -> Image.Image:
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _lines(shape: tuple[int, int], height: float, rng: np.random.Generator) -> np.ndarray | None:
    """The sheet's lines as bytes; None where it has none."""
    kind = str(rng.choice(["none", "ruled", "squared"], p=[0.4, 0.3, 0.3]))
    if kind == "none":
        return None
    pitch = max(rng.uniform(*PITCHES[kind]) * height, 9.0)
    thick = rng.uniform(1.0, max(1.2, min(0.03 * height, 5.0)))
    strength = 255 * rng.uniform(0.15, 0.55)
    lines = np.broadcast_to(_stripes(shape[0], pitch, thick, rng)[:, None], shape)
    if kind == "squared":
        lines = np.maximum(lines, _stripes(shape[1], pitch, thick, rng))
    return (strength * lines).astype(np.uint8)


def _stripes(length: int, pitch: float, thick: float, rng: np.random.Generator) -> np.ndarray:
    away = np.abs((np.arange(length) + rng.uniform(0, pitch)) % pitch - pitch / 2)
    return np.clip(thick / 2 + 0.5 - away, 0, 1).astype(np.float32)


def _noise(shape: tuple[int, int], cell: int, rng: np.random.Generator) -> np.ndarray:
    """Noise of mean 0 and about deviation 1, in patches of `cell` pixels; it repeats after 512 pixels."""
    tile = rng.standard_normal((512 // cell, 512 // cell), np.float32)
    if cell > 1:
        tile = np.asarray(Image.fromarray(tile).resize((512, 512), Image.Resampling.BICUBIC))
    return np.tile(tile, (shape[0] // 512 + 1, shape[1] // 512 + 1))[: shape[0], : shape[1]]


def _texture(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Paper is no even white: fine grain and larger patches."""
    strengths = {1: rng.uniform(0, 0.02), 3: rng.uniform(0, 0.02), 25: rng.uniform(0, 0.03)}
    return 0.97 + sum(_noise(shape, cell, rng) * strength for cell, strength in strengths.items())


def _light(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Light that falls from one side, and perhaps a shadow with a hard or a soft edge."""
    rows, columns = np.mgrid[0:256, 0:256].astype(np.float32) / 255 - 0.5
    angle = rng.uniform(0, 2 * np.pi)
    along = rows * np.sin(angle) + columns * np.cos(angle)
    light = 1 - rng.uniform(0, 0.4) * (along - along.min()) / np.ptp(along)
    light *= 1 - rng.uniform(0, 0.3) * (rows**2 + columns**2)
    if rng.random() < 0.5:
        angle = rng.uniform(0, 2 * np.pi)
        along = rows * np.sin(angle) + columns * np.cos(angle) - rng.uniform(-0.25, 0.25)
        depth, soft = rng.uniform(0.15, 0.5), rng.uniform(0.015, 0.2)
        light *= 1 - depth / (1 + np.exp(-np.clip(along / soft * 4, -60, 60)))
    return np.asarray(Image.fromarray(light).resize(shape[::-1], Image.Resampling.BILINEAR))
