"""WebKitGTK, driven by its WebKitWebDriver, in a window of a screen that nobody sees."""

import os
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

import urllib3
from engines import PROGRAMS, SYSTEM_PYTHON, find_program
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.file_detector import UselessFileDetector
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.engine import (
    PATIENCE,
    Engine,
    EngineError,
    Point,
    drag_actions,
    escape_actions,
    last_words,
)

BROWSER = Path(__file__).parent / "webkit_browser.py"

# Calls back with [value] or [null, error]: WebKit's driver loses the message of a promise that is rejected.
RUN = """const done = arguments[arguments.length - 1];
(%s).then((value) => done([value]), (error) => done([null, String(error)]));"""


class WebKit(Engine):
    """A window of WebKitGTK with a fresh profile."""

    name = "webkit"

    def __init__(self):
        self.stack = ExitStack()
        self.start()

    def start(self) -> None:
        """Start the driver and the browser."""
        with ExitStack() as started:
            profile = tempfile.TemporaryDirectory(prefix="digitpad-webkit-", ignore_cleanup_errors=True)
            folder = Path(started.enter_context(profile))
            self.console = folder / "console.log"
            self.console.touch()
            self.seen = 0
            environment = os.environ | {
                "DISPLAY": started.enter_context(Screen()).name,
                "GDK_BACKEND": "x11",  # not a desktop's own screen
                "NO_AT_BRIDGE": "1",  # no screen reader listens
                "HOME": str(folder),
                **{f"XDG_{kind}_HOME": str(folder / kind) for kind in ("DATA", "CACHE", "CONFIG")},
            }
            driver, log = find_program(*PROGRAMS["webkit2gtk-driver"]), str(folder / "driver.log")
            service = Service(driver, env=environment, log_output=log)
            started.callback(service.stop)
            options = Options()
            # The console must come line by line. The driver itself gives the browser no output.
            options.binary_location = "/bin/sh"
            command = f'exec stdbuf -oL {SYSTEM_PYTHON} "{BROWSER}" >> "{self.console}" 2>&1'
            for argument in ("-c", command):
                options.add_argument(argument)
            try:
                service.start()
                limits = ClientConfig(service.service_url, timeout=PATIENCE)
                self.driver = Remote(service.service_url, options=options, client_config=limits)
            except (WebDriverException, urllib3.exceptions.HTTPError) as error:
                words = f"the last that it wrote: {last_words(self.console)}"
                raise EngineError(f"WebKit did not start ({error}); {words}") from error
            started.callback(self.quit)
            self.driver.set_script_timeout(PATIENCE)
            self.driver.file_detector = UselessFileDetector()  # files are on this machine already
            self.stack = started.pop_all()

    def start_again(self) -> None:
        self.stack.close()
        self.start()

    def has_crashed(self) -> bool:
        """Whether the browser is gone: WebKitGTK 2.50 crashes at times, in its own code, as a worker ends."""
        try:
            return self.driver.execute_script("return 1") != 1
        except WebDriverException:
            return True

    def open(self, url: str) -> None:
        self.driver.get(url)

    def reload(self) -> None:
        self.driver.refresh()

    def run(self, expression: str) -> str:
        value, *error = self.driver.execute_async_script(RUN % expression)
        if error:
            raise EngineError(error[0])
        return value

    def drag(self, points: list[Point]) -> None:
        self.driver.execute(Command.W3C_ACTIONS, {"actions": drag_actions(points)})

    def escape(self) -> None:
        self.driver.execute(Command.W3C_ACTIONS, {"actions": escape_actions()})

    def give_files(self, test_id: str, paths: list[Path]) -> None:
        chooser = self.driver.find_element(By.CSS_SELECTOR, f'[data-testid="{test_id}"]')
        chooser.send_keys("\n".join(map(str, paths)))

    def take_errors(self) -> list[str]:
        if self.has_crashed():
            return []  # the test that it was doing has failed, and is run again
        self.run("Promise.resolve('')")  # what was said before this answer is written by then
        written = self.console.read_bytes()
        new, self.seen = written[self.seen :], len(written)
        lines = new.decode("utf-8", "replace").splitlines()
        return [line for line in lines if "CONSOLE" in line and "ERROR" in line]

    def close(self) -> None:
        self.stack.close()

    def quit(self) -> None:
        with suppress(WebDriverException):  # it may have crashed
            self.driver.quit()


class Screen:
    """An X server without a screen; `name` is what DISPLAY must hold."""

    def __enter__(self) -> "Screen":
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
        self.process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()  # empty where it ended
        if not number:
            self.process.wait(PATIENCE)
            raise EngineError("Xvfb did not start, so WebKit has no screen.")
        self.name = f":{number}"
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
