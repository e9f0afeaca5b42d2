"""Signing what was read back: on the screen, or on paper and scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.counselling import Interview, SignedHow
from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.pictures import SIGNATURE_LIMIT
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words as case_words
from avrr_desktop.ui.components.base import column, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.components.signing import Signing
from avrr_desktop.ui.notices import notice


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as handed in."""

    picture: bytes
    how: SignedHow
    signed_on: date


class SignatureCard(Card):
    """
    The signature of an interview: given, or to be given.

    Attributes:
        signing: The pad, or a scan instead.
        day: When it was signed.
        keep: Keeps the signature.
        given: Says that it is signed.

    Signals:
        signed: (Signature)
    """

    signed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Signature"), parent=parent)
        self._today: date | None = None
        self.given = Sign("", "ok", "circle-check")
        self.form = QWidget()
        down = column(self.form, 8)
        said = self.tr("Read the answers back. Then the person signs that they are as they were given.")
        down.addWidget(WrapLabel(said, "body", "text2"))
        self.signing = Signing(self.tr("Scan of the signed interview"), SIGNATURE_LIMIT, self)
        self.day = Field(self.tr("Signed on"), "date")
        self.keep = Button(self.tr("Keep the signature"))
        for part in (self.signing.pad, self.day, self.signing.error, self.signing.scanned):
            down.addWidget(part)
        acts = row(None, 12)
        for button in (self.keep, self.signing.attach, self.signing.again):
            acts.addWidget(button)
        acts.addStretch(1)
        down.addLayout(acts)
        self.body.addWidget(self.given)
        self.body.addWidget(self.form)
        self.keep.clicked.connect(self._finish)

    def show_record(self, record: Interview, today: date, *, may_sign: bool) -> None:
        """Show whether the interview is signed; what is being signed stays."""
        self.given.setVisible(record.signed_how is not None or not may_sign)
        self.form.setVisible(record.signed_how is None and may_sign)
        if record.signed_how is not None:
            self.given.set_state(signed_words(record), "ok", "circle-check")
        else:
            self.given.set_state(self.tr("not signed"), "text2", "circle-dashed")
        if self._today != today:
            self._today = today
            self.day.set_value(f"{today.day} {today.month} {today.year}")

    def clear(self) -> None:
        """Forget what was drawn or attached, before another interview stands here."""
        self.signing.clear()
        self._today = None

    def refused(self, failure: Expected) -> bool:
        """Show why it was not kept, for `Room.act`; only what belongs to a signature stands here."""
        if not failure.code.startswith("signature."):
            return False
        said = notice(failure)
        sentence = f"{said.text} {said.remedy}".strip()
        if failure.code in ("signature.in_future", "signature.too_early"):
            self.day.set_error(sentence)
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.signing.show_error(sentence)
        return True

    def _finish(self) -> None:
        day = read_date(self.day.value())
        self.day.set_error("" if day else self.tr("Write the day as in 24 11 2026."))
        self.signing.show_error("")
        if day is None:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.signed.emit(Signature(self.signing.picture(), self.signing.how(), day))


def signed_words(record: Interview) -> str:
    """Say when, how and in which language an interview was signed."""
    said = QCoreApplication.translate("SignatureCard", "Signed on {day}, {how}, read back in {language}.")
    return said.format(
        day=wording.day(record.signed_on) if record.signed_on else wording.NONE,
        how=case_words.word("signed_how", record.signed_how),
        language=case_words.language(record.signed_language),
    )
