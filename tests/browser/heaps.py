"""The JavaScript heap of a page, and how many workers it has."""

from playwright.sync_api import Page

# Ink varies in size, place and slant, so that no reading is known from the one before.
READ = """async ({ first, times, inks }) => {
    for (let i = first; i < first + times; i++) {
        const [size, slant, place] = [1 + (i % 97) / 50, (i % 13) / 40 - 0.15, i % 1009];
        const vary = ([x, y]) => [(x + slant * y) * size + place, y * size + place];
        await living.readInk(inks[i % inks.length].map((stroke) => stroke.map(vary)));
    }
}"""


class Heaps:
    """The JavaScript heap of a page, and how many workers it has."""

    def __init__(self, page: Page):
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.workers: set[str] = set()
        self.session.on("Target.attachedToTarget", lambda event: self.workers.add(event["sessionId"]))
        self.session.on("Target.detachedFromTarget", lambda event: self.workers.discard(event["sessionId"]))
        attach = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        self.session.send("Target.setAutoAttach", attach)

    def settle(self, workers: int) -> None:
        """Wait until ended workers are gone; not for ever, as the table is to show what stays."""
        for _ in range(600):  # frames
            if len(self.workers) == workers:
                return
            self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def megabytes(self) -> float:
        """What the objects and buffers of the page need after a collection."""
        for _ in range(2):  # what waited to be finalized goes with the second one
            self.session.send("HeapProfiler.collectGarbage")
        heap = self.session.send("Runtime.getHeapUsage")
        return (heap["usedSize"] + heap["embedderHeapUsedSize"] + heap["backingStorageSize"]) / 1e6

    def sum_of(self, of: str, function: str) -> int:
        """Sum up a number that `function` finds for each living object of a class, after a collection."""
        send = self.session.send
        prototype = send("Runtime.evaluate", {"expression": f"{of}.prototype"})["result"]["objectId"]
        found = send("Runtime.queryObjects", {"prototypeObjectId": prototype})["objects"]["objectId"]
        total = f"function () {{ return this.reduce((sum, object) => sum + ({function})(object), 0); }}"
        call = {"objectId": found, "functionDeclaration": total, "returnByValue": True}
        value = send("Runtime.callFunctionOn", call)["result"]["value"]
        send("Runtime.releaseObject", {"objectId": found})
        return value
