"""The summary at the head of a page after a refused step: each line leads to its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_box
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Icon


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer that needs another look: its words and the widget the link leads to."""

    text: str
    target: QWidget


class ErrorSummary(Restyled, QFrame):
    """
    Red outline, title, one link a fault; hidden while there are none.

    Attributes:
        links: The links, in order.
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = theme.current().radius("card")
        self.links: list[Button] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = WrapLabel("", "heading")
        self._line = QHBoxLayout(self)
        self._line.addWidget(Icon("circle-alert", 20, "bad"), 0, Qt.AlignmentFlag.AlignTop)
        self._words = QVBoxLayout()
        self._words.addWidget(self._title)
        self._line.addLayout(self._words, 1)
        self.hide()
        self.follow_theme()

    def show_faults(self, title: str, faults: Sequence[Fault]) -> None:
        """Show *faults* under *title* ("Two answers need another look") and take the focus; none: hide."""
        for link in self.links:
            self._words.removeWidget(link)
            link.deleteLater()
        self.links = []
        self._title.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(fault.text for fault in faults))
        for fault in faults:
            link = Button(fault.text, "link", parent=self)
            link.clicked.connect(lambda _=False, target=fault.target: target.setFocus(Qt.FocusReason.OtherFocusReason))
            self._words.addWidget(link, 0, Qt.AlignmentFlag.AlignLeading)
            self.links.append(link)
        self.setVisible(bool(faults))
        if faults:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Set margins."""
        t = theme.current()
        self._line.setContentsMargins(t.space(16), t.space(12), t.space(16), t.space(12))
        self._line.setSpacing(t.space(12))
        self._words.setSpacing(t.space(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the red outline."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), theme.current().radius("card"), "surface", "bad", 2)
