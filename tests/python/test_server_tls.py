"""The server with a certificate: https, what it promises, and what is said when the files don't fit."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
from contextlib import suppress

import pytest

from tests.python.made_site import SECURITY, build, content, refusal
from tests.python.server_certificate import certificate, options
from tests.server_process import PATIENCE, ROOT, ServerProcess, read_all

HSTS = "Strict-Transport-Security"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    for name in ("cert.pem", "key.pem", "other.pem", "locked.pem"):
        shutil.copy(certificate() / name, folder)
    cert, key = (folder / "cert.pem").read_text(), (folder / "key.pem").read_text()
    (folder / "empty.pem").write_text("")
    (folder / "broken.pem").write_text(key.replace("KEY-----\n", "KEY-----\nAAAA", 1))
    (folder / "request.pem").write_text(cert.replace("CERTIFICATE", "CERTIFICATE REQUEST"))
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def served(site):
    with ServerProcess(site, *options()) as server:
        yield server
        assert server.stop() == (0, "")


def test_it_prints_an_https_address_and_serves_there(served):
    assert served.line.startswith(f"Digitpad is at https://127.0.0.1:{served.port} ")
    assert served.ask("/").body == content("index.html")
    assert served.ask("/model/0123456789ab/weights.bin").body == content("model/0123456789ab/weights.bin")


def test_localhost_works_with_a_certificate_for_it(site):
    with ServerProcess(site, *options(), host=None) as server:
        assert server.host == "localhost"
        assert server.ask("/").status == 200


def test_the_certificate_of_the_readme_is_trusted_by_who_trusts_its_authority(site, tmp_path):
    recipe = re.search(
        r"(?:    .*\n)*    openssl req(?:.*\n)(?:    .*\n)*", (ROOT / "README.md").read_text()
    )[0]
    recipe = recipe.replace("192.168.1.20", "127.0.0.1")
    subprocess.run(["sh", "-ec", recipe], cwd=tmp_path, check=True, capture_output=True, timeout=PATIENCE)
    assert {path.name for path in tmp_path.iterdir()} == {"ca.pem", "ca-key.pem", "cert.pem", "key.pem"}
    trusting = ssl.create_default_context(cafile=tmp_path / "ca.pem")
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    with ServerProcess(site, "--cert", tmp_path / "cert.pem", "--key", tmp_path / "key.pem") as server:
        for name in ("127.0.0.1", "localhost"):
            plain = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
            with trusting.wrap_socket(plain, server_hostname=name) as connection:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                assert read_all(connection).endswith(b"ok\n")


def test_every_answer_promises_https(served):
    for path, method, status in (
        ("/", "GET", 200),
        ("/", "HEAD", 200),
        ("/nothing", "GET", 404),
        ("/", "POST", 405),
        ("/healthz", "GET", 200),
    ):
        response = served.ask(path, method, Host="pad.example")
        assert response.status == status
        seconds = response.getheader(HSTS).removeprefix("max-age=")
        assert int(seconds) >= 180 * 86400
        for name in (*SECURITY, HSTS):
            assert len(response.headers.get_all(name)) == 1


def test_it_promises_nothing_for_this_machine(served):
    """A browser would ask every other server of localhost by https then, whatever its port."""
    for host in ("localhost", "LOCALHOST:5000", "pad.localhost", "localhost.:1", "127.0.0.1:5000", "[::1]:1"):
        assert served.ask("/", Host=host).getheader(HSTS) is None, host
    for host in ("localhost.example", "pad.example:5000", "notlocalhost", "192.168.1.2"):
        assert served.ask("/", Host=host).getheader(HSTS), host


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_which_protocols_are_spoken(served, version):
    context = ssl.create_default_context(cafile=certificate() / "cert.pem")
    context.minimum_version = context.maximum_version = version
    context.set_alpn_protocols(["http/1.1"])
    plain = socket.create_connection((served.host, served.port), timeout=PATIENCE)
    with context.wrap_socket(plain, server_hostname="localhost") as connection:
        assert connection.selected_alpn_protocol() == "http/1.1"
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert read_all(connection).endswith(b"ok\n")


def test_many_requests_in_one_packet_are_all_seen(served):
    """TLS unpacks more at a time than the socket then shows as waiting."""
    asked = b"GET /healthz?" + b"x" * 500 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert served.send(asked * 100 + last).count(b"\r\n\r\nok\n") == 101


def test_a_connection_is_used_again(served):
    connection = http.client.HTTPConnection(served.host, served.port, timeout=PATIENCE)
    connection.sock = first = served.connect()
    for _ in range(20):
        connection.request("GET", "/sw.js")
        assert connection.getresponse().read() == content("sw.js")
        assert connection.sock is first
    connection.close()


NO_HANDSHAKES = [
    b"GET /sw.js HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x00\x05hello",
    b"\x16" * 5000,
    b"\x80\x2e\x01\x00\x02",
    b"\x15\x03\x01\x00\x02\x02\x28",
    b"\0\0\0\0\r\n\r\n",
    b"SSH-2.0-x\r\n\r\n",
]


def test_what_is_no_handshake_is_hung_up_on_and_breaks_nothing(served):
    for data in NO_HANDSHAKES:
        connection = socket.create_connection((served.host, served.port), timeout=PATIENCE)
        with connection, suppress(OSError):  # the server may have hung up before it has read everything
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            assert b"HTTP/1.1 2" not in read_all(connection)
        assert served.ask("/").status == 200


def test_who_does_not_trust_the_certificate_breaks_nothing(served):
    for _ in range(5):
        plain = socket.create_connection((served.host, served.port), timeout=PATIENCE)
        with plain, pytest.raises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(plain, server_hostname="localhost")
    assert served.ask("/").status == 200


@pytest.mark.parametrize(
    ("cert", "key", "words"),
    [
        ("cert.pem", "missing.pem", ["missing.pem", "No such file", "--key"]),
        ("missing.pem", "key.pem", ["missing.pem", "No such file", "--cert"]),
        (".", "key.pem", ["Is a directory", "--cert"]),
        ("empty.pem", "key.pem", ["empty.pem holds no certificate", "--cert"]),
        ("request.pem", "key.pem", ["request.pem holds no certificate", "--cert"]),
        ("key.pem", "cert.pem", ["key.pem holds no certificate", "--cert"]),
        ("cert.pem", "cert.pem", ["cert.pem holds no private key", "--key"]),
        ("cert.pem", "other.pem", ["other.pem is not the key of", "cert.pem"]),
        ("cert.pem", "locked.pem", ["locked.pem is locked with a passphrase", "--key"]),
        ("cert.pem", "broken.pem", ["broken.pem", "can't be used"]),
    ],
)
def test_a_certificate_that_does_not_fit_is_said(site, files, cert, key, words):
    sentence = refusal("--site", site, "--port", 0, "--cert", files / cert, "--key", files / key)
    assert all(word in sentence for word in words), sentence


@pytest.mark.parametrize("option", ["--cert", "--key"])
def test_one_of_the_two_files_is_not_enough(site, files, option):
    assert "give both --cert and --key" in refusal("--site", site, "--port", 0, option, files / "cert.pem")
