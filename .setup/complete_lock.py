"""Add the builds for other systems to package-lock.json, where the registry that wrote it lacked them.

npm leaves an optional package out of the lock file if the registry doesn't hold it; `npm ci` then refuses the
lock file everywhere, and `npm install` skips the package where it is needed. The registry isn't needed:
the parent pins the version, and the name says the system.
Run it after every change of the lock file: `python .setup/complete_lock.py`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "package-lock.json"

# The end of a name such as @rolldown/binding-linux-x64-musl.
BUILD = re.compile(
    r"\b(?P<os>aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)"
    r"-(?P<cpu>arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)(-(?P<libc>gnu|musl)\w*|-\w+)?$"
)


def describe(name: str, version: str, parent: dict) -> dict | None:
    """Return the lock's entry of a build for one system; None for any other package."""
    build = BUILD.search(name)
    if not build:
        return None
    entry = {"cpu": [build["cpu"]], "optional": True, "os": [build["os"]]}
    if build["os"] == "linux" and build["libc"]:
        entry["libc"] = ["glibc" if build["libc"] == "gnu" else "musl"]
    entry |= {key: parent[key] for key in ("dev", "license") if key in parent}
    return {"version": version, **dict(sorted(entry.items()))}


def missing_builds(lock: dict) -> dict[str, dict]:
    """Return the entries that the lock file lacks, by their path."""
    packages = lock["packages"]
    locked = {(path.rpartition("node_modules/")[2], entry.get("version")) for path, entry in packages.items()}
    return {
        f"node_modules/{name}": entry
        for parent in packages.values()
        for name, version in parent.get("optionalDependencies", {}).items()
        if (name, version) not in locked and (entry := describe(name, version, parent))
    }


def main() -> None:
    """Complete the lock file in place."""
    lock = json.loads(LOCK.read_text("utf-8"))
    missing = missing_builds(lock)
    root = lock["packages"].pop("")
    lock["packages"] = {"": root, **dict(sorted({**lock["packages"], **missing}.items()))}
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(missing)} builds for other systems added to {LOCK.name}")


if __name__ == "__main__":
    main()
