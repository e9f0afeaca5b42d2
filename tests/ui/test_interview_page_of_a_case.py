"""The page Interview of a case: the people of the first sitting, who was not met alone yet, what is signed."""

from datetime import date

import pytest

from avrr_desktop.domain.casefile import Person, Relation
from avrr_desktop.domain.counselling import Interview, Mode, SignedHow
from avrr_desktop.domain.counselling import Sitting as Meeting
from avrr_desktop.services.desk import own_stream
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.signing import sign_interview
from avrr_desktop.ui.case.interviews import InterviewsPage
from avrr_desktop.ui.frame.window import MainWindow
from avrr_desktop.ui.room import Room
from tests.interview_case import FREE, answer_all, begin, open_case
from tests.office import PICTURE
from tests.ui.seen import labels_of


@pytest.fixture
def case(office) -> tuple[str, str]:
    return open_case(office)


@pytest.fixture
def show(qtbot, look, office, case):
    look()
    window = MainWindow(Room(office.desk, office.maya))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()

    def shown() -> InterviewsPage:
        window.show_place("case", case[0], "interview")
        qtbot.wait(1)
        return window.findChild(InterviewsPage)

    return shown


def add_wife(office, case) -> str:
    wife = office.desk.new_id()
    stream = own_stream(Person, case)
    with office.desk.work(office.maya) as work:
        work.put(
            stream, Person, wife, family_name="Mansour", given_names="Amal", relation=Relation.SPOUSE,
            born_on=date(1994, 1, 1), participates=True, travels=True,
        )  # fmt: skip
        work.seal_case(case)
    return wife


def fill(page, **values: str) -> None:
    for name, value in {"language": "fr", "place": "Room 2", **values}.items():
        page.fields[name].set_value(value)


def test_the_people_of_the_first_sitting_are_written(show, office, case):
    page = show()
    fill(page, present="Her lawyer", interpreter="Service 12", interpreter_mode="phone", dialect="Maghrebi")
    page.alone.click()
    page.bound.click()
    page.begin.click()
    held = office.desk.find(Meeting, case[0])[0].value
    assert (held.alone, held.present, held.interpreter_mode) == (True, "Her lawyer", Mode.PHONE)
    assert (held.interpreter_dialect, held.interpreter_bound, held.interpreter_relative) == ("Maghrebi", True, False)


def test_a_relative_is_refused_at_the_interpreter_and_nothing_is_begun(show, office, case):
    page = show()
    fill(page, interpreter="Her sister")
    page.relative.click()
    page.begin.click()
    assert "A relative does not interpret" in page.fields["interpreter"].error()
    assert office.desk.find(Interview, case[0]) == []


def test_without_an_interpreter_nothing_of_one_is_written(show, office, case):
    page = show()
    fill(page, dialect="Maghrebi")
    page.bound.click()
    page.begin.click()
    held = office.desk.find(Meeting, case[0])[0].value
    assert (held.interpreter_name, held.interpreter_dialect, held.interpreter_bound) == (None, None, None)


def test_the_adults_of_a_family_who_were_not_met_alone_are_named(show, office, case):
    assert not show().unheard.isVisible()
    add_wife(office, case[0])
    page = show()
    assert page.unheard.isVisible()
    assert "Amal" in page.unheard.text()
    assert "Karim" in page.unheard.text()
    fill(page)
    page.alone.click()
    page.begin.click()
    page = show()
    assert "Karim" not in page.unheard.text()
    assert "Amal" in page.unheard.text()


def test_a_complete_interview_says_whether_it_is_signed(show, office, case):
    interview = begin(office, *case)
    sitting = Sitting(office.desk, office.maya, case[0], interview)
    answer_all(sitting, FREE)
    sitting.complete()
    assert "not signed" in labels_of(show())
    sign_interview(
        office.desk, office.maya, case[0], interview, picture=PICTURE, how=SignedHow.SCREEN, language="fr",
        signed_on=office.desk.today(),
    )  # fmt: skip
    assert "Signed on 24 November 2026" in labels_of(show())
