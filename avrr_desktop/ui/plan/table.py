"""The table of the nine categories: rows that stay where they are, and the one line being edited in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from avrr_desktop.domain.money import Money
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.services.planning import LineView
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.base import Restyled, draw_box, ltr
from avrr_desktop.ui.components.scroll import clear
from avrr_desktop.ui.plan import words
from avrr_desktop.ui.plan.editor import LineEditor
from avrr_desktop.ui.plan.model import State
from avrr_desktop.ui.plan.rows import CategoryRow, HeadRow, LineRow, Shown


class PlanTable(Restyled, QFrame):
    """
    Rows of the plan. It opens nothing by itself: the page answers the signals.

    Attributes:
        editor: The line being edited, None while there is none.

    Signals:
        opened(str): A line is to be edited.
        added(str): A line is to be added to this category.
        removed(str): A line is to be removed.
    """

    opened = Signal(str)
    added = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor: LineEditor | None = None
        self.heads: dict[Category, CategoryRow] = {}
        self.rows: dict[str, LineRow] = {}
        self._names: HeadRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self.follow_theme()

    def restyle(self) -> None:
        """Leave room below the last line for the round corners."""
        t = theme.current()
        self._column.setContentsMargins(t.space(1), t.space(1), t.space(1), t.space(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), theme.current().radius("card"), "surface", "line")

    def show_state(self, state: State) -> None:
        """Show *state*; rows that stay are the same widgets, so that focus and a pressed mouse are not lost."""
        clear(self._column)
        if self._names is None:
            self._names = HeadRow(state.plan.currency, self)
        self._column.addWidget(self._names)
        for group in state.groups:
            head = self.heads.get(group.category)
            if head is None:
                head = self.heads[group.category] = CategoryRow(group, state.can_write, self)
                head.add.clicked.connect(lambda _=False, c=group.category: self.added.emit(c.value))
            head.set_group(group, state.can_write)
            self._column.addWidget(head)
            for view in group.lines:
                self._add_line(view, group.category, state)
            if self.editor and self.editor.line is None and self.editor.category is group.category:
                self._column.addWidget(self.editor)
        self._drop_gone({view.id for view in state.plan.lines})

    def begin(self, editor: LineEditor, state: State) -> None:
        """Put *editor* into its place."""
        self.editor = editor
        editor.setParent(self)
        self.show_state(state)
        editor.show()

    def end(self, state: State) -> None:
        """Take the editor away."""
        if self.editor:
            gone, self.editor = self.editor, None
            gone.hide()
            gone.deleteLater()
        self.show_state(state)

    def focus_line(self, line: str | None, category: Category | None = None) -> None:
        """Put the focus on a line, or on the link of *category*."""
        widget: QWidget | None = self.rows.get(line or "")
        if widget is None and category is not None:
            widget = self.heads[category].add
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the focus on the first line, else on the first link; a plan this officer may not read has neither."""
        head = next(iter(self.heads.values()), None)
        first = next(iter(self.rows.values()), None) or (head.add if head else None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_line(self, view: LineView, category: Category, state: State) -> None:
        shown = shown_of(view, state)
        row = self.rows.get(view.id)
        if row is None:
            row = self.rows[view.id] = LineRow(view.id, category, shown, state.can_write, self)
            row.clicked.connect(lambda _=False, line=view.id: self.opened.emit(line))
            row.removed.connect(lambda line=view.id: self.removed.emit(line))
            row.added.connect(lambda c=category: self.added.emit(c.value))
            row.moved.connect(lambda step, line=view.id: self._move(line, step))
        row.set_shown(shown, state.can_write)
        self._column.addWidget(row)
        if self.editor and self.editor.line == view.id:
            row.hide()
            self._column.addWidget(self.editor)
        else:
            row.show()

    def _drop_gone(self, kept: set[str]) -> None:
        for line in [one for one in self.rows if one not in kept]:
            row = self.rows.pop(line)
            row.hide()
            row.deleteLater()

    def _move(self, line: str, step: int) -> None:
        items = [self._column.itemAt(at) for at in range(self._column.count())]
        shown = [item.widget() for item in items if item is not None]
        lines = [row for row in shown if isinstance(row, LineRow) and not row.isHidden()]
        at = next(n for n, row in enumerate(lines) if row.line == line) + step
        if 0 <= at < len(lines):
            lines[at].setFocus(Qt.FocusReason.TabFocusReason)


def shown_of(view: LineView, state: State) -> Shown:
    """Write a line as its row shows it."""
    line, plan = view.line, state.plan
    currency = line.currency or plan.currency
    foreign = currency != plan.currency
    price = Money(currency, line.unit_price_minor or 0)
    return Shown(
        line.description or "",
        words.for_whom(state.name_of(line.beneficiary)),
        str(line.quantity if line.quantity is not None else 1),
        ltr(wording.money(price) if foreign else wording.amount(price)),
        ltr(wording.amount(view.amount)),
        words.needed_by(line.needed_by) if line.needed_by else "",
    )
