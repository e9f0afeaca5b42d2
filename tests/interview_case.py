"""A case with one person who has agreed to the use of data, and a way to answer a whole interview."""

from collections.abc import Mapping

from avrr_desktop.domain.casefile import Consent, ConsentState, Person, Purpose
from avrr_desktop.domain.counselling import Mode
from avrr_desktop.domain.sections import CASE_SECTIONS, case_stream
from avrr_desktop.services.desk import own_stream
from avrr_desktop.services.interviewing import PRE_DEPARTURE, Asked, Sitting, Spot, begin_interview
from avrr_desktop.services.referring import NewReferral, new_referral
from tests.office import TestOffice

FREE = {"free_push": "no", "free_time": "yes", "info_understood": "yes", "legal_step": "no", "capacity_doubt": "no"}


def open_case(office: TestOffice) -> tuple[str, str]:
    """Return (case, person) of a referral whose person has consented."""
    desk, actor = office.desk, office.maya
    case = new_referral(
        desk,
        actor,
        NewReferral(family_name="Mansour", given_names="Karim", received_at=desk.clock(), zone=desk.zone),
    ).value
    person = desk.find(Person, case)[0].id
    stream = own_stream(Consent, case)
    with desk.work(actor) as work:
        consent = desk.new_id()
        work.put(stream, Consent, consent, person=person, purpose=Purpose.ASSISTANCE)
        work.put(stream, Consent, consent, state=ConsentState.GIVEN, on=desk.today(), language="fr")
        work.seal_case(case)
    return case, person


def begin(office: TestOffice, case: str, person: str, language: str = "fr", form_id: str = PRE_DEPARTURE) -> str:
    """Begin an interview with an interpreter on the phone."""
    return begin_interview(
        office.desk,
        office.maya,
        case,
        person,
        language=language,
        place="Interview room 2",
        mode=Mode.OFFICE,
        interpreter="Service 12",
        interpreter_mode=Mode.PHONE,
        form_id=form_id,
    ).value


def spot(sitting: Sitting, name: str, rep: str = "") -> Spot:
    """Return the place of the question called *name*."""
    nodes = [q.spot.node for t in sitting.topics() for q in sitting.questions(t.path)]
    node = next((node for node in nodes if node.endswith("/" + name)), None)
    if node is None:
        raise KeyError(name)
    return Spot(node, rep)


def is_sealed(office: TestOffice, case: str) -> bool:
    """Tell whether nothing of *case* stands in an open commit."""
    lines = office.desk.store.history([case_stream(case, section) for section in CASE_SECTIONS])
    assert lines, "a case without a history is sealed for no reason"
    return all(line.sealed for line in lines)


def reply(asked: Asked, known: Mapping[str, str]) -> str:
    """Return an answer that fits, *known* ones first."""
    name = asked.spot.node.rpartition("/")[2]
    if name in known:
        return known[name]
    if asked.kind == "one":
        offered = [option.value for option in asked.options]
        return next((word for word in ("no", "nobody") if word in offered), offered[0])
    return {"several": asked.options[0].value if asked.options else "", "integer": "20", "date": "1992-11-24"}.get(
        asked.kind, "Mansour"
    )


def answer_all(sitting: Sitting, known: Mapping[str, str]) -> None:
    """Answer until nothing that must be answered is open."""
    for _again in range(60):
        waiting = sitting.problems()
        if not waiting:
            return
        sitting.answer(waiting[0].spot, reply(waiting[0], known))
    raise AssertionError([asked.spot.node for asked in sitting.problems()])
