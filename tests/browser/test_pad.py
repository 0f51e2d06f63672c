"""The pad under real mice, fingers and pens, at any size, zoom and direction, and how the ink looks."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.test_layout import layout_count

TALL, WIDE = {"width": 390, "height": 844}, {"width": 844, "height": 390}


@pytest.fixture
def touch_page(shared_page):
    return shared_page(**PHONE)


def ink(page: DigitpadPage) -> list:
    """The ink in pad units."""
    return page.pad.evaluate("pad => pad.ink")


def at(page: DigitpadPage, x: float, y: float) -> list[float]:
    """A point of the page, in pixels from the sheet's corner."""
    box = page.pad.locator("[part=sheet]").bounding_box()
    return [box["x"] + x, box["y"] + y]


def pen(page: DigitpadPage, kind: str, point: list[float], **more: object) -> None:
    """Move a real pen, or press or lift it."""
    button = {} if kind == "mouseMoved" else {"button": "left", "clickCount": 1}
    event = {"type": kind, "x": point[0], "y": point[1], "pointerType": "pen"} | button | more
    page.devtools.send("Input.dispatchMouseEvent", event)


def draw_with_pen(page: DigitpadPage, *points: list[float]) -> None:
    pen(page, "mousePressed", points[0], buttons=1, force=0.3)
    for point in points[1:]:
        pen(page, "mouseMoved", point, buttons=1, force=0.8)
    pen(page, "mouseReleased", points[-1])


def test_two_fingers_draw_two_strokes_at_a_time(touch_page):
    one, other = at(touch_page, 60, 60), at(touch_page, 200, 60)
    touch_page.touch("touchStart", one)
    touch_page.touch("touchMove", [one[0], one[1] + 30])
    touch_page.touch("touchStart", [one[0], one[1] + 30], other)
    for i in (10, 20, 30):
        touch_page.touch("touchMove", [one[0], one[1] + 30 + i], [other[0] + i, other[1]])
    touch_page.touch("touchEnd")
    expect(touch_page.pad).to_have_attribute("data-strokes", "2")
    first, second = ink(touch_page)
    assert first[0] == pytest.approx([60 / 400, 60 / 400])
    assert second[0] == pytest.approx([200 / 400, 60 / 400])
    assert second[-1] == pytest.approx([230 / 400, 60 / 400])


def tap(page: DigitpadPage, fingers: int, time: float) -> None:
    """Tap with some fingers for a tenth of a second, by the clock of the events."""
    points = [
        {"x": x, "y": y, "id": i}
        for i, (x, y) in enumerate(at(page, 60 + 60 * i, 90) for i in range(fingers))
    ]
    for kind, now, later in (("touchStart", points, 0), ("touchEnd", [], 0.1)):
        event = {"type": kind, "touchPoints": now, "timestamp": time + later}
        page.devtools.send("Input.dispatchTouchEvent", event)


def test_a_tap_of_two_fingers_undoes_and_one_of_three_redoes(touch_page):
    touch_page.draw(DIGITS[4])
    expect(touch_page.pad).to_have_attribute("data-strokes", "2")
    tap(touch_page, 2, 1e9)
    expect(touch_page.pad).to_have_attribute("data-strokes", "1")
    tap(touch_page, 2, 1e9 + 1)
    expect(touch_page.pad).to_have_attribute("data-strokes", "0")
    tap(touch_page, 3, 1e9 + 2)
    expect(touch_page.pad).to_have_attribute("data-strokes", "1")


def test_a_touch_that_the_system_takes_away_is_no_ink(touch_page):
    touch_page.read(4)
    start = at(touch_page, 60, 60)
    touch_page.touch("touchStart", start)
    touch_page.touch("touchMove", [start[0] + 40, start[1]])
    expect(touch_page.pad).to_have_attribute("data-strokes", "3")
    touch_page.touch("touchCancel")
    expect(touch_page.pad).to_have_attribute("data-strokes", "2")
    assert touch_page.pad.evaluate("pad => [pad.drawing, pad.canUndo, pad.canRedo]") == [False, True, False]


def test_after_a_pen_the_palm_leaves_nothing(open_page, server):
    # A page of its own: for seconds after the pen, no finger draws on it.
    touch_page = open_page(server.url, **PHONE).wait_until_ready()
    pad = touch_page.pad
    draw_with_pen(touch_page, at(touch_page, 60, 60), at(touch_page, 60, 160))
    expect(pad).to_have_attribute("data-strokes", "1")
    palm = at(touch_page, 200, 200)
    touch_page.touch("touchStart", palm)
    touch_page.touch("touchMove", [palm[0] + 30, palm[1]])
    touch_page.touch("touchEnd")
    draw_with_pen(touch_page, at(touch_page, 100, 60), at(touch_page, 100, 160))
    expect(pad).to_have_attribute("data-strokes", "2")
    [pressures] = pad.evaluate("pad => pad.history.sheet.slice(1).map(({ pressures }) => pressures)")
    assert pressures == pytest.approx([0.3, 0.8])


ERASE = """(pad, [from, to]) => {
    const at = ([clientX, clientY]) => ({
        clientX, clientY, pointerId: 1, pointerType: 'pen', isPrimary: true,
        button: 5, buttons: 32, bubbles: true });
    pad.dispatchEvent(new PointerEvent('pointerdown', at(from)));
    pad.dispatchEvent(new PointerEvent('pointermove', { ...at(to), button: -1 }));
    const during = [pad.ink.length, pad.drawing, pad.history.sheet.length];
    pad.dispatchEvent(new PointerEvent('pointerup', { ...at(to), buttons: 0 }));
    return during;
}"""


def test_the_eraser_of_a_pen_takes_the_strokes_that_it_touches_in_one_step(ready_page):
    pad = ready_page.pad
    for x in (60, 100, 140):
        ready_page.move([at(ready_page, x, 60), at(ready_page, x, 160)])
    during = pad.evaluate(ERASE, [at(ready_page, 40, 100), at(ready_page, 120, 100)])
    assert during == [1, True, 3]
    expect(pad).to_have_attribute("data-strokes", "1")
    assert ink(ready_page)[0][0] == pytest.approx([140 / 400, 60 / 400])
    ready_page.undo.click()
    expect(pad).to_have_attribute("data-strokes", "3")
    pad.evaluate("pad => pad.redo()")
    expect(pad).to_have_attribute("data-strokes", "1")


def test_the_barrel_button_of_a_pen_does_nothing(ready_page):
    point = at(ready_page, 60, 60)
    pen(ready_page, "mousePressed", point, button="right", buttons=2)
    pen(ready_page, "mouseMoved", [point[0] + 50, point[1]], button="right", buttons=2)
    pen(ready_page, "mouseReleased", [point[0] + 50, point[1]], button="right")
    pen(ready_page, "mouseMoved", point)
    assert ink(ready_page) == []


def test_two_fingers_zoom_the_page_without_ink_and_one_draws_on_it(open_page, server):
    page = open_page(server.url, **PHONE | {"is_mobile": True}).wait_until_ready()
    middle = at(page, 150, 120)

    def fingers(kind: str, apart: float) -> None:
        page.touch(kind, [middle[0] - apart, middle[1]], [middle[0] + apart, middle[1]])

    fingers("touchStart", 20)
    for apart in range(22, 80, 4):
        fingers("touchMove", apart)
    page.touch("touchEnd")
    page.page.wait_for_function("() => visualViewport.scale > 1.2")
    expect(page.pad).to_have_attribute("data-strokes", "0")
    scale = page.page.evaluate("visualViewport.scale")
    page.pad.evaluate("""pad => pad.addEventListener('pointerdown', ({ pageX, pageY }) => {
        globalThis.onPage = [pageX - pad.clientLeft, pageY - pad.clientTop];
        for (let part = pad; part !== null; part = part.offsetParent) {
            onPage[0] -= part.offsetLeft;
            onPage[1] -= part.offsetTop;
        }
    })""")
    page.move([[100, 150], [100, 180], [100, 230]], touch=True)
    expect(page.pad).to_have_attribute("data-strokes", "1")
    assert page.page.evaluate("visualViewport.scale") == scale
    assert page.page.evaluate("visualViewport.offsetLeft + visualViewport.offsetTop") > 0
    start = [pixels / 400 for pixels in page.page.evaluate("onPage")]
    assert ink(page)[0][0] == pytest.approx(start, abs=0.002)


OVER = """pad => {
    const over = document.createElement('div');
    over.className = 'over made';
    Object.assign(over.style, { position: 'absolute', left: '50px', top: '50px' });
    over.append(document.createElement('button'));
    Object.assign(over.firstChild.style, { width: '60px', height: '60px' });
    globalThis.clicks = 0;
    over.firstChild.addEventListener('click', () => globalThis.clicks++);
    pad.append(over);
}"""


@pytest.mark.parametrize("kind", ["mouse", "finger", "pen"])
def test_a_button_on_the_pad_is_clicked_once_and_can_be_drawn_across(shared_page, kind):
    page = shared_page(**PHONE if kind == "finger" else {})
    page.pad.evaluate(OVER)
    draw = {
        "mouse": page.move,
        "finger": lambda points: page.move(points, touch=True),
        "pen": lambda points: draw_with_pen(page, *points),
    }[kind]
    start = at(page, 70, 70)
    draw([start, [start[0] + 5, start[1] + 5]])
    page.page.wait_for_function("() => clicks > 0")
    page.page.evaluate(
        "new Promise(requestAnimationFrame).then(() => new Promise((done) => setTimeout(done)))"
    )
    assert ink(page) == []
    draw([start, [start[0] + 8, start[1]], [start[0] + 60, start[1]]])
    expect(page.pad).to_have_attribute("data-strokes", "1")
    assert ink(page)[0][0] == pytest.approx([70 / 400, 70 / 400], abs=0.003)
    assert page.page.evaluate("clicks") == 1
    page.pad.locator(".made button").focus()
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("clicks") == 2
    page.pad.evaluate("pad => pad.querySelector('.made').remove()")


def in_view(page: DigitpadPage) -> bool:
    """Whether all ink is inside the pad."""
    return page.pad.evaluate("""pad => pad.ink.flat().every(([x, y]) => {
        const at = pad.place({ x, y, width: 0, height: 0 });
        return at.x <= pad.clientWidth + 0.01 && at.y <= pad.clientHeight + 0.01;
    })""")


SCALE = "pad => pad.place({ x: 1, y: 1, width: 1, height: 1 }).width / 400"


def test_a_phone_turned_and_turned_back_keeps_all_ink_in_view(open_page, server):
    page = open_page(server.url, viewport=WIDE, has_touch=True).wait_until_ready()
    pad = page.pad
    width = pad.bounding_box()["width"]
    page.move([at(page, width - 30, 40), at(page, width - 30, 120)], touch=True)
    pad.evaluate(
        "pad => pad.addEventListener('view', () => { globalThis.views = (globalThis.views ?? 0) + 1; })"
    )
    page.page.set_viewport_size(TALL)
    page.page.wait_for_function("() => globalThis.views === 1")
    assert in_view(page)
    assert pad.evaluate(SCALE) < 1
    height = pad.bounding_box()["height"]
    page.move([at(page, 40, height - 60), at(page, 40, height - 5)], touch=True)
    page.page.set_viewport_size(WIDE)
    page.page.wait_for_function("() => globalThis.views === 2")
    assert in_view(page)
    page.clear.click()
    assert pad.evaluate(SCALE) == 1
    pad.evaluate("pad => pad.undo()")
    assert in_view(page)
    assert pad.evaluate(SCALE) < 1


def test_a_stroke_beyond_the_edge_makes_nothing_smaller(ready_page):
    box = ready_page.pad.bounding_box()
    start = at(ready_page, 100, 100)
    ready_page.move([start, [box["x"] + box["width"] + 100, start[1]]])
    ready_page.move([at(ready_page, 50, 50), at(ready_page, 50, 90)])
    ready_page.undo.click()
    expect(ready_page.pad).to_have_attribute("data-strokes", "1")
    assert ready_page.pad.evaluate(SCALE) == 1


def level(page: DigitpadPage, x: float, y: float, canvas: int = 0) -> list[int]:
    """The painted colour, with its opacity, at a place in pixels from the pad's corner."""
    return page.pad.evaluate(
        """async (pad, [x, y, canvas]) => {
            await new Promise(requestAnimationFrame); // painted by now
            const source = pad.shadowRoot.querySelectorAll('canvas')[canvas];
            const copy = new OffscreenCanvas(1, 1).getContext('2d');
            const { width, height } = source.getBoundingClientRect();
            copy.drawImage(source, -x * source.width / width, -y * source.height / height);
            return [...copy.getImageData(0, 0, 1, 1).data];
        }""",
        [x, y, canvas],
    )


def test_from_right_to_left_the_ink_is_where_the_pen_was(ready_page):
    ready_page.page.evaluate("document.documentElement.dir = 'rtl'")
    try:
        ready_page.page.mouse.click(*at(ready_page, 40, 60))
        assert ink(ready_page)[0][0] == pytest.approx([40 / 400, 60 / 400])
        assert level(ready_page, 40, 60)[3] == 255
        placed = ready_page.pad.evaluate("pad => pad.place({ x: 0.1, y: 0.15, width: 0, height: 0 })")
        assert placed == {"x": 40, "y": pytest.approx(60), "width": 0, "height": 0}
    finally:
        ready_page.page.evaluate("document.documentElement.dir = ''")


def test_a_dot_is_round_and_as_wide_as_the_pen(ready_page):
    ready_page.page.mouse.click(*at(ready_page, 100, 100))
    radius = 6.5 if ready_page.pad.bounding_box()["height"] >= 300 else 5
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7)):
        inside, outside = radius - 2, radius + 1.5
        assert level(ready_page, 100 + inside * x, 100 + inside * y)[3] > 200
        assert level(ready_page, 100 + outside * x, 100 + outside * y)[3] == 0


def test_ink_has_the_users_colours_and_is_dark_on_paper(ready_page):
    page, point = ready_page.page, at(ready_page, 100, 100)
    page.mouse.click(*point)

    def colour() -> list[int]:
        return level(ready_page, 100, 100)

    try:
        assert max(colour()[:3]) < 100
        page.emulate_media(color_scheme="dark")
        assert min(colour()[:3]) > 150
        page.emulate_media(color_scheme="dark", media="print")
        assert max(colour()[:3]) < 100
        page.emulate_media(color_scheme="dark", media="screen")
        assert min(colour()[:3]) > 150
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert max(colour()[:3]) < 100
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert min(colour()[:3]) > 150
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme, forced_colors="active")
            expected = page.evaluate("""() => {
                const probe = document.body.appendChild(document.createElement('i'));
                probe.style.cssText = 'color: CanvasText';
                const found = getComputedStyle(probe).color.match(/[0-9]+/g).map(Number);
                probe.remove();
                return found;
            }""")
            assert colour()[:3] == expected[:3]
    finally:
        page.emulate_media(color_scheme="light", forced_colors="none", media="screen")


# Something else on the page changes before each movement: whoever then asks for a place pays for a layout.
STROKE_ON_A_CHANGING_PAGE = """(pad, points) => {
    const event = (type, [clientX, clientY]) => new PointerEvent(type, {
        clientX, clientY, pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true });
    const deaf = (event) => event.stopImmediatePropagation(); // what others do with the ink is not counted
    addEventListener('ink', deaf, true);
    for (const [i, point] of points.entries()) {
        document.body.style.paddingLeft = `${1 + i % 2}px`;
        pad.dispatchEvent(event(i === 0 ? 'pointerdown' : 'pointermove', point));
    }
    pad.dispatchEvent(event('pointerup', points.at(-1)));
    removeEventListener('ink', deaf, true);
    document.body.style.paddingLeft = '';
}"""


def test_a_stroke_lays_the_page_out_no_more_than_once(ready_page):
    ready_page.devtools.send("Performance.enable")

    [stroke] = ready_page.place(DIGITS[3])
    assert len(stroke) > 20
    # Nor is what the page does with readings.
    ready_page.pad.evaluate(
        "pad => { globalThis.reader = pad.recognizer; pad.recognizer = new Promise(() => {}); }"
    )
    try:
        ready_page.pad.evaluate(STROKE_ON_A_CHANGING_PAGE, stroke)  # the first one brings a canvas
        before = layout_count(ready_page)
        ready_page.pad.evaluate(STROKE_ON_A_CHANGING_PAGE, stroke)
        assert (
            1 <= layout_count(ready_page) - before <= 2
        )  # at the start of the stroke, and for the next frame
    finally:
        ready_page.pad.evaluate("pad => { pad.recognizer = reader; }")


LONG = """async pad => {
    const { left, top } = pad.getBoundingClientRect();
    const event = (type, i) => new PointerEvent(type, {
        clientX: left + 20 + i % 200, clientY: top + 20 + (i >> 3) % 100,
        pointerId: 1, pointerType: 'mouse', isPrimary: true, bubbles: true });
    const hand = Path2D.prototype.quadraticCurveTo;
    let curves = 0;
    Path2D.prototype.quadraticCurveTo = function (...given) { curves++; hand.apply(this, given); };
    const frames = [];
    pad.dispatchEvent(event('pointerdown', 0));
    for (let i = 1; i <= 24_000; i++) {
        pad.dispatchEvent(event('pointermove', i));
        if (i % 200) continue;
        curves = 0;
        await new Promise(requestAnimationFrame);
        frames.push(curves);
    }
    pad.dispatchEvent(event('pointerup', 24_000));
    Path2D.prototype.quadraticCurveTo = hand;
    pad.clear();
    return frames;
}"""


def test_a_long_stroke_costs_no_more_to_paint_at_its_end(ready_page):
    ready_page.page.evaluate(
        "addEventListener('ink', globalThis.stop = (e) => e.stopImmediatePropagation(), true)"
    )
    try:
        frames = ready_page.pad.evaluate(LONG)
    finally:
        ready_page.page.evaluate("removeEventListener('ink', stop, true)")
    assert len(frames) == 120
    assert 0 < max(frames[-20:]) <= 1.5 * max(frames[2:22])


@pytest.mark.slow
def test_a_stroke_of_very_many_points_is_read_soon(ready_page):
    """A wide zigzag, each point of it a corner: the reader must neither stop nor take it for a number."""
    zigzag = [[[i / 10, 60 * (i % 2)] for i in range(24_000)]]
    ready_page.draw(zigzag, size=0.9)
    assert ready_page.wait_until_read(1) == "?"
    expect(ready_page.status).to_have_attribute("data-state", "ready")
