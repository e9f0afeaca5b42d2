"""
Hold an interview: open or resume, answer, complete. Every answer is durable when the verb returns.

`Sitting` is what the window holds: it knows one running form, the case and the acting officer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.counselling import Answer, Interview, InterviewState, Mode
from avrr_desktop.domain.counselling import Sitting as SittingRecord
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.domain.fields import check_value
from avrr_desktop.domain.ids import EntityId
from avrr_desktop.domain.office import FormVersion
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.interview.answers import State, Stored
from avrr_desktop.interview.errors import FormError
from avrr_desktop.interview.model import RunningForm
from avrr_desktop.interview.tree import Place
from avrr_desktop.services.amending import Amending
from avrr_desktop.services.asking import (
    Asked,
    Given,
    Option,
    RepeatShown,
    Spot,
    Topic,
    language_code,
    language_name,
    stops_in,
)
from avrr_desktop.services.consenting import has_consented
from avrr_desktop.services.desk import Desk, Done, done, hold, note_refusal, own_stream, verb
from avrr_desktop.services.form_sources import current_source, definition_of, keep_version, open_form
from avrr_desktop.services.keeping import begin_meeting
from avrr_desktop.services.moving import advance, need_running
from avrr_desktop.services.stopping import raise_stops

PRE_DEPARTURE = "pre_departure"

__all__ = [
    "PRE_DEPARTURE",
    "Asked",
    "Given",
    "Option",
    "RepeatShown",
    "Sitting",
    "Spot",
    "Topic",
    "begin_interview",
    "heard_alone",
    "interviews",
    "language_code",
    "language_name",
]


@verb(reads=(Section.CORE, Section.COUNS))
def interviews(desk: Desk, actor: Actor, case: str) -> tuple[tuple[str, Interview], ...]:
    """Return the interviews of a case with their ids, oldest first."""
    return tuple((found.id, found.value) for found in desk.find(Interview, case))


@verb(reads=(Section.CORE, Section.COUNS))
def heard_alone(desk: Desk, actor: Actor, case: str) -> frozenset[str]:
    """Return the persons who were met alone in at least one sitting. Source: DOMAIN.md 4.0 (each adult, once)."""
    alone = {found.value.interview for found in desk.find(SittingRecord, case, alone=True)}
    return frozenset(one.value.person for one in desk.find(Interview, case) if one.id in alone and one.value.person)


@verb(reads=(Section.CORE,), writes=(Section.COUNS,))
def begin_interview(
    desk: Desk,
    actor: Actor,
    case: str,
    person: str,
    *,
    language: str,
    place: str,
    mode: Mode,
    interpreter: str | None,
    interpreter_language: str | None = None,
    interpreter_mode: Mode | None = None,
    interpreter_dialect: str | None = None,
    interpreter_bound: bool | None = None,
    interpreter_relative: bool | None = None,
    present: str | None = None,
    alone: bool | None = None,
    form_id: str = PRE_DEPARTURE,
) -> Done[str]:
    """
    Open a new interview with its first sitting; it keeps the current version of its form for ever.

    Raises:
        Blocked: "case.ended"; "interview.no_consent": the person has not agreed to the use of data, so no question is
            asked; "interview.relative": a relative never interprets.
        Expected: "form.missing"; "form.retired" when no version of the form is left.
    """
    need_running(desk, case)
    if not has_consented(desk, case, person):
        raise Blocked("interview.no_consent", person=person)
    form = current_source(desk, form_id)
    definition = definition_of(form)
    interview = desk.new_id()
    now = desk.clock()
    with desk.work(actor) as work:
        keep_version(desk, actor, work, form)
        stream = own_stream(Interview, case)
        work.put(
            stream,
            Interview,
            interview,
            form_id=definition.form_id,
            form_version=definition.version,
            form_sha256=form.sha256,
            person=person,
            language=language,
            started_at=now,
            officer=actor.officer,
        )
        work.put(stream, Interview, interview, state=InterviewState.DRAFT)
        meeting = SittingRecord(
            place=place,
            mode=mode,
            present=present,
            alone=alone,
            interpreter_name=interpreter,
            interpreter_language=interpreter_language,
            interpreter_mode=interpreter_mode,
            interpreter_dialect=interpreter_dialect,
            interpreter_bound=interpreter_bound,
            interpreter_relative=interpreter_relative,
        )
        begin_meeting(desk, actor, work, case, interview, meeting)
        so_far = done(work, interview)
    # The form's version stays when the interview is taken back: another one may have begun with it.
    return replace(so_far, before=tuple(was for was in so_far.before if was.kind != FormVersion.kind))


class Sitting(Amending):
    """
    An open interview: what is asked now, in two languages, and the verbs of the room.

    Args:
        interview: Id of an interview made by `begin_interview`.

    Attributes:
        record: The interview's header.
        last_changes: What the last verb changed.
        interrupted_at: When the last answer was given before the program ended without `end`; None after a clean end.

    Raises:
        Refused: The officer may not read section couns.
        Expected: "interview.missing"; what `form_sources.open_form` says when the version the interview began with is
            not to be had.
    """

    def __init__(self, desk: Desk, actor: Actor, case: str, interview: str) -> None:
        hold(desk, actor, "interviewing.open", (Right.READ, Section.COUNS))
        record = desk.one(Interview, case, interview)
        if record is None or record.form_id is None:
            raise Expected("interview.missing", interview=interview)
        definition = open_form(desk, record.form_id, record.form_sha256, record.form_version or "")
        self.desk = desk
        self.actor = actor
        self.case = case
        self.interview = EntityId(interview)
        self.record = record
        self.last_changes = Changes()
        self._unsaved: dict[tuple[str, str], Stored] = {}
        codes = {language_code(name): name for name in definition.languages}
        office = (desk.office().languages or "en").split()
        self.language = next((codes[code] for code in office if code in codes), definition.languages[0])
        self.other_language = codes.get(record.language or "", self.language)
        self._definition = definition
        self._meetings = self._read_meetings()
        self._open_again()
        self.interrupted_at = self._interruption()
        fresh = [stored for stored in self._form.stored() if stored not in self._read_before]
        if fresh and self.is_writable and self._has_consent():
            self._save(fresh, begins=False)

    # Verbs

    def answer(self, spot: Spot, value: str) -> tuple[Spot, ...]:
        """
        Write an answer ('' clears it); durable when this returns.

        Returns:
            The places that may show something else now.

        Raises:
            Blocked: "interview.complete"; "interview.no_consent" once the consent was taken back.
            Refused: This officer may not collect answers of that section, or not in a colleague's interview.
            BadValue: The value does not fit the question ("answer.not_int", "answer.not_date", "answer.limit", …, or
                "value.refused" for characters nobody can read); nothing is written.
        """
        clean = check_value(Answer, "value", value)
        with self._writing(spot) as form:
            changed = form.answer(Place(spot.node, spot.rep), clean)
        return self._keep(changed, spot)

    def set_state(self, spot: Spot, state: str) -> tuple[Spot, ...]:
        """Mark a question "declined", "not_asked" or "answered"; raises as `answer`."""
        with self._writing(spot) as form:
            changed = form.set_state(Place(spot.node, spot.rep), State(state))
        return self._keep(changed, spot)

    def remark(self, spot: Spot, text: str) -> tuple[Spot, ...]:
        """Write the officer's private remark beside a question; raises as `answer`."""
        clean = check_value(Answer, "remark", text)
        with self._writing(spot) as form:
            held = form.stored_at(Place(spot.node, spot.rep))
            state = held.state if held else State.ANSWERED
            changed = form.set_state(Place(spot.node, spot.rep), state, note=clean)
        return self._keep(changed, spot)

    def add_row(self, repeat: Spot) -> str:
        """Add a row to a repeat and return its id; raises as `answer`."""
        with self._writing(None) as form:
            changed = form.add_row(Place(repeat.node, repeat.rep))
        self._keep(changed, None)
        return changed.row

    def remove_row(self, repeat: Spot, row: str) -> None:
        """Remove a row of a repeat; its answers stay in the journal. Raises as `answer`."""
        with self._writing(None) as form:
            changed = form.remove_row(Place(repeat.node, row))
        self._keep(changed, None)

    def move_to(self, spot: Spot) -> None:
        """Remember that the interview stands at *spot*, so that it is resumed there."""
        if self.is_writable and self.cursor() != spot:
            self._save((), spot, begins=False)

    def try_again(self) -> None:
        """Write what could not be written before, when the disk was full or the stick was out."""
        self._save(())

    def leave_page(self) -> None:
        """Seal what was answered; call it when a page is left."""
        with self.desk.work(self.actor) as work:
            work.seal_case(self.case)

    def begin_meeting(self, like: SittingRecord) -> Done[None]:
        """
        Begin a sitting with the place, the people and the interpreter of *like*; one left open before is ended.

        Raises:
            Blocked: "interview.relative"; "interview.complete"; "interview.no_consent".
            Refused: This officer may not conduct interviews.
            BadValue: A value that cannot be kept.
        """
        self._need_writing(None)
        with self.desk.work(self.actor) as work:
            # One that nobody ended was over with its last answer.
            self._end_meeting(work, self.interrupted_at or self.meeting.started_at)
            begin_meeting(self.desk, self.actor, work, self.case, self.interview, like)
            changes = work.changes
        self._meetings = self._read_meetings()
        return Done(None, changes)

    def remark_on_interpreter(self, text: str) -> Done[None]:
        """Write how the interpreting of the latest sitting went; raises as `begin_meeting`."""
        self._need_writing(None)
        clean = check_value(SittingRecord, "interpreter_quality", text.strip() or None)
        with self.desk.work(self.actor) as work:
            stream = own_stream(SittingRecord, self.case)
            work.put(stream, SittingRecord, self._meetings[-1].id, interpreter_quality=clean)
            changes = work.changes
        self._meetings = self._read_meetings()
        return Done(None, changes)

    def end(self) -> Done[None]:
        """End the sitting and seal; the next answer begins another one, or goes on with this one on the same day."""
        with self.desk.work(self.actor) as work:
            if self.is_writable:
                self._end_meeting(work)
            work.seal_case(self.case)
            changes = work.changes
        self._meetings = self._read_meetings()
        return Done(None, changes)

    def complete(self) -> Done[None]:
        """
        Close the interview: calculations are kept, open stops are raised, gates that wait for it open.

        From then on answers are read as the officer's roles allow, without those that were only collected.

        Raises:
            Blocked: "interview.unanswered" with how many questions need another look; "interview.complete".
        """
        with self._writing(None) as form:
            if problems := self.problems():
                raise Blocked("interview.unanswered", count=len(problems))
            self._save(form.finish().stored)
        # Worked out from every answer: what this officer may not see is not covered by what follows from nothing.
        whole = self._whole_form()
        self._save([Stored(place.node, place.rep, value) for place, value in whole.calculated().items()])
        self._raise_flags(whole)
        with self.desk.work(self.actor) as work:
            raise_stops(self.desk, self.actor, work, self.case, stops_in(whole))
            self._end_meeting(work)
            work.put(
                own_stream(Interview, self.case),
                Interview,
                self.interview,
                state=InterviewState.COMPLETE,
                completed_at=self.desk.clock(),
            )
            work.seal_case(self.case)
            so_far = done(work, None)
        self.record = self.desk.one(Interview, self.case, self.interview) or self.record
        self._meetings = self._read_meetings()
        self._open_again()
        # A completed interview is closed: undo never opens it again.
        return Done(None, advance(self.desk, self.actor, self.case, so_far).changes)

    # Inside

    @contextmanager
    def _writing(self, spot: Spot | None) -> Iterator[RunningForm]:
        """Give the form to a verb that changes it; its refusals become ours."""
        self._need_writing(spot)
        try:
            yield self._form
        except FormError as error:
            raise BadValue(f"answer.{error.code}", **error.params) from error

    def _need_writing(self, spot: Spot | None) -> None:
        """Hold the officer to what writing at *spot* needs, None for the interview itself; raises as `answer`."""
        if self.is_complete:
            raise Blocked("interview.complete", interview=self.interview)
        question = self._definition.questions.get(spot.node) if spot else None
        section = Section(question.section) if question else Section.COUNS
        hold(self.desk, self.actor, "interviewing.answer", (Right.WRITE, Section.COUNS), (Right.COLLECT, section))
        if section in self._withheld or (spot and Place(spot.node, spot.rep) in self._hidden):
            note_refusal(self.desk, self.actor, "interviewing.answer", section.value)
            raise Refused("role.refused", verb="interviewing.answer", section=section.value, right=Right.COLLECT.value)
        if not self._has_consent():
            raise Blocked("interview.no_consent", person=self.record.person)

    def _has_consent(self) -> bool:
        return self.record.person is not None and has_consented(self.desk, self.case, self.record.person)
