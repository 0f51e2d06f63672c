"""All states of the page, one after the other: each begins where the one before left it."""

from collections.abc import Callable
from functools import cache

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from tests.browser.bad_pictures import encode, one_or_seven
from tests.browser.digitpad_page import DIGITS, SCRIBBLE, DigitpadPage
from tests.browser.pictures.drawn import rows
from tests.browser.written import in_a_row, largest, written
from tests.made_photos import Source, make_photo

# As a file that is dragged over the page, again and again.
DRAG = """() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([''], 'a.png'));
    const over = () => new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
    const again = setInterval(() => {
        if (document.querySelector('[data-testid="drop-target"]')) clearInterval(again);
        else document.body.dispatchEvent(over());
    }, 50);
}"""

# Stop a picture as soon as a card says that it is being read.
STOP = """(name) => {
    const card = document.querySelector('[data-testid="reading-picture"]');
    if (!card?.textContent.includes(name)) return false;
    card.querySelector('button').click();
    return true;
}"""

# As if the page's own script had failed.
FAULT = """() => dispatchEvent(new ErrorEvent('error', {
    error: new Error('a test'), filename: document.querySelector('script[src]').src }))"""


def draw(page: DigitpadPage, text: str) -> None:
    strokes = written(text)
    assert page.read(strokes, size=largest(page, strokes, 0.5)) == text


def doubt(page: DigitpadPage) -> None:
    strokes = [stroke for digit in in_a_row([DIGITS[3], SCRIBBLE]) for stroke in digit]
    assert page.read(strokes, size=largest(page, strokes, 0.5)) == "3?"


def toast(page: DigitpadPage) -> None:
    page.clear.click()
    expect(page.page.get_by_test_id("toast")).to_be_visible()


def leave(page: DigitpadPage) -> None:
    page.page.keyboard.press("Escape")
    expect(page.page.locator("dialog[open]")).to_have_count(0)


def show_drop_target(page: DigitpadPage) -> None:
    page.page.evaluate(DRAG)
    target = page.page.get_by_test_id("drop-target")
    expect(target).to_be_visible()


def show_menu(page: DigitpadPage) -> None:
    page.page.keyboard.press("Shift")  # what was dragged is gone
    page.menu.click()
    expect(page.page.get_by_test_id("menu-panel")).to_be_visible()


def ask(page: DigitpadPage) -> None:
    leave(page)
    draw(page, "7")
    page.label(0).click()
    expect(page.page.get_by_test_id("correct-1")).to_be_visible()


def teach(page: DigitpadPage) -> None:
    page.page.get_by_test_id("correct-1").click()
    expect(page.page.get_by_test_id("toast")).to_be_visible()


def show_learnt(page: DigitpadPage) -> None:
    page.from_menu("learning")
    expect(page.page.get_by_test_id("learning-panel")).to_be_visible()


def show_about(page: DigitpadPage) -> None:
    leave(page)
    page.from_menu("open-about")
    expect(page.page.get_by_test_id("about")).to_be_visible()


def show_drawer(page: DigitpadPage) -> None:
    leave(page)
    page.from_menu("how")
    expect(page.page.get_by_test_id("inside").locator("canvas").first).to_be_visible()


@cache
def picture_files() -> tuple[tuple[str, bytes], ...]:
    """Pictures of all kinds of results, and a page that takes long to read."""
    digits = [Source(digit, None, DIGITS[digit]) for digit in (2, 0, 2, 6)]
    photo = make_photo(digits, np.random.default_rng(3), height=60).content
    turned = rows("20174385", "62940517", "73826495").transpose(Image.Transpose.ROTATE_90)
    page = rows(*["3141592653589793238462643383279502884197"] * 60, height=40)
    return (
        ("turned.png", encode(turned)),
        ("form.png", encode(rows("417 3", "20 26", boxes=True))),
        ("number.jpg", photo),
        ("doubt.png", encode(one_or_seven(28))),
        ("letter.pdf", b"%PDF-1.7"),
        ("page.png", encode(page)),
    )


def show_pictures(page: DigitpadPage) -> None:
    files = picture_files()
    page.page.get_by_test_id("upload").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )
    page.page.wait_for_function(STOP, arg=files[-1][0], polling="raf")
    expect(page.page.get_by_test_id("upload-result")).to_have_count(len(files))
    expect(page.page.get_by_test_id("read-again")).to_be_visible()


def show_large(page: DigitpadPage) -> None:
    page.page.get_by_test_id("upload-result").first.get_by_role("button").first.click()
    expect(page.page.get_by_test_id("picture-digit").first).to_be_visible()


def fail(page: DigitpadPage) -> None:
    page.page.keyboard.press("Escape")
    page.page.keyboard.press("Escape")
    leave(page)
    page.page.evaluate(FAULT)
    page.wait_until_failed()


STATES: dict[str, Callable[[DigitpadPage], None]] = {
    "empty": lambda _: None,
    "digit": lambda page: draw(page, "4"),
    "number": lambda page: draw(page, "2026"),
    "doubt": doubt,
    "cleared": toast,
    "drop": show_drop_target,
    "menu": show_menu,
    "question": ask,
    "taught": teach,
    "learnt": show_learnt,
    "about": show_about,
    "drawer": show_drawer,
    "pictures": show_pictures,
    "picture": show_large,
    "error": fail,
}
