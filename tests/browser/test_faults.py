"""What goes wrong on the way: the page reads rightly or says what is missing, and comes back by itself."""

import re
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.pictures.choosing import choose
from tests.browser.serving import DYING
from tests.server_process import ServerProcess

# What the page shows, once it has settled; null before.
SHOWN = """() => {
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
    """Wait until the page has settled, and return its state and its sentence."""
    shown = page.page.wait_for_function(SHOWN, timeout=120_000, polling=200).json_value()
    return shown["state"], shown["says"]


def is_a_sentence(text):
    """Whether a text is one line of one or two sentences."""
    return re.fullmatch(r"[A-Z][^\n]{12,120}\.", text) is not None


def read_or_stop(page, says):
    """Read a digit, unless the page stops: it may find out only now that a script is altered."""
    page.draw(DIGITS[3])
    page.page.wait_for_selector('[data-state="error"], [data-testid="prediction"][data-strokes="1"]')
    if page.status.get_attribute("data-state") == "error":
        return "error", page.status_text.inner_text()
    expect(page.prediction).to_have_text("3")
    return "ready", says


# First comes index.html, then script and style, what it reads with, the copy for offline use.
ANSWERS = [1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 14, 17]


@pytest.mark.slow
def test_a_server_killed_at_any_moment_is_survived(open_page, site):
    def start(answers):
        return ServerProcess(site, settings=DYING.format(answers=answers))

    with ThreadPoolExecutor(4) as pool, ExitStack() as stack:
        servers = [stack.enter_context(server) for server in pool.map(start, ANSWERS)]
        pages = [open_page(server.url, kept=True) for server in servers]
        found, back = {}, []
        for answers, page, server in zip(ANSWERS, pages, servers, strict=True):
            state, says = found[answers] = wait_until_settled(page)
            assert is_a_sentence(says), found
            if state == "ready":
                assert page.read(3) == "3"
            server.stop(signal.SIGKILL)
            back.append(pool.submit(server.start, settings=""))
        assert {state for state, _ in found.values()} == {"not started", "error", "ready"}, found
        for page, started in zip(pages, back, strict=True):
            started.result()
            assert page.wait_until_kept().read(4) == "4"


TABS = 6  # at a time: each waits for the network more than it works
FOR_HOSTS = {"_headers", "404.html", ".nojekyll"}  # the page asks for none of them
# This browser installs nothing here; examples and types are for developers. The page asks
# for none of these: they are damaged all at once.
FOR_OTHERS = r"^(icons|screenshots|examples)/|\.d\.ts\b"

LACKING = "lacks something that I need|arrived damaged|couldn't start"
ALTERED = "changed on its way"
NOT_KEPT = "I can't work offline yet. A part of me did not arrive right"

# By file and damage: the state it ends in, what the sentence says, and whether the console names the file.
# The first match counts.
EXPECTED = [
    (FOR_OTHERS, "ready", "^Works offline.$", False),
    (r"^sw\.js (missing|cut)", "ready", "I can't work offline yet. I'll try again", False),
    (r"^sw\.js|\.map", "ready", "", False),
    (r"^model/", "error", LACKING, True),
    (r"^index\.html missing", "no page", "no page at this address", False),
    (r"^index\.html", "ready|not started|error", f"{NOT_KEPT}|did not arrive whole|{ALTERED}", False),
    (r"^program ", "not started", "did not arrive whole", False),
    (r"\.js (cut|flipped)", "ready|error", f"{NOT_KEPT}|{ALTERED}", True),  # found out when it is needed
    (r"", "ready", NOT_KEPT, True),
]


def damaged_files(site, index):
    """Return every way to damage the site: (names of files, how, row of EXPECTED)."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    files = [name for name in files if name not in FOR_HOSTS and not name.endswith((".br", ".gz"))]
    for_others = [name for name in files if re.search(FOR_OTHERS, name)]
    program = re.findall(r'"\./([^"]+\.js)" integrity=', index)
    assert len(program) >= 2 and len(files) >= 15
    for names in (for_others, *([name] for name in files if name not in for_others)):
        kind = "program " if names[0] in program else ""
        for how in ("missing", "cut", "flipped"):
            rows = (row for row in EXPECTED if re.search(row[0], f"{kind}{names[0]} {how}"))
            yield names, how, next(rows)


@pytest.mark.slow
def test_no_damaged_file_gives_a_wrong_reading_or_a_blank_page(open_page, site, log_server):
    """Damage every file in every way, each on its own origin."""
    cases = list(damaged_files(site, (site / "index.html").read_text()))
    context = open_page(kept=True).page.context
    for first in range(0, len(cases), TABS):
        pages, consoles = [], []
        for number, (names, how, _) in enumerate(cases[first : first + TABS], first):
            log_server.damaged |= {f"case{number}/{name}": how for name in names}
            pages.append(open_page(context=context))
            consoles.append(pages[-1].record_messages())
            pages[-1].page.goto(log_server.url_of(f"case{number}"), wait_until="commit")
        for page, said, (names, how, row) in zip(pages, consoles, cases[first:], strict=False):
            state, says = wait_until_settled(page)
            if state == "ready":
                state, says = read_or_stop(page, says)
            page.page.close()
            case = (names, how, state, says)
            assert re.fullmatch(row[1], state), case
            assert re.search(row[2], says), case
            assert is_a_sentence(says) or state == "no page", case
            name = names[0].split("/")[-1]
            assert name not in says, case
            assert not row[3] or any(name in message for message in said), (case, said)


IN_PART = {
    "index.html": "not started",
    "assets/page-*.js": "not started",
    "assets/pad-*.js": "not started",
    "assets/recognizer-*.js": "not started",
    "assets/page-*.css": "ready",
}
HAS_STYLE = "() => getComputedStyle(document.documentElement).getPropertyValue('--whole') !== ''"


@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=[] if "page-" in part else pytest.mark.slow) for part in IN_PART]
)
def test_what_came_in_part_comes_again_once_the_server_has_all_of_it(site, log_server, open_page, part):
    [path] = site.glob(part)
    log_server.damaged[f"/{path.relative_to(site).as_posix()}"] = "cut"
    page = open_page(log_server.url, script="delete Navigator.prototype.serviceWorker;")
    assert wait_until_settled(page)[0] == IN_PART[part]
    if IN_PART[part] == "ready":
        assert page.read(4) == "4"
    log_server.damaged.clear()
    assert page.wait_until_ready().read(3) == "3"
    page.page.wait_for_function(HAS_STYLE, timeout=60_000)


REFUSED = "() => { throw new DOMException('refused', 'SecurityError'); }"
REFUSE_STORAGE = f"""
for (const [owner, name] of [
    [window, 'localStorage'], [window, 'sessionStorage'], [window, 'indexedDB'], [window, 'caches'],
    [Navigator.prototype, 'storage'], [Document.prototype, 'cookie'],
]) Object.defineProperty(owner, name, {{ get: {REFUSED}, configurable: true }});
"""


NO_WORKER = "I can't work offline here. A private window may be why."
FORBIDDEN = "I can't work offline here. Your browser's settings forbid it."
REFUSALS = {  # script that runs before the page's, sentence of the page
    "storage refused": (REFUSE_STORAGE, "Works offline."),  # the service worker has a storage of its own
    "registration refused": (f"ServiceWorkerContainer.prototype.register = async {REFUSED};", FORBIDDEN),
    "no service worker": ("delete Navigator.prototype.serviceWorker;", NO_WORKER),
    "sandboxed": (
        f"Object.defineProperty(Navigator.prototype, 'serviceWorker', {{ get: {REFUSED} }});",
        NO_WORKER,
    ),
    "history refused": (f"History.prototype.replaceState = {REFUSED}; {REFUSE_STORAGE}", "Works offline."),
}


@pytest.mark.parametrize(("prelude", "why"), REFUSALS.values(), ids=REFUSALS)
def test_a_browser_that_refuses_to_keep_anything_reads_and_says_why(open_page, server, prelude, why):
    page = open_page(script=prelude, kept=True)
    errors = page.record_messages()
    page.open(server.url).wait_until_ready()
    expect(page.offline_note).to_have_text(why)
    expect(page.status).to_have_attribute("data-offline", "ready" if why == "Works offline." else "no")
    assert (page.read(3), page.read(4)) == ("3", "4")
    assert errors == []


def test_a_full_device_reads_and_says_so(open_page, server):
    page = open_page(kept=True)
    quota = {"origin": server.url.removesuffix("/"), "quotaSize": 20_000}
    page.devtools.send("Storage.overrideQuotaForOrigin", quota)
    page.open(server.url).wait_until_ready()
    expect(page.offline_note).to_have_text(
        "There is no room to work offline. Free some on this device and load the page again."
    )
    assert page.read(3) == "3"


def test_a_browser_without_workers_reads_what_is_drawn_and_is_told_so_with_a_picture(
    open_page, server, number
):
    page = open_page(server.url, script="delete globalThis.Worker;").wait_until_ready()
    [card] = choose(page, ("number.png", number))
    assert card["error"] == "This browser lacks something that I need to read. Open this page in another one."
    assert page.read(3) == "3"
