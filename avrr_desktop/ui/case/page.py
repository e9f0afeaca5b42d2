"""What every page of a case is: a scrolled column of cards, with a narrow one beside it where the window allows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.ui import theme
from avrr_desktop.ui.case.model import State, read_case
from avrr_desktop.ui.components.base import Restyled, column
from avrr_desktop.ui.room import Room, touches
from avrr_desktop.ui.screen import Screen

_AROUND = 8
"""Room in em left above and below a field that is brought up, so that its heading is seen."""


class Fields(Restyled, QWidget):
    """Fields beside each other, *across* in a row; one below the other where the text is large."""

    def __init__(self, fields: Iterable[QWidget], across: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self._across = across
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.follow_theme()

    def restyle(self) -> None:
        """Set spacing and the number of columns."""
        t = theme.current()
        across = 1 if t.roomy else self._across
        self._grid.setHorizontalSpacing(t.space(16))
        self._grid.setVerticalSpacing(t.space(8))
        for at, field in enumerate(self._fields):
            self._grid.addWidget(field, at // across, at % across, Qt.AlignmentFlag.AlignTop)
        for at in range(self._across):
            self._grid.setColumnStretch(at, 1 if at < across else 0)


class CasePage(Screen):
    """
    A page of the open case. Subclasses fill `main` (and `aside`), and draw a `State` in `show_state`.

    Attributes:
        main: Where the cards go.
        aside: The narrow column at the end; below the main one where the text is large.
        state: What is shown; None before a case was opened.

    Signals:
        went: (str) Another page of this case is wanted.
    """

    went = Signal(str)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.state: State | None = None
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._wanted: QWidget | None = None
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._keep_up())
        inner = QWidget()
        self._columns = QHBoxLayout(inner)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self.main: QVBoxLayout = column(None, 12)
        self._narrow = QWidget()
        self.aside: QVBoxLayout = column(self._narrow, 12)
        left = column(None, 0)
        left.addLayout(self.main)
        left.addStretch(1)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._narrow, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def open(self, case: str = "", page: str = "") -> None:
        """Read the case and show it."""
        super().open(case, page)
        self.reload()

    def go_to(self, spot: str) -> None:
        """Put the focus on a spot of this page; a page without that spot begins as always."""
        self.first_focus()

    def hear(self, changes: Changes) -> None:
        """Read the case again if it was touched."""
        if self.case and touches(changes, self.case):
            self.reload()

    def reload(self) -> None:
        """Read the case and draw it."""
        state = self.room.read(lambda: read_case(self.room.desk, self.room.actor, self.case))
        if state is not None:
            self.take(state)

    def take(self, state: State) -> None:
        """Draw what was read just now."""
        self.state = state
        self.show_state(state)

    def show_state(self, state: State) -> None:
        """Draw *state*."""

    def may_write(self, *sections: Section) -> bool:
        """Tell whether the officer may write in all of *sections*."""
        return all(self.room.actor.may(Right.WRITE, section) for section in sections)

    def leave(self) -> None:
        """Write the field being typed in."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()

    def bring_up(self, widget: QWidget) -> None:
        """Scroll to *widget* and put the focus there."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wanted = widget
        self._keep_up()

    def _keep_up(self) -> None:
        """Stay at the widget wanted while the layouts find their sizes, for as long as it has the focus."""
        if self._wanted is not None and isValid(self._wanted) and self._wanted.hasFocus():
            self._scroll.ensureWidgetVisible(self._wanted, 0, theme.current().em(_AROUND))

    def restyle(self) -> None:
        """Put the narrow column beside the main one, or below it."""
        t = theme.current()
        roomy = t.roomy
        way = QBoxLayout.Direction.TopToBottom if roomy else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._columns.setSpacing(t.space(20))
        self._narrow.setVisible(self.aside.count() > 0)
        self._narrow.setMinimumWidth(0 if roomy else t.width("aside"))
        self._narrow.setMaximumWidth((1 << 24) - 1 if roomy else t.width("aside"))
        self._columns.setAlignment(self._narrow, Qt.AlignmentFlag(0) if roomy else Qt.AlignmentFlag.AlignTop)


def clear(layout: QBoxLayout) -> None:
    """Take everything out of *layout* and let it go; hidden at once, as it is deleted later."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        inner = item.layout() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)
