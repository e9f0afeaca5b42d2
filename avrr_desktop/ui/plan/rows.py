"""The painted rows of the plan's table: its head, the categories, the lines. One widget a row, as they are few."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from avrr_desktop.domain.reintegration import Category
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.base import Restyled, Strip, draw_box, draw_icon, draw_line, draw_text, is_rtl, isolate
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.runs import draw_runs
from avrr_desktop.ui.plan import words
from avrr_desktop.ui.plan.model import Group
from avrr_desktop.ui.tokens import Role, Token

SUM = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
"""Sums stand on the right in both directions, so that decimals stand under each other."""


WHOM, QUANTITY, PRICE, TOTAL = 8.0, 4.2, 8.2, 5.5
"""Widths of the columns in em; the words take what is left."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the columns of a row stand: words, for whom, quantity, price each, sum."""

    words: QRect
    whom: QRect
    quantity: QRect
    price: QRect
    total: QRect


def cells(rect: QRect, rtl: bool, indent: bool = True) -> Cells:
    """Cut a row into its columns; the words take what is left."""
    t = theme.current()
    strip = Strip(rect, rtl)
    strip.lead(t.space(16))
    strip.trail(t.space(16))
    if indent:
        strip.lead(t.icon_px(18) + t.space(12))
    total = strip.trail(t.em(TOTAL))
    strip.trail(t.space(12))
    price = strip.trail(t.em(PRICE))
    strip.trail(t.space(12))
    quantity = strip.trail(t.em(QUANTITY))
    strip.trail(t.space(12))
    whom = strip.trail(t.em(WHOM))
    strip.trail(t.space(12))
    return Cells(strip.rest(), whom, quantity, price, total)


class HeadRow(Restyled, QWidget):
    """The names of the columns."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self.follow_theme()

    def restyle(self) -> None:
        """Take the height of a head; at a large text the columns are gone, and so is the head."""
        t = theme.current()
        self.setFixedHeight(t.height("head"))
        self.setVisible(not t.roomy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and names."""
        names = (
            (self.tr("Category and line"), self.tr("For"), self.tr("Quantity"), self.tr("Price each")),
            self._currency,
        )
        where = cells(self.rect(), is_rtl(self), indent=False)
        with QPainter(self) as painter:
            # The upper corners are those of the sheet.
            draw_box(painter, self.rect(), theme.current().radius("card"), "sunken")
            painter.fillRect(self.rect().adjusted(0, self.height() // 2, 0, 0), theme.current().colour("sunken"))
            draw_line(painter, self.rect())
            draw_text(painter, where.words, names[0][0], "caption_strong", "text2")
            draw_text(painter, where.whom, names[0][1], "caption_strong", "text2")
            draw_text(painter, where.quantity, names[0][2], "caption_strong", "text2", SUM)
            draw_text(painter, where.price, names[0][3], "caption_strong", "text2", SUM)
            draw_text(painter, where.total, names[1], "caption_strong", "text2", SUM)


class CategoryRow(Restyled, QWidget):
    """
    A category with its icon, the link that adds a line, and its sum.

    Attributes:
        add: The link.
    """

    def __init__(self, group: Group, can_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = group
        name = words.category(group.category)
        self.add = Button(self.tr("Add a line"), "link")
        self.add.setAccessibleName(self.tr("Add a line to {category}").format(category=name))
        self._line = QHBoxLayout(self)
        self._line.addStretch(1)
        self._line.addWidget(self.add)
        self.set_group(group, can_write)
        self.follow_theme()

    def set_group(self, group: Group, can_write: bool) -> None:
        """Show other sums."""
        self._group = group
        self.add.setVisible(can_write)
        name = words.category(group.category)
        spoken = self.tr("{category}, {amount}").format(category=name, amount=self._sum())
        self.setAccessibleName(spoken if group.total else name)
        self.restyle()
        self.update()

    def restyle(self) -> None:
        """Keep the link before the sum; without lines it stands in the sum's place."""
        t = theme.current()
        after = t.space(16) + (t.em(TOTAL) + t.space(12) if self._group.total else 0)
        left, right = (after, 0) if t.rtl else (0, after)
        self._line.setContentsMargins(left, 0, right, 0)
        self.setFixedHeight(t.height("row_one"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, name and sum."""
        t = theme.current()
        strip = Strip(self.rect(), is_rtl(self))
        strip.lead(t.space(16))
        strip.trail(t.space(16))
        has_lines = self._group.total is not None
        with QPainter(self) as painter:
            draw_line(painter, self.rect())
            sign = strip.lead(t.icon_px(18))
            draw_icon(painter, sign, words.ICONS[self._group.category], 18, "text2")
            strip.lead(t.space(12))
            role: Role = "strong" if has_lines else "body"
            ink: Token = "text" if has_lines else "text2"
            if has_lines:
                draw_text(painter, strip.trail(t.em(TOTAL)), self._sum(), "strong", "text", SUM)
            draw_text(painter, strip.rest(), words.category(self._group.category), role, ink)

    def _sum(self) -> str:
        return wording.amount(self._group.total) if self._group.total else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of one line."""

    words: str
    whom: str
    quantity: str
    price: str
    total: str
    note: str = ""


class LineRow(Restyled, QAbstractButton):
    """
    A line of the plan; Enter opens it in place.

    Signals:
        moved(int): Up (-1) or Down (1) was pressed.
        removed: Delete was pressed.
        added: Insert was pressed.
    """

    moved = Signal(int)
    removed = Signal()
    added = Signal()

    def __init__(self, line: str, category: Category, shown: Shown, can_write: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self.category = category
        self._shown = shown
        self._can_write = can_write
        self.ring_radius = theme.current().radius("chip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_shown(shown, can_write)
        self.follow_theme()

    def set_shown(self, shown: Shown, can_write: bool) -> None:
        """Show other words."""
        self._shown = shown
        self._can_write = can_write
        self.setToolTip(isolate(shown.words))
        parts = (shown.words, shown.whom, shown.quantity, shown.price, shown.total, shown.note)
        self.setAccessibleName(self.tr(", ", "between parts of a line").join(part for part in parts if part))
        self.restyle()
        self.update()

    def restyle(self) -> None:
        """Take one line of text, two where the text is large or there is a note."""
        self.setFixedHeight(theme.current().height(self._height()))

    def sizeHint(self) -> QSize:
        """Take the row's height."""
        return QSize(theme.current().em(20), theme.current().height(self._height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete removes, Insert adds, arrows move."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and not event.modifiers():
            self.click()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete and self._can_write:
            self.removed.emit()
        elif key == Qt.Key.Key_Insert and self._can_write:
            self.added.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        t = theme.current()
        with QPainter(self) as painter:
            if self.underMouse() and self._can_write:
                painter.fillRect(self.rect(), t.colour("hover"))
            draw_line(painter, self.rect())
            if t.roomy:
                self._paint_stacked(painter)
            else:
                self._paint_columns(painter)

    def _height(self) -> str:
        return "row" if theme.current().roomy or self._shown.note else "row_one"

    def _paint_columns(self, painter: QPainter) -> None:
        t, shown = theme.current(), self._shown
        where = cells(self.rect(), is_rtl(self))
        area = where.words
        if shown.note:
            half = area.height() // 2
            low = QRect(area.left(), area.top() + half - 1, area.width() + where.whom.width(), t.line("small"))
            if t.rtl:
                low.setLeft(where.whom.left())
                low.setRight(area.right())
            draw_runs(painter, low, shown.note, "small", "text3", rtl=t.rtl)
            top = QRect(0, area.top() + t.space(6), 0, t.line("body"))
            area = QRect(area.left(), top.top(), area.width(), top.height())
            where = cells(QRect(0, top.top(), self.width(), top.height()), is_rtl(self))
        draw_runs(painter, area, shown.words, "body", "text", rtl=t.rtl)
        draw_runs(painter, where.whom, shown.whom, "small", "text2", rtl=t.rtl)
        draw_text(painter, where.quantity, shown.quantity, "small", "text2", SUM)
        draw_text(painter, where.price, shown.price, "small", "text2", SUM)
        draw_text(painter, where.total, shown.total, "body", "text", SUM)

    def _paint_stacked(self, painter: QPainter) -> None:
        t, shown = theme.current(), self._shown
        strip = Strip(self.rect(), is_rtl(self))
        strip.lead(t.space(16))
        strip.trail(t.space(16))
        area = strip.rest()
        top = QRect(area.left(), area.center().y() - t.line("body"), area.width(), t.line("body"))
        low = QRect(area.left(), area.center().y(), area.width(), t.line("small"))
        line = Strip(top, is_rtl(self))
        draw_text(painter, line.trail(t.em(TOTAL)), shown.total, "body", "text", SUM)
        draw_runs(painter, line.rest(), shown.words, "body", "text", rtl=t.rtl)
        below = self.tr("{whom} · {quantity} × {price}", "for whom, how many, price each")
        text = below.format(whom=shown.whom, quantity=shown.quantity, price=shown.price)
        draw_runs(painter, low, text, "small", "text2", rtl=t.rtl)
