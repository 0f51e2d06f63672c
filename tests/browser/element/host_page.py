"""A page of another site that uses `<digit-pad>`, as a person uses it."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.digitpad_page import DIGITS, Strokes

# As two lines of a web developer's page.
DOCUMENT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<link rel="icon" href="data:,">
<title>Another page</title>
{head}
<script type="module" src="{module}"></script>
<body>{body}</body>
"""

# Each event of a pad, with the value at that time; those of the inside of a pad have the pad as target.
LISTEN = """() => {
    globalThis.heard = [];
    const hear = (event) => {
        const { type, target: { name = '', value = '' } } = event;
        if (type === 'submit') event.preventDefault();
        heard.push([type, name, type === 'reading' ? event.detail.final : value]);
    };
    for (const type of ['input', 'change', 'submit']) document.addEventListener(type, hear);
    for (const type of ['reading', 'error']) document.addEventListener(type, hear, true); // no bubbles
}"""


class HostPage:
    """What a test does with a host page. `errors` grows with what its console says."""

    def __init__(self, page: Page):
        self.page = page
        self.errors: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def mount(self, body: str) -> None:
        """Replace the body, and note events from now on."""
        self.page.evaluate("body => { document.body.innerHTML = body; }", body)
        self.listen()

    def listen(self) -> None:
        self.page.evaluate(f"globalThis.heard ? heard.length = 0 : ({LISTEN})()")

    def heard(self, *kinds: str) -> list[tuple[str, str, Any]]:
        """Return the events since `mount` of these kinds, as type, name, and value or `final`."""
        return [tuple(event) for event in self.page.evaluate("heard") if event[0] in kinds]

    def pad(self, name: str = "") -> Locator:
        return self.page.locator(f'digit-pad[name="{name}"]' if name else "digit-pad").first

    def part(self, part: str, name: str = "") -> Locator:
        return self.pad(name).locator(f"[part={part}]")

    def value(self, name: str = "") -> str:
        return self.pad(name).evaluate("pad => pad.value")

    def get(self, expression: str, name: str = "") -> Any:
        """Evaluate JavaScript with the pad as `pad`."""
        return self.pad(name).evaluate(f"pad => {expression}")

    def draw(self, strokes: Strokes | int, name: str = "", x: float = 0.5, size: float = 0.7) -> None:
        """Draw with a real mouse, `size` of the sheet high, the middle at `x` of its width."""
        strokes = DIGITS[strokes] if isinstance(strokes, int) else strokes
        sheet = self.part("sheet", name)
        sheet.scroll_into_view_if_needed()
        box = sheet.bounding_box()
        xs = [px for stroke in strokes for px, _ in stroke]
        ys = [py for stroke in strokes for _, py in stroke]
        scale = size * box["height"] / max(max(xs) - min(xs), max(ys) - min(ys))
        left = box["x"] + x * box["width"] - (min(xs) + max(xs)) / 2 * scale
        top = box["y"] + box["height"] / 2 - (min(ys) + max(ys)) / 2 * scale
        mouse = self.page.mouse
        for first, *rest in strokes:
            mouse.move(first[0] * scale + left, first[1] * scale + top)
            mouse.down()
            for px, py in rest:
                mouse.move(px * scale + left, py * scale + top)
            mouse.up()

    def write(self, *digits: int, name: str = "") -> None:
        """Write digits side by side, and wait until they are read."""
        for i, digit in enumerate(digits):
            self.draw(digit, name, x=(i + 1) / (len(digits) + 1), size=0.6)
        self.wait_for_value("".join(map(str, digits)), name)

    def wait_for_value(self, value: str, name: str = "") -> None:
        expect(self.part("value", name)).to_have_value(value)

    def ready(self, name: str = "") -> "HostPage":
        """Wait for the value line."""
        expect(self.part("value", name)).to_be_attached()
        return self

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
