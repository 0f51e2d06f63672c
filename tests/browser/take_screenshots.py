"""Take the pictures of the page for README.md: `make screenshots`.

`python -m tests.browser.take_screenshots FOLDER` takes every state of the page at five sizes, light and dark,
into that folder, and the examples, to look at. The pictures for README.md need MNIST and the pen strokes.
"""

import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, FilePayload, expect, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.serving import ROOT, SITE, logged_server
from tests.browser.states import STATES, show_drawer
from tests.browser.teaching import Teacher
from tests.browser.written import largest, written
from tests.made_photos import make_photo, sources

FOLDER = ROOT / "webapp" / "screenshots"
# Options of the browser.
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
SIZES = [(320, 568), (360, 740), (768, 1024), (844, 390), (1280, 800)]
SETTLED_MS = 500  # bars have grown, notes have come
FRAME_MS = 66  # of the animation


def open_page(browser: Browser, url: str, scheme: str, **screen: object) -> DigitpadPage:
    """Open the page in a profile of its own."""
    page = DigitpadPage(browser.new_page(color_scheme=scheme, **screen))
    return page.open(url).wait_until_kept()


def show_number(page: DigitpadPage, text: str) -> None:
    """Draw a digit or a number."""
    strokes = written(text)
    page.read(strokes, size=largest(page, strokes, 0.6))


def show_pictures(page: DigitpadPage) -> None:
    """Read photos of rows and of single digits, made from validation digits, and a file that is none."""
    rng = np.random.default_rng(5)
    kinds = sources("validation")
    files: list[FilePayload] = []
    for i, length in enumerate((4, 1, 7, 3, 2, 5, 1)):
        kind = kinds[i % 2]
        chosen = [kind[rng.integers(len(kind))] for _ in range(length)]
        photo = make_photo(chosen, rng, height=90).content
        files.append({"name": f"photo-{i + 1}.jpg", "mimeType": "image/jpeg", "buffer": photo})
    files.append({"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.page.get_by_test_id("upload").set_input_files(files)
    expect(page.page.get_by_test_id("upload-result")).to_have_count(len(files), timeout=120_000)


def show_learnt(page: DigitpadPage) -> None:
    """Teach a few digits of somebody with a 7 of their own, and open the panel."""
    teacher = Teacher(page)
    teacher.teach_sevens(5)
    for digit in (3, 4, 9):
        teacher.teach(DIGITS[digit], digit)
    teacher.open_panel()
    expect(teacher.after).not_to_have_text("")


def animate(page: DigitpadPage, text: str) -> bytes:
    """Write a number with a real mouse; return it as an animated WebP picture."""
    frames: list[Image.Image] = []

    def shoot(times: int = 1) -> None:
        frames.extend([Image.open(io.BytesIO(page.page.screenshot()))] * times)

    mouse = page.page.mouse
    strokes = written(text)
    for stroke in page.place(strokes, size=largest(page, strokes, 0.6)):
        mouse.move(*stroke[0])
        mouse.down()
        for number, point in enumerate(stroke):
            mouse.move(*point)
            if number % 4 == 0:
                shoot()
        mouse.up()
        page.page.wait_for_timeout(SETTLED_MS)
        shoot(3)
    shoot(20)
    file = io.BytesIO()
    frames[0].save(
        file, "WEBP", save_all=True, append_images=frames[1:], duration=FRAME_MS, loop=0, quality=70
    )
    return file.getvalue()


# The pictures of README.md and of the web manifest: screen, colours, what is shown.
PICTURES = {
    "desktop-light": (DESKTOP, "light", lambda page: show_number(page, "2026")),
    "phone-light": (PHONE, "light", lambda page: show_number(page, "417")),
    "phone-dark": (PHONE, "dark", lambda page: show_number(page, "8")),
    "question-phone-light": (PHONE, "light", lambda page: (show_number(page, "26"), page.label(1).click())),
    "drawer-desktop-dark": (DESKTOP, "dark", lambda page: (show_number(page, "5"), show_drawer(page))),
    "pictures-desktop-light": (DESKTOP, "light", show_pictures),
    "learnt-desktop-light": (DESKTOP, "light", show_learnt),
}


def take_pictures(browser: Browser, url: str, folder: Path) -> None:
    """Take the pictures of README.md, and the animation."""
    for name, (screen, scheme, show) in PICTURES.items():
        page = open_page(browser, url, scheme, **screen)
        show(page)
        page.page.wait_for_timeout(SETTLED_MS)
        page.page.screenshot(path=folder / f"{name}.png")
        page.page.close()
    small = {"viewport": {"width": 800, "height": 500}}
    (folder / "writing.webp").write_bytes(animate(open_page(browser, url, "light", **small), "2026"))


def take_states(browser: Browser, url: str, folder: Path) -> None:
    """Take every state of the page at five sizes, light and dark."""
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            screen = {"viewport": {"width": width, "height": height}, "has_touch": width < 900}
            page = open_page(browser, url, scheme, **screen)
            for name, show in STATES.items():
                show(page)
                page.page.wait_for_timeout(SETTLED_MS)
                page.page.screenshot(path=folder / f"{name}-{width}x{height}-{scheme}.png")
            page.page.close()


# The examples, and what is written there.
EXAMPLES = {"index": "", "form": "42", "code": "2026", "quiz": "12", "picture": "", "stylus": "5"}


def take_examples(browser: Browser, url: str, folder: Path) -> None:
    """Take every example, light and dark."""
    for name, text in EXAMPLES.items():
        for scheme in ("light", "dark"):
            page = DigitpadPage(browser.new_page(color_scheme=scheme, viewport={"width": 640, "height": 560}))
            page.open(f"{url}examples/{name}.html")
            page.pad = page.page.locator("digit-pad, body > canvas")
            if text:
                strokes = written(text)
                page.draw_by_pointer(strokes, size=largest(page, strokes, 0.6))
            page.page.wait_for_timeout(SETTLED_MS)
            page.page.screenshot(path=folder / f"example-{name}-{scheme}.png")
            page.page.close()


def main(folder: Path | None = None) -> None:
    """Take the pictures of README.md, or all states into a folder."""
    with sync_playwright() as playwright, logged_server(SITE) as server:
        browser = launch_chromium(playwright)
        if folder is None:
            take_pictures(browser, server.url, FOLDER)
        else:
            folder.mkdir(exist_ok=True)
            take_states(browser, server.url, folder)
            take_examples(browser, server.url, folder)
        browser.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
