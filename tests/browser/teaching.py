"""What a test does to teach the page, and a form of a digit that the page misreads before."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.digitpad_page import DigitpadPage, Strokes

DATABASE = "digitpad-corrections:/"

KEPT = """async (name) => {
    const open = indexedDB.open(name);
    const database = await new Promise((resolve, reject) => {
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error);
    });
    const all = database.transaction('corrections').objectStore('corrections').getAll();
    await new Promise((resolve) => { all.onsuccess = resolve; });
    database.close();
    return all.result;
}"""


def arabic_seven(seed: int) -> Strokes:
    """Return a 7 as it is written from Cairo to Delhi, a V, each time a little different."""
    shake = random.Random(seed)
    corners = [(4, 2), (40, 98), (76, 2)]
    moved = [(x + shake.uniform(-4, 4), y + shake.uniform(-4, 4)) for x, y in corners]
    return [
        [
            [x + (to_x - x) * step / 8, y + (to_y - y) * step / 8]
            for (x, y), (to_x, to_y) in pairwise(moved)
            for step in range(9)
        ]
    ]


class Teacher:
    """A page, and somebody who teaches it."""

    def __init__(self, page: DigitpadPage):
        self.page = page
        find = page.page.get_by_test_id
        self.open_panel, self.panel = find("learning"), find("learning-panel")
        self.correct, self.not_a_digit, self.undo = map(find, ("correct", "not-a-digit", "undo-correction"))
        self.count, self.gallery, self.result = find("learnt-count"), find("gallery"), find("learning-result")
        self.before, self.after = find("right-before"), find("right-after")
        self.mine, self.original = find("read-with-mine"), find("read-with-original")
        self.forget_all, self.not_kept = find("forget-all"), find("not-kept")
        self.file = find("corrections-file")

    def choice(self, digit: int):
        """The button that says that it is this digit."""
        return self.page.page.get_by_test_id(f"correct-{digit}")

    def draw(self, strokes: Strokes) -> str:
        """Draw in the place of what is there, and return what is read."""
        return self.page.read(strokes)

    def teach(self, strokes: Strokes, digit: int) -> None:
        """Draw, say what it is, and wait until that is counted."""
        self.draw(strokes)
        counted = int(self.open_panel.inner_text().split(":")[1].split(",")[0])
        self.choice(digit).click()
        self.expect_learnt(counted + 1)

    def teach_sevens(self, count: int, first: int = 0) -> None:
        """Teach the other 7."""
        for seed in range(first, first + count):
            self.teach(arabic_seven(seed), 7)

    def expect_learnt(self, count: int) -> None:
        """Wait until so many examples are counted."""
        expect(self.open_panel).to_have_text(f"Learnt: {count}", timeout=30_000)

    def kept(self) -> list[dict]:
        """Return the corrections that the browser keeps."""
        return self.page.page.evaluate(KEPT, DATABASE)

    def expect_kept(self, *expected: tuple[int | None, str]) -> None:
        """Wait until the browser keeps these corrections: label and kind of each."""
        self.page.page.wait_for_function(
            f"""async ([name, expected]) => JSON.stringify(
                (await ({KEPT})(name)).map(({{ label, kind }}) => [label, kind])) === expected""",
            arg=[DATABASE, json.dumps(expected, separators=(",", ":"))],
        )

    def take(self, path: Path | dict) -> str:
        """Import a file, and return what the page says of it."""
        self.page.page.evaluate(
            "document.querySelector('[data-testid=\"learning-result\"]').textContent = ''"
        )
        self.file.set_input_files(path)
        expect(self.result).not_to_have_text("", timeout=60_000)
        return self.result.inner_text()

    def export(self, folder: Path) -> Path:
        """Export into a folder."""
        with self.page.page.expect_download() as started:
            self.page.page.get_by_test_id("export-corrections").click()
        path = folder / started.value.suggested_filename
        started.value.save_as(path)
        return path


def made_file(count: int, first: int = 0) -> str:
    """Return a file of corrections that are all different."""
    lines = [{"format": "digitpad-corrections", "version": 1, "count": count}]
    lines += [
        {
            "id": f"made-{number:06}",
            "label": 7,
            "kind": "correction",
            "model": "made",
            "time": 1_700_000_000_000 + number,
            "ink": [[[x / 100, y / 100] for x, y in arabic_seven(number)[0]]],
        }
        for number in range(first, first + count)
    ]
    return "".join(json.dumps(line) + "\n" for line in lines)
