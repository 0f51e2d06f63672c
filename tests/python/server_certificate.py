"""A certificate for localhost, made when a test first asks for it, and gone afterwards."""

import atexit
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path


def openssl(folder, *arguments):
    """Run the program that comes with Debian, Ubuntu and macOS."""
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def make_pair(folder, cert, key):
    """Make a certificate and its key."""
    request = f"req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {key} -out {cert}"
    names = ("-subj", "/CN=Digitpad's tests", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    openssl(folder, *request.split(), *names)


@functools.cache
def certificate() -> Path:
    """Give the folder that holds cert.pem and key.pem, and other.pem and locked.pem, keys that do not fit."""
    folder = Path(tempfile.mkdtemp(prefix="digitpad-certificate-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_pair(folder, "cert.pem", "key.pem")
    make_pair(folder, "another.pem", "other.pem")
    openssl(folder, "rsa", "-in", "key.pem", "-aes128", "-passout", "pass:secret", "-out", "locked.pem")
    return folder


def options():
    """Say it to the server."""
    return ["--cert", certificate() / "cert.pem", "--key", certificate() / "key.pem"]
