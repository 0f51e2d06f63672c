"""Draw many inks as the page draws them, with random variations, on all processors."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence

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
    tasks = [
        (inks[start : start + CHUNK], (seed, copy, start))
        for copy in range(copies)
        for start in range(0, len(inks), CHUNK)
    ]
    total = copies * len(inks)
    if total == 0:
        return np.zeros((0, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    with tqdm(total=total, desc=f"drawing {what}", unit="image", dynamic_ncols=True, leave=False) as bar:
        drawn = []
        if total < FEWEST:
            results = map(_draw_chunk, tasks)
        else:
            # Not forked: TensorFlow's threads do not survive a fork.
            pool = multiprocessing.get_context("spawn").Pool(os.cpu_count())
            results = pool.imap(_draw_chunk, tasks)
        for images in results:
            drawn.append(images)
            bar.update(len(images))
        if total >= FEWEST:
            pool.close()
            pool.join()
    return np.concatenate(drawn)


def _draw_chunk(task: tuple[Sequence[Ink], tuple[int, int, int]]) -> np.ndarray:
    inks, (seed, copy, start) = task
    images = np.zeros((len(inks), IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    for place, (image, ink) in enumerate(zip(images, inks, strict=True), start):
        rng = np.random.default_rng((seed, copy, place))
        varied = vary_strokes(ink, rng)
        image[:] = np.round(rasterize_ink(varied, pen_radius=rng.uniform(*PEN_RADII)) * 255)
    return images
