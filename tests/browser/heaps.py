"""The JavaScript heaps of a page and of its workers."""

import json

from playwright.sync_api import Page

PAGE = "page"

# Ink varies in size, place and slant, so that no reading is known from the one before.
READ = """async ({ first, times, inks }) => {
    for (let i = first; i < first + times; i++) {
        const [size, slant, place] = [1 + (i % 97) / 50, (i % 13) / 40 - 0.15, i % 1009];
        const vary = ([x, y]) => [(x + slant * y) * size + place, y * size + place];
        await living.readInk(inks[i % inks.length].map((stroke) => stroke.map(vary)));
    }
}"""


class Heaps:
    """The JavaScript heaps of a page and of its workers."""

    def __init__(self, page: Page):
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.answers: dict[int, dict] = {}
        self.workers: set[str] = set()  # sessions: DevTools speaks to a worker in messages inside messages
        self.session.on("Target.attachedToTarget", lambda event: self.workers.add(event["sessionId"]))
        self.session.on("Target.detachedFromTarget", lambda event: self.workers.discard(event["sessionId"]))
        self.session.on("Target.receivedMessageFromTarget", self._receive)
        attach = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        self.session.send("Target.setAutoAttach", attach)

    def _receive(self, event: dict) -> None:
        message = json.loads(event["message"])
        if "id" in message:
            self.answers[message["id"]] = message["result"]

    def _ask(self, target: str, method: str, **parameters: object) -> dict:
        if target == PAGE:
            return self.session.send(method, parameters)
        number = len(self.answers) + 1
        message = json.dumps({"id": number, "method": method, "params": parameters})
        self.session.send("Target.sendMessageToTarget", {"sessionId": target, "message": message})
        while number not in self.answers:
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
        return self.answers[number]

    def settle(self, workers: int) -> None:
        """Wait until ended workers are gone; not for ever, as the table is to show what stays."""
        for _ in range(600):  # frames
            if len(self.workers) == workers:
                return
            self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def megabytes(self, target: str = PAGE) -> float:
        """What the objects and buffers of the page, or of a worker, need after a collection."""
        for _ in range(2):  # what waited to be finalized goes with the second one
            self._ask(target, "HeapProfiler.collectGarbage")
        heap = self._ask(target, "Runtime.getHeapUsage")
        return (heap["usedSize"] + heap["embedderHeapUsedSize"] + heap["backingStorageSize"]) / 1e6

    def sum_of(self, of: str, function: str, target: str = PAGE) -> int:
        """Sum up a number that `function` finds for each living object of a class, after a collection."""
        prototype = self._ask(target, "Runtime.evaluate", expression=f"{of}.prototype")["result"]["objectId"]
        found = self._ask(target, "Runtime.queryObjects", prototypeObjectId=prototype)["objects"]["objectId"]
        total = f"function () {{ return this.reduce((sum, object) => sum + ({function})(object), 0); }}"
        call = {"objectId": found, "functionDeclaration": total, "returnByValue": True}
        value = self._ask(target, "Runtime.callFunctionOn", **call)["result"]["value"]
        self._ask(target, "Runtime.releaseObject", objectId=found)
        return value
