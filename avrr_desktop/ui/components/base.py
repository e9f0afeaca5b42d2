"""
What the components share: following the theme, walking a line from its leading edge, painting text and boxes.

Nothing here knows a colour or a pixel: all of it is asked from ``theme.current()``.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.tokens import Role, Token

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object

_Layout = TypeVar("_Layout", bound=QBoxLayout)
LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Restyled(_Base):
    """Mixin of a widget that lays itself out from the theme: :meth:`restyle` runs at the end of the
    constructor (:meth:`follow_theme`) and after each change of theme, text size or direction."""

    _following = False

    def follow_theme(self) -> None:
        """Lay out now and after each change."""
        self._following = True
        self.restyle()

    def restyle(self) -> None:
        """Set fonts, margins and heights from ``theme.current()``."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the style sheet, which every change of the theme makes."""
        super().changeEvent(event)
        if self._following and event.type() == QEvent.Type.StyleChange:
            self.restyle()


class Strip:
    """Cuts a rectangle piece by piece from its leading or trailing edge, whatever the direction."""

    def __init__(self, rect: QRect, rtl: bool) -> None:
        self._rect = QRect(rect)
        self._rtl = rtl

    def lead(self, width: int) -> QRect:
        """Cut *width* from the leading edge."""
        return self._cut(width, left=not self._rtl)

    def trail(self, width: int) -> QRect:
        """Cut *width* from the trailing edge."""
        return self._cut(width, left=self._rtl)

    def rest(self) -> QRect:
        """Give what is left."""
        return QRect(self._rect)

    def _cut(self, width: int, *, left: bool) -> QRect:
        piece = QRect(self._rect)
        if left:
            piece.setWidth(width)
            self._rect.setLeft(self._rect.left() + width)
        else:
            piece.setLeft(self._rect.right() - width + 1)
            self._rect.setRight(self._rect.right() - width)
        return piece


def strip_of(widget: QWidget, rect: QRect | None = None) -> Strip:
    """Walk *rect* (the whole widget if None) from the widget's leading edge."""
    return Strip(rect if rect is not None else widget.rect(), is_rtl(widget))


def is_rtl(widget: QWidget) -> bool:
    """Say whether *widget* runs right to left."""
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft


def isolate(text: str) -> str:
    """Wrap *text* (a name, an answer) so that its script does not turn the sentence around it."""
    return f"\u2068{text}\u2069"


def ltr(text: str) -> str:
    """Wrap *text* (a number, sum, phone, case or flight number) so that it keeps left to right."""
    return f"\u2066{text}\u2069"


def text_direction(text: str, otherwise: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """Give the direction of the first strong character outside isolates, *otherwise* if there is none.

    Source: Unicode Standard Annex 9, rules P2 and P3.
    """
    if text.isascii() and text[:1].isalpha():
        return Qt.LayoutDirection.LeftToRight
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return Qt.LayoutDirection.LeftToRight if kind == "L" else Qt.LayoutDirection.RightToLeft
    return otherwise


def text_width(text: str, role: Role, language: str = "") -> int:
    """Measure *text* in the font of *role*; loads the script it needs."""
    fonts.ensure(text)
    return QFontMetrics(theme.current().font(role, language)).horizontalAdvance(text)


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: Role,
    colour: Token,
    align: Qt.AlignmentFlag = LEADING,
    language: str = "",
) -> None:
    """Draw one line of *text* in *rect*, elided at its end if it does not fit; its font loads as needed."""
    fonts.ensure(text)
    font = theme.current().font(role, language)
    painter.setFont(font)
    painter.setPen(theme.current().colour(colour))
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) > rect.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    window = painter.layoutDirection()
    own = text_direction(text, window)
    if own != window:
        # The words run their own way but stay on the window's side.
        painter.setLayoutDirection(own)
        align = _turned(align)
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), text)
    painter.setLayoutDirection(window)


def _turned(align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    return {LEADING: TRAILING, TRAILING: LEADING}.get(align, align)


def draw_icon(painter: QPainter, rect: QRect, name: str, size: int, colour: Token) -> None:
    """Draw icon *name* (its size at 100 %) in the middle of *rect*."""
    device = painter.device()
    dpr = device.devicePixelRatioF() if device is not None else 1.0
    pixmap = theme.current().icon(name, size, colour, dpr)
    edge = theme.current().icon_px(size)
    painter.drawPixmap(rect.center().x() - (edge - 1) // 2, rect.center().y() - (edge - 1) // 2, pixmap)


def draw_box(
    painter: QPainter, rect: QRect, radius: int, fill: Token | None, line: Token | None = None, width: int = 1
) -> None:
    """Draw a rounded box; the outline of *width* lies inside *rect* on whole pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if line else 0.0
    area = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.setPen(QPen(theme.current().colour(line), width) if line else Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, radius - inset, radius - inset)


def draw_mark(painter: QPainter, rect: QRect, radius: int, colour: Token, rtl: bool) -> None:
    """Draw the leading mark of a banner or chosen row along the rounded box *rect*."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(Strip(rect, rtl).lead(theme.current().radius("chip")))
    painter.fillPath(path, theme.current().colour(colour))
    painter.restore()


def draw_line(painter: QPainter, rect: QRect, colour: Token = "line") -> None:
    """Draw a hairline along the lower edge of *rect*."""
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.current().colour(colour))


def paint_ground(widget: QWidget, token: Token) -> None:
    """Give *widget* a flat ground from the palette (no style sheet)."""
    palette = widget.palette()
    palette.setColor(widget.backgroundRole(), theme.current().colour(token))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def row(parent: QWidget | None = None, step: int = 8) -> QHBoxLayout:
    """Make a horizontal layout without margins; *step* is a step of the spacing scale."""
    return _bare(QHBoxLayout(parent) if parent else QHBoxLayout(), step)


def column(parent: QWidget | None = None, step: int = 8) -> QVBoxLayout:
    """Make a vertical layout without margins; *step* is a step of the spacing scale."""
    return _bare(QVBoxLayout(parent) if parent else QVBoxLayout(), step)


def _bare(layout: _Layout, step: int) -> _Layout:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.current().space(step))
    return layout


def least(width: int, height: int) -> QSize:
    """Keep a clickable size at or above the least target."""
    target = theme.current().edge("target")
    return QSize(max(width, target), max(height, target))
