"""Section couns and its companions: interviews, sittings, answers, stops and the declaration of voluntary return."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from avrr_desktop.domain.fields import (
    Code,
    Day,
    Entity,
    Id,
    Instant,
    Language,
    Line,
    Register,
    Sensitivity,
    Text,
)
from avrr_desktop.domain.sections import Section


class InterviewState(StrEnum):
    """An interview keeps the form version it began with."""

    DRAFT = "draft"
    COMPLETE = "complete"


class SignedHow(StrEnum):
    """On the screen, or on paper and scanned."""

    SCREEN = "screen"
    SCAN = "scan"


FORM = Register("form")
INTERVIEW_STATE = Register("state", blocking=True)
CURSOR = Register("cursor")
INTERVIEW_SIGNED = Register("signed", blocking=True)


class Interview(Entity):
    """One run of a form with one person."""

    kind: ClassVar[str] = "interview"
    section: ClassVar[Section] = Section.COUNS

    form_id: Annotated[Code | None, FORM] = None
    form_version: Annotated[Code | None, FORM] = None
    form_sha256: Annotated[Code | None, FORM] = None
    person: Annotated[Id | None, FORM] = None
    language: Annotated[Language | None, FORM] = None
    started_at: Annotated[Instant | None, FORM] = None
    officer: Annotated[Id | None, FORM] = None
    state: Annotated[InterviewState | None, INTERVIEW_STATE] = None
    completed_at: Annotated[Instant | None, INTERVIEW_STATE] = None
    cursor_node: Annotated[Line | None, CURSOR] = None
    cursor_rep: Annotated[Line | None, CURSOR] = None
    signed_how: Annotated[SignedHow | None, INTERVIEW_SIGNED] = None
    signed_on: Annotated[Day | None, INTERVIEW_SIGNED] = None
    signed_language: Annotated[Language | None, INTERVIEW_SIGNED] = None
    signed_blob: Annotated[Id | None, INTERVIEW_SIGNED] = None


class Mode(StrEnum):
    """How officer and person met."""

    OFFICE = "office"
    PHONE = "phone"
    VIDEO = "video"
    DETENTION_VISIT = "detention_visit"


SITTING = Register("sitting")
SITTING_END = Register("ended")
INTERPRETER = Register("interpreter")


class Sitting(Entity):
    """
    One meeting of an interview; without `ended_at` it runs, or the program ended before the officer did.

    Source: DOMAIN.md 4 and 4.13.
    """

    kind: ClassVar[str] = "sitting"
    section: ClassVar[Section] = Section.COUNS

    interview: Annotated[Id | None, SITTING] = None
    started_at: Annotated[Instant | None, SITTING] = None
    place: Annotated[Line | None, SITTING] = None
    mode: Annotated[Mode | None, SITTING] = None
    officer: Annotated[Id | None, SITTING] = None
    present: Annotated[Line | None, SITTING] = None
    alone: Annotated[bool | None, SITTING] = None
    ended_at: Annotated[Instant | None, SITTING_END] = None
    interpreter_name: Annotated[Line | None, INTERPRETER] = None
    interpreter_language: Annotated[Language | None, INTERPRETER] = None
    interpreter_dialect: Annotated[Line | None, INTERPRETER] = None
    interpreter_mode: Annotated[Mode | None, INTERPRETER] = None
    interpreter_bound: Annotated[bool | None, INTERPRETER] = None
    interpreter_relative: Annotated[bool | None, INTERPRETER] = None
    interpreter_quality: Annotated[Line | None, INTERPRETER] = None


class AnswerState(StrEnum):
    """Answered, or why not."""

    ANSWERED = "answered"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


ANSWER_OF = Register("of")
ANSWER = Register("answer")
REMARK = Register("remark")


class Answer(Entity):
    """One answered question; a companion, in the section its question names. Id: `answer_id`."""

    kind: ClassVar[str] = "answer"
    section: ClassVar[Section | None] = None

    interview: Annotated[Id | None, ANSWER_OF] = None
    node: Annotated[Line | None, ANSWER_OF] = None
    rep: Annotated[Line | None, ANSWER_OF] = None
    value: Annotated[Text | None, ANSWER, Sensitivity.RESTRICTED] = None
    state: Annotated[AnswerState | None, ANSWER] = None
    remark: Annotated[Text | None, REMARK, Sensitivity.RESTRICTED] = None


def answer_id(interview: str, node: str, rep: str) -> str:
    """Return the entity id of an answer: the register key (interview, node, rep) of DESIGN.md 5.17, as text."""
    return f"{interview}|{node}|{rep}"


AMENDMENT = Register("amendment", blocking=True)


class Amendment(Entity):
    """
    Why an answer was changed after completion; a companion, in the section of the answer.

    The values themselves stand in the history of the answer.
    """

    kind: ClassVar[str] = "amendment"
    section: ClassVar[Section | None] = None

    interview: Annotated[Id | None, AMENDMENT] = None
    node: Annotated[Line | None, AMENDMENT] = None
    rep: Annotated[Line | None, AMENDMENT] = None
    reason: Annotated[Text | None, AMENDMENT, Sensitivity.RESTRICTED] = None
    at: Annotated[Instant | None, AMENDMENT] = None
    by: Annotated[Id | None, AMENDMENT] = None


ROW = Register("row")


class RepeatRow(Entity):
    """One row of a repeat, with a stable id (the entity id) and a fractional order key."""

    kind: ClassVar[str] = "repeat_row"
    section: ClassVar[Section] = Section.COUNS

    interview: Annotated[Id | None, ROW] = None
    node: Annotated[Line | None, ROW] = None
    parent_rep: Annotated[Line | None, ROW] = None
    order: Annotated[Line | None, ROW] = None


STOP = Register("stop", blocking=True, protective="open", order=("true", "false"))


class StopRecord(Entity):
    """A condition that blocks (S1-S12), with who lifted it and why."""

    kind: ClassVar[str] = "stop"
    section: ClassVar[Section] = Section.COUNS

    code: Annotated[Code | None, STOP] = None
    open: Annotated[bool | None, STOP] = None
    at: Annotated[Instant | None, STOP] = None
    by: Annotated[Id | None, STOP] = None
    reason: Annotated[Text | None, STOP, Sensitivity.RESTRICTED] = None


DECLARED = Register("declared", blocking=True)


class Declaration(Entity):
    """A person's signed declaration of voluntary return. Source: DOMAIN.md 4.14."""

    kind: ClassVar[str] = "declaration"
    section: ClassVar[Section] = Section.COUNS

    person: Annotated[Id | None, DECLARED] = None
    wording: Annotated[Code | None, DECLARED] = None
    wording_sha256: Annotated[Code | None, DECLARED] = None
    language: Annotated[Language | None, DECLARED] = None
    signed_on: Annotated[Day | None, DECLARED] = None
    place: Annotated[Line | None, DECLARED] = None
    officer: Annotated[Id | None, DECLARED] = None
    interpreter: Annotated[Line | None, DECLARED] = None
    how: Annotated[SignedHow | None, DECLARED] = None
    blob: Annotated[Id | None, DECLARED] = None


CONSENT_TEXT = Register("consent_text")


class ConsentText(Entity):
    """The consent text that was read, kept with the counselling records; its state stands in section core."""

    kind: ClassVar[str] = "consent_text"
    section: ClassVar[Section] = Section.COUNS

    person: Annotated[Id | None, CONSENT_TEXT] = None
    text: Annotated[Text | None, CONSENT_TEXT] = None
    wording: Annotated[Code | None, CONSENT_TEXT] = None
    read_on: Annotated[Day | None, CONSENT_TEXT] = None


FLAG = Register("flag")
RESOLVED = Register("resolved", blocking=True)


class Flag(Entity):
    """
    A note with a due date that someone must resolve; a companion, in the section of what it is about.

    In section couns the code is neutral ("follow_up"); what was found stands in section protection only.
    Source: DOMAIN.md 4.5 (practice).
    """

    kind: ClassVar[str] = "flag"
    section: ClassVar[Section | None] = None

    code: Annotated[Code | None, FLAG] = None
    person: Annotated[Id | None, FLAG] = None
    interview: Annotated[Id | None, FLAG] = None
    raised_at: Annotated[Instant | None, FLAG] = None
    raised_by: Annotated[Id | None, FLAG] = None
    due_on: Annotated[Day | None, FLAG] = None
    resolved_at: Annotated[Instant | None, RESOLVED] = None
    resolved_by: Annotated[Id | None, RESOLVED] = None
    outcome: Annotated[Text | None, RESOLVED, Sensitivity.RESTRICTED] = None


class HandedHow(StrEnum):
    """How a country sheet reached the person."""

    READ_ALOUD = "read_aloud"
    SHOWN = "shown"
    PRINTED = "printed"


HANDED = Register("handed", blocking=True)


class SheetHanded(Entity):
    """A country sheet shown or handed over: which, in what state, to whom, when. Source: DOMAIN.md 4.3."""

    kind: ClassVar[str] = "sheet_handed"
    section: ClassVar[Section] = Section.COUNS

    person: Annotated[Id | None, HANDED] = None
    interview: Annotated[Id | None, HANDED] = None
    sheet: Annotated[Id | None, HANDED] = None
    sheet_sha256: Annotated[Code | None, HANDED] = None
    language: Annotated[Language | None, HANDED] = None
    how: Annotated[HandedHow | None, HANDED] = None
    at: Annotated[Instant | None, HANDED] = None
    by: Annotated[Id | None, HANDED] = None
