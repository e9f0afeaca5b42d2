"""After completion: an answer changes only with a reason, what follows is worked out, the old one stays in history."""

from __future__ import annotations

import pytest

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Consent, ConsentState
from avrr_desktop.domain.counselling import Amendment, Answer, Flag, StopRecord
from avrr_desktop.domain.failures import BadValue, Blocked, Refused
from avrr_desktop.domain.sections import Role
from avrr_desktop.services.desk import own_stream
from avrr_desktop.services.history import changes_of
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.moving import open_stops
from avrr_desktop.services.stopping import lift_stop
from tests.interview_case import FREE, answer_all, begin, is_sealed, open_case, spot
from tests.office import NOOR, TestOffice, officer_id

NOOR_FOCAL = Actor(NOOR.officer, NOOR.roles | {Role.PROTECTION})
NURSE = Actor(officer_id("nurse"), frozenset({Role.CASE, Role.MEDICAL}))


@pytest.fixture
def complete(office: TestOffice) -> Sitting:
    """A completed interview of one who is free to choose."""
    case, person = open_case(office)
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person))
    answer_all(sitting, {**FREE, "well_fear": "yes", "well_life": "no"})
    sitting.complete()
    return sitting


def kept(office: TestOffice, sitting: Sitting, name: str) -> str | None:
    """Return the stored value of the question called *name*, in whatever section."""
    found = office.desk.store.find(Answer, case=sitting.case)
    return next((one.value.value for one in found if (one.value.node or "").endswith("/" + name)), None)


def test_a_changed_answer_its_reason_and_what_follows_are_written_in_one_go(office, complete):
    where = spot(complete, "free_push")
    done = complete.amend(where, "unsure", "She told us so on the phone.")
    assert complete.question(where).value == "unsure"
    assert (kept(office, complete, "free_push"), kept(office, complete, "freedom")) == ("unsure", "doubtful")
    assert set(open_stops(office.desk, complete.case)) == {"S1"}
    ((why,),) = complete.amendments().values()
    assert (why.officer, why.reason) == ("Maya Tremblay", "She told us so on the phone.")
    assert done.before == ()
    lines = changes_of(office.desk, office.maya, complete.case)
    mine = [(one.before, one.after, one.is_sealed) for one in lines if one.entity.endswith("free_push|")]
    assert ("no", "unsure", True) in mine
    assert is_sealed(office, complete.case)


def test_without_a_reason_or_with_an_answer_that_may_not_stand_nothing_is_written(office, complete):
    where, born = spot(complete, "free_push"), spot(complete, "family_name")
    for spot_, value, reason, code in (
        (where, "yes", "  ", "amendment.no_reason"),
        (where, "no", "Again.", "amendment.same"),
        (born, "", "Taken out.", "amendment.does_not_fit"),
    ):
        with pytest.raises(BadValue) as refused:
            complete.amend(spot_, value, reason)
        assert refused.value.code == code
    assert office.desk.find(Amendment, complete.case) == []
    assert kept(office, complete, "free_push") == "no"


def test_a_stop_that_no_longer_holds_is_not_lifted_by_itself_and_a_lifted_one_is_not_raised_again(office, complete):
    push = spot(complete, "free_push")
    complete.amend(push, "unsure", "First.")
    complete.amend(push, "no", "She took it back.")
    assert set(open_stops(office.desk, complete.case)) == {"S1"}
    complete.amend(push, "unsure", "Once more.")
    lift_stop(office.desk, office.claire, complete.case, "S1", "Spoke with her alone.")
    complete.amend(spot(complete, "family_name"), "Mansoor", "Passport.")
    assert open_stops(office.desk, complete.case) == {}
    assert len(office.desk.find(StopRecord, complete.case)) == 1


def test_answers_only_collected_are_not_changed_after_completion_and_who_reads_them_may(office, complete):
    fear = spot(complete, "well_fear")
    assert not complete.can_amend(fear)
    with pytest.raises(Refused):
        complete.amend(fear, "no", "A slip.")
    assert office.desk.store.audit_trail.entries()[-1].params["verb"] == "amending.amend"
    focal = Sitting(office.desk, NOOR_FOCAL, complete.case, complete.interview)
    focal.amend(fear, "no", "A slip.")
    assert kept(office, complete, "well_fear") == "no"
    (found,) = office.desk.find(Amendment, complete.case)
    assert found.stream.endswith("/protection")
    assert complete.amendments() == {}


def test_what_follows_is_worked_out_with_the_answers_nobody_here_may_see(office, complete):
    """A case officer's change of the age adds its flag to the one that the protection answers gave."""
    assert kept(office, complete, "flags_protection") == "V16"
    complete.amend(spot(complete, "born_on"), "2010-01-01", "Passport.")
    complete.amend(spot(complete, "child_with"), "adult", "Phone.")
    assert kept(office, complete, "flags_protection") == "V02 V16"
    assert complete.question(spot(complete, "well_fear")).value == ""


def test_what_an_amended_answer_shows_is_flagged(office):
    case, person = open_case(office)
    quiet = Sitting(office.desk, office.maya, case, begin(office, case, person))
    answer_all(quiet, {**FREE, "well_needs": "none"})
    quiet.complete()
    assert office.desk.find(Flag, case) == []
    sitting = Sitting(office.desk, NURSE, case, quiet.interview)
    sitting.amend(spot(sitting, "well_ill"), "yes", "The doctor's letter came.")
    assert {one.value.code for one in office.desk.find(Flag, case)} == {"medical_review", "follow_up"}


def test_a_draft_is_answered_not_amended_and_consent_taken_back_ends_amendments(office, complete):
    draft = Sitting(office.desk, office.maya, complete.case, begin(office, complete.case, complete.record.person))
    with pytest.raises(Blocked) as blocked:
        draft.amend(spot(draft, "free_push"), "no", "Why not.")
    assert blocked.value.code == "interview.not_complete"
    held = office.desk.find(Consent, complete.case)[0]
    with office.desk.work(office.maya) as work:
        stream = own_stream(Consent, complete.case)
        work.put(stream, Consent, held.id, state=ConsentState.WITHDRAWN, on=office.desk.today())
    with pytest.raises(Blocked) as later:
        complete.amend(spot(complete, "free_push"), "yes", "Phone.")
    assert later.value.code == "interview.no_consent"
    assert kept(office, complete, "free_push") == "no"
