"""Nothing but the person moves the sheet; all that is needed is in view, at every size of the window."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DRAW, SCRIBBLE, DigitpadPage
from tests.browser.written import in_a_row, largest, written
from webapp.build.first_visit import BUDGETS

SIZES = [(360, 740), (1280, 800)]
MORE = [(320, 256), (844, 390), (320, 568), (640, 400), (768, 1024), (2560, 1440)]
NEEDED = ("pad", "prediction", "bars", "menu", "undo", "redo", "clear")

# Layout shifts that no input excuses: what moves by itself.
SHIFTS = """globalThis.shifts = [];
new PerformanceObserver((list) => {
    const place = ({ x, y, width, height }) => [x, y, width, height];
    const nodes = ({ sources }) => sources.map(({ node, previousRect, currentRect }) => [
        node?.outerHTML ?? node?.data, place(previousRect), place(currentRect)]);
    for (const shift of list.getEntries()) shifts.push([shift.startTime, shift.value, nodes(shift)]);
}).observe({ type: 'layout-shift', buffered: true });"""

IN_VIEW = """(names) => names.filter((name) => {
    const element = document.querySelector(`[data-testid="${name}"]`);
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5 || right - left < 1;
})"""

# Pairs of the page's parts that lie over each other, but for what is made to lie over the sheet.
OVERLAPS = """() => {
    const parts = ['.head', '.sheet', '.chart', '.history', '.pictures-tools', '.drawer'];
    const boxes = parts.map((part) => document.querySelector(part).getBoundingClientRect());
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
    return parts.flatMap((one, i) => parts.slice(i + 1).filter((other, k) => meet(boxes[i], boxes[i + 1 + k])
        && !(one === '.sheet' && /tools|history/.test(other))).map((other) => `${one} ${other}`));
}"""


# Notes the sheet's box with each frame.
WATCH = """() => {
    globalThis.boxes = new Set();
    const pad = document.querySelector('[data-testid="pad"]');
    const look = () => {
        boxes.add(JSON.stringify(pad.getBoundingClientRect()));
        requestAnimationFrame(look);
    };
    look();
}"""


MOVING = {"reduced_motion": "no-preference"}


def draw(page: DigitpadPage, strokes) -> None:
    """Draw with a real mouse."""
    page.draw_by_pointer([stroke[::3] + stroke[-1:] for stroke in strokes], size=largest(page, strokes, 0.6))


@pytest.mark.parametrize(
    ("width", "height"), [*SIZES, *(pytest.param(*size, marks=pytest.mark.slow) for size in MORE)]
)
def test_the_sheet_stays_where_it_is_and_everything_is_in_view(open_page, server, width, height):
    screen = {"viewport": {"width": width, "height": height}, "has_touch": width < 900}
    page = open_page(server.url, script=SHIFTS, kept=True, **screen, **MOVING).wait_until_kept()
    first = page.pad.bounding_box()
    page.page.evaluate(WATCH)
    strokes = written("2026")
    draw(page, strokes)
    assert page.wait_until_read(len(strokes)) == "2026"
    assert page.page.evaluate(IN_VIEW, NEEDED) == []
    assert page.page.evaluate(OVERLAPS) == []
    page.clear.click()
    strokes = [stroke for digit in in_a_row([SCRIBBLE, *[written("8")] * 2]) for stroke in digit]
    draw(page, strokes)  # with words on what it may be
    page.wait_until_read(len(strokes))
    page.select(0)
    assert len(page.page.evaluate("[...boxes]")) == 1
    assert page.page.evaluate("shifts") == []
    assert page.page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [width, width]
    assert first["width"] * first["height"] > 0.4 * width * height, "the sheet is the page"


# When the page had arrived, and when some content was painted first, both in ms since it was asked for.
ARRIVED_AND_PAINTED = """() => [performance.getEntriesByType('navigation')[0].responseEnd,
    performance.getEntriesByName('first-contentful-paint')[0].startTime]"""


def test_nothing_shows_before_the_whole_page_is_there(open_page, log_server):
    log_server.damaged["/index.html"] = "late"
    page = open_page(log_server.url, **MOVING).wait_until_ready()
    arrived, painted = page.page.evaluate(ARRIVED_AND_PAINTED)
    assert arrived <= painted


def test_a_stroke_costs_few_layouts(open_page, server):
    page = open_page(server.url, kept=True, **MOVING).wait_until_kept()
    page.devtools.send("Performance.enable")
    page.read(1)  # what comes with the first reading is there
    page.clear.click()
    counts = [layout_count(page)]
    strokes = written("2026")
    for number, stroke in enumerate(page.place(strokes, size=largest(page, strokes, 0.6)), 1):
        page.page.evaluate(DRAW, [stroke])
        expect(page.prediction).to_have_attribute("data-strokes", str(number))
        counts.append(layout_count(page))
    costs = np.diff(counts)
    assert 0 < costs.min() <= costs.max() <= BUDGETS["stroke, layouts"], costs


def layout_count(page):
    """How often the page has laid out its boxes, once the next frames are painted."""
    page.page.evaluate(
        "() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))"
    )
    metrics = page.devtools.send("Performance.getMetrics")["metrics"]
    return next(int(metric["value"]) for metric in metrics if metric["name"] == "LayoutCount")


@pytest.mark.parametrize("zoom", [2, 4])
def test_nothing_is_lost_when_the_page_is_zoomed(open_page, server, zoom):
    page = open_page(server.url, viewport={"width": 1280 // zoom, "height": 1024 // zoom}).wait_until_ready()
    assert page.page.evaluate(IN_VIEW, ["pad", "bars", "menu", "upload"]) == []
