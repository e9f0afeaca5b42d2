"""A column that scrolls up and down, never sideways, and is filled anew."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget


def scrolling(inside: QWidget) -> QScrollArea:
    """Let *inside* scroll up and down; it takes the width there is, and no stop of the Tab key."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def clear(layout: QBoxLayout) -> None:
    """
    Take all widgets out of *layout*, for it to be filled anew with them or others.

    Not by ``takeAt``: the item it returns lives on beside the next one of the same widget, and Qt then keeps the
    widget's height for its width for ever (seen with PySide 6.11).
    """
    items = [layout.itemAt(at) for at in range(layout.count())]
    for item in items:
        widget = item.widget() if item is not None else None
        if widget is not None:
            layout.removeWidget(widget)
