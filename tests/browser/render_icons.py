"""Make the PNG icons from webapp/public/icon.svg: `python -m tests.browser.render_icons`."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch_chromium
from tests.browser.serving import ROOT

SOURCE = ROOT / "webapp" / "public" / "icon.svg"
FOLDER = ROOT / "webapp" / "public" / "icons"

# name: width and height, and whether the ground fills the square, for systems that cut icons to shape:
# Android to any that holds the middle circle of 80% (the drawing keeps within it), iOS to a rounded square.
ICONS = {
    "icon-192": (192, False),
    "icon-512": (512, False),
    "maskable-512": (512, True),
    "apple-touch-icon": (180, True),
}


def render(browser: Browser, size: int, full: bool) -> bytes:
    """Give the icon as a small PNG of size×size pixels."""
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(
        f"<style>body {{ margin: 0 }} svg {{ display: block; width: {size}px }}</style>{SOURCE.read_text()}"
    )
    if full:
        page.locator("svg > rect").evaluate("ground => ground.removeAttribute('rx')")
    shot = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
    page.close()
    small = io.BytesIO()
    shot.convert("RGB" if full else "RGBA").save(small, "PNG", optimize=True)
    return small.getvalue()


def main(folder: Path = FOLDER) -> None:
    """Write all icons."""
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for name, (size, full) in ICONS.items():
            (folder / f"{name}.png").write_bytes(render(browser, size, full))
        browser.close()


if __name__ == "__main__":
    main()
