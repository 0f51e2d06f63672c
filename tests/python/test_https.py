"""https for a phone: the commands of webapp/README.md and of the Makefile, and what a phone needs of them."""

import http.client
import re
import shlex
import ssl
import subprocess
import sys

import pytest

from tests.server_process import PATIENCE, ROOT, ServerProcess


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """The files that the README's openssl commands make, for this machine."""
    folder = tmp_path_factory.mktemp("certificates")
    recipe = "".join(
        re.findall(r"    openssl req(?:.*\\\n)+.*\n", (ROOT / "webapp" / "README.md").read_text())
    )
    recipe = recipe.replace("192.168.1.20", "127.0.0.1")
    subprocess.run(["sh", "-ec", recipe], cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
    assert {path.name for path in folder.iterdir()} == {"ca.pem", "ca-key.pem", "cert.pem", "key.pem"}
    return folder


def test_the_recipe_serves_over_https_to_who_trusts_its_authority(certificates):
    files = (f"CERT={certificates / 'cert.pem'}", f"KEY={certificates / 'key.pem'}")
    plan = ["make", "--dry-run", "run", "PORT=0", "PREFIX=/digitpad/", *files]
    said = subprocess.check_output(plan, cwd=ROOT, text=True, timeout=PATIENCE).replace("\\\n", " ")
    command = [sys.executable, *shlex.split(re.search(r"server\.py .*", said)[0])]
    with ServerProcess(None, command=command) as server:
        assert server.url.startswith("https://localhost:")
        trusting = ssl.create_default_context(cafile=certificates / "ca.pem")
        trusting.verify_flags |= ssl.VERIFY_X509_STRICT
        page = (ROOT / "webapp" / "dist" / "index.html").read_bytes()
        first = ask(server.port, trusting)
        assert (first.status, first.body) == (200, page)
        assert first.getheader("X-Content-Type-Options") == "nosniff"
        unchanged = ask(server.port, trusting, If_None_Match=first.getheader("ETag"))
        assert (unchanged.status, unchanged.body) == (304, b"")
        part = ask(server.port, trusting, Range="bytes=5-5")
        assert (part.status, part.body) == (206, page[5:6])
        assert ask(server.port, trusting, path="/digitpad/").body == page
        with pytest.raises(ssl.SSLCertVerificationError):
            ask(server.port, ssl.create_default_context())
        assert server.stop() == (0, "")


def ask(port, context, path="/", **headers):
    """Ask for a file."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=context)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer
