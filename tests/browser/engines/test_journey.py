"""One journey through the page, the same in Chromium, Firefox and WebKit, with a real mouse."""

import pytest

from tests.browser.digitpad_page import DIGITS
from tests.browser.engines.journey_page import JourneyPage
from tests.browser.engines.made_pictures import save_picture
from tests.browser.written import written

PICTURES = {"3.png": "3", "52.jpg": "52", "748.webp": "748"}
STEPS = []


def step(function):
    """Make a function a step of the journey, in the order of this file."""
    STEPS.append(function)
    return function


@pytest.fixture
def journey_server(start_server, site):
    return start_server(site, host="localhost")


def test_the_journey(fresh, journey_server, tmp_path):
    page = JourneyPage(fresh)
    for take in STEPS:
        try:
            take(page, journey_server, tmp_path)
            assert fresh.take_errors() == []
        except Exception as error:
            error.add_note(f"This was the step {take.__name__} in {fresh.name}.")
            raise


@step
def load(page, server, folder):
    page.engine.open(server.url)
    shown = page.wait(ready=True, state="ready", offline="ready")
    assert (shown["strokes"], shown["text"], len(shown["probabilities"])) == (0, "", 10)


@step
def draw(page, server, folder):
    page.draw(DIGITS[3])
    page.wait(strokes=len(DIGITS[3]))


@step
def read(page, server, folder):
    shown = page.wait_until_read(len(DIGITS[3]))
    assert shown["text"] == "3"
    assert shown["confidence"] == max(shown["probabilities"]) == shown["probabilities"][3] > 0.9


@step
def correct(page, server, folder):
    page.say_it_is(7)
    [kept] = page.wait_until_taught(1)
    assert (kept["label"], kept["kind"]) == (7, "correction")
    page.wait(dialogs=0, state="ready")


@step
def clear(page, server, folder):
    page.click("clear")
    assert page.wait_until_read(0)["text"] == ""


@step
def undo(page, server, folder):
    page.click("undo")
    assert page.wait_until_read(len(DIGITS[3]))["text"] in ("3", "7")
    page.clear()


@step
def number(page, server, folder):
    page.draw(written("2026"), part=0.8)
    assert page.wait_until_read(len(written("2026")))["text"] == "2026"
    page.clear()


@step
def three_pictures_one_after_the_other(page, server, folder):
    for name, text in PICTURES.items():
        page.choose(save_picture(text, folder / name))
        page.wait_for_picture(text)
    page.close_dialogs()
    page.draw(DIGITS[5])
    assert page.wait_until_read(len(DIGITS[5]))["text"] == "5"


@step
def reload_with_the_server_gone(page, server, folder):
    server.stop()
    page.engine.reload()
    page.wait(ready=True, state="ready", offline="ready")
    page.clear()
    page.draw(DIGITS[9])
    assert page.wait_until_read(len(DIGITS[9]))["text"] == "9"


@step
def corrections_are_kept(page, server, folder):
    [kept] = page.corrections()
    assert (kept["label"], kept["kind"]) == (7, "correction")


@step
def learning_panel(page, server, folder):
    page.open_learning()
    page.wait(dialogs=1)
    assert page.is_visible("learning-panel")
    assert page.count("forget-one") == 1
    page.close_dialogs()
    assert page.shown()["strokes"] == len(DIGITS[9])
