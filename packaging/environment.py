"""
The virtual environment ``.venv``: made once, filled from the pinned files, stamped, left alone afterwards.

The stamp is a hash of everything that decides the content, so that the second run costs one read.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from machine import Machine, install_packages, missing_libraries, packages_for

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
# The build tool comes first, because the project is built without fetching anything.
SETS = {
    "run": ("packaging/requirements-build.txt", "packaging/requirements.txt"),
    "test": ("packaging/requirements-dev.txt",),
}


def fingerprint(root: Path, files: Sequence[str], python: str) -> str:
    """Hash the pinned files, the project file and the Python: 64 hex digits."""
    total = hashlib.sha256(python.encode())
    for name in (*files, "pyproject.toml"):
        total.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return total.hexdigest()


def prepare(machine: Machine, wanted: str, root: Path = ROOT, venv: Path = VENV) -> bool:
    """
    Make ``.venv`` hold the *wanted* set ("run" or "test"), the project and every library they need.

    Returns:
        False when something is missing that only a person can install; what to type was printed.
    """
    stamp = venv / f".stamp-{wanted}"
    mark = fingerprint(root, SETS[wanted], f"{sys.version} {sys.prefix}")
    if not (stamp.exists() and stamp.read_text() == mark):
        if not _fill(machine, wanted, root, venv):
            return False
        stamp.write_text(mark)
    return _libraries(machine, venv)


def _fill(machine: Machine, wanted: str, root: Path, venv: Path) -> bool:
    if not machine.program(venv, "python").exists() and not _make(machine, venv):
        return False
    print(f"Installing the pinned packages ({wanted}) into {venv.name}")
    pins = [word for name in SETS[wanted] for word in ("-r", str(root / name))]
    if not _install(machine, venv, ["--require-hashes", *pins]):
        return False
    return _install(machine, venv, ["--no-deps", "--no-build-isolation", "--editable", str(root)])


def _make(machine: Machine, venv: Path) -> bool:
    """Make the empty environment; Debian keeps ensurepip in a package of its own."""
    if machine.ask([sys.executable, "-c", "import ensurepip, venv"])[0] != 0 and not install_packages(
        machine, ("python3-venv",)
    ):
        return False
    print(f"Making {venv}")
    if venv.exists():
        shutil.rmtree(venv)
    return machine.run([sys.executable, "-m", "venv", str(venv)]) == 0


def _install(machine: Machine, venv: Path, words: Sequence[str]) -> bool:
    """Install with uv where it is; with pip where it is not or uv cannot (it reads no pip settings)."""
    python = str(machine.program(venv, "python"))
    if machine.which("uv"):
        if machine.run(["uv", "pip", "install", "--quiet", "--python", python, *words]) == 0:
            return True
        print("uv could not; trying pip")
    return machine.run([python, "-m", "pip", "install", "-qq", *words]) == 0


def _libraries(machine: Machine, venv: Path) -> bool:
    """See to the system libraries of Qt, asking the loader before and after."""
    found = sorted(venv.glob("[Ll]ib*/**/site-packages/PySide6"))
    if not found:
        print("PySide6 is not in .venv; remove .venv and try again")
        return False
    lacking = missing_libraries(machine, found[0])
    if not lacking:
        return True
    packages, unknown = packages_for(lacking)
    if unknown:
        print(f"Missing system libraries we know no package for: {' '.join(unknown)}")
    if not install_packages(machine, packages):
        return False
    left = missing_libraries(machine, found[0])
    if left:
        print(f"Still missing: {' '.join(left)}")
    return not left
