"""Take the pictures of the page for README.md: `python -m tests.browser.take_screenshots [folder]`.

They show one digit, a number (number-…), a batch of pictures (pictures-…), and what the page has learnt from
somebody with a 7 of their own (learnt-…). The batch needs MNIST and the pen strokes.
"""

import sys
from pathlib import Path

import numpy as np
from playwright.sync_api import FilePayload, expect, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.serving import ROOT, SITE, logged_server
from tests.browser.teaching import Teacher
from tests.browser.written import largest, written
from tests.made_photos import make_photo, sources

FOLDER = ROOT / "webapp" / "screenshots"
# Options of the browser.
SCREENS = {
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
# By screen and colour scheme: the digit and the number that are drawn.
DRAWN = {
    "phone-light": ("2", "417"),
    "phone-dark": ("8", "2026"),
    "desktop-light": ("4", "2026"),
    "desktop-dark": ("5", "90210"),
}
LEARNT = ("phone-dark", "desktop-light")


def batch() -> list[FilePayload]:
    """Return photos of rows and of single digits, made from validation digits, and a file that is none."""
    rng = np.random.default_rng(5)
    kinds = sources("validation")
    files: list[FilePayload] = []
    for i, length in enumerate((4, 1, 7, 3, 2, 5, 1)):
        kind = kinds[i % 2]
        chosen = [kind[rng.integers(len(kind))] for _ in range(length)]
        photo = make_photo(chosen, rng, height=90).content
        files.append({"name": f"photo-{i + 1}.jpg", "mimeType": "image/jpeg", "buffer": photo})
    return [*files, {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}]


def show_drawn(page: DigitpadPage, text: str) -> None:
    """Draw a digit, or a number with its second digit selected, and wait until the bars have grown."""
    strokes = written(text)
    page.read(strokes, size=0.7 if len(text) == 1 else largest(page, strokes, 0.8))
    if len(text) > 1:
        page.prediction.get_by_role("button").nth(1).click()
    page.page.wait_for_timeout(400)


def show_learnt(page: DigitpadPage) -> None:
    """Teach a few digits, and open the panel."""
    teacher = Teacher(page)
    teacher.teach_sevens(5)
    for digit in (3, 4, 9):
        teacher.teach(DIGITS[digit], digit)
    teacher.open_panel()
    expect(teacher.after).not_to_have_text("")


def show_pictures(page: DigitpadPage, files: list[FilePayload]) -> None:
    """Read pictures, and wait until all results are there."""
    page.page.get_by_test_id("upload").set_input_files(files)
    expect(page.page.get_by_test_id("upload-result")).to_have_count(len(files), timeout=120_000)


def main(folder: Path = FOLDER) -> None:
    """Take each picture on a page of its own; what was learnt, on the page with the digit."""
    folder.mkdir(exist_ok=True)
    files = batch()
    with sync_playwright() as playwright, logged_server(SITE) as server:
        browser = launch_chromium(playwright)
        for name, (digit, number) in DRAWN.items():
            screen, scheme = name.split("-")
            shows = [
                ("", show_drawn, digit),
                ("number-", show_drawn, number),
                ("pictures-", show_pictures, files),
            ]
            for kind, show, shown in shows:
                page = DigitpadPage(browser.new_page(color_scheme=scheme, **SCREENS[screen]))
                show(page.open(server.url).wait_until_kept(), shown)
                page.page.screenshot(path=folder / f"{kind}{name}.png")
                if kind == "" and name in LEARNT:
                    show_learnt(page)
                    page.page.screenshot(path=folder / f"learnt-{name}.png")
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
