"""Change an answer of a completed interview, with a reason: the answer, why, and all that follows, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.counselling import Amendment, Answer
from avrr_desktop.domain.failures import BadValue, Blocked
from avrr_desktop.domain.fields import check_value
from avrr_desktop.domain.sections import Right, Section, case_stream
from avrr_desktop.interview.answers import Stored
from avrr_desktop.interview.errors import FormError
from avrr_desktop.interview.model import Changed, RunningForm
from avrr_desktop.interview.tree import Place
from avrr_desktop.services.asking import Spot, stops_in
from avrr_desktop.services.consenting import has_consented
from avrr_desktop.services.desk import Done, hold
from avrr_desktop.services.flagging import codes_in, raise_flags
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.keeping import Keeping, flag_values
from avrr_desktop.services.stopping import raise_stops


@dataclass(frozen=True, slots=True)
class Amended:
    """That an answer was changed after completion: when, by whom (name), and why."""

    at: datetime
    officer: str
    reason: str


class Amending(Keeping):
    """What may still be done with an interview that is complete."""

    def can_amend(self, spot: Spot) -> bool:
        """Tell whether this officer may change the answer at *spot* with a reason."""
        question = self._definition.questions.get(spot.node)
        return (
            self.is_complete
            and question is not None
            and question.binding.calculate is None
            and question.type != "note"
            and self.actor.may(Right.WRITE, Section.COUNS)
            and self.actor.may(Right.READ, Section(question.section))
        )

    def amendments(self) -> dict[Spot, tuple[Amended, ...]]:
        """Return why answers this officer reads were changed after completion, oldest first."""
        names = officer_names(self.desk)
        found: dict[Spot, tuple[Amended, ...]] = {}
        held = self.desk.find(Amendment, self.case, sections=self._visible, interview=self.interview)
        for one in (found_one.value for found_one in held):
            if one.node is not None and one.at is not None:
                spot = Spot(one.node, one.rep or "")
                why = Amended(one.at, names.get(one.by or "", ""), one.reason or "")
                found[spot] = (*found.get(spot, ()), why)
        return found

    def amend(self, spot: Spot, value: str, reason: str) -> Done[tuple[Spot, ...]]:
        """
        Write another answer ('' clears it) and why, sealed at once; both answers stay in the history.

        Calculated values follow, stops and flags that come of it are raised; a stop that no longer holds stays until
        somebody lifts it. What the officer may not read is reckoned with, unseen. Undo is not offered.

        Returns:
            The places that may show something else now.

        Raises:
            Blocked: "interview.not_complete"; "interview.no_consent".
            Refused: The officer may not write section couns, or not read the section of the question.
            BadValue: "amendment.no_reason"; "amendment.same"; "amendment.does_not_fit" with the form's own *message*,
                maybe ""; or as `Sitting.answer`.
        """
        if not self.is_complete:
            raise Blocked("interview.not_complete", interview=self.interview)
        question = self._definition.questions.get(spot.node)
        section = Section(question.section) if question else Section.COUNS
        hold(self.desk, self.actor, "amending.amend", (Right.WRITE, Section.COUNS), (Right.READ, section))
        if self.record.person is None or not has_consented(self.desk, self.case, self.record.person):
            raise Blocked("interview.no_consent", person=self.record.person)
        if not reason.strip():
            raise BadValue("amendment.no_reason", entity="amendment", field="reason", why="missing")
        form = self._whole_form()
        before, stops, flags = form.calculated(), stops_in(form), codes_in(flag_values(form))
        changed = self._change(form, spot, check_value(Answer, "value", value))
        follow = [Stored(at.node, at.rep, text) for at, text in form.calculated().items() if before.get(at) != text]
        with self.desk.work(self.actor) as work:
            for stored in (*changed.stored, *follow):
                self._save_one(work, stored)
            work.put(
                case_stream(self.case, section),
                Amendment,
                self.desk.new_id(),
                interview=self.interview,
                node=spot.node,
                rep=spot.rep,
                reason=reason.strip(),
                at=self.desk.clock(),
                by=self.actor.officer,
            )
            raise_stops(self.desk, self.actor, work, self.case, [one for one in stops_in(form) if one not in stops])
            new = [code for code in codes_in(flag_values(form)) if code not in flags]
            raise_flags(self.desk, self.actor, work, self.case, self.interview, self.record.person, new)
            work.seal_case(self.case)
            self.last_changes = work.changes
        self._open_again()
        return Done(tuple(Spot(place.node, place.rep) for place in changed.places), self.last_changes)

    def _change(self, form: RunningForm, spot: Spot, value: str) -> Changed:
        place = Place(spot.node, spot.rep)
        held = form.value(place)
        try:
            changed = form.answer(place, value)
        except FormError as error:
            raise BadValue(f"answer.{error.code}", **error.params) from error
        if form.value(place) == held:
            raise BadValue("amendment.same", entity="answer", field="value", why="same")
        verdict = form.constraint(place, self.language)
        if not verdict.valid:
            raise BadValue(
                "amendment.does_not_fit",
                entity="answer",
                field="value",
                why=verdict.condition,
                message=verdict.message,
            )
        return changed
