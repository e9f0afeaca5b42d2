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
    translate = QCoreApplication.translate
    return {
        Act.HIDE: translate("Shortcuts", "Hide the screen"),
        Act.HELP: translate("Shortcuts", "Help"),
        Act.LOCK: translate("Shortcuts", "Lock"),
        Act.GO_TO: translate("Shortcuts", "Go to a case or page"),
        Act.SEARCH: translate("Shortcuts", "Search"),
        Act.NEW: translate("Shortcuts", "New"),
        Act.TODAY: translate("Shortcuts", "Today"),
        Act.CASES: translate("Shortcuts", "Cases"),
        Act.DEPARTURES: translate("Shortcuts", "Departures"),
        Act.EXCHANGE: translate("Shortcuts", "Exchange"),
        Act.REPORTS: translate("Shortcuts", "Reports"),
        Act.SETTINGS: translate("Shortcuts", "Settings"),
        Act.PRIMARY: translate("Shortcuts", "Do what the screen is for"),
        Act.UNDO: translate("Shortcuts", "Undo"),
        Act.PRINT: translate("Shortcuts", "Print"),
        Act.REFRESH: translate("Shortcuts", "Refresh"),
        Act.BACK: translate("Shortcuts", "Back"),
        Act.NEXT_REGION: translate("Shortcuts", "Next part of the window"),
        Act.LAST_REGION: translate("Shortcuts", "Previous part of the window"),
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
