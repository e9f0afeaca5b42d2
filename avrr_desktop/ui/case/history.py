"""The page History: every change by field, newest first, with who, when and in which section; a filter by words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.services.history import Change, changes_of
from avrr_desktop.services.people import people
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.labels import field_label, kind_label
from avrr_desktop.ui.case.model import HistoryRow, history_rows, names_of
from avrr_desktop.ui.components.base import column, isolate
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.empty import Empty
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.rows import ROW, Row, RowDelegate
from avrr_desktop.ui.room import Room, touches
from avrr_desktop.ui.screen import Screen

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class HistoryList(QAbstractListModel):
    """Lines of the history; `ROW` gives a `Row`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[HistoryRow, ...] = ()

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        """Show *rows*."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line to draw, or its words."""
        if not index.isValid():
            return None
        line = self.rows[index.row()]
        row = Row(line.title, below=line.below)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.title
        return row.spoken() if role == Qt.ItemDataRole.DisplayRole else None


class HistoryPage(Screen):
    """
    What happened to the case.

    Attributes:
        filter: Words that must stand in a line.
        list: The lines.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._all: tuple[HistoryRow, ...] = ()
        self.filter = Field(self.tr("Filter by words"), icon="search", show_label=False)
        self.filter.editor.setPlaceholderText(self.tr("Field, value, officer or section"))
        self.filter.edited.connect(lambda _text: self._show())
        self.rows = HistoryList(self)
        self.list = QListView()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("History"))
        card = Card(flush=True)
        card.body.addWidget(self.list)
        self.empty = Empty(self.tr("No change has these words."), icon="history")
        self._body = QStackedWidget()
        self._body.addWidget(card)
        self._body.addWidget(self.empty)
        self.foot = Label("", "small", "text2")
        self._column: QVBoxLayout = column(self, 8)
        for part in (self.filter, self._body, self.foot):
            self._column.addWidget(part, 1 if part is self._body else 0)
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Read the history of *case*."""
        if case != self.case:
            self.filter.set_value("")
        super().open(case, page)
        self._read()

    def hear(self, changes: Changes) -> None:
        """Read again what was touched."""
        if self.case and touches(changes, self.case):
            self._read()

    def first_focus(self) -> None:
        """Begin in the filter."""
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        """Set spacing."""
        self._column.setSpacing(theme.current().space(8))

    def _read(self) -> None:
        room = self.room
        changes = room.read(lambda: changes_of(room.desk, room.actor, self.case))
        known = room.read(lambda: people(room.desk, room.actor, self.case))
        if changes is None or known is None:
            return
        names, zone = names_of(room.desk, known), room.desk.zone
        self._all = history_rows(changes, lambda change: self._describe(change, names, zone))
        self._show()

    def _show(self) -> None:
        shown = [line for line in self._all if line.matches(self.filter.value())]
        self.rows.show_rows(shown)
        self._body.setCurrentIndex(0 if shown else 1)
        self.foot.setText(self.tr("{count} changes").format(count=wording.number(len(shown))))

    def _describe(self, change: Change, names: Mapping[str, str], zone: str) -> HistoryRow:
        whose = names.get(change.entity)
        kind = isolate(whose) if whose else kind_label(change.kind)
        title = self.tr("{record} \u00b7 {field}: {before} \u2192 {after}").format(
            record=kind,
            field=field_label(change.kind, change.field),
            before=words.value_words(change.kind, change.field, change.before, names, zone),
            after=words.value_words(change.kind, change.field, change.after, names, zone),
        )
        below = self.tr("{when} \u00b7 {who} \u00b7 {section}").format(
            when=wording.day_time(change.at, zone),
            who=isolate(change.officer),
            section=words.word("section", change.section),
        )
        return HistoryRow(title, below)
