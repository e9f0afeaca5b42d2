"""What a screen is to the window: a widget that opens a case, listens, and can be left."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.ui.components.base import Restyled
from avrr_desktop.ui.room import Room


class Screen(Restyled, QWidget):
    """
    One screen or one page of a case. Subclasses draw the whole state of their model and decide nothing.

    Attributes:
        room: Where it works.
        case: Id of the open case, "" for screens of no case.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self.case = ""

    def open(self, case: str = "", page: str = "") -> None:
        """Show *case* (or the office), at *page* where the screen has several."""
        self.case = case

    def hear(self, changes: Changes) -> None:
        """Redraw what *changes* touch; called for every change while the screen is shown."""

    def leave(self) -> None:
        """Finish what is being typed: write the focused field and seal; called before another screen is shown."""

    def primary(self) -> None:
        """Do the screen's primary act (Ctrl+Enter)."""

    def first_focus(self) -> None:
        """Put the focus where work begins."""
