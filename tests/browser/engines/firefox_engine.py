"""Firefox, driven by WebDriver BiDi: it needs no driver beside it."""

import json
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from engines import PROGRAMS, find_program
from websocket import create_connection

from tests.browser.engines.engine import (
    PATIENCE,
    WINDOW,
    Engine,
    EngineError,
    Point,
    drag_actions,
    escape_actions,
    last_words,
)

# Firefox writes its address into this file of its profile.
ADDRESS = "WebDriverBiDiServer.json"


class Firefox(Engine):
    """A Firefox without a window on the screen, with a fresh profile."""

    name = "firefox"

    def __init__(self):
        program = find_program(*PROGRAMS["firefox-esr"])
        self.profile = tempfile.TemporaryDirectory(prefix="digitpad-firefox-", ignore_cleanup_errors=True)
        self.log = Path(self.profile.name) / "output.log"
        command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen([*command, self.profile.name], stdout=output, stderr=output)
        self.errors: list[str] = []
        self.sent = 0
        try:
            self.socket = create_connection(
                f"{self.address()}/session", timeout=PATIENCE, suppress_origin=True
            )
            self.call("session.new", capabilities={})
            self.call("session.subscribe", events=["log.entryAdded"])
            self.window = self.call("browsingContext.getTree")["contexts"][0]["context"]
            width, height = WINDOW
            self.in_window("browsingContext.setViewport", viewport={"width": width, "height": height})
        except BaseException:
            self.end()
            raise

    def address(self) -> str:
        """Wait until Firefox tells where it listens."""
        file = Path(self.profile.name) / ADDRESS
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                server = json.loads(file.read_text())
                return f"ws://{server['ws_host']}:{server['ws_port']}"
            except (OSError, ValueError):  # not there yet, or half written
                time.sleep(0.05)
        how = "ended" if self.process.poll() is not None else f"did not listen within {PATIENCE} s"
        raise EngineError(f"{self.process.args[0]} {how}; the last that it wrote: {last_words(self.log)}")

    def call(self, method: str, **params: object) -> Any:
        """Send a command, and return its result; note what the console says meanwhile."""
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "log.entryAdded":
                entry = message["params"]
                if entry["level"] == "error":
                    self.errors.append(f"{entry['text']} ({entry['source'].get('realm', '')})")
            elif message.get("id") == self.sent:
                if message["type"] == "error":
                    raise EngineError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def in_window(self, method: str, **params: object) -> Any:
        """Send a command about the window."""
        return self.call(method, context=self.window, **params)

    def open(self, url: str) -> None:
        self.in_window("browsingContext.navigate", url=url, wait="complete")

    def reload(self) -> None:
        self.in_window("browsingContext.reload", wait="complete")

    def run(self, expression: str) -> str:
        answer = self.call(
            "script.evaluate", expression=expression, target={"context": self.window}, awaitPromise=True
        )
        if answer["type"] == "exception":
            raise EngineError(answer["exceptionDetails"]["text"])
        return answer["result"]["value"]

    def drag(self, points: list[Point]) -> None:
        self.in_window("input.performActions", actions=drag_actions(points))

    def escape(self) -> None:
        self.in_window("input.performActions", actions=escape_actions())

    def give_files(self, test_id: str, paths: list[Path]) -> None:
        where = {"type": "css", "value": f'[data-testid="{test_id}"]'}
        [element] = self.in_window("browsingContext.locateNodes", locator=where)["nodes"]
        self.in_window(
            "input.setFiles", element={"sharedId": element["sharedId"]}, files=[str(path) for path in paths]
        )

    def take_errors(self) -> list[str]:
        self.run("Promise.resolve('')")  # what was said before this answer has arrived by then
        taken, self.errors[:] = list(self.errors), []
        return taken

    def close(self) -> None:
        try:
            self.call("browser.close")
        finally:
            self.end()

    def end(self) -> None:
        """Wait for the end of the program, or bring it about."""
        if hasattr(self, "socket"):
            self.socket.close()
        try:
            self.process.wait(PATIENCE if hasattr(self, "window") else 0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.profile.cleanup()
