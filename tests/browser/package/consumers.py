"""Other people's projects that use the package: installed from its tarball, built, and opened."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.digitpad_page import DIGITS, DigitpadPage
from tests.browser.serving import ROOT

ELEMENT = ROOT / "webapp" / "dist-package" / "element"
PROJECTS = ROOT / "tests" / "projects"
TOOLS = PROJECTS / "node_modules"

VITE = ["vite/bin/vite.js", "build", "--base", "./", "--outDir", "out", "--logLevel", "warn"]
# How each project is built: a program of a tool and its arguments.
BUILDS = {
    "vite": VITE,
    "webpack": ["webpack-cli/bin/cli.js", "--config", "webpack.config.js"],
    "esbuild": [],
    "react": VITE,
    "vue": VITE,
    "svelte": VITE,
}


def run(command: list, folder: Path) -> str:
    """Run a program in a folder; return what it prints, and fail with it where the program fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, f"{' '.join(words)} failed:\n{done.stdout}"
    return done.stdout


def npm(folder: Path, *arguments: object) -> str:
    """Run npm in a folder."""
    return run([sys.executable, ROOT / ".setup" / "node.py", *arguments], folder)


def node(folder: Path, *arguments: object) -> str:
    """Run Node in a folder."""
    # npm's own way to run a program with the Node that npm runs on.
    return npm(folder, "exec", "--offline", "--call", " ".join(["node", *map(str, arguments)]))


def tarball() -> Path:
    """Return the package as npm publishes it."""
    found = list((ROOT / "webapp" / "dist-package").glob("*.tgz"))
    assert len(found) == 1, "The package is not built: run `make package` (`make test` does)."
    return found[0]


def install(folder: Path) -> Path:
    """Install the tarball into a project, without a network; return the folder that it came to."""
    (folder / "package.json").write_text('{"name": "consumer", "private": true, "type": "module"}\n')
    npm(folder, "install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", tarball())
    return folder / "node_modules" / "@digitpad" / "element"


def build(name: str, folder: Path) -> Path:
    """Copy a project, install the package into it, and build it with its own tool; return what it serves."""
    if not TOOLS.is_dir():
        raise AssertionError("The tools are not installed: run `make test-slow`.")
    project = shutil.copytree(PROJECTS / name, folder / name)
    install(project)
    for tool in TOOLS.iterdir():
        if not (project / "node_modules" / tool.name).exists():
            (project / "node_modules" / tool.name).symlink_to(tool)
    said = node(project, *(BUILDS[name] and [TOOLS / BUILDS[name][0], *BUILDS[name][1:]]) or ["build.js"])
    assert "warn" not in said.lower(), said
    if not (project / "out" / "index.html").exists():
        shutil.copy(project / "index.html", project / "out")
    return project / "out"


class HostPage(DigitpadPage):
    """A page with one `<digit-pad>`, and what its console says."""

    def __init__(self, page: Page, address: str):
        super().__init__(page)
        self.pad = page.locator("digit-pad")
        self.said = self.record_messages()
        page.goto(address)

    def write(self, digit: int) -> None:
        """Write a digit with the mouse, and wait until the pad has read it."""
        self.pad.scroll_into_view_if_needed()
        self.draw_by_pointer(DIGITS[digit], size=0.5)
        expect(self.pad).to_have_js_property("value", str(digit))
