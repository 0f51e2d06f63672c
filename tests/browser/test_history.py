"""The sheet and its history: undone, redone, and back after a reload, a crash, or another tab."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.chromium import launch_profile
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.test_teaching_storage import kill_browser_of

DOWN = [[[0, 0], [0, 1]]]

# Open the database, read all sheets, and do something with both.
SHEETS = """async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    const name = names.find((name) => name.startsWith('digitpad-sheets:'));
    if (name === undefined) return [];
    const done = (request) => new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
    });
    const database = await done(indexedDB.open(name));
    const store = database.transaction('sheets', 'readwrite').objectStore('sheets');
    const sheets = await done(store.getAll());
    database.close(); // once the transaction is over
    DO
}"""

# How many strokes the present state of each sheet has, the newest sheet first.
KEPT = SHEETS.replace(
    "DO",
    """sheets.sort((one, other) => other.time - one.time);
    return sheets.map(({ states, at }) => states[at].length);""",
)

# Store other sheets in the place of those that are there.
CHANGE = SHEETS.replace("DO", "for (const sheet of (CHANGED)(sheets)) await done(store.put(sheet));")


def draw(page: DigitpadPage, *places: float) -> None:
    """Draw a line at each of these places, from 0 (left) to 1 (right)."""
    for x in places:
        page.draw(DOWN, x=x, size=0.3)


def expect_strokes(page: DigitpadPage, count: int) -> None:
    expect(page.pad).to_have_attribute("data-strokes", str(count))


def wait_until_stored(page: DigitpadPage, strokes: int) -> None:
    """Wait until the newest sheet in the database has so many strokes."""
    wait_until_kept(page, lambda sheets: sheets[:1] == [strokes])


def wait_until_kept(page: DigitpadPage, holds: Callable[[list[int]], bool]) -> None:
    """Wait until the strokes of the sheets in the database, the newest first, are as they should be."""
    for _ in range(600):  # half a minute
        if holds(page.page.evaluate(KEPT)):
            return
        page.page.wait_for_timeout(50)
    raise AssertionError(page.page.evaluate(KEPT))


def test_clear_and_removal_can_be_undone_and_redone(ready_page):
    pad = ready_page.pad
    draw(ready_page, 0.2, 0.5, 0.8)
    pad.evaluate("pad => pad.removeStrokes([1], [])")
    ready_page.clear.click()
    expect_strokes(ready_page, 0)
    pad.evaluate("pad => pad.clear()")  # nothing to clear is no state
    for back in (2, 3, 2):
        pad.evaluate("pad => pad.undo()")
        expect_strokes(ready_page, back)
    for forth in (3, 2, 0):
        pad.evaluate("pad => pad.redo()")
        expect_strokes(ready_page, forth)
    assert pad.evaluate("pad => [pad.canUndo, pad.canRedo]") == [True, False]


def test_undo_in_the_middle_of_a_stroke_drops_it_and_nothing_else(ready_page):
    mouse = ready_page.page.mouse
    draw(ready_page, 0.2)
    [stroke] = ready_page.place(DIGITS[1], size=0.4)
    mouse.move(*stroke[0])
    mouse.down()
    mouse.move(*stroke[-1])
    expect_strokes(ready_page, 2)
    ready_page.pad.evaluate("pad => pad.undo()")
    expect_strokes(ready_page, 1)
    mouse.move(*stroke[0])
    mouse.up()
    expect_strokes(ready_page, 1)
    assert ready_page.pad.evaluate("pad => [pad.canUndo, pad.canRedo]") == [True, False]


def test_after_a_reload_ink_and_history_are_back(open_page, server):
    page = open_page(server.url).wait_until_ready()
    errors = page.record_messages()
    page.read(4)
    ink = page.pad.evaluate("pad => pad.ink")
    page.page.reload()
    page.wait_until_ready()
    assert page.wait_until_read(len(DIGITS[4])) == "4"
    assert page.pad.evaluate("pad => pad.ink") == ink
    page.undo.click()
    expect_strokes(page, 1)
    page.page.goto("about:blank")
    page.page.go_back()
    expect_strokes(page.wait_until_ready(), 1)
    page.pad.evaluate("pad => pad.redo()")
    assert page.wait_until_read(2) == "4"
    assert errors == []


@pytest.mark.slow
def test_a_browser_killed_after_a_stroke_has_it_when_it_starts_again(chromium, server, tmp_path):
    contexts = []

    def start() -> DigitpadPage:
        contexts.append(launch_profile(chromium.browser_type, tmp_path))
        return DigitpadPage(contexts[-1].new_page()).open(server.url).wait_until_ready()

    try:
        page = start()
        draw(page, 0.3, 0.6)
        wait_until_stored(page, 2)
        kill_browser_of(tmp_path)
        page = start()
        expect_strokes(page, 2)
        page.undo.click()
        expect_strokes(page, 1)
    finally:
        for context in contexts:
            with suppress(Error):  # it was killed
                context.close()


def test_each_tab_has_its_sheet_and_a_new_one_goes_on_with_that_of_a_closed_one(open_page, server):
    one = open_page(server.url).wait_until_ready()
    draw(one, 0.5)
    wait_until_stored(one, 1)
    two = open_page(server.url, context=one.page.context).wait_until_ready()
    draw(two, 0.3, 0.6)
    expect_strokes(two, 2)
    wait_until_stored(two, 2)
    for page, strokes in ((one, 1), (two, 2)):
        page.page.reload()
        expect_strokes(page.wait_until_ready(), strokes)
    two.page.close()
    three = open_page(server.url, context=one.page.context).wait_until_ready()
    expect_strokes(three, 2)
    expect_strokes(one, 1)


def test_only_the_newest_sheets_are_kept(open_page, server):
    page = open_page(server.url).wait_until_ready()
    draw(page, 0.5)
    wait_until_stored(page, 1)
    more = "(sheets) => Array.from({ length: 8 }, (_, i) => ({ ...sheets[0], id: `old-${i}`, time: i }))"
    page.page.evaluate(CHANGE.replace("CHANGED", more))
    page.page.reload()
    expect_strokes(page.wait_until_ready(), 1)
    wait_until_kept(page, lambda sheets: len(sheets) == 5)


DAMAGES = {
    "of another shape": "({ id, time }) => ({ id, time, strokes: 7 })",
    "with a bad point": "(sheet) => { sheet.states.at(-1)[0].points[0] = NaN; return sheet; }",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_sheet_is_no_ink(open_page, server, damage):
    page = open_page(server.url).wait_until_ready()
    draw(page, 0.5)
    wait_until_stored(page, 1)
    page.page.evaluate(CHANGE.replace("CHANGED", f"(sheets) => sheets.map({damage})"))
    errors = page.record_messages()
    page.page.reload()
    page.wait_until_ready()
    assert page.read(3) == "3"
    wait_until_stored(page, 1)
    assert errors == []


# The database answers only once `globalThis.answer` was called.
LATE = """
    const list = IDBFactory.prototype.databases;
    const asked = new Promise((done) => { globalThis.answer = done; });
    IDBFactory.prototype.databases = async function () { await asked; return list.call(this); };
"""


def test_ink_that_was_drawn_before_the_sheet_came_is_added_to_it(open_page, server):
    first = open_page(server.url).wait_until_ready()
    draw(first, 0.2, 0.4)
    wait_until_stored(first, 2)
    first.page.close()
    page = open_page(server.url, context=first.page.context, script=LATE)
    draw(page, 0.8)
    expect_strokes(page, 1)
    mouse, [stroke] = page.page.mouse, page.place(DIGITS[1], x=0.6, size=0.4)
    mouse.move(*stroke[0])
    mouse.down()
    page.page.evaluate("answer()")
    mouse.move(*stroke[-1])
    mouse.up()
    expect_strokes(page, 4)
    page.pad.evaluate("pad => pad.undo()")
    expect_strokes(page, 2)


NO_STORAGE = """
    IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };
    IDBFactory.prototype.databases = () => Promise.reject(new DOMException('no', 'SecurityError'));
    for (const name of ['getItem', 'setItem']) {
        Storage.prototype[name] = () => { throw new DOMException('no', 'SecurityError'); };
    }
"""


def test_where_nothing_can_be_stored_the_page_works(open_page, server):
    page = open_page(server.url, script=NO_STORAGE)
    errors = page.record_messages()
    page.wait_until_ready()
    assert page.read(3) == "3"
    page.page.reload()
    page.wait_until_ready()
    assert page.read(3) == "3"
    assert errors == []


def test_without_locks_a_tab_has_its_own_sheet(open_page, server):
    page = open_page(server.url, script="delete Navigator.prototype.locks").wait_until_ready()
    draw(page, 0.5)
    wait_until_stored(page, 1)
    page.page.reload()
    expect_strokes(page.wait_until_ready(), 1)
    other = open_page(server.url, context=page.page.context, script="delete Navigator.prototype.locks")
    assert other.wait_until_ready().read(3) == "3"
    expect_strokes(page, 1)


def test_who_leaves_at_once_after_a_stroke_has_it_when_coming_back(open_page, server):
    page = open_page(server.url).wait_until_ready()
    page.page.route("**/assets/keptSheet-*.js", lambda route: None)  # it is still on its way
    draw(page, 0.4)
    page.page.unroute_all(behavior="ignoreErrors")
    page.page.reload()
    expect_strokes(page.wait_until_ready(), 1)
