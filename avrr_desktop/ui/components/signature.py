"""A pad to sign on with pen, finger or mouse; what is drawn becomes a picture, black on white."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import CENTRE, Restyled, draw_box, draw_text

PICTURE = QSize(900, 300)
"""Pixels of the picture: a signature 75 mm wide at 300 dots an inch."""
PEN = 5.0
"""Width of the stroke in the picture."""
LEAST = 0.02
"""Strokes shorter than this share of the width are a slip of the hand, no signature."""


class SignaturePad(Restyled, QWidget):
    """
    Strokes are kept as shares of the pad, so that they survive another size of the window.

    Attributes:
        ring_radius: Corner of the focus ring around it.

    Signals:
        signed(bool): Something is drawn now, or nothing any more.
    """

    signed = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = theme.current().radius("field")
        self._strokes: list[list[QPointF]] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.follow_theme()

    def is_empty(self) -> bool:
        """Tell whether nothing is drawn that could be a signature."""
        points = [point for stroke in self._strokes for point in stroke]
        if len(points) < 2:
            return True
        across = max(p.x() for p in points) - min(p.x() for p in points)
        return across < LEAST

    def png(self) -> bytes:
        """Return what is drawn as PNG, black on white; b"" while nothing is."""
        if self.is_empty():
            return b""
        image = QImage(PICTURE, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            self._draw(painter, image.width(), image.height(), QPen(Qt.GlobalColor.black, PEN))
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(content.data())

    def clear(self) -> None:
        """Wipe the pad."""
        self._strokes = []
        self.update()
        self.signed.emit(False)

    def sizeHint(self) -> QSize:
        """Take the shape of the picture."""
        t = theme.current()
        return QSize(t.em(36), t.em(12))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._strokes.append([self._share(event.position())])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(self._share(event.position()))
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End the stroke."""
        self.signed.emit(not self.is_empty())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet, the line to sign on, the strokes."""
        t = theme.current()
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), t.radius("field"), "surface", "border")
            pad = t.space(24)
            line = self.height() * 3 // 4
            painter.fillRect(pad, line, self.width() - 2 * pad, 1, t.colour("border"))
            if not self._strokes:
                draw_text(painter, self.rect(), self.tr("Sign here"), "small", "text3", CENTRE)
            pen = QPen(t.colour("text"), PEN * self.width() / PICTURE.width())
            self._draw(painter, self.width(), self.height(), pen)

    def _share(self, point: QPointF) -> QPointF:
        return QPointF(
            min(max(point.x() / max(self.width(), 1), 0.0), 1.0), min(max(point.y() / max(self.height(), 1), 0.0), 1.0)
        )

    def _draw(self, painter: QPainter, width: int, height: int, pen: QPen) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            painter.drawPolyline(QPolygonF([QPointF(p.x() * width, p.y() * height) for p in stroke]))
