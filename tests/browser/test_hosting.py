"""The built site on a host that does nothing but send files, at its root and in a folder of it."""

import io
import json
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.chromium import launch_profile
from tests.browser.render_icons import FOLDER, ICONS, render

SUBFOLDER = "a/b/digitpad"


@pytest.fixture
def host_with_subfolder(plain_host, site, tmp_path):
    folder = tmp_path / "host" / SUBFOLDER
    folder.parent.mkdir(parents=True)
    folder.symlink_to(site)
    return plain_host(tmp_path / "host")


def test_a_host_that_only_sends_files_is_enough(open_page, plain_host, site):
    host = plain_host(site)
    page = open_page(kept=True)
    errors = page.record_messages()
    page.open(host.url).wait_until_kept()
    assert page.read(5) == "5"
    assert errors == []

    # No header brings a policy here; the page has its own.
    page.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "taken over"';
        document.head.append(script);
    }""")
    assert page.page.title() == "Digitpad"
    assert any("Content Security Policy" in text for text in errors), "the console reports violations"


def test_from_a_folder_of_a_host_the_page_reads_and_is_kept(open_page, host_with_subfolder):
    host = host_with_subfolder
    folder = f"{host.url}{SUBFOLDER}/"
    first = open_page(folder, kept=True).wait_until_kept()
    assert first.read(2) == "2"
    first.page.close()
    sent = re.findall(r'"GET (\S+) HTTP/1.1" 200', host.stop()[1])
    assert [path for path in sent if not path.startswith(f"/{SUBFOLDER}/")] == []
    once = [path for path in sent if "/assets/" in path or "/model/" in path]
    assert sorted(once) == sorted(set(once)), "not even where nothing says how long a file may be kept"

    for address, digit in ((folder, 3), (f"{folder}index.html", 8)):
        again = open_page(address, context=first.page.context).wait_until_kept()
        assert again.read(digit) == str(digit)
        again.page.close()


def test_a_missing_address_at_any_depth_leads_home(server, open_page):
    opened = open_page()
    said, page = opened.record_messages(), opened.page
    assert page.goto(f"{server.url}no/such/page?x=/y/").status == 404
    page.wait_for_function("url => document.querySelector('a').href === url", arg=server.url)
    assert not any("Content Security Policy" in text for text in said)
    page.get_by_role("link", name="Go to Digitpad").click()
    page.wait_for_selector("html[data-ready=true]")


@pytest.mark.parametrize(
    ("locale", "says", "home"),
    [
        ("en-GB", "There is no page at this address.", "Go to Digitpad"),
        ("de-AT", "Unter dieser Adresse gibt es keine Seite.", "Zu Digitpad"),
        ("es-MX", "No hay ninguna página en esta dirección.", "Ir a Digitpad"),
        ("fr", "There is no page at this address.", "Go to Digitpad"),
    ],
)
def test_the_page_of_missing_addresses_speaks_the_languages_of_the_page(
    server, open_page, locale, says, home
):
    page = open_page(f"{server.url}no/such/page", locale=locale).page
    expect(page.get_by_text(says)).to_be_visible()
    expect(page.get_by_role("link", name=home)).to_be_visible()
    language = "en" if says.startswith("There") else locale[:2]
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.slow
def test_behind_a_proxy_that_keeps_its_folder_the_page_reads_and_is_kept(open_page, start_server, site):
    server = start_server(site, "--prefix", "/digitpad/")
    page = open_page(server.url + "digitpad?ref=mail", kept=True).wait_until_kept()
    assert page.page.url == server.url + "digitpad/"
    assert page.read(6) == "6"
    assert all(path.startswith("/digitpad/") for path in page.kept_paths())
    server.stop()
    page.page.reload()
    assert page.wait_until_ready().read(9) == "9"


@pytest.mark.slow
def test_chromium_finds_that_the_page_can_be_installed(playwright, host_with_subfolder, tmp_path):
    # A private window, such as all other tests have, installs nothing.
    with launch_profile(playwright.chromium, tmp_path / "profile") as context:
        page = context.new_page()
        folder = f"{host_with_subfolder.url}{SUBFOLDER}/"
        page.goto(folder)
        page.wait_for_selector("[data-offline=ready]", timeout=30_000)
        devtools = context.new_cdp_session(page)
        assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        manifest = devtools.send("Page.getAppManifest")
        assert manifest["errors"] == []
        assert manifest["url"] == f"{folder}manifest.webmanifest"
        # Told apart by its folder from another site of the same host.
        assert devtools.send("Page.getAppId")["appId"] == folder

        named = json.loads(manifest["data"])
        for picture in named["icons"] + named["screenshots"]:
            if picture["type"] == "image/png":
                answer = context.request.get(folder + picture["src"])
                width, height = Image.open(io.BytesIO(answer.body())).size
                assert picture["sizes"] == f"{width}x{height}"


def test_icons_are_what_the_drawing_gives(chromium):
    for name, how in ICONS.items():
        rendered = Image.open(io.BytesIO(render(chromium, *how)))
        kept = Image.open(FOLDER / f"{name}.png")
        assert (kept.size, kept.mode) == (rendered.size, rendered.mode), name
        # Versions of Chromium differ in how they smooth edges; the shades of a whole picture do not.
        off = np.abs(np.asarray(kept, dtype=int) - np.asarray(rendered, dtype=int))
        assert off.mean() < 0.5, name


def test_what_systems_cut_off_the_maskable_icon_is_only_ground():
    icon = np.asarray(Image.open(FOLDER / "maskable-512.png"), dtype=int)
    y, x = np.mgrid[: icon.shape[0], : icon.shape[1]] + 0.5 - icon.shape[0] / 2
    outside = np.hypot(x, y) > 0.4 * icon.shape[0]  # of the circle that no system cuts into
    assert (icon[outside] == icon[0, 0]).all()
    assert (icon[~outside] != icon[0, 0]).any()
