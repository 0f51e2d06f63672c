"""The reader of UNIPEN pen strokes, on text of its form; test_defective.py reads the whole data set."""

from training.data.pendigits import parse_unipen
from training.ink.strokes import PenDigit

TEXT = """.INCLUDE        made.doc
.LEXICON "0" "1"
.HIERARCHY      DIGIT

.SEGMENT DIGIT    0 ? "1"
.COMMENT 1 12  224
.PEN_DOWN
 267  333
 267  300
.PEN_UP
.DT 100
.SEGMENT DIGIT    1 ? "4"
.COMMENT 4 3  225
.PEN_DOWN
  10  20
.PEN_UP
.PEN_DOWN
  -5  7
   6  8
.PEN_UP
"""


def test_strokes_label_and_writer_are_read_with_y_down():
    assert parse_unipen(TEXT) == [
        PenDigit(1, 12, [[[267, -333], [267, -300]]]),
        PenDigit(4, 3, [[[10, -20]], [[-5, -7], [6, -8]]]),
    ]
