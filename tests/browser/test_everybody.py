"""The page for everybody: screen readers, keyboards, languages, large text, translators, high contrast."""

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.test_layout import IN_VIEW, OVERLAPS
from tests.browser.written import largest, written

FINGER = 44  # CSS pixels

# The sizes of the buttons that can be seen, but for the readings of narrow digits.
TARGETS = """() => [...document.querySelectorAll('button, .button, select')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest('.digit-label, dialog:not([open])'))
    .map((one) => [one.dataset.testid ?? one.textContent, one.getBoundingClientRect()])
    .map(([name, { width, height }]) => [name, Math.min(width, height)])"""

# As a page translator does it.
WRAP = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
    for (const text of found) {
        const font = document.createElement('font');
        text.replaceWith(font);
        font.append(text);
    }
}"""

# The contrast of two colours given as CSS variables, as WCAG 2 has it.
CONTRAST = """([one, other]) => {
    const probe = document.body.appendChild(document.createElement('i'));
    const light = (name) => {
        probe.style.color = `var(${name})`;
        const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map((level) => {
            const part = level / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    probe.remove();
    return (bright + 0.05) / (dark + 0.05);
}"""


def test_the_same_digit_is_heard_again_and_clear_is_heard(ready_page):
    ready_page.listen_to_announcements()
    for _ in range(2):
        ready_page.draw(DIGITS[7])
        assert ready_page.wait_until_read(1) == "7"
        ready_page.from_menu("predict")
        ready_page.page.wait_for_function("() => said.at(-1).endsWith('\u00a0')")  # heard, and changed
        ready_page.clear.click()
        ready_page.wait_until_read(0)
    said = [text.replace("\u00a0", "") for text in ready_page.announcements()]
    assert said == ["7 Sure", "7 Sure", "Cleared."] * 2


def test_the_keyboard_stops_few_times(ready_page):
    stops = "document.querySelectorAll('button, input, select, a[href], [tabindex=\"0\"]')"
    count = f"""() => [...{stops}].filter((one) => one.tabIndex >= 0 && !one.closest('dialog:not([open])')
        && one.checkVisibility({{ visibilityProperty: true }})).length"""
    ready_page.draw(written("2026"), size=0.2)
    ready_page.wait_until_read(4)
    # Copy, Not right?, Menu, one digit, Undo, Redo, Clear, Pictures.
    assert ready_page.page.evaluate(count) == 8


@pytest.mark.parametrize("options", [{"has_touch": True, "viewport": {"width": 320, "height": 568}}, {}])
def test_everything_is_large_enough_for_a_finger(shared_page, options):
    page = shared_page(**options)
    page.read(4)
    page.menu.click()
    small = [target for target in page.page.evaluate(TARGETS) if target[1] < FINGER]
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_carries_meaning_stands_out(open_page, server, scheme):
    page = open_page(server.url, color_scheme=scheme)
    for ground in ("--paper", "--ground", "--grid"):
        for part in ("--edge", "--bar", "--accent", "--ink"):
            assert page.page.evaluate(CONTRAST, [part, ground]) >= 3, (part, ground)
        if ground == "--grid":
            continue  # no words stand there
        for words in ("--text", "--quiet", "--accent", "--alarm"):
            assert page.page.evaluate(CONTRAST, [words, ground]) >= 4.5, (words, ground)


def test_in_forced_colours_the_selected_digit_looks_different(open_page, server):
    page = open_page(server.url, forced_colors="active").wait_until_ready()
    strokes = written("17")
    assert page.read(strokes, size=largest(page, strokes, 0.5)) == "17"
    borders = [page.label(index).evaluate("one => getComputedStyle(one).border") for index in (0, 1)]
    assert borders[0] != borders[1]


def test_a_page_translator_spoils_nothing(open_page, server):
    page = open_page(server.url).wait_until_ready()
    errors = page.record_messages()
    page.read(1)
    page.page.evaluate(WRAP)
    strokes = written("17")
    assert page.read(strokes, size=largest(page, strokes, 0.5)) == "17"
    expect(page.page.get_by_test_id("digit")).to_have_text(["1", "7"])
    page.page.evaluate(WRAP)
    assert page.read(written("2026"), size=0.2) == "2026"
    expect(page.page.get_by_test_id("digit")).to_have_text(["2", "0", "2", "6"])
    assert errors == []


def test_from_right_to_left_a_number_stays_a_number(open_page, server):
    page = open_page(server.url, viewport={"width": 1280, "height": 800}).wait_until_ready()
    page.page.evaluate("document.documentElement.dir = 'rtl'")
    strokes = written("17")
    assert page.read(strokes, size=largest(page, strokes, 0.4)) == "17"
    expect(page.prediction).to_have_css("direction", "ltr")
    left, right = page.label(0).bounding_box(), page.label(1).bounding_box()
    assert left["x"] < right["x"]
    assert page.page.evaluate(OVERLAPS) == []
    assert page.page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [1280, 1280]


def test_large_text_is_large_here_too(open_page, server):
    page = open_page(viewport={"width": 768, "height": 1024})
    page.devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 28}})
    page.open(server.url).wait_until_ready()
    size = page.page.locator(".hint").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert size == 28
    assert page.page.evaluate(IN_VIEW, ["pad", "bars", "menu", "upload"]) == []
    assert page.page.evaluate(OVERLAPS) == []


def test_on_a_phone_with_a_notch_nothing_lies_under_it(open_page, server):
    page = open_page(viewport={"width": 844, "height": 390}, has_touch=True)
    insets = {"left": 47, "right": 47, "bottom": 21}
    page.devtools.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    page.open(server.url).wait_until_ready()
    page.read(3)
    boxes = [
        page.page.get_by_test_id(name).bounding_box() for name in ("undo", "bars", "menu", "pad", "camera")
    ]
    assert min(box["x"] for box in boxes) >= 47
    assert max(box["x"] + box["width"] for box in boxes) <= 844 - 47
    assert max(box["y"] + box["height"] for box in boxes) <= 390 - 21


def test_another_language_is_chosen_in_the_menu_and_the_ink_stays(open_page, server):
    page = open_page(server.url, locale="de-DE").wait_until_ready()
    expect(page.page.locator("html")).to_have_attribute("lang", "de")
    page.draw(DIGITS[4])
    page.wait_until_read(len(DIGITS[4]))
    expect(page.clear).to_have_accessible_name("Leeren")
    page.menu.click()
    page.page.get_by_test_id("language").select_option("es")
    expect(page.page.locator("html")).to_have_attribute("lang", "es")
    assert page.wait_until_ready().wait_until_read(len(DIGITS[4])) == "4"
    expect(page.clear).to_have_accessible_name("Borrar")
    expect(page.confidence).to_have_text("Seguro")


def test_the_number_is_copied(open_page, server):
    page = open_page(server.url, permissions=["clipboard-read", "clipboard-write"]).wait_until_ready()
    page.draw(written("2026"), size=0.2)
    page.wait_until_read(4)
    page.page.get_by_test_id("copy").click()
    expect(page.page.get_by_test_id("toast")).to_contain_text("Copied.")
    assert page.page.evaluate("navigator.clipboard.readText()") == "2026"
