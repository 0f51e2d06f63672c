"""Chromium, driven by Playwright."""

from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage

from tests.browser.engines.engine import WINDOW, Engine, Point


class Chromium(Engine):
    """A fresh profile of the Chromium that all browser tests share."""

    name = "chromium"

    def __init__(self, browser: Browser):
        width, height = WINDOW
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.context.on("console", self.note)
        self.context.on("weberror", lambda thrown: self.errors.append(str(thrown.error)))

    def note(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def open(self, url: str) -> None:
        self.page.goto(url)

    def reload(self) -> None:
        self.page.reload()

    def run(self, expression: str) -> str:
        return self.page.evaluate(expression)

    def drag(self, points: list[Point]) -> None:
        mouse = self.page.mouse
        first, *rest = points
        mouse.move(*first)
        mouse.down()
        for point in rest:
            mouse.move(*point)
        mouse.up()

    def escape(self) -> None:
        self.page.keyboard.press("Escape")

    def give_files(self, test_id: str, paths: list[Path]) -> None:
        self.page.get_by_test_id(test_id).set_input_files(paths)

    def take_errors(self) -> list[str]:
        self.page.evaluate("0")  # what was said before this answer has arrived by then
        taken, self.errors[:] = list(self.errors), []
        return taken

    def close(self) -> None:
        self.context.close()
