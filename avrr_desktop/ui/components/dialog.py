"""
A question that must be answered before going on.

Source: LOOK.md 4 "Dialog": width 480, verbs on the buttons, first focus on the safe one, Esc is safe, Enter
never means the dangerous one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_box, paint_ground
from avrr_desktop.ui.components.button import Button, Kind
from avrr_desktop.ui.components.label import WrapLabel


@dataclass(frozen=True, slots=True)
class Answer:
    """One way out: the value returned, the verb on the button, its kind."""

    value: str
    verb: str
    kind: Kind = "secondary"


class Dialog(Restyled, QDialog):
    """
    Question, consequence, verbs; the first answer is the safe one.

    Attributes:
        body: Where a single field may stand, between text and buttons.
        buttons: The buttons, the safe one first.
    """

    def __init__(
        self,
        question: str,
        consequence: str,
        answers: Sequence[Answer],
        *,
        field: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            question: Title, a question naming what it is about.
            consequence: What will happen and whether it can be undone.
            answers: The safe one first.
            field: The one thing asked, if any.
        """
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(consequence)
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._answers = tuple(answers)
        self.value = self._answers[0].value
        self._all = QVBoxLayout(self)
        self._all.addWidget(WrapLabel(question, "lead_strong"))
        self._all.addWidget(WrapLabel(consequence, "body", "text2"))
        self.body = field
        if field:
            self._all.addWidget(field)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self.buttons: list[Button] = []
        for at, answer in enumerate(self._answers):
            button = Button(answer.verb, answer.kind, key="" if at else "Esc")
            button.clicked.connect(lambda _=False, value=answer.value: self._close(value))
            self._foot.addWidget(button)
            self.buttons.append(button)
        self._all.addLayout(self._foot)
        (field or self.buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        self.follow_theme()

    @classmethod
    def ask(
        cls,
        question: str,
        consequence: str,
        answers: Sequence[Answer],
        *,
        field: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> str:
        """Ask and wait; give the value of the chosen answer, the safe one for Esc or a closed window."""
        dialog = cls(question, consequence, answers, field=field, parent=parent)
        dialog.exec()
        value = dialog.value
        dialog.deleteLater()
        return value

    def restyle(self) -> None:
        """Set width, margins and ground."""
        t = theme.current()
        paint_ground(self, "surface")
        self.setFixedWidth(t.width("dialog"))
        self._all.setContentsMargins(t.space(20), t.space(16), t.space(20), t.space(16))
        self._all.setSpacing(t.space(8))
        self._foot.setSpacing(t.space(8))
        self._foot.setContentsMargins(0, t.space(8), 0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outline, for systems whose windows have none."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), 0, "surface", "border")

    def _close(self, value: str) -> None:
        self.value = value
        self.accept()
