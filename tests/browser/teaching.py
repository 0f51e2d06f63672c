"""What a test does to teach the page, and a form of a digit that the page misreads before."""

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Self

import numpy as np
from playwright.sync_api import expect

from tests.browser.digitpad_page import DigitpadPage, Strokes

DATABASE = "digitpad-corrections:/"

# Reads all stores, so that it waits for what is being written to any of them.
KEPT = """async (name) => {
    const done = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    if (!(await indexedDB.databases()).some((one) => one.name === name)) return [];
    const database = await done(indexedDB.open(name));
    const stores = Array.from(database.objectStoreNames);
    const kept = stores.includes('corrections')
        ? await done(database.transaction(stores).objectStore('corrections').getAll()) : [];
    database.close();
    return kept;
}"""


def arabic_seven(seed: int) -> Strokes:
    """Return a 7 as it is written from Cairo to Delhi, a V, each time a little different."""
    shake = random.Random(seed)
    corners = [(4, 2), (40, 98), (76, 2)]
    moved = [(x + shake.uniform(-4, 4), y + shake.uniform(-4, 4)) for x, y in corners]
    return [np.concatenate([np.linspace(start, end, 9) for start, end in pairwise(moved)]).tolist()]


class Teacher:
    """A page, and somebody who teaches it."""

    def __init__(self, page: DigitpadPage):
        self.page = page
        self.draw, self.keyboard = page.read, page.page.keyboard
        find = page.page.get_by_test_id
        self.open_panel, self.panel = find("learning"), find("learning-panel")
        self.correct, self.not_a_digit, self.undo = map(find, ("correct", "not-a-digit", "undo-correction"))
        self.count, self.gallery, self.result = find("learnt-count"), find("gallery"), find("learning-result")
        self.before, self.after = find("right-before"), find("right-after")
        self.mine, self.original = find("read-with-mine"), find("read-with-original")
        self.note = page.page.locator(".said-to-be")
        self.forget_all, self.not_kept = find("forget-all"), find("not-kept")
        self.file = find("corrections-file")

    def choice(self, digit: int):
        """The button that says that it is this digit."""
        return self.page.page.get_by_test_id(f"correct-{digit}")

    def reload(self) -> Self:
        """Reload the page, and wait until it reads."""
        self.page.page.reload()
        self.page.wait_until_ready()
        return self

    def teach(self, strokes: Strokes | int, digit: int) -> None:
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
        expect(self.open_panel).to_have_text(f"Learnt: {count}")

    def kept(self) -> list[dict]:
        """Return the corrections that the browser keeps."""
        return self.page.page.evaluate(KEPT, DATABASE)

    def take(self, path: Path | dict) -> str:
        """Import a file, and return what the page says of it."""
        self.result.evaluate("element => { element.textContent = ''; }")
        self.file.set_input_files(path)
        expect(self.result).not_to_have_text("")
        return self.result.inner_text()


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
    return "".join(f"{json.dumps(line)}\n" for line in lines)
