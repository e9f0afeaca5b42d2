"""Print a form that was played without a case: the answers of a script on the paper of an interview."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from avrr_desktop.documents.interview import InterviewValues, Origin, Reader, render
from avrr_desktop.documents.paper import Stamp
from avrr_desktop.documents.preview import count_pages
from avrr_desktop.documents.wording import languages, load_wording
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.asking import language_code, language_name
from avrr_desktop.services.forms import Source
from avrr_desktop.services.playing import Play
from avrr_desktop.services.read_back import SHORT, ReadBack

FALLBACK = "en"
"""Language of the fixed words where a form speaks one that papers do not."""


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A played form on paper: the PDF, its pages, and the language of its fixed words."""

    pdf: bytes
    pages: int
    language: str


def print_form(
    source: Source,
    steps: Iterable[Mapping[str, object]],
    *,
    clock: Callable[[], datetime],
    random_bytes: Callable[[int], bytes],
    zone: tzinfo,
    fonts: Path,
    wording: Path,
    properties: Mapping[str, str] | None = None,
    with_notes: bool = False,
) -> PrintedForm:
    """
    Take *steps* as `playing.Play` does and print what stands then, in the form's language of that moment.

    Args:
        steps: In order; what they answer is dropped.
        fonts, wording: Folders of the program's own files.

    Raises:
        Expected: "form.step_refused" with the number of the step and the code of its reason; what `Play` refuses;
            "paper.not_printable".
    """
    played = Play(source, clock=clock, random_bytes=random_bytes, zone=zone, properties=properties)
    for number, step in enumerate(steps, start=1):
        try:
            played.take(step)
        except Expected as refused:
            raise Expected("form.step_refused", number=number, reason=refused.code, **_named(refused)) from refused
    form, definition = played.form, played.form.definition
    code = language_code(form.language)
    known = languages(wording)
    voice = load_wording(wording, code if code in known else FALLBACK)
    today = clock().astimezone(zone).date()
    values = InterviewValues(
        Stamp("", None, today),
        Reader.INTERNAL,
        definition.title,
        "",
        "",
        "",
        language_name(form.language),
        None,
        None,
        ReadBack(form, voice, zone, with_notes=with_notes).parts(),
        False,
        Origin(definition.form_id, definition.version, hashlib.sha256(source.data).hexdigest()[:SHORT], ""),
    )
    pdf = render(values, wording=voice, fonts=fonts, rehearsal=False)
    return PrintedForm(pdf, count_pages(pdf), voice.language)


def _named(refused: Expected) -> dict[str, object]:
    """Return the parameters of a refusal that do not hide ours."""
    return {name: value for name, value in refused.params.items() if name not in ("number", "reason")}
