"""The page as a person uses it: opened in a real browser, drawn on with real mouse and touch input."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

Stroke = list[list[float]]
Strokes = list[Stroke]

CASES = json.loads((Path(__file__).parents[1] / "golden" / "ink.json").read_text())
DIGITS: dict[int, Strokes] = {case["digit"]: case["strokes"] for case in CASES if case["digit"] is not None}


class DigitpadPage:
    """What a test does with the page, by the names of the page contract."""

    def __init__(self, page: Page):
        self.page = page
        self.pad = page.get_by_test_id("pad")
        self.prediction = page.get_by_test_id("prediction")
        self.confidence = page.get_by_test_id("confidence")
        self.explanation = page.get_by_test_id("explanation")
        self.bars = page.get_by_test_id("bars")
        self.status = page.get_by_test_id("status")
        self.undo = page.get_by_test_id("undo")
        self.clear = page.get_by_test_id("clear")
        self.predict = page.get_by_test_id("predict")
        self.retry = page.get_by_test_id("retry")

    def open(self, url: str) -> DigitpadPage:
        self.page.goto(url)
        return self

    def wait_until_ready(self) -> DigitpadPage:
        expect(self.page.locator("html")).to_have_attribute("data-ready", "true", timeout=30_000)
        return self

    def wait_until_offline_ready(self) -> DigitpadPage:
        expect(self.status).to_have_attribute("data-offline", "ready", timeout=30_000)
        return self

    def place(
        self, strokes: Strokes, size: float = 0.6, x: float = 0.5, y: float = 0.5, step: float = 0
    ) -> Strokes:
        """Strokes in any unit to page pixels, to fill `size` of the pad with their middle at (x, y) of it.

        Rounded to whole multiples of `step` page pixels, as a mouse reports them; 0 rounds nothing.
        """
        box = self.pad.bounding_box()
        xs = [px for stroke in strokes for px, _ in stroke]
        ys = [py for stroke in strokes for _, py in stroke]
        scale = size * box["height"] / (max(max(xs) - min(xs), max(ys) - min(ys)) or 1)
        left = box["x"] + x * box["width"] - (min(xs) + max(xs)) / 2 * scale
        top = box["y"] + y * box["height"] - (min(ys) + max(ys)) / 2 * scale

        def report(pixels: float) -> float:
            return round(pixels / step) * step if step else pixels

        return [[[report(px * scale + left), report(py * scale + top)] for px, py in s] for s in strokes]

    def draw_with_mouse(self, strokes: Strokes, **where: float) -> None:
        for stroke in self.place(strokes, **where):
            self.move_mouse(stroke)

    def draw_with_touch(self, strokes: Strokes, **where: float) -> None:
        for stroke in self.place(strokes, **where):
            self.move_finger(stroke)

    def move_mouse(self, stroke: Stroke) -> None:
        """Draw one stroke, given in page pixels."""
        mouse = self.page.mouse
        first, *rest = stroke
        mouse.move(*first)
        mouse.down()
        for point in rest:
            mouse.move(*point)
        mouse.up()

    def move_finger(self, stroke: Stroke) -> None:
        """Draw one stroke, given in page pixels."""
        first, *rest = stroke
        with TouchScreen(self.page) as screen:
            screen.touch({0: first}, "touchStart")
            for point in rest:
                screen.touch({0: point}, "touchMove")
            screen.touch({}, "touchEnd")

    def wait_until_read(self, strokes: int) -> str:
        """Wait until the reading is for all `strokes` strokes on the pad, and give what was read."""
        expect(self.pad).to_have_attribute("data-strokes", str(strokes))
        expect(self.prediction).to_have_attribute("data-strokes", str(strokes))
        return self.prediction.inner_text()

    def probabilities(self) -> list[float]:
        return self.bars.locator("[data-digit]").evaluate_all(
            "bars => bars.map((bar) => Number(bar.dataset.probability))"
        )

    def listen_to_announcements(self) -> None:
        """Note from now on what a screen reader is told; `announcements` gives it."""
        self.page.get_by_test_id("announcement").evaluate("""element => {
            globalThis.told = [];
            new MutationObserver(() => told.push(element.textContent)).observe(element, { childList: true });
        }""")

    def announcements(self) -> list[str]:
        """What a screen reader was told since `listen_to_announcements`."""
        return self.page.evaluate("told")

    def record_errors(self) -> list[str]:
        """Start a list of what the page reports on its console or throws; it grows as things happen."""
        errors: list[str] = []
        self.page.on(
            "console", lambda message: errors.append(message.text) if message.type == "error" else None
        )
        self.page.on("pageerror", lambda error: errors.append(str(error)))
        return errors


class TouchScreen:
    """Fingers on the screen, by the DevTools protocol: the browser makes pointer and touch events of them."""

    def __init__(self, page: Page):
        self.page = page

    def __enter__(self) -> TouchScreen:
        self.session = self.page.context.new_cdp_session(self.page)
        return self

    def __exit__(self, *_: object) -> None:
        self.session.detach()

    def touch(self, fingers: dict[int, list[float]], kind: str) -> None:
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in fingers.items()]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
