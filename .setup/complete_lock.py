"""Add the builds for other systems to package-lock.json, where the registry that wrote it lacked them.

npm leaves an optional package out of the lock file when the registry at hand doesn't hold it; `npm ci` then
refuses the lock file everywhere, and `npm install` skips the package on the system that needs it. The version
and the system are known without it: the parent pins the version, and the name says the system.
Run it after every change of the lock file: `python .setup/complete_lock.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "package-lock.json"

SYSTEMS = (
    "aix",
    "android",
    "darwin",
    "freebsd",
    "linux",
    "netbsd",
    "openbsd",
    "openharmony",
    "sunos",
    "win32",
)
PROCESSORS = ("arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32")


def describe(name: str, version: str, parent: dict) -> dict | None:
    """Make the lock's entry of a build for one system; None for a package that is not such a build."""
    words = name.rpartition("/")[2].split("-")
    system = [word for word in SYSTEMS if word in words]
    processor = [word for word in PROCESSORS if word in words]
    if not (system and processor):
        return None
    entry = {"version": version, "cpu": processor, "optional": True, "os": system}
    if system == ["linux"] and words[-1].startswith(("gnu", "musl")):
        entry["libc"] = ["glibc" if words[-1].startswith("gnu") else "musl"]
    entry |= {key: parent[key] for key in ("dev", "license") if key in parent}
    return dict(sorted(entry.items(), key=lambda item: (item[0] != "version", item[0])))


def is_locked(packages: dict, name: str, parent: str) -> bool:
    """Tell whether the lock has `name` where Node would find it for the package at `parent`."""
    folders = [parent]
    while folders[-1]:
        folders.append(folders[-1].rpartition("node_modules/")[0].rstrip("/"))
    return any(f"{folder}/node_modules/{name}".lstrip("/") in packages for folder in folders)


def missing_builds(lock: dict) -> dict[str, dict]:
    """Give the entries that the lock file lacks, by their path."""
    packages = lock["packages"]
    found = {}
    for path, parent in packages.items():
        for name, version in parent.get("optionalDependencies", {}).items():
            entry = describe(name, version, parent)
            if entry and not is_locked(packages, name, path):
                found[f"node_modules/{name}"] = entry
    return found


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
