"""The painted key: inside buttons, in hints and in front of steps."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import CENTRE, Restyled, draw_box, draw_text, text_width
from avrr_desktop.ui.tokens import Token


def keycap_size(key: str) -> QSize:
    """Measure the cap of *key*."""
    height = theme.current().height("key")
    width = text_width(key, "key") + 2 * theme.current().space(6)
    return QSize(max(width, height), height)


def draw_keycap(painter: QPainter, rect: QRect, key: str, ink: Token, line: Token, fill: Token | None = None) -> None:
    """Draw the cap of *key* in the middle of *rect*; keys stay Latin and left to right."""
    size = keycap_size(key)
    cap = QRect(
        rect.center().x() - (size.width() - 1) // 2,
        rect.center().y() - (size.height() - 1) // 2,
        size.width(),
        size.height(),
    )
    draw_box(painter, cap, theme.current().radius("key"), fill, line)
    draw_text(painter, cap, key, "key", ink, CENTRE)


class Keycap(Restyled, QWidget):
    """A key standing alone; the words of what it does stand beside it, so it is not spoken itself."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)
        self.follow_theme()

    def sizeHint(self) -> QSize:
        """Measure the cap."""
        return keycap_size(self._key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        with QPainter(self) as painter:
            draw_keycap(painter, self.rect(), self._key, "text2", "border", "surface")
