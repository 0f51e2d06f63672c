"""What was taught is kept: through reloads, beside other tabs, through crashes; carried to other devices."""

import json
import os
import signal
import subprocess
import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.chromium import launch_profile
from tests.browser.digitpad_page import DigitpadPage
from tests.browser.teaching import DATABASE, KEPT, Teacher, arabic_seven, made_file


def file_of(text):
    return {"name": "corrections.jsonl", "mimeType": "application/jsonl", "buffer": text.encode()}


def test_it_sends_nothing_and_survives_a_reload_with_the_network_gone(open_page, log_server):
    teacher = Teacher(open_page(log_server.url, kept=True).wait_until_kept())
    asked = []
    teacher.page.page.on("request", lambda request: asked.append(request.url))
    log_server.log.clear()
    teacher.teach_sevens(5)
    kept = teacher.kept()
    assert len(kept) == 5
    # Nothing of a model but its name: another one computes its features from the ink.
    assert {frozenset(one) for one in kept} == {frozenset({"id", "label", "kind", "model", "time", "ink"})}
    teacher.draw(arabic_seven(60))
    before = teacher.page.probabilities()
    teacher.open_panel()
    expect(teacher.after).not_to_have_text("")
    assert log_server.paths() == []
    assert all(url.startswith(f"{log_server.url}assets/") for url in asked), asked  # from the copy

    teacher.page.page.context.set_offline(True)
    teacher.reload().expect_learnt(5)
    assert teacher.draw(arabic_seven(60)) == "7"
    assert teacher.page.probabilities() == pytest.approx(before, abs=1e-3)
    teacher.teach_sevens(1, first=5)


def test_two_tabs_at_once(new_teacher):
    one = new_teacher(kept=True)
    other = new_teacher(kept=True, context=one.page.page.context)
    one.teach_sevens(3)
    other.expect_learnt(3)
    other.teach_sevens(2, first=3)
    one.expect_learnt(5)
    assert one.draw(arabic_seven(60)) == other.draw(arabic_seven(60)) == "7"
    # Both at the same moment: nothing is lost, nothing is doubled.
    for teacher, digit in ((one, 1), (other, 2)):
        teacher.draw(digit)
        teacher.ask()
    one.choice(1).evaluate("button => setTimeout(() => button.click(), 50)")
    other.choice(2).evaluate("button => setTimeout(() => button.click(), 50)")
    one.expect_learnt(7)
    other.expect_learnt(7)
    # A tap after the database has answered that the other tab has learnt, before that answer is made use of.
    for teacher, digit in ((one, 3), (other, 4)):
        teacher.draw(digit)
        teacher.ask()
    other.choice(4).evaluate("""(button) => {
        const { getAll } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.getAll = function (...given) {
            IDBObjectStore.prototype.getAll = getAll;
            const request = getAll.apply(this, given);
            request.addEventListener('success', () => button.click());
            return request;
        };
    }""")
    one.choice(3).evaluate("button => button.click()")
    one.expect_learnt(9)
    other.expect_learnt(9)
    assert sorted(kept["label"] for kept in other.kept()) == [1, 2, 3, 4, 7, 7, 7, 7, 7]
    one.open_panel()
    one.forget_all.click()
    one.really_forget_all.click()
    other.expect_learnt(0)


@pytest.mark.slow
def test_what_is_exported_gives_the_same_answers_elsewhere(new_teacher, tmp_path):
    teacher = new_teacher()
    teacher.teach_sevens(5)
    teacher.draw(3)
    teacher.ask()
    teacher.not_a_digit.click()
    teacher.expect_learnt(6)
    teacher.open_panel()
    with teacher.page.page.expect_download() as started:
        teacher.page.page.get_by_test_id("export-corrections").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    assert path.name == "corrections.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0] == {"format": "digitpad-corrections", "version": 1, "count": 6}
    assert sorted(lines[1:], key=lambda line: line["id"]) == teacher.kept()
    other = new_teacher(color_scheme="dark")
    other.teach(1, 1)
    other.open_panel()
    other.forget_all.click()
    other.really_forget_all.click()
    expect(other.gallery).to_have_count(0)
    assert other.take(path) == "Added 6 examples."
    assert other.take(path) == "Added 0 examples; I had 6 already."
    assert other.kept() == teacher.kept()
    other.expect_learnt(6)
    for one in (teacher, other):
        one.page.page.keyboard.press("Escape")
        assert one.draw(arabic_seven(60)) == "7"
    assert teacher.page.probabilities() == pytest.approx(other.page.probabilities(), abs=1e-3)


# What the page says of some; tests/web/learning/correctionsFile.test.ts has every way to damage a file.
REFUSED = [
    ("This file is damaged.", made_file(3)[:-40]),
    ("A newer version of me wrote this file.", made_file(1).replace('"version": 1', '"version": 2')),
    ("This file is damaged.", made_file(1) + "[" * 900_000),
    ("This file is damaged.", made_file(1).replace('"made"', '"<img src=x onerror=alert(1)>"')),
    ("This file is damaged.", made_file(1).replace('"count": 1', '"count": 10000000')),
    ("This is not a file of mine.", "<html></html>"),
]


def test_a_file_that_is_not_taken_gets_a_sentence_and_changes_nothing(new_teacher, tmp_path):
    teacher = new_teacher()
    errors = teacher.page.record_messages()
    teacher.teach_sevens(1)
    kept = teacher.kept()
    teacher.open_panel()
    for said, text in REFUSED:
        assert teacher.take(file_of(text)).startswith(said)
        assert teacher.kept() == kept, said
    huge = tmp_path / "huge.jsonl"
    with huge.open("wb") as file:
        file.write(made_file(1).encode())
        file.truncate(3_000_000_000)  # bytes of zeros, which take no room
    assert teacher.take(huge).startswith("This file is too large")
    assert teacher.kept() == kept
    expect(teacher.count).to_have_text("You have shown me 1 example. It stays on this device.")
    # For developers: which line, and why.
    assert len(errors) == len(REFUSED) + 1 and all(one.startswith(("Line ", "The file ")) for one in errors)
    assert teacher.page.page.locator("img").count() == 0


@pytest.mark.slow
def test_the_page_imports_what_it_exports_whatever_the_pen_and_the_clock_did(new_teacher, tmp_path):
    teacher = new_teacher(script="Date.now = () => Date.UTC(2101, 0, 1);")
    teacher.teach([[[2 * (i % 2) / 1000, i / 200] for i in range(20_001)]], 1)
    teacher.page.page.evaluate("Date.now = () => Date.UTC(1969, 0, 1)")
    teacher.teach(2, 2)
    teacher.open_panel()
    with teacher.page.page.expect_download() as started:
        teacher.page.page.get_by_test_id("export-corrections").click()
    path = tmp_path / "exported.jsonl"
    started.value.save_as(path)
    kept = teacher.kept()
    teacher.forget_all.click()
    teacher.really_forget_all.click()
    assert teacher.take(path) == "Added 2 examples."
    assert teacher.kept() == kept


# Open the database as another version of the page does, and close it; an example makes its store first.
OPEN_AS = """async ([name, version, example]) => {
    const open = indexedDB.open(name, version);
    open.onupgradeneeded = () => example
        && open.result.createObjectStore('corrections', { keyPath: 'id' }).put(example);
    await new Promise((resolve, reject) => { open.onsuccess = resolve; open.onerror = reject; });
    open.result.close();
}"""


@pytest.mark.slow
def test_a_database_of_an_older_version_is_brought_up_to_date(new_teacher, open_page, server):
    page = open_page(server.url, kept=True).wait_until_ready()
    page.page.evaluate(OPEN_AS, [DATABASE, 1, json.loads(made_file(1).splitlines()[1])])
    teacher = new_teacher(kept=True, context=page.page.context)
    teacher.expect_learnt(1)
    teacher.open_panel()
    teacher.original.check()
    teacher.reload().expect_learnt(1)
    teacher.open_panel()
    expect(teacher.original).to_be_checked()


@pytest.mark.slow
def test_a_newer_version_in_another_tab_is_not_held_up_and_not_written_to(new_teacher, open_page, server):
    teacher = new_teacher()
    teacher.teach_sevens(2)
    newer = open_page(server.url, context=teacher.page.page.context).wait_until_ready()
    newer.page.evaluate(OPEN_AS, [DATABASE, 99, None])
    teacher.teach_sevens(1, first=2)  # for this visit
    teacher.open_panel()
    expect(teacher.not_kept).to_contain_text("A newer version of me runs in another tab")
    assert len(newer.page.evaluate(KEPT, DATABASE)) == 2
    teacher.reload().expect_learnt(0)
    teacher.teach_sevens(1)
    teacher.open_panel()
    expect(teacher.not_kept).to_contain_text("A newer version of me has kept what you taught")
    assert len(newer.page.evaluate(KEPT, DATABASE)) == 2


@pytest.mark.slow
def test_where_nothing_can_be_kept_it_works_for_this_visit_and_says_so(open_page, server):
    refuse = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    teacher = Teacher(open_page(server.url, script=refuse).wait_until_ready())
    teacher.draw(0)
    teacher.teach_sevens(5)
    assert teacher.draw(arabic_seven(60)) == "7"
    teacher.open_panel()
    expect(teacher.not_kept).to_have_text(
        "This browser keeps nothing for this page, so I can remember only until you leave."
    )


@pytest.mark.slow
def test_a_device_without_room_says_so_and_keeps_all_or_nothing(new_teacher):
    """Chromium's own limit can't be made small: Storage.overrideQuotaForOrigin lets 3,000 examples in."""
    teacher = new_teacher(kept=True)
    teacher.teach_sevens(2)
    teacher.open_panel()
    teacher.page.page.evaluate("""() => {
        const { put } = IDBObjectStore.prototype;
        let left = 100;
        IDBObjectStore.prototype.put = function (value) {
            if (left-- > 0) return put.call(this, value);
            throw new DOMException('No room.', 'QuotaExceededError');
        };
    }""")
    teacher.take(file_of(made_file(300)))
    expect(teacher.not_kept).to_contain_text("This device is full")
    expect(teacher.count).to_contain_text("302 examples")  # for this visit
    assert len(teacher.kept()) == 2
    teacher.reload().expect_learnt(2)


@pytest.mark.slow
def test_a_crash_in_the_middle_of_a_write_leaves_all_or_nothing(open_profile, tmp_path):
    """Kill the browser while it writes, at several moments; open the same profile again and count."""
    path = tmp_path / "many.jsonl"
    teacher, before = open_profile(), 1
    teacher.teach(1, 1)
    assert len(teacher.kept()) == 1  # it is written
    for attempt, delay in enumerate((0.0, 0.15, 0.5)):
        path.write_text(made_file(3000, first=attempt * 3000))
        teacher.page.page.mouse.click(5, 5)
        teacher.open_panel()
        teacher.file.set_input_files(path)
        time.sleep(delay)
        kill_browser_of(tmp_path)
        teacher = open_profile()
        kept = len(teacher.kept())
        assert kept in (before, before + 3000)
        before = kept


@pytest.mark.slow
def test_a_change_outlives_a_page_that_ends_at_once(open_profile, tmp_path):
    """The page does nothing more once it has handed the change to the database."""
    teacher = open_profile()
    teacher.teach_sevens(1)
    teacher.open_panel()
    teacher.original.evaluate("""(radio) => {
        const { put } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (...given) {
            queueMicrotask(() => { for (;;); });
            return put.apply(this, given);
        };
        setTimeout(() => radio.click(), 0);
    }""")
    # The database answers another tab once it is done with what it was handed before.
    other = teacher.page.page.context.new_page()
    other.goto(teacher.page.page.url + "api/none")
    assert other.evaluate(KEPT, DATABASE)
    kill_browser_of(tmp_path)
    teacher = open_profile()
    teacher.expect_learnt(1)
    teacher.open_panel()
    expect(teacher.original).to_be_checked()


@pytest.fixture
def open_profile(chromium, server, tmp_path):
    """Open the page in a browser of its own, whose profile is kept."""
    contexts = []

    def start():
        contexts.append(launch_profile(chromium.browser_type, tmp_path))
        page = DigitpadPage(contexts[-1].new_page())
        return Teacher(page.open(server.url).wait_until_ready())

    yield start
    for context in contexts:
        with suppress(Error):  # it was killed
            context.close()


def kill_browser_of(profile):
    """End every process of the browser on this profile at once, as a loss of power does."""
    # A bracket, so that the search does not find itself.
    pattern = f"[-]-user-data-dir={profile}"
    found = subprocess.run(["pgrep", "-f", pattern], capture_output=True, text=True, check=True)
    for process in found.stdout.split():
        with suppress(ProcessLookupError):  # it ended with another one
            os.kill(int(process), signal.SIGKILL)


# As after an update: the ink is there when the page starts.
COUNT = """
    history.replaceState({ ink: [[[0.5, 0.2], [0.5, 0.8]]] }, '');
    globalThis.readings = globalThis.asked = 0;
    addEventListener('reading', () => { globalThis.readings++; }, true);
    StorageManager.prototype.persisted = async () => false;
    StorageManager.prototype.persist = async () => { globalThis.asked++; return false; };
"""


def test_with_nothing_learnt_ink_is_read_once_and_the_browser_is_not_asked_to_keep_it(new_teacher):
    """Some browsers ask the user: not before need. Headless, Chromium answers by itself and shows nothing."""
    teacher = new_teacher(script=COUNT)
    teacher.expect_learnt(0)
    page = teacher.page
    page.wait_until_read(1)
    page.from_menu("predict")
    page.page.wait_for_function("() => readings > 1")
    assert page.page.evaluate("readings") == 2, "once at the start, once more by the button"
    assert page.page.evaluate("asked") == 0
    teacher.teach(4, 4)
    page.page.wait_for_function("() => asked === 1")
