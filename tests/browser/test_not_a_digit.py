"""Ink that is no digit: the page says so, kindly, and names none."""

from __future__ import annotations

import math

import pytest
from playwright.sync_api import expect

from tests.browser.api_calls import import_api
from tests.browser.digitpad_page import CASES, DIGITS, Strokes

UNSURE = "That doesn’t look like a digit to me. Try again?"


def spiral(turns: float, points: int = 90) -> list[list[float]]:
    angles = [2 * math.pi * turns * i / (points - 1) for i in range(points)]
    return [[a * math.cos(a), a * math.sin(a)] for a in angles]


def zigzag(teeth: int) -> list[list[float]]:
    return [[100 * i / teeth, 60 * (i % 2)] for i in range(teeth + 1)]


# Clear shapes, each far from every digit as people write them.
SHAPES: dict[str, Strokes] = {
    "a dot": [[[0, 0]]],
    "a dash": [[[0, 0], [40, 1], [100, 0]]],
    "a scribble": next(case["strokes"] for case in CASES if case["name"] == "scribble"),
    "a zigzag": [zigzag(9)],
    "a spiral": [spiral(4)],
    "a tick": [[[0, 60], [30, 95], [110, 0]]],
    "an upright cross": [[[50, 0], [50, 100]], [[0, 50], [100, 50]]],
    "a slanted cross": [[[0, 0], [100, 100]], [[100, 0], [0, 100]]],
    "an M": [[[0, 100], [10, 0], [50, 70], [90, 0], [100, 100]]],
    "a W": [[[0, 0], [22, 100], [50, 30], [78, 100], [100, 0]]],
    "an E": [[[70, 0], [0, 0], [0, 100], [70, 100]], [[0, 50], [55, 50]]],
    "a K": [[[0, 0], [0, 100]], [[65, 0], [0, 55], [70, 100]]],
    "a 3 over a 4": DIGITS[3] + DIGITS[4],
    "a 2 over an 8": DIGITS[2] + DIGITS[8],
    "a 5 over a 7": DIGITS[5] + DIGITS[7],
}


@pytest.fixture
def ready_page(open_page, server):
    page = open_page(server.url)
    errors = page.record_errors()
    yield page.wait_until_ready()
    assert errors == []


# Of a hundred such pairs one or two are taken for one of their digits; this is one of them, and no secret.
MISREAD = pytest.mark.xfail(reason="the network that ships takes it for an 8", strict=True)
NAMES = [pytest.param(name, marks=MISREAD) if name == "a 2 over an 8" else name for name in SHAPES]


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_as_unsure_and_is_said_so(ready_page, name):
    strokes = SHAPES[name]
    ready_page.draw_with_mouse(strokes)
    assert ready_page.wait_until_read(len(strokes)) == "?"
    expect(ready_page.explanation).to_be_visible()
    # Two digits on top of each other may honestly be either.
    said = ready_page.explanation.inner_text()
    assert said == UNSURE or said.startswith(("A ", "An ", "Perhaps a"))
    assert 0 < float(ready_page.confidence.get_attribute("data-value")) < 1


def test_a_digit_is_not_explained_away(ready_page):
    ready_page.draw_with_mouse(DIGITS[3])
    assert ready_page.wait_until_read(1) == "3"
    expect(ready_page.explanation).to_have_text("")


def between(seven: float) -> Strokes:
    """A stroke on the way from a 1 with an upstroke, 0, to a 7, 1."""
    one = [(22, 40), (50, 2), (50, 100)]
    other = [(5, 2), (75, 2), (40, 100)]
    return [[[a + (c - a) * seven, b + (d - b) * seven] for (a, b), (c, d) in zip(one, other, strict=True)]]


def test_a_digit_that_is_named_in_doubt_comes_with_the_other(ready_page):
    api = import_api(ready_page.page)
    ways = [between(step / 100) for step in range(101)]
    read = api.evaluate("(ways) => Promise.all(ways.map((way) => recognizer.readInk(way)))", ways)
    confidence = [one["digits"][0]["confidence"] for one in read]
    [doubtful, *_] = [
        way
        for way, one, sure in zip(ways, read, confidence, strict=True)
        if one["text"] in "17" and len(one["text"]) == 1 and sure < 0.78
    ]
    ready_page.draw_with_mouse(doubtful)
    named = ready_page.wait_until_read(1)
    assert named in ("1", "7")
    expect(ready_page.explanation).to_have_text(f"Or a {8 - int(named)}?")
    expect(ready_page.explanation).to_be_visible()


def test_the_sentence_goes_with_the_ink(ready_page):
    ready_page.draw_with_mouse(SHAPES["a scribble"])
    assert ready_page.wait_until_read(1) == "?"
    expect(ready_page.explanation).to_be_visible()
    ready_page.clear.click()
    expect(ready_page.explanation).to_be_hidden()


def test_a_screen_reader_is_told_the_sentence_once(ready_page):
    ready_page.listen_to_announcements()
    ready_page.draw_with_mouse(SHAPES["a scribble"])
    ready_page.wait_until_read(1)
    assert ready_page.announcements() == [ready_page.explanation.inner_text()]


@pytest.mark.parametrize("viewport", [{"width": 360, "height": 740}, {"width": 1280, "height": 800}])
def test_the_words_move_nothing(open_page, server, viewport):
    page = open_page(server.url, viewport=viewport).wait_until_ready()
    page.draw_with_mouse(DIGITS[3])
    page.wait_until_read(1)
    before = page.bars.bounding_box()
    page.clear.click()
    page.draw_with_mouse(SHAPES["a scribble"])
    assert page.wait_until_read(1) == "?"
    expect(page.explanation).to_be_visible()
    assert page.bars.bounding_box() == before
