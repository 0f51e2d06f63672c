"""Draw many inks as the page draws them, with random variations, on all processors."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from tqdm import tqdm

from training.ink.rasterize import IMAGE_SIZE, Ink, rasterize_ink
from training.ink.strokes import PEN_RADII, vary_strokes

CHUNK = 200  # inks that a process draws at a time
FEWEST = 3_000  # images that are worth starting processes for

Task, Result = TypeVar("Task"), TypeVar("Result")


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
    inks: Sequence[Ink], copies: int, seeds: tuple[int, ...], alone: bool = False
) -> Iterator[np.ndarray]:
    """Yield the variations of draw_varied_inks as they are drawn: n×28×28 bytes, CHUNK of them at most.

    `seeds` take the place of the seed. Few images, or `alone` ones, are drawn by this process.
    """
    tasks = (
        (inks[start : start + CHUNK], (*seeds, copy, start))
        for copy in range(copies)
        for start in range(0, len(inks), CHUNK)
    )
    return spread(_draw_chunk, tasks, many=not alone and copies * len(inks) >= FEWEST)


def spread(function: Callable[[Task], Result], tasks: Iterable[Task], many: bool) -> Iterator[Result]:
    """Yield what a module's function returns for each task, in order; all processors work at `many` tasks."""
    if not many:
        yield from map(function, tasks)
        return
    # Not forked: TensorFlow's threads do not survive a fork.
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), _leave_interrupts_alone) as pool:
        yield from pool.imap(function, tasks)


def _leave_interrupts_alone() -> None:
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
