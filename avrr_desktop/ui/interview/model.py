"""The walk through an interview: where it stands, what is shown, and the officer's verbs; no Qt."""

from __future__ import annotations

from datetime import date, datetime

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.counselling import HandedHow, InterviewState, SignedHow
from avrr_desktop.domain.counselling import Sitting as Meeting
from avrr_desktop.domain.failures import BadValue, Expected, Failure
from avrr_desktop.services.desk import Desk, Done
from avrr_desktop.services.interviewing import (
    Asked,
    Sitting,
    Spot,
    interviews,
)
from avrr_desktop.services.people import people
from avrr_desktop.services.proposing import Proposal, accept, proposals
from avrr_desktop.services.signing import sign_interview
from avrr_desktop.ui.interview.reading import read_typed
from avrr_desktop.ui.interview.showing import Showing, is_step
from avrr_desktop.ui.interview.state import CHECK, FINISH, MEETING, Speech
from avrr_desktop.ui.interview.telling import Destination, destination, hand, is_about_information


def newest(desk: Desk, actor: Actor, case: str) -> str:
    """
    Return the interview to open: the newest that is not complete, else the newest.

    Raises:
        Expected: "interview.missing" when the case has none.
    """
    held = interviews(desk, actor, case)
    if not held:
        raise Expected("interview.missing", case=case)
    drafts = [found for found, record in held if record.state is not InterviewState.COMPLETE]
    return (drafts or [found for found, _record in held])[-1]


class InterviewModel(Showing):
    """
    One open interview and the walk through it.

    Verbs return what a service returned, for the room to tell; `state` is the screen after them.
    """

    def __init__(self, desk: Desk, actor: Actor, case: str, interview: str = "") -> None:
        self.desk, self.actor, self.case = desk, actor, case
        self.interview = interview or newest(desk, actor, case)
        self.sitting = Sitting(desk, actor, case, self.interview)
        self._speech = Speech.BOTH if self.sitting.has_two_languages else Speech.OWN
        self._marked: set[Spot] = set()
        self._tried: set[Spot] = set()
        self._typed: dict[Spot, tuple[str, Failure]] = {}
        self._has_note = False
        self._checks = False
        self._saved_at: datetime | None = None
        self._unsaved: Failure | None = None
        self._proposals: tuple[Proposal, ...] = ()
        self._ticked: frozenset[int] = frozenset()
        self._written: int | None = None
        self._sheet = ""
        self._told: Destination | None = None
        person = next((view for view in people(desk, actor, case) if view.id == self.sitting.record.person), None)
        self._person = person.name if person is not None else ""
        self._place, self._now = self._where_left()
        self._interrupted = self._interruption()
        # Where the interview goes on once it is known how one meets today; None when that is known.
        self._waiting: tuple[str, Spot | None] | None = None
        if self.sitting.needs_meeting:
            self._waiting, self._place, self._now = (self._place, self._now), MEETING, None
        self._read_destination()
        # True after "Change" on the page to check: going on leads back there.
        self._returns = False
        if self.sitting.is_complete:
            self._proposals = proposals(desk, actor, case, self.interview)

    # Going about

    def go_to(self, place: str) -> Done[None]:
        """Show a topic at its first open question, or the page to check."""
        self._returns = False
        return self._leave_for(place, None if place in (CHECK, FINISH) else self._first_open(place))

    def change(self, spot: Spot) -> Done[None]:
        """Take up an answered question again; from the page to check, going on leads back there."""
        returns = self._place == CHECK
        done = self._leave_for(self.sitting.topic_of(spot), spot)
        self._returns = returns
        return done

    def go_on(self) -> Done[None]:
        """Go to the next question, unless the answer at hand may not stand."""
        asked = self._question_now()
        if asked is not None and self._may_not_stand(asked):
            self._tried.add(asked.spot)
            return Done(None)
        return self._step_on()

    def go_back(self) -> Done[None]:
        """Go to the question before, in the topic before where this is the first."""
        steps = self._steps(self._place)
        before = steps[: self._index(steps)] if self._now is not None else steps
        if before:
            return self._leave_for(self._place, before[-1])
        order = self._order()
        at = order.index(self._place) if self._place in order else len(order)
        if at == 0 or self._place == MEETING:
            return Done(None)
        earlier = self._steps(order[at - 1])
        return self._leave_for(order[at - 1], earlier[-1] if earlier else None)

    def come_back_later(self) -> Done[None]:
        """Mark the question at hand for this sitting and go on; on a marked one, take the mark away."""
        if self._now is None:
            return Done(None)
        if self._now in self._marked:
            self._marked.discard(self._now)
            return Done(None)
        self._marked.add(self._now)
        return self._step_on()

    def go_to_marked(self) -> Done[None]:
        """Go to the first question marked to come back to."""
        spots = [spot for place in self._order() if place != CHECK for spot in self._steps(place)]
        spot = next((spot for spot in spots if spot in self._marked), None)
        return Done(None) if spot is None else self.change(spot)

    def speak(self, speech: Speech | None = None) -> None:
        """Show another language, the next one without an argument."""
        order = list(Speech)
        if self.sitting.has_two_languages:
            self._speech = speech or order[(order.index(self._speech) + 1) % len(order)]

    # The sitting

    def begin_meeting(self, like: Meeting) -> Done[None]:
        """Begin today's sitting and go where the interview was left."""
        done = self.sitting.begin_meeting(like)
        if self._waiting is not None:
            (self._place, self._now), self._waiting = self._waiting, None
        self._read_destination()
        self._saved_at = self.desk.clock()
        return done

    def remark_on_interpreter(self, text: str) -> Done[None]:
        """Write how the interpreting went."""
        done = self.sitting.remark_on_interpreter(text)
        self._saved_at = self.desk.clock()
        return done

    def sign(self, picture: bytes, how: SignedHow, signed_on: date) -> Done[None]:
        """Keep the signature under what was read back."""
        language = self.sitting.record.language or ""
        done = sign_interview(
            self.desk, self.actor, self.case, self.interview, picture=picture, how=how, language=language,
            signed_on=signed_on,
        )  # fmt: skip
        self.reload()
        self._saved_at = self.desk.clock()
        return done

    # Country sheets

    def open_sheet(self, sheet: str) -> None:
        """Show the country sheet with this id over the questions; "" shows the questions again."""
        self._sheet = sheet

    def hand(self, how: HandedHow) -> Done[None]:
        """Record how the open sheet reached the person."""
        line = self.open_line
        if line is None:
            return Done(None)
        record = self.sitting.record
        done = hand(
            self.desk, self.actor, self.case, self.interview, record.person or "", line.sheet, how,
            record.language or line.sheet.language,
        )  # fmt: skip
        self._saved_at = self.desk.clock()
        self._read_destination()
        return done

    # Answering

    def answer(self, spot: Spot, text: str) -> Done[None]:
        """Write what was typed or chosen at *spot*; what cannot be read stays there with the reason."""
        asked = self.sitting.question(spot)
        try:
            value = read_typed(asked.kind, text)
            if value == asked.value:
                # Nothing new; a question set aside stays so when its empty box is left.
                self._typed.pop(spot, None)
                return Done(None)
            self.sitting.answer(spot, value)
        except BadValue as failure:
            self._typed[spot] = (text, failure)
            return Done(None)
        self._typed.pop(spot, None)
        self._marked.discard(spot)
        self._tried.add(spot)
        return self._kept()

    def set_aside(self, state: str) -> Done[None]:
        """Mark the question at hand "not_asked" or "declined"; the same again takes it back."""
        asked = self._question_now()
        if asked is None:
            return Done(None)
        self.sitting.set_state(asked.spot, "answered" if asked.state == state else state)
        self._typed.pop(asked.spot, None)
        self._marked.discard(asked.spot)
        return self._kept()

    def open_note(self) -> None:
        """Open or close the private note of the question at hand."""
        self._has_note = not self._has_note and self._question_now() is not None

    def remark(self, spot: Spot, text: str) -> Done[None]:
        """Write the officer's private note."""
        self.sitting.remark(spot, text.strip())
        return self._kept()

    def add_row(self, repeat: Spot) -> Done[None]:
        """Add a member and go to the first question about them."""
        row = self.sitting.add_row(repeat)
        changes = self.sitting.last_changes
        first = next((spot for spot in self._steps(self._place) if spot.rep == row), None)
        self._move(self._place, first or repeat)
        self._kept()
        return Done(None, changes | self.sitting.last_changes)

    def remove_row(self, repeat: Spot, row: str) -> Done[None]:
        """Take a member off the list and stand at the list again."""
        self.sitting.remove_row(repeat, row)
        self._marked = {spot for spot in self._marked if spot.rep != row}
        self._now = repeat
        return self._kept()

    # The end

    def complete(self) -> Done[None]:
        """Complete the interview, or show what needs another look."""
        self._checks = True
        if self.sitting.problems():
            return Done(None)
        done = self.sitting.complete()
        self._proposals = proposals(self.desk, self.actor, self.case, self.interview)
        self._ticked = frozenset(range(len(self._proposals)))
        self._place, self._now = FINISH, None
        self._saved_at = self.desk.clock()
        return done

    def amend(self, spot: Spot, text: str, reason: str) -> Done[None]:
        """
        Change an answer of the completed interview, with a reason; what it changes in the file is worked out anew.

        Raises:
            BadValue: What was typed cannot be read, or as `Sitting.amend`.
        """
        asked = self.sitting.question(spot)
        done = self.sitting.amend(spot, read_typed(asked.kind, text), reason)
        self._proposals = proposals(self.desk, self.actor, self.case, self.interview)
        self._ticked, self._written = frozenset(), None
        self._saved_at = self.desk.clock()
        return Done(None, done.changes)

    def tick(self, number: int, on: bool) -> None:
        """Accept proposal *number* (from 0), or not."""
        self._ticked = self._ticked | {number} if on else self._ticked - {number}

    def accept(self) -> Done[None]:
        """Write the ticked proposals into the case."""
        wanted = [one for at, one in enumerate(self._proposals) if at in self._ticked]
        done = accept(self.desk, self.actor, self.case, wanted)
        self._written = len(wanted)
        self._proposals, self._ticked = (), frozenset()
        self._saved_at = self.desk.clock()
        return done

    def end(self) -> Done[None]:
        """End the sitting; the screen is left."""
        return self.sitting.end()

    def not_saved(self, failure: Failure) -> None:
        """Remember that the last answer is not written."""
        self._unsaved = failure

    def try_again(self) -> Done[None]:
        """Write what could not be written."""
        self.sitting.try_again()
        return self._kept()

    def reload(self) -> None:
        """Read everything anew after somebody else's change; the place stays."""
        self.sitting = Sitting(self.desk, self.actor, self.case, self.interview)
        self._read_destination()

    # Inside

    def _read_destination(self) -> None:
        self._told = None
        if is_about_information(self._place):
            spoken = self.sitting.record.language or ""
            self._told = destination(self.desk, self.actor, self.case, self.interview, spoken)

    def _order(self) -> list[str]:
        return [topic.path for topic in self.sitting.topics()] + [CHECK]

    def _index(self, steps: list[Spot]) -> int:
        return steps.index(self._now) if self._now in steps else len(steps)

    def _first_open(self, place: str) -> Spot | None:
        if not self.sitting.is_writable:
            return None
        open_ones = (
            item.spot
            for item in self.sitting.page(place)
            if is_step(item) and isinstance(item, Asked) and not item.is_done
        )
        return next(open_ones, None)

    def _may_not_stand(self, asked: Asked) -> bool:
        return asked.spot in self._typed or bool(asked.problem)

    def _step_on(self) -> Done[None]:
        steps = self._steps(self._place)
        after = steps[self._index(steps) + 1 :]
        if self._returns and not (after and not self._is_done(after[0])):
            self._returns = False
            return self._leave_for(CHECK, None)
        if after:
            return self._leave_for(self._place, after[0])
        order = self._order()
        at = order.index(self._place) + 1 if self._place in order else len(order)
        if at >= len(order):
            return Done(None)
        place = order[at]
        if place == CHECK:
            return self._leave_for(CHECK, None)
        return self._leave_for(place, self._first_open(place))

    def _is_done(self, spot: Spot) -> bool:
        item = next((one for one in self.sitting.page(self._place) if one.spot == spot), None)
        return not isinstance(item, Asked) or item.is_done

    def _leave_for(self, place: str, spot: Spot | None) -> Done[None]:
        """Stand somewhere else; a page that is left is sealed."""
        if self._waiting is not None and place not in (CHECK, FINISH):
            # No question before it is known how one meets today.
            self._waiting, place, spot = (place, spot), MEETING, None
        if place != self._place and self.sitting.is_writable:
            self.sitting.leave_page()
        self._move(place, spot)
        changes, self.sitting.last_changes = self.sitting.last_changes, Changes()
        return Done(None, changes if spot is not None else Changes())

    def _move(self, place: str, spot: Spot | None) -> None:
        self._interrupted = None if (place, spot) != (self._place, self._now) else self._interrupted
        is_other, self._place, self._now, self._has_note = place != self._place, place, spot, False
        self._sheet = ""
        if is_other:
            self._read_destination()
        if spot is not None:
            self.sitting.move_to(spot)

    def _kept(self) -> Done[None]:
        self._saved_at = self.desk.clock()
        self._unsaved = None
        return Done(None, self.sitting.last_changes)

    def _where_left(self) -> tuple[str, Spot | None]:
        """Return the page and the question to open at."""
        topics = self.sitting.topics()
        cursor = self.sitting.cursor()
        if cursor is not None and (place := self.sitting.topic_of(cursor)):
            self._place = place
            return place, cursor if cursor in self._steps(place) else self._first_open(place)
        if not topics:
            return CHECK, None
        return topics[0].path, self._first_open(topics[0].path)

    def _interruption(self) -> tuple[datetime, int] | None:
        at = self.sitting.interrupted_at
        if at is None or self._place in (CHECK, FINISH):
            return None
        before = 0
        for item in self.sitting.page(self._place):
            if not isinstance(item, Asked) or item.kind == "note":
                continue
            if item.spot == self._now:
                return at, before + (1 if item.state else 0)
            before += 1
        return at, before
