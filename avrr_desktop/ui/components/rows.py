"""
Rows of lists: two lines, scripts per run, chosen mark, focus drawn inset.

A model gives each row as a :class:`Row` under :data:`ROW`; a screen with columns overrides
:meth:`RowDelegate.paint_cell`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Strip, draw_box, draw_icon, draw_line, draw_text, text_width
from avrr_desktop.ui.components.chip import INKS, SIGNS, Tone
from avrr_desktop.ui.components.clock import clock_ink, draw_ring
from avrr_desktop.ui.components.runs import draw_runs
from avrr_desktop.ui.tokens import Token

ROW = Qt.ItemDataRole.UserRole + 1
"""Item role of the :class:`Row`. DisplayRole should give ``Row.spoken()`` for those who hear the list."""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row.

    Attributes:
        title: First line; a verb where the row is a task.
        beside: Lighter words behind the title (the name in its own script, "4 people").
        below: Second line.
        icon: Icon in a tinted square before the words; empty: none.
        chip: Words of a chip at the end.
        end: Words at the end ("6 h 20 min left").
        tone: Colour of icon, chip and end.
        left: Share of a clock that is left (below 0: late); None: no ring before *end*.
        key: Keycap shown at the end of the chosen row.
    """

    title: str
    beside: str = ""
    below: str = ""
    icon: str = ""
    chip: str = ""
    end: str = ""
    tone: Tone = "neutral"
    left: float | None = None
    key: str = ""

    def spoken(self) -> str:
        """Give the words of the whole row."""
        return ", ".join(words for words in (self.title, self.beside, self.below, self.chip, self.end) if words)


class RowDelegate(QStyledItemDelegate):
    """Draws rows of one height, named in `tokens.HEIGHTS` (``row``, ``row_one``, ``row_today``)."""

    def __init__(self, view: QAbstractItemView, height: str = "row") -> None:
        super().__init__(view)
        self._view = view
        self._height = height

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give the fixed height: it comes from the role, never from a script's own line height."""
        return QSize(theme.current().em(10), theme.current().height(self._height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw ground, mark, hairline and focus, then the cell."""
        t = theme.current()
        area = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.fillRect(area, t.colour("tint" if chosen else "hover" if over else "surface"))
        draw_line(painter, area)
        strip = Strip(area, t.rtl)
        if chosen and index.column() == 0:
            painter.fillRect(Strip(area, t.rtl).lead(t.space(4)), t.colour("accent"))
        strip.lead(t.space(16))
        strip.trail(t.space(16))
        self.paint_cell(painter, strip, index, chosen)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            self._draw_focus(painter, area, index)
        painter.restore()

    def paint_cell(
        self, painter: QPainter, strip: Strip, index: QModelIndex | QPersistentModelIndex, chosen: bool
    ) -> None:
        """Draw what the row says; override for tables with columns."""
        line = index.data(ROW)
        if isinstance(line, Row):
            self._paint_row(painter, strip, line, chosen)

    def _paint_row(self, painter: QPainter, strip: Strip, line: Row, chosen: bool) -> None:
        t = theme.current()
        ink, ground = INKS[line.tone]
        if line.icon:
            self._paint_icon(painter, strip, line.icon, ink, "surface" if chosen else ground)
        self._paint_end(painter, strip, line, chosen)
        area = strip.rest()
        if not line.below:
            self.paint_title(painter, area, line.title, line.beside)
            return
        top = QRect(area.left(), area.center().y() - t.line("strong"), area.width(), t.line("strong"))
        low = QRect(area.left(), area.center().y(), area.width(), t.line("small"))
        self.paint_title(painter, top, line.title, line.beside)
        draw_runs(painter, low, line.below, "small", "text2", rtl=t.rtl)

    def paint_title(self, painter: QPainter, area: QRect, title: str, beside: str = "") -> None:
        """Draw the first line with lighter words behind it."""
        t = theme.current()
        strip = Strip(area, t.rtl)
        strip.lead(draw_runs(painter, area, title, "strong", "text", rtl=t.rtl) + t.space(8))
        if beside and strip.rest().width() > t.em(2):
            draw_runs(painter, strip.rest(), beside, "small", "text2", rtl=t.rtl)

    def paint_chip(self, painter: QPainter, area: QRect, text: str, tone: Tone, chosen: bool) -> None:
        """Draw a chip in *area* (as wide as :func:`chip_width`); on a chosen row its ground is white."""
        t = theme.current()
        ink, ground = INKS[tone]
        box = QRect(area.left(), area.center().y() - t.height("chip") // 2, area.width(), t.height("chip"))
        draw_box(painter, box, t.radius("chip"), "surface" if chosen else ground, ink if t.high_contrast else None)
        strip = Strip(box, t.rtl)
        strip.lead(t.space(8))
        draw_text(painter, strip.rest(), text, "small_medium", ink)

    def _paint_icon(self, painter: QPainter, strip: Strip, icon: str, ink: Token, ground: Token) -> None:
        t = theme.current()
        edge = t.height("button")
        area = strip.lead(edge)
        box = QRect(area.left(), area.center().y() - edge // 2, edge, edge)
        draw_box(painter, box, t.radius("button"), ground, ink if t.high_contrast else None)
        draw_icon(painter, box, icon, 18, ink if ink != "text2" else "on_tint")
        strip.lead(t.space(12))

    def _paint_end(self, painter: QPainter, strip: Strip, line: Row, chosen: bool) -> None:
        t = theme.current()
        if line.end:
            ink: Token = INKS[line.tone][0] if line.left is None else clock_ink(line.left)
            draw_text(painter, strip.trail(text_width(line.end, "small_medium") + 2), line.end, "small_medium", ink)
            strip.trail(t.space(8))
            sign = strip.trail(t.icon_px(16))
            if line.left is not None and line.left >= 0:
                draw_ring(painter, sign, line.left, t.colour(ink), t.rtl)
            else:
                late = line.left is not None or line.tone == "bad"
                draw_icon(painter, sign, "clock-alert" if late else SIGNS.get(line.tone, "clock"), 16, ink)
            strip.trail(t.space(16))
        if line.chip:
            self.paint_chip(painter, strip.trail(chip_width(line.chip)), line.chip, line.tone, chosen)
            strip.trail(t.space(12))

    def _draw_focus(self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the ring inside the row, across all its cells, so that neighbours do not move."""
        t = theme.current()
        width = t.ring()
        colour = t.colour("focus")
        painter.fillRect(QRect(area.left(), area.top(), area.width(), width), colour)
        painter.fillRect(QRect(area.left(), area.bottom() - width + 1, area.width(), width), colour)
        model = index.model()
        last = model.columnCount() - 1 if model is not None else 0
        if index.column() == 0:
            painter.fillRect(Strip(area, t.rtl).lead(width), colour)
        if index.column() == last:
            painter.fillRect(Strip(area, t.rtl).trail(width), colour)


def chip_width(text: str) -> int:
    """Measure the chip of *text* in a row."""
    return text_width(text, "small_medium") + 2 * theme.current().space(8)
