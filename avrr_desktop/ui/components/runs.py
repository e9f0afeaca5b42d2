"""
Lines of mixed scripts, itemised so that every run has its shipped family and the weight of its role.

Qt's fallback may take the wrong weight in a mixed string (Han came out bold beside Latin at 400); so lists
lay their text out here. Source: LOOK.md 9 "Fonts".
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import text_direction
from avrr_desktop.ui.tokens import Role, Token


def lay_out(text: str, role: Role, *, rtl: bool) -> QTextLayout:
    """Lay *text* out on one line in its own direction; its scripts are loaded first."""
    fonts.ensure(text)
    base = theme.current().font(role)
    layout = QTextLayout(text, base)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    window = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(text_direction(text, window))
    layout.setTextOption(option)
    pieces = fonts.runs(text)
    if len(pieces) > 1 or (pieces and pieces[0][0] != fonts.LATIN.name):
        layout.setFormats([_format(family, start, end, base) for family, start, end in pieces])
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout


def draw_runs(painter: QPainter, rect: QRect, text: str, role: Role, colour: Token, *, rtl: bool) -> int:
    """
    Draw one line of *text* from the leading edge of *rect*, middle on middle, elided if too wide.

    Returns:
        The width drawn, for what stands beside it.
    """
    layout = lay_out(text, role, rtl=rtl)
    line = layout.lineAt(0)
    if line.naturalTextWidth() > rect.width():
        shown = text
        while shown and line.naturalTextWidth() > rect.width():
            shown = shown[: max(0, len(shown) * rect.width() // max(1, int(line.naturalTextWidth())) - 1)]
            layout = lay_out(shown.rstrip() + "…", role, rtl=rtl)
            line = layout.lineAt(0)
    width = int(line.naturalTextWidth()) + 1
    left = rect.right() - width + 1 if rtl else rect.left()
    # Line heights differ by script: the baseline comes from the role's own font, so that rows do not jump.
    metrics_font = theme.current().font(role)
    baseline = rect.center().y() + _ascent_from_middle(metrics_font)
    painter.setPen(theme.current().colour(colour))
    layout.draw(painter, QPointF(left - line.x(), baseline - line.ascent()))
    return width


@lru_cache(maxsize=64)
def _ascent_from_middle(font: QFont) -> int:
    metrics = QFontMetrics(font)
    return (metrics.ascent() - metrics.descent()) // 2 + 1


def _format(family: str, start: int, end: int, base: QFont) -> QTextLayout.FormatRange:
    form = QTextCharFormat()
    form.setFontFamilies([family])
    form.setFontWeight(base.weight())
    piece = QTextLayout.FormatRange()
    piece.start = start
    piece.length = end - start
    piece.format = form
    return piece
