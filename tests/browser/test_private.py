"""Nothing leaves the page: no request after it has loaded, whatever one does, and nothing is left behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, expect

from tests.browser.digitpad_page import DIGITS

# Nothing is to be left behind but the files of the site, in Cache Storage, for offline use.
STORED = """async () => ({
    cookies: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: (await caches.keys()).length,
    history: history.state,
    name: window.name,
})"""


def answered_from_copy(asked):
    """Whether the service worker answered from its copy, so that nothing left the machine."""
    answer = asked.response() if isinstance(asked, Request) else None
    return answer is not None and answer.from_service_worker


@pytest.fixture
def watched(open_page, log_server):
    """A page that has loaded and is kept, and what was asked for since, as the browser tells it."""
    page = open_page(log_server.url).wait_until_ready().wait_until_offline_ready()
    asked = []
    context = page.page.context
    context.on("request", lambda request: asked.append(request))
    page.page.on("websocket", lambda socket: asked.append(socket))
    context.on("page", lambda opened: asked.append(opened))
    log_server.log.clear()
    yield page, asked
    # What was sent at the end arrives by now: a request that must come, behind it.
    page.page.evaluate("fetch('/no-such-file', { cache: 'no-store' }).then((answer) => answer.text())")
    urls = [one.url for one in asked if not answered_from_copy(one)]
    assert [url for url in urls if not url.endswith("/no-such-file")] == []
    assert [path for path in log_server.paths() if path != "/no-such-file"] == []
    assert context.cookies() == []
    assert page.page.evaluate(STORED) == {
        "cookies": "",
        "local": [],
        "session": [],
        "databases": [],
        "caches": 1,
        "history": None,
        "name": "",
    }


def test_drawing_and_every_button_send_nothing(watched):
    page, _ = watched
    page.draw_with_mouse(DIGITS[1])
    page.clear.click()
    for digit, strokes in DIGITS.items():
        assert page.read(strokes) == str(digit)
        page.predict.click()
        page.undo.click()
        page.page.keyboard.press("Control+z")
        page.page.keyboard.press("Escape")
    page.draw_with_touch(DIGITS[1])
    page.clear.click()
    expect(page.pad).to_have_attribute("data-strokes", "0")


def test_changes_of_the_window_and_the_network_send_nothing(watched):
    page, _ = watched
    context = page.page.context
    page.draw(DIGITS[2])
    page.page.set_viewport_size({"width": 400, "height": 700})
    page.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    context.set_offline(True)
    page.draw(DIGITS[2])
    page.wait_until_read(2)
    context.set_offline(False)
    page.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.clear.click()
    page.draw(DIGITS[7])
    assert page.wait_until_read(len(DIGITS[7])) == "7"


def test_calls_of_the_api_send_nothing_once_a_recognizer_is_made(watched, log_server):
    page, asked = watched
    page.page.evaluate("""async () => {
        globalThis.digitpad = await import('/api/digitpad.js');
        globalThis.recognizer = await digitpad.createRecognizer();
    }""")
    # Its files come from the copy for offline use: the server's log, which is looked at in the end, has none.
    urls = [one.url for one in asked]
    assert [url for url in urls if not url.startswith((log_server.url, f"blob:{log_server.url}"))] == []
    asked.clear()
    made = page.page.evaluate(
        """async (strokes) => {
            const { text } = await recognizer.readInk(strokes);
            const probabilities = await recognizer.classify(digitpad.rasterizeInk(strokes));
            const tensors = await recognizer.countTensors();
            recognizer.dispose();
            return [text, probabilities.length, tensors > 0];
        }""",
        DIGITS[9],
    )
    assert made == ["9", 10, True]


def test_the_site_names_no_other_origin(open_page, log_server):
    page = open_page()
    asked, headers = [], []
    context = page.page.context
    context.on("request", lambda request: asked.append(request.url))
    context.on("response", lambda response: headers.append(response.headers))
    page.open(log_server.url).wait_until_ready().wait_until_offline_ready()
    assert asked
    assert [url for url in asked if not url.startswith((log_server.url, f"blob:{log_server.url}"))] == []
    assert not any("set-cookie" in answer for answer in headers)
    linked = page.page.eval_on_selector_all("[src], [href]", "all => all.map((one) => one.src || one.href)")
    assert linked
    assert [url for url in linked if not url.startswith(log_server.url)] == []
