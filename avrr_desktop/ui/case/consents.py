"""The consents of one adult: the text read aloud, one answer a purpose, and what a refusal means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from avrr_desktop.domain.casefile import ConsentState, Purpose
from avrr_desktop.services.consenting import ConsentView
from avrr_desktop.services.people import PersonView
from avrr_desktop.services.places import languages
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.folding import FoldingCard
from avrr_desktop.ui.case.model import day_text, read_day
from avrr_desktop.ui.case.page import Fields
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.why import Why

_NOT_ASKED = ""


@dataclass(frozen=True, slots=True)
class ConsentAct:
    """What one sitting of consent comes to."""

    person: str
    answers: dict[Purpose, ConsentState]
    on: date
    language: str
    interpreter: str | None


class ConsentCard(FoldingCard):
    """
    Ask one person.

    Attributes:
        fields: day, language, interpreter.
        purposes: Purpose -> its field.
        done: The button that writes the answers down.
        refused: Says what a refusal of the first purpose means.

    Signals:
        answered: (ConsentAct) The answers that changed.
    """

    answered = Signal(object)

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.person = person
        self._held: dict[Purpose, ConsentState | None] = {}
        self.refused = Banner(
            "warn",
            self.tr("Use of data is refused."),
            self.tr("Only the referral in its least form is kept: name, when it came, and this refusal. Ask nothing."),
        )
        self.text = Why(self.tr("Text that is read aloud"), "")
        self.text.link.setText(self.tr("Text that is read aloud"))
        self.body.addWidget(self.refused)
        self.body.addWidget(self.text)
        self._grid = QGridLayout()
        self.body.addLayout(self._grid)
        states = (
            (_NOT_ASKED, self.tr("not asked yet")),
            *((state.value, words.word("consent_state", state)) for state in reversed(ConsentState)),
        )
        self.purposes: dict[Purpose, Field] = {}
        self._notes: dict[Purpose, WrapLabel] = {}
        for at, purpose in enumerate(Purpose):
            name = words.word("purpose", purpose)
            self.purposes[purpose] = Field(name, "combo", options=states, show_label=False)
            self._notes[purpose] = WrapLabel("", "small", "text3", parent=self)
            self._grid.addWidget(WrapLabel(name, "body"), 2 * at, 0)
            self._grid.addWidget(self.purposes[purpose], 2 * at, 1)
        self._place_notes()
        known = list(languages(words.window_language()).items())
        self.fields = {
            "day": Field(self.tr("Asked on"), "date"),
            "language": Field(self.tr("In which language"), "combo", options=known),
            "interpreter": Field(self.tr("Interpreter"), optional=True),
        }
        self.body.addWidget(Fields(self.fields.values(), 3))
        self.done = Button(self.tr("Write the answers down"))
        self.done.clicked.connect(self._finish)
        self.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeading)

    def show_person(self, person: PersonView, consents: Sequence[ConsentView], today: date, text: str) -> None:
        """Show what *person* answered, and what is read aloud."""
        heading = self.tr("Consent of {name}").format(name=isolate(person.name))
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        self.text.set_reason(text)
        given = sum(view.state is ConsentState.GIVEN for view in consents)
        self.set_fact(self.tr("{given} of {all} given").format(given=given, all=len(consents)))
        self._held = {view.purpose: view.state for view in consents}
        for view in consents:
            self.purposes[view.purpose].set_value(view.state.value if view.state else _NOT_ASKED)
            self._notes[view.purpose].setText(self._note(view))
            self._notes[view.purpose].setVisible(view.on is not None)
        main = self._held.get(Purpose.ASSISTANCE)
        self.refused.setVisible(main in (ConsentState.REFUSED, ConsentState.WITHDRAWN))
        if not self.fields["day"].value():
            self.fields["day"].set_value(day_text(today))
        if not self.fields["language"].value() and person.person.language:
            self.fields["language"].set_value(person.person.language)
        self.settle(self._told(consents) if main is ConsentState.GIVEN else ())

    def _told(self, consents: Sequence[ConsentView]) -> list[str]:
        """Say what was given and what was not; what nobody asked about is counted."""
        told = [
            self.tr("{purpose}: {answer}").format(
                purpose=words.word("purpose", view.purpose), answer=words.word("consent_state", view.state).lower()
            )
            for view in consents
            if view.state is not None
        ]
        open_ones = sum(view.state is None for view in consents)
        return [*told, self.tr("%n not asked yet", "", open_ones)] if open_ones else told

    def restyle(self) -> None:
        """Set spacing."""
        super().restyle()
        if hasattr(self, "_grid"):
            self._grid.setHorizontalSpacing(theme.current().space(16))
            self._grid.setVerticalSpacing(theme.current().space(4))
            self._place_notes()

    def _place_notes(self) -> None:
        """Put who answered when beside the answer, or below it where the text is large."""
        roomy = theme.current().roomy
        for at, note in enumerate(self._notes.values()):
            self._grid.removeWidget(note)
            self._grid.addWidget(note, 2 * at + 1 if roomy else 2 * at, 1 if roomy else 2)
        for at in range(3):
            self._grid.setColumnStretch(at, 0 if roomy and at == 2 else 1)

    def _note(self, view: ConsentView) -> str:
        if view.on is None:
            return ""
        by = isolate(view.interpreter) if view.interpreter else self.tr("no interpreter")
        note = self.tr("{day}, in {language}, {interpreter}")
        return note.format(day=wording.day_short(view.on), language=words.language(view.language), interpreter=by)

    def _finish(self) -> None:
        readable, day = read_day(self.fields["day"].value())
        wrong = not readable or day is None
        self.fields["day"].set_error(self.tr("Write the day as in 24 11 2026.") if wrong else "")
        language = self.fields["language"].value()
        self.fields["language"].set_error("" if language else self.tr("In which language was it read?"))
        if wrong or day is None or not language:
            self.fields["day" if wrong else "language"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        answers = {
            purpose: ConsentState(field.value())
            for purpose, field in self.purposes.items()
            if field.value() and field.value() != self._held.get(purpose)
        }
        self.keep_open()
        self.answered.emit(
            ConsentAct(self.person, answers, day, language, self.fields["interpreter"].value().strip() or None)
        )
