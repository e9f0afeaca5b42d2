"""Stops are lifted by who the programme says and not by who raised them; flags reach those who must look."""

from __future__ import annotations

from datetime import date

import pytest

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.counselling import Flag, StopRecord
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.domain.office import Officer
from avrr_desktop.domain.sections import Role, Section, office_stream
from avrr_desktop.services.flagging import flags, next_working_day, resolve_flag
from avrr_desktop.services.history import can_undo
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.moving import open_stops
from avrr_desktop.services.stopping import lift_stop, stops
from tests.interview_case import FREE, answer_all, begin, is_sealed, open_case, spot
from tests.office import TestOffice, officer_id

FOCAL = Actor(officer_id("focal"), frozenset({Role.PROTECTION}))
QUIET = {**FREE, "well_needs": "none"}
NURSE = Actor(officer_id("nurse"), frozenset({Role.MEDICAL}))


def finished(office: TestOffice, **answers: str) -> Sitting:
    """Complete an interview in which *answers* were given."""
    case, person = open_case(office)
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person))
    answer_all(sitting, {**QUIET, **answers})
    sitting.complete()
    return sitting


def raise_stop(office: TestOffice, actor: Actor, case: str, code: str) -> None:
    """Write an open stop."""
    with office.desk.work(actor) as work:
        stream = f"{case}/couns"
        entity = office.desk.new_id()
        work.put(stream, StopRecord, entity, code=code, open=True, at=office.clock(), by=actor.officer)


def coded(office: TestOffice, actor: Actor, case: str) -> dict[str, bool]:
    """Return the stops the officer sees, and whether they may lift them."""
    return {one.code: one.may_lift for one in stops(office.desk, actor, case)}


def test_who_may_lift_a_stop_is_what_the_programme_says(office):
    case, _person = open_case(office)
    for code in ("S1", "S3", "S5", "S12"):
        raise_stop(office, office.maya, case, code)
    assert coded(office, office.claire, case) == {"S1": True, "S3": True, "S5": False, "S12": True}
    assert coded(office, office.maya, case) == {"S1": False, "S3": False, "S5": False, "S12": True}
    assert coded(office, FOCAL, case) == {"S1": False, "S3": True, "S5": False, "S12": False}
    assert coded(office, NURSE, case) == {"S5": True}
    with pytest.raises(Refused) as refused:
        lift_stop(office.desk, office.maya, case, "S1", "It is fine.")
    assert refused.value.code == "stop.not_yours"
    assert office.desk.store.audit_trail.entries()[-1].event == "refused"


def test_a_stop_is_lifted_with_a_reason_and_holds_nothing_up_any_more(office):
    case, _person = open_case(office)
    raise_stop(office, office.maya, case, "S1")
    with pytest.raises(BadValue) as refused:
        lift_stop(office.desk, office.claire, case, "S1", " ")
    assert refused.value.code == "stop.no_reason"
    done = lift_stop(office.desk, office.claire, case, "S1", "Spoke with him alone.")
    assert is_sealed(office, case)
    assert can_undo(done)
    assert open_stops(office.desk, case) == {}
    record = office.desk.find(StopRecord, case)[0].value
    assert (record.open, record.by, record.reason) == (False, office.claire.officer, "Spoke with him alone.")
    with pytest.raises(Expected) as missing:
        lift_stop(office.desk, office.claire, case, "S1", "Again.")
    assert missing.value.code == "stop.missing"


def test_nobody_lifts_the_stop_of_their_own_interview_while_somebody_else_could(office):
    case, _person = open_case(office)
    with office.desk.work(office.claire) as work:
        work.put(office_stream(Section.ROSTER), Officer, officer_id("second"), name="Second")
        work.put(office_stream(Section.ROSTER), Officer, officer_id("second"), roles="supervisor", active=True)
    raise_stop(office, office.claire, case, "S1")
    with pytest.raises(Blocked) as blocked:
        lift_stop(office.desk, office.claire, case, "S1", "Spoke with him.")
    assert blocked.value.code == "stop.own"
    (mine,) = stops(office.desk, office.claire, case)
    assert (mine.is_own, mine.may_lift) == (True, False)
    with office.desk.work(office.claire) as work:
        work.put(office_stream(Section.ROSTER), Officer, officer_id("second"), roles="supervisor", active=False)
    assert coded(office, office.claire, case) == {"S1": True}
    lift_stop(office.desk, office.claire, case, "S1", "Nobody else is here.")
    assert open_stops(office.desk, case) == {}
    assert office.desk.store.audit_trail.entries()[-1].event == "own_stop_lifted"


def test_medical_staff_lift_their_stop_and_are_offered_no_undo_they_could_not_write(office):
    case, _person = open_case(office)
    raise_stop(office, office.maya, case, "S5")
    done = lift_stop(office.desk, NURSE, case, "S5", "Fit to travel since today.")
    assert not can_undo(done)
    assert open_stops(office.desk, case) == {}


def test_a_stop_the_rule_leaves_to_the_interviewer_is_lifted_by_the_interviewer(office):
    case, _person = open_case(office)
    raise_stop(office, office.maya, case, "S12")
    before = [one.event for one in office.desk.store.audit_trail.entries()]
    lift_stop(office.desk, office.maya, case, "S12", "Another interpreter came.")
    assert [one.event for one in office.desk.store.audit_trail.entries()] == before


def test_what_an_answer_shows_is_flagged_at_once_in_words_that_tell_nothing_and_in_codes_for_who_helps(office):
    case, person = open_case(office)
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person))
    answer_all(sitting, QUIET)
    sitting.answer(spot(sitting, "well_dark"), "yes")
    neutral = [(one.code, one.section, one.due_on) for one in flags(office.desk, office.claire, case)]
    assert neutral == [("follow_up", Section.COUNS, date(2026, 11, 25))]
    mine = [(one.code, one.due_on, one.may_resolve) for one in flags(office.desk, FOCAL, case)]
    assert mine == [("V18", date(2026, 11, 24), True), ("follow_up", date(2026, 11, 25), False)]
    held = len(office.desk.find(Flag, case))
    sitting.complete()
    assert len(office.desk.find(Flag, case)) == held


def test_medical_staff_learn_that_a_review_is_asked_for(office):
    sitting = finished(office, well_ill="yes")
    assert [one.code for one in flags(office.desk, NURSE, sitting.case)] == ["medical_review"]
    assert [one.code for one in flags(office.desk, office.maya, sitting.case)] == ["follow_up"]


def test_a_quiet_interview_raises_no_flag(office):
    sitting = finished(office)
    assert office.desk.find(Flag, sitting.case) == []


def test_a_flag_is_resolved_by_whom_it_is_for_and_with_an_outcome(office):
    sitting = finished(office, well_fear="yes", well_life="no")
    (neutral,) = flags(office.desk, office.maya, sitting.case)
    with pytest.raises(Refused) as refused:
        resolve_flag(office.desk, office.maya, sitting.case, neutral.id, "Done.")
    assert refused.value.code == "flag.not_yours"
    with pytest.raises(BadValue):
        resolve_flag(office.desk, office.claire, sitting.case, neutral.id, "")
    resolve_flag(office.desk, office.claire, sitting.case, neutral.id, "Screened in full.")
    assert is_sealed(office, sitting.case)
    assert flags(office.desk, office.maya, sitting.case) == ()
    with pytest.raises(Blocked) as again:
        resolve_flag(office.desk, office.claire, sitting.case, neutral.id, "Twice.")
    assert again.value.code == "flag.resolved"
    (coded_one,) = flags(office.desk, FOCAL, sitting.case)
    with pytest.raises(Expected) as unseen:
        resolve_flag(office.desk, office.claire, sitting.case, coded_one.id, "Guess.")
    assert unseen.value.code == "flag.missing"


def test_a_flag_that_is_open_is_not_raised_again_by_another_interview_of_the_person(office):
    sitting = finished(office, well_fear="yes", well_life="no")
    second = Sitting(office.desk, office.maya, sitting.case, begin(office, sitting.case, sitting.record.person))
    answer_all(second, {**QUIET, "well_fear": "yes", "well_life": "no"})
    second.complete()
    assert sorted(one.value.code for one in office.desk.find(Flag, sitting.case)) == ["V16", "follow_up"]


def test_a_flag_that_was_resolved_is_raised_again_by_a_later_interview(office):
    sitting = finished(office, well_fear="yes", well_life="no")
    (neutral,) = flags(office.desk, office.claire, sitting.case)
    resolve_flag(office.desk, office.claire, sitting.case, neutral.id, "Screened in full.")
    second = Sitting(office.desk, office.maya, sitting.case, begin(office, sitting.case, sitting.record.person))
    answer_all(second, {**QUIET, "well_fear": "yes", "well_life": "no"})
    assert [one.interview for one in flags(office.desk, office.claire, sitting.case)] == [second.interview]


def test_a_flag_is_late_the_day_after_it_was_due_and_says_when_the_screening_began(office):
    sitting = finished(office, well_fear="yes", well_life="no")

    def seen() -> tuple[bool, bool]:
        (neutral,) = flags(office.desk, office.claire, sitting.case)
        return neutral.is_late, neutral.is_screened

    office.clock.pass_by(days=1)
    assert seen() == (False, False)
    begin(office, sitting.case, sitting.record.person, form_id="vulnerability")
    office.clock.pass_by(days=1)
    assert seen() == (True, True)


def test_an_office_without_a_supervisor_resolves_what_it_can(office):
    sitting = finished(office, well_fear="yes", well_life="no")
    with office.desk.work(office.claire) as work:
        roster = office_stream(Section.ROSTER)
        work.put(roster, Officer, office.claire.officer, roles="administrator", active=True)
    (neutral,) = flags(office.desk, office.maya, sitting.case)
    assert neutral.may_resolve


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 11, 24), date(2026, 11, 25)),
        (date(2026, 11, 27), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 11, 30)),
    ],
)
def test_the_next_working_day_leaves_out_the_week_end(day, after):
    assert next_working_day(day) == after
