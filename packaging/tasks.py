"""The verbs of ``dev.py``: each prepares ``.venv`` and runs the tools in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import chroot
from environment import ROOT, VENV, prepare
from machine import Machine, install_packages, missing_programs

OUTPUT = "demo-output"
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("contracts", ("lint-imports",)),
)


def main(argv: Sequence[str]) -> int:
    """Run one verb; return its exit code. Words the verb does not know go to the tool it starts."""
    parser = ArgumentParser(prog="dev.py", description="one command for everything a developer does")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (_, words) in VERBS.items():
        verb = verbs.add_parser(name, help=words, description=words, add_help=name not in PASSING)
        if name == "demo":
            verb.add_argument("--bare", action="store_true", help="in a fresh minimal Debian 12 (root)")
    asked, rest = parser.parse_known_args(list(argv))
    if rest and asked.verb not in PASSING:
        parser.error(f"unknown words: {' '.join(rest)}")
    os.chdir(ROOT)
    machine = Machine.here()
    if asked.verb == "demo" and asked.bare:
        return chroot.demo_bare(machine, ROOT, ROOT / OUTPUT)
    return VERBS[asked.verb][0](machine, rest)


def setup(machine: Machine, _rest: Sequence[str] = ()) -> int:
    """Prepare the program and prove it: data opened, Qt imported."""
    if not prepare(machine, "run"):
        return 1
    qt = _start(machine, "python", "-c", "from PySide6 import QtWidgets, QtSvg, QtPrintSupport")
    return qt or _start(machine, "avrr-desktop", "selftest")


def start(machine: Machine, rest: Sequence[str]) -> int:
    """Start the program with *rest*."""
    return _start(machine, "avrr-desktop", *rest) if prepare(machine, "run") else 1


def demo(machine: Machine, rest: Sequence[str] = ()) -> int:
    """Show the demonstration in a window, or draw it into ``demo-output`` where there is no display."""
    code = setup(machine)
    if code:
        return code
    if machine.has_display:
        return _start(machine, "avrr-desktop", "demo", *rest)
    print(f"No display here: drawing the demonstration into {OUTPUT}/ instead")
    return screenshots(machine, rest)


README_FLAG = "--readme"
README_PICTURES = ("cases", "case-overview", "typed-interview", "typed-plan-line")


def screenshots(machine: Machine, rest: Sequence[str] = ()) -> int:
    """Draw the demonstration's screens and papers into ``demo-output`` without a display and check them."""
    if not prepare(machine, "run"):
        return 1
    environ = {"QT_QPA_PLATFORM": "offscreen"}
    words = [word for word in rest if word != README_FLAG]
    code = _start(machine, "avrr-desktop", "demo", "--offscreen", "--output", OUTPUT, *words, environ=environ)
    code = code or _start(machine, "python", "packaging/proof.py", OUTPUT)
    if not code and README_FLAG in rest:
        keep_pictures(Path(OUTPUT), Path("packaging/pictures"))
    return code


def keep_pictures(drawn: Path, kept: Path) -> None:
    """Copy the pictures that README shows from the folder *drawn* into *kept*."""
    kept.mkdir(exist_ok=True)
    for name in README_PICTURES:
        (found,) = drawn.glob(f"[0-9][0-9]-{name}.png")
        shutil.copyfile(found, kept / f"{name}.png")


def test(machine: Machine, rest: Sequence[str]) -> int:
    """Run every check, then the tests; pytest's closing line is the last one printed."""
    if not prepare(machine, "test") or not install_packages(machine, missing_programs(machine)):
        return 1
    failed = []
    for name, (program, *words) in CHECKS:
        began = time.monotonic()
        code = _start(machine, program, *words)
        print(f"{'failed' if code else 'ok':8}{name:12}{time.monotonic() - began:6.1f} s")
        failed += [name] if code else []
    if failed:
        print(f"failed before the tests: {', '.join(failed)}")
    code = _start(machine, "python", "-m", "pytest", "-n", "2", *rest)
    return code or int(bool(failed))


def bench(machine: Machine, rest: Sequence[str]) -> int:
    """Measure the budgets; machine, sizes and ratios are printed."""
    if not prepare(machine, "test"):
        return 1
    return _start(machine, "python", "tests/bench", *rest)


def lock(machine: Machine, rest: Sequence[str] = ()) -> int:
    """Pin again what the .in files ask for, with hashes and without any address; *rest* goes to uv."""
    if machine.which("uv") is None:
        print("lock needs uv on PATH (pip install uv)")
        return 1
    for name in ("requirements", "requirements-dev", "requirements-build"):
        words = ["--universal", "--generate-hashes", "--no-header", "--no-emit-index-url", "--quiet"]
        files = [f"packaging/{name}.in", "-o", f"packaging/{name}.txt"]
        code = machine.run(["uv", "pip", "compile", *words, "--python-version", "3.11", *files, *rest])
        if code:
            return code
    return 0


def _start(machine: Machine, program: str, *words: str, environ: Mapping[str, str] | None = None) -> int:
    """Run a program of ``.venv`` in the open, its keyboard and window included."""
    sys.stdout.flush()
    path = machine.program(Path(VENV), program)
    if not path.exists():
        print(f"{path} is not there; remove .venv and try again")
        return 1
    return subprocess.run([str(path), *words], env={**os.environ, **(environ or {})}, check=False).returncode


Verb = Callable[[Machine, Sequence[str]], int]
VERBS: dict[str, tuple[Verb, str]] = {
    "setup": (setup, "make .venv, install what is pinned, find system libraries"),
    "run": (start, "start the program"),
    "demo": (demo, "show the demonstration"),
    "test": (test, "format, lint, types, contracts and tests (--deep and pytest's own words are passed on)"),
    "bench": (bench, "measure the budgets (--full, --gate or names of benches are passed on)"),
    "screenshots": (screenshots, "draw the demonstration into demo-output (--readme renews the pictures of README)"),
    "lock": (lock, "pin the dependencies again with uv (--upgrade takes newer ones)"),
}
PASSING = frozenset({"run", "demo", "test", "bench", "screenshots", "lock"})
