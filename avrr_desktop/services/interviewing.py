"""
Hold an interview: open or resume, answer, complete. Every answer is durable when the verb returns.

`Sitting` is what the window holds: it knows one running form, the case and the acting officer. The engine's own
objects do not leave this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.counselling import (
    Answer,
    AnswerState,
    Interview,
    InterviewState,
    Mode,
    RepeatRow,
    StopRecord,
    answer_id,
)
from avrr_desktop.domain.counselling import Sitting as SittingRecord
from avrr_desktop.domain.failures import Blocked, Expected
from avrr_desktop.domain.ids import EntityId
from avrr_desktop.domain.sections import CASE_SECTIONS, Right, Section, case_stream, readable
from avrr_desktop.interview.answers import State, Stored, read_row, row_value
from avrr_desktop.interview.convert import CompiledForm, compile_markdown
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.model import Changed, RunningForm
from avrr_desktop.interview.tree import Place
from avrr_desktop.interview.xform import load
from avrr_desktop.services.consenting import has_consented
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import advance, open_stops
from avrr_desktop.store.store import Work

PRE_DEPARTURE = "pre_departure"
STOPS = re.compile(r"S(?:[1-9]|1[0-2])")
SHOWN = {
    "text": "text",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "select_one": "one",
    "select_multiple": "several",
    "note": "note",
    "acknowledge": "acknowledge",
}
"""XLSForm type to the kind of control a window draws; anything else is a text."""


@lru_cache(maxsize=8)
def _compiled(path: Path, _changed_ns: int) -> tuple[CompiledForm, Definition]:
    form = compile_markdown(path.read_text(encoding="utf-8"), name=path.parent.name)
    return form, load(form.xform_xml)


def open_form(folder: Path, form_id: str) -> tuple[CompiledForm, Definition]:
    """
    Return a shipped form, compiled once a start.

    Raises:
        Expected: "form.missing" when no such form is there.
    """
    path = folder / form_id / "form.md"
    if not path.is_file():
        raise Expected("form.missing", form=form_id)
    return _compiled(path, path.stat().st_mtime_ns)


def language_code(name: str) -> str:
    """Return "fr" for "Français (fr)"; the name itself when it has no code."""
    match = re.search(r"\(([A-Za-z-]+)\)\s*$", name)
    return match[1] if match else name


@dataclass(frozen=True, slots=True)
class Spot:
    """A question's place: its template path and the row it stands in ('' outside repeats)."""

    node: str
    rep: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in both languages."""

    value: str
    text: str
    other: str


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question as a window draws it.

    Attributes:
        kind: A value of `SHOWN`.
        text, hint: In the officer's language.
        other, other_hint: In the returnee's language; the same when both are one.
        state: "answered", "declined", "not_asked", or "" while untouched.
        problem: "" or "required" or "constraint"; *problem_text* is the form's own message, maybe "".
        row: (number, of how many) inside a repeat, None outside.
    """

    spot: Spot
    kind: str
    is_long: bool
    text: str
    other: str
    hint: str
    other_hint: str
    options: tuple[Option, ...]
    value: str
    state: str
    remark: str
    is_required: bool
    is_readonly: bool
    problem: str
    problem_text: str
    row: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class RepeatShown:
    """A repeat on a page: its rows, and whether people may add and remove them."""

    spot: Spot
    text: str
    other: str
    rows: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the interview with its completeness (dealt with, asked)."""

    path: str
    text: str
    other: str
    answered: int
    asked: int


@verb(reads=(Section.CORE, Section.COUNS))
def interviews(desk: Desk, actor: Actor, case: str) -> tuple[tuple[str, Interview], ...]:
    """Return the interviews of a case with their ids, oldest first."""
    return tuple((found.id, found.value) for found in desk.find(Interview, case))


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
    present: str | None = None,
    form_id: str = PRE_DEPARTURE,
) -> Done[str]:
    """
    Open a new interview with its first sitting.

    Raises:
        Blocked: "interview.no_consent": the person has not agreed to the use of data, so no question is asked.
        Expected: "form.missing".
    """
    if not has_consented(desk, case, person):
        raise Blocked("interview.no_consent", person=person)
    form, definition = open_form(desk.resources.forms, form_id)
    interview = desk.new_id()
    now = desk.clock()
    with desk.work(actor) as work:
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
        _begin_sitting(desk, actor, work, case, interview, place, mode, interpreter, interpreter_language, present)
        return done(work, interview)


def _begin_sitting(
    desk: Desk,
    actor: Actor,
    work: Work,
    case: str,
    interview: str,
    place: str,
    mode: Mode,
    interpreter: str | None,
    interpreter_language: str | None,
    present: str | None,
) -> None:
    work.put(
        own_stream(SittingRecord, case),
        SittingRecord,
        desk.new_id(),
        interview=interview,
        started_at=desk.clock(),
        place=place,
        mode=mode,
        officer=actor.officer,
        present=present,
        interpreter_name=interpreter,
        interpreter_language=interpreter_language,
    )


class Sitting:
    """
    An open interview: what is asked now, in two languages, and the verbs of the room.

    Args:
        interview: Id of an interview made by `begin_interview`.

    Raises:
        Refused: The officer may not read section couns.
        Expected: "interview.missing", "form.missing", or "form.other_version" when the shipped form is another than
            the one the interview began with.
    """

    def __init__(self, desk: Desk, actor: Actor, case: str, interview: str) -> None:
        actor.need("interviewing.open", (Right.READ, Section.COUNS), (Right.WRITE, Section.COUNS))
        record = desk.one(Interview, case, interview)
        if record is None or record.form_id is None:
            raise Expected("interview.missing", interview=interview)
        form, definition = open_form(desk.resources.forms, record.form_id)
        if record.form_sha256 != form.sha256:
            raise Expected(
                "form.other_version", form=record.form_id, began=record.form_version, held=definition.version
            )
        self.desk = desk
        self.actor = actor
        self.case = case
        self.interview = EntityId(interview)
        self.record = record
        self.last_changes = Changes()
        codes = {language_code(name): name for name in definition.languages}
        office = (desk.office().languages or "en").split()
        self.language = next((codes[code] for code in office if code in codes), definition.languages[0])
        self.other_language = codes.get(record.language or "", self.language)
        self._definition = definition
        self._form = RunningForm(
            definition,
            answers=self._read(),
            now=desk.clock,
            zone=ZoneInfo(desk.zone),
            ids=desk.new_id,
            language=self.language,
            properties={"username": actor.officer},
        )
        fresh = [stored for stored in self._form.stored() if stored not in self._read_before]
        if fresh and not self.is_complete:
            self._save(fresh)

    # What is shown

    @property
    def title(self) -> str:
        """Return the form's title."""
        return self._definition.title

    @property
    def is_complete(self) -> bool:
        """Tell whether the interview is closed."""
        return self.record.state is InterviewState.COMPLETE

    @property
    def has_two_languages(self) -> bool:
        """Tell whether the form speaks the returnee's language as well as the officer's."""
        return self.language != self.other_language

    def topics(self) -> tuple[Topic, ...]:
        """Return the pages that have something to ask, in order."""
        return tuple(
            Topic(
                page.path,
                self._form.label(page.path),
                self._form.label(page.path, self.other_language),
                *self._form.completeness(page.path),
            )
            for page in self._form.pages()
        )

    def questions(self, topic: str) -> tuple[Asked, ...]:
        """Return the questions and notes of a page in order, row by row."""
        return tuple(self._asked(place) for place in self._form.places(topic))

    def repeats(self, topic: str) -> tuple[RepeatShown, ...]:
        """Return the repeats of a page that people may fill."""
        return tuple(
            RepeatShown(
                Spot(path),
                self._form.label(path),
                self._form.label(path, self.other_language),
                self._form.rows(path),
                repeat.count is None and self._form.is_relevant(path),
            )
            for path, repeat in self._definition.repeats.items()
            if path.startswith(topic + "/")
        )

    def question(self, spot: Spot) -> Asked:
        """Return one question as it is now."""
        return self._asked(Place(spot.node, spot.rep))

    def problems(self) -> tuple[Asked, ...]:
        """Return every question whose answer may not stand, in page order."""
        return tuple(self._asked(place) for place, _verdict in self._form.violations())

    def stops(self) -> tuple[str, ...]:
        """Return the stop codes the answers give now."""
        found: set[str] = set()
        for place, value in self._form.calculated().items():
            if self._definition.questions[place.node].name.startswith("stops"):
                found.update(STOPS.findall(value))
        return tuple(sorted(found))

    def topic_of(self, spot: Spot) -> str:
        """Return the page a question stands on."""
        return next((t.path for t in self._form.pages() if spot.node.startswith(t.path + "/")), "")

    def cursor(self) -> Spot | None:
        """Return where the interview was left."""
        node = self.record.cursor_node
        return Spot(node, self.record.cursor_rep or "") if node else None

    # Verbs

    def answer(self, spot: Spot, value: str) -> tuple[Spot, ...]:
        """
        Write an answer ('' clears it); durable when this returns.

        Returns:
            The places that may show something else now.

        Raises:
            Blocked: "interview.complete".
            AnswerError: The value does not fit the question; nothing is written.
        """
        return self._keep(self._open().answer(Place(spot.node, spot.rep), value), spot)

    def set_state(self, spot: Spot, state: str) -> tuple[Spot, ...]:
        """Mark a question "declined", "not_asked" or "answered"; raises as `answer`."""
        return self._keep(self._open().set_state(Place(spot.node, spot.rep), State(state)), spot)

    def remark(self, spot: Spot, text: str) -> tuple[Spot, ...]:
        """Write the officer's private remark beside a question; raises as `answer`."""
        held = self._form.stored_at(Place(spot.node, spot.rep))
        state = held.state if held else State.ANSWERED
        return self._keep(self._open().set_state(Place(spot.node, spot.rep), state, note=text), spot)

    def add_row(self, repeat: Spot) -> str:
        """Add a row to a repeat and return its id; raises as `answer`."""
        changed = self._open().add_row(Place(repeat.node, repeat.rep))
        self._keep(changed, None)
        return changed.row

    def remove_row(self, repeat: Spot, row: str) -> None:
        """Remove a row of a repeat; its answers stay in the journal. Raises as `answer`."""
        self._keep(self._open().remove_row(Place(repeat.node, row)), None)

    def leave_page(self) -> None:
        """Seal what was answered; call it when a page is left."""
        with self.desk.work(self.actor) as work:
            work.seal_case(self.case)

    def complete(self) -> Done[None]:
        """
        Close the interview: calculations are kept, open stops are raised, gates that wait for it open.

        Raises:
            Blocked: "interview.unanswered" with how many questions need another look; "interview.complete".
        """
        form = self._open()
        if violations := form.violations():
            raise Blocked("interview.unanswered", count=len(violations))
        changed = form.finish()
        calculated = [Stored(place.node, place.rep, value) for place, value in form.calculated().items()]
        self._save([*changed.stored, *calculated])
        now = self.desk.clock()
        known = open_stops(self.desk, self.case)
        with self.desk.work(self.actor) as work:
            for code in self.stops():
                if code not in known:
                    work.put(
                        own_stream(StopRecord, self.case),
                        StopRecord,
                        self.desk.new_id(),
                        code=code,
                        open=True,
                        at=now,
                        by=self.actor.officer,
                    )
            work.put(
                own_stream(Interview, self.case),
                Interview,
                self.interview,
                state=InterviewState.COMPLETE,
                completed_at=now,
            )
            work.seal_case(self.case)
            so_far = done(work, None)
        self.record = self.desk.one(Interview, self.case, self.interview) or self.record
        return advance(self.desk, self.actor, self.case, so_far)

    # Inside

    def _open(self) -> RunningForm:
        if self.is_complete:
            raise Blocked("interview.complete", interview=self.interview)
        return self._form

    def _asked(self, place: Place) -> Asked:
        form, question = self._form, self._definition.questions[place.node]
        held = form.stored_at(place)
        verdict = form.constraint(place)
        touched = held is not None and (held.state is not State.ANSWERED or held.value != "")
        others = {choice.value: choice.label for choice in form.choices(place, self.other_language)}
        repeat = next((p for p in self._definition.repeats if place.rep and place.node.startswith(p + "/")), None)
        rows = form.rows(repeat) if repeat else ()
        return Asked(
            Spot(place.node, place.rep),
            SHOWN.get(question.type.split()[0], "text"),
            "multiline" in question.appearance,
            form.label(place),
            form.label(place, self.other_language),
            form.hint(place),
            form.hint(place, self.other_language),
            tuple(Option(c.value, c.label, others.get(c.value, c.label)) for c in form.choices(place)),
            form.value(place),
            held.state.value if held is not None and touched else "",
            held.note if held is not None else "",
            form.is_required(place),
            form.is_readonly(place),
            verdict.condition,
            verdict.message,
            (rows.index(place.rep) + 1, len(rows)) if place.rep in rows else None,
        )

    def _read(self) -> list[Stored]:
        """Return the stored answers and rows of this interview."""
        allowed = self._visible()
        found = [
            Stored(
                answer.value.node or "",
                answer.value.rep or "",
                answer.value.value or "",
                State(answer.value.state.value) if answer.value.state else State.ANSWERED,
                answer.value.remark or "",
            )
            for answer in self.desk.store.find(Answer, case=self.case, sections=allowed, interview=self.interview)
            if answer.value.node in self._definition.questions
        ]
        rows = [
            Stored(row.value.node or "", row.id, row_value(int(row.value.order or "1"), row.value.parent_rep or ""))
            for row in self.desk.find(RepeatRow, self.case, interview=self.interview)
        ]
        self._read_before = frozenset(found + rows)
        return found + rows

    def _visible(self) -> frozenset[Section]:
        """
        Return the sections whose answers this officer may see in this interview.

        Who conducts an interview sees its own answers until completion, and afterwards only what the role reads
        (DESIGN.md 4, right "c"). Seeing a restricted section is an entry in the audit trail.
        """
        allowed = readable(self.actor.roles)
        if not self.is_complete and self.record.officer == self.actor.officer:
            allowed |= {section for section in CASE_SECTIONS if self.actor.may(Right.COLLECT, section)}
        restricted = sorted(section.value for section in allowed & {Section.PROTECTION, Section.MEDICAL})
        if restricted:
            with self.desk.work(self.actor) as work:
                work.audit("restricted_view", case=self.case, sections=" ".join(restricted))
        return allowed

    def _keep(self, changed: Changed, cursor: Spot | None) -> tuple[Spot, ...]:
        self._save(changed.stored, cursor)
        return tuple(Spot(place.node, place.rep) for place in changed.places)

    def _save(self, entries: Iterable[Stored], cursor: Spot | None = None) -> None:
        with self.desk.work(self.actor) as work:
            for stored in entries:
                if stored.node in self._definition.repeats:
                    self._save_row(work, stored)
                    continue
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
            if cursor is not None:
                work.put(
                    own_stream(Interview, self.case),
                    Interview,
                    self.interview,
                    cursor_node=cursor.node,
                    cursor_rep=cursor.rep,
                )
            self.last_changes = work.changes

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
