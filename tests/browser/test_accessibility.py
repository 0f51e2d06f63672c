"""axe-core finds nothing, in every state of the page."""

import pytest

from tests.browser.serving import ROOT
from tests.browser.states import STATES

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (360, 740), "small": (320, 568), "desktop": (1280, 800)}

# What is wrong: the rule, and the elements.
VIOLATIONS = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}"""


QUICK = [("phone", "dark")]
ALL = [(size, scheme) for size in SIZES for scheme in ("light", "dark")]


@pytest.mark.parametrize(
    ("size", "scheme"), [pytest.param(*one, marks=[] if one in QUICK else pytest.mark.slow) for one in ALL]
)
def test_axe_finds_nothing_in_any_state(open_page, server, size, scheme):
    width, height = SIZES[size]
    screen = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    page = open_page(server.url, reduced_motion="reduce", kept=True, **screen).wait_until_kept()
    page.page.evaluate(AXE.read_text("utf-8"))
    for name, show in STATES.items():
        show(page)
        assert page.page.evaluate(VIOLATIONS) == [], name
