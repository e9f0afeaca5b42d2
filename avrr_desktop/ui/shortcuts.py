"""
The one table of keys: shortcuts, menus, keycaps and the printed sheet are made from it.

Source: LOOK.md 5. On macOS Qt reads Ctrl as Cmd, and :func:`cap` shows it so.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Act(Enum):
    """Everything a key does; the value is the key in Qt's portable spelling."""

    HIDE = "F9"
    HELP = "F1"
    LOCK = "Ctrl+L"
    GO_TO = "Ctrl+K"
    SEARCH = "Ctrl+F"
    NEW = "Ctrl+N"
    TODAY = "Ctrl+1"
    CASES = "Ctrl+2"
    DEPARTURES = "Ctrl+3"
    EXCHANGE = "Ctrl+4"
    REPORTS = "Ctrl+5"
    SETTINGS = "Ctrl+7"
    PRIMARY = "Ctrl+Return"
    UNDO = "Ctrl+Z"
    PRINT = "Ctrl+P"
    REFRESH = "F5"
    BACK = "Esc"
    NEXT_REGION = "F6"
    LAST_REGION = "Shift+F6"


def words(act: Act) -> str:
    """Say what *act* does, for menus and the printed sheet."""
    say = QCoreApplication.translate
    return {
        Act.HIDE: say("Shortcuts", "Hide the screen"),
        Act.HELP: say("Shortcuts", "Help"),
        Act.LOCK: say("Shortcuts", "Lock"),
        Act.GO_TO: say("Shortcuts", "Go to a case or page"),
        Act.SEARCH: say("Shortcuts", "Search"),
        Act.NEW: say("Shortcuts", "New"),
        Act.TODAY: say("Shortcuts", "Today"),
        Act.CASES: say("Shortcuts", "Cases"),
        Act.DEPARTURES: say("Shortcuts", "Departures"),
        Act.EXCHANGE: say("Shortcuts", "Exchange"),
        Act.REPORTS: say("Shortcuts", "Reports"),
        Act.SETTINGS: say("Shortcuts", "Settings"),
        Act.PRIMARY: say("Shortcuts", "Do what the screen is for"),
        Act.UNDO: say("Shortcuts", "Undo"),
        Act.PRINT: say("Shortcuts", "Print"),
        Act.REFRESH: say("Shortcuts", "Refresh"),
        Act.BACK: say("Shortcuts", "Back"),
        Act.NEXT_REGION: say("Shortcuts", "Next part of the window"),
        Act.LAST_REGION: say("Shortcuts", "Previous part of the window"),
    }[act]


def keys(act: Act) -> QKeySequence:
    """Give the key sequence of *act*."""
    return QKeySequence(act.value)


def cap(act: Act) -> str:
    """Give the words of the keycap as this system writes them; Return reads as Enter."""
    return keys(act).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def bind(
    act: Act,
    widget: QWidget,
    slot: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> QShortcut:
    """Call *slot* when the key of *act* is pressed within *context* of *widget*."""
    shortcut = QShortcut(keys(act), widget)
    shortcut.setContext(context)
    shortcut.activated.connect(slot)
    return shortcut


def action(act: Act, parent: QWidget, slot: Callable[[], object]) -> QAction:
    """Make the menu entry of *act*: words, key and slot."""
    entry = QAction(words(act), parent)
    entry.setShortcut(keys(act))
    entry.triggered.connect(lambda _=False: slot())
    return entry
