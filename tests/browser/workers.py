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

# Counts a worker's messages, whatever they hold. `replay` repeats the last one that came, within the worker,
# for `enough` milliseconds, and returns how many it took until each answer.
COUNT_MESSAGES = """{
    const { postMessage } = globalThis;
    const messages = { received: 0, sent: 0 };
    let last, answered;
    addEventListener('message', ({ data }) => {
        messages.received++;
        last = data;
    });
    globalThis.messages = messages;
    globalThis.postMessage = (...message) => {
        messages.sent++;
        answered ? answered() : postMessage.apply(globalThis, message);
    };
    globalThis.replay = async (enough) => {
        const [data, start] = [last, performance.now()];
        let [runs, took] = [0, 0];
        for (; took < enough; took = performance.now() - start, runs++) {
            await new Promise((resolve) => {
                answered = resolve;
                dispatchEvent(new MessageEvent('message', { data }));
            });
        }
        answered = null;
        return took / runs;
    };
}
"""

# Tells how much WebAssembly memory a worker has: whoever uses a memory asks for its buffer.
WATCH_WASM_MEMORY = """{
    const memories = new Set();
    const { get } = Object.getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'buffer');
    Object.defineProperty(WebAssembly.Memory.prototype, 'buffer', {
        get() {
            memories.add(this);
            return get.call(this);
        },
    });
    globalThis.wasmBytes = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
}
"""


def put_before_worker(page: Page, site: Path, prelude: str) -> None:
    """Run `prelude` in front of the worker's own script, which takes no init script from Playwright."""
    worker = next((site / "assets").glob("worker-*.js")).read_text()
    body = prelude + worker
    page.route("**/worker-*.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
