"""
A pair of hands at the keyboard: walks to a control by Tab, as a person without a mouse does, and types.

The walk-through and the journeys of the tests use it; a control it cannot reach is a fault of the screen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

PATIENCE = 50
"""Turns of 10 ms a window manager is given to hand over the keyboard."""
STEPS = 400
"""Tabs after which a control counts as unreachable."""


class Unreachable(AssertionError):
    """No Tab leads to the control; *names* are those passed on the way."""

    def __init__(self, name: str, names: list[str]) -> None:
        super().__init__(f"no Tab leads to {name!r}; passed: {names}")


class Hand:
    """
    Types into the active window.

    Attributes:
        typed: How many keys were pressed.
    """

    def __init__(self, window: QWidget, pause_ms: int = 0) -> None:
        self._window = window
        self._pause_ms = pause_ms
        self.typed = 0

    def focus(self) -> QWidget:
        """Return the widget that has the keyboard, the window itself when none has."""
        if QApplication.activeWindow() is None:
            # Without a window manager nobody gives the keyboard back when a window was changed.
            self._window.window().activateWindow()
        for _turn in range(PATIENCE):
            if QApplication.focusWidget() is not None:
                break
            QTest.qWait(10)
        return QApplication.focusWidget() or self._window

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        QTest.keyClick(self.focus(), key, modifiers)
        self.typed += 1
        QTest.qWait(self._pause_ms)

    def letters(self, text: str) -> None:
        """Type *text* where the focus is."""
        QTest.keyClicks(self.focus(), text)
        self.typed += len(text)
        QTest.qWait(self._pause_ms)

    def walk_to(self, name: str) -> QWidget:
        """
        Press Tab until the control of this accessible name has the focus.

        Raises:
            Unreachable: It never has.
        """
        passed: list[str] = []
        for _step in range(STEPS):
            widget = self.focus()
            if widget.accessibleName() == name and widget.isEnabled():
                return widget
            passed.append(widget.accessibleName())
            self.key(Qt.Key.Key_Tab)
        raise Unreachable(name, list(dict.fromkeys(passed)))

    def write(self, name: str, text: str) -> None:
        """Write *text* into a field, over what it has, and leave it."""
        widget = self.walk_to(name)
        if isinstance(widget, (QLineEdit, QPlainTextEdit)):
            self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.letters(text)
        self.key(Qt.Key.Key_Tab)
        QTest.qWait(1)

    def choose(self, name: str, words: str) -> None:
        """Choose the entry that reads *words* in a list by its letters and the arrow key, and leave it."""
        widget = self.walk_to(name)
        if not isinstance(widget, QComboBox):
            raise TypeError(name)
        target = widget.findText(words)
        if target < 0:
            raise Unreachable(f"{name}: {words}", [widget.itemText(i) for i in range(widget.count())])
        for letter in words.partition(" ")[0]:
            # A blank would open the list.
            if widget.currentIndex() != target:
                self.letters(letter)
        for _row in range(widget.count()):
            if widget.currentIndex() != target:
                self.key(Qt.Key.Key_Down)
        if widget.currentIndex() != target:
            raise Unreachable(f"{name}: {words}", [widget.currentText()])
        self.key(Qt.Key.Key_Tab)
        QTest.qWait(1)

    def press(self, name: str) -> None:
        """Press a button with the space bar."""
        widget = self.walk_to(name)
        if not isinstance(widget, QAbstractButton):
            raise TypeError(name)
        self.key(Qt.Key.Key_Space)
        QTest.qWait(1)

    def wait(self, until: Callable[[], bool], timeout_ms: int = 15_000) -> None:
        """Wait for something to be true. Raises TimeoutError after *timeout_ms*."""
        for _turn in range(timeout_ms // 20):
            if until():
                return
            QTest.qWait(20)
        raise TimeoutError
