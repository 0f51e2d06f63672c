"""Read pictures of digits from the command line: `python -m training.predict picture.png` (see --help)."""

import argparse
import sys
from pathlib import Path

import numpy as np

from training.datasets import CLASSES
from training.errors import exit_status
from training.network import predict
from training.pictures import PictureError, read_picture
from training.record import load_run
from training.shipped import FOLDER, load_shipped, threshold

UNSURE = "?"


def table(names: list[str], probabilities: np.ndarray, sure_enough: float) -> str:
    """Return a line per picture: name, digit read, confidence, and the ten probabilities in per cent."""
    width = max(len("picture"), *(len(name) for name in names))
    head = f"{'picture':{width}}  digit  confidence  " + "".join(f"{digit:>7}" for digit in range(CLASSES))
    lines = [head]
    for name, row in zip(names, probabilities, strict=True):
        digit = str(row.argmax()) if row.max() > sure_enough else UNSURE
        shares = "".join(f"{100 * share:7.2f}" for share in row)
        lines.append(f"{name:{width}}  {digit:>5}  {100 * row.max():9.2f}%  {shares}")
    return "\n".join(lines)


def main() -> int:
    """Read one digit in each picture; print it with its confidence and the ten probabilities in per cent.

    A digit of which the network is not sure enough is printed as "?". Of a file that is no picture of a digit
    one sentence says why; the others are read all the same, and the exit status is 1.
    """
    parser = argparse.ArgumentParser(prog="python -m training.predict", description=main.__doc__)
    parser.add_argument("pictures", nargs="+", type=Path, metavar="picture", help="PNG, JPEG and others")
    parser.add_argument(
        "--output", type=Path, help=f"folder of a trained run (default: the model that ships, {FOLDER})"
    )
    options = parser.parse_args()
    names, images = [], []
    for path in options.pictures:
        try:
            images.append(read_picture(path))
            names.append(str(path))
        except PictureError as error:
            print(f"error: {error}", file=sys.stderr)
    if images:
        if options.output:
            model, written = load_run(options.output)
        else:
            model, written, _ = load_shipped()
        probabilities = predict(model, np.stack(images)).numpy()
        print(table(names, probabilities, threshold(written)))
    return int(len(images) < len(options.pictures))


if __name__ == "__main__":
    sys.exit(exit_status(main))
