"""The first load: its progress, and what is said when a file is missing, cut short or altered."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.pictures.choosing import choose
from tests.browser.workers import WITHOUT_SIMD, WITHOUT_WASM, put_before_worker


def path_of(site, pattern):
    """Return the path in the address of the first file that matches."""
    return f"/{min(site.glob(pattern)).relative_to(site).as_posix()}"


MISSING = "The server lacks something that I need to read. Try again later; your drawing stays."
DAMAGED = "Something that I need to read arrived damaged. Try again; your drawing stays."
UNREACHABLE = "I can't reach the server. I'll keep trying; your drawing stays."
NOT_STARTED = "I couldn't start. I'll try again; if that doesn't help, load the page again."
STOPPED = "I stopped in the middle of reading. Try again; your drawing stays."

# What the page says, and what its console says about the file.
DAMAGES = {
    "missing": (MISSING, "is missing on the server (answer 404)"),
    "cut": (DAMAGED, "bytes in place of"),
    "flipped": (DAMAGED, "was altered on its way"),
}


@pytest.mark.parametrize("pattern", ["model/*/*shard1*.bin", "model/*/model.json"])
def test_a_damaged_file_gives_a_sentence_and_a_retry_that_works(site, log_server, open_page, pattern):
    path = path_of(site, pattern)
    log_server.damaged[path] = "missing"
    page = open_page(kept=True)
    said = page.record_messages()
    page.open(log_server.url)
    for how, (sentence, words) in DAMAGES.items():
        if how != "missing":
            log_server.damaged[path] = how
            with page.page.expect_console_message(lambda message, words=words: words in message.text):
                page.retry.click()
        expect(page.status_text).to_have_text(sentence)
        page.wait_until_failed()
        assert any(path.split("/")[-1] in text and words in text for text in said), said
        expect(page.page.locator("html")).to_have_attribute("data-ready", "false")
    page.draw(DIGITS[2])
    expect(page.prediction).to_have_text("")
    with page.page.context.expect_event("request", lambda request: path in request.url):
        page.retry.click()
    page.wait_until_failed()  # still damaged: the page says so again

    log_server.damaged.clear()
    page.retry.click()
    page.wait_until_ready()
    expect(page.retry).to_be_hidden()
    assert page.wait_until_read(1) == "2", "the ink drawn meanwhile is kept and read"
    page.wait_until_kept()


@pytest.mark.parametrize(
    ("script", "how", "says"),
    [
        ("entry", "missing", MISSING),
        ("worker", "cut", NOT_STARTED),
        pytest.param("entry", "cut", NOT_STARTED, marks=pytest.mark.slow),
        pytest.param("worker", "missing", MISSING, marks=pytest.mark.slow),
    ],
)
def test_a_bad_worker_script_fails_a_picture_with_a_sentence_and_is_not_kept(
    site, log_server, open_page, number, script, how, says
):
    """Its name holds its hash, so browsers may keep it for ever: a cut one must leave the HTTP cache."""
    log_server.damaged[path_of(site, f"assets/{script}-*.js")] = how
    page = open_page(log_server.url).wait_until_ready()
    [card] = choose(page, ("number.png", number))
    assert card["error"] == says
    assert page.read(3) == "3"
    log_server.damaged.clear()
    choose(page, ("number.png", number))
    expect(page.page.get_by_test_id("upload-result").last).to_have_attribute("data-prediction", "2026")


def test_what_has_come_is_not_fetched_again_and_the_rest_resumes_by_itself(open_page, log_server):
    page = open_page()
    page.page.route("**/*shard2*.bin", lambda route: route.abort())
    page.open(log_server.url)
    assert page.wait_until_failed() == UNREACHABLE
    page.draw(DIGITS[6])
    page.page.unroute_all()
    page.wait_until_ready()
    assert page.wait_until_read(1) == "6"
    sent = Counter(path for path, _, _ in log_server.log if path.startswith(("/model/", "/assets/")))
    assert any("shard2" in path for path in sent)
    assert set(sent.values()) == {1}


def test_the_network_coming_back_resumes_at_once(open_page, server):
    page = open_page()
    page.page.clock.install()
    page.page.clock.pause_at("2100-01-01")  # no pause ends: what resumes then does so for the network's sake
    page.page.route("**/*shard1*.bin", lambda route: route.abort())
    page.open(server.url)
    page.wait_until_failed()
    page.page.context.set_offline(True)
    page.wait_until_failed()
    page.page.unroute_all()
    page.page.context.set_offline(False)
    page.wait_until_ready()


def test_progress_is_shown_in_bytes_and_what_is_drawn_meanwhile_is_read(open_page, server):
    page = open_page()
    early, gate = [], []
    others = re.compile(r"/model/.*(json|shard[13]of3.*)$")
    page.page.route(others, lambda route: early.append(route))
    page.page.route("**/*shard2*.bin", lambda route: gate.append(route))
    page.open(server.url)
    expect(page.status_text).to_have_text("Getting ready to read…")  # nothing has arrived
    bar = page.status.locator("progress")
    assert bar.get_attribute("value") is None
    page.page.unroute(others)
    for route in early:
        route.continue_()
    expect(page.status_text).to_have_text(re.compile(r"Getting ready to read: [1-9]\d* of [1-9]\d* KB"))
    loaded, total = (float(bar.get_attribute(name)) for name in ("value", "max"))
    assert 0 < loaded < total
    page.draw_by_pointer(DIGITS[7])
    expect(page.pad).to_have_attribute("data-strokes", "1")
    expect(page.status).to_have_attribute("data-state", "loading")
    expect(page.prediction).to_have_text("")
    for route in gate:  # asked for by the page's head, and by its program
        route.continue_()
    page.wait_until_ready()
    expect(bar).to_be_hidden()
    assert page.wait_until_read(1) == "7"


@pytest.mark.parametrize(
    ("prelude", "backend"),
    [("", "wasm-simd"), (WITHOUT_SIMD, "cpu"), (WITHOUT_WASM, "cpu")],
    ids=["SIMD", "plain WASM", "no WASM"],
)
def test_every_browser_reads(open_page, server, site, prelude, backend):
    page = open_page(script=prelude)
    put_before_worker(page.page, site, prelude)
    page.open(server.url).wait_until_ready()
    assert (page.read(3), page.read(6)) == ("3", "6")
    made = "import('/api/digitpad.js').then(({ createRecognizer }) => createRecognizer())"
    assert page.page.evaluate(f"{made}.then((recognizer) => recognizer.backend)") == backend


# A browser short of memory ends a worker without a word.
DIES_OF_TWO_STROKES = """
addEventListener('message', ({ data }) => {
    const { path = [], argumentList = [] } = data;
    if (path.includes('readInk') && argumentList[0].value.length === 2) close();
}, true);
"""


def test_a_worker_that_dies_is_noticed_and_retry_reads_the_drawing(open_page, server, site):
    page = open_page(script=WITHOUT_SIMD)  # then all is read in the worker
    page.page.clock.install()
    put_before_worker(page.page, site, DIES_OF_TWO_STROKES)
    page.open(server.url).wait_until_ready()
    assert page.read(3) == "3"
    page.clear.click()
    page.draw_by_pointer(DIGITS[4])
    expect(page.pad).to_have_attribute("data-strokes", "2")
    page.page.clock.fast_forward(20_000)
    expect(page.status).to_have_attribute("data-state", "error")
    expect(page.status_text).to_have_text(STOPPED)
    expect(page.prediction).not_to_have_attribute("data-strokes", "2")
    page.page.unroute_all()
    page.retry.click()
    page.wait_until_ready()
    assert page.wait_until_read(2) == "4"


def test_over_plain_http_the_page_refuses_an_altered_file_reads_and_is_not_kept(open_page, log_server, site):
    shard = path_of(site, "model/*/*shard2*.bin")
    log_server.damaged[shard] = "flipped"
    page = open_page()
    said = page.record_messages()
    page.open(log_server.plain_url)
    assert (
        page.wait_until_failed() == UNREACHABLE
    )  # here the browser refuses it, and does not tell the page why
    name = shard.split("/")[-1]
    assert any(f"{name} can't be reached, or was altered on its way" in text for text in said), said
    log_server.damaged.clear()
    page.retry.click()
    expect(page.offline_note).to_have_text("I can work offline only over https.")
    expect(page.status).to_have_attribute("data-offline", "no")
    page.draw_by_pointer(DIGITS[5])  # without https no event holds the points of others
    assert page.wait_until_read(len(DIGITS[5])) == "5"


@pytest.mark.parametrize(
    ("locale", "says", "ready"),
    [
        (
            "de-CH",
            "Ich erreiche den Server nicht. Ich versuche es weiter; deine Zeichnung bleibt.",
            "Was du zeichnest, bleibt hier.",
        ),
        (
            "es-MX",
            "No llego al servidor. Seguiré intentándolo; tu dibujo se queda.",
            "Lo que dibujas no sale de aquí.",
        ),
    ],
    ids=["German", "Spanish"],
)
def test_the_status_speaks_the_language_of_the_browser(open_page, server, locale, says, ready):
    page = open_page(locale=locale)
    page.page.route("**/*shard2*.bin", lambda route: route.abort())
    page.open(server.url)
    assert page.wait_until_failed() == says
    page.page.unroute_all()
    page.wait_until_ready()
    expect(page.status_text).to_have_text(ready)


# A page translator puts each text into a new element.
TRANSLATE = """() => {
    const status = document.querySelector('[data-testid="status"]');
    const texts = document.createTreeWalker(status, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (texts.nextNode()) nodes.push(texts.currentNode);
    for (const text of nodes.filter((node) => node.data.trim() && !node.parentElement.matches('font'))) {
        const font = document.createElement('font');
        text.replaceWith(font);
        font.append(`«${text.data}»`);
    }
}"""


def test_a_page_translator_does_not_hold_up_what_the_status_says(site, log_server, open_page):
    log_server.damaged[path_of(site, "model/*/model.json")] = "missing"
    page = open_page(log_server.url, kept=True)
    page.wait_until_failed()
    page.page.evaluate(TRANSLATE)
    expect(page.status_text).to_have_text(f"«{MISSING}»")
    expect(page.retry).to_have_text("«Try again»")
    log_server.damaged.clear()
    page.retry.click()
    page.wait_until_kept()
    expect(page.status_text).to_have_text("What you draw stays on this device.")
    page.page.evaluate(TRANSLATE)
    expect(page.offline_note).to_have_text("«Works offline.»")
    # The button still switches to a newer version, and the words are there once.
    expect(page.status.locator(".newer")).to_have_text("«A newer version is ready.» «Use it»")
