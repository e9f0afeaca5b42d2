"""
Keep an interview's answers, rows and sittings in the store, and read back what the officer may see.

`interviewing.Sitting` adds the verbs; a window never meets this class by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.counselling import Answer, AnswerState, Interview, InterviewState, RepeatRow, answer_id
from avrr_desktop.domain.counselling import Sitting as SittingRecord
from avrr_desktop.domain.failures import Blocked
from avrr_desktop.domain.ids import EntityId
from avrr_desktop.domain.sections import CASE_SECTIONS, Right, Section, case_stream, readable
from avrr_desktop.interview.answers import State, Stored, read_row, row_value
from avrr_desktop.interview.model import Changed, RunningForm
from avrr_desktop.interview.tree import Place
from avrr_desktop.services.asking import APART, Asked, Asking, Spot
from avrr_desktop.services.desk import Desk, own_stream
from avrr_desktop.services.flagging import codes_in, is_flag, raise_flags
from avrr_desktop.store.store import Found, Work


def begin_meeting(desk: Desk, actor: Actor, work: Work, case: str, interview: str, like: SittingRecord) -> None:
    """
    Write that a sitting begins now, at the place, in the mode and with the people of *like*.

    Raises:
        Blocked: "interview.relative": a family member, and above all a child, never interprets (DOMAIN.md 4.13).
    """
    if like.interpreter_relative:
        raise Blocked("interview.relative", interview=interview)
    work.put(
        own_stream(SittingRecord, case),
        SittingRecord,
        desk.new_id(),
        interview=interview,
        started_at=desk.clock(),
        place=like.place,
        mode=like.mode,
        officer=actor.officer,
        present=like.present,
        alone=like.alone,
        interpreter_name=like.interpreter_name,
        interpreter_language=like.interpreter_language,
        interpreter_dialect=like.interpreter_dialect,
        interpreter_mode=like.interpreter_mode,
        interpreter_bound=like.interpreter_bound,
        interpreter_relative=like.interpreter_relative,
    )


def flag_values(form: RunningForm) -> dict[str, str]:
    """Return the calculated values that raise flags, by name."""
    values = {form.definition.questions[place.node].name: value for place, value in form.calculated().items()}
    return {name: value for name, value in values.items() if is_flag(name)}


class Keeping(Asking):
    """
    A running form whose answers stand in the store.

    Attributes:
        record: The interview's header.
        last_changes: What the last verb changed.
    """

    desk: Desk
    actor: Actor
    case: str
    interview: EntityId
    record: Interview
    last_changes: Changes
    _unsaved: dict[tuple[str, str], Stored]
    _meetings: list[Found[SittingRecord]]
    _visible: frozenset[Section]
    _read_before: frozenset[Stored]
    _hidden: frozenset[Place]

    @property
    def is_complete(self) -> bool:
        """Tell whether the interview is closed."""
        return self.record.state is InterviewState.COMPLETE

    @property
    def is_writable(self) -> bool:
        """Tell whether this officer may answer."""
        return not self.is_complete and self.actor.may(Right.WRITE, Section.COUNS)

    @property
    def meeting(self) -> SittingRecord:
        """Return the latest sitting: since when, with which interpreter."""
        return self._meetings[-1].value if self._meetings else SittingRecord()

    @property
    def meeting_number(self) -> int:
        """Return its number, from 1; 0 before the first."""
        return len(self._meetings)

    @property
    def meetings(self) -> tuple[SittingRecord, ...]:
        """Return all sittings, oldest first."""
        return tuple(found.value for found in self._meetings)

    @property
    def needs_meeting(self) -> bool:
        """Tell whether place, people and interpreter are to be asked: another day, or another officer."""
        if not self.is_writable:
            return False
        last = self.meeting
        if last.started_at is None or last.officer != self.actor.officer:
            return True
        return local_date(last.started_at, self.desk.zone) != self.desk.today()

    def cursor(self) -> Spot | None:
        """Return where the interview was left."""
        node = self.record.cursor_node
        return Spot(node, self.record.cursor_rep or "") if node else None

    # Inside

    def _open_again(self) -> None:
        """Build the running form from the answers this officer may see now."""
        self._form = self._form_of(self._read())

    def _form_of(self, answers: list[Stored]) -> RunningForm:
        return RunningForm(
            self._definition,
            answers=answers,
            now=self.desk.clock,
            zone=ZoneInfo(self.desk.zone),
            ids=self.desk.new_id,
            language=self.language,
            properties={"username": self.actor.officer},
        )

    def _whole_form(self) -> RunningForm:
        """Return the form with every answer held here, to work out what follows; nobody is shown it."""
        return self._form_of(self._stored(frozenset(CASE_SECTIONS)))

    def _read(self) -> list[Stored]:
        """Return the stored answers and rows of this interview that this officer may see."""
        self._visible = self._allowed()
        self._hidden = self._of_colleagues()
        found = [stored for stored in self._stored(self._visible) if stored.place not in self._hidden]
        self._read_before = frozenset(found)
        return found

    def _stored(self, sections: frozenset[Section]) -> list[Stored]:
        found = [
            Stored(
                answer.value.node or "",
                answer.value.rep or "",
                answer.value.value or "",
                State(answer.value.state.value) if answer.value.state else State.ANSWERED,
                answer.value.remark or "",
            )
            for answer in self.desk.store.find(Answer, case=self.case, sections=sections, interview=self.interview)
            if answer.value.node in self._definition.questions
        ]
        rows = [
            Stored(row.value.node or "", row.id, row_value(int(row.value.order or "1"), row.value.parent_rep or ""))
            for row in self.desk.find(RepeatRow, self.case, interview=self.interview)
        ]
        return found + rows

    def _of_colleagues(self) -> frozenset[Place]:
        """
        Return the places a colleague answered in sections this officer only collects in.

        Who takes an interview over goes on with it, and neither sees nor covers what was said to the colleague alone.
        """
        collected = self._visible - readable(self.actor.roles)
        if not collected:
            return frozenset()
        latest: dict[str, str] = {}
        for line in self.desk.store.history([case_stream(self.case, section) for section in collected]):
            if line.kind == Answer.kind:
                latest.setdefault(line.entity, line.officer)
        ours = self.desk.store.find(Answer, case=self.case, sections=collected, interview=self.interview)
        return frozenset(
            Place(one.value.node or "", one.value.rep or "")
            for one in ours
            if latest.get(one.id, self.actor.officer) != self.actor.officer
        )

    def problems(self) -> tuple[Asked, ...]:
        """Return every question whose answer may not stand, in page order; a colleague's unseen ones are theirs."""
        return tuple(
            asked for asked in super().problems() if Place(asked.spot.node, asked.spot.rep) not in self._hidden
        )

    def _asked(self, place: Place) -> Asked:
        asked = super()._asked(place)
        return replace(asked, is_withheld=True, problem="", problem_text="") if place in self._hidden else asked

    def _allowed(self) -> frozenset[Section]:
        """
        Return the sections whose answers this officer may see in this interview.

        Who conducts an interview sees its own answers until completion, and afterwards only what the role reads
        (DESIGN.md 4, right "c"). A colleague who goes on with it does not collect there either: unseen, an answer
        would be covered by another, and a stop it gives would never be raised. Seeing a restricted section is an entry
        in the audit trail.
        """
        allowed = readable(self.actor.roles)
        collects = frozenset(section for section in CASE_SECTIONS if self.actor.may(Right.COLLECT, section))
        self._withheld = frozenset(CASE_SECTIONS) - allowed
        if not self.is_complete and self.record.officer == self.actor.officer:
            self._withheld -= collects
            allowed |= collects
        if restricted := sorted(section.value for section in allowed & APART):
            with self.desk.work(self.actor) as work:
                work.audit("restricted_view", case=self.case, sections=" ".join(restricted))
        return allowed

    def _read_meetings(self) -> list[Found[SittingRecord]]:
        return self.desk.find(SittingRecord, self.case, interview=self.interview)

    def _interruption(self) -> datetime | None:
        """Return the time of the last answer when the latest sitting was never ended."""
        if self.is_complete or self.meeting.started_at is None or self.meeting.ended_at is not None:
            return None
        lines = self.desk.store.history([case_stream(self.case, section) for section in self._visible])
        given = (line.at for line in lines if line.kind == "answer" and line.entity.startswith(self.interview))
        return max((at for at in given if at >= self.meeting.started_at), default=None)

    def _keep(self, changed: Changed, cursor: Spot | None) -> tuple[Spot, ...]:
        self._save(changed.stored, cursor)
        if any(
            is_flag(self._definition.questions[place.node].name)
            for place in changed.places
            if place.node in self._definition.questions
        ):
            self._raise_flags(self._form)
        return tuple(Spot(place.node, place.rep) for place in changed.places)

    def _raise_flags(self, form: RunningForm) -> None:
        """Write the flags the answers of *form* give; who must help learns of them at once."""
        codes = codes_in(flag_values(form))
        if not codes:
            return
        with self.desk.work(self.actor) as work:
            raise_flags(self.desk, self.actor, work, self.case, self.interview, self.record.person, codes)
            self.last_changes |= work.changes

    def _save(self, entries: Iterable[Stored], cursor: Spot | None = None, *, begins: bool = True) -> None:
        """Write *entries* and all that could not be written before; *begins*: a sitting must run for it."""
        self._unsaved |= {(stored.node, stored.rep): stored for stored in entries}
        with self.desk.work(self.actor) as work:
            if begins:
                self._begin_meeting(work)
            for stored in self._unsaved.values():
                self._save_one(work, stored)
            if cursor is not None:
                work.put(
                    own_stream(Interview, self.case),
                    Interview,
                    self.interview,
                    cursor_node=cursor.node,
                    cursor_rep=cursor.rep,
                )
            changes = work.changes
        self._unsaved = {}
        self.last_changes = changes
        if cursor is not None:
            self.record = self.record.model_copy(update={"cursor_node": cursor.node, "cursor_rep": cursor.rep})
        if "sitting" in changes.kinds:
            self._meetings = self._read_meetings()

    def _save_one(self, work: Work, stored: Stored) -> None:
        if stored.node in self._definition.repeats:
            self._save_row(work, stored)
            return
        section = Section(self._definition.questions[stored.node].section)
        work.put(
            case_stream(self.case, section),
            Answer,
            answer_id(self.interview, stored.node, stored.rep),
            interview=self.interview,
            node=stored.node,
            rep=stored.rep,
            value=stored.value,
            state=AnswerState(stored.state.value),
            remark=stored.note or None,
        )

    def _save_row(self, work: Work, stored: Stored) -> None:
        stream = own_stream(RepeatRow, self.case)
        placed = read_row(stored.value)
        if placed is None:
            work.remove(stream, RepeatRow, stored.rep)
            return
        order, parent = placed
        work.put(
            stream,
            RepeatRow,
            stored.rep,
            interview=self.interview,
            node=stored.node,
            parent_rep=parent or None,
            order=str(order),
        )

    def _begin_meeting(self, work: Work) -> None:
        """Make sure that a sitting of this officer runs: the same one within a day, else another like it."""
        last = self.meeting
        if last.started_at is None or last.ended_at is not None or last.officer != self.actor.officer:
            zone = self.desk.zone
            same_day = last.started_at is not None and local_date(last.started_at, zone) == self.desk.today()
            if same_day and last.officer == self.actor.officer:
                stream = own_stream(SittingRecord, self.case)
                work.put(stream, SittingRecord, self._meetings[-1].id, ended_at=None)
            else:
                begin_meeting(self.desk, self.actor, work, self.case, self.interview, last)

    def _end_meeting(self, work: Work, at: datetime | None = None) -> None:
        if self.meeting.started_at is not None and self.meeting.ended_at is None:
            stream = own_stream(SittingRecord, self.case)
            work.put(stream, SittingRecord, self._meetings[-1].id, ended_at=at or self.desk.clock())
