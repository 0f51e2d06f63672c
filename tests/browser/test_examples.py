"""The examples of webapp/README.md: the text of the files that the site serves; each does what it says."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.engines.made_pictures import save_picture
from tests.browser.package.consumers import HostPage
from tests.browser.serving import ROOT
from tests.browser.written import written

FOLDER = ROOT / "webapp" / "examples"
NAMES = ["form", "code", "quiz", "picture", "stylus"]


@pytest.fixture
def open_example(open_page, server):
    """Open an example; its console must stay empty."""
    opened = []

    def open_example(name, pad="digit-pad"):
        page = HostPage(open_page().page, f"{server.url}examples/{name}.html")
        page.pad = page.page.locator(pad)
        opened.append(page)
        return page

    yield open_example
    assert [page.said for page in opened] == [[]] * len(opened)


def output(page):
    return page.page.locator("output").last


def own_part(html):
    """Return what stands below the head that all examples share."""
    return html[html.index("</h1>\n") + len("</h1>\n") :].removesuffix("</html>\n")


def test_the_readme_shows_the_examples_as_they_stand():
    shown = re.findall(r"```(html|js)\n(.+?)```", (ROOT / "webapp" / "README.md").read_text(), re.DOTALL)
    files = {kind: [(FOLDER / f"{name}.{kind}").read_text() for name in NAMES] for kind in ("html", "js")}
    for kind, texts in files.items():
        blocks = [text for found, text in shown if found == kind]
        assert len(blocks) == len(texts)
        for block, text in zip(blocks, texts, strict=True):
            assert block == (text if kind == "js" else own_part(text))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_short_and_needs_nothing_but_its_two_files(name):
    html, script = ((FOLDER / f"{name}.{kind}").read_text() for kind in ("html", "js"))
    assert len(own_part(html).splitlines() + script.splitlines()) <= 30
    needed = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert set(needed) <= {"../icon.svg", "examples.css", "../api/digitpad.js", f"{name}.js"}


def test_the_list_of_examples_leads_to_each(open_page, server):
    page = HostPage(open_page().page, f"{server.url}examples/")
    links = page.page.get_by_role("listitem").get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == [f"{name}.html" for name in NAMES]
    for number, name in enumerate(NAMES):
        links.nth(number).click()
        expect(page.page).to_have_url(f"{server.url}examples/{name}.html")
        expect(page.page.locator("output")).to_have_count(1)
        page.page.go_back()
    assert page.said == []


def test_a_number_in_a_plain_form_is_required_sent_and_reset(open_example):
    page = open_example("form")
    page.page.get_by_label("Name").fill("Ada")
    page.page.get_by_role("button", name="Send").click()
    expect(output(page)).to_have_text("")
    page.draw_by_pointer(written("42"), size=0.6)
    expect(page.pad).to_have_js_property("value", "42")
    page.page.get_by_role("button", name="Send").click()
    expect(output(page)).to_have_text("Sent: name=Ada&score=42")
    page.page.get_by_role("button", name="Start again").click()
    expect(page.pad).to_have_js_property("value", "")


@pytest.mark.slow
def test_a_code_is_checked_once_its_four_digits_are_there(open_example):
    page = open_example("code")
    strokes = written("2026")
    page.draw_by_pointer(strokes, size=0.8)
    expect(output(page)).to_have_text("Checking 2026 …")
    page.page.keyboard.press("Backspace")
    expect(output(page)).to_have_text("")


@pytest.mark.slow
def test_a_quiz_reads_while_one_writes_and_asks_the_next_question(open_example):
    page = open_example("quiz")
    for right in (1, 2):
        question = page.page.locator("#question").inner_text()
        answer = sum(map(int, re.findall(r"\d+", question)))
        page.draw_by_pointer(written(str(answer)), size=0.5)
        expect(output(page)).to_have_text(f"{right} right")
        expect(page.pad).to_have_attribute("data-strokes", "0")


def test_a_picture_becomes_numbers_or_a_reason(open_example, tmp_path):
    page = open_example("picture")
    picker = page.page.get_by_label("A photo or scan")
    picker.set_input_files(save_picture("52", tmp_path / "52.png"))
    expect(output(page)).to_have_text("52")
    picker.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"52"})
    expect(output(page)).to_have_text(re.compile("none of PNG"))


def test_ink_of_ones_own_is_read(open_example):
    page = open_example("stylus", pad="canvas")
    page.draw_by_pointer(DIGITS[6], size=0.7)
    expect(output(page)).to_have_text("6")
