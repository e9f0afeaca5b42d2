"""A draft goes to the trash and comes back; a colleague takes one over and sees nothing said to the other alone."""

from __future__ import annotations

import pytest

from avrr_desktop.domain.counselling import Amendment, Answer, Interview
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.services import enrolling
from avrr_desktop.services.drafts import (
    discard_interview,
    restore_interview,
    take_over_interview,
    trashed_interviews,
)
from avrr_desktop.services.history import can_undo, changes_of, undo
from avrr_desktop.services.interviewing import Sitting, interviews
from avrr_desktop.services.moving import ask_gate, open_stops
from tests.interview_case import FREE, answer_all, begin, is_sealed, open_case, spot
from tests.office import NOOR, TestOffice


@pytest.fixture
def draft(office: TestOffice) -> Sitting:
    """An interview just begun."""
    case, person = open_case(office)
    return Sitting(office.desk, office.maya, case, begin(office, case, person))


def test_a_draft_thrown_away_is_shown_nowhere_counts_for_no_gate_and_comes_back_with_its_answers(office, draft):
    draft.answer(spot(draft, "talk_alone"), "yes")
    gate = {code: met.value for code, met in ask_gate(office.desk, draft.case, "G2").conditions}
    assert gate["interpreter_recorded"] == "met"
    discard_interview(office.desk, office.maya, draft.case, draft.interview)
    assert interviews(office.desk, office.maya, draft.case) == ()
    with pytest.raises(Expected) as missing:
        Sitting(office.desk, office.maya, draft.case, draft.interview)
    assert missing.value.code == "interview.missing"
    gate = {code: met.value for code, met in ask_gate(office.desk, draft.case, "G2").conditions}
    assert gate["interpreter_recorded"] == "unmet"
    ((entity, record),) = trashed_interviews(office.desk, office.maya, draft.case)
    assert (entity, record.form_id, record.person) == (draft.interview, "pre_departure", draft.record.person)
    restore_interview(office.desk, office.maya, draft.case, draft.interview)
    assert trashed_interviews(office.desk, office.maya, draft.case) == ()
    again = Sitting(office.desk, office.maya, draft.case, draft.interview)
    assert again.question(spot(again, "talk_alone")).value == "yes"


def test_throwing_a_draft_away_can_be_undone(office, draft):
    act = discard_interview(office.desk, office.maya, draft.case, draft.interview)
    undo(office.desk, office.maya, act.before)
    assert [one for one, _record in interviews(office.desk, office.maya, draft.case)] == [draft.interview]


def test_a_complete_interview_stays(office, draft):
    answer_all(draft, FREE)
    draft.complete()
    for act in (
        lambda: discard_interview(office.desk, office.maya, draft.case, draft.interview),
        lambda: take_over_interview(office.desk, NOOR, draft.case, draft.interview, "Maya is ill."),
    ):
        with pytest.raises(Blocked) as blocked:
            act()
        assert blocked.value.code == "interview.complete"
    with pytest.raises(Expected):
        restore_interview(office.desk, office.maya, draft.case, draft.interview)


def test_a_colleague_takes_a_draft_over_with_a_reason_and_both_officers_stand_in_the_history(office, draft):
    with pytest.raises(Blocked) as own:
        take_over_interview(office.desk, office.maya, draft.case, draft.interview, "Mine.")
    assert own.value.code == "interview.own"
    with pytest.raises(BadValue) as silent:
        take_over_interview(office.desk, NOOR, draft.case, draft.interview, "")
    assert silent.value.code == "interview.no_reason"
    draft.answer(spot(draft, "interpreter_used"), "yes")
    act = take_over_interview(office.desk, NOOR, draft.case, draft.interview, "Maya is ill.")
    assert not can_undo(act)
    assert office.desk.store.audit_trail.entries()[-1].event == "interview_taken_over"
    assert is_sealed(office, draft.case)
    assert office.desk.one(Interview, draft.case, draft.interview).officer == NOOR.officer
    lines = changes_of(office.desk, office.maya, draft.case)
    (change,) = [one for one in lines if one.kind == "interview" and one.field == "officer" and one.before]
    assert (change.before, change.after) == (office.maya.officer, NOOR.officer)
    assert [one.value.reason for one in office.desk.find(Amendment, draft.case)] == ["Maya is ill."]


def test_the_draft_of_a_case_that_ended_is_not_taken_over(office, draft):
    enrolling.withdraw(office.desk, office.maya, draft.case)
    with pytest.raises(Blocked) as blocked:
        take_over_interview(office.desk, NOOR, draft.case, draft.interview, "Maya is ill.")
    assert blocked.value.code == "case.ended"


def test_who_took_it_over_neither_sees_nor_covers_what_was_said_to_the_colleague_and_no_stop_is_lost(office, draft):
    answer_all(draft, FREE)
    dark, fear = spot(draft, "well_dark"), spot(draft, "well_fear")
    draft.answer(dark, "yes")
    take_over_interview(office.desk, NOOR, draft.case, draft.interview, "Maya is ill.")
    after = Sitting(office.desk, NOOR, draft.case, draft.interview)
    assert (after.question(dark).value, after.question(dark).is_withheld) == ("", True)
    with pytest.raises(Refused):
        after.answer(dark, "no")
    last = office.desk.store.audit_trail.entries()[-1]
    assert (last.event, last.params["section"]) == ("refused", "protection")
    after.answer(spot(after, "talk_alone"), "yes")
    after.complete()
    assert set(open_stops(office.desk, draft.case)) == {"S3"}
    kept = {one.value.node.rpartition("/")[2]: one.value.value for one in office.desk.find(Answer, draft.case)}
    assert (kept["well_dark"], kept["flags_protection"]) == ("yes", "V18")
    assert after.question(fear).is_withheld


def test_what_the_colleague_did_not_ask_yet_is_asked_by_who_took_it_over(office, draft):
    take_over_interview(office.desk, NOOR, draft.case, draft.interview, "Maya is ill.")
    after = Sitting(office.desk, NOOR, draft.case, draft.interview)
    answer_all(after, {**FREE, "well_dark": "yes"})
    assert after.stops() == ("S3",)
    after.complete()
    assert set(open_stops(office.desk, draft.case)) == {"S3"}
