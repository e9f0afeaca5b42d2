"""Change an answer of a completed interview: the question, the answer that stands, another one, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.interviewing import Asked, Spot
from avrr_desktop.ui import theme
from avrr_desktop.ui.case.holding import run
from avrr_desktop.ui.components.base import Restyled, paint_ground
from avrr_desktop.ui.components.choice import Choices, Option
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.components.field import Field, FieldKind
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.interview import words
from avrr_desktop.ui.interview.model import InterviewModel
from avrr_desktop.ui.interview.reading import chosen, typed
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room

_FIELDS: dict[str, FieldKind] = {"integer": "number", "decimal": "number", "date": "date", "time": "date"}
_LIST_EM = 20
"""Height of the list of choices before it scrolls, in em."""


class AmendForm(Restyled, QWidget):
    """
    Another answer and the reason for it.

    Attributes:
        editor: Choices or a field, with the answer that stands.
        reason: Why it is changed.
    """

    def __init__(self, asked: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor: Choices | Field = _editor(asked)
        self.reason = Field(self.tr("Why it is changed"), "multiline")
        self._error = Sign("", "bad", "circle-alert")
        self._error.hide()
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.editor)
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        for part in (self._error, self._scroll, self.reason):
            self._all.addWidget(part)
        self.setFocusProxy(self.editor)
        self.follow_theme()

    def typed(self) -> str:
        """Return what stands in the editor."""
        return " ".join(self.editor.values()) if isinstance(self.editor, Choices) else self.editor.value()

    def set_typed(self, text: str) -> None:
        """Put back what stood in the editor before."""
        if isinstance(self.editor, Choices):
            self.editor.set_values(text.split())
        else:
            self.editor.set_value(text)

    def show_failure(self, failure: Expected) -> None:
        """Say what is wrong where it is wrong."""
        if failure.code == "amendment.no_reason":
            self.reason.set_error(notice(failure).text)
            return
        self._error.set_text(notice(failure).text)
        self._error.setVisible(True)

    def restyle(self) -> None:
        """Let a long list of choices scroll."""
        t = theme.current()
        for part in (self._scroll.viewport(), self.editor):
            paint_ground(part, "surface")
        self._all.setSpacing(t.space(12))
        self._scroll.setFixedHeight(min(self.editor.sizeHint().height() + t.space(4), t.em(_LIST_EM)))


def amend(parent: QWidget, room: Room, model: InterviewModel, spot: Spot) -> None:
    """Change the answer at *spot* with a reason, asking until it fits or the officer leaves it."""
    ask_amendment(
        parent,
        model.sitting.question(spot),
        lambda text, reason: run(room, lambda: model.amend(spot, text, reason)),
    )


def ask_amendment(parent: QWidget, asked: Asked, act: Callable[[str, str], Expected | None]) -> None:
    """Ask for another answer and the reason; what *act* refuses as not fitting is asked again."""
    text, why, failure = typed(asked), "", None
    now = QCoreApplication.translate("Amend", "Now: {answer}. Both answers stay in the history, with your name.")
    verbs = (
        Answer("keep", QCoreApplication.translate("Amend", "Leave it")),
        Answer("change", QCoreApplication.translate("Amend", "Change the answer"), "primary"),
    )
    while True:
        form = AmendForm(asked)
        form.set_typed(text)
        form.reason.set_value(why)
        if failure is not None:
            form.show_failure(failure)
        said = Dialog.ask(asked.text, now.format(answer=words.answer(asked)), verbs, field=form, parent=parent)
        if said != "change":
            return
        text, why = form.typed(), form.reason.value()
        failure = act(text, why)
        if failure is None:
            return


def _editor(asked: Asked) -> Choices | Field:
    if asked.kind == "acknowledge":
        yes = QCoreApplication.translate("Amend", "Yes, this is done")
        return Choices(asked.text, [Option("OK", yes)], several=True, language="", large=False)
    if asked.options:
        options = [Option(one.value, one.text) for one in asked.options]
        choices = Choices(asked.text, options, several=asked.kind == "several", language="", large=False)
        choices.set_values(chosen(asked))
        return choices
    kind: FieldKind = "multiline" if asked.is_long else _FIELDS.get(asked.kind, "text")
    return Field(QCoreApplication.translate("Amend", "Another answer"), kind)
