"""The walk through an interview without a window: where it stands, what is next, what stops it."""

import subprocess
import sys

import pytest

from avrr_desktop.domain.casefile import Person
from avrr_desktop.domain.failures import BadValue, Expected
from avrr_desktop.services.interviewing import Sitting, Spot
from avrr_desktop.ui.interview.model import InterviewModel
from avrr_desktop.ui.interview.reading import read_typed
from avrr_desktop.ui.interview.state import CHECK, FINISH, Part, Speech
from tests.interview_case import FREE, answer_all, begin, open_case, spot


@pytest.fixture
def model(office) -> InterviewModel:
    case, person = open_case(office)
    return InterviewModel(office.desk, office.maya, case, begin(office, case, person))


def name(model: InterviewModel) -> str:
    now = model.state.now
    return now.spot.node.rpartition("/")[2] if now else ""


def test_the_model_is_imported_without_qt():
    code = "import sys, avrr_desktop.ui.interview.model; print('PySide6' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "24 11 1992", "1992-11-24"),
        ("date", " 24 nov 1992 ", "1992-11-24"),
        ("date", "", ""),
        ("integer", "1 200", "1200"),
        ("integer", "٢٠", "20"),
        ("integer", "-3", "-3"),
        ("decimal", "1,5", "1.5"),
        ("decimal", "۱٫۵", "1.5"),
        ("time", "930", "09:30"),
        ("time", "14 05", "14:05"),
        ("text", "  Two  words ", "Two  words"),
        ("several", "a b", "a b"),
    ],
)
def test_what_is_typed_is_read_as_people_write_it(kind, text, value):
    assert read_typed(kind, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("date", "31 2 1999", "answer.not_date"),
        ("date", "03/04/05", "answer.not_date"),
        ("integer", "1.5", "answer.not_int"),
        ("integer", "²", "answer.not_int"),
        ("decimal", "1,000.5", "answer.not_decimal"),
        ("time", "25:00", "answer.not_time"),
    ],
)
def test_what_cannot_be_read_is_named(kind, text, code):
    with pytest.raises(BadValue) as refused:
        read_typed(kind, text)
    assert refused.value.code == code


def test_it_opens_at_the_first_question_with_its_notes_at_the_head(model):
    state = model.state
    assert (state.heading, state.other_heading) == ("Opening", "Pour commencer")
    assert [one.kind for one in state.intro] == ["note"]
    assert name(model) == "opening_told"
    assert (state.now.number, state.count) == (1, 3)
    assert [view.path == CHECK for view in state.sections] == [False] * 15 + [True]


def test_choosing_never_goes_ahead_and_enter_does(model):
    here = model.state.now.spot
    model.answer(here, "who private")
    assert model.state.now.spot == here
    model.go_on()
    assert name(model) == "interpreter_used"
    assert model.state.lines[0].part is Part.DONE


def test_a_required_question_left_empty_holds_and_says_so(model):
    assert not model.state.now.shows_problem
    model.go_on()
    assert name(model) == "opening_told"
    assert model.state.now.shows_problem
    model.set_aside("declined")
    model.go_on()
    assert name(model) == "interpreter_used"


def test_setting_aside_twice_takes_it_back(model):
    model.set_aside("not_asked")
    assert model.state.now.asked.state == "not_asked"
    assert model.state.sections[0].asked == 2
    model.set_aside("not_asked")
    assert model.state.now.asked.state == ""


def test_text_that_cannot_be_read_stays_with_its_reason_and_is_never_stored(model):
    model.answer(spot(model.sitting, "born_precision"), "day")
    born = spot(model.sitting, "born_on")
    model.change(born)
    model.answer(born, "31 2 1999")
    state = model.state
    assert (state.text, state.refusal.code) == ("31 2 1999", "answer.not_date")
    model.go_on()
    assert model.state.now.spot == born
    model.answer(born, "24 11 1992")
    assert (model.state.text, model.state.refusal) == ("24 11 1992", None)
    assert model.sitting.question(born).value == "1992-11-24"


def test_back_goes_through_the_topic_and_into_the_one_before(model):
    answer_all(model.sitting, FREE)
    second = model.state.sections[1].path
    model.go_to(second)
    model.change(spot(model.sitting, "family_name"))
    model.go_back()
    assert name(model) == "talk_alone"
    model.go_back()
    assert name(model) == "interpreter_used"


def test_come_back_later_marks_moves_on_past_a_required_question_and_leads_back(model):
    model.come_back_later()
    state = model.state
    assert (name(model), state.marked, state.sections[0].is_marked) == ("interpreter_used", 1, True)
    model.go_to_marked()
    assert name(model) == "opening_told"
    model.answer(model.state.now.spot, "who")
    assert model.state.marked == 0


def test_a_member_is_added_asked_about_and_taken_off(model):
    family = spot(model.sitting, "has_family")
    model.change(family)
    model.answer(family, "yes")
    model.go_on()
    assert (name(model), model.state.now.asked.row) == ("rel_name", (1, 1))
    repeat = next(line.repeat for line in model.state.lines if line.repeat)
    model.add_row(repeat.spot)
    assert (name(model), model.state.now.asked.row) == ("rel_name", (2, 2))
    rows = model.sitting.repeats(model.state.place)[0].rows
    model.remove_row(repeat.spot, rows[1])
    assert model.state.now.repeat.rows == rows[:1]


def test_f2_walks_through_the_languages_and_only_where_there_are_two(office, model):
    seen = []
    for _turn in range(3):
        seen.append(model.state.speech)
        model.speak()
    assert seen == [Speech.BOTH, Speech.OWN, Speech.OTHER]
    assert model.state.speech is Speech.BOTH
    case, person = open_case(office)
    single = InterviewModel(office.desk, office.maya, case, begin(office, case, person, language="en"))
    single.speak()
    assert single.state.speech is Speech.OWN


def test_stops_are_shown_as_they_arise(model):
    assert model.state.stops == ()
    model.answer(spot(model.sitting, "free_push"), "yes")
    assert model.state.stops == ("S1",)


def test_change_from_the_check_page_leads_back_there(model):
    answer_all(model.sitting, FREE)
    model.go_to(CHECK)
    assert len(model.state.summary) == 15
    model.change(spot(model.sitting, "talk_alone"))
    model.go_on()
    assert model.state.place == CHECK


def test_change_from_the_check_page_first_asks_what_the_new_answer_opens(model):
    answer_all(model.sitting, {**FREE, "interpreter_used": "no"})
    model.go_to(CHECK)
    model.change(spot(model.sitting, "interpreter_used"))
    model.answer(model.state.now.spot, "yes")
    model.go_on()
    assert name(model) == "interpreter_kind"


def test_completing_too_early_lists_what_needs_another_look(model):
    model.go_to(CHECK)
    assert model.state.problems == ()
    model.complete()
    assert len(model.state.problems) == len(model.sitting.problems())
    assert not model.state.is_complete


def test_completion_proposes_all_ticked_and_writes_what_stays_ticked(model):
    answer_all(model.sitting, {**FREE, "sex": "M", "given_names": "Kareem", "family_name": "Mansour"})
    model.go_to(CHECK)
    model.complete()
    state = model.state
    assert (state.place, state.is_complete) == (FINISH, True)
    assert state.ticked == frozenset(range(len(state.proposals)))
    at = next(i for i, one in enumerate(state.proposals) if one.field == "given_names")
    model.tick(at, False)
    model.accept()
    assert model.state.written == len(state.proposals) - 1
    person = model.sitting.record.person
    held = model.desk.one(Person, model.case, person)
    assert (held.given_names, held.sex) == ("Karim", "M")


def test_a_completed_interview_is_read_only_and_old_proposals_are_not_ticked(office, model):
    answer_all(model.sitting, {**FREE, "given_names": "Kareem", "well_fear": "no"})
    model.go_to(CHECK)
    model.complete()
    again = InterviewModel(office.desk, office.maya, model.case)
    state = again.state
    assert (state.is_writable, state.now, state.stops) == (False, None, ())
    wellbeing = next(view for view in state.sections if view.is_apart)
    again.go_to(wellbeing.path)
    assert {line.part for line in again.state.lines if line.asked.kind != "note"} == {Part.APART}
    again.go_to(FINISH)
    assert again.state.proposals
    assert again.state.ticked == frozenset()


def test_it_is_resumed_at_the_question_where_it_was_left_with_a_word_about_the_interruption(office, model):
    for answer in ("who private", "no"):
        model.answer(model.state.now.spot, answer)
        model.go_on()
    assert name(model) == "talk_alone"
    last = office.clock.now
    office.clock.pass_by(minutes=5)
    again = InterviewModel(office.desk, office.maya, model.case)
    assert name(again) == "talk_alone"
    at, number = again.state.interrupted
    assert number == 2
    assert abs((at - last).total_seconds()) < 60
    again.answer(again.state.now.spot, "yes")
    again.go_on()
    assert again.state.interrupted is None


def test_after_a_clean_end_nothing_is_said(office, model):
    model.answer(model.state.now.spot, "who private")
    model.end()
    assert InterviewModel(office.desk, office.maya, model.case).state.interrupted is None


def test_a_case_without_an_interview_says_so(office):
    case, _person = open_case(office)
    with pytest.raises(Expected) as refused:
        InterviewModel(office.desk, office.maya, case)
    assert refused.value.code == "interview.missing"


def test_an_answer_by_somebody_else_is_shown_after_reading_anew(office, model):
    where = spot(model.sitting, "talk_alone")
    other = Sitting(office.desk, office.maya, model.case, model.interview)
    other.answer(where, "no")
    assert model.sitting.question(where).value == ""
    model.reload()
    assert model.sitting.question(where).value == "no"
    assert model.state.now.spot == Spot(model.state.now.spot.node)
