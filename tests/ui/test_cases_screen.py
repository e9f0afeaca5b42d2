"""The list of cases and the new referral on a real store: keys, words, empty lists, directions and sizes."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from avrr_desktop.domain.casefile import Person
from avrr_desktop.domain.legal import Referral, Source
from avrr_desktop.services import enrolling, lists, referring
from avrr_desktop.services.referring import NewReferral
from avrr_desktop.ui.cases.table import Column
from avrr_desktop.ui.cases.view import CasesScreen
from avrr_desktop.ui.room import Room
from tests.ui.seen import cut_labels, nameless

FAMILY = (
    ("Beridze", "Nino", "\u10dc\u10d8\u10dc\u10dd \u10d1\u10d4\u10e0\u10d8\u10eb\u10d4", 27),
    ("Horv\u00e1th", "Eszter", "", 3),
    ("Haddad", "Samir", "\u0633\u0645\u064a\u0631 \u062d\u062f\u0651\u0627\u062f", 18),
)


def refer(office, family: str, given: str, script: str = "", hours_ago: int = 1) -> str:
    received = office.clock.now - timedelta(hours=hours_ago)
    new = NewReferral(family, given, received, "America/Toronto", Source.AUTHORITY, script)
    return referring.new_referral(office.desk, office.maya, new).value


@pytest.fixture
def room(office, look, qtbot):
    look()
    return Room(office.desk, office.maya)


@pytest.fixture
def screen(room, qtbot):
    shown = CasesScreen(room)
    qtbot.addWidget(shown)
    shown.resize(1166, 700)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


@pytest.fixture
def three(office):
    return {family: refer(office, family, given, script, hours) for family, given, script, hours in FAMILY}


def test_an_office_without_cases_says_what_to_do(screen):
    screen.open()
    screen.first_focus()
    assert screen.nothing.isVisible()
    assert "No case yet" in screen.nothing.empty.accessibleName()
    assert screen.nothing.empty.button.hasFocus()


def test_the_latest_clock_comes_first_and_is_said_in_words(screen, three):
    screen.open()
    table = screen.list.model()
    assert list(screen.model.state.ids) == [three["Beridze"], three["Haddad"], three["Horv\u00e1th"]]
    assert "late" in table.index(0, Column.DUE).data()
    assert table.index(1, Column.DUE).data().endswith("left")
    assert table.index(0, Column.NAME).data().startswith("Nino Beridze, \u10dc\u10d8\u10dc\u10dd")
    assert table.index(0, Column.STAGE).data() == "Referral"
    assert table.index(0, Column.OFFICER).data() == "Maya Tremblay"


def test_the_table_keeps_qt_s_rules_of_models(screen, three, qtmodeltester):
    screen.open()
    qtmodeltester.check(screen.list.model(), force_py=True)


def test_arrows_and_enter_open_a_case(screen, three, qtbot, room):
    screen.open()
    screen.first_focus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(room.asked_for) as asked:
        qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert asked.args == ["case", three["Haddad"], ""]


def test_letters_on_the_list_search_and_enter_opens_the_first(screen, three, qtbot, room):
    screen.open()
    screen.first_focus()
    qtbot.keyClick(screen.list, "h")
    qtbot.keyClicks(screen.search.line_edit, "or")
    assert screen.model.state.ids == (three["Horv\u00e1th"],)
    with qtbot.waitSignal(room.asked_for) as asked:
        qtbot.keyClick(screen.search.line_edit, Qt.Key.Key_Return)
    assert asked.args == ["case", three["Horv\u00e1th"], ""]


def test_escape_empties_the_search_and_down_goes_to_the_list(screen, three, qtbot):
    screen.open(page="search")
    screen.first_focus()
    qtbot.keyClicks(screen.search.line_edit, "nino")
    assert len(screen.model.state.ids) == 1
    qtbot.keyClick(screen.search.line_edit, Qt.Key.Key_Escape)
    assert len(screen.model.state.ids) == 3
    qtbot.keyClick(screen.search.line_edit, Qt.Key.Key_Down)
    assert screen.list.hasFocus()


def test_a_name_in_its_own_script_is_found(screen, three, qtbot):
    screen.open(page="search")
    screen.first_focus()
    typed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "\u0633\u0645\u064a\u0631")
    QApplication.sendEvent(screen.search.line_edit, typed)
    assert screen.model.state.ids == (three["Haddad"],)


def test_nothing_found_offers_who_is_called_nearly_so(screen, three, qtbot, room):
    screen.open(page="search")
    screen.first_focus()
    qtbot.keyClicks(screen.search.line_edit, "Horvat Ester")
    assert screen.model.state.ids == ()
    assert "Nothing found for" in screen.nothing.empty.accessibleName()
    with qtbot.waitSignal(room.asked_for) as asked:
        qtbot.keyClick(screen.nothing.similar[0], Qt.Key.Key_Return)
    assert asked.args == ["case", three["Horv\u00e1th"], ""]


def test_working_lists_answer_at_once_and_count(screen, three, office, qtbot):
    enrolling.decline(office.desk, office.maya, three["Haddad"])
    screen.open()
    shown = {pill.filter.value: pill.filter.count for pill in screen.pills.pills}
    assert shown == {"open": 2, "mine": 2, "clock": 2, "ended": 1}
    ended = next(pill for pill in screen.pills.pills if pill.filter.value == "ended")
    qtbot.keyClick(ended, Qt.Key.Key_Space)
    assert screen.model.state.ids == (three["Haddad"],)
    assert screen.list.model().index(0, Column.NEXT).data() == "Ended early"


def test_who_may_not_read_legal_sees_no_clock(office, look, qtbot, three):
    look()
    rows = lists.case_rows(office.desk, office.idris, list(three.values()))
    assert {row.due_at for row in rows} == {None}
    assert lists.case_ids(office.desk, office.idris, "clock") == ()
    assert {row.due_at is None for row in lists.case_rows(office.desk, office.maya, list(three.values()))} == {False}


def test_the_mark_stays_on_its_case_when_the_list_changes(screen, three, office):
    screen.open()
    screen.list.choose_row(1)
    refer(office, "Okonkwo", "Adebayo", hours_ago=30)
    screen.refresh()
    assert screen.list.chosen_case() == three["Haddad"]
    assert screen.list.currentIndex().row() == 2


def test_a_referral_is_written_by_keyboard_alone(screen, qtbot, room, office):
    screen.open(page="new")
    page = screen._stack.currentWidget()
    qtbot.keyClicks(QApplication.focusWidget(), "Beridze")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Nino")
    with qtbot.waitSignal(room.asked_for) as asked:
        screen.primary()
    place, case, _page = asked.args
    assert place == "case"
    people = office.desk.find(Person, case)
    assert (people[0].value.given_names, people[0].value.family_name) == ("Nino", "Beridze")
    held = office.desk.one(Referral, case)
    assert held.received_at.strftime("%H:%M") == "15:00"
    assert held.source is Source.AUTHORITY
    assert page.draft.clock == "10:00"


def test_an_unreadable_time_is_said_at_its_field_and_stays(screen, qtbot, room):
    screen.open(page="new")
    page = screen._stack.currentWidget()
    qtbot.keyClicks(page.fields["family_name"].editor, "Beridze")
    page.fields["clock"].editor.selectAll()
    qtbot.keyClicks(page.fields["clock"].editor, "25:70")
    with qtbot.assertNotEmitted(room.asked_for):
        screen.primary()
    assert "14:05" in page.fields["clock"].error()
    assert page.fields["clock"].value() == "25:70"
    assert page.fields["clock"].editor.hasFocus()


def test_a_time_still_to_come_is_refused_at_its_field(screen, qtbot, room):
    screen.open(page="new")
    page = screen._stack.currentWidget()
    qtbot.keyClicks(page.fields["family_name"].editor, "Beridze")
    page.fields["clock"].editor.selectAll()
    qtbot.keyClicks(page.fields["clock"].editor, "23:10")
    with qtbot.assertNotEmitted(room.refused):
        screen.primary()
    assert "still to come" in page.fields["day"].error()


def test_people_already_known_are_shown_while_typing(screen, three, qtbot, room):
    screen.open(page="new")
    page = screen._stack.currentWidget()
    assert page.known == []
    qtbot.keyClicks(page.fields["family_name"].editor, "Berid")
    qtbot.keyClicks(page.fields["given_names"].editor, "Nino")
    with qtbot.waitSignal(room.asked_for) as asked:
        qtbot.keyClick(page.known[0], Qt.Key.Key_Return)
    assert asked.args == ["case", three["Beridze"], ""]


def test_escape_leaves_the_referral(screen, three, qtbot):
    screen.open(page="new")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert screen.list.isVisible()
    assert screen.list.hasFocus()


@pytest.mark.parametrize(("scale", "rtl"), [(1.0, False), (2.0, False), (1.0, True), (2.0, True)])
@pytest.mark.parametrize("page", ["", "new"])
def test_no_words_are_cut_at_any_size_or_direction(screen, three, look, scale, rtl, page):
    look(scale=scale, rtl=rtl)
    screen.resize(1310 if scale > 1 else 1166, 700)
    screen.open(page=page)
    QApplication.processEvents()
    assert cut_labels(screen) == []


def test_everything_that_takes_the_focus_has_a_name(screen, three):
    for page in ("", "new"):
        screen.open(page=page)
        assert nameless(screen) == []
