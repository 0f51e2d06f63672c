"""Recognizers of api/digitpad.js share model and worker: one download, learning kept apart, all is freed."""

import base64
import hashlib
import io
import json
import re
import shutil

import numpy as np
import pytest

from tests.browser.digitpad_page import DIGITS
from tests.browser.heaps import READ, Heaps
from tests.browser.pictures.drawn import rows
from tests.browser.workers import COUNT_MESSAGES, WATCH_WASM_MEMORY
from webapp.build.first_visit import BUDGETS

CREATE = """async (names) => {
    const made = await Promise.all(names.map(() => digitpad.createRecognizer()));
    names.forEach((name, i) => { globalThis[name] = made[i]; });
}"""

# How a promise ends: 'answered', or the error's name, code, and whether it has its class. And work that is
# too long for the page.
OUTCOME = """() => {
    globalThis.work = (recognizer) => recognizer.classify(new Float32Array(9 * 784));
    const told = (error) => [error.name, error.code, error instanceof digitpad[error.name]];
    globalThis.outcome = (promise) => promise.then(() => 'answered', told);
}"""

LEARN = """(ink) => Promise.all(['a', 'b', 'c'].map((id) => one.learn({ add: [{ id, label: 4, ink }] })))"""

# Not by readInk, which remembers the probabilities of the ink before. Of one image, on the page, and of nine,
# in the worker.
PROBABILITIES = """(ink) => {
    const pixels = digitpad.rasterizeInk(ink);
    const nine = Float32Array.from({ length: 9 * 784 }, (_, i) => pixels[i % 784]);
    const probabilities = async (recognizer) =>
        [...await recognizer.classify(pixels), ...(await recognizer.classify(nine)).subarray(0, 10)];
    return Promise.all([one, other].map(probabilities));
}"""


@pytest.fixture
def open_host(open_page):
    """Open another page of a host, with the module as the global `digitpad`; no recognizer is made."""

    def open_host(url, site=None):
        page = open_page().page
        page.goto(url)
        module = f"{site or page.evaluate('location.origin')}/api/digitpad.js"
        page.evaluate(f"import('{module}').then((module) => {{ globalThis.digitpad = module; }})")
        page.evaluate(OUTCOME)
        return page

    return open_host


@pytest.fixture
def host(open_host, server):
    return open_host(server.url + "api/none")


def wait_for_workers(page, count):
    """Wait until the page has so many workers: Playwright hears of a worker's end a moment later."""
    for _ in range(1800):  # frames, half a minute of them
        if len(page.workers) == count:
            return
        page.evaluate("() => new Promise(requestAnimationFrame)")
    pytest.fail(f"The page has {len(page.workers)} workers, not {count}.")


def test_recognizers_made_at_once_share_one_download_and_start_a_worker_with_the_first_long_work(
    open_host, log_server, site
):
    page = open_host(log_server.url + "api/none")
    heard = page.evaluate("""async () => {
        const heard = Array.from({ length: 5 }, () => []);
        const make = (progress) => digitpad.createRecognizer({ onProgress: (now) => progress.push(now) });
        globalThis.made = await Promise.all(heard.map(make));
        return heard;
    }""")
    fetched = [path for path in log_server.paths() if re.search(r"/model/|/(worker|entry)", path)]
    model = [*site.glob("model/*/*.json"), *site.glob("model/*/*.bin")]
    assert len(fetched) == len(set(fetched)) == len(model)
    for progress in heard:
        loaded = [each["loaded"] for each in progress]
        assert loaded == sorted(set(loaded)), "it grows"
        assert progress[-1]["loaded"] == progress[-1]["total"] > 100_000
    read = page.evaluate(
        "(ink) => Promise.all(made.map(async (one) => (await one.readInk(ink)).text))", DIGITS[5]
    )
    assert read == ["5"] * 5
    assert page.workers == []
    page.evaluate("async () => { made.push(await digitpad.createRecognizer({ baseUrl: '/' })); }")
    page.evaluate("() => Promise.all(made.map(work))")
    assert len(page.workers) == 1, "the same site, by its address"


def test_what_one_learns_changes_no_other_and_goes_with_it(host):
    host.evaluate(CREATE, ["one", "other"])
    before = host.evaluate(PROBABILITIES, DIGITS[9])
    assert before[0] == before[1]
    host.evaluate(LEARN, DIGITS[9])
    learnt, same = host.evaluate(PROBABILITIES, DIGITS[9])
    assert learnt[4] > before[0][4] and learnt[14] > before[0][14] and same == before[1]
    assert host.evaluate("other.validateLearning()") is None
    host.evaluate("other.useLearnt(false)")
    assert host.evaluate(PROBABILITIES, DIGITS[9]) == [learnt, same]
    host.evaluate("one.dispose()")
    host.evaluate(CREATE, ["one"])
    assert host.evaluate(PROBABILITIES, DIGITS[9]) == before


def test_one_that_learns_while_it_is_disposed_of_disturbs_no_other(host):
    host.evaluate(CREATE, ["one", "other"])
    held = []
    host.route("**/replay-*.bin", lambda route: held.append(route))
    host.evaluate(
        "(ink) => { globalThis.learning = outcome(one.learn({ add: [{ id: 'a', label: 4, ink }] })); }",
        DIGITS[9],
    )
    while not held:  # then the worker is about to learn
        host.evaluate("() => new Promise(requestAnimationFrame)")
    host.evaluate("one.dispose()")
    assert host.evaluate("learning") == ["DisposedError", "disposed", True]
    held[0].continue_()
    host.evaluate("(ink) => other.learn({ add: [{ id: 'a', label: 9, ink }] })", DIGITS[9])
    assert host.evaluate("(ink) => other.readInk(ink).then(({ text }) => text)", DIGITS[9]) == "9"


def test_a_reading_sends_no_message_and_leaves_nothing(host):
    host.evaluate(f"() => {{ {COUNT_MESSAGES} {WATCH_WASM_MEMORY} }}")
    host.evaluate(CREATE, ["living"])
    host.evaluate("work(living)")  # a worker is there, and none is asked
    heaps = Heaps(host)
    heaps.settle(workers=1)

    def state(first, times):
        """Read; return the messages so far, the objects and bytes of the page, and those of WASM."""
        host.evaluate(READ, {"first": first, "times": times, "inks": list(DIGITS.values())})
        messages, wasm = host.evaluate("[messages, wasmBytes()]")
        return messages, heaps.sum_of("Object", "() => 1"), 1e6 * heaps.megabytes(), wasm

    before = state(0, 300)  # by then the program is compiled
    messages, objects, left, wasm = np.subtract(state(300, 500), before)
    assert before[0] > 0 and before[-1] > 0
    assert messages / 500 <= BUDGETS["reading, messages"]
    assert objects <= BUDGETS["500 readings, objects left on the page"]
    assert left <= BUDGETS["500 readings, bytes left on the page"]
    assert wasm <= BUDGETS["500 readings, bytes of WASM memory more"]


def test_the_last_one_ends_the_worker_and_the_next_one_starts_it_again(host):
    host.evaluate(CREATE, ["one", "other"])
    host.evaluate("work(one)")
    [worker] = host.workers
    host.evaluate("one.dispose()")
    assert host.evaluate("work(other).then(({ length }) => length)") == 90
    assert host.workers == [worker]
    host.evaluate("() => { other.dispose(); other.dispose(); }")
    wait_for_workers(host, 0)
    host.evaluate(CREATE, ["one"])
    assert host.evaluate("(ink) => one.readInk(ink).then(({ text }) => text)", DIGITS[8]) == "8"
    assert host.evaluate("work(one).then(({ length }) => length)") == 90
    assert len(host.workers) == 1


def test_nothing_of_ended_workers_stays_on_the_page(host):
    host.evaluate("""async () => {
        for (let i = 0; i < 3; i++) {
            const recognizer = await digitpad.createRecognizer();
            await work(recognizer);
            recognizer.dispose();
        }
    }""")
    devtools = host.context.new_cdp_session(host)
    prototype = devtools.send("Runtime.evaluate", {"expression": "Worker.prototype"})["result"]["objectId"]

    def workers():
        devtools.send("HeapProfiler.collectGarbage")
        found = devtools.send("Runtime.queryObjects", {"prototypeObjectId": prototype})["objects"]["objectId"]
        count = {"functionDeclaration": "function () { return this.length; }", "returnByValue": True}
        number = devtools.send("Runtime.callFunctionOn", {"objectId": found, **count})["result"]["value"]
        devtools.send("Runtime.releaseObject", {"objectId": found})
        return number

    counts = []
    while not counts or (counts[-1] > 0 and len(counts) < 50):  # finalizers run some time after a collection
        counts.append(workers())
        host.evaluate("() => new Promise(requestAnimationFrame)")
    assert counts[-1] == 0, counts


def test_none_gets_a_worker_that_is_about_to_end(host):
    read = """async (ink) => {
        const make = () => digitpad.createRecognizer();
        const readings = [];
        const first = await make();
        await work(first);
        const second = make();      // while the first is the last one
        first.dispose();
        readings.push(await work(await second));
        (await second).dispose();
        const third = make();       // right after the last one
        readings.push(await work(await third), (await (await third).readInk(ink)).text);
        return readings.map((found) => found.length === 90 || found);
    }"""
    assert host.evaluate(read, DIGITS[2]) == [True, True, "2"]
    wait_for_workers(host, 1)


def test_a_worker_that_dies_ends_all_and_the_next_one_starts_anew(host):
    host.evaluate(CREATE, ["one", "other"])
    host.evaluate("work(one)")
    [worker] = host.workers
    # It dies in place of its next answer.
    worker.evaluate("() => { postMessage = () => setTimeout(() => { throw new Error('made to die'); }); }")
    stopped = ["StoppedError", "stopped", True]
    calls = "[one, other].map((recognizer) => outcome(work(recognizer)))"
    assert host.evaluate(f"Promise.all({calls})") == [stopped, stopped]
    assert host.evaluate("(ink) => outcome(other.readInk(ink))", DIGITS[3]) == stopped
    wait_for_workers(host, 0)
    host.evaluate(CREATE, ["third"])  # while the others are still held
    host.evaluate("() => { one.dispose(); other.dispose(); }")
    assert host.evaluate("(ink) => third.readInk(ink).then(({ text }) => text)", DIGITS[3]) == "3"
    assert host.evaluate("work(third).then(({ length }) => length)") == 90
    assert len(host.workers) == 1


def as_text(image):
    """A picture as PNG in base64."""
    image.save(content := io.BytesIO(), "PNG")
    return base64.b64encode(content.getvalue()).decode()


def test_pictures_of_one_that_is_disposed_of_stop_and_those_of_others_are_read(host):
    host.evaluate(CREATE, ["one", "other"])
    read = """async ([large, small]) => {
        const file = (text) => new Blob([Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0))]);
        const [page, line] = [file(large), file(small)];
        let heard = 0;
        let stopped;
        const begun = new Promise((resolve) => {
            stopped = outcome(one.readImage(page, { onProgress: () => { heard++; resolve(); } }));
        });
        const waiting = outcome(one.readImage(line));
        const others = other.readImage(line);
        await begun;
        one.dispose();
        const before = heard;
        const outcomes = await Promise.all([stopped, waiting]);
        return [outcomes, (await others).text, heard === before];
    }"""
    large, small = rows(*["1234567890"] * 30, height=40), rows("52")
    disposed = ["DisposedError", "disposed", True]
    assert host.evaluate(read, [as_text(large), as_text(small)]) == [[disposed, disposed], "52", True]


def test_one_waits_for_a_file_that_is_missing_and_another_is_told(open_host, log_server, site):
    [shard] = [path.name for path in site.glob("model/*/group1-shard2of*.bin")]
    [folder] = [path.name for path in (site / "model").iterdir()]
    log_server.damaged[f"/model/{folder}/{shard}"] = "missing"
    page = open_host(log_server.url + "api/none")
    told = page.evaluate("""async () => {
        let goOn;
        let troubles = 0;
        const heard = [];
        globalThis.repaired = () => goOn();
        const wait = (error) => new Promise((resolve) => { troubles++; goOn = resolve; });
        globalThis.waiting = digitpad.createRecognizer({
            onTrouble: wait, onProgress: ({ loaded }) => heard.push(loaded),
        });
        const told = await outcome(digitpad.createRecognizer());
        while (troubles === 0) await new Promise((resolve) => setTimeout(resolve));
        return [told, heard.length > 0];
    }""")
    assert told == [["ModelLoadError", "missing", True], True]
    log_server.damaged.clear()
    before = len(log_server.log)
    read = "async (ink) => { repaired(); return (await (await waiting).readInk(ink)).text; }"
    assert page.evaluate(read, DIGITS[6]) == "6"
    again = [path for path in log_server.paths()[before:] if "/model/" in path]
    assert again == [f"/model/{folder}/{shard}"]


def test_a_site_with_another_model_is_named(open_host, plain_host, start_server, server, site, tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html><title>Another page</title>")
    host = open_host(plain_host(tmp_path).url, server.url.rstrip("/"))
    shutil.copytree(site, tmp_path / "site")
    [model] = (tmp_path / "site" / "model").iterdir()
    model.rename(model.with_name("0123456789ab"))
    (tmp_path / "site" / "api" / "version.json").write_text('{"api": 1, "model": "0123456789ab"}')
    other = start_server(tmp_path / "site").url
    found = host.evaluate(
        """async (baseUrl) => {
            const error = await digitpad.createRecognizer({ baseUrl }).catch((caught) => caught);
            return [await outcome(Promise.reject(error)), error.values, error.message];
        }""",
        other,
    )
    holds, needs = "0123456789ab (API 1)", f"{model.name} (API 1)"
    assert found == [
        ["ModelLoadError", "other-version", True],
        {"site": other, "holds": holds, "needs": needs},
        f"The site {other} holds model {holds}, this module needs {needs}: "
        "import the module from that site, or update it.",
    ]
    assert json.loads((site / "api" / "version.json").read_text()) == {"api": 1, "model": model.name}


def test_a_model_that_this_program_cannot_run_is_told_by_its_layer(open_host, server, site):
    page = open_host(server.url + "api/none")
    [model] = site.glob("model/*/model.json")
    [program] = site.glob("assets/recognizer-*.js")
    old = model.read_bytes()
    new = old.replace(b'"class_name": "MaxPooling2D"', b'"class_name": "GlobalPooling"')
    assert new != old
    script = program.read_text()
    for measure in (len, hash_of):
        assert str(measure(old)) in script
        script = script.replace(str(measure(old)), str(measure(new)))
    page.route("**/model.json", lambda route: route.fulfill(body=new, content_type="application/json"))
    page.route("**/recognizer-*.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    assert page.evaluate("outcome(digitpad.createRecognizer())") == ["ModelLoadError", "unfit", True]
    values = page.evaluate("digitpad.createRecognizer().catch(({ values }) => values)")
    layers = json.loads(new)["modelTopology"]["model_config"]["config"]["layers"]
    assert values == {
        "layer": next(x["config"]["name"] for x in layers if x["class_name"] == "GlobalPooling")
    }


def hash_of(content):
    return hashlib.sha256(content).hexdigest()
