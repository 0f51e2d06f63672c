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
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.teaching import DATABASE, KEPT, Teacher, arabic_seven, made_file


@pytest.fixture
def new_teacher(open_page, server):
    def new_teacher(context=None, **options):
        page = open_page(server.url, context=context, **options).wait_until_ready()
        return Teacher(page.wait_until_offline_ready())

    return new_teacher


def file_of(text, name="corrections.jsonl"):
    return {"name": name, "mimeType": "application/jsonl", "buffer": text.encode()}


def test_it_survives_a_reload_and_features_are_computed_anew(new_teacher):
    teacher = new_teacher()
    teacher.teach_sevens(5)
    kept = teacher.kept()
    assert len(kept) == 5
    # Nothing of a model but its name: another one computes its features from the ink.
    assert {frozenset(one) for one in kept} == {frozenset({"id", "label", "kind", "model", "time", "ink"})}
    teacher.draw(arabic_seven(60))
    before = teacher.page.probabilities()
    teacher.page.page.reload()
    teacher.page.wait_until_ready()
    teacher.expect_learnt(5)
    assert teacher.draw(arabic_seven(60)) == "7"
    assert teacher.page.probabilities() == pytest.approx(before, abs=1e-3)


def test_two_tabs_at_once(new_teacher):
    one = new_teacher()
    other = new_teacher(context=one.page.page.context)
    one.teach_sevens(3)
    other.expect_learnt(3)
    other.teach_sevens(2, first=3)
    one.expect_learnt(5)
    assert one.draw(arabic_seven(60)) == other.draw(arabic_seven(60)) == "7"
    # Both at the same moment: nothing is lost, nothing is doubled.
    one.draw(DIGITS[1])
    other.draw(DIGITS[2])
    one.choice(1).evaluate("button => setTimeout(() => button.click(), 50)")
    other.choice(2).evaluate("button => setTimeout(() => button.click(), 50)")
    one.expect_learnt(7)
    other.expect_learnt(7)
    assert len(one.kept()) == 7
    one.open_panel.click()
    one.forget_all.click()
    one.forget_all.click()
    other.expect_learnt(0)


def test_a_tap_while_the_other_tab_s_is_taken_over_stays(new_teacher):
    one = new_teacher()
    other = new_teacher(context=one.page.page.context)
    one.teach_sevens(1)
    other.expect_learnt(1)
    one.draw(DIGITS[1])
    other.draw(DIGITS[2])
    # The tap comes after the database has answered, and before that answer is made use of.
    other.page.page.evaluate(
        """(button) => {
            const { getAll } = IDBObjectStore.prototype;
            IDBObjectStore.prototype.getAll = function (...given) {
                IDBObjectStore.prototype.getAll = getAll;
                const request = getAll.apply(this, given);
                request.addEventListener('success', () => button.click());
                return request;
            };
        }""",
        other.choice(2).element_handle(),
    )
    one.choice(1).evaluate("button => button.click()")
    one.expect_learnt(3)
    other.expect_learnt(3)
    assert sorted(kept["label"] for kept in other.kept()) == [1, 2, 7]


def test_what_is_exported_gives_the_same_answers_elsewhere(new_teacher, tmp_path):
    teacher = new_teacher()
    teacher.teach_sevens(5)
    teacher.draw(DIGITS[3])
    teacher.not_a_digit.click()
    teacher.expect_learnt(6)
    teacher.open_panel.click()
    path = teacher.export(tmp_path)
    assert path.name == "corrections.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0] == {"format": "digitpad-corrections", "version": 1, "count": 6}
    assert sorted(lines[1:], key=lambda line: line["id"]) == teacher.kept()
    other = new_teacher(color_scheme="dark")
    other.draw(DIGITS[0])  # its program has come
    other.open_panel.click()
    assert other.take(path) == "Imported 6 examples."
    assert other.take(path) == "Imported 0 examples; 6 were here already."
    assert other.kept() == teacher.kept()
    answers = []
    for one in (teacher, other):
        one.page.page.keyboard.press("Escape")
        one.draw(arabic_seven(60))
        answers.append(one.page.probabilities())
    assert answers[0] == pytest.approx(answers[1], abs=1e-3)
    assert answers[0][7] == max(answers[0])


HOSTILE = {
    "damaged": (made_file(3)[:-40], "Line 4 of the file is damaged"),
    "newer": (made_file(1).replace('"version": 1', '"version": 2'), "of a newer version"),
    "NaN": (made_file(1).replace("[[[", "[[[NaN, 0], ["), "Line 2 of the file is damaged"),
    "nested deeply": (made_file(1) + "[" * 900_000, "nested too deeply"),
    "wrong label": (made_file(1).replace('"label": 7', '"label": 70'), "its label is not 0 to 9"),
    "HTML": (made_file(1).replace('"made"', '"<img src=x onerror=alert(1)>"'), "its model is not 1 to 64"),
    "ten million": (made_file(1).replace('"count": 1', '"count": 10000000'), "more than 10,000 corrections"),
    "another file": ("<html></html>", "does not begin as a file of corrections"),
}


def test_a_file_that_is_not_taken_gets_a_sentence_and_changes_nothing(new_teacher, tmp_path):
    teacher = new_teacher()
    errors = teacher.page.record_errors()
    teacher.teach_sevens(1)
    kept = teacher.kept()
    teacher.open_panel.click()
    for name, (text, said) in HOSTILE.items():
        answer = teacher.take(file_of(text))
        assert said in answer and answer.endswith((".", "again.")), name
        assert teacher.kept() == kept, name
    huge = tmp_path / "huge.jsonl"
    with huge.open("wb") as file:
        file.write(made_file(1).encode())
        file.truncate(3_000_000_000)  # bytes of zeros, which take no room
    assert teacher.take(huge) == "The file is larger than 20 MB; choose one that Digitpad exported."
    assert teacher.take(file_of("\xff\xfe".encode("latin-1").decode("latin-1"))) != ""
    assert teacher.kept() == kept
    expect(teacher.count).to_have_text("1 correction, on this device alone.")
    assert errors == []
    assert teacher.page.page.locator("img").count() == 0


def test_a_database_of_an_older_version_is_brought_up_to_date(new_teacher, open_page, server):
    page = open_page(server.url).wait_until_ready()
    page.page.evaluate(
        """async ([name, one]) => {
            const open = indexedDB.open(name, 1);
            open.onupgradeneeded = () => open.result.createObjectStore('corrections', { keyPath: 'id' });
            await new Promise((resolve) => { open.onsuccess = resolve; });
            const write = open.result.transaction('corrections', 'readwrite');
            write.objectStore('corrections').put(one);
            await new Promise((resolve) => { write.oncomplete = resolve; });
            open.result.close();
        }""",
        [DATABASE, json.loads(made_file(1).splitlines()[1])],
    )
    teacher = new_teacher(context=page.page.context)
    teacher.expect_learnt(1)
    teacher.open_panel.click()
    teacher.original.check()
    expect(teacher.open_panel).to_have_text("Learnt: 1, off")
    teacher.page.page.reload()
    teacher.page.wait_until_ready()
    expect(teacher.open_panel).to_have_text("Learnt: 1, off")


UPGRADE = """async (name) => {
    const open = indexedDB.open(name, 99);
    await new Promise((resolve, reject) => { open.onsuccess = resolve; open.onerror = reject; });
    open.result.close();
}"""


def test_a_newer_version_in_another_tab_is_not_held_up_and_not_written_to(new_teacher, open_page, server):
    teacher = new_teacher()
    teacher.teach_sevens(2)
    newer = open_page(server.url, context=teacher.page.page.context).wait_until_ready()
    newer.page.evaluate(UPGRADE, DATABASE)
    teacher.teach_sevens(1, first=2)  # for this visit
    teacher.open_panel.click()
    expect(teacher.not_kept).to_contain_text("A newer version of this page runs in another tab")
    assert len(newer.page.evaluate(KEPT, DATABASE)) == 2
    teacher.page.page.reload()
    teacher.page.wait_until_ready()
    teacher.expect_learnt(0)
    teacher.teach_sevens(1)
    teacher.open_panel.click()
    expect(teacher.not_kept).to_contain_text("What you taught was kept by a newer version of this page")
    assert len(newer.page.evaluate(KEPT, DATABASE)) == 2


def test_where_nothing_can_be_kept_it_works_for_this_visit_and_says_so(open_page, server):
    page = open_page()
    page.page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    teacher = Teacher(page.open(server.url).wait_until_ready())
    teacher.draw(DIGITS[0])
    teacher.teach_sevens(5)
    assert teacher.draw(arabic_seven(60)) == "7"
    teacher.open_panel.click()
    expect(teacher.not_kept).to_have_text(
        "This browser keeps nothing for this page, so what you teach it lasts for this visit only."
    )


FULL = """() => {
    const put = IDBObjectStore.prototype.put;
    globalThis.roomAgain = () => { IDBObjectStore.prototype.put = put; };
    let left = 100;
    IDBObjectStore.prototype.put = function (value) {
        if (left-- > 0) return put.call(this, value);
        throw new DOMException('No room.', 'QuotaExceededError');
    };
}"""


def test_a_device_without_room_says_so_and_keeps_all_or_nothing(new_teacher):
    """Chromium's own limit can't be made small: Storage.overrideQuotaForOrigin lets 3,000 examples in."""
    teacher = new_teacher()
    teacher.teach_sevens(2)
    teacher.open_panel.click()
    teacher.page.page.evaluate(FULL)
    teacher.take(file_of(made_file(300)))
    expect(teacher.not_kept).to_contain_text("no room left", timeout=30_000)
    expect(teacher.gallery.locator("li")).to_have_count(200)  # for this visit
    assert len(teacher.kept()) == 2
    teacher.page.page.evaluate("roomAgain()")
    teacher.page.page.reload()
    teacher.page.wait_until_ready()
    teacher.expect_learnt(2)


@pytest.mark.parametrize("delays", [[0.1], pytest.param([0.0, 0.15, 0.5], marks=pytest.mark.slow)])
def test_a_crash_in_the_middle_of_a_write_leaves_all_or_nothing(open_profile, server, tmp_path, delays):
    """Kill the browser while it writes, at several moments; open the same profile again and count."""
    profile, counts = tmp_path / "profile", []
    path = tmp_path / "many.jsonl"
    for attempt, delay in enumerate(delays):
        path.write_text(made_file(3000, first=attempt * 3000))
        before = counts[-1] if counts else 0
        context = open_profile(profile)
        page = DigitpadPage(context.new_page()).open(server.url).wait_until_ready()
        teacher = Teacher(page)
        page.page.mouse.click(5, 5)
        teacher.open_panel.click()
        teacher.file.set_input_files(path)
        time.sleep(delay)
        kill_browser_of(profile)
        context = open_profile(profile)
        page = DigitpadPage(context.new_page()).open(server.url).wait_until_ready()
        kept = page.page.evaluate(COUNT, DATABASE)
        assert kept in (before, before + 3000)
        counts.append(kept)
        context.close()


def test_a_change_outlives_a_page_that_ends_at_once(open_profile, server, tmp_path):
    """The page does nothing more once it has handed the change to the database."""
    context = open_profile(tmp_path)
    teacher = Teacher(DigitpadPage(context.new_page()).open(server.url).wait_until_ready())
    teacher.teach_sevens(1)
    teacher.open_panel.click()
    teacher.original.evaluate(
        """(radio) => {
            const { put } = IDBObjectStore.prototype;
            IDBObjectStore.prototype.put = function (...given) {
                queueMicrotask(() => { for (;;); });
                return put.apply(this, given);
            };
            setTimeout(() => radio.click(), 0);
        }"""
    )
    # The database answers another tab once it is done with what it was handed before.
    other = context.new_page()
    other.goto(server.url + "api/none")
    assert other.evaluate(KEPT.replace("'corrections')", "['corrections', 'settings'])", 1), DATABASE)
    kill_browser_of(tmp_path)
    context = open_profile(tmp_path)
    again = Teacher(DigitpadPage(context.new_page()).open(server.url).wait_until_ready())
    expect(again.open_panel).to_have_text("Learnt: 1, off")


COUNT = """async (name) => {
    if (!(await indexedDB.databases()).some((one) => one.name === name)) return 0;
    const open = indexedDB.open(name);
    await new Promise((resolve, reject) => { open.onsuccess = resolve; open.onerror = reject; });
    if (!open.result.objectStoreNames.contains('corrections')) return 0;
    const count = open.result.transaction('corrections').objectStore('corrections').count();
    await new Promise((resolve) => { count.onsuccess = resolve; });
    open.result.close();
    return count.result;
}"""


@pytest.fixture
def open_profile(chromium):
    """Open a browser of its own on a profile."""
    contexts = []

    def start(profile):
        contexts.append(launch_profile(chromium.browser_type, profile))
        return contexts[-1]

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
        os.kill(int(process), signal.SIGKILL)


ASKED_TO_STAY = """() => {
    globalThis.asked = 0;
    StorageManager.prototype.persisted = async () => false;
    StorageManager.prototype.persist = async () => { globalThis.asked++; return false; };
}"""


def test_the_browser_is_asked_to_keep_it_once_there_is_something_to_lose(open_page, server):
    """Some browsers ask the user: not before need. Headless, Chromium answers by itself and shows nothing."""
    page = open_page()
    page.page.add_init_script(f"({ASKED_TO_STAY})()")
    teacher = Teacher(page.open(server.url).wait_until_ready().wait_until_offline_ready())
    teacher.draw(DIGITS[3])
    teacher.open_panel.click()
    expect(teacher.panel).to_be_visible()
    teacher.page.page.keyboard.press("Escape")
    assert teacher.page.page.evaluate("asked") == 0
    teacher.teach(DIGITS[4], 4)
    teacher.page.page.wait_for_function("asked === 1")


COUNT_READINGS = """() => {
    globalThis.readings = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
        if (message?.path?.[0] === 'readInk') globalThis.readings++;
        return post.call(this, message, ...rest);
    };
}"""


def test_with_nothing_learnt_what_is_on_the_pad_is_read_once(open_page, server):
    page = open_page()
    page.page.add_init_script(f"({COUNT_READINGS})()")
    # As after an update: the ink is there when the page starts.
    page.page.add_init_script("history.replaceState({ ink: [[[0.5, 0.2], [0.5, 0.8]]] }, '')")
    teacher = Teacher(page.open(server.url).wait_until_ready().wait_until_offline_ready())
    teacher.expect_learnt(0)
    page.wait_until_read(1)
    page.predict.click()
    page.page.wait_for_function("readings > 1")
    assert page.page.evaluate("readings") == 2, "once at the start, once more by the button"
