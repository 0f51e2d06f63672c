"""The package as npm installs it: what is in it, how much it costs, its types; on pages without a bundler."""

import hashlib
import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.engines.made_pictures import save_picture
from tests.browser.package.consumers import npm, run
from tests.browser.serving import ROOT

PACKAGE = "node_modules/@digitpad/element"
PAGE = """<!doctype html>
<link rel="icon" href="data:,">
<form><label>Code <digit-pad name="code" digits="1"{attributes}></digit-pad></label></form>
<script type="module" src="{module}"></script>
"""


def brotli(content):
    from whitenoise.compress import brotli

    return len(brotli.compress(content))


def sizes_of(entry):
    """Return the compressed bytes of a module and of all that it imports to start, by name."""
    names = [entry.name]
    for name in names:
        text = (entry.parent / name).read_text()
        found = re.findall(r"""(?:from|import) ?["'`]\./([^"'`]+)""", text)
        names += [other for other in found if other not in names]
    return {name: brotli((entry.parent / name).read_bytes()) for name in names}


def test_what_is_in_it(installed):
    folder = installed / PACKAGE
    about = json.loads((folder / "package.json").read_text())
    assert (about["name"], about["license"]) == ("@digitpad/element", "MIT")
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["version"])
    assert f"\n## {about['version']}\n" in (folder / "CHANGELOG.md").read_text()
    for entry in about["exports"].values():
        for path in [entry] if isinstance(entry, str) else entry.values():
            assert list(folder.glob(path)), path
    assert (folder / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    others = (folder / "THIRD_PARTY.md").read_text()
    for name in ("comlink", "perfect-freehand"):
        assert f"{name} " in others
    assert "Apache License" in others and "MIT License" in others
    origin = (folder / "PROVENANCE.md").read_text()
    assert all(f"| CC BY{licence} |" in origin for licence in (" 4.0", "-SA 3.0"))
    kinds = {path.suffix for path in (folder / "files").iterdir()}
    assert kinds == {".js", ".json", ".bin"}
    texts = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert str(ROOT).encode() not in texts


def test_each_file_is_named_by_its_content_and_large_enough_to_stay_a_file(installed):
    files = list((installed / PACKAGE / "files").iterdir())
    for path in files:
        content = path.read_bytes()
        assert re.search(r"-(\w{12})\.\w+$", path.name)[1] == hashlib.sha256(content).hexdigest()[:12]
        assert len(content) > 4096  # Vite puts smaller ones into the script
    assert len(files) == 7


def test_before_a_recognizer_is_needed_it_costs_at_most_ten_kilobytes(installed):
    sizes = sizes_of(installed / PACKAGE / "define.js")
    assert len(sizes) > 1
    assert sum(sizes.values()) <= 10_000, sizes


@pytest.mark.parametrize("entry", ["@digitpad/element", "@digitpad/element/ink"])
def test_strokes_to_pixels_alone_costs_less_than_three_kilobytes(installed, entry):
    """Vite's own bundler here; test_bundlers.py asks the others."""
    (installed / "small.js").write_text(
        f"import {{ rasterizeInk }} from '{entry}'; globalThis.pixels = rasterizeInk;"
    )
    vite = ROOT / "node_modules" / "vite" / "bin" / "vite.js"
    (installed / "small.config.js").write_text(
        "export default { build: { outDir: 'small', rolldownOptions: { input: 'small.js' } } };"
    )
    npm(installed, "exec", "--offline", "--call", f"node {vite} build --config small.config.js")
    [entry] = (installed / "small" / "assets").glob("small-*.js")
    assert "pixels" in entry.read_text()
    assert sum(sizes_of(entry).values()) < 3_000, sizes_of(entry)


@pytest.mark.slow
def test_the_types_are_enough_for_a_strict_project(installed):
    (installed / "typed.ts").write_text(TYPED)
    compiler = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    options = "--noEmit --strict --target es2022 --lib es2022,dom --types '' --skipLibCheck false"
    calls = [
        f"node {compiler} {options} --module {module} --moduleResolution {resolution} typed.ts"
        for module, resolution in (("esnext", "bundler"), ("nodenext", "nodenext"))
    ]
    npm(installed, "exec", "--offline", "--call", " && ".join(calls))
    declarations = (installed / PACKAGE / "index.d.ts").read_text()
    assert "tensorflow" not in declarations
    assert not re.search(r"\bfrom ['\"]|import\(", declarations)


TYPED = """
import { createRecognizer, DigitPadElement, rasterizeInk, type Reading } from '@digitpad/element';
import '@digitpad/element/define';

const pad = document.querySelector('digit-pad');
if (pad) {
  const element: DigitPadElement = pad;
  const value: string = element.value;
  element.addEventListener('reading', ({ detail }) => {
    const reading: Reading = detail.reading;
    const final: boolean = detail.final;
    console.log(reading.text, final, value);
  });
  // @ts-expect-error a value is text
  element.value = 7;
}
const made: DigitPadElement = document.createElement('digit-pad');
made.required = true;
const recognizer = await createRecognizer({ baseUrl: '/files' });
const { text, digits } = await recognizer.readInk([[[0, 0], [0, 9]]]);
const digit: number | null | undefined = digits[0]?.digit;
const { lines } = await recognizer.readImage(new Blob());
const pixels: Float32Array = rasterizeInk([[[0, 0]]]);
// @ts-expect-error there is no such call
recognizer.guess();
recognizer.dispose();
export { digit, lines, pixels, text };
"""


def test_a_page_imports_it_from_node_modules_as_it_is(installed, plain_host, open_host):
    (installed / "index.html").write_text(PAGE.format(module=f"{PACKAGE}/define.js", attributes=""))
    page = open_host(plain_host(installed).url)
    page.write(4)
    assert page.said == []


def test_importing_it_does_nothing_and_the_second_entry_registers_the_element(
    installed, plain_host, open_host
):
    (installed / "index.html").write_text("<!doctype html><link rel='icon' href='data:,'>")
    page = open_host(plain_host(installed).url)
    requests = []
    page.page.on("request", lambda request: requests.append(request.url))
    names = page.page.evaluate(f"import('/{PACKAGE}/index.js').then((module) => Object.keys(module).sort())")
    assert {"DigitPadElement", "createRecognizer", "rasterizeInk"} <= set(names)
    assert page.page.evaluate("customElements.get('digit-pad') === undefined")
    assert not any("/files/" in url for url in requests)
    page.page.evaluate(f"import('/{PACKAGE}/define.js')")
    assert page.page.evaluate("customElements.get('digit-pad') !== undefined")


def test_it_reads_pictures_and_learns(installed, plain_host, open_host, tmp_path):
    """The program for pictures is a file of its own; what learns is in the worker, its digits are not."""
    (installed / "index.html").write_text("<!doctype html><link rel='icon' href='data:,'><input type='file'>")
    page = open_host(plain_host(installed).url)
    page.page.locator("input").set_input_files(save_picture("52", tmp_path / "52.png"))
    found = page.page.evaluate(
        f"""async (ink) => {{
        const {{ createRecognizer }} = await import('/{PACKAGE}/index.js');
        const recognizer = await createRecognizer();
        const picture = await recognizer.readImage(document.querySelector('input').files[0]);
        await recognizer.learn({{ add: [{{ id: 'a', label: 4, ink }}] }});
        const {{ layers }} = await recognizer.lookInside(new Float32Array(784));
        return [picture.text, (await recognizer.readInk(ink)).text, layers.length > 0];
    }}""",
        DIGITS[4],
    )
    assert found == ["52", "4", True]
    assert page.said == []


def test_a_page_fetches_all_that_its_first_reading_needs_at_once_and_once(
    log_server, open_host, tmp_path, plain_host
):
    (tmp_path / "index.html").write_text(
        PAGE.format(module=f"{log_server.url}api/digitpad.js", attributes="")
    )
    page = open_host(plain_host(tmp_path).url)
    page.write(4)
    paths = log_server.paths()
    assert sorted(set(paths)) == sorted(paths)
    assert sum(path.startswith("/model/") for path in paths) == 4
    # None of them waits for another: all are asked for before one has come.
    held = []
    page.page.route("**/model/**", lambda route: held.append(route))
    page.page.reload()
    while len(held) < 4:
        page.page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    page.write(4)
    assert page.said == []


@pytest.mark.parametrize("own_files", [False, True])
def test_it_comes_from_another_origin(installed, start_server, open_host, tmp_path, own_files):
    """As from a CDN; with `base-url` its files come from the page's own host."""
    cdn = tmp_path / "cdn"
    cdn.mkdir()
    (cdn / "element").symlink_to(installed / PACKAGE)
    run(["cp", "-rL", installed / PACKAGE, tmp_path / "copy"], tmp_path)
    (tmp_path / "copy" / "_headers").write_text("/*\n  Access-Control-Allow-Origin: *\n")
    other = start_server(tmp_path / "copy")
    host = tmp_path / "host"
    host.mkdir()
    if own_files:
        run(["cp", "-rL", installed / PACKAGE / "files", host / "pad-files"], tmp_path)
    (host / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n")
    attributes = ' base-url="/pad-files"' if own_files else ""
    (host / "index.html").write_text(PAGE.format(module=f"{other.url}define.js", attributes=attributes))
    own = start_server(host)
    page = open_host("about:blank")
    requests = []
    page.page.on("request", lambda request: requests.append(request.url))
    page.page.goto(own.url)
    page.write(7)
    expect(page.pad).to_have_js_property("value", "7")
    fetched = [url for url in requests if url.endswith((".bin", ".json"))]
    expected = own.url + "pad-files/" if own_files else other.url + "files/"
    assert len(fetched) >= 4 and all(url.startswith(expected) for url in fetched)
    assert page.said == []
