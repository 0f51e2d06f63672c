"""The page as a person uses it with mouse and files, in any engine: by the names of the page contract."""

import time
from pathlib import Path

from tests.browser.digitpad_page import Strokes
from tests.browser.engines.engine import Engine
from tests.browser.teaching import DATABASE, KEPT

PATIENCE = 30  # seconds; only a page that hangs fails
FASTER = 3  # one point of so many, as a fast mouse reports them
PAUSE = 0.03  # seconds between two looks at the page

FIND = 'const find = (id) => document.querySelector(`[data-testid="${id}"]`);'

SHOWN = f"""() => {{
    {FIND}
    const [pad, prediction, status] = ['pad', 'prediction', 'status'].map(find);
    return {{
        ready: document.documentElement.dataset.ready === 'true',
        state: status.dataset.state, offline: status.dataset.offline, said: status.innerText,
        strokes: Number(pad.dataset.strokes), read: Number(prediction.dataset.strokes),
        text: prediction.innerText.trim(), confidence: Number(find('confidence').dataset.value),
        probabilities: [...find('bars').querySelectorAll('[data-digit]')]
            .map(({{ dataset }}) => Number(dataset.probability)),
        pictures: [...document.querySelectorAll('[data-testid="upload-result"]')]
            .map(({{ dataset }}) => dataset.error ?? dataset.prediction ?? null),
        dialogs: document.querySelectorAll('dialog[open]').length,
    }};
}}"""

# The box of an element that is in view and rests; else null.
BOX = f"""async (id) => {{
    {FIND}
    const box = () => {{
        find(id)?.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
        const {{ x, y, width, height }} = find(id)?.getBoundingClientRect() ?? new DOMRect();
        return [x, y, width, height];
    }};
    const before = box();
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    return before[2] * before[3] > 0 && String(box()) === String(before) ? before : null;
}}"""

# Whether the element itself is at a point of the window, and nothing that covers it.
COVERED = f"""(id, x, y) => {{
    {FIND}
    return !find(id).contains(document.elementFromPoint(x, y));
}}"""

VISIBLE = f"""(id) => {{
    {FIND}
    return (find(id)?.getClientRects().length ?? 0) > 0;
}}"""

COUNT = """(id) => document.querySelectorAll(`[data-testid="${id}"]`).length"""


class JourneyPage:
    """What the journey does with the page, and what it sees."""

    def __init__(self, engine: Engine):
        self.engine = engine

    def shown(self) -> dict:
        """Return what the page shows now."""
        return self.engine.evaluate(SHOWN)

    def wait(self, **wanted: object) -> dict:
        """Wait until the page shows all of this; return what it then shows."""
        end = time.monotonic() + PATIENCE
        while True:
            shown = self.shown()
            if wanted.items() <= shown.items():
                return shown
            assert time.monotonic() < end, f"waited for {wanted}; the page shows {shown}"
            time.sleep(PAUSE)

    def place(self, test_id: str) -> tuple[float, float, float, float]:
        """Scroll an element into view, wait until it rests; return its left, top, width and height."""
        end = time.monotonic() + PATIENCE
        while (box := self.engine.evaluate(BOX, test_id)) is None:
            assert time.monotonic() < end, f"{test_id} is not in view; the page shows {self.shown()}"
            time.sleep(PAUSE)
        return tuple(box)

    def click(self, test_id: str) -> None:
        """Click with the mouse, as soon as nothing covers it."""
        end = time.monotonic() + PATIENCE
        while True:
            left, top, width, height = self.place(test_id)
            middle = [left + width / 2, top + height / 2]
            if not self.engine.evaluate(COVERED, test_id, *middle):
                return self.engine.drag([middle])
            assert time.monotonic() < end, f"{test_id} is covered; the page shows {self.shown()}"
            time.sleep(PAUSE)

    def is_visible(self, test_id: str) -> bool:
        return self.engine.evaluate(VISIBLE, test_id)

    def draw(self, strokes: Strokes, part: float = 0.6) -> None:
        """Draw with the mouse, in the middle of the pad, as large as fits into this part of it."""
        left, top, width, height = self.place("pad")
        xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
        scale = part * min(width / max(max(xs) - min(xs), 1), height / max(max(ys) - min(ys), 1))
        across = left + width / 2 - scale * (min(xs) + max(xs)) / 2
        down = top + height / 2 - scale * (min(ys) + max(ys)) / 2
        for stroke in strokes:
            points = [[x * scale + across, y * scale + down] for x, y in stroke]
            self.engine.drag([*points[:-1:FASTER], points[-1]])

    def wait_until_read(self, strokes: int) -> dict:
        """Wait until the reading is for all strokes on the pad; return what the page shows."""
        return self.wait(strokes=strokes, read=strokes)

    def clear(self) -> None:
        """Clear the pad, if anything is on it."""
        if self.shown()["strokes"] > 0:
            self.click("clear")
        self.wait_until_read(0)

    def say_it_is(self, digit: int) -> None:
        """Correct what was read."""
        if not self.is_visible(f"correct-{digit}"):
            self.click("correct")
        self.click(f"correct-{digit}")

    def choose(self, picture: Path) -> None:
        """Choose a picture."""
        self.engine.give_files("upload", [picture])

    def wait_for_picture(self, text: str) -> None:
        """Wait until a picture was read as this."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown()["pictures"]:
            assert time.monotonic() < end, f"waited for a picture of {text}; the page shows {self.shown()}"
            time.sleep(PAUSE)

    def count(self, test_id: str) -> int:
        """Return how many elements have this name."""
        return self.engine.evaluate(COUNT, test_id)

    def open_learning(self) -> None:
        """Open the panel that shows what was learnt."""
        if not self.is_visible("learning"):
            self.click("menu")
        self.click("learning")

    def close_dialogs(self) -> None:
        """Close what lies over the page."""
        end = time.monotonic() + PATIENCE
        while self.shown()["dialogs"] > 0:
            assert time.monotonic() < end, f"Esc closes nothing; the page shows {self.shown()}"
            self.engine.escape()
            time.sleep(PAUSE)

    def corrections(self) -> list[dict]:
        """Return the corrections that the browser keeps."""
        return self.engine.evaluate(KEPT, DATABASE)

    def wait_until_taught(self, count: int) -> list[dict]:
        """Wait until so many corrections are kept, and return them."""
        end = time.monotonic() + PATIENCE
        while len(kept := self.corrections()) != count:
            assert time.monotonic() < end, f"waited for {count} corrections; kept are {kept}"
            time.sleep(PAUSE)
        return kept
