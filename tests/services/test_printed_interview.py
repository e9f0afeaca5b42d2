"""The paper of an interview: what the officer may print of it, in words, without remarks, and what is logged."""

import pytest

from avrr_desktop.documents.interview import plain
from avrr_desktop.documents.preview import page_texts
from avrr_desktop.domain.failures import Expected, Refused
from avrr_desktop.domain.fields import Paper
from avrr_desktop.domain.sections import Section, case_stream
from avrr_desktop.services import papers
from avrr_desktop.services.interview_paper import Reader, make_interview, prepare_interview, printable_interviews
from avrr_desktop.services.interviewing import Sitting
from tests.interview_case import begin, open_case, spot
from tests.office import TestOffice


@pytest.fixture
def sitting(office: TestOffice) -> Sitting:
    """An interview with three answers, one of them declined and with a remark."""
    case, person = open_case(office)
    held = Sitting(office.desk, office.maya, case, begin(office, case, person))
    held.answer(spot(held, "interpreter_used"), "yes")
    held.answer(spot(held, "interpreter_kind"), "phone")
    held.set_state(spot(held, "talk_alone"), "declined")
    held.remark(spot(held, "talk_alone"), "Her brother waited outside.")
    return held


def text(office: TestOffice, sitting: Sitting, language: str = "en", **more) -> str:
    made = make_interview(office.desk, office.maya, sitting.case, sitting.interview, language=language, **more)
    return " ".join(" ".join(page_texts(made.pdf)).split())


def of_section(sitting: Sitting, section: Section) -> str:
    """Return the path of a question of *section* that is asked now."""
    shown = [one.spot.node for topic in sitting.topics() for one in sitting.questions(topic.path)]
    questions = sitting._definition.questions
    return next(node for node in shown if questions[node].section == section and questions[node].is_asked)


def test_questions_and_answers_print_in_words_and_the_officers_remark_never_does(office, sitting):
    shown = text(office, sitting)
    offered = sitting.question(spot(sitting, "interpreter_kind")).options
    label = next(option.text for option in offered if option.value == "phone")
    assert f"How does the interpreter take part? {label}" in shown
    assert "Are we talking alone, without family in the room? did not want to answer" in shown
    assert "brother" not in shown
    assert "Her brother" in sitting.question(spot(sitting, "talk_alone")).remark


def test_a_question_that_does_not_apply_is_left_out_though_its_answer_is_kept(office, sitting):
    sitting.answer(spot(sitting, "interpreter_used"), "no")
    assert "How does the interpreter take part?" not in text(office, sitting)


def test_the_read_back_speaks_the_persons_language_and_leaves_room_to_sign(office, sitting):
    shown = text(office, sitting, "fr", reader=Reader.RETURNEE)
    assert "interprète participe-t-il ?" in shown
    assert "été relues dans ma langue." in shown
    assert "Lieu et date" in shown
    assert "réservées aux personnes" not in shown
    assert "Lieu et date" not in text(office, sitting, "fr")


def test_what_the_officer_answers_alone_is_not_read_back(office, sitting):
    shown = [one for topic in sitting.topics() for one in sitting.questions(topic.path)]
    alone = [one for one in shown if one.for_officer and one.kind != "note" and not one.is_apart]
    assert alone
    asked = {}
    for reader in Reader:
        desk, actor, case, interview = office.desk, office.maya, sitting.case, sitting.interview
        values = prepare_interview(desk, actor, case, interview, language="en", reader=reader).values
        asked[reader] = {part.text for part in values.parts}
    labels = {plain(one.text) for one in alone}
    assert labels <= asked[Reader.INTERNAL]
    assert not labels & asked[Reader.RETURNEE]
    assert asked[Reader.RETURNEE] < asked[Reader.INTERNAL]


def test_notes_print_only_when_asked_for(office, sitting):
    assert "We talk at your pace" not in text(office, sitting)
    assert "We talk at your pace" in text(office, sitting, with_notes=True)


def test_the_foot_names_form_version_checksum_and_interview(office, sitting):
    shown = text(office, sitting)
    record = sitting.record
    for part in (record.form_id, record.form_version, record.form_sha256[:12], sitting.interview):
        assert part in shown


@pytest.mark.parametrize("section", [Section.PROTECTION, Section.MEDICAL])
def test_a_section_kept_apart_prints_only_when_it_is_asked_for(office, sitting, section):
    node = of_section(sitting, section)
    label = " ".join(sitting._form.label(node, "English (en)").split())
    assert label not in text(office, sitting)
    assert "Answers that only those who must help may read" in text(office, sitting)
    assert label in text(office, sitting, sections=(section,))
    apart = (Section.PROTECTION, Section.MEDICAL)
    assert "Answers that only those who must help may read" not in text(office, sitting, sections=apart)


def test_who_may_not_read_a_section_may_not_print_it_and_the_refusal_is_logged(office, sitting):
    with pytest.raises(Refused):
        make_interview(
            office.desk, office.claire, sitting.case, sitting.interview, language="en", sections=(Section.PROTECTION,)
        )
    assert office.desk.store.audit_trail.entries(1)[-1].event == "refused"


def test_a_language_without_words_is_refused(office, sitting):
    with pytest.raises(Expected) as refused:
        make_interview(office.desk, office.maya, sitting.case, sitting.interview, language="xx")
    assert refused.value.code == "paper.no_wording"


def test_what_was_open_is_sealed_before_the_paper_is_made(office, sitting):
    streams = [case_stream(sitting.case, section) for section in (Section.CORE, Section.COUNS)]
    assert any(not line.sealed for line in office.desk.store.history(streams))
    text(office, sitting)
    assert all(line.sealed for line in office.desk.store.history(streams))


def test_a_saved_print_is_logged_for_its_interview_alone(office, sitting, tmp_path):
    made = make_interview(office.desk, office.maya, sitting.case, sitting.interview, language="en")
    papers.save_paper(office.desk, office.maya, sitting.case, made, tmp_path / "x.pdf")
    seen = [
        papers.printed_before(office.desk, office.maya, sitting.case, Paper.INTERVIEW, interview)
        for interview in (sitting.interview, "another")
    ]
    assert [len(prints) for prints in seen] == [1, 0]


def test_only_an_interview_with_an_answer_is_offered(office, sitting):
    begin(office, sitting.case, sitting.record.person)
    offered = printable_interviews(office.desk, office.maya, sitting.case)
    assert [one.interview for one in offered] == [sitting.interview]
    assert offered[0].begun_on == office.desk.today()
