"""What several tests of the server share."""

import pytest

from tests.python.made_site import SECRET


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    """A folder that no site holds, with a secret file."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.txt").write_text(SECRET)
    return folder
