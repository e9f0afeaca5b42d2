"""The papers of a case with interviews: a row for each that has answers, and what is made of it."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.documents.preview import page_texts
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.fields import Paper
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.ui import theme
from avrr_desktop.ui.papers.model import ORDER, PapersModel, Place, place_of
from avrr_desktop.ui.papers.view import PapersScreen
from avrr_desktop.ui.room import Room
from tests.interview_case import begin, open_case, spot
from tests.office import TestOffice


@pytest.fixture
def sitting(office: TestOffice) -> Sitting:
    """Two interviews, the second without an answer of a person."""
    case, person = open_case(office)
    held = Sitting(office.desk, office.maya, case, begin(office, case, person))
    held.answer(spot(held, "interpreter_used"), "yes")
    begin(office, case, person)
    return held


@pytest.fixture
def screen(qtbot: QtBot, office: TestOffice, sitting: Sitting, look: Callable[..., theme.Theme]) -> PapersScreen:
    room = Room(office.desk, office.maya)
    shown = PapersScreen(room)
    room.setParent(shown)
    room.changed.connect(shown.hear)
    qtbot.addWidget(shown)
    shown.resize(1310, 708)
    shown.show()
    shown.open(sitting.case, "declaration")
    qtbot.waitUntil(lambda: not shown._background.is_busy(), timeout=10_000)
    return shown


def choose(qtbot: QtBot, screen: PapersScreen, row: int) -> None:
    screen.list.setCurrentIndex(screen.list.model().index(row, 0))
    qtbot.waitUntil(lambda: not screen._background.is_busy(), timeout=10_000)


def words_of(screen: PapersScreen) -> str:
    assert screen.made is not None
    return " ".join(" ".join(page_texts(screen.made.pdf)).split())


def test_each_interview_with_answers_has_a_row_behind_the_papers_every_case_has(screen):
    assert screen.list.model().rowCount() == len(ORDER) + 1
    assert "Interview 1" in str(screen.list.model().index(len(ORDER), 0).data())


def test_choosing_it_makes_its_paper_and_the_read_back_adds_the_signatures(qtbot, screen):
    choose(qtbot, screen, len(ORDER))
    assert screen.made.paper is Paper.INTERVIEW
    assert screen.aside.read_back.isVisible()
    assert not screen.aside.amounts.isVisible()
    assert "Place and date" not in words_of(screen)
    screen.aside.read_back.click()
    qtbot.waitUntil(lambda: screen.made is not None, timeout=10_000)
    assert "Place and date" in words_of(screen)
    choose(qtbot, screen, ORDER.index(Paper.DECLARATION))
    assert not screen.aside.read_back.isVisible()


def test_an_answer_makes_the_shown_interview_anew(qtbot, screen, office, sitting):
    choose(qtbot, screen, len(ORDER))
    assert "did not want to answer" not in words_of(screen)
    sitting.set_state(spot(sitting, "talk_alone"), "declined")
    screen.room.changed.emit(sitting.last_changes)
    qtbot.waitUntil(lambda: screen.made is not None, timeout=10_000)
    assert "did not want to answer" in words_of(screen)


def test_who_may_not_read_interviews_is_offered_none(office, sitting):
    assert len(PapersModel(office.desk, office.maya, sitting.case).state.interviews) == 1
    assert PapersModel(office.desk, office.idris, sitting.case).state.interviews == ()


def test_a_letter_no_font_draws_leads_to_the_interview():
    failure = Expected("paper.not_printable", field="parts[3].answer", characters="x")
    assert place_of(failure) == Place("interview", "answers", 4)
