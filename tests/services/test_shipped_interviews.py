"""Every shipped form runs as an interview of a case: begun, answered, completed, its stops raised."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from avrr_desktop.domain.casefile import Person
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.moving import open_stops
from avrr_desktop.services.proposing import accept, proposals
from tests.interview_case import begin, open_case, spot
from tests.office import HandClock, TestOffice, open_office

FORMS = Path(__file__).parents[2] / "forms"
NAMES = sorted({path.parent.name for path in FORMS.glob("*/form.md")} - {"pre_departure"})


@pytest.fixture
def march(tmp_path: Path) -> Iterator[TestOffice]:
    """An office on the day at which the scripted talks of the forms take place."""
    opened = open_office(tmp_path, clock=HandClock(datetime(2026, 3, 10, 17, 0, tzinfo=UTC)))
    yield opened
    opened.desk.store.close()


def whole_talk(name: str) -> list[list[str]]:
    """Return the answers of the first scripted talk that calls itself valid."""
    cases = tomllib.loads((FORMS / name / "cases.toml").read_text(encoding="utf-8"))["case"]
    answers: list[list[str]] = next(case["answers"] for case in cases if case.get("valid"))
    return answers


def talk(office: TestOffice, case: str, person: str, form_id: str, answers: Iterable[list[str]]) -> Sitting:
    """Begin a talk with *form_id*, give the answers in order and complete it."""
    sitting = Sitting(office.desk, office.maya, case, begin(office, case, person, form_id=form_id))
    for name, value in answers:
        sitting.answer(spot(sitting, name), value)
    sitting.complete()
    return sitting


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_form_is_a_whole_interview_of_a_case(march: TestOffice, name: str) -> None:
    case, person = open_case(march)
    sitting = talk(march, case, person, name, whole_talk(name))
    assert sitting.is_complete
    assert sitting.record.form_id == name
    assert sitting.record.form_version
    assert open_stops(march.desk, case) == {}


def test_a_child_without_a_decision_and_in_dispute_stops_the_case(march: TestOffice) -> None:
    case, person = open_case(march)
    changed = {"bid": "no_copy", "dispute": "yes"}
    answers = [[name, changed.get(name, value)] for name, value in whole_talk("child_annex")]
    talk(march, case, person, "child_annex", answers)
    assert set(open_stops(march.desk, case)) == {"S4", "S6"}


def test_despair_and_an_unfit_result_stop_the_case_from_sections_the_officer_reads_no_more(march: TestOffice) -> None:
    case, person = open_case(march)
    answers = [[name, "yes" if name == "dark" else value] for name, value in whole_talk("vulnerability")]
    sitting = talk(march, case, person, "vulnerability", answers)
    assert set(open_stops(march.desk, case)) == {"S3"}
    assert sitting.value("dark") == ""
    late = [[name, "unfit_until" if name == "outcome" else value] for name, value in whole_talk("fitness")]
    late += [["outcome_reason", "Fever since this morning"], ["unfit_until", "2026-03-20"]]
    talk(march, case, person, "fitness", late)
    assert set(open_stops(march.desk, case)) == {"S3", "S5"}


def test_the_telephone_of_a_first_contact_is_proposed_for_the_person(march: TestOffice) -> None:
    case, person = open_case(march)
    sitting = talk(march, case, person, "first_contact", whole_talk("first_contact"))
    found = proposals(march.desk, march.maya, case, sitting.interview)
    assert {(one.field, one.proposed) for one in found} == {
        ("phone", "+36 1 555 0101"),
        ("safe_to_call", "only_times"),
        ("call_note", "After six; ask for Nino."),
    }
    accept(march.desk, march.maya, case, found)
    known = march.desk.one(Person, case, person)
    assert known is not None
    assert known.phone == "+36 1 555 0101"
