"""Read pictures of digits from the command line: `python -m training.predict picture.png` (see --help)."""

import argparse
import sys
from pathlib import Path

from training.bitmap import PictureReading, read_levels
from training.datasets import CLASSES
from training.errors import exit_status
from training.network import predict
from training.pictures import PictureError, read_grey
from training.record import load_run
from training.shipped import FOLDER, load_shipped, threshold

UNSURE = "?"


NOTHING = {"blank": "is blank: there is no ink on it", "no-digit": "shows no digit"}


def table(read: list[tuple[str, PictureReading]]) -> str:
    """Return a line per digit: picture, number, digit, confidence, and the ten probabilities in per cent."""
    width = max(len("picture"), *(len(name) for name, _ in read))
    number = max(len("number"), *(len(reading.text) for _, reading in read))
    head = f"{'picture':{width}}  {'number':>{number}}  digit  confidence  "
    lines = [head + "".join(f"{digit:>7}" for digit in range(CLASSES))]
    for name, reading in read:
        for digit, probabilities, *_ in (one for line in reading.lines for one in line):
            said = UNSURE if digit is None else str(digit)
            shares = "".join(f"{100 * share:7.2f}" for share in probabilities)
            confidence = f"{100 * probabilities.max():9.2f}%"
            lines.append(f"{name:{width}}  {reading.text:>{number}}  {said:>5}  {confidence}  {shares}")
    return "\n".join(lines)


def main() -> int:
    """Read the digits of each picture, as the page does; print them with confidence and probabilities.

    A digit of which the network is not sure enough is printed as "?". Of a file that is no picture of a digit
    one sentence says why; the others are read all the same, and the exit status is 1.
    """
    parser = argparse.ArgumentParser(prog="python -m training.predict", description=main.__doc__)
    parser.add_argument("pictures", nargs="+", type=Path, metavar="picture", help="PNG, JPEG and others")
    parser.add_argument(
        "--output", type=Path, help=f"folder of a trained run (default: the model that ships, {FOLDER})"
    )
    options = parser.parse_args()
    pictures = []
    for path in options.pictures:
        try:
            pictures.append((path, read_grey(path)))
        except PictureError as error:
            print(f"error: {error}", file=sys.stderr)
    read = []
    if pictures:
        model, written = load_run(options.output) if options.output else load_shipped()[:2]
        for path, grey in pictures:
            reading = read_levels(grey, lambda images: predict(model, images).numpy(), threshold(written))
            if reading.nothing is None:
                read.append((str(path), reading))
            else:
                print(f"error: {path} {NOTHING[reading.nothing]}", file=sys.stderr)
    if read:
        print(table(read))
    return int(len(read) < len(options.pictures))


if __name__ == "__main__":
    sys.exit(exit_status(main))
