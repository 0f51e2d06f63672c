"""The page as a person uses it: opened in a real browser, drawn on, and read."""

import json
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from playwright.sync_api import CDPSession, Locator, Page, expect

Stroke = list[list[float]]
Strokes = list[Stroke]

CASES = json.loads((Path(__file__).parents[1] / "golden" / "ink.json").read_text())
DIGITS: dict[int, Strokes] = {case["digit"]: case["strokes"] for case in CASES if case["digit"] is not None}
SCRIBBLE: Strokes = next(case["strokes"] for case in CASES if case["name"] == "scribble")

# Strokes in page pixels, as the pointer events that the browser makes of a fast mouse: all points of a stroke
# come in one event, so the page reads after each stroke and not after each point.
DRAW = """(strokes) => {
    const pad = document.querySelector('[data-testid="pad"]');
    const event = (type, [clientX, clientY], more) => new PointerEvent(type, {
        clientX, clientY, pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true, ...more });
    for (const [first, ...rest] of strokes) {
        pad.dispatchEvent(event('pointerdown', first));
        if (rest.length > 0) {
            const coalescedEvents = rest.map((point) => event('pointermove', point));
            pad.dispatchEvent(event('pointermove', rest.at(-1), { coalescedEvents }));
        }
        pad.dispatchEvent(event('pointerup', rest.at(-1) ?? first));
    }
}"""

# What the page shows now.
SHOWN = """() => {
    const find = (id) => document.querySelector(`[data-testid="${id}"]`);
    const copy = new OffscreenCanvas(28, 28).getContext('2d', { willReadFrequently: true });
    copy.drawImage(find('network-view'), 0, 0);
    return {
        text: find('prediction').innerText,
        confidence: Number(find('confidence').dataset.value),
        explanation: find('explanation').innerText,
        probabilities: [...find('bars').children].map((bar) => Number(bar.dataset.probability)),
        levels: Array.from(copy.getImageData(0, 0, 28, 28).data).filter((_, i) => i % 4 === 0),
    };
}"""

# Draw each of many inks on the empty pad, and return what the page then shows.
READ_ALL = f"""async (inks) => {{
    const of = (id) => document.querySelector(`[data-testid="${{id}}"]`);
    const [pad, prediction] = [of('pad'), of('prediction')];
    const isRead = () => prediction.dataset.strokes === pad.dataset.strokes;
    const found = [];
    for (const ink of inks) {{
        pad.clear();
        ({DRAW})(ink);
        while (!isRead()) await new Promise((next) => setTimeout(next));
        found.push(({SHOWN})());
    }}
    return found;
}}"""


class Shown(NamedTuple):
    """What the page shows of an ink that it has read."""

    text: str
    confidence: float
    explanation: str
    probabilities: list[float]  # ten
    levels: list[int]  # 784, 0 to 255: the drawing as the network sees it


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
        self.status_text = self.status.locator(".text")
        self.offline_note = self.status.locator(".offline")
        self.undo = page.get_by_test_id("undo")
        self.redo = page.get_by_test_id("redo")
        self.clear = page.get_by_test_id("clear")
        self.menu = page.get_by_test_id("menu")
        self.retry = page.get_by_test_id("retry")

    def open(self, url: str) -> Self:
        self.page.goto(url)
        return self

    def wait_until_ready(self) -> Self:
        expect(self.page.locator("html")).to_have_attribute("data-ready", "true")
        return self

    def wait_until_kept(self) -> Self:
        """Wait until it reads, and is kept for offline use."""
        self.wait_until_ready()
        expect(self.status).to_have_attribute("data-offline", "ready")
        return self

    def wait_until_failed(self) -> str:
        """Wait until the page says that it can't read, and return the sentence."""
        expect(self.status).to_have_attribute("data-state", "error")
        return self.status_text.inner_text()

    def place(
        self, strokes: Strokes, size: float = 0.6, x: float = 0.5, y: float = 0.5, step: float = 0
    ) -> Strokes:
        """Convert strokes in any unit to page pixels: `size` of the pad high, their middle at (x, y) of it.

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

    def draw(self, strokes: Strokes, **where: float) -> None:
        """Draw by made pointer events, all at once: for tests of what comes after drawing."""
        self.page.evaluate(DRAW, self.place(strokes, **where))

    def read(self, strokes: Strokes | int, **where: float) -> str:
        """Draw strokes, or the golden digit, on the empty pad by made pointer events; return what is read."""
        return self.read_all([DIGITS[strokes] if isinstance(strokes, int) else strokes], **where)[0].text

    def read_all(self, inks: list[Strokes], **where: float) -> list[Shown]:
        """Draw each ink on the empty pad by made pointer events, and return what the page shows of each."""
        placed = [self.place(strokes, **where) for strokes in inks]
        return [Shown(**found) for found in self.page.evaluate(READ_ALL, placed)]

    def draw_by_pointer(self, strokes: Strokes, touch: bool = False, **where: float) -> None:
        """Draw with a real mouse or finger."""
        for stroke in self.place(strokes, **where):
            self.move(stroke, touch)

    def move(self, stroke: Stroke, touch: bool = False) -> None:
        """Draw one stroke, given in page pixels, with a real mouse or finger."""
        mouse = self.page.mouse
        if touch:
            self.touch("touchStart", stroke[0])
            for point in stroke[1:]:
                self.touch("touchMove", point)
            self.touch("touchEnd")
        else:
            mouse.move(*stroke[0])
            mouse.down()
            for point in stroke[1:]:
                mouse.move(*point)
            mouse.up()

    def touch(self, kind: str, *fingers: list[float]) -> None:
        """Put fingers on the screen: the browser makes pointer and touch events of them."""
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(fingers)]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    @cached_property
    def devtools(self) -> CDPSession:
        """The DevTools protocol of this page."""
        return self.page.context.new_cdp_session(self.page)

    def wait_until_read(self, strokes: int) -> str:
        """Wait until the reading is for all `strokes` strokes on the pad, and return what was read."""
        expect(self.pad).to_have_attribute("data-strokes", str(strokes))
        expect(self.prediction).to_have_attribute("data-strokes", str(strokes))
        return self.prediction.inner_text()

    def label(self, index: int) -> Locator:
        """The button under a digit of the sheet, by its place in the number."""
        return self.page.get_by_test_id("digit").nth(index).get_by_role("button").first

    def select(self, index: int) -> None:
        """Select a digit of the sheet as the keyboard does, without a question about it."""
        self.label(index).focus()

    def from_menu(self, entry: str) -> None:
        """Choose an entry of the menu, by its `data-testid`."""
        self.menu.click()
        self.page.get_by_test_id(entry).click()

    def shown(self) -> Shown:
        """Return what the page shows now."""
        return Shown(**self.page.evaluate(SHOWN))

    def probabilities(self) -> list[float]:
        """Return what the ten bars show."""
        return self.shown().probabilities

    def kept_paths(self) -> list[str]:
        """Return the paths of the files that are kept for offline use."""
        return self.page.evaluate("""async () => {
            const kept = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
            const requests = (await Promise.all(kept.map((cache) => cache.keys()))).flat();
            return requests.map((request) => new URL(request.url).pathname);
        }""")

    def listen_to_announcements(self) -> None:
        """Note from now on what a screen reader says; `announcements` returns it."""
        self.page.get_by_test_id("announcement").evaluate("""element => {
            globalThis.listener?.disconnect();
            element.textContent = ''; // a page that others have used may have said the same before
            globalThis.said = [];
            globalThis.listener = new MutationObserver(() => said.push(element.textContent));
            listener.observe(element, { childList: true });
        }""")

    def announcements(self) -> list[str]:
        """Return what a screen reader has said since `listen_to_announcements`."""
        return self.page.evaluate("said")

    def record_messages(self) -> list[str]:
        """Return a list of what the page says on its console or throws; it grows as things happen."""
        said: list[str] = []
        self.page.on("console", lambda message: said.append(message.text))
        self.page.on("pageerror", lambda error: said.append(str(error)))
        return said
