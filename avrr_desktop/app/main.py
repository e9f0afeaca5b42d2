"""
Start the program.

Only the standard library is imported here: each verb loads what it needs when it runs, so that a command
without a window never pays for Qt (DESIGN.md 7).
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.cli.command import Command, Line
from avrr_desktop.cli.main import main as run_command

if TYPE_CHECKING:
    from avrr_desktop.app.wiring import Wiring


def _office(home: Path | None) -> "Wiring":
    """Return the office below a home folder, None for the user's own, still locked."""
    from avrr_desktop.app.paths import HOME_VARIABLE
    from avrr_desktop.app.wiring import wire

    return wire({**os.environ, HOME_VARIABLE: str(home)} if home is not None else None)


def _run(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.app.window import run

    code = run()
    return (Line("window.ended", {"exit_code": code}, failed=True),) if code else ()


def _demo(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.app.demo import run_demo

    return run_demo(asked)


def _demo_options(parser: ArgumentParser) -> None:
    from avrr_desktop.app.demo import add_options

    add_options(parser)


def _form(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.cli.form import run_form

    return run_form(asked, _papers)


def _papers() -> tuple[Path, Path]:
    """Return the folders of the fonts and of the wording."""
    from avrr_desktop.app.paths import find_paths

    paths = find_paths()
    return paths.fonts, paths.wording


def _form_options(parser: ArgumentParser) -> None:
    from avrr_desktop.cli.form import add_form_options

    add_form_options(parser)


def _print(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.cli.printing import run_print

    return run_print(asked, _office)


def _print_options(parser: ArgumentParser) -> None:
    from avrr_desktop.cli.printing import add_print_options

    add_print_options(parser)


def _cases(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.cli.listing import run_cases

    return run_cases(asked, _office)


def _cases_options(parser: ArgumentParser) -> None:
    from avrr_desktop.cli.listing import add_cases_options

    add_cases_options(parser)


def _check(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.cli.checking import run_check

    return run_check(asked, _office)


def _check_options(parser: ArgumentParser) -> None:
    from avrr_desktop.cli.entering import add_entry_options

    add_entry_options(parser)


def _selftest(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.app.selftest import run_selftest

    return run_selftest(asked)


COMMANDS = (
    Command("run", _run),
    Command("demo", _demo, _demo_options),
    Command("cases", _cases, _cases_options),
    Command("print", _print, _print_options),
    Command("check", _check, _check_options),
    Command("form", _form, _form_options),
    Command("selftest", _selftest),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with *argv* (None: the words of the process); without any, its window. Return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    return run_command(words or ["run"], COMMANDS)
