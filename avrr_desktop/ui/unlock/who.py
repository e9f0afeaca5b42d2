"""The list of officers: one row each, of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from avrr_desktop.services.unlocking import OfficerLabel
from avrr_desktop.ui import fonts, theme, wording
from avrr_desktop.ui.components.base import CENTRE, column, draw_box, draw_text, isolate, strip_of
from avrr_desktop.ui.tokens import Token


class OfficerRow(QRadioButton):
    """
    An officer: initials, name, roles, and whether chosen.

    Attributes:
        officer: Who.
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, officer: OfficerLabel, note: str = "", parent: QWidget | None = None) -> None:
        """*note* stands in place of the roles."""
        super().__init__(parent)
        self.officer = officer
        self.ring_radius = theme.current().radius("choice")
        fonts.ensure(officer.name)
        self._duty = note or wording.roles(officer.roles)
        self.setText(officer.name)
        self.setAccessibleName(officer.name)
        self.setAccessibleDescription(self._duty)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Take two lines."""
        return QSize(theme.current().em(14), theme.current().height("row") + theme.current().space(4))

    def minimumSizeHint(self) -> QSize:
        """Never cut the lines."""
        return self.sizeHint()

    def hitButton(self, point: QPoint) -> bool:
        """Take a click anywhere in the row."""
        return self.rect().contains(point)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        t = theme.current()
        chosen, over = self.isChecked(), self.underMouse()
        fill: Token = "tint" if chosen else "hover" if over else "surface"
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), t.radius("card"), fill, "accent" if chosen else "line")
            strip = strip_of(self)
            strip.lead(t.space(12))
            edge = t.height("avatar") + t.space(4)
            circle = _middle(strip.lead(edge), edge)
            draw_box(painter, circle, edge // 2, "surface" if chosen else "sunken")
            letters = wording.initials(self.officer.name)
            draw_text(painter, circle, letters, "key", "on_tint" if chosen else "text2", CENTRE)
            strip.lead(t.space(12))
            strip.trail(t.space(12) + t.space(2))
            ring = t.icon_px(18)
            self._draw_ring(painter, _middle(strip.trail(ring), ring), chosen)
            strip.trail(t.space(12))
            words = strip.rest()
            top = (self.height() - t.line("strong") - t.line("small")) // 2
            name = QRect(words.left(), top, words.width(), t.line("strong"))
            draw_text(painter, name, isolate(self.officer.name), "strong", "text")
            duty = QRect(words.left(), top + t.line("strong"), words.width(), t.line("small"))
            draw_text(painter, duty, self._duty, "small", "text2")

    def _draw_ring(self, painter: QPainter, area: QRect, chosen: bool) -> None:
        half = area.width() // 2
        draw_box(painter, area, half, "accent" if chosen else "surface", "accent" if chosen else "border")
        if chosen:
            inset = area.width() // 3
            dot = area.adjusted(inset, inset, -inset, -inset)
            draw_box(painter, dot, dot.width() // 2, "on_accent")


class Officers(QWidget):
    """
    All officers; arrows move and choose, as radio buttons do.

    Attributes:
        rows: One a person, in order.

    Signals:
        chosen: (str) The slot of the officer who was chosen.
    """

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        officers: Sequence[OfficerLabel],
        notes: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """*notes* by slot stand in place of somebody's roles."""
        super().__init__(parent)
        self.setAccessibleName(name)
        lines = column(self, 8)
        self.rows = tuple(OfficerRow(officer, (notes or {}).get(officer.slot, ""), self) for officer in officers)
        for line in self.rows:
            lines.addWidget(line)
            line.toggled.connect(self._say)

    def show_chosen(self, slot: str) -> None:
        """Mark the row of *slot* without saying so."""
        for line in self.rows:
            blocked = line.blockSignals(True)
            line.setAutoExclusive(False)
            line.setChecked(line.officer.slot == slot)
            line.setAutoExclusive(True)
            line.blockSignals(blocked)

    def _say(self, checked: bool) -> None:
        sender = self.sender()
        if checked and isinstance(sender, OfficerRow):
            self.chosen.emit(sender.officer.slot)


def _middle(area: QRect, height: int) -> QRect:
    return QRect(area.left(), area.center().y() - (height - 1) // 2, area.width(), height)
