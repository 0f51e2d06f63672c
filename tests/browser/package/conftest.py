"""The package, installed from its tarball."""

import pytest

from tests.browser.package.consumers import HostPage, install


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """A project without any tool, with the package in its node_modules."""
    folder = tmp_path_factory.mktemp("project")
    install(folder)
    return folder


@pytest.fixture
def open_host(chromium):
    """Open pages of hosts, each in a fresh profile."""
    contexts = []

    def open_host(address, **options):
        contexts.append(chromium.new_context(**options))
        return HostPage(contexts[-1].new_page(), address)

    yield open_host
    for context in contexts:
        context.close()
