"""Pages with a strict Content-Security-Policy: what the README names is enough, and all of it is needed."""

import shutil

import pytest

from tests.browser.package.test_installed import PACKAGE

PAGE = """<!doctype html>
<link rel="icon" href="icon.svg">
<digit-pad></digit-pad>
<script type="module" src="{module}"></script>
<script type="module" src="watch.js"></script>
"""
# Tells where the network runs, once the worker has also classified more than the page does.
WATCH = """
const settled = (backend) => (document.documentElement.dataset.backend = backend);
import(document.scripts[0].src)
    .then(({ createRecognizer }) => createRecognizer())
    .then(async (recognizer) => {
        await recognizer.classify(new Float32Array(784 * 9));
        settled(recognizer.backend);
    })
    .catch((error) => settled(error.name));
"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>'

# As webapp/README.md states them. SITE is where the module comes from.
NEEDED = {
    "own origin": {"script-src": ["'self'", "'wasm-unsafe-eval'"], "connect-src": ["'self'"]},
    "another origin": {
        "script-src": ["'self'", "SITE", "'wasm-unsafe-eval'"],
        "worker-src": ["blob:", "SITE"],
        "connect-src": ["SITE"],
    },
}


def lacking(rules):
    """Yield the rules without each of their sources, and that source."""
    for directive, sources in rules.items():
        for source in sources:
            yield (
                f"{directive} {source}",
                rules | {directive: [other for other in sources if other != source]},
            )


CASES = {
    f"{origin}, {name}": (origin, rules)
    for origin, needed in NEEDED.items()
    for name, rules in [
        ("all that is needed", needed),
        *((f"no {name}", less) for name, less in lacking(needed)),
    ]
    if name != "no script-src 'self'"
}


@pytest.fixture
def open_strict(installed, server, start_server, open_host, tmp_path):
    """Open a page with a pad under a policy; the module comes from its own origin or from the built site."""

    def open_strict(origin, rules):
        host = tmp_path / "host"
        host.mkdir()
        site = server.url.rstrip("/")
        if origin == "own origin":
            shutil.copytree(installed / PACKAGE, host / "pad")
        module = "pad/define.js" if origin == "own origin" else f"{site}/api/digitpad.js"
        policy = {"default-src": ["'none'"], "img-src": ["'self'"]} | rules
        text = "; ".join(" ".join([name, *(sources or ["'none'"])]) for name, sources in policy.items())
        (host / "_headers").write_text(f"/*\n  Content-Security-Policy: {text.replace('SITE', site)}\n")
        (host / "index.html").write_text(PAGE.format(module=module))
        (host / "watch.js").write_text(WATCH)
        (host / "icon.svg").write_text(ICON)
        return open_host(start_server(host).url, service_workers="block")

    return open_strict


def is_slow(case):
    """Whether a case lacks a part of another origin's policy: fast tests do that for the page's own."""
    return case.startswith("another origin, no ")


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.slow) if is_slow(case) else case for case in CASES]
)
def test_a_strict_policy(open_strict, case):
    page = open_strict(*CASES[case])
    backend = page.page.wait_for_function("() => document.documentElement.dataset.backend").json_value()
    if case.endswith("all that is needed"):
        assert backend == "wasm-simd"
        page.write(4)
        assert page.said == []
    elif "wasm-unsafe-eval" in case:
        assert backend == "cpu"  # without WebAssembly: slower, but it reads
        page.write(4)
    else:
        assert "Error" in backend
