"""Read pictures of digits with the page's own program: `python -m training.predict --help`."""

import argparse
import base64
import json
import subprocess
import sys
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from training.errors import DigitpadError, exit_status

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "webapp" / "model"

LARGEST_PIXELS = 65_000_000  # as on the page
WORKING_PIXELS = 2_200_000  # larger pictures are reduced to this first, as on the page
# Not all formats of Pillow: for some it starts other programs, such as Ghostscript for EPS.
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "AVIF", "TIFF", "PPM")
NOTHING = {"blank": "there is no ink on it", "no-digit": "there is no digit on it"}


def decode(path: Path | BinaryIO) -> Image.Image:
    """Return a picture's first frame, upright, as RGBA of a bounded size; DigitpadError where that fails."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as picture:
                if picture.width * picture.height > LARGEST_PIXELS:
                    raise DigitpadError(f"{path} has more than {LARGEST_PIXELS // 1_000_000} million pixels")
                upright = ImageOps.exif_transpose(picture)
    except UnidentifiedImageError as error:
        raise DigitpadError(f"{path} is not a picture that can be read; PNG and JPEG are") from error
    except (OSError, Image.DecompressionBombError, SyntaxError, ValueError) as error:  # as Pillow does
        reason = getattr(error, "strerror", None) or str(error).rstrip(".")
        raise DigitpadError(f"{path} cannot be read: {reason}") from error
    if upright.mode in ("I", "F") or upright.mode.startswith("I;"):  # more than eight bits a pixel
        levels = np.nan_to_num(np.asarray(upright, np.float64))
        levels *= 255 / 65535 if levels.max() > 255 else 1
        upright = Image.fromarray(np.uint8(np.clip(levels, 0, 255)))
    scale = (WORKING_PIXELS / (upright.width * upright.height)) ** 0.5
    if scale < 1:
        size = [max(1, round(side * scale)) for side in upright.size]
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    return upright.convert("RGBA")


@contextmanager
def page_reader(model: Path):
    """Start the page's reader in Node; yield a function that reads a picture with it."""
    if not (ROOT / "node_modules" / "vite").is_dir():
        raise DigitpadError("the page's libraries are not installed; run `make site` once")
    npm = [sys.executable, ROOT / ".setup" / "node.py"]
    node = [*npm, "run", "--silent", "read-pictures", "--", model.resolve()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(node, cwd=ROOT, **pipes) as process:

        def read(picture: Image.Image) -> dict:
            rgba = base64.b64encode(picture.tobytes()).decode()
            line = json.dumps({"width": picture.width, "height": picture.height, "rgba": rgba})
            with suppress(BrokenPipeError):  # there is no answer either
                print(line, file=process.stdin, flush=True)
            answer = process.stdout.readline()
            if not answer:
                raise DigitpadError("the page's reader stopped; its reason is above")
            return json.loads(answer)

        yield read
        process.stdin.close()


def table(readings: list[tuple[str, dict]]) -> str:
    """Return a line per digit: picture, number, digit, confidence, and the ten probabilities in per cent."""
    width = max(len("picture"), *(len(name) for name, _ in readings))
    number = max(len("number"), *(len(reading["text"]) for _, reading in readings))
    head = f"{'picture':{width}}  {'number':>{number}}  digit  confidence  "
    lines = [head + "".join(f"{digit:>7}" for digit in range(10))]
    for name, reading in readings:
        for digit in reading["digits"]:
            text = "?" if digit["digit"] is None else str(digit["digit"])
            shares = "".join(f"{100 * share:7.2f}" for share in digit["probabilities"])
            confidence = f"{100 * digit['confidence']:9.2f}%"
            lines.append(f"{name:{width}}  {reading['text']:>{number}}  {text:>5}  {confidence}  {shares}")
    return "\n".join(lines)


def main() -> int:
    """Read the digits of each picture, as the page does; print them with confidence and probabilities.

    A digit of which the network is not sure enough is printed as "?". For a file without a digit, a sentence
    says why; the others are still read, and the exit status is 1.
    """
    parser = argparse.ArgumentParser(prog="python -m training.predict", description=main.__doc__)
    parser.add_argument("pictures", nargs="+", type=Path, metavar="picture", help="PNG, JPEG and others")
    parser.add_argument(
        "--model", type=Path, default=MODEL, help="folder of an exported model (default: %(default)s)"
    )
    options = parser.parse_args()
    readings = []
    with page_reader(options.model) as read:
        for path in options.pictures:
            try:
                picture = decode(path)
            except DigitpadError as error:
                print(f"error: {error}", file=sys.stderr)
                continue
            reading = read(picture)
            if problem := reading.get("error") or NOTHING.get(reading["nothing"]):
                print(f"error: {path}: {problem}", file=sys.stderr)
            else:
                readings.append((str(path), reading))
    if readings:
        print(table(readings))
    return int(len(readings) < len(options.pictures))


if __name__ == "__main__":
    sys.exit(exit_status(main))
