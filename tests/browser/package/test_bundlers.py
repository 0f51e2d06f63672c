"""The package in fresh projects, built by their own tools: bundlers and frameworks. Each reads a digit."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.package.consumers import BUILDS, PROJECTS, build, install, node
from tests.browser.package.test_installed import brotli

pytestmark = pytest.mark.slow
FRAMEWORKS = ["react", "vue", "svelte"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build projects, each once."""
    folder, done = tmp_path_factory.mktemp("projects"), {}

    def built(name):
        if name not in done:
            done[name] = build(name, folder)
        return done[name]

    return built


@pytest.mark.parametrize("name", BUILDS)
def test_what_the_tool_builds_reads_shows_and_resets(built, plain_host, open_host, name):
    page = open_host(plain_host(built(name)).url)
    output = page.page.locator("output").first
    value_of_form = "() => new FormData(document.querySelector('form')).get('code')"
    expect(page.pad).to_have_js_property("value", "")
    assert not page.page.evaluate("document.querySelector('form').checkValidity()")
    page.write(4)
    expect(output).to_have_text("4")
    assert page.page.evaluate(value_of_form) == "4"
    assert page.page.evaluate("document.querySelector('form').checkValidity()")
    page.page.get_by_role("button", name="Reset").click()
    expect(output).to_have_text("")
    expect(page.pad).to_have_js_property("value", "")
    expect(page.pad).to_have_attribute("data-strokes", "0")
    page.write(2)
    expect(output).to_have_text("2")
    assert page.said == []


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_framework_sets_the_value_hears_readings_and_takes_the_pad_away(built, plain_host, open_host, name):
    page = open_host(plain_host(built(name)).url)
    output, reading = page.page.locator("output").first, page.page.locator("#reading")
    page.write(3)
    expect(reading).to_have_text("3")
    page.page.locator("#set").click()
    expect(page.pad).to_have_js_property("value", "7")
    expect(output).to_have_text("7")
    for _ in range(2):
        page.page.locator("#toggle").click()
        expect(page.pad).to_have_count(0)
        page.page.locator("#toggle").click()
        expect(page.pad).to_have_js_property("value", "7")
    page.page.get_by_role("button", name="Reset").click()
    expect(page.pad).to_have_js_property("value", "")
    page.write(6)
    expect(output).to_have_text("6")
    expect(reading).to_have_text("6")
    assert page.said == []


@pytest.mark.parametrize("name", ["vite", "webpack", "esbuild"])
def test_strokes_to_pixels_alone_costs_less_than_three_kilobytes(tmp_path, name):
    install(tmp_path)
    (tmp_path / "main.js").write_text(
        "import { rasterizeInk } from '@digitpad/element';\nglobalThis.pixels = rasterizeInk;\n"
    )
    commands = {
        "vite": ["vite/bin/vite.js", "build", "--config", "config.js"],
        "webpack": ["webpack-cli/bin/cli.js", "--mode", "production", "--entry", "./main.js", "-o", "out"],
        "esbuild": ["esbuild/bin/esbuild", "main.js", "--bundle", "--minify", "--format=esm", "--outdir=out"],
    }
    (tmp_path / "config.js").write_text(
        "export default { build: { outDir: 'out', assetsDir: '', rolldownOptions: { input: 'main.js' } } };"
    )
    tool, *arguments = commands[name]
    if name == "esbuild":  # a native program
        node(
            tmp_path,
            "-e",
            f"\"require('child_process').execFileSync('{PROJECTS}/node_modules/{tool}', {arguments})\"",
        )
    else:
        node(tmp_path, PROJECTS / "node_modules" / tool, *arguments)
    [entry] = [path for path in (tmp_path / "out").iterdir() if re.fullmatch(r"main(-.+)?\.js", path.name)]
    assert "pixels" in entry.read_text()
    assert not re.search(r"(?:from|import) ?[\"'`]", entry.read_text())
    assert brotli(entry.read_bytes()) < 3_000
