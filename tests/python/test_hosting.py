"""The built site as a host without server.py gets it, and how it is published."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
import yaml

from server import HASHED_NAME, SECURITY_HEADERS, Site

ROOT = Path(__file__).resolve().parents[2]
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}


@pytest.fixture(scope="module")
def site():
    folder = ROOT / "webapp" / "dist"
    if not (folder / "_headers").is_file():
        pytest.fail("The page is not built: run `make site` (`make test` does).")
    return folder


@pytest.fixture(scope="module")
def rules(site):
    """What the file _headers says: the headers of each pattern of paths."""
    rules, headers = {}, {}
    for line in (site / "_headers").read_text().splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            headers[name] = value
        else:
            headers = rules[line] = {}
    return rules


def test_hosts_with_a_headers_file_send_what_the_server_sends(rules, site):
    assert rules.pop("/*") == Site(None, site).headers
    assert all(headers == IMMUTABLE for headers in rules.values())


def test_hosts_with_a_headers_file_keep_for_ever_what_the_server_says_may_be_kept(rules, site):
    kept = tuple(pattern.removesuffix("*") for pattern, headers in rules.items() if headers == IMMUTABLE)
    addresses = [f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*") if path.is_file()]
    built = [address for address in addresses if not address.endswith((".br", ".gz"))]
    named_by_content = [address for address in built if HASHED_NAME.match(address)]
    assert [address for address in built if address.startswith(kept)] == named_by_content
    assert any(address.endswith(".wasm") for address in named_by_content)


def test_the_page_states_the_policy_itself_before_it_loads_anything(site):
    page = (site / "index.html").read_text()
    [own] = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    added = f" 'sha256-{base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()}'"
    stated = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)" />', page)
    # A page can't say who may frame it; browsers warn of the attempt.
    allowed = SECURITY_HEADERS["Content-Security-Policy"].split("; ")
    said = stated[1].replace(added, "")
    assert said != stated[1]
    assert said.split("; ") == [rule for rule in allowed if not rule.startswith("frame-ancestors")]
    assert "unsafe-inline" not in stated[1] and "'unsafe-eval'" not in stated[1]
    assert stated.start() < min(page.index("<link"), page.index("<script"))
    assert page.index("charset") < 1024


def test_the_page_names_the_sums_of_all_that_it_runs(site):
    page = (site / "index.html").read_text()
    tags = re.findall(r"<(?:script [^>]*src|link[^>]*rel=.(?:modulepreload|stylesheet))[^>]*>", page)
    assert len(tags) >= 3
    for tag in tags:
        name = re.search(r'(?:href|src)="\./([^"]+)"', tag)[1]
        digest = base64.b64encode(hashlib.sha256((site / name).read_bytes()).digest()).decode()
        assert f'integrity="sha256-{digest}"' in tag


def test_the_page_has_no_address_that_leaves_its_folder(site):
    page = (site / "index.html").read_text()
    addresses = re.findall(r'(?:href|src)="([^"]+)"', page)
    assert len(addresses) > 8
    assert [address for address in addresses if not address.startswith("./")] == []
    files = [address for address in addresses if address != "./"]  # the page itself
    assert [address for address in files if not (site / address).is_file()] == []


def test_github_pages_is_told_to_publish_files_as_they_are(site):
    assert (site / ".nojekyll").read_bytes() == b""


@pytest.fixture(scope="module")
def workflow():
    return yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text())


def test_pages_are_published_only_after_the_site_was_built_and_tested(workflow, site):
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    assert publish["needs"] == "build"
    steps = build["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == ["make site", "make test"]
    targets = re.findall(r"^(\w+)\b.*:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {command.split()[1] for command in commands} <= set(targets)
    upload = next(step for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert steps.index(upload) == len(steps) - 1
    assert ROOT / upload["with"]["path"] == site
    assert not any("if" in step or "continue-on-error" in step for step in steps)


def test_the_workflow_may_do_no_more_than_publish(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["build"]
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_every_action_of_the_workflow_is_github_s_own_with_its_major_version(workflow):
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert len(used) == 4
    assert [action for action in used if not re.fullmatch(r"actions/[\w-]+@v\d+", action)] == []
