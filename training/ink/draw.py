"""Draw many inks as the page draws them, with random variations, on all processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence

import numpy as np
from tqdm import tqdm

from training.ink.rasterize import IMAGE_SIZE, Ink, rasterize_ink
from training.ink.strokes import PEN_RADII, vary_strokes

CHUNK = 200  # inks that a process draws at a time
FEWEST = 3_000  # images that are worth starting processes for


def draw_inks(inks: Sequence[Ink]) -> np.ndarray:
    """Draw each ink as the page does: n×28×28 bytes."""
    images = np.zeros((len(inks), IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    for image, ink in zip(images, inks, strict=True):
        image[:] = np.round(rasterize_ink(ink) * 255)
    return images


def draw_varied_inks(inks: Sequence[Ink], copies: int, seed: int, what: str = "inks") -> np.ndarray:
    """Draw `copies` random variations of each ink, with pens of several widths: copies·n×28×28 bytes.

    The first n images are one variation of each ink, the next n another. Only seed, copy and place decide an
    image, so the number of processors makes no difference. `what` is for the progress bar.
    """
    style = {"desc": f"drawing {what}", "unit": "image", "dynamic_ncols": True, "leave": False}
    drawn = [np.zeros((0, IMAGE_SIZE, IMAGE_SIZE), np.uint8)]
    with tqdm(total=copies * len(inks), disable=not inks, **style) as bar:
        for images in varied_inks(inks, copies, (seed,)):
            drawn.append(images)
            bar.update(len(images))
    return np.concatenate(drawn)


def varied_inks(
    inks: Sequence[Ink], copies: int, seeds: tuple[int, ...], processes: int | None = None
) -> Iterator[np.ndarray]:
    """Yield the variations of draw_varied_inks as they are drawn: n×28×28 bytes, CHUNK of them at most.

    `seeds` take the place of the seed. `processes` is the number of processors, unless there is little to draw.
    """
    tasks = (
        (inks[start : start + CHUNK], (*seeds, copy, start))
        for copy in range(copies)
        for start in range(0, len(inks), CHUNK)
    )
    if processes == 1 or copies * len(inks) < FEWEST:
        yield from map(_draw_chunk, tasks)
        return
    # Not forked: TensorFlow's threads do not survive a fork.
    with multiprocessing.get_context("spawn").Pool(
        processes or os.cpu_count(), leave_interrupts_alone
    ) as pool:
        yield from pool.imap(_draw_chunk, tasks)


def leave_interrupts_alone() -> None:
    """Leave Ctrl-C to the process that started this one, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _draw_chunk(task: tuple[Sequence[Ink], tuple[int, ...]]) -> np.ndarray:
    inks, (*seeds, start) = task
    images = np.zeros((len(inks), IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    for place, (image, ink) in enumerate(zip(images, inks, strict=True), start):
        rng = np.random.default_rng((*seeds, place))
        varied = vary_strokes(ink, rng)
        image[:] = np.round(rasterize_ink(varied, pen_radius=rng.uniform(*PEN_RADII)) * 255)
    return images
