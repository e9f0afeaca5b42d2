"""The preferences in use: changes apply to the running program at once and are kept for the next start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from avrr_desktop.ui import theme
from avrr_desktop.ui.preferences import Preferences, load_preferences, save_preferences
from avrr_desktop.ui.tokens import LOOKS, Look


class Habits(QObject):
    """
    The preferences of this laptop.

    Attributes:
        now: What is in use.

    Signals:
        changed: Something else is in use now.
    """

    changed = Signal()

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        """*path* None keeps the preferences for this run only."""
        super().__init__(parent)
        self._path = path
        self.now = load_preferences(path) if path is not None else Preferences()

    def change(self, **fields: object) -> bool:
        """Use other preferences now; tell whether they are also kept for the next start."""
        self.now = replace(self.now, **fields)  # type: ignore[arg-type]  # the caller names fields of Preferences
        self.apply()
        self.changed.emit()
        if self._path is None:
            return False
        try:
            save_preferences(self._path, self.now)
        except OSError:
            return False
        return True

    def theme(self) -> theme.Theme:
        """Return the theme they ask for."""
        rtl = self.now.direction == "rtl"
        if self.now.direction == "auto":
            rtl = QLocale().textDirection() == Qt.LayoutDirection.RightToLeft
        return theme.Theme(self._look(), self.now.scale, rtl)

    def follow_system(self) -> None:
        """From now on show what the system changes, where the preferences leave it to the system."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self.apply)
        hints.accessibility().contrastPreferenceChanged.connect(self.apply)

    def apply(self) -> None:
        """Show the theme they ask for, if another one is shown."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.theme() != theme.current():
            theme.apply(app, self.theme())

    def _look(self) -> Look:
        for look in LOOKS:
            if look == self.now.look:
                return look
        hints = QGuiApplication.styleHints()
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "black" if dark else "white"
        return "dark" if dark else "light"
