"""Passphrase fields: one that tells of Caps Lock, and a pair for a new passphrase with its strength in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from avrr_desktop.services.passphrases import Strength, strength_of
from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, column
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.sign import Sign


def is_caps_lock(event: QKeyEvent) -> bool | None:
    """Tell from a key whether Caps Lock is on; None where the key does not show it (Qt has no other way)."""
    text = event.text()
    if len(text) != 1 or text.upper() == text.lower():
        return None
    held = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return text.isupper() != held


def strength_words(strength: Strength) -> str:
    """Say what a meter says."""
    translate = QCoreApplication.translate
    if strength.refusal:
        return {
            "short": translate("Secret", "{length} of at least {minimum} characters."),
            "long": translate("Secret", "Longer than anybody types. Take a shorter one."),
            "control": translate("Secret", "It has characters a keyboard does not type."),
            "repeated": translate("Secret", "It repeats itself. Take words that do not belong together."),
            "common": translate("Secret", "It is among the first that are guessed. Take other words."),
            "sequence": translate("Secret", "It follows the keyboard or the alphabet. Take other words."),
        }[strength.refusal].format(length=strength.length, minimum=strength.minimum)
    return {
        "fair": translate("Secret", "Accepted. Longer is better: one more word."),
        "good": translate("Secret", "Good length."),
        "long": translate("Secret", "Very good length."),
    }[strength.level]


class SecretField(Restyled, QWidget):
    """
    A passphrase field with an eye and a line for Caps Lock.

    Attributes:
        field: The field.

    Signals:
        entered: Enter was pressed.
    """

    entered = Signal()

    def __init__(self, label: str, *, help: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = Field(label, "secret", help=help)
        self._caps = Sign(self.tr("Caps Lock is on"), "warn", "arrow-big-up")
        self._lines = column(self, 6)
        self._lines.addWidget(self.field)
        self._lines.addWidget(self._caps)
        self._caps.setVisible(False)
        self.field.editor.installEventFilter(self)
        self.field.entered.connect(self.entered)
        self.setFocusProxy(self.field)
        self.follow_theme()

    def value(self) -> str:
        """Return what was typed."""
        return self.field.value()

    def clear(self) -> None:
        """Forget what was typed."""
        self.field.set_value("")

    def shows_caps_lock(self) -> bool:
        """Tell whether the line is shown."""
        return not self._caps.isHidden()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See from the keys whether Caps Lock is on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            state = is_caps_lock(event)
            if event.key() == Qt.Key.Key_CapsLock and self.shows_caps_lock():
                state = False
            if state is not None:
                self._caps.setVisible(state)
        return False

    def restyle(self) -> None:
        """Set spacing."""
        self._lines.setSpacing(theme.current().space(6))


class NewPassphrase(Restyled, QWidget):
    """
    A new passphrase, typed twice.

    Attributes:
        first, second: The two fields.

    Signals:
        entered: Enter was pressed in the second field.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        advice = self.tr("Four or five words that do not belong together. Spaces are allowed.")
        self.first = SecretField(self.tr("New passphrase"), help=advice)
        self.second = SecretField(self.tr("The same again"))
        self._lines = column(self, 8)
        self._lines.addWidget(self.first)
        self._lines.addWidget(self.second)
        self.first.field.edited.connect(self._measure)
        self.first.entered.connect(lambda: self.second.field.editor.setFocus(Qt.FocusReason.TabFocusReason))
        self.second.entered.connect(self.entered)
        self.setFocusProxy(self.first)
        self.follow_theme()

    def accepted(self) -> str:
        """Return the passphrase when both fields agree and it may be used; else "", with the reason at its field."""
        typed, again = self.first.value(), self.second.value()
        strength = strength_of(typed)
        self.first.field.set_error(strength_words(strength) if strength.refusal else "")
        differs = not strength.refusal and typed != again
        self.second.field.set_error(self.tr("The two are not the same. Type it once more.") if differs else "")
        if strength.refusal or differs:
            wrong = self.first if strength.refusal else self.second
            wrong.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return ""
        return typed

    def clear(self) -> None:
        """Forget what was typed."""
        for part in (self.first, self.second):
            part.clear()
            part.field.set_error("")
        self.first.field.set_understood("")

    def restyle(self) -> None:
        """Set spacing."""
        self._lines.setSpacing(theme.current().space(8))

    def _measure(self, text: str) -> None:
        self.first.field.set_understood(strength_words(strength_of(text)) if text else "")
