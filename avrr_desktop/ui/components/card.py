"""The white sheet things stand on."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_box
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label, WrapLabel


class Card(Restyled, QFrame):
    """
    A sheet with a heading and at most one link at its end. Never a card in a card.

    Attributes:
        body: Where the content goes (``card.body.addWidget``).
        link: The button at the end of the heading, or None.
        fact: The short grey words at the end of the heading (``set_fact``).
    """

    def __init__(
        self, heading: str = "", *, link: str = "", flush: bool = False, parent: QWidget | None = None
    ) -> None:
        """
        Args:
            heading: Title in words; empty: no head line.
            link: Words of the one link.
            flush: Content reaches the edges (lists).
        """
        super().__init__(parent)
        self._flush = flush
        self.setAccessibleName(heading)
        self._all = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self.heading = WrapLabel(heading, "heading")
        self.fact = Label("", "small", "text3")
        self.link = Button(link, "link") if link else None
        self._head.addWidget(self.heading, 1)
        self._head.addWidget(self.fact)
        if self.link:
            self._head.addWidget(self.link)
        if heading:
            self._all.addLayout(self._head)
        else:
            self.heading.hide()
        self.body = QVBoxLayout()
        self._all.addLayout(self.body)
        self.follow_theme()

    def set_fact(self, words: str) -> None:
        """Write short words at the end of the heading ("2 of 5 done")."""
        self.fact.setText(words)

    def restyle(self) -> None:
        """Set the margins."""
        t = theme.current()
        across, down = (1, t.space(4)) if self._flush else (t.edge("card_x"), t.edge("card_y"))
        self._all.setContentsMargins(across, down, across, down)
        self._all.setSpacing(t.space(8))
        self._head.setSpacing(t.space(12))
        self.body.setSpacing(0 if self._flush else t.space(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), theme.current().radius("card"), "surface", "line")
