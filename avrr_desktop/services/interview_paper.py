"""The paper of an interview: for the file, or to be read back to the person and signed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from avrr_desktop.documents.interview import InterviewValues, Origin, Part, Reader
from avrr_desktop.documents.wording import Wording
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Case
from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.counselling import Answer, Interview
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.sections import Right, Section, readable
from avrr_desktop.services.asking import APART, language_code
from avrr_desktop.services.desk import Desk, hold, verb
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.papers import Made, Prepared, finish_paper, stamp_of
from avrr_desktop.services.people import view_people
from avrr_desktop.services.places import language_name
from avrr_desktop.services.read_back import SHORT, ReadBack

__all__ = ["Printable", "Reader", "make_interview", "prepare_interview", "printable_interviews"]


@dataclass(frozen=True, slots=True)
class Printable:
    """An interview with answers: its number in the case, counted from 1, and when it began, in the office's zone."""

    interview: str
    number: int
    begun_on: date | None


class _Reading(Sitting):
    """An interview to be read as a paper."""

    def parts(
        self, wording: Wording, sections: Collection[Section], *, with_notes: bool, for_returnee: bool
    ) -> tuple[tuple[Part, ...], bool]:
        """
        Return what prints in *wording*'s language, and whether the form has questions of sections left out.

        Raises:
            Refused: A section asked for is withheld from this officer.
        """
        for section in sections:
            if section in self._withheld:
                hold(self.desk, self.actor, "interview_paper.prepare_interview", (Right.READ, section))
        left_out = {section.value for section in (APART - set(sections)) | self._withheld}
        codes = {language_code(name): name for name in self._definition.languages}
        self._form.language = codes.get(wording.language, self._definition.languages[0])
        walk = ReadBack(
            self._form,
            wording,
            ZoneInfo(self.desk.zone),
            without=left_out,
            with_notes=with_notes,
            for_returnee=for_returnee,
        )
        lacks = any(one.section in left_out for one in self._definition.questions.values() if one.control)
        return walk.parts(), lacks


@verb(reads=(Section.CORE, Section.COUNS))
def printable_interviews(desk: Desk, actor: Actor, case: str) -> tuple[Printable, ...]:
    """Return the interviews of *case* that have an answer the officer's roles read, oldest first."""
    answers = desk.store.find(Answer, case=case, sections=readable(actor.roles))
    answered = {answer.value.interview for answer in answers}
    return tuple(
        Printable(held.id, number, local_date(begun, desk.zone) if (begun := held.value.started_at) else None)
        for number, held in enumerate(desk.find(Interview, case), start=1)
        if held.id in answered
    )


@verb(reads=(Section.CORE, Section.COUNS))
def prepare_interview(
    desk: Desk,
    actor: Actor,
    case: str,
    interview: str,
    *,
    language: str,
    reader: Reader = Reader.INTERNAL,
    sections: Collection[Section] = (),
    with_notes: bool = False,
) -> Prepared:
    """
    Gather the paper of an interview; what is open is sealed first. `papers.finish_paper` makes it.

    Args:
        reader: For the returnee, what the officer answers alone is left out (appearance "officer").
        language: Of the fixed words; questions print in it too where the form has it, else in the form's default.
        sections: Of those kept apart (protection, medical), the ones that shall print.
        with_notes: Also texts that were only read out.

    Raises:
        Refused: The officer may not read a section asked for.
        Expected: "interview.missing", "form.missing", "form.other_version", "paper.no_wording", "paper.no_number".
    """
    wordings = desk.wordings
    if language not in wordings:
        raise Expected("paper.no_wording", language=language)
    stamp = stamp_of(desk, desk.one(Case, case) or Case(), None)
    sitting = _Reading(desk, actor, case, interview)
    parts, lacks = sitting.parts(
        wordings[language], sections, with_notes=with_notes, for_returnee=reader is Reader.RETURNEE
    )
    with desk.work(actor) as work:
        work.seal_case(case)
    header = sitting.record
    values = InterviewValues(
        stamp,
        reader,
        sitting.title,
        next((p.name for p in view_people(desk, case) if p.id == header.person), ""),
        officer_names(desk).get(header.officer or "", ""),
        sitting.meeting.interpreter_name or "",
        language_name(header.language or language, language),
        local_date(header.started_at, desk.zone) if header.started_at else None,
        local_date(header.completed_at, desk.zone) if header.completed_at else None,
        parts,
        lacks,
        Origin(header.form_id or "", header.form_version or "", (header.form_sha256 or "")[:SHORT], interview),
    )
    return Prepared(
        Paper.INTERVIEW,
        language,
        values,
        wordings[language],
        None,
        tuple(wordings.values()),
        desk.resources.fonts,
        bool(desk.office().rehearsal),
        False,
        None,
    )


def make_interview(
    desk: Desk,
    actor: Actor,
    case: str,
    interview: str,
    *,
    language: str,
    reader: Reader = Reader.INTERNAL,
    sections: Collection[Section] = (),
    with_notes: bool = False,
) -> Made:
    """Make the paper of an interview at once. Raises what `prepare_interview` and `papers.finish_paper` raise."""
    return finish_paper(
        prepare_interview(
            desk,
            actor,
            case,
            interview,
            language=language,
            reader=reader,
            sections=sections,
            with_notes=with_notes,
        )
    )
