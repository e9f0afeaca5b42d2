"""The frame around the screens: places, notices, undo, hidden screen, back, title, accessible names."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import Expected, Refused
from avrr_desktop.domain.office import Office
from avrr_desktop.domain.sections import Role
from avrr_desktop.services import officework
from avrr_desktop.services.desk import OFFICE_ID
from avrr_desktop.services.referring import NewReferral, new_referral
from avrr_desktop.ui.frame.goals import goals
from avrr_desktop.ui.frame.goto import GoTo
from avrr_desktop.ui.frame.menus import place_goals
from avrr_desktop.ui.frame.places import FOLDED, FULL, PARENTS, SCREENS
from avrr_desktop.ui.frame.window import MainWindow
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.shortcuts import Act


class Plain(Screen):
    """A screen that writes down what the window does with it."""

    made = 0

    def __init__(self, room):
        super().__init__(room)
        type(self).made += 1
        self.told: list[str] = []
        self.button = QLineEdit(self)

    def open(self, case="", page=""):
        super().open(case, page)
        self.told.append(f"open {case} {page}".strip())

    def hear(self, changes):
        self.told.append("hear")

    def leave(self):
        self.told.append("leave")

    def primary(self):
        self.told.append("primary")

    def first_focus(self):
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)


class Other(Plain):
    """A second one."""


@pytest.fixture
def window(qtbot, look, office):
    """The frame around plain screens."""
    look()
    Plain.made = Other.made = 0
    room = Room(office.desk, office.claire)
    screens = {"cases": Plain, "case": Other, "settings": Other, "interview": Other, "papers": Other}
    made = MainWindow(room, laptop="TOR-3", screens=screens)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    made.open_home()
    return made


def take_referral(office):
    """A case of Nino Beridze; gives its id."""
    referral = NewReferral("Beridze", "Nino", office.desk.clock(), "America/Toronto")
    return new_referral(office.desk, office.maya, referral).value


def rename(room, name):
    return room.act(lambda: officework.write_office(room.desk, room.actor, name=name), "Office renamed.")


def test_a_screen_is_made_when_it_is_first_shown_and_only_then(window):
    assert (Plain.made, Other.made) == (1, 0)
    window.show_place("settings")
    window.show_place("cases")
    window.show_place("settings")
    assert (Plain.made, Other.made) == (1, 1)


def test_a_screen_is_left_before_another_is_shown(window):
    first = window.shown()
    window.show_place("case", "abc", "plan")
    assert first.told == ["open", "leave"]
    assert window.shown().told == ["open abc plan"]


def test_a_screen_can_ask_for_another_place(window):
    window.room.go("case", "abc", "people")
    assert (window.place(), window.shown().case) == ("case", "abc")


def test_esc_goes_back_where_one_came_from(window, qtbot):
    window.show_place("case", "abc", "plan")
    window.show_place("settings")
    qtbot.keyClick(window.shown().button, Qt.Key.Key_Escape)
    assert window.place() == "case"
    assert window.shown().told[-1] == "open abc plan"
    qtbot.keyClick(window.shown().button, Qt.Key.Key_Escape)
    qtbot.keyClick(window.shown().button, Qt.Key.Key_Escape)
    assert window.place() == "cases"


def test_the_navigation_has_the_places_of_this_version_and_no_others(window):
    assert list(window.nav.items) == ["cases", "settings"]
    for place in SCREENS:
        assert PARENTS.get(place, place) in window.nav.items


def test_keys_lead_to_places_and_acts(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == "settings"
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.shown().told[-1] == "primary"
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.place() == "cases"
    with qtbot.waitSignal(window.lock_wanted) as wanted:
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == ["asked"]


def test_ctrl_k_goes_to_a_page_or_a_case_by_a_few_letters(window, office, qtbot):
    made = take_referral(office)
    find = partial(goals, office.desk, office.claire, places=place_goals())
    sheet = GoTo(find, window)
    qtbot.addWidget(sheet)
    editor = sheet.field.editor
    qtbot.keyClicks(editor, "Sett")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (sheet.goal.place, sheet.goal.case) == ("settings", "")
    editor.clear()
    qtbot.keyClicks(editor, "beri")
    assert sheet.list.model().rowCount() == 1
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (sheet.goal.place, sheet.goal.case) == ("case", made)
    editor.clear()
    qtbot.keyClicks(editor, "zzzz")
    sheet.goal = None
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert sheet.goal is None


def test_who_may_read_no_case_is_offered_none(office):
    take_referral(office)
    reporting = Actor(office.claire.officer, frozenset({Role.ADMINISTRATOR}))
    assert goals(office.desk, reporting, "beri", place_goals()) == ()
    assert len(goals(office.desk, reporting, "", place_goals())) == 2


def test_keys_work_where_the_bars_are_hidden(window, qtbot):
    window.show_place("interview")
    assert "interview" in FULL
    assert not window.menuBar().isVisible()
    assert not window.nav.isVisible()
    with qtbot.waitSignal(window.lock_wanted):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.is_screen_hidden()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.is_screen_hidden()
    window.back()
    assert window.menuBar().isVisible()
    assert window.nav.isVisible()


def test_papers_fold_the_navigation(window):
    assert not window.nav.is_folded()
    window.show_place("papers")
    assert "papers" in FOLDED
    assert window.nav.is_folded()


def test_a_refused_verb_is_shown_in_words_with_what_to_do(window, office, qtbot):
    window.room.actor = office.maya
    assert rename(window.room, "Ottawa") is None
    assert window.board.text() == "Your role does not allow this."
    assert window.board.banner.accessibleDescription() != ""
    assert office.desk.office().name == "Toronto"


def test_a_notice_goes_with_the_next_act_and_with_the_next_page(window):
    window.room.refused.emit(Refused("role.refused", verb="x", section="core", right="w"))
    assert window.board.isVisible()
    rename(window.room, "Ottawa")
    assert not window.board.isVisible()
    window.room.refused.emit(Expected("nobody.knows"))
    window.show_place("settings")
    assert not window.board.isVisible()


def test_saved_is_said_with_the_offices_time(window):
    rename(window.room, "Ottawa")
    assert window.status.saved.text() == "Saved 10:00"


def test_a_full_disk_is_said_in_red_until_it_is_saved_again(window):
    window.room.refused.emit(Expected("store.disk_full"))
    assert window.status.saved.text() == "Not saved: the disk is full."
    assert window.status.saved.retry.isVisible()
    rename(window.room, "Ottawa")
    assert not window.status.saved.retry.isVisible()


def test_try_again_writes_what_the_full_disk_refused(window, office):
    full = [True]

    def verb():
        if full[0]:
            raise Expected("store.disk_full")
        return officework.write_office(office.desk, office.claire, name="Ottawa")

    assert window.room.act(verb, on_refused=lambda _: True) is None
    assert window.status.saved.retry.isVisible()
    window.status.saved.retry.click()
    assert window.status.saved.retry.isVisible()
    full[0] = False
    window.status.saved.retry.click()
    assert office.desk.office().name == "Ottawa"
    assert not window.status.saved.retry.isVisible()
    assert window.status.saved.text() == "Saved 10:00"


def test_after_a_full_disk_try_again_works_with_connections_made_anew(window, office):
    """The room of a connection is measured when it is made: only one made anew sees that there is room again."""
    writer = office.desk.store._file.writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count={pages}")
    desk, claire, text = office.desk, office.claire, "What you should know. " * 300 + "All of it."

    def verb():
        return officework.write_wording(desk, claire, "consent", "en", text=text, approved_by=None, approved_on=None)

    assert window.room.act(verb) is None
    assert window.status.saved.text() == "Not saved: the disk is full."
    window.status.saved.retry.click()
    assert officework.wording(desk, claire, "consent", "en").text == text
    assert window.status.saved.text() == "Saved 10:00"


def test_a_field_may_keep_a_refusal_to_itself(window):
    def verb():
        raise Expected("office.no_zone")

    window.room.act(verb, on_refused=lambda _: True)
    assert not window.board.isVisible()
    window.room.act(verb, on_refused=lambda _: False)
    assert window.board.isVisible()


def test_undo_takes_back_the_newest_act_and_the_toast_offers_it(window, office, qtbot):
    rename(window.room, "Ottawa")
    assert window.toast.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert office.desk.office().name == "Toronto"
    rename(window.room, "Ottawa")
    window.toast.undo.click()
    assert office.desk.office().name == "Toronto"


def test_the_title_names_program_and_office_and_follows_the_settings(window):
    assert window.windowTitle() == "AVRR Desktop \u00b7 Toronto office"
    rename(window.room, "Ottawa")
    assert window.windowTitle() == "AVRR Desktop \u00b7 Ottawa office"
    assert "Claire" not in window.windowTitle()


def test_rehearsal_stands_in_the_menu_bar(window):
    words = [mark.accessibleName() for mark in window.menuBar().findChildren(QWidget) if mark.accessibleName()]
    assert "REHEARSAL office: nobody here is real" in words


def test_an_office_that_is_real_has_no_such_mark(qtbot, look, office):
    look()
    with office.desk.work(office.claire) as work:
        work.put(officework.SETTINGS, Office, OFFICE_ID, rehearsal=False)
    window = MainWindow(Room(office.desk, office.claire), screens={"cases": Plain})
    qtbot.addWidget(window)
    words = [mark.accessibleName() for mark in window.menuBar().findChildren(QWidget)]
    assert [word for word in words if "REHEARSAL" in word] == []


def test_a_hidden_screen_takes_no_key_but_f9(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F9)
    hidden = window.hidden_screen
    assert window.is_screen_hidden()
    assert not window.menuBar().isVisible()
    told = list(window.shown().told)
    for key in (Qt.Key.Key_7, Qt.Key.Key_Return, Qt.Key.Key_Z, Qt.Key.Key_L):
        qtbot.keyClick(hidden, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(hidden, Qt.Key.Key_Escape)
    assert (window.place(), window.shown().told) == ("cases", told)
    assert "F9" in hidden.hint()
    qtbot.keyClick(hidden, Qt.Key.Key_F9)
    assert not window.is_screen_hidden()
    assert window.menuBar().isVisible()


def test_a_second_window_is_told_of_hiding(window, qtbot):
    told = []
    window.hidden_changed.connect(told.append)
    window.toggle_hidden()
    window.toggle_hidden()
    assert told == [True, False]


def test_a_hidden_screen_can_ask_for_the_passphrase(window, qtbot):
    window.hidden_screen.asks = True
    window.toggle_hidden()
    with qtbot.waitSignal(window.lock_wanted) as wanted:
        qtbot.keyClick(window.hidden_screen, Qt.Key.Key_A)
    assert wanted.args == ["hidden"]
    with qtbot.waitSignal(window.lock_wanted):
        qtbot.keyClick(window.hidden_screen, Qt.Key.Key_F9)
    assert window.is_screen_hidden()


def test_help_tells_the_keys_that_work_and_where_data_are_kept(window, qtbot):
    sheet = window.help_sheet()
    qtbot.addWidget(sheet)
    keys = dict(sheet.keys)
    assert keys["F9"] == "Hide the screen"
    assert {act.value for act in (Act.LOCK, Act.UNDO, Act.GO_TO)} <= set(keys)
    assert sheet.close_button.accessibleName() == "Close"


def test_f6_walks_through_the_parts_of_the_window(window, qtbot):
    window.activateWindow()
    window.shown().first_focus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.nav.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.focusWidget() is window.shown().button
    rename(window.room, "Ottawa")
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.nav.isAncestorOf(window.focusWidget())
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() is window.toast.undo


def test_leaving_seals_what_is_open(window, office):
    rename(window.room, "Ottawa")
    newest = office.desk.store.history([officework.SETTINGS])[0]
    assert not newest.sealed
    window.leave()
    assert office.desk.store.history([officework.SETTINGS])[0].sealed
    assert window.shown().told[-1] == "leave"


def test_a_changed_office_is_heard_by_the_shown_screen(window):
    rename(window.room, "Ottawa")
    assert window.shown().told[-1] == "hear"


def nameless(root):
    """Widgets that take the keyboard and say nothing."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    found = [w for kind in kinds for w in root.findChildren(kind)]
    return [w for w in found if w.focusPolicy() != Qt.FocusPolicy.NoFocus and not w.accessibleName()]


def test_every_control_of_the_frame_has_a_name(qtbot, look, office):
    look()
    window = MainWindow(Room(office.desk, office.claire), screens={**SCREENS})
    qtbot.addWidget(window)
    window.show_place("settings")
    settings = window.shown()
    for tab in ("office", "officers", "programme", "wording", "look"):
        settings.show_tab(tab)
    assert [type(w).__name__ for w in nameless(window)] == []
