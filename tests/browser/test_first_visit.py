"""What a first visit asks for, and in which order."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.serving import logged_server
from webapp.build.first_visit import BUDGET, IN_ALL, files_of_first_visit, measure, part_of

# Chromium says that something "was preloaded but not used" 5 s after the page has loaded.
TIME_TO_COMPLAIN_MS = 6000
PATIENCE_S = 30


def first_visit(browser, site):
    """Bytes of the bodies that a first visit transfers until it can read, compressed, by part of the site."""
    with logged_server(site) as server:
        context = browser.new_context(service_workers="block")
        DigitpadPage(context.new_page()).open(server.url).wait_until_ready()
        context.close()
    sizes = {part: 0 for part in BUDGET if part != IN_ALL}
    for path, _, size in server.log:
        sizes[part_of(path)] += size
    return sizes


@pytest.mark.parametrize("wait", [0, pytest.param(TIME_TO_COMPLAIN_MS, marks=pytest.mark.slow)])
def test_a_first_visit_fetches_what_the_head_names_once_and_nothing_else(
    open_page, whole_chromium, log_server, site, wait
):
    page = open_page(browser=whole_chromium)
    messages = page.record_messages()
    page.open(log_server.url).wait_until_ready()
    page.page.wait_for_timeout(wait)
    # Chromium asks for the manifest in visible windows only.
    named = [name for name in files_of_first_visit(site) if name != "manifest.webmanifest"]
    deadline = time.monotonic() + PATIENCE_S
    while len(log_server.paths()) < len(named) and time.monotonic() < deadline:
        page.page.wait_for_timeout(50)  # the icon comes when Chromium has time for it
    asked = [path.removeprefix("/") or "index.html" for path in log_server.paths()]
    assert sorted(asked) == sorted(named)
    assert messages == []


def test_the_reader_is_on_its_way_before_any_script_runs(open_page, log_server):
    page = open_page()
    held = []
    page.page.route("**/assets/page-*.js", lambda route: held.append(route))
    page.page.goto(log_server.url, wait_until="commit")
    expect(page.pad).to_be_visible()
    parts = (r"/model\.json$", r"shard1of3\.bin$", r"shard3of3\.bin$")
    assert log_server.not_asked_for(page.page, *parts) == []
    assert len(held) == 1
    held[0].continue_()
    page.wait_until_ready()


def test_where_the_first_frame_is_late_nothing_is_left_to_be_fetched_after_it(open_page, server):
    page = open_page(server.url, script="globalThis.requestAnimationFrame = () => 0;").wait_until_ready()
    assert page.page.locator("link[rel=later]").count() == 0


def test_the_page_comes_before_the_model_and_waits_for_none_of_it(open_page, log_server):
    page = open_page()
    asked = []
    page.page.on("request", lambda request: asked.append(request.url.split("/")[-1]))
    page.page.route(re.compile(r"/model/"), lambda route: None)  # never comes
    with page.page.expect_request("**/model/**"):
        page.open(log_server.url)
    critical = [place for place, name in enumerate(asked) if re.match(r"page-|pad-|recognizer-", name)]
    model = [place for place, name in enumerate(asked) if re.search(r"model\.json|\.bin", name)]
    assert len(critical) == 4
    assert max(critical) < min(model)
    page.draw(DIGITS[1])
    expect(page.pad).to_have_attribute("data-strokes", "1")
    expect(page.status).to_have_attribute("data-state", "loading")


def test_what_the_head_names_is_what_a_first_visit_transfers(whole_chromium, site):
    transferred = first_visit(whole_chromium, site)
    measured = measure(site)
    for part, size in transferred.items():
        # Servers add nothing to a body. Chromium fetches the page's manifest in visible windows only.
        missing = measured[part][1] - size
        assert missing == 0 or (part == "page" and 0 < missing < 500), (part, size, measured[part])
    assert sum(transferred.values()) <= BUDGET[IN_ALL]
