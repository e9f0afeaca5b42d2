"""A family of four whose case is enrolled: for tests of the plan, the journey and the papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.casefile import Case, Citizenship, GatePass, Person, Relation
from avrr_desktop.domain.ids import new_case_number
from avrr_desktop.domain.legal import Participation, Status
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services import planning
from avrr_desktop.services.desk import own_stream
from avrr_desktop.services.plan_values import LineDraft
from tests.office import PICTURE, TestOffice

NAMES = (
    ("Ilona", Relation.PRINCIPAL, date(1988, 3, 1)),
    ("Gábor", Relation.SPOUSE, date(1985, 5, 1)),
    ("Bence", Relation.CHILD, date(2017, 5, 1)),
    ("Zsófia", Relation.CHILD, date(2022, 5, 1)),
)


@dataclass(frozen=True)
class Family:
    """The case and its people, the principal person first."""

    case: str
    people: tuple[str, ...]


def make_family(
    office: TestOffice,
    *,
    size: int = 4,
    programme: str = "office-template",
    applied_on: date = date(2026, 11, 3),
    confirmed: bool = True,
    enrolled: bool = True,
) -> Family:
    """Open a case of *size* people under *programme*, its sample amount confirmed, gates G1 to G3 passed."""
    desk = office.desk
    case = desk.new_id()
    people = tuple(desk.new_id() for _ in range(size))
    number = new_case_number("TOR", 2026)
    with desk.work(office.maya) as work:
        core = own_stream(Case, case)
        work.put(core, Case, case, number=number)
        work.put(core, Case, case, destination_country="HU", destination_place="Miskolc")
        for person, (given, relation, born) in zip(people, NAMES, strict=False):
            work.put(core, Person, person, given_names=given, family_name="Horváth")
            work.put(core, Person, person, relation=relation, travels=True)
            work.put(core, Person, person, participates=True)
            work.put(core, Person, person, born_on=born)
        work.put(
            own_stream(Participation, case),
            Participation,
            case,
            programme=programme,
            return_kind="general",
            applied_on=applied_on,
        )
        for gate in ("G1", "G2", "G3") if enrolled else ():
            work.put(core, GatePass, desk.new_id(), gate=gate, at=desk.clock(), by=office.maya.officer)
    if confirmed and programme == "office-template":
        planning.confirm_amount(desk, office.claire, programme, "sample.general", 200000)
    return Family(case, people)


def make_citizen(office: TestOffice, family: Family, person: str) -> None:
    """Write that *person* is a Canadian citizen."""
    with office.desk.work(office.maya) as work:
        stream = own_stream(Citizenship, family.case)
        work.put(stream, Citizenship, office.desk.new_id(), person=person, country="CA")


def write_status(office: TestOffice, family: Family, person: str, **facts: object) -> None:
    """Write the dated facts of *person*."""
    with office.desk.work(office.maya) as work:
        if "group" in facts:
            work.put(own_stream(Status, family.case), Status, person, group=facts.pop("group"))
        if facts:
            work.put(own_stream(Status, family.case), Status, person, **facts)


def make_plan(office: TestOffice, *, size: int = 1) -> Family:
    """Make a family and bring it to the moment before its plan is signed."""
    family = make_family(office, size=size)
    planning.write_line(office.desk, office.maya, family.case, LineDraft(Category.BUSINESS, "Sewing machine", 1, 98000))
    planning.record_feasibility(office.desk, office.maya, family.case, "yes")
    return family


def sign_plan(office: TestOffice, family: Family, **other: object) -> None:
    """Sign the plan by the principal person, today, unless *other* says who and when."""
    facts: dict[str, object] = {
        "person": family.people[0],
        "picture": PICTURE,
        "signed_on": office.desk.today(),
        "place": "Toronto",
        **other,
    }
    planning.sign_plan(office.desk, office.maya, family.case, **facts)  # type: ignore[arg-type]  # a table of facts
