"""Results are saved as a table and as JSON."""

from unittest.mock import ANY

from tests.browser.bad_pictures import drawn_one, encode
from tests.browser.pictures.choosing import choose, saved


def test_results_are_saved_as_a_table_in_which_no_name_is_a_formula(ready_page):
    choose(ready_page, ('=HYPERLINK("x"),y.png', encode(drawn_one())), ('счёт "7".png', b""))
    assert saved(ready_page) == [
        ["file", "number", "confidence", "remark"],
        ['\'=HYPERLINK("x"),y.png', "1", ANY, ""],
        ['счёт "7".png', "", "", "This file is empty. Choose another."],
    ]
