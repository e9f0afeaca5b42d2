"""
The program with a window: application, then unlock or first run, then the office; and back to unlock on lock.

The shell holds one page at a time in one top-level window. A locked office is closed: its key, store and widgets go.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget
from shiboken6 import isValid

import avrr_desktop
from avrr_desktop.app.log import catch_all
from avrr_desktop.app.wiring import Session, Wiring, wire
from avrr_desktop.domain.failures import Expected, Failure
from avrr_desktop.services.unlocking import Unlocked, is_set_up, read_door
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.components.focus import FocusRing
from avrr_desktop.ui.frame.idle import Idle
from avrr_desktop.ui.habits import Habits
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.shortcuts import Act, keys
from avrr_desktop.ui.tokens import EDGES

if TYPE_CHECKING:
    from avrr_desktop.app.safe_start import SafeStart
    from avrr_desktop.ui.frame.window import MainWindow
    from avrr_desktop.ui.room import Room
    from avrr_desktop.ui.screen import Screen
    from avrr_desktop.ui.unlock.view import UnlockPage

TITLE = "AVRR Desktop"
AFTER_PAINT_MS = 200
"""The rest is loaded when the first page stands; at once it would take turns with its drawing."""
LANGUAGE = "en_CA"
"""The one language the window speaks in this version; numbers and months follow it."""


class Shell(QStackedWidget):
    """
    The top-level window.

    Attributes:
        session: The open office, None while locked.
        window_of_office: Its frame, None while locked.
        safe_start: The checks of this opening, None while locked.
        background: The one door to work in the background.
        habits: Preferences of this laptop.
    """

    def __init__(self, wiring: Wiring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wiring = wiring
        self.session: Session | None = None
        self.window_of_office: MainWindow | None = None
        self.safe_start: SafeStart | None = None
        self.background = Background(self._crashed, self)
        self.habits = Habits(wiring.preferences, self)
        self._last_officer = ""
        self.setWindowTitle(TITLE)
        # Not larger with larger text: the laptop's screen does not grow with it.
        self.setMinimumSize(EDGES["min_width"], EDGES["min_height"])
        app = QApplication.instance()
        if app is None:
            raise RuntimeError("an application comes first")
        self.idle = Idle(app, wiring.clock, self._limit())
        self.idle.passed.connect(lambda: self.lock("idle"))
        self.idle.quieted.connect(self._seal_quiet)
        self.habits.changed.connect(self._follow_habits)
        self.habits.follow_system()
        self._app = app

    def begin(self) -> None:
        """Show the first page: first run where there is no office yet, else unlock."""
        if is_set_up(self._wiring.lock.store_path):
            self.show_unlock()
        else:
            self.show_first_run()

    def show_unlock(self, *, how: str = "") -> None:
        """Show the unlock page; *how* it was locked: "asked", "idle", "hidden", "" at the start."""
        from avrr_desktop.services.label import OfficeLabel
        from avrr_desktop.services.unlocking import Door
        from avrr_desktop.ui.unlock.view import UnlockPage

        refused: Expected | None = None
        try:
            door = read_door(self._wiring.lock.store_path)
        except Expected as failure:
            door, refused = Door(OfficeLabel(), ()), failure
        page = UnlockPage(
            door,
            self._wiring.lock,
            self.background,
            self._wiring.clock,
            version=avrr_desktop.__version__,
            last_officer=self._last_officer,
            locked_at=self._wiring.clock() if how else None,
            after_minutes=self.habits.now.idle_minutes if how == "idle" else 0,
        )
        page.unlocked.connect(lambda unlocked: self.enter(unlocked, page))
        self.setWindowTitle(TITLE)
        self._show(page)
        page.first_focus()
        if refused is not None:
            self._wiring.log.event(refused.code)
            page.refuse(refused)
        QTimer.singleShot(AFTER_PAINT_MS, self, self._preload)

    def show_first_run(self) -> None:
        """Show the first run."""
        from avrr_desktop.ui.firstrun.view import FirstRunPage

        paths = self._wiring.paths
        page = FirstRunPage(
            self._wiring.lock,
            self.background,
            self._wiring.clock,
            fonts=paths.fonts,
            wording=paths.wording,
            version=avrr_desktop.__version__,
        )
        page.finished.connect(lambda unlocked: self.enter(unlocked))
        self._show(page)
        page.first_focus()
        QTimer.singleShot(AFTER_PAINT_MS, self, self._preload)

    def lock(self, how: str) -> None:
        """Close the open office and show the unlock page; nothing happens while locked."""
        if self.session is None:
            return
        self._end_dialogs()
        self._close_office()
        self._wiring.log.event(f"lock.{how}")
        self.show_unlock(how=how)

    def enter(self, unlocked: Unlocked, page: UnlockPage | None = None) -> None:
        """Open the office with the key; on refusal the unlock page says why."""
        try:
            session = self._wiring.open(unlocked, waits=True)
        except Expected as failure:
            self._wiring.log.event(failure.code)
            if page is None:
                self.show_unlock()
                shown = self.currentWidget()
                page = shown if hasattr(shown, "refuse") else None  # type: ignore[assignment]
            if page is not None:
                page.refuse(failure)
            return
        self._last_officer = unlocked.officer
        self.session = session
        self._wiring.log.event("office.opened", officer=unlocked.officer)
        self._show_office(session)

    def _show_office(self, session: Session) -> None:
        from avrr_desktop.app.safe_start import SafeStart
        from avrr_desktop.ui.frame.places import SCREENS
        from avrr_desktop.ui.frame.window import MainWindow
        from avrr_desktop.ui.help.view import About
        from avrr_desktop.ui.room import Room

        sitting, paths = session.sitting, self._wiring.paths
        room = Room(sitting.desk, sitting.actor)
        screens = {**SCREENS, "settings": self._make_settings}
        about = About(avrr_desktop.__version__, paths.data_dir, paths.state_dir)
        window = MainWindow(room, laptop=sitting.laptop, screens=screens, about=about)
        room.setParent(window)
        window.hidden_screen.asks = self.habits.now.hide_asks
        window.lock_wanted.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        window.windowTitleChanged.connect(self.setWindowTitle)
        self.window_of_office = window
        self.setWindowTitle(window.windowTitle())
        self._show(window)
        window.open_home()
        self.safe_start = SafeStart(sitting, window, self.background, self._wiring.log)
        self.safe_start.begin()
        self.idle.begin()
        self._app.installEventFilter(self)

    def _make_settings(self, room: Room) -> Screen:
        # Settings bring papers and programmes with them: the first list does not wait for these.
        from avrr_desktop.ui.settings.view import SettingsScreen

        return SettingsScreen(room, self.habits, self.background, self.session.access if self.session else None)

    def _close_office(self) -> None:
        session, window, start = self.session, self.window_of_office, self.safe_start
        self.session, self.window_of_office, self.safe_start = None, None, None
        if start is not None:
            start.end()
        self.idle.end()
        self._app.removeEventFilter(self)
        for part in (window.leave if window else None, session.close if session else None):
            if part is not None:
                self._try(part)

    def _try(self, part: Callable[[], None]) -> None:
        """Do a part of closing; a lock must lock whatever happens, and what was refused is in the log."""
        try:
            part()
        except Expected as failure:
            self._wiring.log.event(failure.code)
        except Exception as error:  # noqa: BLE001 - the next part must be done too
            self._wiring.log.crash(error)

    def _show(self, page: QWidget) -> None:
        before = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        if before is not None:
            self.removeWidget(before)
            before.hide()
            before.deleteLater()

    def _end_dialogs(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                # Rejecting gives the safe answer.
                widget.reject()

    def _seal_quiet(self) -> None:
        if self.session is not None:
            from avrr_desktop.services.sealing import seal_quiet

            seal_quiet(self.session.sitting.desk)

    def _limit(self) -> timedelta:
        return timedelta(minutes=self.habits.now.idle_minutes)

    def _follow_habits(self) -> None:
        self.idle.limit = self._limit()
        if self.window_of_office is not None:
            self.window_of_office.hidden_screen.asks = self.habits.now.hide_asks

    def _crashed(self, error: BaseException) -> None:
        self._wiring.log.crash(error)
        self.show_crash()

    def show_crash(self) -> None:
        """Say one calm sentence about a crash that is in the log."""
        if self.window_of_office is not None and isValid(self.window_of_office.board):
            self.window_of_office.board.show_notice(notice(Failure("program.crashed")), "bad")

    def _preload(self) -> None:
        """Import the rest while the officer types."""
        self.background.run(_import_rest, owner=self, done=lambda _: None, failed=lambda _: None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let F9 and Ctrl+L through an open dialog, which keeps every other key of the window away."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        window = self.window_of_office
        if window is None or QApplication.activeModalWidget() is None:
            return False
        pressed = QKeySequence(event.keyCombination())
        if pressed == keys(Act.HIDE):
            self._end_dialogs()
            window.toggle_hidden()
            return True
        if pressed == keys(Act.LOCK):
            self.lock("asked")
            return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the office with the window."""
        self._end_dialogs()
        self._close_office()
        self.background.close()
        super().closeEvent(event)


def _import_rest() -> None:
    # In the order of need: the first list, then the first case, then the first value written.
    for name in ("services.opening", "ui.frame.window", "ui.cases.view", "store.reading", "ui.case.view", "store.door"):
        import_module(f"avrr_desktop.{name}")


def open_shell(wiring: Wiring, argv: Sequence[str] = ()) -> tuple[QApplication, Shell]:
    """Make the application and its one top-level window, not shown yet."""
    app = QApplication([TITLE, *argv])
    app.setApplicationName("avrr-desktop")
    QGuiApplication.setDesktopFileName("avrr-desktop")
    QLocale.setDefault(QLocale(LANGUAGE))
    theme.start(app, wiring.paths.resources, theme.Theme())
    shell = Shell(wiring)
    shell.habits.apply()
    app.setWindowIcon(QIcon(theme.current().icon("mark", 28, "accent")))
    FocusRing(app)
    catch_all(wiring.log, shell.show_crash)
    return app, shell


def run(argv: Sequence[str] = ()) -> int:
    """
    Run the program with a window until it is closed; return its exit code.

    Raises:
        DataMissing: The program's own files are not there.
    """
    wiring = wire()
    app, shell = open_shell(wiring, argv)
    shell.begin()
    # For the rare desktop that maximises nothing.
    shell.resize(app.primaryScreen().availableSize())
    shell.showMaximized()
    wiring.log.event("program.started", version=avrr_desktop.__version__)
    code = app.exec()
    wiring.log.event("program.ended")
    sys.excepthook = sys.__excepthook__
    return code
