"""What a test does to teach the page, and a form of a digit that the page misreads before."""

import json
import random
import re
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
        self.learning, self.panel = find("learning"), find("learning-panel")
        self.question, self.correct, self.not_a_digit = map(find, ("ask-digit", "correct", "not-a-digit"))
        self.toast, self.undo = find("toast").locator("span"), find("toast-undo")
        self.count, self.gallery, self.result = find("learnt-count"), find("gallery"), find("learning-result")
        self.before, self.after = find("right-before"), find("right-after")
        self.mine, self.original = find("read-with-mine"), find("read-with-original")
        self.forms, self.undo_forget = self.gallery.get_by_test_id("forget-one"), find("undo-forget")
        self.forget_all, self.really_forget_all = find("forget-all"), find("forget-all-sure")
        self.not_kept, self.file = find("not-kept"), find("corrections-file")

    def ask(self, index: int = 0) -> None:
        """Open the question what a digit is."""
        self.page.label(index).press("Enter")
        expect(self.question).to_be_visible()

    def choice(self, digit: int):
        """The key of the question that says that it is this digit."""
        return self.page.page.get_by_test_id(f"correct-{digit}")

    def reload(self) -> Self:
        """Reload the page, and wait until it reads."""
        self.page.page.reload()
        self.page.wait_until_ready()
        return self

    def teach(self, strokes: Strokes | int, digit: int) -> None:
        """Draw, say what it is, and wait until that is counted."""
        self.draw(strokes)
        counted = re.search(r"\d+", self.learning.text_content() or "")
        self.keyboard.press(str(digit))
        self.expect_learnt(1 + int(counted.group() if counted else 0))

    def teach_sevens(self, count: int, first: int = 0) -> None:
        """Teach the other 7."""
        for seed in range(first, first + count):
            self.teach(arabic_seven(seed), 7)

    def open_panel(self) -> None:
        """Open the panel of what was learnt, from the menu."""
        self.page.from_menu("learning")
        expect(self.panel).to_be_visible()

    def expect_learnt(self, count: int) -> None:
        """Wait until so many examples are counted."""
        expect(self.learning).to_have_text(f"Learnt from you ({count})" if count else "Learnt from you")

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
