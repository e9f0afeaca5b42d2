"""The deep panel of unlock and first run: mark, wordmark, the line of a journey, the office."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_box, draw_icon, draw_text, is_rtl, strip_of
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.label import WrapLabel

_STOPS = (
    (0.060, 0.627),
    (0.168, 0.586),
    (0.258, 0.508),
    (0.346, 0.424),
    (0.472, 0.374),
    (0.634, 0.355),
    (0.730, 0.303),
    (0.806, 0.237),
    (0.902, 0.181),
)
"""Where the ten stages' line passes, as parts of the panel's width and height."""
_ENDS = ((-0.02, 0.636), (1.02, 0.162))
_NOW = 4


class DeepPanel(Restyled, QWidget):
    """
    The dark side of the page. It is decoration but for the office and the words under it.

    Attributes:
        office: The label with the office's name.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all = QVBoxLayout(self)
        self._all.addStretch(1)
        self._chip = Chip("", "warn", icon="flask-conical", parent=self)
        self._chip.hide()
        self._all.addWidget(self._chip)
        self.office = WrapLabel("", "title", "on_deep")
        self._words = WrapLabel("", "body", "on_deep2")
        self._all.addWidget(self.office)
        self._all.addWidget(self._words)
        self.follow_theme()

    def say(self, office: str, words: str, *, rehearsal: bool = False) -> None:
        """Name the office, say *words* under it, and mark a rehearsal."""
        self._chip.setVisible(rehearsal)
        self.office.setText(office)
        self._words.setText(words)

    def words(self) -> str:
        """Return what is said under the office's name."""
        return self._words.text()

    def restyle(self) -> None:
        """Set the margins."""
        t = theme.current()
        edge = self._edge()
        words = self.tr("REHEARSAL") if t.roomy else self.tr("REHEARSAL: nobody here is real")
        self._chip.set_state(words, "warn", icon="flask-conical")
        self._all.setContentsMargins(edge, t.space(48), edge, edge)
        self._all.setSpacing(t.space(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, line and mark."""
        t = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), t.colour("deep"))
            if not t.roomy:
                self._draw_line(painter)
            strip = strip_of(self)
            strip.lead(self._edge())
            edge = t.icon_px(28) + t.space(6)
            mark = strip.lead(edge)
            top = t.space(32) + t.space(4)
            draw_box(painter, QRect(mark.left(), top, edge, edge), t.radius("mark"), "on_deep")
            draw_icon(painter, QRect(mark.left(), top, edge, edge), "mark", 28, "deep")
            strip.lead(t.space(12))
            words = QRect(strip.rest().left(), top, strip.rest().width(), edge)
            draw_text(painter, words, self.tr("AVRR Desktop", "the program's name"), "heading", "on_deep")

    def _edge(self) -> int:
        """Leave less at the sides where the words are large and the panel narrow."""
        t = theme.current()
        return t.space(20 if t.roomy else 32) + t.space(8)

    def _draw_line(self, painter: QPainter) -> None:
        t = theme.current()
        first, *between, last = (self._point(*place) for place in (_ENDS[0], *_STOPS, _ENDS[1]))
        points = [first, *between, last]
        path = QPainterPath(first)
        for at in range(len(points) - 1):
            before, here = points[max(at - 1, 0)], points[at]
            there, after = points[at + 1], points[min(at + 2, len(points) - 1)]
            path.cubicTo(here + (there - before) / 6, there - (after - here) / 6, there)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        faint = t.colour("on_deep2")
        faint.setAlphaF(0.7)
        painter.setPen(QPen(faint, t.space(2)))
        painter.drawPath(path)
        radius = t.space(6)
        for at, point in enumerate(between):
            painter.setPen(QPen(t.colour("on_deep2" if at != _NOW else "on_deep"), t.space(2)))
            painter.setBrush(t.colour("on_deep2" if at < _NOW else "deep"))
            size = radius + t.space(2) if at == _NOW else radius
            painter.drawEllipse(point, size, size)
            if at == _NOW:
                painter.setBrush(t.colour("on_deep"))
                painter.drawEllipse(point, t.space(2), t.space(2))

    def _point(self, x: float, y: float) -> QPointF:
        across = 1 - x if is_rtl(self) else x
        return QPointF(across * self.width(), y * self.height())
