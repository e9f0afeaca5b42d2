"""The question at hand: both languages, its editor, what is wrong, and the officer's private note."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.services.interviewing import Asked
from avrr_desktop.ui import notices, theme, wording
from avrr_desktop.ui.components.base import Restyled, draw_box
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.choice import Choices, Option
from avrr_desktop.ui.components.entry import LineEntry
from avrr_desktop.ui.components.field import Field, FieldKind
from avrr_desktop.ui.components.label import Label, ShortLabel, WrapLabel
from avrr_desktop.ui.components.sign import Icon, Sign
from avrr_desktop.ui.interview import words
from avrr_desktop.ui.interview.lines import Pair
from avrr_desktop.ui.interview.reading import chosen
from avrr_desktop.ui.interview.state import Line, Speech, State

_FIELDS: dict[str, FieldKind] = {"integer": "number", "decimal": "number", "date": "date", "time": "date"}
_ASIDE = ("declined", "not_asked")
LARGE_LIST = 9
"""Above this many answers the rows are small, and two digits or letters choose."""
_SHORT_EM = 26
"""Width of the box for a number or a date, in em."""


class QuestionCard(Restyled, QFrame):
    """
    The question at hand.

    Attributes:
        editor: Choices or a field.
        note: The private note, None while it is closed.

    Signals:
        answered: (str) Chosen, or typed and left.
        entered: Enter: go on.
        remarked: (str) The private note was left.
    """

    answered = Signal(str)
    entered = Signal()
    remarked = Signal(str)

    def __init__(self, line: Line, state: State, member: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        asked = _question(line)
        self._asked = asked
        self._several = asked.kind in ("several", "acknowledge")
        self._number = Label("", "small_strong", "accent")
        self._how = ShortLabel("", "small", "text3")
        self._member = Label(member, "small_medium", "text2")
        self._apart = Chip(self.tr("Read only by those who must help"), "outline", icon="shield")
        self._aside = Sign("", "warn", "minus")
        self._question = Pair(asked.text, asked.other, state.codes[1], state.speech, "question")
        self._hint = Pair(asked.hint, asked.other_hint, state.codes[1], state.speech, "small", "text2")
        self._error = Sign("", "bad", "circle-alert")
        self._other_error = WrapLabel("", "small_medium", "bad", language=state.codes[1])
        self.editor: Choices | Field = self._make_editor(asked, state)
        self.note: Field | None = None
        self._lay_out()
        self._member.setVisible(bool(member))
        self._apart.setVisible(asked.is_apart)
        self.setFocusProxy(self.editor)
        self.show_line(line, state)
        self.follow_theme()

    def show_line(self, line: Line, state: State) -> None:
        """Show another value, problem or mark of the same question."""
        asked = self._asked = _question(line)
        number = self.tr("Question {number} of {count}")
        self._number.setText(number.format(number=line.number, count=state.count))
        self._how.setText(self._way(asked))
        self._question.set_words(asked.text, asked.other, state.speech)
        self._hint.set_words(asked.hint, asked.other_hint, state.speech)
        self._hint.setVisible(bool(asked.hint or asked.other_hint))
        if isinstance(self.editor, Choices):
            values = ("OK",) if asked.kind == "acknowledge" and asked.value else chosen(asked)
            if self.editor.values() != values:
                self.editor.set_values(values)
        elif self.editor.value() != state.text and (asked.state in _ASIDE or not self.editor.editor.hasFocus()):
            # What is being typed stays, whatever else on the page changes meanwhile.
            self.editor.set_value(state.text)
        aside = {
            "declined": self.tr("Declined. F7 takes it back."),
            "not_asked": self.tr("Not asked. F6 takes it back."),
        }
        self._aside.set_text(aside.get(asked.state, ""))
        self._aside.setVisible(asked.state in _ASIDE)
        self._show_problem(line, state)
        self._show_note(asked, state)

    def typed(self) -> str:
        """Return what stands in the editor."""
        if isinstance(self.editor, Choices):
            values = self.editor.values()
            return " ".join(values)
        return self.editor.value()

    @property
    def is_long(self) -> bool:
        """Tell whether Enter is a new line here."""
        return self._asked.is_long

    def take_focus(self) -> None:
        """Put the focus where the answer is given: on the chosen row where there is one."""
        target: QWidget = self.editor
        if isinstance(self.editor, Choices):
            target = next((row for row in self.editor.rows if row.isChecked()), self.editor)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_note(self) -> None:
        """Put the focus into the private note, or back where the answer is given."""
        (self.note or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def restyle(self) -> None:
        """Set margins; large text does without the sheet."""
        t = theme.current()
        across, down = (0, t.space(4)) if t.roomy else (t.space(24), t.space(16))
        self._all.setContentsMargins(across, down, across, t.space(20) if not t.roomy else down)
        self._all.setSpacing(t.space(12))
        self._top.setSpacing(t.space(12))
        if isinstance(self.editor, Field) and self._asked.kind in _FIELDS:
            self.editor.setMaximumWidth(t.em(_SHORT_EM))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        t = theme.current()
        if not t.roomy:
            with QPainter(self) as painter:
                draw_box(painter, self.rect(), t.radius("card"), "surface", "line")

    def _lay_out(self) -> None:
        self._all = QVBoxLayout(self)
        self._top = QHBoxLayout()
        self._top.addWidget(self._number)
        self._top.addWidget(self._member)
        self._top.addWidget(self._how, 1)
        self._top.addWidget(self._apart)
        self._all.addLayout(self._top)
        for below in (self._question, self._hint, self._aside, self._error, self._other_error, self.editor):
            self._all.addWidget(below)

    def _make_editor(self, asked: Asked, state: State) -> Choices | Field:
        name = asked.other if state.speech is Speech.OTHER else asked.text
        if asked.options or asked.kind == "acknowledge":
            choices = Choices(
                name,
                self._options(asked, state.speech),
                several=self._several,
                language=state.codes[1],
                large=len(asked.options) <= LARGE_LIST,
            )
            choices.chosen.connect(lambda values: self.answered.emit(" ".join(values)))
            choices.entered.connect(self.entered)
            return choices
        kind: FieldKind = "multiline" if asked.is_long else _FIELDS.get(asked.kind, "text")
        example = {"date": self.tr("24 11 1992"), "time": self.tr("14:30")}.get(asked.kind, "")
        reader = wording.day_typed if asked.kind == "date" else None
        field = Field(name, kind, show_label=False, placeholder=example, reader=reader)
        field.left.connect(self.answered)
        field.entered.connect(self._enter)
        if isinstance(field.editor, LineEntry):
            # The screen takes Enter too, from where nobody types: one press would go on twice.
            field.editor.keeps_enter = True
        return field

    def _options(self, asked: Asked, speech: Speech) -> list[Option]:
        if asked.kind == "acknowledge":
            return [Option("OK", self.tr("Yes, this is done"))]
        if speech is Speech.OTHER:
            return [Option(o.value, o.other) for o in asked.options]
        both = speech is Speech.BOTH
        return [Option(o.value, o.text, o.other if both else "") for o in asked.options]

    def _enter(self) -> None:
        # Qt says that Enter was pressed before it says that the field was left.
        self.answered.emit(self.typed())
        self.entered.emit()

    def _way(self, asked: Asked) -> str:
        if isinstance(self.editor, Choices):
            if len(asked.options) > LARGE_LIST:
                return self.tr("Type its two digits, or letters of it")
            if self._several:
                return self.tr("Choose all that apply: press their numbers")
            return self.tr("Choose one: press its number")
        if asked.is_long:
            return self.tr("Ctrl+Enter goes on")
        ways = {
            "date": self.tr("Day, month, year"),
            "integer": self.tr("A whole number"),
            "time": self.tr("Time of day"),
        }
        return ways.get(asked.kind, "" if asked.is_required else self.tr("optional"))

    def _show_problem(self, line: Line, state: State) -> None:
        asked = _question(line)
        sentence = ""
        if state.refusal is not None:
            sentence = notices.sentence(state.refusal)
        elif line.shows_problem:
            sentence = words.problem(asked)
        other = asked.other_problem if line.shows_problem and state.refusal is None else ""
        if isinstance(self.editor, Field):
            self.editor.set_error(sentence)
        else:
            self._error.set_text(sentence)
            self.editor.setAccessibleDescription(sentence)
        self._error.setVisible(bool(sentence) and not isinstance(self.editor, Field))
        self._other_error.setText(other)
        self._other_error.setVisible(bool(other) and state.speech is not Speech.OWN and other != sentence)

    def _show_note(self, asked: Asked, state: State) -> None:
        if state.has_note and self.note is None:
            help_ = self.tr("Only officers read it; it is not part of the answer.")
            self.note = Field(self.tr("Private note"), "multiline", help=help_, parent=self)
            self.note.set_value(asked.remark)
            self.note.editor.setFixedHeight(theme.current().height("area"))
            self.note.left.connect(self.remarked)
            self._all.addWidget(self.note)
            self.note.setVisible(True)
        elif not state.has_note and self.note is not None:
            self._all.removeWidget(self.note)
            self.note.hide()
            self.note.deleteLater()
            self.note = None


class RepeatCard(Restyled, QFrame):
    """
    A list of people at hand: who is on it, adding one, taking one off.

    Attributes:
        editor: The choice between adding and going on.
        removes: The links that take a member off, in the order of the rows.

    Signals:
        added: Add a member.
        entered: Go on.
        removed: (str) Take the member with this row id off.
    """

    added = Signal()
    entered = Signal()
    removed = Signal(str)

    def __init__(self, line: Line, state: State, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        repeat = line.repeat
        if repeat is None:
            raise TypeError("a question has its own card")
        self._all = QVBoxLayout(self)
        self._head = Pair(repeat.text, repeat.other, state.codes[1], state.speech, "question")
        said = self.tr("%n on the list", "", len(names)) if names else self.tr("Nobody on the list yet")
        self._all.addWidget(WrapLabel(said, "body", "text2"))
        self._all.insertWidget(0, self._head)
        self.removes: list[Button] = []
        for row, name in zip(repeat.rows, names, strict=True):
            self._all.addLayout(self._member(row, name))
        add = Option("add", self.tr("Add one"))
        on = Option("on", self.tr("The list is complete: go on"))
        self.editor = Choices(repeat.text, [add, on])
        self.editor.chosen.connect(self._choose)
        self.editor.entered.connect(self.entered)
        self._all.addWidget(self.editor)
        self.setFocusProxy(self.editor)
        self.follow_theme()

    def restyle(self) -> None:
        """Set margins; large text does without the sheet."""
        t = theme.current()
        across = 0 if t.roomy else t.space(24)
        self._all.setContentsMargins(across, t.space(16), across, t.space(20))
        self._all.setSpacing(t.space(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        t = theme.current()
        if not t.roomy:
            with QPainter(self) as painter:
                draw_box(painter, self.rect(), t.radius("card"), "surface", "line")

    def _member(self, row: str, name: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.current().space(12))
        line.addWidget(Icon("user", 18, "text2"))
        line.addWidget(WrapLabel(name, "strong"), 1)
        remove = Button(self.tr("Remove"), "link")
        remove.setAccessibleDescription(name)
        remove.clicked.connect(lambda _=False, row=row: self.removed.emit(row))
        self.removes.append(remove)
        line.addWidget(remove)
        return line

    def _choose(self, values: tuple[str, ...]) -> None:
        self.editor.set_values(())
        (self.added if values == ("add",) else self.entered).emit()


def _question(line: Line) -> Asked:
    if line.asked is None:
        raise TypeError("a repeat has its own card")
    return line.asked
