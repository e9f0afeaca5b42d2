"""A line of the plan being edited in its place: fields at the edges of the columns, the sum while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from avrr_desktop.domain.reintegration import Category
from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_line, draw_mark, is_rtl
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.entry import Box, ComboEntry, LineEntry
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.plan.rows import PRICE, QUANTITY, TOTAL, WHOM
from avrr_desktop.ui.plan.typed import Typed

FIELDS = ("description", "beneficiary", "quantity", "price", "needed_by", "currency", "rate", "rate_source")
_SUMS = ("quantity", "price", "rate")
_AMOUNT: dict[str, str] = {"unit_price_minor": "price"}


class Cell(Box):
    """
    A field without label inside a row; its name is spoken.

    Attributes:
        editor: The editor inside.
    """

    def __init__(self, name: str, kind: str, options: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._refused = False
        self.editor: LineEntry | ComboEntry
        if kind == "combo":
            self.editor = ComboEntry(self)
            for value, text in options:
                self.editor.addItem(text, value)
        else:
            self.editor = LineEntry(self, latin=kind != "text", sum_=kind == "sum")
        self.editor.setAccessibleName(name)
        self.editor.setToolTip(name)
        self.line.addWidget(self.editor, 1)
        self.setFocusProxy(self.editor)
        self.restyle()

    def set_wrong(self, wrong: bool) -> None:
        """Show the red outline of an error."""
        self._refused = wrong
        super().set_wrong(wrong)

    def is_wrong(self) -> bool:
        """Tell whether an error is shown here."""
        return self._refused

    def value(self) -> str:
        """Return the text, or the value of the chosen row."""
        if isinstance(self.editor, ComboEntry):
            return str(self.editor.currentData() or "")
        return self.editor.text()

    def set_value(self, value: str) -> None:
        """Show *value*."""
        if isinstance(self.editor, ComboEntry):
            self.editor.setCurrentIndex(max(self.editor.findData(value), 0))
        else:
            self.editor.setText(value)

    def restyle(self) -> None:
        """Keep less air than a field of a form."""
        super().restyle()
        t = theme.current()
        self.line.setContentsMargins(t.space(8), 0, t.space(8), 0)
        self.setMinimumHeight(t.height("button") - t.space(4))
        if hasattr(self, "editor"):
            self.editor.restyle()


class LineEditor(Restyled, QWidget):
    """
    One line as fields. It decides nothing: the page reads, weighs and writes.

    Attributes:
        category: Of the line.
        line: Its id, None until it was written once.
        original: What stood here when it was opened; None for a new line.

    Signals:
        edited: A field changed while typing.
        left: A field was left.
        entered: Enter: this line is done, on to the next.
        escaped: Esc: back to what it was.
        gone: The focus left the line.
        removed: "Remove" was pressed.
    """

    edited = Signal()
    left = Signal()
    entered = Signal()
    escaped = Signal()
    gone = Signal()
    removed = Signal()

    def __init__(
        self,
        category: Category,
        line: str | None,
        typed: Typed,
        people: Sequence[tuple[str, str]],
        plan_currency: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.category = category
        self.line = line
        self.original: Typed | None = typed if line else None
        self._plan_currency = plan_currency
        names = {
            "description": self.tr("What it is for"),
            "beneficiary": self.tr("For whom"),
            "quantity": self.tr("Quantity"),
            "price": self.tr("Price each"),
            "needed_by": self.tr("Needed by, day month year"),
            "currency": self.tr("Currency"),
            "rate": self.tr("Rate"),
            "rate_source": self.tr("Source of the rate"),
        }
        self.cells = {
            name: Cell(names[name], self._kind(name), people if name == "beneficiary" else ()) for name in FIELDS
        }
        self._total = Label("", "strong", sum_=True)
        self._error = Sign("", "bad", "circle-alert")
        self._error.hide()
        self._labels = {
            "needed_by": Label(self.tr("Needed by"), "small", "text2"),
            "currency": Label(self.tr("Currency"), "small", "text2"),
            "rate": Label("", "small", "text2"),
            "rate_source": Label(self.tr("Source"), "small", "text2"),
        }
        self.remove = Button(self.tr("Remove"), "link")
        self.remove.setVisible(line is not None)
        self.remove.clicked.connect(self.removed)
        self._all = QVBoxLayout(self)
        self._grid = QGridLayout()
        self._more = QGridLayout()
        self._all.addLayout(self._grid)
        self._all.addWidget(self._error)
        self._all.addLayout(self._more)
        self._place()
        self.set_typed(typed)
        for cell in self.cells.values():
            self._follow(cell)
        # Between two of its own fields the focus never leaves the line.
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.setFocusProxy(self.cells["description"])
        self.follow_theme()

    def typed(self) -> Typed:
        """Return what stands in the fields."""
        return Typed(**{name: cell.value() for name, cell in self.cells.items()})

    def set_typed(self, typed: Typed) -> None:
        """Show *typed*."""
        for name, cell in self.cells.items():
            cell.set_value(getattr(typed, name))
        self._show_rate()

    def set_total(self, words: str, *, over: bool) -> None:
        """Show the sum of the line while it is typed."""
        self._total.setText(words)
        self._total.set_colour("bad" if over else "text")

    def set_error(self, field: str, sentence: str) -> None:
        """Show *sentence* under the line and *field* in red; what was typed stays. Empty clears it."""
        name = _AMOUNT.get(field, field)
        for at, cell in self.cells.items():
            cell.set_wrong(bool(sentence) and at == name)
            cell.editor.setAccessibleDescription(sentence if at == name else "")
        self._error.set_text(sentence)
        self._error.setVisible(bool(sentence))

    def error(self) -> str:
        """Return the sentence shown now."""
        return self._error.text() if not self._error.isHidden() else ""

    def focus(self, field: str = "description") -> None:
        """Put the focus into *field* with its text chosen."""
        editor = self.cells[_AMOUNT.get(field, field)].editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, LineEntry):
            editor.selectAll()

    def holds_focus(self) -> bool:
        """Tell whether the focus is in one of the fields."""
        now = QApplication.focusWidget()
        return now is not None and (now is self or self.isAncestorOf(now))

    def restyle(self) -> None:
        """Stand at the edges of the columns; at a large text below each other."""
        t = theme.current()
        lead = t.space(16) + t.icon_px(18) + t.space(12) - t.space(8)
        left, right = (t.space(16), lead) if t.rtl else (lead, t.space(16))
        self._all.setContentsMargins(left, t.space(4), right, t.space(6))
        self._all.setSpacing(t.space(4))
        self._grid.setHorizontalSpacing(t.space(12))
        self._grid.setVerticalSpacing(t.space(4))
        self._more.setHorizontalSpacing(t.space(8))
        self._more.setVerticalSpacing(t.space(4))
        self.cells["beneficiary"].setFixedWidth(t.em(WHOM * (2 if t.roomy else 1)))
        self.cells["quantity"].setFixedWidth(t.em(QUANTITY))
        self.cells["price"].setFixedWidth(t.em(PRICE))
        self._total.setFixedWidth(t.em(TOTAL))
        self.cells["needed_by"].setFixedWidth(t.em(8))
        self.cells["currency"].setFixedWidth(t.em(QUANTITY))
        self.cells["rate"].setFixedWidth(t.em(7))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Esc in every field, also where a list would keep them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.escaped.emit()
                return True
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground of a chosen row."""
        t = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), t.colour("tint"))
            draw_mark(painter, self.rect(), 0, "accent", is_rtl(self))
            draw_line(painter, self.rect())

    def _kind(self, name: str) -> str:
        if name == "beneficiary":
            return "combo"
        return "sum" if name in _SUMS else "latin" if name in ("needed_by", "currency") else "text"

    def _place(self) -> None:
        """Stand the fields in the columns of the table; at a large text each in a line of its own, with its label."""
        if theme.current().roomy:
            self._place_stacked()
            return
        for at, name in enumerate(("description", "beneficiary", "quantity", "price")):
            self._grid.addWidget(self.cells[name], 0, at)
        self._grid.addWidget(self._total, 0, 4)
        self._grid.setColumnStretch(0, 1)
        for at, name in enumerate(("needed_by", "currency", "rate")):
            self._more.addWidget(self._labels[name], 0, 2 * at)
            self._more.addWidget(self.cells[name], 0, 2 * at + 1)
        self._more.setColumnStretch(6, 1)
        self._more.addWidget(self.remove, 0, 7)
        self._more.addWidget(self._labels["rate_source"], 1, 0)
        self._more.addWidget(self.cells["rate_source"], 1, 1, 1, 5)

    def _place_stacked(self) -> None:
        wide = ("description", "rate_source")
        for at, name in enumerate(FIELDS):
            label = self._labels.get(name) or Label(self.cells[name].editor.accessibleName(), "small", "text2")
            self._more.addWidget(label, at, 0)
            side = Qt.AlignmentFlag(0) if name in wide else Qt.AlignmentFlag.AlignLeading
            self._more.addWidget(self.cells[name], at, 1, side)
        self._more.addWidget(self._total, FIELDS.index("price"), 1, Qt.AlignmentFlag.AlignTrailing)
        self._more.addWidget(self.remove, len(FIELDS), 0)
        self._more.setColumnStretch(1, 1)

    def _follow(self, cell: Cell) -> None:
        editor = cell.editor
        editor.installEventFilter(self)
        if isinstance(editor, ComboEntry):
            editor.currentIndexChanged.connect(self._typed_something)
            editor.settled.connect(self.left)
        else:
            editor.textEdited.connect(self._typed_something)
            editor.editingFinished.connect(self.left)

    def _typed_something(self) -> None:
        self._show_rate()
        self.edited.emit()

    def _show_rate(self) -> None:
        currency = self.cells["currency"].value().strip().upper()
        foreign = len(currency) == 3 and currency != self._plan_currency
        self._labels["rate"].setText(
            self.tr("1 {plan} in {currency}", "label of a rate").format(plan=self._plan_currency, currency=currency)
        )
        for name in ("rate", "rate_source"):
            self._labels[name].setVisible(foreign)
            self.cells[name].setVisible(foreign)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        was_here = old is not None and self.isAncestorOf(old)
        # A list that opens takes the focus for a while, and so does another program: neither leaves the line.
        if was_here and now is not None and not self.isAncestorOf(now) and now.window() is self.window():
            self.gone.emit()
