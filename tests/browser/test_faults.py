"""What goes wrong on the way: the page reads rightly or says what is missing, and comes back by itself."""

from __future__ import annotations

import os
import re
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.serving import DYING, many_sites
from tests.server_process import ServerProcess

# What a person would see, once things have settled; null before.
SEEN = """() => {
    if (document.readyState !== 'complete') return null;
    const shown = (selector) => {
        const found = document.querySelector(selector);
        return found?.checkVisibility({ visibilityProperty: true }) ? found.innerText.trim() : '';
    };
    const status = document.querySelector('[data-testid="status"]');
    if (status?.dataset.state === 'error') return { state: 'error', says: shown('.status .text') };
    if (status?.dataset.state === 'ready') {
        const note = shown('.status .offline');
        return note === '' ? null : { state: 'ready', says: note };
    }
    for (const animation of document.getAnimations()) animation.finish(); // what a slow network has
    const says = shown('.not-started') || shown('[role="alert"]');
    if (says !== '') return { state: 'not started', says };
    return status === null ? { state: 'no page', says: document.body.innerText.trim() } : null;
}"""


def wait_until_settled(page):
    """Wait for what a person would see in the end: (state, sentence)."""
    seen = page.page.wait_for_function(SEEN, timeout=120_000, polling=200).json_value()
    return seen["state"], seen["says"]


def is_a_sentence(text):
    """Whether a text is one sentence (which may have two halves)."""
    return re.fullmatch(r"[A-Z][^\n]{12,160}\.", text) is not None


def read_rightly(page, digits=(3, 4)):
    for digit in digits:
        page.draw_with_mouse(DIGITS[digit])
        assert page.wait_until_read(len(DIGITS[digit])) == str(digit)
        page.clear.click()


READ_OR_STOPPED = """() => {
    const [read, status] = ['prediction', 'status'].map(
        (id) => document.querySelector(`[data-testid="${id}"]`),
    );
    if (status.dataset.state === 'error') return status.querySelector('.text').innerText.trim();
    return read.dataset.strokes === '1' ? 'read' : null;
}"""


def read_or_stop(page, says):
    """Read a digit, unless the page stops: it may find out only now that a script is altered."""
    page.draw_with_mouse(DIGITS[3])
    end = page.page.wait_for_function(READ_OR_STOPPED, timeout=30_000, polling=50).json_value()
    if end != "read":
        return "error", end
    expect(page.prediction).to_have_text("3")
    return "ready", says


# First comes index.html, then script and style, the worker, what it reads with, the copy for offline use.
ANSWERS = [1, 2, 3, 4, 6, 8, 9, 11, 12, 14, 17]


def test_a_server_killed_at_any_moment_is_survived(open_page, site):
    def start(answers):
        return ServerProcess(site, settings=DYING.format(answers=answers))

    with ThreadPoolExecutor(4) as pool, ExitStack() as stack:
        servers = [stack.enter_context(server) for server in pool.map(start, ANSWERS)]
        pages = [open_page(server.url) for server in servers]
        found, back = {}, []
        for answers, page, server in zip(ANSWERS, pages, servers, strict=True):
            state, says = found[answers] = wait_until_settled(page)
            assert is_a_sentence(says), found
            if state == "ready":
                read_rightly(page, [3])
            server.stop(signal.SIGKILL)
            back.append(pool.submit(server.start, settings=""))
        assert {state for state, _ in found.values()} == {"not started", "error", "ready"}, found
        for page, started in zip(pages, back, strict=True):
            started.result()
            page.wait_until_ready().wait_until_offline_ready()
            read_rightly(page, [4])


TABS = 6  # at a time: each waits for the network more than it works


def batched(items, size):
    """Lists of `size` items each; itertools has it from Python 3.12."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def damage(path, how):
    """Damage a file that other copies of the site share as a link."""
    content = path.read_bytes()
    path.unlink()
    middle = len(content) // 2
    if how == "cut":
        path.write_bytes(content[:middle])
    elif how == "flipped":
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


FOR_HOSTS = {"_headers", ".nojekyll"}  # no browser asks for them
# These not this one, which has SIMD, and which installs nothing here: they are damaged all at once.
FOR_OTHERS = re.compile(r"^(icons|screenshots)/|backend-wasm-[0-9a-f]+\.wasm")

# By file and damage: the state it ends in, and what the sentence names. The first match counts.
EXPECTED = [
    (r"^sw\.js (missing|cut)", "ready", "could not keep it for offline use"),
    (r"^sw\.js|\.map", "ready", ""),
    (r"\.wasm|^model/", "error", "{name}"),
    (r"^index\.html missing", "no page", "no page at this address"),
    (r"^index\.html", "ready|not started|error", "index.html|did not come whole"),
    (r"^program ", "not started", "did not come whole"),
    (r"^assets/(entry-|worker-|rolldown).*\.js (missing|cut)", "error", "The reader's program"),
    # What no sum stands before may run for a moment, until it is found out.
    (r"^assets/(entry-|worker-|rolldown).*\.js", "error", "program"),
    (r"\.js (cut|flipped)", "ready|error", "{name}|program"),  # found out when it is needed
    (r"", "ready", "{name}"),
]


def test_no_damaged_file_gives_a_wrong_reading_or_a_blank_page(open_page, site, tmp_path):
    whole = tmp_path / "whole"
    shutil.copytree(site, whole, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    files = sorted(path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file())
    files = [name for name in files if name not in FOR_HOSTS]
    for_others = [name for name in files if FOR_OTHERS.search(name)]
    program = re.findall(r'"\./([^"]+\.js)" integrity=', (whole / "index.html").read_text())
    assert len(program) >= 2
    cases = {}
    for number, names in enumerate([for_others, *([name] for name in files if name not in for_others)]):
        for how in ("missing", "cut", "flipped"):
            case = f"{how}-{number}"
            cases[case] = (names, how)
            shutil.copytree(whole, tmp_path / case, copy_function=os.link)
            for name in names:
                damage(tmp_path / case / name, how)
    found = []
    with many_sites({case: tmp_path / case for case in cases}) as addresses:
        context = open_page().page.context
        for batch in batched(cases, TABS):
            pages = {case: open_page(context=context) for case in batch}
            for case, page in pages.items():
                page.page.goto(addresses[case], wait_until="commit")
            for case, page in pages.items():
                state, says = wait_until_settled(page)
                if state == "ready":
                    page.page.bring_to_front()
                    state, says = read_or_stop(page, says)
                found.append((*cases[case], state, says))
                page.page.close()
    for names, how, state, says in found:
        seen = (names, how, state, says)
        if names == for_others:
            assert (state, says) == ("ready", "Works offline."), seen
            continue
        kind = "program " if names[0] in program else ""
        _, states, words = next(row for row in EXPECTED if re.search(row[0], f"{kind}{names[0]} {how}"))
        assert re.fullmatch(states, state), seen
        assert re.search(words.format(name=re.escape(names[0].split("/")[-1])), says), seen
        assert is_a_sentence(says) or state == "no page", seen
    assert sum(len(names) for names, *_ in found) == 3 * len(files) >= 45


@pytest.mark.parametrize("part", ["index.html", "assets/page-*.js", "assets/createRecognizer-*.js"])
def test_a_page_that_came_in_part_starts_by_itself_once_the_server_has_all_of_it(
    site_copy, start_server, open_page, part
):
    [path] = site_copy.glob(part)
    kept = {one: one.read_bytes() for one in path.parent.glob(path.name + "*")}
    for variant in kept.keys() - {path}:
        variant.unlink()
    damage(path, "cut")
    server = start_server(site_copy)
    page = open_page(server.url)
    state, _ = wait_until_settled(page)
    assert state == "not started"
    for one, content in kept.items():
        one.write_bytes(content)
    server.stop()
    server.start()
    page.wait_until_ready()
    read_rightly(page, [3])


REFUSED = "() => { throw new DOMException('refused', 'SecurityError'); }"
REFUSE_STORAGE = f"""
for (const [owner, name] of [
    [window, 'localStorage'], [window, 'sessionStorage'], [window, 'indexedDB'], [window, 'caches'],
    [Navigator.prototype, 'storage'], [Document.prototype, 'cookie'],
]) Object.defineProperty(owner, name, {{ get: {REFUSED}, configurable: true }});
"""


@pytest.mark.parametrize(
    ("prelude", "why"),
    [
        (REFUSE_STORAGE, "Works offline."),  # the service worker has a storage of its own
        (
            f"ServiceWorkerContainer.prototype.register = async {REFUSED};",
            "This browser's settings forbid keeping it for offline use.",
        ),
        (
            "delete Navigator.prototype.serviceWorker;",
            "This browser keeps no pages for offline use; a private window may be why.",
        ),
        (
            f"Object.defineProperty(Navigator.prototype, 'serviceWorker', {{ get: {REFUSED} }});",
            "This browser keeps no pages for offline use; a private window may be why.",
        ),
        (
            f"History.prototype.replaceState = {REFUSED}; {REFUSE_STORAGE}",
            "Works offline.",
        ),
    ],
    ids=["storage refused", "registration refused", "no service worker", "sandboxed", "history refused"],
)
def test_a_browser_that_refuses_to_keep_anything_reads_and_says_why(open_page, server, prelude, why):
    page = open_page()
    errors = page.record_errors()
    page.page.add_init_script(prelude)
    page.open(server.url).wait_until_ready()
    expect(page.status.locator(".offline")).to_have_text(why, timeout=30_000)
    expect(page.status).to_have_attribute("data-offline", "ready" if why == "Works offline." else "no")
    read_rightly(page)
    assert errors == []


def test_a_full_device_reads_and_says_so(open_page, server):
    page = open_page()
    session = page.page.context.new_cdp_session(page.page)
    session.send(
        "Storage.overrideQuotaForOrigin", {"origin": server.url.removesuffix("/"), "quotaSize": 20_000}
    )
    page.open(server.url).wait_until_ready()
    expect(page.status.locator(".offline")).to_have_text(
        "This device has no room left to keep it for offline use; free some and load the page again.",
        timeout=30_000,
    )
    read_rightly(page)


def test_a_browser_without_workers_is_told_so(open_page, server):
    page = open_page()
    page.page.add_init_script("delete globalThis.Worker;")
    page.open(server.url)
    expect(page.status).to_have_attribute("data-state", "error", timeout=30_000)
    expect(page.status.locator(".text")).to_have_text(
        "This browser has no workers, which the reader runs in; open the page in another browser."
    )
    page.draw_with_mouse(DIGITS[3])
    expect(page.prediction).to_have_text("")


def test_without_style_the_page_reads_and_gets_its_style_when_the_server_has_it(
    site_copy, start_server, open_page
):
    [style] = site_copy.glob("assets/page-*.css")
    kept = style.read_bytes()
    for variant in style.parent.glob(style.name + "*"):
        variant.unlink()
    style.write_bytes(kept[: len(kept) // 2])
    server = start_server(site_copy)
    page = open_page(server.url, service_workers="block").wait_until_ready()
    read_rightly(page)
    style.write_bytes(kept)
    server.stop()
    server.start()
    page.page.wait_for_function(
        "() => getComputedStyle(document.documentElement).getPropertyValue('--whole') !== ''", timeout=60_000
    )
