"""The screen of cases: search, working lists with counts, the table, and what stands where nothing is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.services import lists
from avrr_desktop.ui import shortcuts, theme, wording
from avrr_desktop.ui.cases.model import CasesModel, Reader, State
from avrr_desktop.ui.cases.nothing import Nothing
from avrr_desktop.ui.cases.search import SearchBox
from avrr_desktop.ui.cases.table import CaseDelegate, CaseHead, CaseTable, Column
from avrr_desktop.ui.components.base import Restyled, column, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Filter, Pills
from avrr_desktop.ui.components.header import PageHeader
from avrr_desktop.ui.components.keycap import Keycap
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.stack import Stack
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.shortcuts import Act

_MINUTE_MS = 60_000
NEW, SEARCH = "new", "search"
"""Pages that can be asked for: a new referral, the search box."""


class CaseList(Restyled, QTableView):
    """
    The table: rows of one height, arrows move, Enter opens, letters search.

    Signals:
        opened: (str) Id of the case whose row was opened.
        typed: (str) Letters typed on the list; they belong to the search.
        left_up: Up was pressed on the first row.
    """

    opened = Signal(str)
    typed = Signal(str)
    left_up = Signal()

    def __init__(self, cases: CasesModel, table: CaseTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self.setModel(table)
        self.setItemDelegate(CaseDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(CaseHead(self))
        self.setAccessibleName(self.tr("Cases"))
        self.clicked.connect(self._open)
        self.follow_theme()

    def restyle(self) -> None:
        """Set heights, head and columns."""
        t = theme.current()
        self.verticalHeader().setDefaultSectionSize(t.height("row_today" if t.roomy else "row"))
        head = self.horizontalHeader()
        head.setFixedHeight(t.height("head"))
        head.setVisible(not t.roomy)
        for at in Column:
            self.setColumnHidden(at, t.roomy and at is not Column.NAME)
        self._fit_columns()

    def chosen_case(self) -> str:
        """Give the id of the current row, "" for none."""
        at = self.currentIndex().row()
        return self._cases.state.ids[at] if 0 <= at < len(self._cases.state.ids) else ""

    def choose_row(self, at: int) -> None:
        """Put the mark on row *at*, as far as there is one."""
        if self._cases.state.ids:
            last = len(self._cases.state.ids) - 1
            self.setCurrentIndex(self.model().index(min(max(at, 0), last), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, search with letters, leave upwards."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        t = theme.current()
        width = self.viewport().width()
        if t.roomy:
            self.setColumnWidth(Column.NAME, width)
            return
        fixed = {Column.STAGE: t.em(9.6), Column.DUE: t.em(12.6), Column.OFFICER: t.em(5)}
        spare = width - sum(fixed.values())
        for at, wide in fixed.items():
            self.setColumnWidth(at, wide)
        self.setColumnWidth(Column.NAME, spare * 9 // 20)
        self.setColumnWidth(Column.NEXT, spare - spare * 9 // 20)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._cases.state.ids[index.row()])


class CasesScreen(Screen):
    """
    Cases and, as a page of it, the new referral.

    Attributes:
        list: The table.
        search: The search box.
        pills: The working lists.
        nothing: What stands where the list is empty.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.model = CasesModel(
            Reader(
                lambda pill, query: lists.case_ids(room.desk, room.actor, pill, query),
                lambda ids: lists.case_rows(room.desk, room.actor, ids),
                lambda: lists.case_counts(room.desk, room.actor),
                lambda query: lists.similar_to(room.desk, room.actor, query),
            )
        )
        self._begins_in_search = False
        self._table = CaseTable(self.model, self._now, self)
        self._stack = Stack(self)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self._stack)
        self._stack.addWidget(self._make_page())
        self._ticking = QTimer(self)
        self._ticking.setInterval(_MINUTE_MS)
        self._ticking.timeout.connect(self.list.viewport().update)
        shortcuts.bind(Act.SEARCH, self, self._go_search, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcuts.bind(Act.NEW, self, self._begin_referral, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcuts.bind(Act.REFRESH, self, self.refresh, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show the list anew, the search box, or a new referral."""
        super().open(case, page)
        self._begins_in_search = page == SEARCH
        self._ticking.start()
        self.refresh()
        if page == NEW:
            self._begin_referral()
        else:
            self._stack.setCurrentIndex(0)

    def hear(self, changes: Changes) -> None:
        """Read the list again."""
        if changes.cases:
            self.refresh()

    def leave(self) -> None:
        """Stop the minute."""
        self._ticking.stop()

    def primary(self) -> None:
        """Open the case written, or begin a referral."""
        page = self._stack.currentWidget()
        if self._stack.currentIndex() > 0 and isinstance(page, Screen):
            page.primary()
        else:
            self._begin_referral()

    def first_focus(self) -> None:
        """Begin in the list, or where something is asked."""
        page = self._stack.currentWidget()
        if self._stack.currentIndex() > 0 and isinstance(page, Screen):
            page.first_focus()
        elif self._begins_in_search:
            self._go_search()
        elif self.model.state.ids:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.nothing.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the list again; the mark stays on its case."""
        held, at = self.list.chosen_case(), self.list.currentIndex().row()

        def read() -> State:
            self.model.refresh()
            return self.model.state

        if self.room.read(read) is not None:
            self._draw(held, at)

    def restyle(self) -> None:
        """Set the edges."""
        t = theme.current()
        self._outer.setContentsMargins(t.edge("page_x"), t.edge("page_y"), t.edge("page_x"), t.space(12))
        self._page.setSpacing(t.space(12))
        self.new.set_key("" if t.roomy else shortcuts.cap(Act.NEW))

    def _make_page(self) -> QWidget:
        page = QWidget(self)
        self._page = column(page, 12)
        self.search = SearchBox()
        self.new = Button(self.tr("New referral"), "primary", icon="plus", key=shortcuts.cap(Act.NEW))
        self.new.clicked.connect(self._begin_referral)
        self.new.setEnabled(self.room.is_writable)
        self.room.writable.connect(self.new.setEnabled)
        self._page.addWidget(PageHeader(self.tr("Cases"), actions=(self.search, self.new)))
        self.pills = Pills(self.tr("Working lists"), self._filters(State()))
        self.pills.set_value("open")
        self.pills.chosen.connect(self._choose)
        self._page.addWidget(self.pills)
        self.list = CaseList(self.model, self._table)
        self.nothing = Nothing()
        self._body = Stack()
        card = Card(flush=True)
        card.body.addWidget(self.list)
        self._body.addWidget(card)
        self._body.addWidget(self.nothing)
        self._page.addWidget(self._body, 1)
        self._page.addLayout(self._make_foot())
        self.search.searched.connect(self._search)
        self.search.entered.connect(lambda: self._open_at(0))
        self.search.down.connect(self._go_list)
        self.list.opened.connect(self._open_case)
        self.list.typed.connect(self._type_on)
        self.list.left_up.connect(self._go_search)
        self.nothing.opened.connect(self._open_case)
        self.nothing.acted.connect(self._begin_referral)
        return page

    def _make_foot(self) -> QVBoxLayout:
        foot = column(None, 0)
        line = row(None, 8)
        self.foot = Label("", "small", "text2")
        line.addWidget(self.foot)
        line.addStretch(1)
        for key, words in (("\u2191\u2193", self.tr("move")), ("Enter", self.tr("open"))):
            line.addWidget(Keycap(key))
            line.addWidget(Label(words, "small", "text2"))
        foot.addLayout(line)
        return foot

    def _draw(self, held: str, at: int) -> None:
        state = self.model.state
        self._table.reload()
        self.pills.set_filters(self._filters(state))
        self.list.choose_row(self.model.position(held) if held in state.ids else max(at, 0))
        self._body.setCurrentIndex(0 if state.ids else 1)
        if not state.ids:
            self.nothing.show_state(state)
        self.foot.setText(self._foot_words(state))

    def _filters(self, state: State) -> tuple[Filter, ...]:
        count = state.counts.get
        clock = count("clock")
        return (
            Filter("open", self.tr("All open"), count("open")),
            Filter("mine", self.tr("Mine"), count("mine")),
            Filter("clock", self.tr("24-hour clock"), clock, "warn" if clock else "neutral"),
            Filter("ended", self.tr("Ended"), count("ended")),
        )

    def _foot_words(self, state: State) -> str:
        number = len(state.ids)
        if state.query:
            return self.tr("{count} found").format(count=wording.number(number))
        return self.tr("{count} in this list, soonest first").format(count=wording.number(number))

    def _choose(self, pill: str) -> None:
        self._ask(lambda: self.model.choose(pill))

    def _search(self, query: str) -> None:
        self._ask(lambda: self.model.search(query))

    def _ask(self, verb: Callable[[], None]) -> None:
        def tell() -> State:
            verb()
            return self.model.state

        if self.room.read(tell) is not None:
            self._draw("", 0)

    def _type_on(self, letters: str) -> None:
        self.search.line_edit.setText(self.search.text() + letters)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search(self.search.text())

    def _go_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.line_edit.selectAll()

    def _go_list(self) -> None:
        if self.model.state.ids:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_at(self, at: int) -> None:
        if at < len(self.model.state.ids):
            self._open_case(self.model.state.ids[at])

    def _open_case(self, case: str) -> None:
        self.room.go("case", case)

    def _begin_referral(self) -> None:
        if not self.room.may_begin():
            return
        from avrr_desktop.ui.referral.view import ReferralPage  # loaded with the first referral, not with the list

        self._drop_referral()
        page = ReferralPage(self.room, self)
        page.closed.connect(self._end_referral)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.first_focus()

    def _drop_referral(self) -> None:
        old = self._stack.widget(1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def _end_referral(self) -> None:
        self._drop_referral()
        self._stack.setCurrentIndex(0)
        self.first_focus()

    def _now(self) -> datetime:
        return self.room.desk.clock()
