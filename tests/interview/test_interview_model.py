"""The running form: answers, relevance, constraints, rows, languages, saving."""

from interview_support import define, form, start

from avrr_desktop.interview.model import Place, Stored

COLUMNS = (
    "type | name | label | required | relevant | constraint | constraint_message | calculation | default | "
    "repeat_count | trigger"
)


def row(kind: str, name: str, **cells: str) -> str:
    """Write one row of `COLUMNS`."""
    names = [one.strip() for one in COLUMNS.split("|")][2:]
    label = "" if kind in ("calculate", "end_group", "end_repeat", "today", "start") else name.title()
    return " | ".join([kind, name, *(cells.get(one, label if one == "label" else "") for one in names)])


FAMILY = form(
    COLUMNS,
    row("begin_group", "me"),
    row("text", "given", required="yes"),
    row("integer", "age", constraint=". >= 0 and . < 120", constraint_message="Not above 120"),
    row("text", "school", relevant="${age} < 18"),
    row("calculate", "grown", calculation="if(${age} >= 18, 'yes', 'no')"),
    row("end_group", ""),
    row("begin_group", "kin"),
    row("begin_repeat", "member"),
    row("text", "who", required="yes"),
    row("integer", "years", default="1"),
    row("end_repeat", ""),
    row("calculate", "minors", calculation="count(${member}[years < 18])"),
    row("end_group", ""),
)
AGE, SCHOOL, WHO, YEARS, MEMBER = (
    "/data/me/age",
    "/data/me/school",
    "/data/kin/member/who",
    "/data/kin/member/years",
    "/data/kin/member",
)


def test_an_answer_opens_and_closes_what_depends_on_it():
    running = start(define(FAMILY))
    assert not running.is_relevant(SCHOOL)
    changed = running.answer(AGE, "12")
    assert running.is_relevant(SCHOOL)
    assert Place(SCHOOL) in changed.places
    assert changed.stored == (Stored(AGE, value="12"),)
    assert running.value("/data/me/grown") == "no"


def test_a_broken_constraint_names_its_condition_and_the_forms_message():
    running = start(define(FAMILY))
    running.answer(AGE, "121")
    verdict = running.constraint(AGE)
    assert (verdict.valid, verdict.condition, verdict.message) == (False, "constraint", "Not above 120")
    running.answer(AGE, "119")
    assert running.constraint(AGE).valid


def test_what_was_saved_opens_the_same():
    running = start(define(FAMILY))
    running.answer(AGE, "12")
    running.answer(SCHOOL, "Primary")
    second = running.add_row(MEMBER).row
    running.answer(Place(WHO, second), "Nino")
    again = start(running.definition, running.stored())
    assert again.stored() == running.stored()
    assert again.submission_xml() == running.submission_xml()
