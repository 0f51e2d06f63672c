"""`<digit-pad>` as assistive technology finds it: names, contrast, targets, focus."""

import pytest
from playwright.sync_api import expect

from tests.browser.element.host_page import HostPage
from tests.browser.test_accessibility import AXE, VIOLATIONS

BODY = """<main><h1>Form</h1><form>
<p><label for="a">Code</label>
<digit-pad id="a" name="code" digits="4" required placeholder="Write here"></digit-pad></p>
<p><digit-pad name="other" aria-label="Other" value="12"></digit-pad></p>
<p><digit-pad name="off" aria-label="Off" disabled></digit-pad></p>
<digit-pad name="bare" aria-label="Bare" bare></digit-pad><button>Send</button></form></main>"""


def names(host: HostPage) -> list[tuple[str, str]]:
    """Role and name of what a screen reader finds in the first pad, without texts."""
    nodes = host.page.context.new_cdp_session(host.page).send("Accessibility.getFullAXTree")["nodes"]
    found = [(node.get("role", {}).get("value"), node.get("name", {}).get("value")) for node in nodes]
    return [pair for pair in found if pair[0] in ("textbox", "button", "group")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_host, scheme):
    # axe takes a page without a background for a white one.
    head = "<style>html { color-scheme: light dark; background: Canvas; color: CanvasText; }</style>"
    host = open_host(BODY, head=head, color_scheme=scheme)
    host.ready("code")
    host.page.get_by_role("button", name="Send").click()
    expect(host.part("message", "code")).to_be_visible()
    host.page.evaluate(AXE.read_text("utf-8"))
    assert host.page.evaluate(VIOLATIONS) == []
    assert host.errors == []


def test_targets_are_large_enough_and_the_order_of_focus_is_that_of_use(host):
    host.mount(BODY)
    host.ready("other")
    for part in ("value", "undo", "clear"):
        box = host.part(part, "code").bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44, part
    host.page.locator("label").click()
    expect(host.part("value", "code")).to_be_focused()
    stops = []
    for _ in range(7):
        stops.append(
            host.page.evaluate("""() => {
            const { activeElement: at } = document;
            return at.shadowRoot ? `${at.name} ${at.shadowRoot.activeElement.part}` : at.localName;
        }""")
        )
        host.press("Tab")
    parts = ("value", "undo", "clear")
    assert stops == [*(f"code {part}" for part in parts), *(f"other {part}" for part in parts), "button"]


def test_forced_colours_keep_lines_and_text(open_host):
    host = open_host(BODY, forced_colors="active").ready("code")
    assert host.part("sheet", "code").evaluate("sheet => getComputedStyle(sheet).borderTopStyle") == "solid"
    grey = host.part("undo", "off").evaluate("button => getComputedStyle(button).color")
    assert grey != host.part("value", "code").evaluate("line => getComputedStyle(line).color")
    icon = host.part("undo", "off").evaluate("button => getComputedStyle(button.firstChild).backgroundColor")
    assert icon == grey
