"""axe-core finds nothing, in every state of the page; forced colours show what is selected."""

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS, SCRIBBLE, DigitpadPage
from tests.browser.serving import ROOT
from tests.browser.test_pictures import photo_files
from tests.browser.written import in_a_row, largest, written

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (360, 740), "small": (320, 568), "desktop": (1280, 800)}

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
    page.page.get_by_test_id("upload").set_input_files(photo_files())
    expect(page.page.get_by_test_id("upload-result")).to_have_count(len(photo_files()))


def fail(page: DigitpadPage) -> None:
    page.page.get_by_test_id("status").evaluate(
        "() => dispatchEvent(new ErrorEvent('error', "
        "{ error: new Error('a test'), filename: new URL('.', document.baseURI).href }))"
    )
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
    close(page)
    fail(page)
    assert page.page.evaluate(VIOLATIONS) == []
