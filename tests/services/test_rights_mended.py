"""Enrolment asks for other citizenships, one principal, who signs a plan and when, ended cases, misread numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Relation
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.domain.legal import Group
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services import casework, enrolling, lists, people, planning, travelling
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.travelling import LegDraft
from avrr_desktop.store.errors import StoreChecking
from tests.family import make_plan, sign_plan
from tests.interview_case import begin, open_case
from tests.office import TestOffice


def principals(office: TestOffice, case: str) -> list[str]:
    """Return the ids of everybody the case is named after."""
    return [view.id for view in people.people(office.desk, office.maya, case) if view.is_principal]


def test_nobody_is_enrolled_who_was_never_asked_for_other_citizenships(office: TestOffice) -> None:
    """EL09: a dual national is found only by asking."""
    case, person = open_case(office)
    with pytest.raises(Blocked) as blocked:
        enrolling.enrol(office.desk, office.maya, case)
    assert (blocked.value.code, blocked.value.params["rule"]) == ("enrol.not_asked", "EL09")
    people.set_citizenships(office.desk, office.maya, case, person, ("HU",))
    with pytest.raises(Blocked) as later:
        enrolling.enrol(office.desk, office.maya, case)
    assert later.value.code == "gate.closed"


def test_a_case_keeps_exactly_one_principal_person(office: TestOffice) -> None:
    case, person = open_case(office)
    child = people.add_person(
        office.desk, office.maya, case, family_name="Mansour", given_names="Sami", relation="child"
    ).value
    edit = people.edit_person
    with pytest.raises(Blocked) as first:
        edit(office.desk, office.maya, case, person, relation=Relation.CHILD)
    with pytest.raises(Blocked) as second:
        edit(office.desk, office.maya, case, child, relation="principal")
    with pytest.raises(Blocked) as third:
        people.add_person(office.desk, office.maya, case, family_name="A", given_names="B", relation="principal")
    codes = [one.value.code for one in (first, second, third)]
    assert codes == ["person.principal", "person.second_principal", "person.second_principal"]
    edit(office.desk, office.maya, case, child, relation="sibling")
    assert principals(office, case) == [person]


def test_a_plan_is_signed_by_a_participant_and_not_tomorrow(office: TestOffice) -> None:
    family = make_plan(office)
    guest = people.add_person(
        office.desk, office.maya, family.case, family_name="A", given_names="B", relation="other"
    ).value
    people.edit_person(office.desk, office.maya, family.case, guest, participates=False)
    today = office.desk.today()
    for signer, day, code in (
        (family.people[0], today + timedelta(days=1), "plan.signed_in_future"),
        (guest, today, "plan.not_participant"),
        (office.desk.new_id(), today, "plan.not_participant"),
    ):
        with pytest.raises(BadValue) as refused:
            sign_plan(office, family, person=signer, signed_on=day)
        assert refused.value.code == code
    assert not planning.plan(office.desk, office.maya, family.case).is_signed


def test_plan_groups_and_flights_of_an_ended_case_stay_as_they_are(office: TestOffice) -> None:
    case, person = open_case(office)
    desk, maya = office.desk, office.maya
    draft = planning.LineDraft(Category.BUSINESS, "Sewing machine", 1, 98000)
    leg = LegDraft("LH 471", "YYZ", "2026-12-02T17:55", "FRA", "2026-12-03T07:20")
    flight = travelling.write_leg(desk, maya, case, leg).value
    enrolling.withdraw(desk, maya, case)
    acts: list[Callable[[], object]] = [
        lambda: planning.write_line(desk, maya, case, draft),
        lambda: planning.remove_line(desk, maya, case, desk.new_id()),
        lambda: planning.write_goal(desk, maya, case, "A bakery."),
        lambda: planning.record_feasibility(desk, maya, case, "yes"),
        lambda: enrolling.set_group(desk, maya, case, person, Group.OTHER),
        lambda: travelling.write_leg(desk, maya, case, leg),
        lambda: travelling.remove_leg(desk, maya, case, flight),
        lambda: travelling.describe_journey(desk, maya, case, advice="Come early."),
    ]
    for act in acts:
        with pytest.raises(Blocked) as blocked:
            act()
        assert blocked.value.code == "case.ended"


def test_a_case_number_with_a_letter_misread_is_told_from_one_nobody_knows(office: TestOffice) -> None:
    case, _person = open_case(office)
    number = casework.open_case(office.desk, office.maya, case).case.number or ""
    assert lists.case_numbered(office.desk, office.maya, number.replace("-", "").lower()) == case
    wrong = number[:7] + ("A" if number[7] != "A" else "B") + number[8:]
    with pytest.raises(Expected) as misread:
        lists.case_numbered(office.desk, office.maya, wrong)
    assert misread.value.code == "case.number_mistyped"
    with pytest.raises(Expected) as unknown:
        lists.case_numbered(office.desk, office.maya, "7KM2-QX9R")
    assert unknown.value.code == "case.missing"


def test_a_refusal_outside_the_verbs_stands_in_the_audit_trail_too(office: TestOffice) -> None:
    case, person = open_case(office)
    interview = begin(office, case, person)
    nobody = Actor(office.idris.officer, frozenset())
    acts: dict[str, Callable[[], object]] = {
        "casework.open_case": lambda: casework.open_case(office.desk, nobody, case),
        "lists.case_ids": lambda: lists.case_ids(office.desk, nobody, "open"),
        "lists.case_numbered": lambda: lists.case_numbered(office.desk, nobody, "7KM2-QX9R"),
        "interviewing.open": lambda: Sitting(office.desk, nobody, case, interview),
    }
    for name, act in acts.items():
        with pytest.raises(Refused):
            act()
        last = office.desk.store.audit_trail.entries()[-1]
        assert (last.event, last.officer, last.params["verb"]) == ("refused", office.idris.officer, name)


def test_while_nothing_is_written_a_refusal_is_a_refusal_all_the_same(office: TestOffice) -> None:
    case, _person = open_case(office)
    nobody = Actor(office.idris.officer, frozenset())
    before = len(office.desk.store.audit_trail.entries())
    office.desk.store.shut = StoreChecking()
    for act in (
        lambda: lists.case_ids(office.desk, nobody, "open"),
        lambda: casework.open_case(office.desk, nobody, case),
    ):
        with pytest.raises(Refused):
            act()
    office.desk.store.shut = None
    assert len(office.desk.store.audit_trail.entries()) == before
