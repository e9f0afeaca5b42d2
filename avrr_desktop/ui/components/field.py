"""
A field: label, help, error, box, and what was understood under it.

Source: LOOK.md 4 "Field". Checked on leaving, not while typing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, column
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.entry import Box, ComboEntry, LineEntry, TextEntry
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.sign import Sign

FieldKind = Literal["text", "date", "number", "money", "phone", "combo", "multiline", "secret"]


class Field(Restyled, QWidget):
    """
    One question with one answer.

    Attributes:
        editor: The editor inside, for focus and tests.

    Signals:
        edited: (str) The text changed while typing.
        left: (str) The editor was left, or Enter pressed, with another text than before.
        entered: Enter was pressed in a one-line field.
    """

    edited = Signal(str)
    left = Signal(str)
    entered = Signal()

    def __init__(
        self,
        label: str,
        kind: FieldKind = "text",
        *,
        help: str = "",
        optional: bool = False,
        placeholder: str = "",
        icon: str = "",
        unit: str = "",
        options: Sequence[tuple[str, str]] = (),
        language: str = "",
        reader: Callable[[str], str] | None = None,
        show_label: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            label: What is asked, always spoken, shown above unless *show_label* is False.
            kind: Editor and side: sums stay right, dates and phones left to right.
            help: Sentence under the label.
            optional: Write "optional" behind the label.
            placeholder: Example in the empty box, never the label.
            icon: Icon in the box.
            unit: Currency or unit before the editor.
            options: ``(value, text)`` of a combo.
            language: Language of what is typed here, if it is the returnee's.
            reader: Turns the text into the words of what was understood, shown while typing.
        """
        super().__init__(parent)
        self._kind: FieldKind = kind
        self._label_text = label
        self._reader = reader
        words = self.tr("{label} (optional)").format(label=label) if optional else label
        self._label = Label(words, "strong")
        if not show_label:
            self._label.hide()
        self._help = WrapLabel(help, "small", "text2")
        if not help:
            self._help.hide()
        self._error = Sign("", "bad", "circle-alert")
        self._error.hide()
        self._box = Box(icon)
        self._understood = WrapLabel("", "small", "text2")
        self._understood.hide()
        self.editor = self._make_editor(language, options)
        if unit:
            self._box.line.addWidget(Label(unit, "body", "text2"))
        self._box.line.addWidget(self.editor, 1)
        if kind == "secret":
            self._box.line.addWidget(self._make_eye())
        self.editor.setPlaceholderText(placeholder)
        self._label.setBuddy(self.editor)
        self._before = self.value()
        self._column = column(self, 4)
        for part in (self._label, self._help, self._error, self._box, self._understood):
            self._column.addWidget(part)
        self._describe()
        self.setFocusProxy(self.editor)
        self.follow_theme()

    def value(self) -> str:
        """Give the text, or the value of the chosen row."""
        if isinstance(self.editor, ComboEntry):
            chosen: str | None = self.editor.currentData()
            return chosen or ""
        return self.editor.text() if isinstance(self.editor, LineEntry) else self.editor.toPlainText()

    def set_value(self, value: str) -> None:
        """Show *value* without saying that it was edited."""
        blocked = self.blockSignals(True)
        if isinstance(self.editor, ComboEntry):
            self.editor.setCurrentIndex(self.editor.findData(value))
        elif isinstance(self.editor, LineEntry):
            self.editor.setText(value)
        else:
            self.editor.setPlainText(value)
        self.blockSignals(blocked)
        self._before = value
        self._read(value)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the rows of a combo, keeping the chosen value if it is still there."""
        if not isinstance(self.editor, ComboEntry):
            return
        chosen = self.value()
        blocked = self.editor.blockSignals(True)
        self.editor.clear()
        for value, text in options:
            self.editor.addItem(text, value)
        self.editor.setCurrentIndex(self.editor.findData(chosen))
        self.editor.blockSignals(blocked)

    def set_error(self, sentence: str) -> None:
        """Show *sentence* above the box and the box in red; what was typed stays. Empty clears it."""
        self._error.set_text(sentence)
        self._error.setVisible(bool(sentence))
        self._box.set_wrong(bool(sentence))
        self._describe()

    def error(self) -> str:
        """Give the sentence shown now."""
        return self._error.text()

    def set_help(self, sentence: str) -> None:
        """Change the sentence under the label."""
        self._help.setText(sentence)
        self._help.setVisible(bool(sentence))
        self._describe()

    def set_understood(self, words: str) -> None:
        """Show under the box what was understood."""
        self._understood.setText(words)
        self._understood.setVisible(bool(words))

    def set_read_only(self, locked: bool) -> None:
        """Show the value with a lock; it can still be copied."""
        if isinstance(self.editor, ComboEntry):
            self.editor.setEnabled(not locked)
        else:
            self.editor.setReadOnly(locked)
        self._box.set_locked(locked)

    def restyle(self) -> None:
        """Set spacing and the editor's font."""
        self._column.setSpacing(theme.current().space(4))
        self.editor.restyle()

    def _make_editor(self, language: str, options: Sequence[tuple[str, str]]) -> LineEntry | TextEntry | ComboEntry:
        if self._kind == "combo":
            combo = ComboEntry(self._box)
            for value, text in options:
                combo.addItem(text, value)
            combo.setCurrentIndex(-1)
            combo.currentIndexChanged.connect(self._typed)
            combo.settled.connect(self._leave)
            return combo
        if self._kind == "multiline":
            several = TextEntry(self._box, language)
            several.textChanged.connect(self._typed)
            several.left.connect(self._leave)
            return several
        latin = self._kind in ("date", "number", "money", "phone", "secret")
        line = LineEntry(self._box, latin=latin, sum_=self._kind in ("number", "money"), language=language)
        if self._kind == "secret":
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textEdited.connect(self._typed)
        line.editingFinished.connect(self._leave)
        line.returnPressed.connect(self.entered)
        return line

    def _make_eye(self) -> Button:
        eye = Button(self.tr("Show what I type"), "ghost", icon="eye", bare=True, size="button_small")
        eye.setCheckable(True)
        eye.toggled.connect(self._show_secret)
        return eye

    def _show_secret(self, shown: bool) -> None:
        if isinstance(self.editor, LineEntry):
            mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
            self.editor.setEchoMode(mode)

    def _typed(self) -> None:
        self._read(self.value())
        self.edited.emit(self.value())

    def _leave(self) -> None:
        if self.value() != self._before:
            self._before = self.value()
            self.left.emit(self._before)

    def _read(self, text: str) -> None:
        if self._reader:
            self.set_understood(self._reader(text) if text else "")

    def _describe(self) -> None:
        self.editor.setAccessibleName(self._label_text)
        spoken = [words for words in (self._help.text(), self._error.text()) if words]
        self.editor.setAccessibleDescription(" ".join(spoken))
