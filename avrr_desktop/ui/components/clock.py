"""A deadline as a ring that empties, with its words always beside it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import Restyled, draw_icon, draw_text, is_rtl, strip_of, text_width
from avrr_desktop.ui.tokens import Token

_QUARTER = 0.25
_FULL = 360 * 16
_TOP = 90 * 16


def clock_ink(left: float) -> Token:
    """Give the ink of a clock with the share *left*: calm, under a quarter, late."""
    return "bad" if left < 0 else "warn" if left < _QUARTER else "text2"


def draw_ring(painter: QPainter, area: QRect, left: float, ink: QColor, rtl: bool) -> None:
    """Draw the ring of the share *left* (0-1), running anticlockwise in a right-to-left window."""
    edge = min(area.width(), area.height())
    width = max(2, edge // 8)
    ring = QRectF(0, 0, edge - width - 1, edge - width - 1)
    ring.moveCenter(QRectF(area).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # In high contrast a hairline is as strong as the arc: the track is dimmed instead.
    track: Token = "border" if left >= 1 else "disabled" if theme.current().high_contrast else "line"
    painter.setPen(QPen(theme.current().colour(track), width))
    painter.drawEllipse(ring)
    span = round(_FULL * min(max(left, 0.0), 1.0))
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(ring, _TOP, span if not rtl else -span)


class Clock(Restyled, QLabel):
    """
    A ring and its words.

    Args:
        words: "6 h 20 min left", "3 h 12 min late".
        left: Share of the time that is left, 0-1; below 0: late; None: no clock runs, a plain clock sign.
        big: Ring only, as large as two lines; the words are spoken and stand beside it elsewhere.
    """

    def __init__(self, words: str, left: float | None, *, big: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._big = big
        self._left = left
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(words, left)
        self.follow_theme()

    def set_state(self, words: str, left: float | None) -> None:
        """Show another time; painted anew only when the words changed."""
        fonts.ensure(words)
        self._left = left
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
            self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Measure ring and words."""
        t = theme.current()
        if self._big:
            return QSize(t.icon_px(28), t.icon_px(28))
        return QSize(t.icon_px(16) + t.space(8) + text_width(self.text(), "small_medium") + 2, t.line("small"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ring and words."""
        t = theme.current()
        ink: Token = "text2" if self._left is None else clock_ink(self._left)
        with QPainter(self) as painter:
            strip = strip_of(self)
            area = strip.lead(t.icon_px(28 if self._big else 16))
            if self._left is None or self._left < 0:
                sign = "clock" if self._left is None else "clock-alert"
                draw_icon(painter, area, sign, 28 if self._big else 16, ink)
            else:
                draw_ring(
                    painter,
                    area,
                    self._left,
                    t.colour("accent" if self._big and ink == "text2" else ink),
                    is_rtl(self),
                )
            if not self._big:
                strip.lead(t.space(8))
                draw_text(painter, strip.rest(), self.text(), "small_medium", ink)
