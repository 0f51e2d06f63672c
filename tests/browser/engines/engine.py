"""What the tests ask of a browser engine. Each engine has an adapter, which drives a real browser."""

import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, ClassVar

PATIENCE = 120  # seconds after which a browser that does not start or answer counts as hung
WINDOW = (1000, 900)

Point = list[float]


class EngineError(Exception):
    """Why a browser can't be driven, in one sentence."""


class Engine(ABC):
    """A browser with one window."""

    name: ClassVar[str]

    def has_crashed(self) -> bool:
        """Whether the browser is gone, so that it must be started again."""
        return False

    @abstractmethod
    def open(self, url: str) -> None:
        """Open an address, and wait until it has loaded."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page again, and wait until it has loaded."""

    @abstractmethod
    def run(self, expression: str) -> str:
        """Run JavaScript whose value is a promise of a string, and return that."""

    @abstractmethod
    def drag(self, points: list[Point]) -> None:
        """Press the mouse at the first point of the window, move it through the others, and let it go."""

    @abstractmethod
    def escape(self) -> None:
        """Press and release the Esc key."""

    @abstractmethod
    def give_files(self, test_id: str, paths: list[Path]) -> None:
        """Choose files in a file input."""

    @abstractmethod
    def take_errors(self) -> list[str]:
        """Return the errors on the console since the last call: of pages, workers and the engine."""

    @abstractmethod
    def close(self) -> None:
        """End the browser, and remove its profile."""

    def evaluate(self, function: str, *arguments: object) -> Any:
        """Call a JavaScript function of the page with values of JSON; return what it returns or promises."""
        call = f"({function})(...{json.dumps(arguments)})"
        return json.loads(self.run(f"(async () => JSON.stringify((await {call}) ?? null))()"))


def drag_actions(points: list[Point]) -> list[dict]:
    """Describe a drag as W3C WebDriver and WebDriver BiDi both have it."""
    first, *rest = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0} for x, y in points]
    down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
    mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
    return [mouse | {"actions": [first, down, *rest, up]}]


def escape_actions() -> list[dict]:
    """Describe a press of Esc in the same way."""
    keys = [{"type": kind, "value": "\ue00c"} for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": keys}]


def last_words(log: Path) -> str:
    """Return the last line that a program wrote, for a message."""
    lines = log.read_text("utf-8", "replace").strip().splitlines() if log.exists() else []
    return lines[-1].strip() if lines else "nothing"
