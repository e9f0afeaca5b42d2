"""The search box: a line of text with its key in a cap; Down goes to the list, Enter opens the first case."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui import shortcuts, theme
from avrr_desktop.ui.components.entry import Box, LineEntry
from avrr_desktop.ui.components.keycap import Keycap
from avrr_desktop.ui.shortcuts import Act


class SearchBox(Box):
    """
    Search as one types.

    Attributes:
        line_edit: The editor, for focus and tests.

    Signals:
        searched: (str) The words changed.
        entered: Enter was pressed.
        down: Down was pressed: on to the list.
    """

    searched = Signal(str)
    entered = Signal()
    down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self.line_edit = LineEntry(self)
        self.line_edit.setAccessibleName(self.tr("Search cases"))
        self._long_words = self.tr("Name, case number or phone")
        self._short_words = self.tr("Search")
        self.line.addWidget(self.line_edit, 1)
        self.line.addWidget(Keycap(shortcuts.cap(Act.SEARCH), self))
        self.line_edit.textEdited.connect(self.searched)
        self.line_edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.line_edit)
        self.restyle()

    def text(self) -> str:
        """Give what is searched."""
        return self.line_edit.text()

    def clear(self) -> None:
        """Search for nothing, and say so."""
        if self.line_edit.text():
            self.line_edit.clear()
            self.searched.emit("")

    def restyle(self) -> None:
        """Set the width and the words in the empty box."""
        super().restyle()
        t = theme.current()
        if not hasattr(self, "line_edit"):
            return
        self.line_edit.restyle()
        self.line_edit.setPlaceholderText(self._short_words if t.roomy else self._long_words)
        self.setMinimumWidth(t.em(18 if t.roomy else 26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down to the list; Esc empties the box first."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
