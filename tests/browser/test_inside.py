"""The look inside the network, in the drawer, and what the page says about itself."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.digitpad_page import DIGITS
from tests.browser.serving import ROOT, SITE

DESCRIPTION = json.loads((ROOT / "webapp" / "model" / "description.json").read_text())
SMALL = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "device_scale_factor": 2}
FAILED = "I can't look inside just now. I'll try again with your next stroke."

# The pixels of a canvas, from a copy: Chromium would complain of a second reading.
PIXELS = """((canvas) => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height)
        .getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return copy.getImageData(0, 0, canvas.width, canvas.height).data;
})"""

# Of each canvas of the look inside: its label, its size, and how many colours are on it.
CANVASES = f"""() => [...document.querySelectorAll('[data-testid="inside"] canvas')].map((canvas) => {{
    const colours = new Set(new Uint32Array({PIXELS}(canvas).buffer));
    return {{ label: canvas.getAttribute('aria-label'), width: canvas.width, colours: colours.size }};
}})"""

# How much of the ink is blue (speaks for the digit), and how much is orange (against).
BLUE_AND_ORANGE = f"""() => {{
    const data = {PIXELS}(document.querySelector('[data-part="ink"] canvas'));
    let [blue, orange] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {{
        if (data[i + 3] < 128) continue;
        if (data[i + 2] > data[i] + 40) blue++;
        if (data[i] > data[i + 2] + 40) orange++;
    }}
    return {{ blue, orange }};
}}"""

# Where everything in the drawer stands.
BOXES = """() => [...document.querySelectorAll('[data-testid="drawer"] *')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [element.tagName, x, y, width, height].join(' ');
})"""


def open_drawer(page):
    page.menu.click()
    page.page.get_by_test_id("how").click()
    return page.page.get_by_test_id("inside")


def open_about(page):
    page.menu.click()
    page.page.get_by_test_id("open-about").click()
    about = page.page.get_by_test_id("about")
    expect(about).to_be_visible()
    return about


def look_at(page, digit):
    """Draw a digit on the empty pad, with the drawer open, and wait until all is shown."""
    inside = page.page.get_by_test_id("inside")
    page.draw(DIGITS[digit])
    expect(inside).to_have_attribute("data-heat", "ready")
    return inside


def test_the_drawer_shows_every_layer_and_what_speaks_for_a_digit(open_page, server):
    page = open_page(server.url).wait_until_ready()
    errors = page.record_messages()
    inside = open_drawer(page)
    look_at(page, 4)
    layers = json.loads((SITE / "model" / DESCRIPTION["version"] / "model.json").read_text())
    layers = layers["modelTopology"]["model_config"]["config"]["layers"]
    pictures = [layer["class_name"] for layer in layers if layer["class_name"] in ("Conv2D", "MaxPooling2D")]
    shown = page.page.evaluate(CANVASES)
    assert len(shown) == 1 + len(pictures) + 2  # what it sees, the layers, the features, the answer
    assert all(canvas["label"] and canvas["width"] > 0 and canvas["colours"] > 3 for canvas in shown), shown
    assert shown[1]["label"] == "Edges: 16 pictures of 26 × 26"

    four = page.page.get_by_test_id("inside-digit-4")
    expect(four).to_be_checked()
    found = page.page.evaluate(BLUE_AND_ORANGE)
    assert found["blue"] > 4 * found["orange"] and found["blue"] > 1000, found
    four.focus()
    for _ in range(5):
        page.page.keyboard.press("ArrowRight")
    expect(page.page.get_by_test_id("inside-digit-9")).to_be_checked()
    found = page.page.evaluate(BLUE_AND_ORANGE)
    assert found["orange"] > 4 * found["blue"] and found["orange"] > 1000, found
    expect(inside.locator("canvas").first).to_have_attribute("aria-label", re.compile("against a 9$"))
    assert errors == []


def test_nothing_moves_while_one_draws_and_clear_leaves_nothing(open_page, server):
    page = open_page(server.url).wait_until_ready()
    inside = open_drawer(page)
    look_at(page, 3)
    boxes = page.page.evaluate(BOXES)
    assert len(boxes) > 60
    page.clear.click()
    expect(inside).to_have_attribute("data-heat", "none")
    assert page.page.evaluate(BOXES) == boxes
    first, *maps, _ = page.page.evaluate(CANVASES)
    assert first["colours"] == 1  # paper
    assert all(canvas["colours"] == 2 for canvas in maps), maps  # nothing, and the gaps
    page.draw(DIGITS[8][:1])
    expect(page.prediction).to_have_attribute("data-strokes", "1")
    assert page.page.evaluate(BOXES) == boxes


def test_on_a_small_phone_it_fits_and_fingers_hit(open_page, server):
    page = open_page(server.url, **SMALL).wait_until_ready()
    open_drawer(page)
    look_at(page, 7)
    drawer = page.page.get_by_test_id("drawer")
    wide = drawer.evaluate("element => [element.scrollWidth, element.clientWidth, document.body.scrollWidth]")
    assert wide[0] <= wide[1] and wide[2] <= 320, wide
    for digit in range(10):
        box = drawer.locator("label").nth(digit).bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44, box


def test_without_its_program_it_says_so_and_the_next_stroke_tries_again(open_page, log_server):
    # The worker's part; the page's has this name, too.
    (program,) = [path for path in SITE.glob("assets/inside-*.js") if "inside-digit" not in path.read_text()]
    log_server.damaged[f"/assets/{program.name}"] = "missing"
    page = open_page(log_server.url).wait_until_ready()
    inside = open_drawer(page)
    page.draw(DIGITS[7])
    expect(inside.get_by_role("status")).to_have_text(FAILED)
    assert page.wait_until_read(1) == "7"
    log_server.damaged.clear()
    page.clear.click()
    look_at(page, 7)
    expect(inside.get_by_role("status")).to_have_text("")


def test_about_says_what_the_description_says_without_a_network(open_page, server):
    page = open_page(server.url, kept=True).wait_until_kept()
    errors = page.record_messages()
    page.page.context.set_offline(True)
    about = open_about(page)
    facts = about.get_by_test_id("about-facts").inner_text()
    for figure in (
        DESCRIPTION["version"],
        f"{DESCRIPTION['parameters']:,}",
        f"{DESCRIPTION['sure_enough']:.0%}",
    ):
        assert figure in facts
    read = DESCRIPTION["training"]["accuracy"]["ink_test"] | {
        "mnist": DESCRIPTION["accuracy"]["test"]["quantized"]
    }
    shares = read | {name: DESCRIPTION["refused"][name] for name in ("characters", "nondigits")}
    for name, share in shares.items():
        figure = about.locator(f'figure[data-set="{name}"]')
        wrong = round(1000 * (1 - share))
        expect(figure).to_contain_text(f"{wrong} of 1,000")
        assert marked_squares(figure.locator("canvas")) == wrong
    for each in DESCRIPTION["data_sets"]:
        expect(about).to_contain_text(f"{each['authors']}. {each['licence']}. {each['images']:,} images.")
    page.page.keyboard.press("Escape")
    expect(about).to_have_count(0)
    expect(page.menu).to_be_focused()
    open_drawer(page)
    look_at(page, 2)
    assert errors == []


def marked_squares(canvas) -> int:
    """Count the squares that have the colour of marks."""
    return canvas.evaluate(f"""(canvas) => {{
        const side = canvas.width / (canvas.width / canvas.height > 4 ? 100 : 50);
        const pixels = new Uint32Array({PIXELS}(canvas).buffer);
        const dot = Object.assign(document.createElement('canvas'), {{ width: 1, height: 1 }});
        const context = dot.getContext('2d');
        context.fillStyle = getComputedStyle(canvas).getPropertyValue('--alarm');
        context.fillRect(0, 0, 1, 1);
        const [mark] = new Uint32Array({PIXELS}(dot).buffer);
        const [columns, rows] = [canvas.width / side, canvas.height / side];
        return Array.from({{ length: columns * rows }}, (_, place) => {{
            const [x, y] = [place % columns, Math.floor(place / columns)];
            return pixels[y * side * canvas.width + x * side];
        }}).filter((pixel) => pixel === mark).length;
    }}""")


@pytest.mark.parametrize(("locale", "title"), [("de", "Über Digitpad"), ("es", "Acerca de Digitpad")])
def test_it_speaks_the_language_of_the_page(open_page, server, locale, title):
    page = open_page(server.url, locale=locale).wait_until_ready()
    expect(open_about(page).get_by_role("heading", level=2)).to_have_text(title)
