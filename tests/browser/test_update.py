"""From one version to the next: offered, never forced, with the ink, in every tab, and never half of each."""

import json
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.serving import ROOT, build_site
from tests.browser.teaching import Teacher, arabic_seven
from tests.browser.test_history import NO_STORAGE
from tests.made_run import made_once

NEWER = "222222222222"  # the model's version, part of the addresses of its files


@pytest.fixture(scope="module")
def newer_site(shared_folder):
    """The page built once more, with the same model under another version; all workers of pytest share it."""
    with made_once(shared_folder / "newer") as (folder, is_made):
        if not is_made:
            shutil.copytree(ROOT / "webapp" / "model", folder / "model")
            description = folder / "model" / "description.json"
            description.write_text(json.dumps(json.loads(description.read_text()) | {"version": NEWER}))
            build_site(folder / "model", folder / "site")
    return folder / "site"


def publish(server, site):
    """Put another version of the site in the place of the one that is served."""
    server.stop()
    server.site = site
    server.start()


def program(page):
    """The address of the page's own script, which differs from version to version."""
    return page.page.locator("head script[type=module]").get_attribute("src")


def wait_for_offer(page):
    """Wait until the page offers the newer version."""
    expect(page.status.locator(".newer")).to_be_visible(timeout=60_000)


def wait_for_other_program(page, older):
    """Wait until another version of the page has loaded and reads."""
    expect(page.page.locator("head script[type=module]")).not_to_have_attribute("src", older)
    return page.wait_until_ready()


# A slow tab learns of the service worker only when the newer one is already on its way.
LATE = """
    const find = ServiceWorkerContainer.prototype.getRegistration;
    ServiceWorkerContainer.prototype.getRegistration = async function () {
        const registration = await find.call(this);
        const found = new Promise((next) => { registration.onupdatefound = next; });
        await registration.update();
        await found;
        return registration;
    };
"""


def test_two_tabs_go_to_the_newer_version_together_with_their_ink(open_page, own_server, newer_site):
    one = open_page(own_server.url, kept=True).wait_until_kept()
    # In one tab nothing can be stored.
    two = open_page(own_server.url, context=one.page.context, script=NO_STORAGE).wait_until_ready()
    older = program(one)
    assert (one.read(4), two.read(3)) == ("4", "3")
    expect(one.status.locator(".newer")).to_be_hidden()

    publish(own_server, newer_site)
    three = open_page(own_server.url, context=one.page.context, script=LATE).wait_until_ready()
    assert program(three) == older, "the kept version opens, all of it"
    for tab in (one, two, three):
        wait_for_offer(tab)
        expect(tab.status.locator(".newer")).to_contain_text("A newer version is ready.")
        assert program(tab) == older
    expect(one.pad).to_have_attribute("data-strokes", str(len(DIGITS[4])))
    one.page.evaluate("globalThis.sameDocument = true")

    one.page.get_by_test_id("update").click()
    one.page.wait_for_function("() => globalThis.sameDocument === undefined")
    for tab, digit in ((one, 4), (two, 3)):
        assert wait_for_other_program(tab, older).wait_until_read(len(DIGITS[digit])) == str(digit)
        expect(tab.status.locator(".newer")).to_be_hidden()
    assert program(one) == program(two)
    assert two.page.evaluate("history.state") is None, "what was carried is taken once"

    models = {path.split("/")[2] for path in one.kept_paths() if path.startswith("/model/")}
    assert models == {NEWER}, "the older version has gone from the cache"
    own_server.stop()
    one.page.reload()
    one.wait_until_ready()
    assert one.read(7) == "7"


@pytest.mark.slow
def test_the_older_version_stays_until_the_last_tab_is_closed(open_page, own_server, newer_site):
    page = open_page(own_server.url, kept=True).wait_until_kept()
    older = program(page)
    publish(own_server, newer_site)
    for _ in range(2):
        page.page.reload()
        wait_for_offer(page.wait_until_ready())
    assert program(page) == older
    page.page.close()
    later = open_page(own_server.url, context=page.page.context).wait_until_kept()
    assert program(later) != older
    expect(later.status.locator(".newer")).to_be_hidden()


@pytest.mark.slow
def test_a_stroke_that_is_being_drawn_is_finished_first(open_page, own_server, newer_site):
    page = open_page(own_server.url, kept=True).wait_until_kept()
    publish(own_server, newer_site)
    other = open_page(own_server.url, context=page.page.context).wait_until_ready()
    wait_for_offer(other)
    older = program(page)
    page.page.bring_to_front()  # a hidden tab is painted, and so answers the mouse, once a second
    [stroke] = page.place(DIGITS[3])
    mouse, half = page.page.mouse, len(stroke) // 2
    mouse.move(*stroke[0])
    mouse.down()
    for point in stroke[1:half]:
        mouse.move(*point)
    other.page.get_by_test_id("update").click()
    wait_for_other_program(other, older)
    assert program(page) == older
    for point in stroke[half:]:
        mouse.move(*point)
    mouse.up()
    assert wait_for_other_program(page, older).wait_until_read(1) == "3"


def test_a_newer_version_that_does_not_come_whole_is_not_offered(open_page, own_server, newer_site, tmp_path):
    page = open_page(own_server.url, kept=True).wait_until_kept()
    half = shutil.copytree(newer_site, tmp_path / "half")
    [shard] = half.glob("model/*/*shard2*.bin")
    shard.write_bytes(shard.read_bytes()[:1000])
    publish(own_server, half)
    states = page.page.evaluate("""async () => {
        const registration = await (await navigator.serviceWorker.ready).update();
        const worker = registration.installing;
        while (worker.state !== 'redundant') {
            await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
        }
        return [registration.waiting, registration.active.state];
    }""")
    assert states == [None, "activated"]
    expect(page.status.locator(".newer")).to_be_hidden()
    expect(page.status).to_have_attribute("data-offline", "ready")
    page.page.reload()
    assert page.wait_until_ready().read(5) == "5"


@pytest.mark.slow
def test_what_was_taught_goes_on_with_the_newer_model(open_page, own_server, newer_site):
    teacher = Teacher(open_page(own_server.url, kept=True).wait_until_kept())
    page = teacher.page
    teacher.teach_sevens(5)
    older = [one["model"] for one in teacher.kept()]
    publish(own_server, newer_site)
    page.page.reload()
    wait_for_offer(page.wait_until_ready())
    page.status.get_by_test_id("update").click()
    expect(page.status.locator(".newer")).to_be_hidden(timeout=60_000)
    page.wait_until_ready()
    teacher.expect_learnt(5)
    assert teacher.draw(arabic_seven(60)) == "7"
    teacher.teach(3, 3)
    assert [one["model"] for one in teacher.kept()] == [*older, NEWER]
    assert NEWER not in older
