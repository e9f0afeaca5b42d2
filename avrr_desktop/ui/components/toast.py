"""The toast: only for acts that can be undone; six seconds, longer under the pointer or with the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_box
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.tokens import TOAST_MS


class Toast(Restyled, QFrame):
    """
    One per window; a new one replaces the old.

    Attributes:
        undo: The button; F6 of the window should lead here while :meth:`isVisible`.

    Signals:
        undone: Undo was pressed.
    """

    undone = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._words = Label("", "medium")
        self.undo = Button(self.tr("Undo"), "link", key="Ctrl+Z")
        self.undo.clicked.connect(self._undo)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self._words)
        self._line.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        window.installEventFilter(self)
        self.hide()
        self.follow_theme()

    def say(self, words: str) -> None:
        """Show *words* ("Line removed.") with Undo."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MS)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay under the pointer."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Start the time anew."""
        super().leaveEvent(event)
        self._timer.start(TOAST_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        """Set margins."""
        t = theme.current()
        self._line.setContentsMargins(t.space(16), t.space(12), t.space(16), t.space(12))
        self._line.setSpacing(t.space(16))
        self.adjustSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), theme.current().radius("card"), "surface", "border")

    def _place(self) -> None:
        t = theme.current()
        edge = t.space(24)
        x = self._window.width() - self.width() - edge if t.rtl else edge
        self.move(x, self._window.height() - self.height() - t.height("status") - edge)

    def _undo(self) -> None:
        self.hide()
        self.undone.emit()

    def _end(self) -> None:
        if self.undo.hasFocus():
            self._timer.start(TOAST_MS)
            return
        self.hide()
