"""Nothing leaves the page: no request after it has loaded, whatever one does, and nothing is left behind."""

import pytest

from tests.browser.api_calls import import_api
from tests.browser.digitpad_page import DIGITS

# Nothing is left behind but the files of the site, in Cache Storage, settings, and the sheet.
STORED = """async () => [document.cookie, history.state, window.name, (await caches.keys()).length]"""
SHEET = """async () => [
    ...Object.keys(sessionStorage), ...(await indexedDB.databases()).map(({ name }) => name),
]"""


@pytest.fixture
def watched(open_page, log_server):
    """A page that has loaded and is kept, and what was asked for since, as the browser tells it."""
    page = open_page(log_server.url, kept=True).wait_until_kept()
    asked, opened = [], []
    context = page.page.context
    context.on("request", lambda one: asked.append(one))
    context.on("page", lambda one: opened.append(one))
    page.page.on("websocket", lambda one: opened.append(one))
    log_server.log.clear()
    yield page, asked
    # What was sent at the end arrives by now: a request that must come, behind it.
    page.page.evaluate("fetch('/no-such-file', { cache: 'no-store' }).then((answer) => answer.text())")
    # What the service worker answers from its copy does not leave the machine.
    answers = [(one.url, one.response()) for one in asked if not one.url.endswith("/no-such-file")]
    assert [url for url, answer in answers if not (answer and answer.from_service_worker)] == []
    assert opened == []
    assert [path for path in log_server.paths() if path != "/no-such-file"] == []
    assert context.cookies() == []
    assert page.page.evaluate(STORED) == ["", None, "", 1]
    settings = page.page.evaluate("() => ({ ...localStorage })")
    assert set(settings) <= {"digitpad-drawer", "digitpad-language"}
    assert all(len(value) < 10 for value in settings.values()), settings
    drawn = page.page.evaluate("document.querySelector('digit-pad').canUndo")
    assert page.page.evaluate(SHEET) == (["digitpad-sheets:/"] * 2 if drawn else [])


def test_drawing_every_button_and_changes_of_window_and_network_send_nothing(watched):
    page, _ = watched
    page.draw_by_pointer(DIGITS[1])
    page.clear.click()
    for digit in (0, 4, 7):
        assert page.read(digit) == str(digit)
        page.from_menu("predict")
        page.undo.click()
        page.page.keyboard.press("Control+z")
        page.page.keyboard.press("Escape")
    page.draw_by_pointer(DIGITS[1], touch=True)
    page.clear.click()
    assert page.wait_until_read(0) == ""

    page.draw(DIGITS[2])
    page.page.set_viewport_size({"width": 400, "height": 700})
    page.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.page.context.set_offline(True)
    page.draw(DIGITS[2])
    page.wait_until_read(2)
    page.page.context.set_offline(False)
    page.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.read(7) == "7"


def test_calls_of_the_api_send_nothing_once_a_recognizer_is_made(watched, log_server):
    page, asked = watched
    import_api(page.page)
    # Its files come from the copy for offline use: the server's log, which is looked at in the end, has none.
    urls = [one.url for one in asked]
    assert [url for url in urls if not url.startswith((log_server.url, f"blob:{log_server.url}"))] == []
    asked.clear()
    made = page.page.evaluate(
        """async (strokes) => {
            const { text } = await recognizer.readInk(strokes);
            const probabilities = await recognizer.classify(digitpad.rasterizeInk(strokes));
            recognizer.dispose();
            return [text, probabilities.length];
        }""",
        DIGITS[9],
    )
    assert made == ["9", 10]


def test_the_site_names_no_other_origin(open_page, log_server):
    page = open_page(kept=True)
    answers = []
    page.page.context.on("response", lambda one: answers.append(one))
    page.page.context.on("requestfailed", lambda one: answers.append(one))
    page.open(log_server.url).wait_until_kept()
    assert answers
    urls = [one.url for one in answers]
    assert [url for url in urls if not url.startswith((log_server.url, f"blob:{log_server.url}"))] == []
    assert not any("set-cookie" in one.headers for one in answers)
    linked = page.page.eval_on_selector_all("[src], [href]", "all => all.map((one) => one.src || one.href)")
    assert linked
    assert [url for url in linked if not url.startswith(log_server.url)] == []
