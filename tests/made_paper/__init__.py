"""Paper, made: boxes, tables, notebooks, whole pages, formulas, words, a sheet on a table, small pictures.

Each function of KINDS makes one picture of its kind from digits and other signs. All chance comes from the
generator that is passed in. `text` is what stands there, line by line; what is no digit is not in it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.made_paper import boxes, rows, signs
from tests.made_paper.pens import Pens
from tests.made_photos import MadePhoto

KINDS: dict[str, Callable[[Pens, np.random.Generator], MadePhoto]] = {
    make.__name__: make
    for make in (
        *(rows.plain, rows.single, rows.touching),
        *(boxes.comb, boxes.cell, boxes.row25, boxes.form, boxes.table),
        *(rows.notebook, rows.block, rows.turned, boxes.page),
        *(signs.small, signs.formula, signs.words, signs.sign, rows.desk),
    )
}
