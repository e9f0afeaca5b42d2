"""What a person would stumble over on a screen: words cut off, controls that say nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.components.label import Label, ShortLabel


def cut_labels(root: QWidget) -> list[str]:
    """Return the words of labels that need more room than they have; short labels elide by design."""
    shown = [found for found in root.findChildren(Label) if found.isVisible() and found.text()]
    return [found.text() for found in shown if not isinstance(found, ShortLabel) and _is_cut(found)]


def nameless(root: QWidget) -> list[str]:
    """Return the classes of widgets that Tab reaches and that have no accessible name."""
    return [
        type(widget).__name__
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]


def _is_cut(label: Label) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.sizeHint().width() - 1
