"""Host pages of another origin than the site that serves `api/digitpad.js`."""

import pytest

from tests.browser.element.host_page import DOCUMENT, HostPage


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


SHARED = []  # one host page for all tests that need nothing of their own


@pytest.fixture
def host(chromium, server):
    """A host page with an empty body, whose console must stay silent."""
    if not SHARED:
        context = chromium.new_context(viewport={"width": 900, "height": 800}, service_workers="block")
        page = HostPage(context.new_page())
        origin = "http://host.test/"
        body = DOCUMENT.format(head="", body="", module=f"{server.url}api/digitpad.js")
        page.page.route(f"{origin}*", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.page.goto(origin)
        page.page.wait_for_function("() => customElements.get('digit-pad') !== undefined")
        SHARED.append(page)
    [page] = SHARED
    page.errors.clear()
    yield page
    assert page.errors == []
