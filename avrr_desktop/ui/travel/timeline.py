"""A flight as it is read: its two times below each other, the places beside them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from avrr_desktop.services.travelling import LegView
from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, Strip, draw_text, is_rtl, ltr, text_width
from avrr_desktop.ui.components.runs import draw_runs
from avrr_desktop.ui.travel import words


class Timeline(Restyled, QWidget):
    """Departure above, arrival below, joined by a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends: tuple[tuple[str, str, str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def show_leg(self, view: LegView, before: str, after: str) -> None:
        """Show a flight; *before* and *after* are the words under its two places."""
        leg = view.leg
        not_yet = self.tr("not yet", "a time that is missing")
        self._ends = (
            (
                words.clock(view.departs) if view.departs else not_yet,
                words.day_and_zone(view.departs) if view.departs else "",
                words.place(view.origin, leg.origin, leg.origin_terminal),
                leg.origin or "",
                before,
            ),
            (
                words.clock(view.arrives) if view.arrives else not_yet,
                words.day_and_zone(view.arrives) if view.arrives else "",
                words.place(view.destination, leg.destination, leg.destination_terminal),
                leg.destination or "",
                after,
            ),
        )
        spoken = [part for end in self._ends for part in end if part]
        self.setAccessibleName(self.tr(", ", "between parts of a line").join(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        """Take two blocks of two lines."""
        t = theme.current()
        return QSize(t.em(24), 2 * self._block() + t.space(6))

    def restyle(self) -> None:
        """Take the height of the texts."""
        self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line with its two dots, the times, the places."""
        t = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_line(painter)
            for at, end in enumerate(self._ends):
                top = at * (self._block() + t.space(6))
                self._draw_end(painter, QRect(0, top, self.width(), self._block()), end)

    def _block(self) -> int:
        t = theme.current()
        return t.line("lead_strong") + t.line("small")

    def _draw_line(self, painter: QPainter) -> None:
        t = theme.current()
        dot = t.space(4) + 1
        middle = Strip(self.rect(), is_rtl(self)).lead(2 * t.space(8)).center().x()
        first = t.line("lead_strong") // 2
        second = first + self._block() + t.space(6)
        painter.setPen(QPen(t.colour("accent"), 2))
        painter.drawLine(middle, first + dot, middle, second - dot)
        painter.setBrush(t.colour("surface"))
        painter.drawEllipse(QPointF(middle, first), dot, dot)
        painter.setBrush(t.colour("accent"))
        painter.drawEllipse(QPointF(middle, second), dot, dot)

    def _draw_end(self, painter: QPainter, area: QRect, end: tuple[str, str, str, str, str]) -> None:
        t = theme.current()
        time, day, place, code, note = end
        strip = Strip(area, is_rtl(self))
        strip.lead(2 * t.space(8) + t.space(12))
        left = strip.lead(t.em(10))
        strip.lead(t.space(12))
        right = strip.rest()
        known = bool(day)
        upper = t.line("lead_strong")
        draw_text(painter, _upper(left, upper), time, "lead_strong" if known else "body", "text" if known else "text3")
        draw_text(painter, _lower(left, upper, t.line("small")), day, "small", "text2")
        line = Strip(_upper(right, upper), is_rtl(self))
        room = line.rest().width() - text_width(code, "small") - t.space(8)
        drawn = draw_runs(painter, QRect(*_cut(line.rest(), room, is_rtl(self))), place, "strong", "text", rtl=t.rtl)
        line.lead(min(drawn, room) + t.space(8))
        draw_text(painter, line.rest(), ltr(code) if place != code else "", "small", "text2")
        draw_runs(painter, _lower(right, upper, t.line("small")), note, "small", "text2", rtl=t.rtl)


def _upper(area: QRect, height: int) -> QRect:
    return QRect(area.left(), area.top(), area.width(), height)


def _lower(area: QRect, above: int, height: int) -> QRect:
    return QRect(area.left(), area.top() + above, area.width(), height)


def _cut(area: QRect, width: int, rtl: bool) -> tuple[int, int, int, int]:
    left = area.right() - width + 1 if rtl else area.left()
    return left, area.top(), width, area.height()
