"""axe-core finds nothing, in every state of the page; forced colours show what is selected."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS, SCRIBBLE, DigitpadPage
from tests.browser.serving import ROOT
from tests.browser.written import in_a_row, largest, written
from tests.made_photos import Source, make_photo

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (360, 740), "small": (320, 568), "desktop": (1280, 800)}

# As if the page's own script had failed.
FAULT = """() => dispatchEvent(new ErrorEvent('error', {
    error: new Error('a test'), filename: new URL('.', document.baseURI).href }))"""

# What is wrong: the rule, and the elements. Every rule but those on one's own styles of naming.
VIOLATIONS = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}"""


def draw(page: DigitpadPage, text: str) -> None:
    strokes = written(text)
    assert page.read(strokes, size=largest(page, strokes, 0.5)) == text


def doubt(page: DigitpadPage) -> None:
    strokes = [stroke for digit in in_a_row([DIGITS[3], SCRIBBLE]) for stroke in digit]
    assert page.read(strokes, size=largest(page, strokes, 0.5)) == "3?"


def toast(page: DigitpadPage) -> None:
    page.clear.click()
    expect(page.page.get_by_test_id("toast")).to_be_visible()


def close(page: DigitpadPage) -> None:
    page.page.keyboard.press("Escape")
    expect(page.page.locator("dialog[open]")).to_have_count(0)


def show_menu(page: DigitpadPage) -> None:
    page.menu.click()
    expect(page.page.get_by_test_id("menu-panel")).to_be_visible()


def ask(page: DigitpadPage) -> None:
    close(page)
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
    close(page)
    page.from_menu("open-about")
    expect(page.page.get_by_test_id("about")).to_be_visible()


def show_drawer(page: DigitpadPage) -> None:
    close(page)
    page.from_menu("how")
    expect(page.page.get_by_test_id("inside").locator("canvas").first).to_be_visible()


def show_pictures(page: DigitpadPage) -> None:
    digits = [Source(digit, None, DIGITS[digit]) for digit in (2, 0, 2, 6)]
    photo = make_photo(digits, np.random.default_rng(3), height=60).content
    files = [("number.jpg", photo), ("letter.pdf", b"%PDF-1.7")]
    page.page.get_by_test_id("upload").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )
    expect(page.page.get_by_test_id("upload-result")).to_have_count(2)


def show_large(page: DigitpadPage) -> None:
    page.page.get_by_test_id("upload-result").first.get_by_role("button").first.click()
    expect(page.page.get_by_test_id("picture-digit").first).to_be_visible()


def fail(page: DigitpadPage) -> None:
    page.page.evaluate(FAULT)
    page.wait_until_failed()


STATES = [
    lambda _: None,
    lambda page: draw(page, "4"),
    lambda page: draw(page, "2026"),
    doubt,
    toast,
    show_menu,
    ask,
    teach,
    show_learnt,
    show_about,
    show_drawer,
    show_pictures,
    show_large,
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_any_state(open_page, server, size, scheme):
    width, height = SIZES[size]
    page = open_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.open(server.url).wait_until_kept()
    page.page.evaluate(AXE.read_text("utf-8"))
    for number, show in enumerate(STATES):
        show(page)
        assert page.page.evaluate(VIOLATIONS) == [], f"in state {number}"
    for _ in range(2):
        page.page.keyboard.press("Escape")
    close(page)
    fail(page)
    assert page.page.evaluate(VIOLATIONS) == []
