"""
The window: a frame around the screens, and nothing else.

It shows one screen at a time, tells it of changes, and holds what is true everywhere: rehearsal, saved, undo, the
hidden screen, help, lock. Its title names the program and the office, never a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.sealing import seal_everything
from avrr_desktop.ui import shortcuts, wording
from avrr_desktop.ui.components.base import column, row
from avrr_desktop.ui.components.stack import Stack
from avrr_desktop.ui.components.toast import Toast
from avrr_desktop.ui.frame.bars import StatusBar
from avrr_desktop.ui.frame.board import Board
from avrr_desktop.ui.frame.goals import goals
from avrr_desktop.ui.frame.goto import GoTo
from avrr_desktop.ui.frame.hidden import Hidden
from avrr_desktop.ui.frame.menus import make_menus, make_nav, place_goals
from avrr_desktop.ui.frame.model import Front, read_front
from avrr_desktop.ui.frame.places import FOLDED, FULL, HOME, PARENTS, SCREENS, WRITING, Factory
from avrr_desktop.ui.frame.safety import Safety
from avrr_desktop.ui.help.view import About, HelpSheet, keys_of
from avrr_desktop.ui.notices import notice, sentence
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.shortcuts import Act
from avrr_desktop.ui.tokens import EDGES

_At = tuple[str, str, str]
"""Place, case ("" for none), page ("" for the first)."""


class MainWindow(QMainWindow):
    """
    One sitting of one officer.

    Attributes:
        room: What the screens work in.
        saved: The mark in the status bar is ``window.status.saved``.
        safety: What the checks of the records say, over every page.
        acts: The frame's own acts by key.
        hidden_screen: What F9 shows.

    Signals:
        lock_wanted: (str) The officer wants to lock: "asked", or "hidden" when a hidden screen asks the passphrase.
        hidden_changed: (bool) The screen is hidden now, or shown again; a second window goes blank with it.
    """

    lock_wanted = Signal(str)
    hidden_changed = Signal(bool)

    def __init__(
        self,
        room: Room,
        *,
        laptop: str = "",
        screens: Mapping[str, Factory] = SCREENS,
        about: About | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            room: Desk and officer.
            laptop: Name of this laptop, "" for none.
            screens: Place -> factory; each is called once, when its place is first asked for.
            about: Version and folders, for help.
        """
        super().__init__(parent)
        self.room = room
        self._about = about or About()
        self._factories = dict(screens)
        self._screens: dict[str, Screen] = {}
        self._at: _At | None = None
        self._trail: list[_At] = []
        self.front = read_front(room.desk, room.actor, laptop)
        self.acts = self._make_acts()
        self._build()
        self._name_all(self.front)
        self._connect()

    def open_home(self) -> None:
        """Show the first place of a sitting."""
        self.show_place(HOME)

    def show_place(self, place: str, case: str = "", page: str = "") -> None:
        """Leave the shown screen and show *place*, made now if it was never shown."""
        if place in WRITING and not self.room.may_begin():
            return
        at = (place, case, page)
        if self._at is not None:
            self._leave_screen()
            if self._at != at:
                self._trail.append(self._at)
        self._show(at)

    def back(self) -> None:
        """Return to where one came from; without such a place nothing happens."""
        if self._trail:
            self._leave_screen()
            self._show(self._trail.pop())

    def shown(self) -> Screen | None:
        """Return the shown screen."""
        return self._screens.get(self._at[0]) if self._at is not None else None

    def place(self) -> str:
        """Return the shown place, "" before the first."""
        return self._at[0] if self._at is not None else ""

    def leave(self) -> None:
        """Write what is being typed and seal; before lock and end."""
        self._leave_screen()
        seal_everything(self.room.desk, self.room.actor)

    def is_screen_hidden(self) -> bool:
        """Tell whether F9 hides the screen."""
        return self._pages.currentWidget() is self.hidden_screen

    def toggle_hidden(self) -> None:
        """Hide the screen, or show it again unless the passphrase is asked."""
        if self.is_screen_hidden() and self.hidden_screen.asks:
            self.lock_wanted.emit("hidden")
            return
        hide = not self.is_screen_hidden()
        self._pages.setCurrentWidget(self.hidden_screen if hide else self._work)
        for act, action in self.acts.items():
            action.setEnabled(act is Act.HIDE or not hide)
        if hide:
            self.toast.hide()
            self.hidden_screen.begin()
        else:
            self.hidden_screen.end()
        self._fit_frame()
        self.hidden_changed.emit(hide)
        screen = self.shown()
        if not hide and screen is not None:
            screen.first_focus()

    def help_sheet(self) -> HelpSheet:
        """Make the help of the shown screen."""
        return HelpSheet(keys_of(self.shown()), self._about, self)

    def refresh_front(self) -> None:
        """Read office and officer anew, after a change in the settings."""
        self.front = read_front(self.room.desk, self.room.actor, self.front.laptop)
        self._name_all(self.front)

    def _make_acts(self) -> dict[Act, QAction]:
        slots = {
            Act.CASES: lambda: self.show_place("cases"),
            Act.SETTINGS: lambda: self.show_place("settings"),
            Act.GO_TO: self._go_to,
            Act.UNDO: self.room.undo,
            Act.HIDE: self.toggle_hidden,
            Act.LOCK: lambda: self.lock_wanted.emit("asked"),
            Act.HELP: lambda: self.help_sheet().exec(),
            Act.PRIMARY: self._primary,
            Act.NEXT_REGION: lambda: self._go_region(1),
            Act.LAST_REGION: lambda: self._go_region(-1),
        }
        acts = {act: shortcuts.action(act, self, slot) for act, slot in slots.items()}
        # Added to the window too: a hidden menu bar keeps the keys of its entries to itself.
        self.addActions(list(acts.values()))
        return acts

    def _build(self) -> None:
        rehearsal = self.tr("REHEARSAL office: nobody here is real") if self.front.is_rehearsal else ""
        menu = make_menus(rehearsal, self.acts, self)
        self.setMenuBar(menu)
        self.status = StatusBar("", rehearsal if menu.isNativeMenuBar() else "", self)
        self.setStatusBar(self.status)
        self.nav = make_nav(self.front)
        self.safety, self.board, self._stack = Safety(), Board(), Stack()
        self._work = QWidget()
        line = row(self._work, 0)
        line.addWidget(self.nav)
        page = QWidget()
        down = column(page, 0)
        down.addWidget(self.safety)
        down.addWidget(self.board)
        down.addWidget(self._stack, 1)
        line.addWidget(page, 1)
        self.hidden_screen = Hidden(self.room.desk.clock, self.front.zone)
        self._pages = Stack()
        self._pages.addWidget(self._work)
        self._pages.addWidget(self.hidden_screen)
        self.setCentralWidget(self._pages)
        self.toast = Toast(page)
        # Not larger with larger text: the laptop's screen does not grow with it.
        self.setMinimumSize(EDGES["min_width"], EDGES["min_height"])

    def _name_all(self, front: Front) -> None:
        office = self.tr("{office} office").format(office=front.office)
        self.setWindowTitle(self.tr("AVRR Desktop \u00b7 {office}").format(office=office))
        laptop = self.tr("{office} \u00b7 this laptop: {laptop}").format(office=office, laptop=front.laptop)
        self.status.set_office(laptop if front.laptop else office)

    def _connect(self) -> None:
        room = self.room
        room.asked_for.connect(self.show_place)
        room.changed.connect(self._hear)
        room.saved.connect(self._show_saved)
        room.refused.connect(self._show_refused)
        room.done_undoable.connect(self.toast.say)
        room.writable.connect(lambda _is_writable: self.board.clear())
        self.hidden_changed.connect(room.screen_hidden)
        self.toast.undone.connect(room.undo)
        self.status.saved.retried.connect(room.retry)
        self.nav.opened.connect(self.show_place)
        self.nav.locked.connect(lambda: self.lock_wanted.emit("asked"))
        self.hidden_screen.key_pressed.connect(
            lambda: self.lock_wanted.emit("hidden") if self.hidden_screen.asks else None
        )

    def _show(self, at: _At) -> None:
        place, case, page = at
        if place not in self._screens:
            self._screens[place] = self._factories[place](self.room)
            self._stack.addWidget(self._screens[place])
        self._at = at
        self.board.clear()
        screen = self._screens[place]
        screen.open(case, page)
        self._stack.setCurrentWidget(screen)
        self.nav.set_current(PARENTS.get(place, place))
        self._fit_frame()
        screen.first_focus()

    def _fit_frame(self) -> None:
        full = self.place() in FULL or self.is_screen_hidden()
        self.menuBar().setVisible(not full)
        self.status.setVisible(not full)
        self.nav.setVisible(not full)
        self.nav.set_room(self.width(), fold=self.place() in FOLDED)

    def _leave_screen(self) -> None:
        screen = self.shown()
        if screen is not None:
            screen.leave()

    def _hear(self, changes: Changes) -> None:
        if changes.kinds & {"office", "officer"}:
            self.refresh_front()
        screen = self.shown()
        if screen is not None:
            screen.hear(changes)

    def _show_saved(self, at: datetime) -> None:
        self.board.clear()
        now = wording.time(at, self.front.zone)
        self.status.saved.show_saved(self.tr("Saved {time}").format(time=now))

    def _show_refused(self, failure: Expected) -> None:
        if failure.code.startswith("store.") and (self.room.is_writable or self.room.has_unsaved):
            self.status.saved.show_failed(sentence(failure))
        self.board.show_notice(notice(failure))

    def _primary(self) -> None:
        screen = self.shown()
        if screen is not None:
            screen.primary()

    def _go_to(self) -> None:
        goal = GoTo.ask(partial(goals, self.room.desk, self.room.actor, places=place_goals()), self)
        if goal is not None:
            self.show_place(goal.place, goal.case)

    def _go_region(self, step: int) -> None:
        regions: list[QWidget] = [self.nav, self._stack]
        if self.toast.isVisible():
            regions.append(self.toast)
        now = self.focusWidget()
        at = next((i for i, region in enumerate(regions) if now is not None and region.isAncestorOf(now)), 0)
        goal, screen = regions[(at + step) % len(regions)], self.shown()
        if goal is self._stack and screen is not None:
            screen.first_focus()
            return
        entry = self.nav.items[PARENTS.get(self.place(), self.place())]
        (self.toast.undo if goal is self.toast else entry).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc, when no field or screen wanted it."""
        if event.key() == Qt.Key.Key_Escape and not self.is_screen_hidden():
            self.back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation in a narrow window."""
        super().resizeEvent(event)
        self._fit_frame()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the screen and seal."""
        self.leave()
        super().closeEvent(event)
