"""A picture file of one digit, such as a photo, scan or screenshot, to the 28×28 that the network sees."""

import struct
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from training.datasets import SIDE
from training.errors import DigitpadError

LARGEST_PIXELS = 50_000_000  # what a phone's camera makes; more would only cost memory
WORKING_SIDE = 800  # pixels; larger pictures are reduced to about this first
BOX = 20  # MNIST's box: the digit fills it in its longer direction
LEAST_CONTRAST = 30  # of 255 levels, between paper and ink
FAINTEST = 0.3  # of the way from paper to ink; fainter pixels are shadow or grain of the paper
DARK = 48  # of 255 levels; the edge of an image that is already as MNIST's
# Not all that Pillow knows: for some it starts other programs, such as Ghostscript for EPS.
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "AVIF", "TIFF", "PPM")


class PictureError(DigitpadError):
    """A file that cannot be read as a picture of a digit."""


def read_picture(path: Path) -> np.ndarray:
    """Return a picture of one digit as the network sees it: 28×28 bytes, white ink on black.

    PictureError, in one sentence, where the file is missing, empty, too large, blank or no picture.
    """
    levels = _read_grey(path)
    edge = _edge(levels, 1)
    if levels.shape == (SIDE, SIDE) and levels[edge].mean() < DARK:
        if levels.max() < LEAST_CONTRAST:
            raise PictureError(f"{path} is blank: there is no ink on it")
        return levels
    ink = find_ink(levels)
    if ink is None:
        raise PictureError(f"{path} is blank: there is no ink on it")
    return to_digit(ink)


def find_ink(levels: np.ndarray) -> np.ndarray | None:
    """Return how much ink is on each pixel of a grey picture, 0 to 1; None where it is blank.

    The edge of the picture shows the paper; what differs from it most, darker or lighter, is the ink. The
    threshold is soft, so that the rims of strokes stay grey.
    """
    difference = levels - _paper(levels)
    darkest, lightest = _strongest(-difference), _strongest(difference)
    strongest = max(darkest, lightest)
    if strongest < LEAST_CONTRAST:
        return None
    ink = -difference if darkest >= lightest else difference
    full = float(np.median(ink[ink > strongest / 2]))  # the level of most pixels in the strokes
    faint = FAINTEST * full
    return np.clip((ink - faint) / (full - faint), 0.0, 1.0)


def to_digit(ink: np.ndarray) -> np.ndarray:
    """Return ink (any size, 0 to 1) as MNIST has it: in a 20×20 box, the centre of mass in the middle."""
    rows, columns = (np.flatnonzero((ink > 0.5).any(axis=axis)) for axis in (1, 0))
    crop = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = BOX / max(crop.shape)
    height, width = (max(1, round(length * scale)) for length in crop.shape)
    picture = Image.fromarray(crop.astype(np.float32))  # not bytes: two far specks would round to nothing
    small = np.asarray(picture.resize((width, height), Image.Resampling.LANCZOS), np.float64).clip(0.0)
    small *= 255 / small.max()
    top, left = (
        int(np.clip(round(SIDE / 2 - centre), 0, SIDE - length))
        for centre, length in zip(_centre_of_mass(small), small.shape, strict=True)
    )
    digit = np.zeros((SIDE, SIDE), np.uint8)
    digit[top : top + height, left : left + width] = np.round(small)
    return digit


def _read_grey(path: Path) -> np.ndarray:
    """The picture as grey levels, upright as its camera says, transparent parts white."""
    try:
        if not path.exists():
            raise PictureError(f"{path} does not exist")
        if not path.is_file():
            raise PictureError(f"{path} is not a file")
        if path.stat().st_size == 0:
            raise PictureError(f"{path} is empty")
        with warnings.catch_warnings():
            # Pillow warns of large pictures; here they are refused by their size, before they are decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as picture:
                if picture.width * picture.height > LARGEST_PIXELS:
                    raise PictureError(
                        f"{path} is too large: {picture.width:,}×{picture.height:,} pixels, more than "
                        f"{LARGEST_PIXELS // 1_000_000} million"
                    )
                picture.draft("L", (WORKING_SIDE, WORKING_SIDE))  # JPEG decodes a smaller one at once
                picture.load()
                return _grey(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError as error:
        raise PictureError(
            f"{path} is too large: more than {LARGEST_PIXELS // 1_000_000} million pixels"
        ) from error
    except UnidentifiedImageError as error:
        raise PictureError(f"{path} is no picture that can be read; PNG and JPEG are") from error
    except PermissionError as error:
        raise PictureError(f"{path} may not be read") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:  # by Pillow's formats
        raise PictureError(f"{path} cannot be read: {str(error).rstrip('.')}") from error


def _grey(picture: Image.Image) -> np.ndarray:
    """Grey levels 0 to 255 of any kind of picture, reduced to the working size."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;"):  # more than eight bits a pixel
        levels = np.nan_to_num(np.asarray(picture, np.float64))
        largest = 65535.0 if levels.max() > 255 else 255.0
        picture = Image.fromarray(np.clip(levels * 255 / largest, 0, 255).astype(np.uint8))
    elif picture.has_transparency_data:
        coloured = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
    grey = picture.convert("L")
    factor = max(grey.size) // WORKING_SIDE
    return np.asarray(grey.reduce(factor) if factor > 1 else grey)


def _edge(levels: np.ndarray, width: int) -> np.ndarray:
    """Mark the pixels of a frame inside the picture."""
    frame = np.ones(levels.shape, bool)
    frame[width:-width, width:-width] = False
    return frame


def _paper(levels: np.ndarray) -> np.ndarray:
    """The level of the paper at each pixel: a plane through the edge, as light falls from one side."""
    rows, columns = np.indices(levels.shape)
    plane = np.stack([np.ones(levels.size), rows.ravel(), columns.ravel()], axis=1)
    chosen = _edge(levels, max(1, min(levels.shape) // 30)).ravel()
    known = levels.ravel().astype(np.float64)
    # A stroke that runs off the edge is no paper: begin with what is near the median.
    chosen &= np.abs(known - np.median(known[chosen])) < 64
    coefficients, *_ = np.linalg.lstsq(plane[chosen], known[chosen], rcond=None)
    return (plane @ coefficients).reshape(levels.shape)


def _strongest(difference: np.ndarray) -> float:
    """The mean of the few largest values: one bright pixel is not yet ink."""
    count = max(1, difference.size // 20_000)
    return float(np.partition(difference.ravel(), -count)[-count:].mean())


def _centre_of_mass(ink: np.ndarray) -> tuple[float, float]:
    rows, columns = np.indices(ink.shape) + 0.5
    return float((rows * ink).sum() / ink.sum()), float((columns * ink).sum() / ink.sum())
