"""What pads load, and when; what they cost while nobody uses them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.serving import SITE
from webapp.build.first_visit import files_of_first_visit

FAR = '<div style="height: 5000px"></div><digit-pad name="code"></digit-pad>'
LOADED = "performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1))"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
HEAVY = re.compile(r"recognizer-|\.bin|valueLine-|inkLayers-")


def heavy(host) -> list[str]:
    return [name for name in host.page.evaluate(LOADED) if HEAVY.search(name)]


def test_far_away_it_loads_nothing_and_near_it_loads_all(open_host):
    host = open_host(FAR)
    host.page.wait_for_function("() => customElements.get('digit-pad') !== undefined")
    host.page.evaluate(TWO_FRAMES)
    assert heavy(host) == []
    assert host.get("[pad.shadowRoot.querySelector('canvas'), pad.checkValidity()]") == [None, True]
    host.page.evaluate("scrollTo(0, 4000)")
    host.ready()
    host.write(4)
    assert len(heavy(host)) >= 4


def test_beside_a_pad_that_is_near_others_wait_until_they_are_almost_seen(open_host):
    gap = '<div style="height: 1200px"></div>'
    host = open_host(f'<digit-pad name="a"></digit-pad>{gap}<digit-pad name="b"></digit-pad>')
    host.ready("a")
    below = "(pad.getBoundingClientRect().top - innerHeight) / innerHeight"
    assert 0.25 < host.get(below, "b") < 1
    for _ in range(2):
        host.page.evaluate(TWO_FRAMES)
    assert host.part("value", "b").count() == 0
    host.page.evaluate("scrollTo(0, 500)")
    host.ready("b")
    assert 0 < host.get(below, "b") < 0.25


def test_the_model_is_on_its_way_before_the_program_that_asks_for_it_and_comes_once(open_host, log_server):
    module = f"{log_server.url}api/digitpad.js"
    host = open_host(FAR, module=module)
    held = []
    host.page.route("**/recognizer-*.js", lambda route: held.append(route))
    host.page.evaluate("scrollTo(0, 4000)")
    model = [f"/{name}" for name in files_of_first_visit(SITE) if name.startswith("model/")]
    assert len(model) > 1
    assert log_server.not_asked_for(host.page, *model) == []
    assert len(held) == 1
    held[0].continue_()
    host.ready()
    host.write(4)
    assert [path for path in model if log_server.paths().count(path) != 1] == []
    assert host.errors == []


def test_a_pad_that_is_focused_by_a_script_loads(open_host):
    host = open_host(FAR)
    host.page.wait_for_function("() => customElements.get('digit-pad') !== undefined")
    host.get("void pad.focus({ preventScroll: true })")
    host.ready()
    expect(host.part("value")).to_be_focused()
    host.press("5")
    assert host.value() == "5"


def test_ink_from_before_the_recognizer_is_there_is_read_then_and_is_no_value_until_then(open_host):
    host = open_host('<form><digit-pad name="code"></digit-pad></form>')
    host.ready()
    held = []
    host.page.route("**/*shard1*.bin", lambda route: held.append(route))
    host.page.reload()
    host.ready()
    host.draw(7)
    assert host.get("[pad.value, pad.validity.badInput, pad.validationMessage]") == [
        "", True, "I have not read this yet. Wait a moment.",
    ]  # fmt: skip
    while not held:
        host.page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    host.wait_for_value("7")
    assert host.get("pad.checkValidity()") is True


def test_pads_share_a_recognizer_which_ends_with_the_last_of_them_and_comes_back(open_host):
    host = open_host('<digit-pad name="a"></digit-pad><digit-pad name="b"></digit-pad>')
    host.ready("a").ready("b")
    host.write(4, name="a")
    host.write(7, name="b")
    assert host.page.evaluate(MODELS) == 1
    more = []
    host.page.on("request", lambda request: more.append(request) if "model.json" in request.url else None)
    host.page.clock.install()
    host.pad("a").evaluate("pad => pad.remove()")
    host.page.clock.fast_forward(60_000)
    for name, seconds, models in (("b", 4, 0), ("c", 6, 1)):  # it is kept for five, as pads move
        host.pad(name).evaluate("pad => pad.remove()")
        host.page.clock.fast_forward(1000 * seconds)
        host.page.clock.resume()
        host.mount('<digit-pad name="c"></digit-pad>')
        host.ready("c")
        host.write(5, name="c")
        assert len(more) == models


# A recognizer fetches its model once.
MODELS = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('model.json')).length"


def test_a_recognizer_of_the_page_is_used_instead_of_an_own_one(open_host, server):
    head = f"""<script type="module">
        import {{ createRecognizer }} from '{server.url}api/digitpad.js';
        const pad = document.querySelector('digit-pad');
        globalThis.given = createRecognizer();
        pad.recognizer = given;
    </script>"""
    host = open_host('<digit-pad name="code"></digit-pad>', head=head)
    host.ready()
    host.write(4)
    assert host.page.evaluate(MODELS) == 1
    assert host.get("pad.recognizer === given") is True


def test_where_reading_fails_one_types_and_the_next_stroke_tries_again(open_host):
    host = open_host()
    host.page.route("**/*.bin", lambda route: route.abort())
    host.mount('<digit-pad name="code"></digit-pad>')
    message = host.ready().part("message")
    expect(message).to_have_text("I can’t read now, so type the digits. I’ll try again.")
    assert [name for _, name, _ in host.heard("error") if name] == ["code"]
    host.part("value").press("4")
    assert host.value() == "4"
    host.page.unroute("**/*.bin")
    host.draw(7)
    host.wait_for_value("47")
    expect(message).to_be_hidden()


def test_where_the_program_does_not_come_the_page_is_told_and_one_types(open_host):
    host = open_host()
    host.page.route("**/recognizer-*", lambda route: route.abort())
    host.mount('<digit-pad name="code"></digit-pad>')
    host.ready().part("value").press("5")
    assert host.value() == "5"
    expect(host.part("message")).to_have_text("I can’t read now, so type the digits. I’ll try again.")
    assert "code" in [name for _, name, _ in host.heard("error")]


def test_with_its_value_line_a_pad_is_as_high_as_before_and_holds_all_its_parts(host):
    host.mount("")
    heights = """() => {
        const pad = Object.assign(document.createElement('digit-pad'), { name: 'code' });
        pad.style.height = '120px'; // less than it needs
        document.body.append(pad);
        const { clientHeight, scrollHeight } = pad;
        return [clientHeight, scrollHeight];
    }"""
    before, inside = host.page.evaluate(heights)
    assert inside == before
    host.ready("code")
    assert host.get("[pad.clientHeight, pad.scrollHeight]", "code") == [before, before]


@pytest.fixture
def many(open_host):
    pads = '<digit-pad name="code" digits="4" required></digit-pad>' * 100
    return open_host(f"<form>{pads}</form>").ready()


def test_100_idle_pads_run_no_task(many):
    devtools = many.page.context.new_cdp_session(many.page)
    many.write(4)  # the recognizer is there
    devtools.send("Performance.enable")

    def spent() -> dict[str, float]:
        metrics = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
        return {name: metrics[name] for name in ("ScriptDuration", "LayoutCount", "RecalcStyleCount")}

    many.page.evaluate(TWO_FRAMES)
    before = spent()
    many.page.wait_for_timeout(1000)  # what is measured is a time in which nothing happens
    assert spent() == before
    assert (many.page.evaluate(MODELS), many.page.workers) == (1, [])
