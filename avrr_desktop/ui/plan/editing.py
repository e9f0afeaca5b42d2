"""Edit the lines of the plan one at a time: write when a field is left, weigh while typing, Enter, Esc, Delete."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.reintegration import Category
from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import isolate, ltr
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.plan.aside import FreeCard
from avrr_desktop.ui.plan.editor import LineEditor
from avrr_desktop.ui.plan.model import PlanModel
from avrr_desktop.ui.plan.table import PlanTable
from avrr_desktop.ui.plan.typed import Typed
from avrr_desktop.ui.room import Room

FIELD_OF = {
    "line.no_description": "description",
    "line.no_quantity": "quantity",
    "line.no_price": "price",
    "line.no_date": "needed_by",
    "line.no_currency": "currency",
    "line.no_rate": "rate",
    "plan.over_ceiling": "price",
    "plan.no_ceiling": "price",
    "programme.question_refused": "quantity",
    "value.refused": "description",
}
"""Where the sentence of a refusal stands."""


class Editing(QObject):
    """
    The one line being edited.

    Attributes:
        model: Of the open case, None before one is open.

    Signals:
        shown(QWidget): This widget should be scrolled into sight.
    """

    shown = Signal(object)

    def __init__(self, room: Room, table: PlanTable, free: FreeCard, parent: QObject) -> None:
        super().__init__(parent)
        self.model: PlanModel | None = None
        self._room = room
        self._table = table
        self._free = free
        self._written: Typed | None = None
        table.opened.connect(self.open_line)
        table.added.connect(lambda value: self.new_line(Category(value)))
        table.removed.connect(self.remove)

    def open_line(self, line: str) -> None:
        """Edit a line of the plan, once the one being edited is written."""
        if self.model is None or not self.model.state.can_write or not self.finish():
            return
        category = next(v.line.category for v in self.model.state.plan.lines if v.id == line)
        if category is not None:
            self._edit(category, line, self.model.typed(line))

    def new_line(self, category: Category) -> None:
        """Begin a new line, once the one being edited is written."""
        if self.model is not None and self.model.state.can_write and self.finish():
            self._edit(category, None, Typed(currency=self.model.state.plan.currency))

    def _edit(self, category: Category, line: str | None, typed: Typed) -> None:
        if self.model is None:
            return
        state = self.model.state
        people = [("", self.tr("Whole family")), *((one.id, isolate(one.name)) for one in state.people)]
        editor = LineEditor(category, line, typed, people, state.plan.currency)
        self._written = typed if line else None
        editor.edited.connect(self.weigh)
        editor.left.connect(lambda: self._write(editor, strict=False))
        editor.entered.connect(self._next)
        editor.escaped.connect(self._give_up)
        # After the other widget has its focus: the line may go, and with it the widget Qt is speaking to.
        editor.gone.connect(lambda: QTimer.singleShot(0, editor, lambda: self._gone(editor)))
        editor.removed.connect(lambda: self.remove(editor.line or ""))
        self._table.begin(editor, state)
        self.weigh()
        editor.focus()
        QTimer.singleShot(0, editor, lambda: self.shown.emit(editor))

    def weigh(self) -> None:
        """Show what the typed line does to the sums."""
        editor = self._table.editor
        if self.model is None or editor is None:
            return
        plan = self.model.state.plan
        weighed = self.model.weigh(editor.typed(), editor.category, editor.line)
        if weighed is None:
            editor.set_total(wording.NONE, over=False)
            return
        editor.set_total(ltr(wording.amount(weighed.amount)), over=weighed.over is not None)
        if weighed.free is not None and plan.limit is not None:
            self._free.show_sums(weighed.planned, weighed.free, plan.limit)

    def _write(self, editor: LineEditor, *, strict: bool) -> bool:
        """Write the line; without *strict* a line that has no words yet waits. False: refused, said at its field."""
        if self.model is None:
            return False
        model, typed = self.model, editor.typed()
        if typed == self._written or (editor.line is None and typed.is_empty):
            return not editor.error()
        if not strict and not typed.description.strip():
            return True
        editor.set_error("", "")
        done = self._room.act(
            lambda: model.write(typed, editor.category, editor.line),
            on_refused=lambda failure: self._refuse(editor, failure),
        )
        if done is None:
            return False
        self._written = typed
        editor.line = done.value
        editor.remove.setVisible(True)
        self._table.show_state(self.model.state)
        return True

    def _refuse(self, editor: LineEditor, failure: Expected) -> bool:
        field = FIELD_OF.get(failure.code)
        if field is None:
            return False
        if failure.code == "value.refused":
            field = str(failure.params.get("field", field))
        said = notice(failure)
        editor.set_error(
            field, self.tr("{what} {do}", "what happened, what to do").format(what=said.text, do=said.remedy).strip()
        )
        return True

    def finish(self) -> bool:
        """Close the line being edited; False when it cannot be written: it stays open with its sentence."""
        editor = self._table.editor
        if editor is None or self.model is None:
            return True
        if not self._write(editor, strict=True):
            wrong = next((name for name, cell in editor.cells.items() if cell.is_wrong()), "description")
            editor.focus(wrong)
            return False
        self._table.end(self.model.state)
        self._free.show_state(self.model.state)
        return True

    def _gone(self, editor: LineEditor) -> None:
        """The focus went elsewhere on the page: the line closes if it can."""
        if self.model is None or self._table.editor is not editor or editor.holds_focus():
            return
        if self._write(editor, strict=True):
            self._table.end(self.model.state)
            self._free.show_state(self.model.state)

    def _next(self) -> None:
        """Enter: to the next line of the category, else to a new one; from an empty new line out."""
        editor = self._table.editor
        if editor is None or self.model is None:
            return
        category, was_empty = editor.category, editor.line is None and editor.typed().is_empty
        if not self.finish():
            return
        lines = [v.id for g in self.model.state.groups if g.category is category for v in g.lines]
        if was_empty:
            self._table.focus_line(None, category)
        elif editor.line in lines[:-1]:
            self.open_line(lines[lines.index(editor.line) + 1])
        else:
            self.new_line(category)

    def _give_up(self) -> None:
        """Esc: back to what the line was when it was opened."""
        editor, model = self._table.editor, self.model
        if editor is None or model is None:
            return
        line, original = editor.line, editor.original
        if original is not None and self._written != original:
            self._room.act(lambda: model.write(original, editor.category, line))
        elif original is None and line is not None:
            self._room.act(lambda: model.remove(line))
        self._table.end(model.state)
        self._free.show_state(model.state)
        self._table.focus_line(line if original is not None else None, editor.category)

    def remove(self, line: str) -> None:
        """Put a line into the trash; "Undo" brings it back."""
        if self.model is None or not line:
            return
        model = self.model
        category = next((v.line.category for v in model.state.plan.lines if v.id == line), None)
        if self._room.act(lambda: model.remove(line), words=self.tr("Line removed.")) is None:
            return
        if self._table.editor and self._table.editor.line == line:
            self._table.end(model.state)
        self._table.show_state(self.model.state)
        self._table.focus_line(None, category)
