"""
The command line: read the words, run the verb, print its lines.

Exit codes: 0 done, 1 the verb failed, 2 the words were not understood, 3 this officer may not or does not get in.
"""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import TextIO

import avrr_desktop
from avrr_desktop.cli.command import Command, Line, exit_code
from avrr_desktop.cli.notices import EXAMPLES, LINES, VERBS
from avrr_desktop.domain.failures import Expected


def build_parser(commands: Sequence[Command], verb_asked: str | None = None) -> ArgumentParser:
    """
    Build the parser with one sub-command per command; every one takes ``--json``.

    Args:
        commands: Verbs of this build.
        verb_asked: Only this one's options are added, so that no verb waits for what another imports; None
            adds all.
    """
    parser = ArgumentParser(prog="avrr-desktop")
    parser.add_argument("--version", action="version", version=f"%(prog)s {avrr_desktop.__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for command in commands:
        words = VERBS[command.name]
        verb = verbs.add_parser(
            command.name,
            help=words,
            description=words,
            epilog=EXAMPLES.get(command.name),
            formatter_class=RawDescriptionHelpFormatter,
        )
        verb.add_argument("--json", action="store_true", help="print the lines as one JSON array")
        if command.add_options is not None and verb_asked in (None, command.name):
            command.add_options(verb)
        verb.set_defaults(command=command)
    return parser


def main(argv: Sequence[str] | None = None, commands: Sequence[Command] = (), out: TextIO | None = None) -> int:
    """
    Run one command.

    Args:
        argv: Words after the program's name; None for those of the process.
        commands: Verbs this build has, in the order the help shows them. ``app`` hands them in.
        out: Where the lines go, None for standard output.

    Returns:
        `command.exit_code` of the lines; an expected failure is printed as a line of its code. Anything else is
        ours and is let through.

    Raises:
        SystemExit: With 2 when the words are not understood, with 0 after help or version.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    asked = build_parser(commands, words[0] if words else "").parse_args(words)
    command: Command = asked.command
    try:
        lines = command.run(asked)
    except Expected as failure:
        lines = (Line(failure.code, failure.params, failed=True),)
    if lines or asked.json:
        print(_text(lines, asked.json), file=sys.stdout if out is None else out)
    return exit_code(lines)


def _text(lines: Sequence[Line], as_json: bool) -> str:
    if as_json:
        return json.dumps(
            [{"code": line.code, "failed": line.failed, **line.values} for line in lines],
            ensure_ascii=False,
            indent=1,
            default=str,
        )
    return "\n".join(_words(line) for line in lines)


def _words(line: Line) -> str:
    if line.raw:
        return json.dumps(dict(line.values), ensure_ascii=False, default=str)
    shown = {name: "-" if value is None else value for name, value in line.values.items()}
    return LINES.get(line.code, LINES["unknown"]).format(**{"code": line.code, **shown})
