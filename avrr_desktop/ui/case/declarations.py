"""The declaration of voluntary return of one adult: the text, the signature on the screen or a scan of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.domain.counselling import SignedHow
from avrr_desktop.services.declaring import DeclarationView
from avrr_desktop.services.pictures import SIGNATURE_LIMIT
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.model import day_text, read_day
from avrr_desktop.ui.case.page import Fields, clear
from avrr_desktop.ui.components.base import column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.components.signing import Signing


@dataclass(frozen=True, slots=True)
class DeclarationAct:
    """A signed declaration as handed in."""

    person: str
    picture: bytes
    how: SignedHow
    language: str
    signed_on: date
    place: str
    interpreter: str | None


class DeclarationCard(Card):
    """
    One adult's declaration: signed, or to be signed.

    Attributes:
        fields: language, place, day, interpreter.
        signing: The pad, or a scan instead.
        done: Keeps the declaration.

    Signals:
        language_chosen: (str) Show the text in this language.
        signed: (DeclarationAct)
    """

    language_chosen = Signal(str)
    signed = Signal(object)

    def __init__(self, person: str, languages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.person = person
        self.state = Sign("", "ok", "circle-check")
        self.body.addWidget(self.state)
        self.form = QWidget()
        self._form = column(self.form, 8)
        self.body.addWidget(self.form)
        self.fields = {
            "language": Field(
                self.tr("Text in"), "combo", options=[(code, words.language(code)) for code in languages]
            ),
            "interpreter": Field(self.tr("Interpreter"), optional=True),
            "day": Field(self.tr("Signed on"), "date"),
            "place": Field(self.tr("Place")),
        }
        self.fields["language"].left.connect(self.language_chosen)
        self.fields["interpreter"].left.connect(lambda _text: self.language_chosen.emit(self.language()))
        self._form.addWidget(Fields(self.fields.values(), 4))
        self._draft = Sign("", "warn", "triangle-alert")
        self._text = column(None, 4)
        self.signing = Signing(self.tr("Scan of the signed declaration"), SIGNATURE_LIMIT, self)
        self._form.addWidget(self._draft)
        self._form.addLayout(self._text)
        self._form.addWidget(self.signing.pad)
        self._form.addWidget(self.signing.error)
        self._form.addLayout(self._make_acts())

    def language(self) -> str:
        """Give the language of the text shown."""
        return self.fields["language"].value()

    def interpreter(self) -> str:
        """Give the interpreter's name, "" for none."""
        return self.fields["interpreter"].value().strip()

    def show_person(self, held: DeclarationView, offered: str, today: date, names: Mapping[str, str]) -> None:
        """Show whether the person has signed; *offered* is the language to begin with."""
        heading = self.tr("Declaration of {name}").format(name=isolate(held.person.name))
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        record = held.declaration
        self.form.setVisible(record is None)
        if record is None:
            self.state.set_state(self.tr("not signed yet"), "warn", "circle-dashed")
            if not self.language():
                self.fields["language"].set_value(offered)
            if not self.fields["day"].value():
                self.fields["day"].set_value(day_text(today))
            return
        said = self.tr("Signed on {day} in {place}, {how}, in {language}, before {officer}.").format(
            day=wording.day(record.signed_on) if record.signed_on else wording.NONE,
            place=isolate(record.place or wording.NONE),
            how=words.word("signed_how", record.how),
            language=words.language(record.language),
            officer=isolate(names.get(record.officer or "", "")),
        )
        self.state.set_state(said, "ok", "circle-check")

    def show_text(self, sentences: Sequence[str], language: str, warning: str, may_sign: bool) -> None:
        """Show what is declared, in its own direction; what *warning* says of it, and whether it can be signed."""
        clear(self._text)
        for number, sentence in enumerate(sentences, 1):
            self._text.addWidget(WrapLabel(f"{number}. {sentence}", "small", language=language))
        self._draft.set_text(warning)
        self._draft.setVisible(bool(warning))
        for part in (self.signing.pad, self.signing.attach, self.done):
            part.setEnabled(may_sign)

    def _make_acts(self) -> QHBoxLayout:
        acts = row(None, 12)
        self.done = Button(self.tr("Keep the declaration"))
        for part in (self.done, self.signing.attach, self.signing.again):
            acts.addWidget(part)
        acts.addWidget(self.signing.scanned, 1)
        acts.addStretch(1)
        self.done.clicked.connect(self._finish)
        return acts

    def _finish(self) -> None:
        readable, day = read_day(self.fields["day"].value())
        self.fields["day"].set_error("" if readable and day else self.tr("Write the day as in 24 11 2026."))
        place = self.fields["place"].value().strip()
        self.fields["place"].set_error("" if place else self.tr("Where was it signed?"))
        if day is None or not place:
            self.fields["place" if day else "day"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        picture, how = self.signing.picture(), self.signing.how()
        self.signed.emit(
            DeclarationAct(self.person, picture, how, self.language(), day, place, self.interpreter() or None)
        )
