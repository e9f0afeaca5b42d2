"""A window of the program that stands in an interview, as an officer has it before them."""

from pytestqt.qtbot import QtBot

from avrr_desktop.domain.acting import Actor
from avrr_desktop.ui.frame.window import MainWindow
from avrr_desktop.ui.interview.view import InterviewScreen
from avrr_desktop.ui.room import Room
from tests.interview_case import spot
from tests.office import TestOffice


def open_interview(qtbot: QtBot, office: TestOffice, case: tuple[str, str], actor: Actor | None = None) -> MainWindow:
    """Open the interview of *case* (case, interview) for *actor*, who is the case officer unless told."""
    window = MainWindow(Room(office.desk, actor or office.maya))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.show_place("interview", *case)
    return window


def go_to(screen: InterviewScreen, name: str) -> None:
    """Stand on the question called *name*."""
    assert screen.model is not None
    screen.model.change(spot(screen.model.sitting, name))
    screen.draw()
    screen.first_focus()
