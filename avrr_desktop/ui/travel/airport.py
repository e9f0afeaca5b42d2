"""A field for an airport: a city, a name or three letters; what was understood stands under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from avrr_desktop.services.airports import find_airports
from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import ltr
from avrr_desktop.ui.components.entry import LineEntry
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.travel import words
from avrr_desktop.ui.travel.typed import understood

LEAST = 2
"""Letters before the list opens."""


class LegField(Field):
    """A field of a flight; its sentence stands under the whole row, as the field is too narrow for one."""

    def mark(self, sentence: str) -> None:
        """Show the box in red and speak *sentence*; empty clears it."""
        self._refused = bool(sentence)
        self._box.set_wrong(self._refused)
        self.editor.setAccessibleDescription(sentence)

    def is_wrong(self) -> bool:
        """Tell whether it is shown in red."""
        return getattr(self, "_refused", False)


class AirportField(LegField):
    """A list of airports opens while a city or name is typed; choosing one writes its code."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, placeholder="", reader=_explain, parent=parent)
        self._found = QStandardItemModel(self)
        self._list = QCompleter(self._found, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        # The row shows the words; what is written is the code.
        self._list.setCompletionRole(Qt.ItemDataRole.UserRole)
        popup = self._list.popup()
        if popup is not None:
            popup.setAccessibleName(label)
            popup.setMinimumWidth(theme.current().em(28))
            popup.setFont(theme.current().font("body"))
        if isinstance(self.editor, LineEntry):
            self.editor.setCompleter(self._list)
            self.editor.textEdited.connect(self._search)
        self._list.activated.connect(self._take)

    def rows(self) -> tuple[str, ...]:
        """Return the words of the airports offered now."""
        return tuple(self._found.item(at).text() for at in range(self._found.rowCount()))

    def _search(self, text: str) -> None:
        self._found.clear()
        if len(text.strip()) < LEAST:
            return
        for airport in find_airports(text):
            shown = f"{ltr(airport.code)}  {words.airport(airport)}"
            fonts.ensure(shown)
            item = QStandardItem(shown)
            item.setData(airport.code, Qt.ItemDataRole.UserRole)
            self._found.appendRow(item)

    def _take(self, code: str) -> None:
        if understood(code) is not None:
            self.set_value(code)
            self.left.emit(code)


def _explain(text: str) -> str:
    """Say which airport a text means, "" while it means none or several."""
    found = understood(text) if len(text.strip()) >= LEAST else None
    return words.airport(found) if found is not None else ""
