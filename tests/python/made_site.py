"""A made site for the tests of server.py, and what it says where it can't serve."""

import os
import subprocess
import sys

from tests.server_process import PATIENCE, ROOT

SCRIPT = "export const answer = 42;\n" * 200
FILES = {
    "index.html": "<!doctype html><title>Made site</title><p>" + "digit " * 300,
    "sw.js": "self.addEventListener('fetch', () => {});\n" * 40,
    "manifest.webmanifest": '{"name": "Made site"}',
    "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "api/digitpad.js": "export const rasterizeInk = () => 1;\n" * 40,
    "assets/page-Ab_3-9xZ.js": SCRIPT,
    "assets/page-0a1b2c3d.css": "p { color: red }\n" * 40,
    "assets/engine-DEADbeef.wasm": b"\0asm" + bytes(range(256)) * 8,
    "assets/plain.js": SCRIPT,
    "model/0123456789ab/model.json": '{"format": "layers-model"}' + " " * 900,
    "model/0123456789ab/weights.bin": os.urandom(4096),
    "model/notes.txt": "not named by its content",
    ".hidden/key.txt": "not for visitors",
    ".env": "not for visitors",
}
SECURITY = [
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
]
SECRET = "the secret outside"


def content(name):
    data = FILES[name]
    return data if isinstance(data, bytes) else data.encode()


def build(folder):
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(name))
    subprocess.run([sys.executable, "-m", "whitenoise.compress", "-q", folder], check=True, timeout=PATIENCE)


def link_astray(site, outside):
    """Put links into a site: to a secret file outside, to the folder that holds it, and in a circle."""
    (site / "leak.txt").symlink_to(outside / "secret.txt")
    (site / "leaks").symlink_to(outside)
    (site / "loop").symlink_to(site)


def refusal(*options):
    """Run the server where it can't serve; give its one sentence."""
    done = subprocess.run(
        [sys.executable, ROOT / "server.py", *map(str, options)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.endswith(".\n")
    assert done.stderr.count("\n") == 1
    return done.stderr
