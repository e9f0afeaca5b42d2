"""The returnee's window: only what they may see, in their language, blank when it must be."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.services.interviewing import Asked, Option, Spot
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.frame.window import MainWindow
from avrr_desktop.ui.interview.facing import Choice, Facing, Piece, facing
from avrr_desktop.ui.interview.second import TITLE, ReturneeWindow
from avrr_desktop.ui.interview.state import CHECK, FINISH, Line, Part, State
from avrr_desktop.ui.interview.view import InterviewScreen
from tests.interview_case import FREE, answer_all, begin, open_case, spot
from tests.ui.seen import cut_labels, labels_of, sideways
from tests.ui.windows import go_to, open_interview


@pytest.fixture(autouse=True)
def forget_the_place():
    yield
    ReturneeWindow.place = None


@pytest.fixture
def case(office) -> tuple[str, str]:
    case, person = open_case(office)
    return case, begin(office, case, person)


@pytest.fixture
def window(qtbot, look, office, case) -> MainWindow:
    return open_interview(qtbot, office, case)


@pytest.fixture
def screen(window) -> InterviewScreen:
    return window.shown()


def press_f4(qtbot, screen: InterviewScreen) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_F4)


def test_f4_shows_the_question_at_hand_in_the_returnees_language_and_closes_it_again(qtbot, screen):
    go_to(screen, "talk_alone")
    press_f4(qtbot, screen)
    asked = screen.model.state.now.asked
    assert asked.other in labels_of(screen.second)
    assert [choice.words.text() for choice in screen.second.choices] == [one.other for one in asked.options]
    assert asked.text not in labels_of(screen.second)
    press_f4(qtbot, screen)
    assert not screen.second.isVisible()


def test_nothing_is_drawn_for_it_while_it_is_closed(qtbot, screen):
    """Every step of the interview would lay out a second page that nobody looks at."""
    go_to(screen, "talk_alone")
    assert screen.second.choices == []
    press_f4(qtbot, screen)
    held = screen.second.choices
    assert len(held) == len(screen.model.state.now.asked.options)
    press_f4(qtbot, screen)
    go_to(screen, "interpreter_used")
    assert screen.second.choices is held
    press_f4(qtbot, screen)
    assert screen.model.state.now.asked.other in labels_of(screen.second)


def test_it_follows_the_officers_focus_and_marks_what_was_chosen(qtbot, screen):
    press_f4(qtbot, screen)
    go_to(screen, "interpreter_used")
    first = labels_of(screen.second)
    screen.model.answer(spot(screen.model.sitting, "interpreter_used"), "yes")
    screen.draw()
    assert [choice.is_chosen for choice in screen.second.choices] == [True, False]
    go_to(screen, "talk_alone")
    assert labels_of(screen.second) != first


def test_nothing_of_the_officers_is_on_it(qtbot, screen):
    """Remarks, hints, stops, problems, the person's name, the case's number and the office."""
    press_f4(qtbot, screen)
    go_to(screen, "opening_told")
    screen.model.remark(spot(screen.model.sitting, "opening_told"), "SECRET REMARK")
    screen.model.answer(spot(screen.model.sitting, "free_push"), "yes")
    seen = []
    for name in ("opening_told", "free_push", "capacity_doubt", "free_idea"):
        go_to(screen, name)
        state = screen.model.state
        shown = labels_of(screen.second)
        seen.append(shown)
        hints = [state.now.asked.hint, state.now.asked.other_hint, "SECRET REMARK", "Mansour", *state.stops]
        assert [hint for hint in hints if hint and hint in shown] == []
    assert all(seen)
    assert screen.model.state.stops
    assert "TOR-" not in "".join(seen)
    assert screen.second.windowTitle() == TITLE == "avrr_desktop"


def test_a_question_for_the_officer_leaves_only_the_topic(qtbot, screen):
    press_f4(qtbot, screen)
    go_to(screen, "capacity_doubt")
    asked = screen.model.state.now.asked
    assert asked.for_officer
    assert asked.other not in labels_of(screen.second)
    assert screen.second.choices == []


def test_a_note_for_the_officer_is_not_shown():
    def note(text: str, mine: bool) -> Asked:
        return Asked(Spot(f"/f/{text}"), "note", False, text, text, "", "", (), "", "", "", False, True, "", "", None,
                     for_officer=mine)  # fmt: skip

    state = State(place="/f", heading="Topic", intro=(note("Told", False), note("Mine", True)))
    assert facing(state).notes == ("Told",)


def test_what_this_officer_may_not_read_is_not_read_back():
    asked = Asked(Spot("/f/a"), "one", False, "Q", "Q2", "", "", (Option("x", "X", "X2"),), "x", "answered", "",
                  True, False, "", "", None)  # fmt: skip
    lines = (Line(Part.DONE, asked), Line(Part.APART, replace(asked, other="Apart", is_withheld=True)))
    state = State(place=CHECK, summary=((None, lines),))  # type: ignore[arg-type]  # the section is not looked at
    assert facing(state).is_blank
    back = facing(state, reads_back=True)
    assert [(piece.text, piece.answer) for piece in back.pieces] == [("Q2", "X2")]


def test_an_answer_is_read_back_as_it_was_given_and_one_taken_back_is_not():
    asked = Asked(Spot("/f/a"), "date", False, "Q", "Q2", "", "", (), "2026-11-24", "answered", "",
                  True, False, "", "", None)  # fmt: skip
    declined = replace(asked, state="declined")
    told = replace(asked, kind="acknowledge", value="OK")
    lines = tuple(Line(Part.DONE, one) for one in (asked, declined, told, replace(asked, kind="text", value="Free")))
    state = State(place=CHECK, summary=((None, lines),))  # type: ignore[arg-type]  # the section is not looked at
    back = facing(state, reads_back=True)
    assert [(piece.answer, piece.day) for piece in back.pieces] == [
        ("", date(2026, 11, 24)),
        ("", None),
        ("\u2713", None),
        ("Free", None),
    ]


def test_the_page_to_finish_is_blank():
    assert not facing(State(place="/f", heading="Topic")).is_blank
    assert facing(State(place=FINISH, heading="Topic")).is_blank


def test_f9_blanks_it_and_it_comes_back(qtbot, window, screen):
    press_f4(qtbot, screen)
    assert not screen.second.is_blank()
    window.toggle_hidden()
    assert screen.second.is_blank()
    assert labels_of(screen.second) == ""
    window.toggle_hidden()
    assert not screen.second.is_blank()


def test_it_is_blank_once_the_interview_is_left_and_when_the_office_is_locked(qtbot, window, screen, case):
    press_f4(qtbot, screen)
    window.show_place("case", case[0])
    assert screen.second.is_blank()
    window.show_place("interview", *case)
    assert not screen.second.is_blank()
    window.leave()
    assert screen.second.is_blank()


def test_the_page_to_check_is_blank_until_the_officer_shows_the_answers(qtbot, screen):
    answer_all(screen.model.sitting, {**FREE, "family_name": "Mansour"})
    press_f4(qtbot, screen)
    screen.model.go_to(CHECK)
    screen.draw()
    assert screen.second.is_blank()
    assert screen.check.reading.isVisible()
    screen.check.reading.click()
    assert not screen.second.is_blank()
    assert "Quel est votre nom de famille" in labels_of(screen.second)
    assert "Pour l\u2019agent" not in labels_of(screen.second)
    screen.check.reading.click()
    assert screen.second.is_blank()


def test_it_takes_no_focus_and_remembers_its_place(qtbot, window, screen):
    press_f4(qtbot, screen)
    assert screen.second.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.isActiveWindow()
    screen.second.setGeometry(QRect(40, 50, 500, 400))
    press_f4(qtbot, screen)
    press_f4(qtbot, screen)
    assert screen.second.geometry() == QRect(40, 50, 500, 400)


LONG = "Avez-vous besoin de temps ou de quelqu\u2019un pour vous aider avant de choisir ? " * 2
ARABIC = "\u0647\u0644 \u062a\u062d\u062a\u0627\u062c \u0625\u0644\u0649 \u0648\u0642\u062a\u061f"


@pytest.mark.parametrize(("name", "scale", "rtl"), [("light", 1.0, False), ("dark", 1.0, True), ("white", 2.0, False)])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_no_word_is_cut_in_any_look(qtbot, look, name, scale, rtl, language):
    look(name, scale, rtl)
    host = QWidget()
    qtbot.addWidget(host)
    second = ReturneeWindow(host)
    text = LONG if language == "fr" else ARABIC
    piece = Piece(text, tuple(Choice(number, text, number == 2) for number in range(1, 12)))
    second.show_facing(Facing(language, text, (text,), (piece,), is_blank=False))
    second.resize(1024, 640)
    second.show()
    qtbot.wait(1)
    assert cut_labels(second) == []
    assert sideways(second) == []
    side = Qt.LayoutDirection.RightToLeft if language == "ar" else Qt.LayoutDirection.LeftToRight
    assert {label.layoutDirection() for label in second.choices[0].findChildren(Label)} == {side}


def test_another_theme_is_taken_while_it_is_shown(qtbot, look, screen):
    """Qt walks over all widgets then; none of them may be deleted under it."""
    press_f4(qtbot, screen)
    go_to(screen, "talk_alone")
    look("dark", 2.0, True)
    qtbot.waitUntil(lambda: not cut_labels(screen.second))
    look()
    assert screen.model.state.now.asked.other in labels_of(screen.second)
