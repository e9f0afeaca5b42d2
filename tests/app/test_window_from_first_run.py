"""The program with a window: first run by keyboard, unlock right and wrong, recovery, lock, idle, hide, close."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from avrr_desktop.app.log import Log
from avrr_desktop.app.paths import Paths, find_paths
from avrr_desktop.app.window import Shell
from avrr_desktop.app.wiring import Wiring
from avrr_desktop.keys.cost import Cost
from avrr_desktop.services.beginning import READ_BACK, Beginning, begin, finish
from avrr_desktop.services.unlocking import Lock, is_set_up
from avrr_desktop.ui import theme
from avrr_desktop.ui.firstrun.model import Page
from avrr_desktop.ui.firstrun.view import FirstRunPage
from avrr_desktop.ui.frame.places import HOME
from avrr_desktop.ui.unlock.view import UnlockPage

PASSPHRASE = "harbour violet seventeen"
NAME = "Claire Moreau"
FACTS = Beginning("Toronto", "TOR", "America/Toronto", ("en", "fr"), NAME, True)
ENTER = Qt.Key.Key_Return


class HandClock:
    """A clock that stands still until it is told."""

    def __init__(self):
        self.now = datetime(2026, 11, 24, 19, 3, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def wiring(tmp_path):
    """A program in a temporary home, with cheap keys and no keyring."""
    real = find_paths()
    paths = Paths(real.forms, real.resources, tmp_path / "data", tmp_path / "config", tmp_path / "state")
    lock = Lock(tmp_path / "data" / "office" / "office.db", use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8)
    made = Wiring(paths, lock, Log(paths.state_dir), HandClock())
    yield made
    made.log.close()


@pytest.fixture
def shell(qapp, qtbot, wiring):
    """The top-level window, nothing begun."""
    theme.start(qapp, wiring.paths.resources, theme.Theme())
    made = Shell(wiring)
    made.resize(1366, 768)
    yield made
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def office(wiring):
    """An office that is set up and locked; gives the groups of its sheet."""
    begun = begin(wiring.lock, FACTS, PASSPHRASE)
    finish(wiring.lock, FACTS, begun, clock=wiring.clock)
    return begun


@pytest.fixture
def opened(shell, office, qtbot):
    """The office, unlocked."""
    start(shell, qtbot)
    type_passphrase(shell, qtbot, PASSPHRASE)
    qtbot.waitUntil(lambda: shell.session is not None)
    return shell


def start(shell, qtbot):
    shell.begin()
    shell.show()
    qtbot.waitExposed(shell)


def page(shell):
    return shell.currentWidget()


def type_passphrase(shell, qtbot, text):
    editor = page(shell).secret.field.editor
    editor.setText("")
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, ENTER)


def texts_of_titles():
    return [widget.windowTitle() for widget in QApplication.topLevelWidgets()]


def test_first_run_by_keyboard_ends_in_an_open_empty_office(shell, qtbot, wiring, tmp_path, monkeypatch):
    start(shell, qtbot)
    first = page(shell)
    assert isinstance(first, FirstRunPage)
    qtbot.keyClicks(first.office.office.editor, "Toronto")
    qtbot.keyClick(first.office.office.editor, ENTER)
    qtbot.keyClicks(first.office.code.editor, "tor")
    first.office.zone.editor.setCurrentIndex(first.office.zone.editor.findData("America/Toronto"))
    qtbot.keyClick(first.office.code.editor, ENTER)
    assert first.state.page is Page.YOU
    qtbot.keyClicks(first.you.name.editor, NAME)
    qtbot.keyClick(first.you.name.editor, ENTER)
    for field in (first.passphrase.new.first.field, first.passphrase.new.second.field):
        qtbot.keyClicks(field.editor, PASSPHRASE)
        qtbot.keyClick(field.editor, ENTER)
    qtbot.waitUntil(lambda: first.state.page is Page.SHEET)
    assert not first.go_button.isEnabled()
    target = tmp_path / "stick" / "sheet.pdf"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.keyClick(first.sheet.save_button, ENTER)
    assert target.read_bytes().startswith(b"%PDF")
    for place, field in zip(READ_BACK, first.sheet.groups, strict=True):
        qtbot.keyClicks(field.editor, first.state.begun.groups[place].lower())
        qtbot.keyClick(field.editor, ENTER)
    assert first.state.page is Page.DONE
    assert not is_set_up(wiring.lock.store_path)
    qtbot.keyClick(first.go_button, ENTER)
    qtbot.waitUntil(lambda: shell.window_of_office is not None)
    assert shell.window_of_office.place() == HOME
    desk = shell.session.sitting.desk
    assert (desk.office().name, desk.office().code, desk.office().languages) == ("Toronto", "TOR", "en")
    assert len(desk.store.commits()) > 0


def test_groups_that_are_not_on_the_sheet_keep_the_office_shut(shell, qtbot, wiring, tmp_path):
    shell.begin()
    first = page(shell)
    first.state = replace(first.state, facts=FACTS, page=Page.PASSPHRASE)
    for field in (first.passphrase.new.first.field, first.passphrase.new.second.field):
        field.set_value(PASSPHRASE)
    first.go_on()
    qtbot.waitUntil(lambda: first.state.page is Page.SHEET)
    first.save_sheet_to(tmp_path / "sheet.pdf")
    first.sheet.groups[0].set_value("AAAAA")
    first.go_on()
    assert first.state.page is Page.SHEET
    assert first.sheet.groups[0].error() != ""


def test_a_sheet_that_cannot_be_saved_is_told_and_not_taken(shell, qtbot, tmp_path):
    shell.begin()
    first = page(shell)
    first.state = replace(first.state, facts=FACTS, page=Page.PASSPHRASE)
    for field in (first.passphrase.new.first.field, first.passphrase.new.second.field):
        field.set_value(PASSPHRASE)
    first.go_on()
    qtbot.waitUntil(lambda: first.state.page is Page.SHEET)
    first.save_sheet_to(tmp_path / "no such folder" / "sheet.pdf")
    assert first.state.failure.code == "file.not_written"
    assert not first.state.sheet_taken


def test_the_right_passphrase_opens_and_forgets_what_was_typed(shell, office, qtbot):
    start(shell, qtbot)
    door = page(shell)
    assert isinstance(door, UnlockPage)
    assert door.secret.field.editor.hasFocus() or not shell.isActiveWindow()
    type_passphrase(shell, qtbot, PASSPHRASE)
    qtbot.waitUntil(lambda: shell.session is not None)
    assert shell.window_of_office.front.officer == NAME
    assert shell.window_of_office.front.is_rehearsal


def test_a_wrong_passphrase_is_told_at_the_field_and_then_takes_longer(shell, office, qtbot, wiring):
    start(shell, qtbot)
    door = page(shell)
    for count in (1, 2, 3):
        type_passphrase(shell, qtbot, "not this one at all")
        qtbot.waitUntil(lambda count=count: door.state.wrong_tries == count)
        assert "does not open" in door.secret.field.error()
    assert not door.unlock_button.isEnabled()
    type_passphrase(shell, qtbot, PASSPHRASE)
    assert shell.session is None
    assert not door.state.busy
    wiring.clock.pass_by(seconds=3)
    type_passphrase(shell, qtbot, PASSPHRASE)
    qtbot.waitUntil(lambda: shell.session is not None)


def test_the_recovery_sheet_opens_with_a_new_passphrase(shell, office, qtbot):
    start(shell, qtbot)
    door = page(shell)
    qtbot.keyClick(door.turn_button, ENTER)
    qtbot.keyClicks(door.sheet.code.editor, " ".join(office.groups))
    for field in (door.sheet.new.first.field, door.sheet.new.second.field):
        qtbot.keyClicks(field.editor, "another orchard twelve")
    qtbot.keyClick(door.sheet.new.second.field.editor, ENTER)
    qtbot.waitUntil(lambda: shell.session is not None)
    shell.lock("asked")
    type_passphrase(shell, qtbot, "another orchard twelve")
    qtbot.waitUntil(lambda: shell.session is not None)


def test_a_mistyped_sheet_names_the_group(shell, office, qtbot):
    start(shell, qtbot)
    door = page(shell)
    door._turn()
    letter = "A" if office.groups[3][0] != "A" else "B"
    door.sheet.code.set_value("-".join([*office.groups[:3], letter + office.groups[3][1:], *office.groups[4:]]))
    for field in (door.sheet.new.first.field, door.sheet.new.second.field):
        field.set_value("another orchard twelve")
    door.try_now()
    qtbot.waitUntil(lambda: door.state.failure is not None)
    assert "group 4" in door.sheet.code.error()


def test_lock_closes_the_store_and_keeps_what_was_written(opened, qtbot, wiring):
    desk = opened.session.sitting.desk
    window = opened.window_of_office
    window.lock_wanted.emit("asked")
    qtbot.waitUntil(lambda: opened.session is None)
    assert isinstance(page(opened), UnlockPage)
    assert opened.window_of_office is None
    type_passphrase(opened, qtbot, PASSPHRASE)
    qtbot.waitUntil(lambda: opened.session is not None)
    assert opened.session.sitting.desk is not desk
    assert opened.session.sitting.desk.office().name == "Toronto"


def test_every_unlocking_is_in_the_audit_trail(opened):
    store = opened.session.sitting.desk.store
    last = store.audit_trail.entries()[-1]
    assert (last.event, last.officer) == ("unlock", opened.session.sitting.actor.officer)


def test_ten_minutes_without_a_key_lock(opened, qtbot, wiring):
    wiring.clock.pass_by(minutes=9)
    opened.idle.look()
    assert opened.session is not None
    wiring.clock.pass_by(minutes=2)
    opened.idle.look()
    assert opened.session is None
    assert "10 minutes without a key" in page(opened).panel.words()


def test_an_open_dialog_does_not_stop_the_lock(opened, qtbot, wiring):
    sheet = opened.window_of_office.help_sheet()
    sheet.open()
    wiring.clock.pass_by(minutes=11)
    opened.idle.look()
    assert opened.session is None
    assert not sheet.isVisible()


def test_f9_and_ctrl_l_work_while_a_dialog_is_open(opened, qtbot):
    window = opened.window_of_office
    sheet = window.help_sheet()
    sheet.open()
    qtbot.keyClick(sheet, Qt.Key.Key_F9)
    assert window.is_screen_hidden()
    assert not sheet.isVisible()
    qtbot.keyClick(window.hidden_screen, Qt.Key.Key_F9)
    assert not window.is_screen_hidden()
    sheet = window.help_sheet()
    sheet.open()
    qtbot.keyClick(sheet, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert opened.session is None


def test_a_screen_that_cannot_be_left_does_not_stop_the_lock(opened, qtbot, wiring, office):
    class Broken(RuntimeError):
        pass

    def leave():
        raise Broken("Nino Beridze")

    opened.window_of_office.shown().leave = leave
    opened.lock("asked")
    assert opened.session is None
    assert "Broken" in Path(wiring.log.path).read_text()
    wiring.open(office.unlocked).close()


def test_esc_on_the_sheet_returns_to_the_passphrase(shell, office, qtbot):
    start(shell, qtbot)
    door = page(shell)
    door._turn()
    qtbot.keyClick(door.sheet.code.editor, Qt.Key.Key_Escape)
    assert not door.state.by_sheet


def test_an_office_open_in_another_window_is_told_on_the_unlock_page(shell, office, qtbot, wiring):
    other = wiring.open(office.unlocked)
    try:
        start(shell, qtbot)
        type_passphrase(shell, qtbot, PASSPHRASE)
        door = page(shell)
        qtbot.waitUntil(lambda: door.state.failure is not None)
        assert door.state.failure.code == "store.in_use"
        assert shell.session is None
    finally:
        other.close()


def test_a_damaged_key_file_is_told_instead_of_a_first_run(shell, office, qtbot, wiring):
    for path in wiring.lock.file.copies:
        path.write_bytes(b"nonsense")
    start(shell, qtbot)
    assert isinstance(page(shell), UnlockPage)
    assert page(shell).state.failure.code == "keys.file_damaged"


def test_no_title_names_a_person(opened, qtbot):
    shown = []
    for place in ("settings", HOME):
        opened.window_of_office.show_place(place)
        shown += texts_of_titles()
    opened.lock("asked")
    shown += texts_of_titles()
    assert any("Toronto" in title for title in shown)
    assert [title for title in shown if "Claire" in title or "Moreau" in title] == []


def test_closing_the_window_seals_and_gives_the_lock_back(opened, wiring, office):
    opened.close()
    again = wiring.open(office.unlocked)
    again.close()


def test_the_log_of_a_sitting_names_nobody(opened, wiring):
    opened.lock("asked")
    text = Path(wiring.log.path).read_text()
    assert "office.opened" in text
    assert "lock.asked" in text
    assert [word for word in (NAME, "Claire", "Toronto", PASSPHRASE) if word in text] == []


def test_a_crash_is_told_in_one_calm_sentence(opened, wiring):
    opened._crashed(RuntimeError("Nino Beridze"))
    assert "Something went wrong" in opened.window_of_office.board.text()
    assert "Nino" not in Path(wiring.log.path).read_text()
