"""What the screen shows of the walk through an interview; no Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import Failure
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.interviewing import Asked, RepeatShown, Sitting, Spot, language_code, language_name
from avrr_desktop.services.proposing import Proposal
from avrr_desktop.services.stopping import who_lifts
from avrr_desktop.ui.interview.reading import typed
from avrr_desktop.ui.interview.state import CHECK, FINISH, MEETING, Facts, Line, Part, SectionView, Speech, State
from avrr_desktop.ui.interview.telling import Destination, SheetLine

Item = Asked | RepeatShown


class Showing:
    """
    The walk to be looked at; `model.InterviewModel` adds the verbs.

    Attributes:
        sitting: The open interview.
    """

    desk: Desk
    actor: Actor
    sitting: Sitting
    _person: str
    _place: str
    _now: Spot | None
    _speech: Speech
    _marked: set[Spot]
    _tried: set[Spot]
    _typed: dict[Spot, tuple[str, Failure]]
    _has_note: bool
    _checks: bool
    _saved_at: datetime | None
    _unsaved: Failure | None
    _interrupted: tuple[datetime, int] | None
    _proposals: tuple[Proposal, ...]
    _ticked: frozenset[int]
    _written: int | None
    _sheet: str
    _told: Destination | None

    @property
    def state(self) -> State:
        """Return the whole screen as it is now."""
        sections = self._sections()
        here = next((section for section in sections if section.is_now), None)
        stops = self.sitting.stops() if not self.sitting.is_complete else ()
        lifts = who_lifts(self.desk, self.sitting.case) if stops else {}
        state = State(
            self._facts(),
            self._place,
            sections,
            (language_name(self.sitting.language), language_name(self.sitting.other_language)),
            (language_code(self.sitting.language), language_code(self.sitting.other_language)),
            self._speech,
            here.text if here else "",
            here.other if here else "",
            interrupted=self._interrupted,
            stops=stops,
            lifters=tuple(lifts.get(code, ()) for code in stops),
            marked=len(self._marked),
            saved_at=self._saved_at,
            unsaved=self._unsaved,
            is_complete=self.sitting.is_complete,
            is_writable=self.sitting.is_writable,
            may_tell=self.actor.may(Right.WRITE, Section.COUNS),
            meetings=self.sitting.meetings,
            record=self.sitting.record,
            today=self.desk.today(),
        )
        if self._place == MEETING:
            return state
        if self._place == CHECK:
            problems = self.sitting.problems() if self._checks and not self.sitting.is_complete else ()
            summary = self._summary(sections)
            spots = (line.spot for _section, lines in summary for line in lines)
            return replace(
                state,
                summary=summary,
                problems=problems,
                amendable=frozenset(spot for spot in spots if self.sitting.can_amend(spot)),
                amended=tuple((spot, reasons[-1]) for spot, reasons in self.sitting.amendments().items()),
            )
        if self._place == FINISH:
            return replace(state, proposals=self._proposals, ticked=self._ticked, written=self._written)
        return self._with_page(state)

    @property
    def open_line(self) -> SheetLine | None:
        """Return the country sheet that is open over the questions; None when the questions are shown."""
        told = self._told.lines if self._told is not None else ()
        return next((line for line in told if line.sheet.id == self._sheet), None)

    # Inside

    def _facts(self) -> Facts:
        meeting, office = self.sitting.meeting, self.desk.office()
        return Facts(
            self.sitting.title,
            self._person,
            self.desk.zone,
            self.sitting.meeting_number,
            meeting.started_at,
            bool(meeting.interpreter_name),
            meeting.interpreter_mode,
            bool(office.rehearsal),
        )

    def _sections(self) -> tuple[SectionView, ...]:
        topics = self.sitting.topics()
        marked = {self.sitting.topic_of(spot) for spot in self._marked}
        views = [
            SectionView(
                t.path,
                t.text,
                t.other,
                t.answered,
                0 if t.is_withheld else t.asked,
                t.path in marked,
                t.path == self._place,
                t.is_withheld,
            )
            for t in topics
        ]
        last = (CHECK, FINISH) if self.sitting.is_complete else (CHECK,)
        return (*views, *(SectionView(place, "", "", 0, 0, False, self._place == place) for place in last))

    def _with_page(self, state: State) -> State:
        items = self.sitting.page(self._place)
        head = 0
        while head < len(items) and isinstance(one := items[head], Asked) and one.kind == "note":
            head += 1
        asks = [item.spot for item in items if isinstance(item, Asked) and item.kind != "note"]
        lines = tuple(self._line(item, asks.index(item.spot) + 1 if item.spot in asks else 0) for item in items[head:])
        asked = self._question_now()
        text, refusal = self._typed.get(asked.spot, (typed(asked), None)) if asked is not None else ("", None)
        return replace(
            state,
            destination=self._told,
            sheet=self.open_line,
            unreviewed=tuple(language_name(name) for name in self._spoken() if name in self.sitting.unreviewed),
            intro=tuple(one for one in items[:head] if isinstance(one, Asked)),
            lines=lines,
            count=sum(line.number > 0 for line in lines),
            text=text,
            refusal=refusal,
            has_note=self._has_note or bool(asked is not None and asked.remark),
        )

    def _line(self, item: Item, number: int) -> Line:
        if isinstance(item, RepeatShown):
            return Line(Part.NOW if item.spot == self._now else Part.AHEAD, repeat=item)
        if item.kind == "note":
            return Line(Part.NOTE, item)
        if item.is_withheld:
            return Line(Part.APART, item, number=number)
        shows = item.spot in self._tried and bool(item.problem)
        part = Part.NOW if item.spot == self._now else Part.DONE if item.state else Part.AHEAD
        return Line(part, item, None, number, item.spot in self._marked, shows)

    def _summary(self, sections: tuple[SectionView, ...]) -> tuple[tuple[SectionView, tuple[Line, ...]], ...]:
        return tuple(
            (
                section,
                tuple(
                    Line(Part.APART if one.is_withheld else Part.DONE, one, None, 0, one.spot in self._marked, True)
                    for one in self.sitting.questions(section.path)
                    if one.kind != "note"
                ),
            )
            for section in sections
            if section.asked or section.is_apart
        )

    def _steps(self, place: str) -> list[Spot]:
        """Return where one stops on a page, in order: questions to answer and lists to fill."""
        if place in (CHECK, FINISH, MEETING) or not self.sitting.is_writable:
            return []
        return [item.spot for item in self.sitting.page(place) if is_step(item)]

    def _spoken(self) -> tuple[str, ...]:
        """Return the languages on the screen, as the form names them."""
        return tuple(dict.fromkeys((self.sitting.language, self.sitting.other_language)))

    def _question_now(self) -> Asked | None:
        if self._now is None or self._now not in self._steps(self._place):
            return None
        item = next((one for one in self.sitting.page(self._place) if one.spot == self._now), None)
        return item if isinstance(item, Asked) else None


def is_step(item: Item) -> bool:
    """Tell whether one stops at *item*: a question to answer or a list to fill."""
    if isinstance(item, RepeatShown):
        return item.is_open
    return item.kind != "note" and not item.is_readonly and not item.is_withheld
