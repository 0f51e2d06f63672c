"""Take the pictures of the page that README.md shows: `python -m tests.browser.take_screenshots`.

Of the page, of a batch of pictures (pictures-…), and (learnt-…) of what it has learnt from somebody with a 7
of their own.
"""

from __future__ import annotations

import numpy as np
from playwright.sync_api import FilePayload, expect, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.serving import ROOT, logged_server
from tests.browser.teaching import Teacher
from tests.browser.written import largest, written
from tests.made_photos import make_photo, sources

FOLDER = ROOT / "webapp" / "screenshots"

# name: width, height, colour scheme, pixels a CSS pixel, what is drawn
SHOTS = {
    "phone-light": (360, 740, "light", 2, "2"),
    "phone-dark": (360, 740, "dark", 2, "8"),
    "desktop-light": (1280, 800, "light", 1, "4"),
    "desktop-dark": (1280, 800, "dark", 1, "5"),
    "number-phone-light": (360, 740, "light", 2, "417"),
    "number-phone-dark": (360, 740, "dark", 2, "2026"),
    "number-desktop-light": (1280, 800, "light", 1, "2026"),
    "number-desktop-dark": (1280, 800, "dark", 1, "90210"),
}

# The same without a digit: a batch of pictures.
BATCHES = {
    "pictures-phone-light": (360, 740, "light", 2),
    "pictures-phone-dark": (360, 740, "dark", 2),
    "pictures-desktop-light": (1280, 800, "light", 1),
    "pictures-desktop-dark": (1280, 800, "dark", 1),
}


def batch() -> list[FilePayload]:
    """Photos of rows and of single digits, made from validation digits, and a file that is none."""
    rng = np.random.default_rng(5)
    kinds = sources("validation")
    files: list[FilePayload] = []
    for i, length in enumerate((4, 1, 7, 3, 2, 5, 1)):
        kind = kinds[i % 2]
        chosen = [kind[rng.integers(len(kind))] for _ in range(length)]
        photo = make_photo(chosen, rng, height=90).content
        files.append({"name": f"photo-{i + 1}.jpg", "mimeType": "image/jpeg", "buffer": photo})
    return [*files, {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}]


LEARNT = ("phone-dark", "desktop-light")


def show_learnt(teacher: Teacher) -> None:
    """Teach a few digits, and open the panel."""
    teacher.teach_sevens(5)
    for digit in (3, 4, 9):
        teacher.teach(DIGITS[digit], digit)
    teacher.open_panel.click()
    expect(teacher.after).not_to_have_text("")


def main() -> None:
    """Draw digits and numbers, and read pictures, at phone and desktop width, light and dark."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright, logged_server(ROOT / "webapp" / "dist") as server:
        browser = launch_chromium(playwright)
        for name, (width, height, scheme, scale, text) in SHOTS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=scale
            )
            page = DigitpadPage(context.new_page()).open(server.url)
            page.wait_until_ready().wait_until_offline_ready()
            strokes = written(text)
            page.draw_with_mouse(strokes, size=0.7 if len(text) == 1 else largest(page, strokes, 0.8))
            page.wait_until_read(len(strokes))
            if len(text) > 1:
                page.prediction.get_by_role("button").nth(1).click()
            page.page.wait_for_timeout(400)  # the bars grow
            page.page.screenshot(path=FOLDER / f"{name}.png")
            if name in LEARNT:
                show_learnt(Teacher(page))
                page.page.screenshot(path=FOLDER / f"learnt-{name}.png")
            context.close()
        files = batch()
        for name, (width, height, scheme, scale) in BATCHES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=scale
            )
            page = DigitpadPage(context.new_page()).open(server.url).wait_until_ready().page
            page.get_by_test_id("upload").set_input_files(files)
            expect(page.get_by_test_id("upload-result")).to_have_count(len(files), timeout=120_000)
            page.get_by_test_id("pictures").evaluate("section => section.scrollIntoView()")
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
