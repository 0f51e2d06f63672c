"""https for a phone: the commands of webapp/README.md and of the Makefile, and what a phone needs of them."""

import http.client
import re
import shlex
import socket
import ssl
import subprocess
import sys
import time

import pytest

from tests.server_process import PATIENCE, ROOT


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


def granian_command(*settings):
    """The arguments that `make run` gives to granian."""
    plan = subprocess.check_output(
        ["make", "--dry-run", "run", *settings], cwd=ROOT, text=True, timeout=PATIENCE
    )
    return shlex.split(re.search(r"-m (granian .*)", plan.replace("\\\n", " "))[1])


def test_the_recipe_serves_over_https_to_who_trusts_its_authority(certificates):
    with socket.create_server(("127.0.0.1", 0)) as drawn:
        port = drawn.getsockname()[1]
    files = (f"CERT={certificates / 'cert.pem'}", f"KEY={certificates / 'key.pem'}")
    command = [sys.executable, "-m", *granian_command(f"PORT={port}", "PREFIX=/digitpad/", *files)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        trusting = ssl.create_default_context(cafile=certificates / "ca.pem")
        trusting.verify_flags |= ssl.VERIFY_X509_STRICT
        page = (ROOT / "webapp" / "dist" / "index.html").read_bytes()
        first = ask(port, trusting)
        assert (first.status, first.body) == (200, page)
        assert first.getheader("X-Content-Type-Options") == "nosniff"
        unchanged = ask(port, trusting, If_None_Match=first.getheader("ETag"))
        assert (unchanged.status, unchanged.body) == (304, b"")
        part = ask(port, trusting, Range="bytes=5-5")
        assert (part.status, part.body) == (206, page[5:6])
        assert ask(port, trusting, path="/digitpad/").body == page
        with pytest.raises(ssl.SSLCertVerificationError):
            ask(port, ssl.create_default_context())
    finally:
        process.terminate()
        process.wait(PATIENCE)
    assert process.returncode == 0


def ask(port, context, path="/", **headers):
    """Ask for a file, once the server is there."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=PATIENCE, context=context)
    for _ in range(PATIENCE * 10):
        try:
            connection.connect()
            break
        except ConnectionRefusedError:
            time.sleep(0.1)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer
