"""
The verb `form`: evaluate expressions, play forms, print and check them, carry them to a workbook and back.

`evaluate` and `play` answer each line of standard input with one line at once, so that another program can
talk with them; `check` prints one JSON line a file. Exit codes: 0, or 1 when a file was refused.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.cli.command import FAILED, Line
from avrr_desktop.cli.form_playing import add_playing_options, clock, read_playing
from avrr_desktop.cli.form_print import FindPapers, print_played
from avrr_desktop.cli.form_words import place_words, sentence
from avrr_desktop.domain.failures import Expected

if TYPE_CHECKING:
    from avrr_desktop.services.forms import Remark

Answer = Callable[[Mapping[str, object]], dict[str, object]]


def add_form_options(parser: ArgumentParser) -> None:
    """Add the things one can do with a form."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    evaluate = parts.add_parser("evaluate", help="answer XPath expressions, one JSON object a line")
    evaluate.set_defaults(part_run=_evaluate)
    play = parts.add_parser("play", help="play a form, one step and one answer a line")
    add_playing_options(play)
    play.set_defaults(part_run=_play)
    paper = parts.add_parser("print", help="play the steps of a file and print the answers as PDF")
    add_playing_options(paper)
    paper.add_argument("--answers", metavar="FILE", type=Path, required=True, help="steps as for play, one a line")
    paper.add_argument("--out", metavar="FILE", type=Path, required=True, help="where to write the PDF")
    paper.add_argument("--notes", action="store_true", help="print also what is only read out")
    paper.set_defaults(part_run=print_played)
    check = parts.add_parser("check", help="look forms over, one JSON line a file")
    check.add_argument("files", metavar="FILE", nargs="+", type=Path)
    check.set_defaults(part_run=_check)
    for name, help_text in (
        ("export", "write a Markdown form as .xlsx"),
        ("import", "write an .xlsx form as Markdown"),
    ):
        carry = parts.add_parser(name, help=help_text)
        carry.add_argument("source", metavar="SOURCE", type=Path)
        carry.add_argument("target", metavar="TARGET", type=Path, nargs="?", help="default: SOURCE with its new ending")
        carry.set_defaults(part_run=_carry)


def run_form(asked: Namespace, find_papers: FindPapers) -> tuple[Line, ...]:
    """Run the part of `form` that was asked for; *find_papers* gives the folders of fonts and of wording."""
    asked.find_papers = find_papers
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    run: Callable[[Namespace], tuple[Line, ...]] = asked.part_run
    return run(asked)


def _evaluate(_asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.services.evaluating import evaluate

    def answer(line: Mapping[str, object]) -> dict[str, object]:
        named = {"id": line.get("id")}
        try:
            return named | evaluate(line, clock=clock, random_bytes=os.urandom)
        except Expected as failure:
            return named | {"error": sentence(failure.code, failure.params)}

    return _talk(answer, lambda text: {"id": None, "error": text})


def _play(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.services.forms import read_source
    from avrr_desktop.services.playing import Play

    def refused(text: str) -> dict[str, object]:
        return {"ok": False, "error": text}

    try:
        playing = read_playing(asked)
        played = Play(
            read_source(asked.form),
            clock=playing.clock,
            random_bytes=os.urandom,
            zone=playing.zone,
            properties=playing.properties,
        )
    except Expected as failure:
        words = sentence(failure.code, failure.params)
        _talk(lambda _line: refused(words), refused)
        sys.stderr.write(f"{asked.form}: {words}\n")
        raise SystemExit(FAILED) from failure

    def answer(line: Mapping[str, object]) -> dict[str, object]:
        try:
            return {"ok": True, "value": played.take(line)}
        except Expected as failure:
            return refused(sentence(failure.code, failure.params))

    return _talk(answer, refused)


def _check(asked: Namespace) -> tuple[Line, ...]:
    return tuple(_checked(file) for file in asked.files)


def _checked(file: Path) -> Line:
    from avrr_desktop.services.forms import check_file

    try:
        found = check_file(file)
        errors, warnings = _remarks(found.errors), _remarks(found.warnings)
    except Exception as error:  # noqa: BLE001 -- one broken file never stops the others
        errors, warnings = [{"where": "", "text": sentence("form.broken", {"kind": type(error).__name__})}], []
    values = {"file": str(file), "ok": not errors, "errors": errors, "warnings": warnings}
    return Line("form.checked", values, failed=bool(errors), raw=True)


def _remarks(remarks: "tuple[Remark, ...]") -> list[dict[str, str]]:
    return [
        {"where": place_words(one.sheet, one.row, one.name, one.params), "text": sentence(one.code, one.params)}
        for one in remarks
    ]


def _carry(asked: Namespace) -> tuple[Line, ...]:
    from avrr_desktop.services.forms import export_form, import_form

    carry, suffix = (export_form, ".xlsx") if asked.part == "export" else (import_form, ".md")
    target: Path = asked.target or asked.source.with_suffix(suffix)
    try:
        rows = carry(asked.source, target)
    except Expected as failure:
        words = sentence(failure.code, failure.params)
        return (Line("form.refused", {"file": str(asked.source), "reason": words}, failed=True),)
    return (Line("form.written", {"file": str(target), "rows": rows}),)


def _talk(answer: Answer, refused: Callable[[str], dict[str, object]]) -> tuple[Line, ...]:
    """Answer each line of standard input; whatever a line holds, the next one is answered too."""
    import json

    for raw in _lines():
        try:
            line = json.loads(raw)
            if not isinstance(line, dict):
                raise TypeError
            said = answer(line)
        except (ValueError, TypeError, RecursionError) as error:
            said = refused(sentence("form.not_json", {"kind": type(error).__name__}))
        except Exception as error:  # noqa: BLE001 -- the edge of a job: a fault of ours is one answer, not the end
            said = refused(sentence("form.broken", {"kind": type(error).__name__}))
        try:
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            # Nobody listens any more; keep the interpreter from complaining when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            break
    return ()


def _lines() -> Iterator[bytes | str]:
    """Yield the lines that hold something, as bytes where the stream has them: JSON is UTF-8 everywhere."""
    stream = getattr(sys.stdin, "buffer", sys.stdin)
    for line in stream:
        if line.strip():
            yield line
