"""Pen strokes made by code: the golden digits with small random turns, as a file in UNIPEN form."""

from pathlib import Path

import numpy as np

from tests.golden.make_ink import DIGITS


def write_unipen(path: Path, writers: int, per_digit: int = 1) -> Path:
    """Write `per_digit` samples of each digit by each of `writers` writers, y up as on the tablet."""
    rng = np.random.default_rng(0)
    lines = ['.LEXICON "0" "1" "2" "3" "4" "5" "6" "7" "8" "9"']
    for writer in range(1, writers + 1):
        for digit in list(DIGITS) * per_digit:
            lines += [f'.SEGMENT DIGIT 0 ? "{digit}"', f".COMMENT {digit} {writer} 0"]
            slant = rng.normal(0, 0.1)
            for stroke in DIGITS[digit]:
                points = (f" {round(100 + x + slant * y)} {round(300 - y)}" for x, y in stroke)
                lines += [".PEN_DOWN", *points, ".PEN_UP"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")
    return path
