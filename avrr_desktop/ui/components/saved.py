"""The one place that says whether everything is saved."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.sign import Icon
from avrr_desktop.ui.tokens import LIVE_MS


class Saved(Restyled, QWidget):
    """
    Tick and "Saved 14:03"; when it failed: red, stays, with "Try again".

    Signals:
        retried: "Try again" was pressed.
    """

    retried = Signal()

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._icon = Icon("check", 16, "ok")
        self._words = Label("", "small", "text2")
        self.retry = Button(self.tr("Try again"), "link")
        self.retry.clicked.connect(self.retried)
        for part in (self._icon, self._words, self.retry):
            self._line.addWidget(part)
        # A live region speaks at most once in two seconds: the latest words win.
        self._speak = QTimer(self)
        self._speak.setSingleShot(True)
        self._speak.setInterval(LIVE_MS)
        self._speak.timeout.connect(self._announce)
        self.show_saved(words)
        self.follow_theme()

    def show_saved(self, words: str) -> None:
        """Show that all is saved, in *words* ("Saved 14:03")."""
        self._show(words, good=True)

    def show_failed(self, words: str) -> None:
        """Show *words* ("Not saved: the disk is full") until it is saved again."""
        self._show(words, good=False)

    def text(self) -> str:
        """Give the words shown."""
        return self._words.text()

    def restyle(self) -> None:
        """Set spacing."""
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.current().space(8))

    def _show(self, words: str, *, good: bool) -> None:
        self._icon.set_icon("check" if good else "circle-alert", "ok" if good else "bad")
        self._icon.setVisible(bool(words))
        self._words.setText(words)
        self._words.set_colour("text2" if good else "bad")
        self.retry.setVisible(not good)
        self.setAccessibleName(words)
        if not self._speak.isActive():
            self._speak.start()

    def _announce(self) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
