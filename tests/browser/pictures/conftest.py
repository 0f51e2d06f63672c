"""A picture that many tests read."""

import numpy as np
import pytest

from tests.browser.digitpad_page import DIGITS
from tests.made_photos import Source, make_photo


@pytest.fixture(scope="module")
def number():
    """A photo of the number 2026 in golden digits."""
    digits = [Source(digit, None, DIGITS[digit]) for digit in (2, 0, 2, 6)]
    return make_photo(digits, np.random.default_rng(3), height=60).content
