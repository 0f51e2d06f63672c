"""The built site on a host that does nothing but send files, at its root and in a folder of it."""

import io
import json

import numpy as np
import pytest
from PIL import Image

from tests.browser.chromium import launch_profile
from tests.browser.digitpad_page import DIGITS
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
    page = open_page()
    said = []
    page.page.on("console", lambda message: said.append(message.text))
    page.page.on("pageerror", lambda error: said.append(str(error)))
    page.open(host.url).wait_until_ready().wait_until_offline_ready()
    page.draw(DIGITS[5])
    assert page.wait_until_read(len(DIGITS[5])) == "5"
    assert said == []

    # No header brings a policy here; the page has its own.
    page.page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "taken over"';
        document.head.append(script);
    }""")
    assert page.page.title() == "Digitpad"
    assert any("Content Security Policy" in text for text in said), "the console reports violations"


@pytest.mark.parametrize("first_address", ["{}", "{}index.html"])
def test_from_a_folder_of_a_host_the_page_reads_and_is_kept(open_page, host_with_subfolder, first_address):
    host = host_with_subfolder
    folder = f"{host.url}{SUBFOLDER}/"
    first = open_page(first_address.format(folder)).wait_until_ready().wait_until_offline_ready()
    first.draw(DIGITS[2])
    assert first.wait_until_read(len(DIGITS[2])) == "2"
    sent = host.sent
    assert [path for path in sent if not path.startswith(f"/{SUBFOLDER}/")] == []
    once = [path for path in sent if "/assets/" in path or "/model/" in path]
    assert sorted(once) == sorted(set(once)), "not even where nothing says how long a file may be kept"
    first.page.close()
    host.stop()

    for address, digit in ((folder, 3), (f"{folder}index.html", 8)):
        again = open_page(address, context=first.page.context).wait_until_ready().wait_until_offline_ready()
        again.draw(DIGITS[digit])
        assert again.wait_until_read(len(DIGITS[digit])) == str(digit)
        again.page.close()


def test_a_missing_address_at_any_depth_leads_home(server, open_page):
    page = open_page(service_workers="block").page
    assert page.goto(f"{server.url}no/such/page?x=/y/").status == 404
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.wait_for_function("url => document.querySelector('a').href === url", arg=server.url)
    assert not any("Content Security Policy" in text for text in said)
    page.get_by_role("link", name="Go to Digitpad").click()
    page.wait_for_selector("html[data-ready=true]")


def test_chromium_finds_nothing_that_keeps_the_page_from_being_installed(
    chromium, host_with_subfolder, tmp_path
):
    # A private window, such as all other tests have, installs nothing.
    context = launch_profile(chromium.browser_type, tmp_path / "profile")
    try:
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
    finally:
        context.close()


def test_no_picture_for_installing_is_kept_for_offline_use(site):
    assert list(site.glob("icons/*.png"))
    assert ".png" not in (site / "sw.js").read_text()


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
