"""What the benchmark measures in one browser: readings, drawing, learning, pictures, memory."""

from __future__ import annotations

import base64
import shutil
import statistics
from itertools import pairwise
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page

from tests.bench.onnx_network import write_onnx
from tests.bench.pictures import TIME as TIME_PICTURE
from tests.bench.pictures import large_photo, thin_drawing
from tests.bench.results import OURS, PEERS, Figures
from tests.bench.usual_page import PEERS as TOOLS
from tests.browser.api_calls import import_api
from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.heaps import READ, Heaps
from tests.browser.serving import SITE
from tests.browser.workers import put_before_worker
from tests.made_paper.pens import Pens
from tests.made_photos import Source
from training.network.architectures import multiplications
from training.network.shipped import load_shipped

ENOUGH = 50  # milliseconds of a sample
BATCHES = (16, 256)
INKS = [DIGITS[digit] for digit in range(10)]
KINDS = dict(zip(PEERS, ("tfjs", "tfjs-wasm", "onnx", "limit"), strict=True))
FILES = (
    "@tensorflow/tfjs/dist/tf.min.js",
    "@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js",
    "@tensorflow/tfjs-backend-wasm/dist/*.wasm",
    "onnxruntime-web/dist/ort.wasm.min.mjs",
    "onnxruntime-web/dist/ort-wasm-simd-threaded.mjs",
    "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
    "wabt/index.js",
)

# Milliseconds of a job, which is repeated for `enough` milliseconds: the browser's clock ticks in tenths.
TIMED = """globalThis.timed = async (job, enough) => {
    const start = performance.now();
    let [runs, took] = [0, 0];
    while (took < enough || runs === 0) {
        await job(runs++);
        took = performance.now() - start;
    }
    return took / runs;
};"""

# In the worker: repeats the message that came last for `enough` milliseconds, without sending an answer, and
# returns how many it took each time.
REPLAY = """{
    const { postMessage } = globalThis;
    let last, answered;
    addEventListener('message', ({ data }) => { last = data; });
    globalThis.postMessage = (...message) => {
        answered ? answered() : postMessage.apply(globalThis, message);
    };
    globalThis.replay = async (enough) => {
        const [data, start] = [last, performance.now()];
        let [runs, took] = [0, 0];
        for (; took < enough; took = performance.now() - start, runs++) {
            await new Promise((resolve) => {
                answered = resolve;
                dispatchEvent(new MessageEvent('message', { data }));
            });
        }
        answered = null;
        return took / runs;
    };
}
"""

# The jobs. Each gets a page's `peer`, which on this page is what PREPARE makes of a recognizer.
PREPARE = """async (inks) => {
    await recognizer.classify(new Float32Array(784 * 9));  // the worker starts
    globalThis.pixels = Float32Array.from(inks.flatMap((ink) => [...digitpad.rasterizeInk(ink)]));
    globalThis.peer = {
        name: `this page, ${recognizer.backend}`,
        classify: (pixels) => recognizer.classify(pixels),
        read: (i) => recognizer.readInk(inks[i % inks.length]),
        askWorker: () => recognizer.useLearnt(true),
        learn: async (_, labels) => {
            const learner = await digitpad.createRecognizer();
            const add = labels.map((label, i) => ({ id: String(i), label, ink: inks[label] }));
            await learner.learn({ add });
            learner.dispose();
        },
    };
    return [...pixels];
}"""
CLASSIFY = """([count, enough]) => {
    const batch = new Float32Array(784 * count);
    for (let i = 0; i < count; i++) batch.set(pixels.subarray(784 * (i % 10), 784 * (i % 10 + 1)), 784 * i);
    return timed(() => peer.classify(batch), enough);
}"""
PEAK = "([kind, enough]) => peer.perMillion(kind, enough)"
ASK_WORKER = "(enough) => timed(() => peer.askWorker(), enough)"
READ_INK = "(enough) => timed((i) => peer.read(i), enough)"
LEARN = """() => {
    const labels = Array.from({ length: 40 }, (_, i) => i % 10);
    const images = Float32Array.from(labels.flatMap((i) => [...pixels.subarray(784 * i, 784 * (i + 1))]));
    return timed(() => peer.learn(images, labels), 0);
}"""

# Notes how long each movement of the pen takes until it is painted, and each lift until its reading is; and
# what keeps the page busy for long.
WATCH_PEN = """(surface) => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();  // its message comes right after the frame
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
    }));
    globalThis.pen = { moves: [], lifts: [], longTasks: 0 };
    let lifted = null;
    addEventListener('pointermove', async ({ buttons, timeStamp }) => {
        if (buttons) pen.moves.push(await painted() - timeStamp);
    }, true);
    addEventListener('pointerup', ({ timeStamp }) => { lifted = timeStamp; }, true);
    surface.addEventListener('reading', async ({ detail }) => {
        if (!detail.final || lifted === null) return;
        const start = lifted;
        lifted = null;
        pen.lifts.push(await painted() - start);
    });
    const count = (list) => { pen.longTasks += list.getEntries().length; };
    new PerformanceObserver(count).observe({ type: 'longtask' });
}"""


def add_peers(folder: Path) -> None:
    """Put what stands beside this page into the folder of the usual page."""
    peers = folder / "peers"
    peers.mkdir()
    for name in FILES:
        for path in (TOOLS / "node_modules").glob(name):
            shutil.copy(path, peers / (path.name if "wabt" not in name else "wabt.js"))
    for name in ("peers.html", "peers.js"):
        shutil.copy(TOOLS / name, peers)
    write_onnx(load_shipped().model, peers / "network.onnx")


def open_pages(browser: Browser, ours: str, theirs: str, model: str) -> dict[str, Page]:
    """Open a page for this site's module and for each peer, ready to measure."""
    pages = {}
    for whose in (OURS, *PEERS):
        pages[whose] = page = browser.new_context(service_workers="block").new_page()
        page.set_default_timeout(0)
        page.add_init_script(TIMED)
        if whose == OURS:
            put_before_worker(page, SITE, REPLAY)
            page.goto(f"{ours}api/none")
            pixels = import_api(page).evaluate(PREPARE, INKS)
        else:
            page.goto(f"{theirs}peers/peers.html?peer={KINDS[whose]}&model={model}&ours={ours}")
            page.wait_for_function("() => globalThis.peer")
            page.evaluate("(given) => { globalThis.pixels = Float32Array.from(given); }", pixels)
            page.evaluate("(inks) => peer.draw?.(inks)", INKS)
    return pages


def networks(pages: dict[str, Page], figures: Figures, rounds: int) -> None:
    """From ink to probabilities, and the network alone, one image and many."""
    refuse_another_network(pages)
    millions = multiplications(load_shipped().model) / 1e6
    for number in range(-2, rounds):  # two rounds warm up
        found = Figures()
        limit = {kind: pages["limit"].evaluate(PEAK, [kind, ENOUGH]) for kind in ("plain", "fused")}
        found.add("network alone, one digit, ms", "limit", limit["plain"] * millions)
        if limit["fused"]:
            found.add("the same where the browser can fuse, ms", "limit", limit["fused"] * millions)
        for whose, page in pages.items():
            if whose == "limit":
                continue
            page.bring_to_front()  # a page behind another one has the processor last
            page.evaluate(READ_INK, ENOUGH)  # meanwhile the browser has dropped what it had compiled
            found.add("one digit, ink to probabilities, ms", whose, page.evaluate(READ_INK, ENOUGH))
            single = page.evaluate(CLASSIFY, [1, ENOUGH])
            if whose == OURS:
                single -= page.evaluate(CLASSIFY, [0, ENOUGH])
                found.add("worker's round trip without work, ms", whose, page.evaluate(ASK_WORKER, ENOUGH))
            found.add("network alone, one digit, ms", whose, single)
            for count in BATCHES:
                if whose == "TF.js" and count > 16:
                    continue  # without a graphics card it takes ten seconds, as long for each as 16
                many = in_worker(page, count) if whose == OURS else page.evaluate(CLASSIFY, [count, ENOUGH])
                found.add(f"network alone, {count} at once, each, ms", whose, many / count)
        if number >= 0:
            figures.take(found)


def in_worker(page: Page, count: int) -> float:
    """Milliseconds of the network alone: of a call in the worker, less those of a call without work."""
    [worker] = page.workers
    taken = []
    for job, argument in ((CLASSIFY, [count, 0]), (ASK_WORKER, 0)):
        page.evaluate(job, argument)
        taken.append(worker.evaluate("(enough) => replay(enough)", ENOUGH))
    return taken[0] - taken[1]


def refuse_another_network(pages: dict[str, Page]) -> None:
    """Stop where the other runtime does not give this page's probabilities: it would do other work."""
    ours, onnx = (
        pages[whose].evaluate("async () => [...await peer.classify(pixels)]")
        for whose in (OURS, "ONNX Runtime")
    )
    if np.abs(np.subtract(ours, onnx)).max() > 0.02:  # fewer bits in between are no other work
        raise SystemExit("ONNX Runtime gives other probabilities than this page: compare nothing.")


def other_work(pages: dict[str, Page], figures: Figures, rounds: int) -> None:
    """Learning from forty corrections, and reading pictures."""
    sources = [Source(digit, None, [np.array(stroke) for stroke in ink]) for digit, ink in DIGITS.items()]
    rng = np.random.default_rng(2026)
    pictures = {
        "drawing of 803×392, eight digits, ms": thin_drawing(rng),
        "photo of 12 megapixels, six digits, ms": large_photo(rng, Pens(sources, [])),
    }
    for number in range(-1, rounds):
        found = Figures()
        for whose in (OURS, "TF.js", "TF.js, WASM"):
            found.add("learning from 40 corrections, ms", whose, pages[whose].evaluate(LEARN))
        for figure, content in pictures.items():
            decode, read, digits = pages[OURS].evaluate(TIME_PICTURE, base64.b64encode(content).decode())
            assert digits >= 6, figure
            found.add(figure, OURS, read)
            found.add(figure, "limit", decode)
        if number >= 0:
            figures.take(found)


def drawing(browser: Browser, addresses: list[str], figures: Figures, rounds: int) -> None:
    """Draw a 2 with a real mouse, on this page and on the usual one, and time until it is painted."""
    drawn = []
    for address, pad in zip(addresses, ("[data-testid=pad]", "canvas"), strict=True):
        page = DigitpadPage(browser.new_page(viewport={"width": 1280, "height": 800}))
        page.open(address).page.wait_for_selector("html[data-ready=true]", timeout=0)
        page.pad = page.page.locator(pad)
        page.pad.evaluate(WATCH_PEN)
        drawn.append(page)
    for number in range(-2, rounds):
        for page, whose in zip(drawn, (OURS, "TF.js"), strict=True):
            page.page.bring_to_front()
            page.page.evaluate("() => { pen.moves = []; pen.lifts = []; }")
            [stroke] = page.place(DIGITS[2])
            between = [np.linspace(start, end, 3)[:-1] for start, end in pairwise(stroke)]
            page.move(np.concatenate([*between, [stroke[-1]]]).tolist())
            moves, lifts = page.page.wait_for_function(
                "() => pen.lifts.length === 1 && [pen.moves, pen.lifts]", timeout=0
            ).json_value()
            if whose == OURS:
                page.clear.click()
            if number >= 0:
                figures.add("movement of the pen until painted, ms", whose, statistics.median(moves))
                figures.add("lift of the pen until read and painted, ms", whose, *lifts)
    for page, whose in zip(drawn, (OURS, "TF.js"), strict=True):
        figures.add(
            f"tasks over 50 ms while {rounds} digits are drawn", whose, page.page.evaluate("pen.longTasks")
        )
        page.page.close()


def memory(page: Page, figures: Figures, readings: int) -> None:
    """Megabytes after each tenth of many readings but the first, and by how much they have grown."""
    page.evaluate("() => { globalThis.living = recognizer; }")
    heaps, sizes = Heaps(page), []
    tenth = readings // 10
    for number in range(10):
        page.evaluate(READ, {"first": number * tenth, "times": tenth, "inks": INKS})
        sizes.append(heaps.megabytes())
    figures.add(f"page after {readings:,} readings, MB", OURS, *sizes[5:])
    figures.add(f"page, growth in {tenth:,} readings, MB", OURS, *np.diff(sizes[1:]))
