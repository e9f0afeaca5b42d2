"""
The demonstration: a rehearsal office in a temporary folder, opened in the window, or walked through without a screen.

Everything is deleted when it ends, except what was saved on purpose into the output folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.cli.command import Line

if TYPE_CHECKING:
    from avrr_desktop.app.rehearsal_home import Rehearsal

OUTPUT = "demo-output"


def add_options(parser: ArgumentParser) -> None:
    """Add the options of `demo`."""
    parser.add_argument("--offscreen", action="store_true", help="walk through the main job without a screen")
    parser.add_argument("--output", type=Path, default=Path(OUTPUT), help="where papers and pictures are left")
    parser.add_argument("--text-size", type=int, default=100, metavar="PERCENT", help="80 to 200")
    parser.add_argument("--theme", choices=("light", "dark", "black", "white"), default="light")
    parser.add_argument("--right-to-left", action="store_true", help="mirror the window")
    parser.add_argument("--pseudo", action="store_true", help="longer, accented words, to find what is not translated")


def has_screen(environ: dict[str, str] | os._Environ[str] = os.environ, platform: str = sys.platform) -> bool:
    """Tell whether a window can be shown."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def run_demo(asked: Namespace) -> tuple[Line, ...]:
    """Set up the rehearsal office and show it, or walk through it without a screen."""
    from avrr_desktop.app.rehearsal_home import PASSPHRASE, set_up_rehearsal

    offscreen = asked.offscreen or not has_screen()
    lines: list[Line] = []
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if not asked.offscreen:
            lines.append(Line("demo.no_screen"))
    with tempfile.TemporaryDirectory(prefix="avrr-rehearsal-") as folder:
        rehearsal = set_up_rehearsal(Path(folder))
        lines.append(Line("demo.office", {"cases": len(rehearsal.cases)}))
        if offscreen:
            from avrr_desktop.app.walkthrough import walk

            made = walk(rehearsal, asked)
            lines.extend(Line("demo.made", {"file": str(path)}) for path in made)
        else:
            sys.stdout.write(PASSPHRASE_LINE.format(passphrase=PASSPHRASE) + "\n")
            sys.stdout.flush()
            _show(rehearsal)
    return tuple(lines)


PASSPHRASE_LINE = "The passphrase of every rehearsal officer is: {passphrase}"


def _show(rehearsal: Rehearsal) -> None:
    from avrr_desktop.app.window import open_shell

    app, shell = open_shell(rehearsal.wiring)
    shell.enter(rehearsal.unlocked)
    shell.showMaximized()
    app.exec()
