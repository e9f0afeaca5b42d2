"""The table of cases: a Qt model over the list's ids, and the delegate that draws its rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from avrr_desktop.domain.stages import NOW
from avrr_desktop.services.lists import CaseRow
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.case.steps import stop_name
from avrr_desktop.ui.cases.model import CasesModel, share_left
from avrr_desktop.ui.components.base import (
    CENTRE,
    Strip,
    draw_box,
    draw_icon,
    draw_line,
    draw_text,
    isolate,
    ltr,
    text_width,
)
from avrr_desktop.ui.components.clock import clock_ink, draw_ring
from avrr_desktop.ui.components.rows import ROW, RowDelegate, chip_width
from avrr_desktop.ui.components.runs import draw_runs
from avrr_desktop.ui.tokens import Token

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROLES = (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Column(IntEnum):
    """Columns in their order."""

    NAME = 0
    STAGE = 1
    NEXT = 2
    DUE = 3
    OFFICER = 4


def next_words(code: str) -> str:
    """Say what is next in a case of the list."""
    translate = QCoreApplication.translate
    return {
        "first_contact": translate("Cases", "First call: nobody has noted a contact yet"),
        "complete_referral": translate("Cases", "Complete the referral"),
        "interview": translate("Cases", "Ask for consent, then hold the interview"),
        "enrol": translate("Cases", "Complete the enrolment"),
        "plan": translate("Cases", "Agree the plan and sign it"),
        "travel": translate("Cases", "Prepare the journey"),
        "ended": translate("Cases", "Ended early"),
    }[code]


def beside_name(row: CaseRow) -> str:
    """Return what stands lighter behind the name: the name in its own script, else how many people."""
    if row.people > 1:
        people = QCoreApplication.translate("Cases", "%n people", None, row.people)
        return f"{isolate(row.script_name)}  {people}" if row.script_name else people
    return row.script_name


class CaseTable(QAbstractTableModel):
    """Rows of the list, read by pages when they are drawn; `ROW` gives the `CaseRow`."""

    def __init__(self, cases: CasesModel, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._now = now

    def reload(self) -> None:
        """Show what the list holds now."""
        self.beginResetModel()
        self.endResetModel()

    def now(self) -> datetime:
        """Return the time the clocks are drawn for."""
        return self._now()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many cases the list has."""
        return 0 if parent.isValid() else len(self._cases.state.ids)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, or the words of one cell for those who hear the list."""
        at = index.row()
        if at < 0 or role not in _ROLES:
            return None
        row = self._cases.row(at)
        if role == ROW or row is None:
            return row
        return self._words(row, Column(index.column()))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name a column."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.NAME: self.tr("Name and number"),
            Column.STAGE: self.tr("Stage"),
            Column.NEXT: self.tr("Next step"),
            Column.DUE: self.tr("Due"),
            Column.OFFICER: self.tr("Officer"),
        }[Column(section)]

    def due_words(self, row: CaseRow) -> str:
        """Return "6 h 20 min left", a dash where no clock runs."""
        return wording.left_or_late(row.due_at, self._now()) if row.due_at else wording.NONE

    def _words(self, row: CaseRow, column: Column) -> str:
        match column:
            case Column.NAME:
                return ", ".join(words for words in (row.title, beside_name(row), row.number) if words)
            case Column.STAGE:
                return stop_name(NOW[row.stage])
            case Column.NEXT:
                return next_words(row.next_step)
            case Column.DUE:
                return self.due_words(row)
            case Column.OFFICER:
                return row.officer


class CaseDelegate(RowDelegate):
    """Draws the cells; in a window with large text one cell holds the whole row in two lines."""

    def paint_cell(self, painter: QPainter, strip: Strip, index: _Index, chosen: bool) -> None:
        """Draw one cell."""
        row, table = index.data(ROW), index.model()
        if not isinstance(row, CaseRow) or not isinstance(table, CaseTable):
            return
        if theme.current().roomy:
            self._paint_folded(painter, strip, row, table, chosen)
            return
        match Column(index.column()):
            case Column.NAME:
                top, low = self._lines(strip.rest())
                self.paint_title(painter, top, row.title, beside_name(row))
                draw_text(painter, low, ltr(row.number), "small", "text2")
            case Column.STAGE:
                self._paint_stage(painter, strip.lead(self._stage_width(row)), row, chosen)
            case Column.NEXT:
                draw_runs(painter, strip.rest(), next_words(row.next_step), "body", "text", rtl=theme.current().rtl)
            case Column.DUE:
                self._paint_due(painter, strip, row, table)
            case Column.OFFICER:
                self._paint_officer(painter, strip, row, chosen)

    def _paint_folded(self, painter: QPainter, strip: Strip, row: CaseRow, table: CaseTable, chosen: bool) -> None:
        t = theme.current()
        top, low = self._lines(strip.rest())
        head, foot = Strip(top, t.rtl), Strip(low, t.rtl)
        self._paint_stage(painter, head.trail(self._stage_width(row)), row, chosen)
        head.trail(t.space(12))
        self.paint_title(painter, head.rest(), row.title, beside_name(row))
        if row.due_at:
            width = text_width(table.due_words(row), "small_medium") + t.icon_px(16) + t.space(8) + 2
            self._paint_due(painter, Strip(foot.trail(width), t.rtl), row, table)
            foot.trail(t.space(12))
        draw_runs(painter, foot.rest(), next_words(row.next_step), "small", "text2", rtl=t.rtl)

    def _paint_due(self, painter: QPainter, strip: Strip, row: CaseRow, table: CaseTable) -> None:
        t = theme.current()
        left = share_left(row.received_at, row.due_at, table.now())
        if left is None:
            draw_text(painter, strip.rest(), wording.NONE, "small", "text3")
            return
        sign = strip.lead(t.icon_px(16))
        strip.lead(t.space(8))
        ink = clock_ink(left)
        if left < 0:
            draw_icon(painter, sign, "clock-alert", 16, ink)
        else:
            draw_ring(painter, sign, left, t.colour(ink), t.rtl)
        draw_text(painter, strip.rest(), table.due_words(row), "small_medium", ink)

    def _paint_officer(self, painter: QPainter, strip: Strip, row: CaseRow, chosen: bool) -> None:
        if not row.officer:
            draw_text(painter, strip.rest(), wording.NONE, "small", "text3")
            return
        t = theme.current()
        edge = t.height("avatar")
        area = strip.lead(edge)
        circle = QRect(area.left(), area.center().y() - edge // 2, edge, edge)
        line: Token | None = "text2" if t.high_contrast else None
        draw_box(painter, circle, edge // 2, "surface" if chosen else "sunken", line)
        draw_text(painter, circle, wording.initials(row.officer), "key", "text2", CENTRE)

    def _paint_stage(self, painter: QPainter, area: QRect, row: CaseRow, chosen: bool) -> None:
        self.paint_chip(painter, area, self._stage(row), "neutral", chosen)

    def _stage_width(self, row: CaseRow) -> int:
        return chip_width(self._stage(row))

    def _stage(self, row: CaseRow) -> str:
        if row.next_step == "ended":
            return QCoreApplication.translate("Cases", "Ended")
        return stop_name(NOW[row.stage])

    def _draw_focus(self, painter: QPainter, area: QRect, index: _Index) -> None:
        super()._draw_focus(painter, area, index)
        if theme.current().roomy:
            trailing = Strip(area, theme.current().rtl).trail(theme.current().ring())
            painter.fillRect(trailing, theme.current().colour("focus"))

    def _lines(self, area: QRect) -> tuple[QRect, QRect]:
        t = theme.current()
        middle = area.center().y()
        return (
            QRect(area.left(), middle - t.line("strong"), area.width(), t.line("strong")),
            QRect(area.left(), middle + 1, area.width(), t.line("small")),
        )


class CaseHead(QHeaderView):
    """The head of the table, painted so that its words stand on the edge of the rows' words."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        """Draw one section."""
        t = theme.current()
        painter.fillRect(rect, t.colour("sunken"))
        draw_line(painter, rect)
        strip = Strip(rect, t.rtl)
        strip.lead(t.space(16))
        words = self.model().headerData(at, Qt.Orientation.Horizontal)
        draw_text(painter, strip.rest(), str(words), "caption_strong", "text2")
