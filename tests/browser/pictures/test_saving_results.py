"""Results are saved as a table and as JSON."""

import json
from unittest.mock import ANY

import pytest

from tests.browser.bad_pictures import drawn_one, encode
from tests.browser.pictures.choosing import choose, saved, saved_file


def test_results_are_saved_as_a_table_in_which_no_name_is_a_formula(ready_page):
    choose(ready_page, ('=HYPERLINK("x"),y.png', encode(drawn_one())), ('счёт "7".png', b""))
    assert saved(ready_page) == [
        ["file", "number", "confidence", "remark"],
        ['\'=HYPERLINK("x"),y.png', "1", ANY, ""],
        ['счёт "7".png', "", "", "This file is empty. Choose another."],
    ]


def test_results_are_saved_as_json_with_the_box_of_each_digit(ready_page, number):
    choose(ready_page, ("year.jpg", number), ("letter.pdf", b"%PDF-1.7"))
    content = json.loads(saved_file(ready_page, "save-json"))
    assert (content["format"], content["version"]) == ("digitpad-pictures", 1)
    year, letter = content["pictures"]
    assert letter["name"] == "letter.pdf"
    assert letter["error"].startswith("This is no picture that I can read.")
    assert (letter["width"], letter["digits"], letter["remarks"]) == (None, [], None)
    assert (year["name"], year["error"], year["lines"]) == ("year.jpg", None, ["2026"])
    assert [digit["digit"] for digit in year["digits"]] == [2, 0, 2, 6]
    assert year["remarks"]["notRead"] == 0
    reach = 0
    for digit in year["digits"]:
        assert "said" not in digit
        assert sum(digit["probabilities"]) == pytest.approx(1, abs=0.01)
        assert digit["confidence"] == max(digit["probabilities"]) > 0.8
        box = digit["box"]
        assert reach < box["x"] < (reach := box["x"] + box["width"]) < year["width"]
        assert 0 < box["y"] < box["y"] + box["height"] < year["height"]
