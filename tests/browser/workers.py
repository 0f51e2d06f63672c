"""Browsers that lack something, played by a script that runs before the recognizer's worker."""

from pathlib import Path

from playwright.sync_api import Page

WITHOUT_WASM = "delete globalThis.WebAssembly;"

# As such a browser refuses a module with vectors.
WITHOUT_SIMD = """
WebAssembly.instantiate = async () => {
    throw new WebAssembly.CompileError('invalid value type');
};
"""


def put_before_worker(page: Page, site: Path, prelude: str) -> None:
    """Run `prelude` in front of the worker's own script, which takes no init script from Playwright."""
    worker = next((site / "assets").glob("worker-*.js")).read_text()
    body = prelude + worker
    page.route("**/worker-*.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
