"""The page as a person uses it with mouse and files, in any engine: by the names of the page contract."""

import time
from pathlib import Path

from tests.browser.digitpad_page import Strokes
from tests.browser.engines.engine import Engine
from tests.browser.teaching import DATABASE, KEPT

PATIENCE = 30  # seconds; only a page that hangs fails
PAUSE = 0.03  # seconds between two looks at the page

FIND = "const find = (id) => document.querySelector(`[data-testid=\"${id}\"]`);"

SHOWN = f"""() => {{
    {FIND}
    const [pad, prediction, status] = ['pad', 'prediction', 'status'].map(find);
    return {{
        ready: document.documentElement.dataset.ready === 'true',
        state: status.dataset.state, offline: status.dataset.offline, said: status.innerText,
        strokes: Number(pad.dataset.strokes), read: Number(prediction.dataset.strokes),
        text: prediction.innerText.trim(), confidence: Number(find('confidence').dataset.value),
        probabilities: [...find('bars').querySelectorAll('[data-digit]')].map((bar) => Number(bar.dataset.probability)),
        pictures: [...document.querySelectorAll('[data-testid="upload-result"]')]
            .map(({{ dataset }}) => dataset.error ?? dataset.prediction ?? null),
        dialogs: document.querySelectorAll('dialog[open]').length,
    }};
}}"""

# The middle of an element that rests, can be seen, and is not covered; else null.
PLACE = f"""async (id) => {{
    {FIND}
    const middle = () => {{
        find(id)?.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
        const {{ x, y, width, height }} = find(id)?.getBoundingClientRect() ?? new DOMRect();
        return width * height > 0 ? [x + width / 2, y + height / 2] : null;
    }};
    const before = middle();
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    const after = middle();
    const rests = after !== null && String(after) === String(before);
    return rests && find(id).contains(document.elementFromPoint(...after)) ? after : null;
}}"""

VISIBLE = f"""(id) => {{
    {FIND}
    return (find(id)?.getClientRects().length ?? 0) > 0;
}}"""

PAD = f"""() => {{
    {FIND}
    const {{ x, y, width, height }} = find('pad').getBoundingClientRect();
    return [x, y, width, height];
}}"""


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

    def click(self, test_id: str) -> None:
        """Click with the mouse as soon as that is possible."""
        end = time.monotonic() + PATIENCE
        while (place := self.engine.evaluate(PLACE, test_id)) is None:
            assert time.monotonic() < end, f"{test_id} can't be clicked; the page shows {self.shown()}"
            time.sleep(PAUSE)
        self.engine.drag([place])

    def is_visible(self, test_id: str) -> bool:
        return self.engine.evaluate(VISIBLE, test_id)

    def draw(self, strokes: Strokes, part: float = 0.6) -> None:
        """Draw with the mouse, in the middle of the pad, as large as fits into this part of it."""
        left, top, width, height = self.engine.evaluate(PAD)
        xs, ys = zip(*(point for stroke in strokes for point in stroke), strict=True)
        scale = part * min(width / max(max(xs) - min(xs), 1), height / max(max(ys) - min(ys), 1))
        across = left + width / 2 - scale * (min(xs) + max(xs)) / 2
        down = top + height / 2 - scale * (min(ys) + max(ys)) / 2
        for stroke in strokes:
            self.engine.drag([[x * scale + across, y * scale + down] for x, y in stroke])

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
        return self.engine.evaluate("(id) => document.querySelectorAll(`[data-testid=\"${id}\"]`).length", test_id)

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
