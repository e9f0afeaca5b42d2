"""While nothing is written, every page is read without a refusal, and what would write is refused in words."""

import pytest

from avrr_desktop.services import officework
from avrr_desktop.store.errors import StoreChecking
from avrr_desktop.ui.case.view import PAGES
from avrr_desktop.ui.frame.window import MainWindow
from avrr_desktop.ui.room import Room
from tests.interview_case import begin, open_case


@pytest.fixture
def case(office):
    case, person = open_case(office)
    begin(office, case, person)
    office.desk.store.seal_all()
    return case


@pytest.fixture
def window(qtbot, look, office, case):
    office.desk.store.shut = StoreChecking()
    shown = MainWindow(Room(office.desk, office.maya))
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    shown.open_home()
    shown.refusals = []
    shown.room.refused.connect(lambda failure: shown.refusals.append((shown.place(), failure.code)))
    yield shown
    office.desk.store.shut = None


def test_every_page_is_read_and_left_without_a_refusal(window, case, office):
    window.safety.show_checking(1)
    before = office.desk.store.digest()
    for place, page in [("cases", ""), ("cases", "search"), ("papers", ""), *(("case", page) for page in PAGES)]:
        window.show_place(place, case if place in ("case", "papers") else "", page)
        assert window.place() == place
        assert window.safety.isVisible()
    window.leave()
    assert window.refusals == []
    assert office.desk.store.digest() == before


def test_an_interview_and_a_new_referral_are_not_begun(window, case):
    window.show_place("interview", case)
    window.show_place("cases", "", "new")
    window._primary()
    assert window.refusals == [("cases", "store.checking")] * 3
    assert window.shown()._stack.currentIndex() == 0
    assert "still being checked" in window.board.text()
    # Nothing waits to be written, so nothing says that it is not saved.
    assert not window.status.saved.retry.isVisible()


def test_what_waits_for_the_checks_is_said_to_be_unsaved_until_it_is_written(window, office):
    def verb():
        return officework.write_office(office.desk, office.claire, name="Ottawa")

    assert window.room.act(verb) is None
    assert window.status.saved.retry.isVisible()
    window.status.saved.retry.click()
    assert office.desk.office().name == "Toronto"
    office.desk.store.shut = None
    window.room.writable.emit(True)
    assert not window.board.isVisible()
    window.status.saved.retry.click()
    assert office.desk.office().name == "Ottawa"
    assert not window.status.saved.retry.isVisible()


def test_the_next_steps_are_shown_in_words(window):
    window.safety.show_checking(1)
    assert "Step 1 of 2" in window.safety.banner.accessibleDescription()
    window.safety.show_checking(2)
    assert "Step 2 of 2" in window.safety.banner.accessibleDescription()
    window.safety.show_damage((1500, 12))
    assert window.safety.text() == "The records on this laptop are damaged."
    assert window.safety.banner.accessibleDescription().endswith("Damaged pages: 12, 1500.")
    window.safety.show_damage(range(1, 99))
    assert window.safety.banner.accessibleDescription().endswith("11, 12, \u2026.")
    window.safety.show_damage(())
    assert "Damaged pages" not in window.safety.banner.accessibleDescription()
    window.show_place("settings")
    assert window.safety.isVisible()
