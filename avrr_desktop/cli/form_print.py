"""The part `print` of the verb `form`: the steps of a file on paper."""

import json
import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from avrr_desktop.cli.command import Line
from avrr_desktop.cli.form_playing import read_playing
from avrr_desktop.cli.form_words import WORDS, sentence
from avrr_desktop.domain.failures import Expected

FindPapers = Callable[[], tuple[Path, Path]]
"""Gives the folders of the fonts and of the wording."""


def print_played(asked: Namespace) -> tuple[Line, ...]:
    """
    Play the steps, print what stands then, write the PDF whole or not at all.

    Raises:
        Expected: "file.not_written", "paper.not_printable"; what is wrong with form or steps is a line "form.refused".
    """
    from avrr_desktop.services.form_paper import print_form
    from avrr_desktop.services.forms import read_source
    from avrr_desktop.services.saving import save_whole

    find_papers: FindPapers = asked.find_papers
    fonts, wording = find_papers()
    try:
        playing = read_playing(asked)
        made = print_form(
            read_source(asked.form),
            _steps(asked.answers),
            clock=playing.clock,
            random_bytes=os.urandom,
            zone=playing.zone,
            fonts=fonts,
            wording=wording,
            properties=playing.properties,
            with_notes=asked.notes,
        )
    except Expected as failure:
        if failure.code not in WORDS:
            raise
        words = sentence(failure.code, failure.params)
        return (Line("form.refused", {"file": str(asked.form), "reason": words}, failed=True),)
    save_whole(asked.out, made.pdf)
    return (Line("form.printed", {"file": str(asked.out), "pages": made.pages, "language": made.language}),)


def _steps(path: Path) -> Iterator[Mapping[str, object]]:
    try:
        # Not splitlines: an answer may hold a line separator of Unicode.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Expected("form.unreadable", reason=reason or type(error).__name__) from error
    for line in lines:
        if line.strip():
            try:
                step = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise Expected("form.not_json") from error
            if not isinstance(step, dict):
                raise Expected("form.not_json")
            yield step
