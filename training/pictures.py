"""A picture file, such as a photo, a scan or a screenshot, as grey levels of a bounded size."""

import struct
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from training.errors import DigitpadError

LARGEST_PIXELS = 50_000_000  # what a phone's camera makes; more would only cost memory
WORKING_PIXELS = 2_200_000  # larger pictures are reduced to this first, as on the page
LIGHT_INK = 170  # of 255 levels: what is painted on a transparent ground
FAINTEST_ALPHA = 8  # of 255
# Not all that Pillow knows: for some it starts other programs, such as Ghostscript for EPS.
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "AVIF", "TIFF", "PPM")


class PictureError(DigitpadError):
    """A file that cannot be read as a picture."""


def read_grey(path: Path) -> np.ndarray:
    """Return a picture as grey levels (bytes), upright as its camera says, of a bounded size.

    PictureError, in one sentence, where the file is missing, empty, too large, transparent or no picture.
    """
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
                picture.load()
                return _grey(_reduced(ImageOps.exif_transpose(picture)), path)
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


def _reduced(picture: Image.Image) -> Image.Image:
    """The picture as eight bits a channel, of the working size if it was larger."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;"):  # more than eight bits a pixel
        levels = np.nan_to_num(np.asarray(picture, np.float64))
        largest = 65535.0 if levels.max() > 255 else 255.0
        picture = Image.fromarray(np.clip(levels * 255 / largest, 0, 255).astype(np.uint8))
    picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    scale = (WORKING_PIXELS / (picture.width * picture.height)) ** 0.5
    if scale >= 1:
        return picture
    size = [max(1, int(length * scale + 0.5)) for length in picture.size]
    return picture.resize(size, Image.Resampling.LANCZOS)


def _grey(picture: Image.Image, path: Path) -> np.ndarray:
    """Grey levels; what is transparent shows white paper, or black under light ink."""
    channels = np.asarray(picture).astype(np.int64)
    grey = (77 * channels[..., 0] + 150 * channels[..., 1] + 29 * channels[..., 2] + 128) >> 8
    if picture.mode == "RGBA":
        alpha = channels[..., 3]
        if alpha.max() < FAINTEST_ALPHA:
            raise PictureError(f"{path} is fully transparent; give a picture with digits on it")
        light = 2 * alpha.sum() < 255 * alpha.size and (alpha * grey).sum() > LIGHT_INK * alpha.sum()
        grey = (grey * alpha + (0 if light else 255) * (255 - alpha) + 127) // 255
    return grey.astype(np.uint8)
