"""
An interview on paper: what was asked and answered, in one language, to be read back and signed or kept in the file.

Source: FORMS.md 6, "Print". The officer's remarks have no place among the values: they never print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from avrr_desktop.documents import blocks as piece
from avrr_desktop.documents import formats, frame
from avrr_desktop.documents.blocks import Block, Cell
from avrr_desktop.documents.pages import Sheet
from avrr_desktop.documents.paper import (
    GUTTER,
    Audience,
    Setting,
    Stamp,
    check_printable,
    finish,
    open_setting,
)
from avrr_desktop.documents.text import NO_BREAK
from avrr_desktop.documents.wording import Wording

AUDIENCE = Audience.INTERNAL
"""Both stay in the office, like the declaration: a person's own words cannot be searched for harm and kept whole."""

SHARE = 0.56
"""Of the width that questions take; answers stand beside them."""


class Reader(Enum):
    """Who reads it: the office, or the person to whom the answers are read back and who signs."""

    INTERNAL = "internal"
    RETURNEE = "returnee"


class Given(Enum):
    """What became of a question; all but ANSWERED are said in the wording's words, ending the key of their text."""

    ANSWERED = "answered"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Head:
    """A page, group or row; *level* counts from 1."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Note:
    """A text that was read out and asks nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as asked and its answer as read: choices by their labels; "" unless answered."""

    text: str
    answer: str
    given: Given = Given.ANSWERED


Part = Head | Note | Entry


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Which form and which run of it; it stands at the foot of every page.

    Attributes:
        sha256: Of the form's source, as long as it shall print.
        interview: Id; "" for a form played without a case.
    """

    form_id: str
    version: str
    sha256: str
    interview: str


@dataclass(frozen=True, slots=True)
class InterviewValues:
    """
    All that the paper may print.

    Attributes:
        title: Of the form.
        name, officer: "" without a case.
        begun_on, completed_on: In the office's zone; None where not known, and before completion.
        parts: In the order of the form, relevant ones only.
        lacks_sections: Answers of sections kept apart exist in the form and are not here.
    """

    stamp: Stamp
    reader: Reader
    title: str
    name: str
    officer: str
    interpreter: str
    language: str
    begun_on: date | None
    completed_on: date | None
    parts: tuple[Part, ...]
    lacks_sections: bool
    origin: Origin


def render(
    values: InterviewValues,
    *,
    wording: Wording,
    fonts: Path,
    rehearsal: bool,
    guards: Sequence[Wording] = (),
    sheet: Sheet = Sheet.A4,
) -> bytes:
    """
    Make the paper as PDF, in the one language of *wording* and of the values.

    Raises:
        NotPrintable: A question or an answer has characters no font draws.
    """
    setting = open_setting(wording, None, guards, fonts, sheet)
    check_printable(values, setting)
    blocks = [
        *piece.paragraph(values.title, 0, setting.width, setting.fonts, piece.TITLE),
        piece.space(4),
        *frame.facts(setting, _facts(values, wording)),
        piece.space(6),
        *_parts(setting, values.parts),
        *_end(setting, values),
    ]
    return finish(
        blocks,
        values,
        title=wording.text("interview.title"),
        stamp=values.stamp,
        audience=AUDIENCE,
        setting=setting,
        rehearsal=rehearsal,
        run=wording.text("interview.run", interview=values.origin.interview) if values.origin.interview else "",
        origin=_origin(values.origin),
    )


def plain(text: str) -> str:
    """Return a form's label without the marks of its Markdown: bold, italic, headings, links as their text, tags."""
    text = re.sub(r"<[/a-zA-Z][^<>]{0,200}>", "", text)
    text = re.sub(r"\[([^\[\]]{1,300})\]\([^()\s]{1,500}\)", r"\1", text)
    text = re.sub(r"^[ \t]*#{1,6}[ \t]+", "", text, flags=re.MULTILINE)
    # A run of four or more low lines is a blank to fill in, not the mark of bold.
    text = re.sub(r"(?<!\*\*)(?<!__)(\*\*|__)(?!\1|[*_]*\s)(.{1,2000}?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*_])", r"\2", text)
    # Forms write French signs behind a plain blank; the sign must not begin a line by itself.
    return re.sub(r" (?=[?!;:\u00bb])", NO_BREAK, text)


def _facts(values: InterviewValues, wording: Wording) -> list[tuple[str, str]]:
    begun = formats.day(values.begun_on, wording) if values.begun_on else ""
    ended = formats.day(values.completed_on, wording) if values.completed_on else wording.text("interview.unfinished")
    return [
        ("interview.person", values.name),
        ("interview.case", formats.together(values.stamp.case_short) if values.stamp.case_short else ""),
        ("interview.language", values.language),
        ("interview.officer", values.officer),
        ("interview.interpreter", values.interpreter),
        ("interview.begun", begun),
        ("interview.completed", ended if begun else ""),
    ]


def _parts(setting: Setting, parts: Sequence[Part]) -> list[Block]:
    made: list[Block] = []
    for part in parts:
        if isinstance(part, Head):
            made += _head(setting, part)
        elif isinstance(part, Note):
            made += piece.paragraph(part.text, 0, setting.width, setting.fonts, piece.SMALL)
            made.append(piece.space(4))
        else:
            made += _entry(setting, part)
    if not parts:
        made += setting.said("interview.nothing", piece.SOFT)
    return made


def _head(setting: Setting, head: Head) -> list[Block]:
    style, before = ((piece.LEAD, 16.0), (piece.STRONG, 9.0), (piece.MEDIUM, 6.0))[min(head.level, 3) - 1]
    made = [
        piece.space(before, keep=True),
        *piece.kept(piece.paragraph(head.text, 0, setting.width, setting.fonts, style)),
    ]
    if head.level == 1:
        made.append(piece.rule(setting.width, thickness=piece.THICK, height=6, keep=True))
    return made


def _entry(setting: Setting, entry: Entry) -> list[Block]:
    asked = (setting.width - GUTTER) * SHARE
    is_answered = entry.given is Given.ANSWERED
    said = entry.answer if is_answered else setting.own.text(f"interview.{entry.given.value}")
    answer = Cell(
        said,
        asked + GUTTER,
        setting.width - asked - GUTTER,
        piece.MEDIUM if is_answered else piece.SOFT,
    )
    return [
        *piece.row([Cell(entry.text, 0, asked), answer], setting.fonts, keep=True),
        piece.rule(setting.width, height=6),
    ]


def _end(setting: Setting, values: InterviewValues) -> list[Block]:
    """Say what is not on it, and leave room for the signatures of a read-back."""
    made: list[Block] = [piece.space(12)]
    if values.reader is Reader.INTERNAL:
        if values.lacks_sections:
            made += setting.said("interview.apart", piece.SMALL)
        return [*made, *setting.said("interview.stays", piece.SMALL)]
    signers = [("sign.participant", values.name)]
    if values.interpreter:
        signers.append(("sign.interpreter", values.interpreter))
    signers.append(("sign.officer", values.officer))
    return [
        *made,
        *piece.kept(setting.said("interview.read_back")),
        *frame.signatures(setting, signers),
        piece.space(8),
        *setting.said("interview.stays", piece.SMALL),
    ]


def _origin(origin: Origin) -> str:
    parts = (f"{origin.form_id} {origin.version}".strip(), origin.sha256)
    return " \u00b7 ".join(formats.together(part) for part in parts if part)
