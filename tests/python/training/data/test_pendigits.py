"""The reader of UNIPEN pen strokes, on text of its form and, where it is at hand, on the data set."""

import gzip

import pytest

from training.data.pendigits import load_pendigits, parse_unipen
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


def test_gzipped_and_plain_files_read_alike(tmp_path):
    (tmp_path / "made.tra").write_text(TEXT)
    (tmp_path / "made.tra.gz").write_bytes(gzip.compress(TEXT.encode()))
    assert load_pendigits(tmp_path / "made.tra") == load_pendigits(tmp_path / "made.tra.gz")


def test_a_file_without_digits_is_refused(tmp_path):
    (tmp_path / "made.tra").write_text("hello")
    with pytest.raises(ValueError, match=r"made\.tra holds no digit"):
        load_pendigits(tmp_path / "made.tra")


def test_the_whole_data_set_is_read(pen_strokes):
    digits = load_pendigits(pen_strokes)
    assert len(digits) == 7494
    assert len({digit.writer for digit in digits}) == 30
