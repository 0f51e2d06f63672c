"""`<digit-pad>` in a form of a page under a strict policy, in Chromium, Firefox and WebKit."""

import shutil
import time

import pytest

from tests.browser.digitpad_page import DIGITS

POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
HOST = f"""<!doctype html><html lang="de"><meta charset="utf-8"><title>Another page</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}"><link rel="icon" href="icon.svg">
<script type="module" src="api/digitpad.js"></script>
<form><label>Code <digit-pad name="code" digits="2" required></digit-pad></label></form>"""

STATE = """() => {
    const pad = document.querySelector('digit-pad');
    const line = pad.shadowRoot?.querySelector('input');
    return {
        value: pad.value, line: line?.value, strokes: pad.ink?.length, message: pad.validationMessage,
        data: [...new FormData(pad.form)], focus: pad.shadowRoot?.activeElement?.part.value,
    };
}"""

SHEET = """() => {
    const { x, y, width, height } = document.querySelector('digit-pad').shadowRoot
        .querySelector('[part=sheet]').getBoundingClientRect();
    return [x, y, width, height];
}"""

TYPE = """(text) => {
    const line = document.querySelector('digit-pad').shadowRoot.querySelector('input');
    line.focus();
    line.setSelectionRange(line.value.length, line.value.length);
    document.execCommand('insertText', false, text);
}"""

PATIENCE = 30  # seconds; only a page that hangs fails


@pytest.fixture
def host(fresh, start_server, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / "host.html").write_text(HOST)
    fresh.open(f"{start_server(tmp_path / 'site', host='localhost').url}host.html")
    return fresh


def wait(engine, **expected):
    end = time.monotonic() + PATIENCE
    while (state := engine.evaluate(STATE)) | expected != state:
        assert time.monotonic() < end, (expected, state)
        time.sleep(0.03)


def test_it_is_written_typed_corrected_and_reset(host):
    wait(host, line="", message="Schreib Ziffern, oder tipp sie ein.")
    left, top, width, _ = host.evaluate(SHEET)
    for stroke in DIGITS[4]:
        host.drag([[left + width / 2 + x * 0.6 - 40, top + 10 + y * 0.6] for x, y in stroke])
    wait(host, value="4", line="4", strokes=len(DIGITS[4]), message="Schreib 2 Ziffern.", focus="sheet")
    host.evaluate(TYPE, "7x")
    wait(host, value="47", strokes=0, message="", data=[["code", "47"]])
    host.evaluate("() => document.querySelector('digit-pad').undo()")
    wait(host, value="4", line="4", strokes=len(DIGITS[4]))
    host.evaluate("() => document.querySelector('form').reset()")
    wait(host, value="", line="", strokes=0)
