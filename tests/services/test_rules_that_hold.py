"""What must stay shut after a case ended or a consent was taken back, and what undo may not cover."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avrr_desktop.domain.casefile import ConsentState, Purpose
from avrr_desktop.domain.counselling import Answer, SignedHow
from avrr_desktop.domain.failures import Blocked, Expected, Refused
from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.legal import Verdict
from avrr_desktop.domain.sections import Section
from avrr_desktop.services import (
    consenting,
    declaring,
    enrolling,
    history,
    papers,
    people,
    planning,
    proposing,
    referring,
    sheets,
)
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.moving import ask_gate, passed_gates
from avrr_desktop.store.errors import DiskFull
from tests.family import make_plan, sign_plan
from tests.interview_case import FREE, answer_all, begin, open_case, spot
from tests.office import NOOR, PICTURE, HandClock, TestOffice, open_office


def ask_consent(office: TestOffice, case: str, person: str, state: ConsentState, on: date | None = None) -> None:
    """Write a person's consent to the use of data."""
    consenting.record_consents(
        office.desk,
        office.maya,
        case,
        person,
        {Purpose.ASSISTANCE: state},
        on=on or office.desk.today(),
        language="fr",
        interpreter=None,
    )


def declare(office: TestOffice, case: str, person: str) -> None:
    """Sign the declaration."""
    declaring.sign_declaration(
        office.desk,
        office.maya,
        case,
        person,
        picture=PICTURE,
        how=SignedHow.SCREEN,
        language="en",
        signed_on=office.desk.today(),
        place="Toronto",
        interpreter=None,
    )


def ready(office: TestOffice) -> tuple[str, str]:
    """Bring a case to the moment before enrolment; the checklist stays as it is."""
    case, person = open_case(office)
    referring.log_first_contact(office.desk, office.maya, case, at=office.clock(), how="phone")
    people.edit_person(office.desk, office.maya, case, person, language="fr", interpreter=False)
    people.set_citizenships(office.desk, office.maya, case, person, ("HU",))
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person))
    answer_all(sitting, FREE)
    sitting.complete()
    enrolling.record_authority_decision(
        office.desk,
        office.maya,
        case,
        verdict=Verdict.ELIGIBLE,
        officer=None,
        on=office.desk.today(),
        reference=None,
    )
    declare(office, case, person)
    return case, person


def test_a_case_that_ended_is_not_enrolled(office: TestOffice) -> None:
    case, _person = ready(office)
    enrolling.decline(office.desk, office.maya, case)
    with pytest.raises(Blocked) as blocked:
        enrolling.enrol(office.desk, office.maya, case)
    assert blocked.value.code == "case.ended"
    assert "G3" not in passed_gates(office.desk, case)


def test_in_a_case_that_ended_no_interview_begins_and_nothing_is_signed(office: TestOffice) -> None:
    case, person = open_case(office)
    enrolling.withdraw(office.desk, office.maya, case)
    for act in (lambda: begin(office, case, person), lambda: declare(office, case, person)):
        with pytest.raises(Blocked) as blocked:
            act()
        assert blocked.value.code == "case.ended"


def test_the_plan_of_a_case_that_ended_is_not_signed(office: TestOffice) -> None:
    family = make_plan(office)
    enrolling.withdraw(office.desk, office.maya, family.case)
    with pytest.raises(Blocked) as blocked:
        sign_plan(office, family)
    assert blocked.value.code == "case.ended"
    assert not planning.plan(office.desk, office.maya, family.case).is_signed


def test_a_consent_taken_back_stops_enrolment(office: TestOffice) -> None:
    case, person = ready(office)
    ask_consent(office, case, person, ConsentState.WITHDRAWN)
    with pytest.raises(Blocked) as blocked:
        enrolling.enrol(office.desk, office.maya, case)
    assert blocked.value.params["missing"] == ["consent_before_data"]
    ask_consent(office, case, person, ConsentState.GIVEN)
    enrolling.enrol(office.desk, office.maya, case)
    assert "G3" in passed_gates(office.desk, case)


def test_a_consent_taken_back_stops_the_signing_of_the_plan(office: TestOffice) -> None:
    family = make_plan(office)
    ask_consent(office, family.case, family.people[0], ConsentState.WITHDRAWN)
    with pytest.raises(Blocked) as blocked:
        sign_plan(office, family)
    assert blocked.value.params["missing"] == ["consent_before_data"]


def test_a_consent_taken_back_in_the_middle_stops_the_questions(office: TestOffice) -> None:
    case, person = open_case(office)
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person))
    asked = spot(sitting, "free_time")
    sitting.answer(asked, "yes")
    ask_consent(office, case, person, ConsentState.WITHDRAWN)
    held = [found.value.value for found in office.desk.find(Answer, case)]
    for act in (lambda: sitting.answer(asked, "no"), lambda: sitting.set_state(asked, "declined"), sitting.complete):
        with pytest.raises(Blocked) as blocked:
            act()
        assert blocked.value.code == "interview.no_consent"
    Sitting(office.desk, office.maya, case, sitting.interview).end()
    assert [found.value.value for found in office.desk.find(Answer, case)] == held


def test_no_declaration_is_printed_for_a_consent_taken_back(office: TestOffice) -> None:
    case, person = open_case(office)
    papers.prepare_paper(office.desk, office.maya, case, Paper.DECLARATION, language="fr")
    ask_consent(office, case, person, ConsentState.WITHDRAWN)
    with pytest.raises(Blocked) as blocked:
        papers.prepare_paper(office.desk, office.maya, case, Paper.DECLARATION, language="fr")
    assert blocked.value.code == "declaration.no_consent"


@pytest.mark.parametrize(
    ("now", "on", "is_met"),
    [
        (datetime(2026, 11, 25, 3, 0, tzinfo=UTC), date(2026, 11, 24), True),  # 22:00 of the 24th in Toronto
        (datetime(2026, 11, 25, 3, 0, tzinfo=UTC), date(2026, 11, 25), False),
    ],
)
def test_consent_and_interview_are_compared_on_the_offices_calendar(
    tmp_path: Path, now: datetime, on: date, is_met: bool
) -> None:
    office = open_office(tmp_path, clock=HandClock(now))
    case, person = open_case(office)
    begin(office, case, person)
    office.clock.pass_by(days=1)
    ask_consent(office, case, person, ConsentState.GIVEN, on)
    state = {code: met.value for code, met in ask_gate(office.desk, case, "G2").conditions}
    office.desk.store.close()
    assert (state["consent_before_data"] == "met") is is_met


def test_who_may_be_a_minor_is_one_for_the_page_and_for_the_gate(office: TestOffice) -> None:
    """DOMAIN.md 12: an age known only by its year counts as minor below 19, so no declaration is waited for."""
    case, person = ready(office)
    child = _add(office, case)
    people.edit_person(office.desk, office.maya, case, child, born_on=date(2008, 6, 1), born_precision="year")
    ask_consent(office, case, child, ConsentState.GIVEN)
    assert [one.person.id for one in declaring.declarations(office.desk, office.maya, case)] == [person]
    enrolling.enrol(office.desk, office.maya, case)
    assert "G3" in passed_gates(office.desk, case)


def test_asking_for_citizenships_does_not_make_somebody_take_part(office: TestOffice) -> None:
    case, person = open_case(office)
    people.edit_person(office.desk, office.maya, case, person, participates=False)
    people.set_citizenships(office.desk, office.maya, case, person, ("HU",))
    assert people.people(office.desk, office.maya, case)[0].person.participates is False


def test_a_host_citizenship_written_by_mistake_can_be_taken_away_again(office: TestOffice) -> None:
    case, person = open_case(office)
    people.set_citizenships(office.desk, office.maya, case, person, ("CA",))
    assert not people.people(office.desk, office.maya, case)[0].takes_part
    people.set_citizenships(office.desk, office.maya, case, person, ("HU",))
    assert people.people(office.desk, office.maya, case)[0].takes_part


def test_undo_refuses_where_something_newer_was_written(office: TestOffice) -> None:
    case, person = open_case(office)
    act = people.edit_person(office.desk, office.maya, case, person, given_names="Karima", phone="+1 416 555 0101")
    people.edit_person(office.desk, office.claire, case, person, given_names="Kamila")
    with pytest.raises(Blocked) as blocked:
        history.undo(office.desk, office.maya, act.before)
    assert blocked.value.code == "undo.changed"
    held = people.people(office.desk, office.maya, case)[0].person
    assert (held.given_names, held.phone) == ("Kamila", "+1 416 555 0101")


def test_undo_does_not_trash_a_new_record_that_somebody_wrote_on(office: TestOffice) -> None:
    case, _person = open_case(office)
    act = people.add_person(office.desk, office.maya, case, family_name="A", given_names="B", relation="child")
    people.edit_person(office.desk, office.claire, case, act.value, born_on=date(2015, 1, 1))
    with pytest.raises(Blocked) as blocked:
        history.undo(office.desk, office.maya, act.before)
    assert blocked.value.code == "undo.changed"
    assert len(people.people(office.desk, office.maya, case)) == 2


def test_acts_on_one_register_are_taken_back_one_after_the_other(office: TestOffice) -> None:
    case, person = open_case(office)
    acts = [people.edit_person(office.desk, office.maya, case, person, given_names=name) for name in ("B", "C")]
    acts.append(people.remove_person(office.desk, office.maya, case, _add(office, case)))
    for act in reversed(acts):
        history.undo(office.desk, office.maya, act.before)
    assert [view.person.given_names for view in people.people(office.desk, office.maya, case)] == ["Karim", "Sami"]


def _add(office: TestOffice, case: str) -> str:
    return people.add_person(
        office.desk, office.maya, case, family_name="Mansour", given_names="Sami", relation="child"
    ).value


def test_undo_writes_no_section_the_officer_may_not_write(office: TestOffice) -> None:
    case, person = open_case(office)
    act = people.edit_person(office.desk, office.maya, case, person, given_names="Karima")
    with pytest.raises(Refused):
        history.undo(office.desk, office.idris, act.before)
    assert office.desk.store.audit_trail.entries()[-1].params == {"section": Section.CORE, "verb": "history.undo"}
    assert people.people(office.desk, office.maya, case)[0].person.given_names == "Karima"


def test_what_is_durable_is_not_refused_because_a_gate_could_not_be_written(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills between the act and its gate: a second try would sign a second declaration."""
    case, person = open_case(office)
    referring.log_first_contact(office.desk, office.maya, case, at=office.clock(), how="phone")
    real, works = Desk.work, []

    def work(desk: Desk, actor: object) -> object:
        works.append(actor)
        if len(works) > 1:
            raise DiskFull
        return real(desk, actor)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Desk, "work", work)
        people.edit_person(office.desk, office.maya, case, person, language="fr", interpreter=False)
    assert len(works) == 2
    assert "G1" not in passed_gates(office.desk, case)
    people.edit_person(office.desk, office.maya, case, person, phone="+1 416 555 0101")
    assert "G1" in passed_gates(office.desk, case)


def test_a_goal_that_comes_too_late_writes_nothing_of_what_was_accepted_with_it(office: TestOffice) -> None:
    family = make_plan(office)
    case, person = family.case, family.people[0]
    sign_plan(office, family)
    name = proposing.Proposal("person", person, "given_names", "Ilona", "Ilka")
    goal = proposing.Proposal("plan", "", "goal", None, "A workshop")
    with pytest.raises(Blocked) as blocked:
        proposing.accept(office.desk, office.maya, case, (name, goal))
    assert blocked.value.code == "plan.signed"
    assert people.people(office.desk, office.maya, case)[0].person.given_names == "Ilona"


def test_a_recovery_sheet_that_could_not_be_saved_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    target.mkdir()
    with pytest.raises(Expected) as refused:
        sheets.save_sheet(sheets.RecoverySheet(b"%PDF- secret", 1), target)
    assert refused.value.code == "file.not_written"
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_a_colleague_who_goes_on_covers_no_answer_unseen_and_no_stop_is_lost(office: TestOffice) -> None:
    case, person = open_case(office)
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person))
    answer_all(sitting, FREE)
    dark = spot(sitting, "well_dark")
    sitting.answer(dark, "yes")
    assert sitting.stops() == ("S3",)
    after = Sitting(office.desk, NOOR, case, sitting.interview)
    after.answer(spot(after, "free_time"), "no")
    assert after.question(dark).is_withheld
    with pytest.raises(Refused):
        after.answer(dark, "no")
    with pytest.raises(Blocked) as blocked:
        after.complete()
    assert blocked.value.code == "interview.unanswered"
    again = Sitting(office.desk, office.maya, case, sitting.interview)
    assert (again.question(dark).value, again.stops()) == ("yes", ("S1", "S3"))
