"""Browsers that lack something, played by a script that runs before the page's, or the worker's."""

from pathlib import Path

from playwright.sync_api import Page

WITHOUT_WASM = "delete globalThis.WebAssembly;"

# As such a browser refuses a module with vectors.
WITHOUT_SIMD = """
WebAssembly.instantiate = async () => {
    throw new WebAssembly.CompileError('invalid value type');
};
"""

# Counts the messages that a page and its workers exchange, whatever they hold.
COUNT_MESSAGES = """
    globalThis.messages = 0;
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (...message) {
        globalThis.messages++;
        postMessage.apply(this, message);
    };
    globalThis.Worker = class extends Worker {
        constructor(...given) {
            super(...given);
            this.addEventListener('message', () => { globalThis.messages++; });
        }
    };
"""

# Tells how much WebAssembly memory there is: whoever uses a memory asks for its buffer.
WATCH_WASM_MEMORY = """
    const memories = new Set();
    const { get } = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'buffer');
    Object.defineProperty(WebAssembly.Memory.prototype, 'buffer', {
        get() {
            memories.add(this);
            return get.call(this);
        },
    });
    globalThis.wasmBytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
"""


def put_before_worker(page: Page, site: Path, prelude: str) -> None:
    """Run `prelude` in front of the worker's own script, which takes no init script from Playwright."""
    worker = next((site / "assets").glob("worker-*.js")).read_text()
    body = prelude + worker
    page.route("**/worker-*.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
