"""
What this machine has and lacks: display, system libraries, programs, and how to get them.

The answers come from the dynamic loader and from PATH, not from a list of distributions. Linux has been run;
the branches for macOS and Windows are tested with injected answers only and have not been run there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# soname without version -> Debian package; found by bisecting a minbase Debian 12 with PySide6 6.12.
LIBRARIES = {
    "libGL": "libgl1",
    "libEGL": "libegl1",
    "libglib-2.0": "libglib2.0-0",
    "libgthread-2.0": "libglib2.0-0",
    "libdbus-1": "libdbus-1-3",
    "libfontconfig": "libfontconfig1",
    "libfreetype": "libfreetype6",
    "libxkbcommon": "libxkbcommon0",
    "libxkbcommon-x11": "libxkbcommon-x11-0",
    "libX11": "libx11-6",
    "libX11-xcb": "libx11-xcb1",
    "libxcb": "libxcb1",
    "libxcb-cursor": "libxcb-cursor0",
    "libxcb-icccm": "libxcb-icccm4",
    "libxcb-image": "libxcb-image0",
    "libxcb-keysyms": "libxcb-keysyms1",
    "libxcb-randr": "libxcb-randr0",
    "libxcb-render": "libxcb-render0",
    "libxcb-render-util": "libxcb-render-util0",
    "libxcb-shape": "libxcb-shape0",
    "libxcb-shm": "libxcb-shm0",
    "libxcb-sync": "libxcb-sync1",
    "libxcb-util": "libxcb-util1",
    "libxcb-xfixes": "libxcb-xfixes0",
    "libxcb-xkb": "libxcb-xkb1",
    "libcups": "libcups2",
    "libwayland-client": "libwayland-client0",
    "libwayland-cursor": "libwayland-cursor0",
}
# program -> Debian package: what the tests call.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "openbox": "openbox",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "pdftotext": "poppler-utils",
    "strace": "strace",
    "ssh-keygen": "openssh-client",
}
# Files of PySide6 whose needs are the needs of the program, below its package folder.
QT_FILES = (
    "Qt/lib/libQt6Gui.so.6",
    "Qt/lib/libQt6Widgets.so.6",
    "Qt/lib/libQt6DBus.so.6",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
)
QT_WAYLAND = "Qt/plugins/platforms/libqwayland.so"

Run = Callable[[Sequence[str]], int]
Ask = Callable[[Sequence[str]], tuple[int, str]]


def run(argv: Sequence[str]) -> int:
    """Run a program with our output and no input; return its exit code, 127 when it is not there."""
    sys.stdout.flush()
    try:
        return subprocess.run(argv, stdin=subprocess.DEVNULL, check=False).returncode
    except FileNotFoundError:
        return 127


def ask(argv: Sequence[str]) -> tuple[int, str]:
    """Run a program quietly; return its exit code and both outputs, 127 when it is not there."""
    try:
        answer = subprocess.run(
            argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except FileNotFoundError:
        return 127, ""
    return answer.returncode, answer.stdout.decode("utf-8", "replace")


@dataclass(frozen=True)
class Machine:
    """
    The machine as the tasks see it; tests inject another.

    Attributes:
        platform: As ``sys.platform``.
        environ: Variables of the process.
        is_root: True for uid 0.
        which: Finds a program on PATH, None when it is not there.
        run: Runs a program in the open.
        ask: Runs a program quietly.
    """

    platform: str
    environ: Mapping[str, str]
    is_root: bool
    which: Callable[[str], str | None] = shutil.which
    run: Run = run
    ask: Ask = ask

    @classmethod
    def here(cls) -> Machine:
        """Describe the machine this runs on."""
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        return cls(sys.platform, dict(os.environ), is_root)

    @property
    def has_display(self) -> bool:
        """True when a window can be shown; macOS and Windows always have one."""
        if self.platform in ("darwin", "win32"):
            return True
        return bool(self.environ.get("DISPLAY") or self.environ.get("WAYLAND_DISPLAY"))

    def program(self, venv: Path, name: str) -> Path:
        """Name a program inside a virtual environment of this platform."""
        if self.platform == "win32":
            return venv / "Scripts" / f"{name}.exe"
        return venv / "bin" / name


def parse_missing(loader_text: str) -> tuple[str, ...]:
    """List the sonames that ``ldd`` could not find, in its order, each once."""
    lines = (line.split() for line in loader_text.splitlines() if "=> not found" in line)
    return tuple(dict.fromkeys(words[0] for words in lines))


def packages_for(sonames: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split *sonames* into their Debian packages (sorted, each once) and those no package is known for."""
    known, unknown = set(), []
    for soname in sonames:
        package = LIBRARIES.get(soname.partition(".so")[0])
        if package:
            known.add(package)
        else:
            unknown.append(soname)
    return tuple(sorted(known)), tuple(unknown)


def missing_libraries(machine: Machine, pyside: Path) -> tuple[str, ...]:
    """Ask the loader which system libraries the installed PySide6 lacks; empty outside Linux."""
    if machine.platform != "linux":
        return ()
    names = [*QT_FILES, QT_WAYLAND] if machine.environ.get("WAYLAND_DISPLAY") else QT_FILES
    texts = [machine.ask(["ldd", str(pyside / name)])[1] for name in names if (pyside / name).exists()]
    # Qt's own libraries are found through $ORIGIN once the whole wheel is there.
    return tuple(name for name in parse_missing("\n".join(texts)) if not name.startswith("libQt6"))


def missing_programs(machine: Machine) -> tuple[str, ...]:
    """List the Debian packages of programs the tests call and PATH does not have; empty outside Linux."""
    if machine.platform != "linux":
        return ()
    return tuple(sorted(package for name, package in TEST_PROGRAMS.items() if machine.which(name) is None))


def apt_line(packages: Iterable[str]) -> str:
    """Write the one line a person with the right types to install *packages*."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def install_packages(machine: Machine, packages: Sequence[str]) -> bool:
    """
    Install Debian packages where that is allowed; otherwise print the line that does.

    Returns:
        True when all of them are installed now. Never asks for a password.
    """
    if not packages:
        return True
    prefix = _privilege(machine)
    if prefix is None:
        print("Missing system packages. Run this, then the same command again:")
        print(f"  {apt_line(packages)}")
        return False
    print(f"Installing system packages: {' '.join(packages)}")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    machine.ask([*prefix, *quiet, "update"])
    code, text = machine.ask([*prefix, *quiet, "install", "-y", "--no-install-recommends", *packages])
    if code != 0:
        print(text)
        print(f"That failed. By hand: {apt_line(packages)}")
    return code == 0


def _privilege(machine: Machine) -> list[str] | None:
    """Return what to put before apt-get, None when it cannot be run without asking."""
    if machine.which("apt-get") is None:
        return None
    if machine.is_root:
        return []
    if machine.which("sudo") and machine.ask(["sudo", "-n", "true"])[0] == 0:
        return ["sudo", "-n"]
    return None
