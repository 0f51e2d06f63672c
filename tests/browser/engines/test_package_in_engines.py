"""The package on a page with a strict Content-Security-Policy, in Chromium, Firefox and WebKit."""

import shutil

import pytest

from tests.browser.digitpad_page import DIGITS
from tests.browser.package.consumers import install
from tests.browser.package.test_policies import ICON, NEEDED

PAGE = '<!doctype html><meta charset="utf-8"><link rel="icon" href="icon.svg"><title>Another page</title>'

READ = """async ([address, ink]) => {
    const { createRecognizer } = await import(address);
    const recognizer = await createRecognizer();
    const { text } = await recognizer.readInk(ink);
    recognizer.dispose();
    return [text, recognizer.backend];
}"""


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return install(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize("origin", NEEDED)
def test_it_reads_under_the_smallest_policy(fresh, start_server, package, tmp_path, origin):
    own = origin == "own origin"
    cdn, host = tmp_path / "cdn", tmp_path / "host"
    host.mkdir()
    shutil.copytree(package, host / "pad" if own else cdn)
    site = ""
    if not own:
        (cdn / "_headers").write_text("/*\n  Access-Control-Allow-Origin: *\n")
        site = start_server(cdn, host="localhost").url.rstrip("/")
    rules = {"default-src": ["'none'"], "img-src": ["'self'"]} | NEEDED[origin]
    policy = "; ".join(" ".join([name, *sources]) for name, sources in rules.items()).replace("SITE", site)
    (host / "_headers").write_text(f"/*\n  Content-Security-Policy: {policy}\n")
    (host / "index.html").write_text(PAGE)
    (host / "icon.svg").write_text(ICON)
    fresh.open(start_server(host, host="localhost").url)
    address = "/pad/index.js" if own else f"{site}/index.js"
    assert fresh.evaluate(READ, [address, DIGITS[4]]) == ["4", "wasm-simd"]
