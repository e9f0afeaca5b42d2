"""
The keys of the interview, which hold while it is shown.

They are taken before the window's own: F6 means "next part of the window" everywhere else. Source: LOOK.md 5.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeyEvent, QKeySequence

KEYS = {
    "speak": "F2",
    "face": "F4",
    "not_asked": "F6",
    "declined": "F7",
    "note": "F8",
    "later": "Ctrl+M",
    "sections": "Ctrl+J",
}
"""What is done, and its key in Qt's portable spelling. Enter and Shift+Enter belong to the editors."""


def cap(act: str) -> str:
    """Give the words of the keycap as this system writes them."""
    return QKeySequence(KEYS[act]).toString(QKeySequence.SequenceFormat.NativeText)


def act_of(event: QKeyEvent) -> str:
    """Return what the pressed key does here, "" for nothing."""
    pressed = QKeySequence(event.keyCombination())
    return next((act for act, key in KEYS.items() if QKeySequence(key) == pressed), "")


def words(act: str) -> str:
    """Say what a key does, beside its cap."""
    translate = QCoreApplication.translate
    return {
        "not_asked": translate("Interview", "not asked"),
        "declined": translate("Interview", "declined"),
        "note": translate("Interview", "private note"),
        "later": translate("Interview", "come back later"),
        "speak": translate("Interview", "language"),
        "sections": translate("Interview", "all sections"),
        "face": translate("Interview", "their window", "of the returnee"),
    }[act]
