"""Host pages of another origin than the site that serves `api/digitpad.js`."""

import sys

import pytest

from tests.browser.element.host_page import DOCUMENT, HostPage
from tests.server_process import ServerProcess


@pytest.fixture
def open_host(open_page, server, tmp_path, plain_host):
    """Open a page with this body on a site of its own."""

    def open_host(body="", head="", module=None, **options):
        document = DOCUMENT.format(head=head, body=body, module=module or f"{server.url}api/digitpad.js")
        (tmp_path / "index.html").write_text(document)
        host = HostPage(open_page(**options).page)
        host.page.goto(plain_host(tmp_path).url)
        host.listen()
        return host

    return open_host


@pytest.fixture(scope="session")
def shared_host(chromium, server, tmp_path_factory):
    """One host page for all tests that need none of their own."""
    folder = tmp_path_factory.mktemp("host")
    module = f"{server.url}api/digitpad.js"
    (folder / "index.html").write_text(DOCUMENT.format(head="", body="", module=module))
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"]
    with ServerProcess(folder, command=[*command, folder]) as other:
        context = chromium.new_context(viewport={"width": 900, "height": 800})
        host = HostPage(context.new_page())
        host.page.goto(other.url)
        host.page.wait_for_function("() => customElements.get('digit-pad') !== undefined")
        yield host


@pytest.fixture
def host(shared_host):
    """A host page, for `mount`, whose console must stay silent."""
    shared_host.errors.clear()
    shared_host.page.bring_to_front()
    yield shared_host
    assert shared_host.errors == []
