"""The sitting is asked once a day and again of another officer; what was read back is signed once."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from avrr_desktop.domain.counselling import Interview, Mode, SignedHow
from avrr_desktop.domain.counselling import Sitting as Meeting
from avrr_desktop.services.interviewing import Sitting
from avrr_desktop.services.signing import sign_interview
from avrr_desktop.ui.interview.state import CHECK, FINISH, MEETING
from tests.interview_case import FREE, answer_all, begin, open_case, spot
from tests.office import PICTURE
from tests.ui.seen import assert_whole, labels_of
from tests.ui.windows import open_interview


@pytest.fixture
def case(office) -> tuple[str, str]:
    case, person = open_case(office)
    return case, begin(office, case, person)


def open_screen(qtbot, office, case, actor=None):
    return open_interview(qtbot, office, case, actor).shown()


def complete(office, case) -> None:
    sitting = Sitting(office.desk, office.maya, *case)
    answer_all(sitting, FREE)
    sitting.complete()


def meetings(office, case) -> list[Meeting]:
    return [found.value for found in office.desk.find(Meeting, case[0])]


def test_on_the_same_day_nothing_is_asked_again(qtbot, look, office, case):
    look()
    assert open_screen(qtbot, office, case).model.state.place != MEETING


def test_on_another_day_the_sitting_is_asked_with_the_last_values_and_leads_on(qtbot, look, office, case):
    look()
    first = Sitting(office.desk, office.maya, *case)
    first.answer(spot(first, "interpreter_used"), "yes")
    first.end()
    office.clock.pass_by(days=1)
    screen = open_screen(qtbot, office, case)
    page = screen.meeting
    assert screen.model.state.place == MEETING
    assert page.isVisible()
    assert QApplication.focusWidget() is page.fields["place"].editor
    offered = {name: field.value() for name, field in page.fields.items()}
    assert (offered["place"], offered["interpreter"], offered["interpreter_mode"]) == (
        "Interview room 2", "Service 12", "phone",
    )  # fmt: skip
    assert not page.alone.isChecked()
    page.alone.click()
    page.bound.click()
    page.fields["dialect"].set_value("Maghrebi")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = meetings(office, case)[-1]
    assert len(meetings(office, case)) == 2
    assert (now.place, now.mode, now.alone, now.interpreter_dialect) == (
        "Interview room 2",
        Mode.OFFICE,
        True,
        "Maghrebi",
    )
    assert (now.interpreter_bound, now.interpreter_relative, now.interpreter_mode) == (True, False, Mode.PHONE)
    assert screen.model.state.now.spot.node.endswith("interpreter_used")
    assert screen.isAncestorOf(QApplication.focusWidget())


def test_no_question_is_reached_before_the_sitting_is_begun(qtbot, look, office, case):
    look()
    screen = open_screen(qtbot, office, case, office.claire)
    for button in screen.sections.buttons[:3]:
        button.click()
        assert screen.model.state.place == MEETING
    screen.model.go_to(CHECK)
    assert screen.model.state.place == CHECK
    screen.model.go_to(screen.model.state.sections[2].path)
    screen.draw()
    screen.primary()
    assert screen.model.state.place == screen.model.state.sections[2].path
    assert meetings(office, case)[-1].officer == office.claire.officer


def test_a_relative_as_interpreter_is_warned_of_and_not_taken(qtbot, look, office, case):
    look()
    office.clock.pass_by(days=1)
    screen = open_screen(qtbot, office, case)
    screen.meeting.relative.click()
    assert "A relative does not interpret" in labels_of(screen.meeting)
    screen.primary()
    assert screen.model.state.place == MEETING
    assert len(meetings(office, case)) == 1
    screen.meeting.relative.click()
    screen.primary()
    assert len(meetings(office, case)) == 2


def test_a_sitting_needs_a_place(qtbot, look, office, case):
    look()
    office.clock.pass_by(days=1)
    screen = open_screen(qtbot, office, case)
    screen.meeting.fields["place"].set_value(" ")
    screen.primary()
    assert "This is needed first." in labels_of(screen.meeting)
    assert len(meetings(office, case)) == 1


def test_a_sitting_without_an_interpreter_says_nothing_of_one(qtbot, look, office, case):
    look()
    office.clock.pass_by(days=1)
    screen = open_screen(qtbot, office, case)
    screen.meeting.fields["interpreter"].set_value("")
    screen.meeting.fields["dialect"].set_value("Maghrebi")
    screen.meeting.bound.click()
    screen.primary()
    now = meetings(office, case)[-1]
    assert len(meetings(office, case)) == 2
    assert (now.interpreter_name, now.interpreter_dialect, now.interpreter_mode) == (None, None, None)
    assert (now.interpreter_bound, now.interpreter_relative) == (None, None)


def test_the_page_to_check_lists_the_sittings_and_takes_how_the_interpreting_went(qtbot, look, office, case):
    look()
    screen = open_screen(qtbot, office, case)
    screen.model.go_to(CHECK)
    screen.draw()
    assert screen.check.sittings.text().startswith("1. 24 November 2026, 10:00")
    screen.check.quality.setFocus()
    qtbot.keyClicks(screen.check.quality.editor, "Clear")
    screen.check.quality.editor.clearFocus()
    assert meetings(office, case)[-1].interpreter_quality == "Clear"
    assert "Service 12" not in screen.check.sittings.text()


def signature_card(qtbot, office, case):
    """Complete the interview and stand before its signature."""
    complete(office, case)
    screen = open_screen(qtbot, office, case)
    screen.model.go_to(FINISH)
    screen.draw()
    return screen.finish.signature


def test_a_complete_interview_is_signed_with_a_pen_on_the_screen(qtbot, look, office, case):
    look()
    card = signature_card(qtbot, office, case)
    pad = card.signing.pad
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 60))
    for x in range(30, 200, 10):
        qtbot.mouseMove(pad, QPoint(x, 60))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    drawn = pad.png()
    card.keep.click()
    held = office.desk.one(Interview, case[0], case[1])
    assert held.signed_how is SignedHow.SCREEN
    assert office.desk.store.blobs.read(held.signed_blob)[0] == drawn


def test_a_complete_interview_is_signed_with_a_scan_once(qtbot, look, office, case, tmp_path):
    look()
    card = signature_card(qtbot, office, case)
    assert card.form.isVisible()
    card.keep.click()
    assert "There is no signature yet." in labels_of(card)
    (tmp_path / "scan.png").write_bytes(PICTURE)
    card.signing.take_scan(tmp_path / "scan.png")
    card.keep.click()
    held = office.desk.one(Interview, case[0], case[1])
    assert (held.signed_how, held.signed_language) == (SignedHow.SCAN, "fr")
    assert "Signed on 24 November 2026" in labels_of(card)
    assert not card.form.isVisible()


def test_a_day_to_come_is_said_at_the_day_and_keeps_what_was_attached(qtbot, look, office, case, tmp_path):
    look()
    card = signature_card(qtbot, office, case)
    (tmp_path / "scan.png").write_bytes(PICTURE)
    card.signing.take_scan(tmp_path / "scan.png")
    card.day.set_value("25 11 2026")
    card.keep.click()
    assert "This day is still to come." in labels_of(card)
    assert office.desk.one(Interview, case[0], case[1]).signed_how is None
    assert "scan.png" in labels_of(card)


@pytest.mark.parametrize(("name", "scale", "rtl"), [("light", 1.0, False), ("dark", 2.0, True)])
def test_sitting_and_signature_are_whole_in_every_look(qtbot, look, office, case, name, scale, rtl):
    look(name, scale, rtl)
    office.clock.pass_by(days=1)
    window = open_interview(qtbot, office, case)
    window.shown().meeting.relative.click()
    assert_whole(window)
    window.shown().meeting.relative.click()
    window.shown().primary()
    complete(office, case)
    window.show_place("interview", *case)
    window.shown().model.go_to(FINISH)
    window.shown().draw()
    assert_whole(window)


def test_the_page_to_check_of_a_complete_interview_says_whether_it_is_signed(qtbot, look, office, case):
    look()
    screen = open_screen(qtbot, office, case)
    screen.model.go_to(CHECK)
    screen.draw()
    assert not screen.check.signed.isVisible()
    complete(office, case)
    screen.open(*case)
    screen.model.go_to(CHECK)
    screen.draw()
    assert "Not signed." in screen.check.signed.text()
    sign_interview(
        office.desk, office.maya, *case, picture=PICTURE, how=SignedHow.SCREEN,
        language="fr", signed_on=office.desk.today(),
    )  # fmt: skip
    screen.model.reload()
    screen.draw()
    assert "Signed on 24 November 2026" in screen.check.signed.text()
