"""The settings: tabs, each made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.services.access import Access
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.components.header import PageHeader
from avrr_desktop.ui.components.stack import Stack
from avrr_desktop.ui.components.tabs import Tabs
from avrr_desktop.ui.habits import Habits
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.settings import model
from avrr_desktop.ui.settings.country_sheets import CountrySheetsPage
from avrr_desktop.ui.settings.forms import FormsPage
from avrr_desktop.ui.settings.look import LookPage
from avrr_desktop.ui.settings.office import OfficePage
from avrr_desktop.ui.settings.officers import OfficersPage
from avrr_desktop.ui.settings.own import OwnPage
from avrr_desktop.ui.settings.page import SettingsPage, Tools
from avrr_desktop.ui.settings.rules import ProgrammePage
from avrr_desktop.ui.settings.wordings import WordingPage

PAGES: dict[str, Callable[[Room, Tools], SettingsPage]] = {
    "office": OfficePage,
    "officers": OfficersPage,
    "programme": ProgrammePage,
    "wording": WordingPage,
    "forms": FormsPage,
    "sheets": CountrySheetsPage,
    "look": LookPage,
    "own": OwnPage,
}
KINDS = frozenset({"office", "officer", "programme_confirmation", "wording", "country_sheet", "form_version"})


class SettingsScreen(Screen):
    """
    The settings.

    Attributes:
        tabs: The tab bar.
        pages: Pages made so far, by tab.
    """

    def __init__(
        self,
        room: Room,
        habits: Habits | None = None,
        background: Background | None = None,
        access: Access | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            room: Desk and officer.
            habits: Preferences; None keeps them for this run only.
            background: The one door to slow work; None makes one.
            access: The lock of the open office; None: ways in cannot be changed here.
            parent: The window.
        """
        super().__init__(room, parent)
        slow = background or Background(self._unexpected, self)
        self._tools = Tools(habits or Habits(parent=self), slow, access)
        self._tab = ""
        self.pages: dict[str, SettingsPage] = {}
        names = self._names()
        shown = model.tabs_of(room.actor, has_access=access is not None)
        self.tabs = Tabs(self.tr("Settings"), [(tab, names[tab]) for tab in shown])
        self._stack = Stack()
        self._head = QVBoxLayout()
        self._head.addWidget(PageHeader(self.tr("Settings")))
        self._head.addWidget(self.tabs)
        self._all = QVBoxLayout(self)
        self._all.addLayout(self._head)
        self._all.addWidget(self._stack, 1)
        self.tabs.opened.connect(self.show_tab)
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show tab *page*, the one shown before, or the first."""
        super().open(case, page)
        self.show_tab(page or self._tab)

    def show_tab(self, tab: str) -> None:
        """Show a tab; one this officer does not have becomes the first."""
        self._leave_field()
        state = self.room.read(
            lambda: model.read(self.room.desk, self.room.actor, tab, has_access=self._tools.access is not None)
        )
        if state is None:
            return
        self._tab = state.tab
        if state.tab not in self.pages:
            self.pages[state.tab] = PAGES[state.tab](self.room, self._tools)
            self._stack.addWidget(self.pages[state.tab])
        self.tabs.set_value(state.tab)
        self.pages[state.tab].draw(state)
        self._stack.setCurrentWidget(self.pages[state.tab])

    def hear(self, changes: Changes) -> None:
        """Draw the shown tab anew when the office changed."""
        if changes.kinds & KINDS and self._tab:
            state = self.room.read(
                lambda: model.read(
                    self.room.desk, self.room.actor, self._tab, has_access=self._tools.access is not None
                )
            )
            if state is not None:
                self.pages[self._tab].draw(state)

    def leave(self) -> None:
        """Write the focused field."""
        self._leave_field()

    def first_focus(self) -> None:
        """Begin in the shown page, else at the tabs."""
        page = self.pages.get(self._tab)
        goal = page.first() if page is not None else None
        (goal or self.tabs).setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Set the margins."""
        t = theme.current()
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(0)
        self._head.setContentsMargins(t.edge("page_x"), t.edge("page_y"), t.edge("page_x"), 0)
        self._head.setSpacing(t.space(8))

    def _leave_field(self) -> None:
        focused = self.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and focused.hasFocus():
            focused.clearFocus()

    def _names(self) -> dict[str, str]:
        return {
            "office": self.tr("Office"),
            "officers": self.tr("Officers"),
            "programme": self.tr("Programme"),
            "wording": self.tr("Wording"),
            "forms": self.tr("Forms"),
            "sheets": self.tr("Countries"),
            "look": self.tr("Look and lock"),
            "own": self.tr("Passphrase"),
        }

    def _unexpected(self, error: BaseException) -> None:
        raise error
