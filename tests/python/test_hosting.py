"""The built site as a host without server.py gets it, and how it is published."""

import base64
import hashlib
import re

import pytest
import yaml

from server import read_headers
from tests.server_process import ROOT

IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}
POLICY = "Content-Security-Policy"


def sum_of(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


@pytest.fixture(scope="module")
def site():
    folder = ROOT / "webapp" / "dist"
    if not (folder / "404.html").is_file():
        pytest.fail("The page is not built: run `make site` (`make test` does).")
    return folder


def test_the_headers_file_names_all_that_a_host_must_send(site):
    rules = read_headers(site)
    assert rules.keys() == {"/", "/assets/", "/model/"}
    policy = dict(rule.split(" ", 1) for rule in rules["/"].pop(POLICY).split("; "))
    scripts = policy.pop("script-src").split()
    assert scripts[:2] == ["'self'", "'wasm-unsafe-eval'"]
    inline = [*scripts_in(site / "index.html"), *scripts_in(site / "404.html")]
    assert scripts[2:] == [f"'{sum_of(script.encode())}'" for script in inline] and len(inline) == 2
    assert policy == {
        **dict.fromkeys(("frame-src", "media-src", "object-src", "base-uri", "form-action"), "'none'"),
        **dict.fromkeys(
            ("default-src", "worker-src", "style-src", "connect-src", "frame-ancestors"), "'self'"
        ),
        "img-src": "'self' data: blob:",
    }
    assert rules["/"] == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
    }
    assert rules["/assets/"] == rules["/model/"] == IMMUTABLE


def scripts_in(page):
    return re.findall(r"<script>(.*?)</script>", page.read_text(), re.DOTALL)


def test_what_may_be_kept_for_ever_is_named_by_its_content(site):
    kept = [*(site / "assets").iterdir(), *(site / "model").rglob("*.*")]
    names = [f"/{path.relative_to(site).as_posix()}" for path in kept if path.suffix not in (".br", ".gz")]
    hashed = r"/assets/.+-[\w-]{8,}\.\w+|/model/[0-9a-f]{12}/.+"
    assert [name for name in names if not re.fullmatch(hashed, name)] == []
    assert any(name.endswith(".bin") for name in names)


def test_the_page_states_the_policy_itself_before_it_loads_anything(site):
    page = (site / "index.html").read_text()
    stated = re.search(rf'<meta http-equiv="{POLICY}" content="([^"]+)" />', page)
    rules = read_headers(site)["/"][POLICY].split("; ")
    [script] = scripts_in(site / "index.html")
    own = f"script-src 'self' 'wasm-unsafe-eval' '{sum_of(script.encode())}'"
    # A page can't say who may frame it; browsers warn of the attempt.
    assert stated[1].split("; ") == [
        own if rule.startswith("script-src") else rule for rule in rules if "frame-ancestors" not in rule
    ]
    assert stated.start() < min(page.index("<link"), page.index("<script"))
    assert page.index("charset") < 1024


def test_the_page_names_the_sums_of_all_that_it_runs(site):
    page = (site / "index.html").read_text()
    tags = re.findall(r"<(?:script [^>]*src|link[^>]*rel=.(?:modulepreload|stylesheet))[^>]*>", page)
    assert len(tags) >= 3
    for tag in tags:
        name = re.search(r'(?:href|src)="\./([^"]+)"', tag)[1]
        assert f'integrity="{sum_of((site / name).read_bytes())}"' in tag


def test_the_page_has_no_address_that_leaves_its_folder(site):
    addresses = re.findall(r'(?:href|src)="([^"]+)"', (site / "index.html").read_text())
    assert len(addresses) > 8
    assert [address for address in addresses if not address.startswith("./")] == []
    assert [address for address in addresses if not (site / address).exists()] == []


def test_the_offline_copy_does_not_ask_for_the_page_of_missing_addresses(site):
    """Some hosts answer 404.html with the status 404, which would fail the installation."""
    assert "404.html" not in (site / "sw.js").read_text()


def test_github_pages_publishes_the_tested_site_as_it_is(site):
    assert (site / ".nojekyll").read_bytes() == b""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text())
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    assert publish["needs"] == "build"
    steps = build["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands[0] == "make site" and "make test" in commands
    assert "upload-pages-artifact" in steps[-1]["uses"]
    assert ROOT / steps[-1]["with"]["path"] == site
    assert not any("if" in step or "continue-on-error" in step for step in steps)
    assert workflow["permissions"] == {"contents": "read"} and "permissions" not in build
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    used = [step["uses"] for job in (build, publish) for step in job["steps"] if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"actions/[\w-]+@v\d+", action)] == []
