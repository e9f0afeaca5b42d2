"""Interviews on a real store: every answer durable, sections apart, sittings, completion, what enters the file."""

from datetime import date

import pytest

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Consent, ConsentState, Person
from avrr_desktop.domain.counselling import Answer, Interview, InterviewState, StopRecord
from avrr_desktop.domain.counselling import Sitting as SittingRecord
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.domain.reintegration import Plan
from avrr_desktop.domain.sections import Role, Section
from avrr_desktop.services.desk import own_stream
from avrr_desktop.services.interviewing import Asked, RepeatShown, Sitting, Spot, begin_interview, interviews
from avrr_desktop.services.moving import open_stops
from avrr_desktop.services.proposing import accept, proposals
from tests.interview_case import FREE, answer_all, begin, open_case, spot
from tests.office import TestOffice, officer_id


@pytest.fixture
def case(office: TestOffice) -> tuple[str, str]:
    return open_case(office)


@pytest.fixture
def sitting(office: TestOffice, case: tuple[str, str]) -> Sitting:
    return Sitting(office.desk, office.maya, case[0], begin(office, *case))


def again(office: TestOffice, sitting: Sitting, actor: Actor | None = None) -> Sitting:
    return Sitting(office.desk, actor or office.maya, sitting.case, sitting.interview)


def test_no_question_is_asked_before_the_person_has_consented(office, case):
    held = office.desk.find(Consent, case[0])[0]
    with office.desk.work(office.maya) as work:
        work.put(own_stream(Consent, case[0]), Consent, held.id, state=ConsentState.WITHDRAWN, on=office.desk.today())
    with pytest.raises(Blocked) as refused:
        begin(office, *case)
    assert refused.value.code == "interview.no_consent"


def test_each_answer_is_there_when_the_interview_is_opened_again_without_any_closing(office, sitting):
    sitting.answer(spot(sitting, "interpreter_used"), "yes")
    sitting.answer(spot(sitting, "interpreter_kind"), "phone")
    sitting.set_state(spot(sitting, "talk_alone"), "declined")
    sitting.remark(spot(sitting, "talk_alone"), "Her brother waited outside.")
    other = again(office, sitting)
    assert other.question(spot(other, "interpreter_kind")).value == "phone"
    asked = other.question(spot(other, "talk_alone"))
    assert (asked.state, asked.remark) == ("declined", "Her brother waited outside.")
    assert other.cursor() == spot(other, "talk_alone")


def test_an_answer_opens_and_closes_questions_at_once_and_an_irrelevant_one_is_kept(office, sitting):
    sitting.answer(spot(sitting, "interpreter_used"), "yes")
    kind = spot(sitting, "interpreter_kind")
    sitting.answer(kind, "video")
    sitting.answer(spot(sitting, "interpreter_used"), "no")
    shown = [q.spot for t in sitting.topics() for q in sitting.questions(t.path)]
    assert kind not in shown
    sitting.answer(spot(sitting, "interpreter_used"), "yes")
    assert sitting.question(kind).value == "video"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("born_on", "24 November", "answer.not_date"),
        ("age_stated", "twenty", "answer.not_int"),
        ("family_name", "Man\u202esour", "value.refused"),
        ("family_name", "x" * 9000, "value.refused"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_our_own_words_and_nothing_is_written(
    office, sitting, name, value, code
):
    sitting.answer(spot(sitting, "born_precision"), "year" if name == "age_stated" else "day")
    with pytest.raises(BadValue) as refused:
        sitting.answer(spot(sitting, name), value)
    assert refused.value.code == code
    assert again(office, sitting).question(spot(sitting, name)).value == ""
    assert sitting.question(spot(sitting, name)).value == ""


def test_a_broken_constraint_keeps_the_answer_and_names_the_problem_in_both_languages(sitting):
    sitting.answer(spot(sitting, "born_precision"), "day")
    sitting.answer(spot(sitting, "born_on"), "2031-01-01")
    asked = sitting.question(spot(sitting, "born_on"))
    assert (asked.problem, asked.value) == ("constraint", "2031-01-01")
    assert asked.problem_text.startswith("The date must not")
    assert asked.other_problem.startswith("La date ne peut pas")


def test_an_open_repeat_stands_behind_its_rows_on_the_page(sitting):
    has_family = spot(sitting, "has_family")
    sitting.answer(has_family, "yes")
    topic = sitting.topic_of(has_family)
    repeat = next(item for item in sitting.page(topic) if isinstance(item, RepeatShown))
    (first,), second = repeat.rows, sitting.add_row(repeat.spot)
    items = sitting.page(topic)
    reps = [item.spot.rep if isinstance(item, Asked) else "list" for item in items]
    assert reps[reps.index(first) - 1] == ""
    assert reps[reps.index("list") - 1] == second
    assert reps[reps.index("list") + 1] == ""
    sitting.remove_row(repeat.spot, first)
    assert [one.rows for one in sitting.repeats(topic)] == [(second,)]


def test_rows_come_back_in_their_order(office, sitting):
    sitting.answer(spot(sitting, "has_family"), "yes")
    topic = sitting.topic_of(spot(sitting, "has_family"))
    shown = sitting.repeats(topic)[0]
    repeat = shown.spot
    rows = [*shown.rows, sitting.add_row(repeat), sitting.add_row(repeat)]
    sitting.answer(Spot(repeat.node + "/rel_name", rows[1]), "Amal")
    other = again(office, sitting)
    assert list(other.repeats(topic)[0].rows) == rows
    assert other.question(Spot(repeat.node + "/rel_name", rows[1])).row == (2, 3)


def test_completeness_counts_what_is_dealt_with_and_leaves_out_what_is_not_asked(sitting):
    opening = sitting.topics()[0]
    before = (opening.answered, opening.asked)
    sitting.answer(spot(sitting, "talk_alone"), "yes")
    sitting.set_state(spot(sitting, "interpreter_used"), "not_asked")
    now = sitting.topics()[0]
    assert (now.answered, now.asked) == (before[0] + 1, before[1] - 1)


def test_stops_stand_as_the_answers_stand_and_are_raised_once_at_completion(office, sitting):
    answer_all(sitting, {**FREE, "free_push": "unsure", "well_life": "no"})
    assert sitting.stops() == ("S1",)
    assert office.desk.find(StopRecord, sitting.case) == []
    sitting.complete()
    assert set(open_stops(office.desk, sitting.case)) == {"S1"}


def test_an_interview_with_open_questions_is_not_completed(office, sitting):
    with pytest.raises(Blocked) as refused:
        sitting.complete()
    assert refused.value.code == "interview.unanswered"
    assert refused.value.params["count"] == len(sitting.problems())
    assert office.desk.one(Interview, sitting.case, sitting.interview).state is InterviewState.DRAFT


def test_a_completed_interview_takes_no_answer_and_keeps_what_it_worked_out(office, sitting):
    answer_all(sitting, FREE)
    sitting.complete()
    with pytest.raises(Blocked) as refused:
        sitting.answer(spot(sitting, "free_push"), "yes")
    assert refused.value.code == "interview.complete"
    kept = {f.value.node.rpartition("/")[2]: f.value.value for f in office.desk.store.find(Answer, case=sitting.case)}
    assert kept["freedom"] == "free"


def test_undo_never_opens_a_completed_interview_again(sitting):
    answer_all(sitting, FREE)
    assert sitting.complete().before == ()


def test_answers_are_kept_in_the_section_their_question_names(office, sitting):
    answer_all(sitting, {**FREE, "well_fear": "yes", "well_life": "no"})
    by_section = {
        section: {
            f.value.node.rpartition("/")[2]
            for f in office.desk.store.find(Answer, case=sitting.case, sections=frozenset({section}))
        }
        for section in (Section.COUNS, Section.PROTECTION, Section.MEDICAL)
    }
    assert {"well_fear", "well_life"} <= by_section[Section.PROTECTION]
    assert "well_ill" in by_section[Section.MEDICAL]
    assert not any(name.startswith("well_") for name in by_section[Section.COUNS])


def test_who_collected_an_answer_of_class_p_reads_it_until_completion_and_not_after(office, sitting):
    answer_all(sitting, {**FREE, "well_fear": "yes", "well_life": "no"})
    fear = spot(sitting, "well_fear")
    assert again(office, sitting).question(fear).value == "yes"
    sitting.complete()
    for later in (sitting, again(office, sitting)):
        asked = later.question(fear)
        assert (asked.value, asked.state, asked.is_withheld) == ("", "", True)
        assert later.question(spot(later, "free_push")).value == "no"
    focal = Actor(officer_id("maya"), frozenset({Role.PROTECTION}))
    assert again(office, sitting, focal).question(fear).value == "yes"


def test_a_supervisor_reads_the_talk_but_neither_sees_nor_gives_answers_of_class_p(office, sitting):
    fear = spot(sitting, "well_fear")
    sitting.answer(fear, "yes")
    theirs = again(office, sitting, office.claire)
    assert (theirs.question(fear).value, theirs.question(fear).is_withheld) == ("", True)
    with pytest.raises(Refused):
        theirs.answer(fear, "no")
    assert again(office, sitting).question(fear).value == "yes"


def test_a_movement_officer_does_not_open_it(office, sitting):
    with pytest.raises(Refused):
        again(office, sitting, office.idris)


def test_a_sitting_that_was_ended_goes_on_the_same_day_and_another_begins_later(office, sitting):
    sitting.answer(spot(sitting, "talk_alone"), "yes")
    sitting.end()
    later = again(office, sitting)
    assert (later.interrupted_at, later.meeting_number) == (None, 1)
    office.clock.pass_by(hours=1)
    later.answer(spot(later, "interpreter_used"), "no")
    assert (later.meeting_number, later.meeting.ended_at) == (1, None)
    later.end()
    office.clock.pass_by(days=3)
    third = again(office, sitting)
    third.answer(spot(third, "interpreter_used"), "yes")
    assert third.meeting_number == 2
    assert third.meeting.interpreter_name == "Service 12"
    assert len(office.desk.find(SittingRecord, sitting.case)) == 2


def test_opening_to_read_begins_no_sitting(office, sitting):
    sitting.end()
    office.clock.pass_by(days=3)
    later = again(office, sitting)
    later.topics()
    later.end()
    assert later.meeting_number == 1


def test_an_end_nobody_meant_is_told_with_the_time_of_the_last_answer(office, sitting):
    assert sitting.interrupted_at is None
    sitting.answer(spot(sitting, "talk_alone"), "yes")
    last = office.clock.now
    office.clock.pass_by(hours=2)
    found = again(office, sitting).interrupted_at
    assert found is not None
    assert abs((found - last).total_seconds()) < 1


def test_what_could_not_be_written_is_written_with_the_next_try(office, sitting, monkeypatch):
    where = spot(sitting, "talk_alone")
    store = office.desk.store

    def full(*_args: object, **_more: object) -> object:
        raise Expected("store.disk_full")

    with monkeypatch.context() as patch:
        patch.setattr(type(store), "work", full)
        with pytest.raises(Expected):
            sitting.answer(where, "yes")
    assert sitting.question(where).value == "yes"
    sitting.try_again()
    assert again(office, sitting).question(where).value == "yes"


def test_the_newest_interview_is_told_with_its_state(office, sitting, case):
    ((found, record),) = interviews(office.desk, office.maya, case[0])
    assert (found, record.state) == (sitting.interview, InterviewState.DRAFT)


def test_an_unknown_interview_or_form_is_named(office, case):
    with pytest.raises(Expected) as refused:
        Sitting(office.desk, office.maya, case[0], office.desk.new_id())
    assert refused.value.code == "interview.missing"
    with pytest.raises(Expected) as missing:
        begin_interview(
            office.desk,
            office.maya,
            *case,
            language="fr",
            place="",
            mode="office",
            interpreter=None,
            form_id="nothing_like_it",
        )
    assert missing.value.code == "form.missing"


# What enters the file


def with_relative(sitting: Sitting, name: str, **answers: str) -> str:
    sitting.answer(spot(sitting, "has_family"), "yes")
    shown = sitting.repeats(sitting.topic_of(spot(sitting, "has_family")))[0]
    repeat, row = shown.spot, shown.rows[0]
    said = {"rel_name": name, "rel_relation": "child", "rel_born": "2014-05-02", "rel_travels": "yes", **answers}
    for question, value in said.items():
        sitting.answer(Spot(f"{repeat.node}/{question}", row), value)
    return row


def test_nothing_is_proposed_before_completion(office, sitting):
    with pytest.raises(Blocked) as refused:
        proposals(office.desk, office.maya, sitting.case, sitting.interview)
    assert refused.value.code == "interview.not_complete"


def test_answers_that_differ_from_the_file_are_proposed_and_written_only_where_accepted(office, sitting, case):
    answer_all(sitting, {**FREE, "given_names": "Kareem", "family_name": "Mansour", "sex": "M", "goal": "A bakery."})
    sitting.complete()
    found = proposals(office.desk, office.maya, sitting.case, sitting.interview)
    by_field = {one.field: one for one in found}
    assert "family_name" not in by_field
    assert (by_field["given_names"].current, by_field["given_names"].proposed) == ("Karim", "Kareem")
    assert by_field["sex"].proposed_words == "Male"
    assert office.desk.one(Person, *case).given_names == "Karim"
    accept(office.desk, office.maya, sitting.case, [by_field["sex"], by_field["goal"]])
    person = office.desk.one(Person, *case)
    assert (person.given_names, person.sex) == ("Karim", "M")
    assert office.desk.find(Plan, sitting.case)[0].value.goal == "A bakery."
    left = {one.field for one in proposals(office.desk, office.maya, sitting.case, sitting.interview)}
    assert left == set(by_field) - {"sex", "goal"}


def test_relatives_not_in_the_case_are_proposed_as_new_people_and_known_ones_by_name(office, sitting, case):
    row = with_relative(sitting, "Amal Mansour")
    answer_all(sitting, FREE)
    sitting.complete()
    new = [one for one in proposals(office.desk, office.maya, sitting.case, sitting.interview) if one.is_new]
    assert {one.field: one.proposed for one in new} == {
        "family_name": "Mansour",
        "given_names": "Amal",
        "travels": True,
        "participates": True,
        "relation": "child",
        "born_on": "2014-05-02",
    }
    accept(office.desk, office.maya, sitting.case, new)
    child = office.desk.one(Person, case[0], row)
    assert (child.given_names, child.born_on) == ("Amal", date(2014, 5, 2))
    assert not any(one.is_new for one in proposals(office.desk, office.maya, sitting.case, sitting.interview))


def test_a_canadian_child_takes_no_part(office, sitting):
    with_relative(sitting, "Zoé", rel_canadian="yes")
    answer_all(sitting, FREE)
    sitting.complete()
    new = {
        p.field: p.proposed for p in proposals(office.desk, office.maya, sitting.case, sitting.interview) if p.is_new
    }
    assert (new["given_names"], new["participates"]) == ("Zoé", False)
    assert "family_name" not in new


def test_a_new_person_without_a_name_is_refused_and_nothing_is_written(office, sitting):
    with_relative(sitting, "Amal Mansour")
    answer_all(sitting, FREE)
    sitting.complete()
    found = proposals(office.desk, office.maya, sitting.case, sitting.interview)
    unnamed = [one for one in found if one.is_new and one.field == "relation"]
    with pytest.raises(Blocked) as refused:
        accept(office.desk, office.maya, sitting.case, unnamed)
    assert refused.value.code == "person.no_name"
    assert len(office.desk.find(Person, sitting.case)) == 1


def test_an_answer_that_no_longer_applies_is_not_proposed(office, sitting):
    sitting.answer(spot(sitting, "born_precision"), "day")
    sitting.answer(spot(sitting, "born_on"), "1992-11-24")
    sitting.answer(spot(sitting, "born_precision"), "year")
    answer_all(sitting, FREE)
    sitting.complete()
    found = proposals(office.desk, office.maya, sitting.case, sitting.interview)
    assert "born_on" not in {one.field for one in found}


def test_a_sitting_names_the_languages_nobody_has_reviewed(office):
    case, person = open_case(office)
    for language, is_reviewed in (("hu", False), ("ar", False), ("fr", True)):
        sitting = Sitting(office.desk, office.maya, case, begin(office, case, person, language=language))
        assert sitting.has_two_languages
        assert (sitting.other_language not in sitting.unreviewed) is is_reviewed
        assert sitting.language not in sitting.unreviewed


def test_a_grave_worry_is_kept_apart_and_stops_at_completion(office, sitting):
    worried = spot(sitting, "has_risks")
    sitting.answer(worried, "yes")
    shown = sitting.repeats(sitting.topic_of(worried))[0]
    said = {"risk_kind": "feud", "risk_likely": "3", "risk_impact": "5", "risk_life": "no"}
    for name, value in said.items():
        sitting.answer(Spot(f"{shown.spot.node}/{name}", shown.rows[0]), value)
    assert sitting.stops() == ("S3",)
    answer_all(sitting, FREE)
    sitting.complete()
    assert "S3" in open_stops(office.desk, sitting.case)
    kept = office.desk.store.find(Answer, case=sitting.case, sections=frozenset({Section.PROTECTION}))
    assert {"has_risks", *said} <= {one.value.node.rpartition("/")[2] for one in kept}
