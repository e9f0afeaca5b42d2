"""Signing what was read back: on the screen, or on paper and scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.domain.counselling import Interview, SignedHow
from avrr_desktop.domain.dates import read_date
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.declaring import SIGNATURE_LIMIT
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words as case_words
from avrr_desktop.ui.components.base import column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.components.signature import SignaturePad
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
        pad: Where the person signs.
        day: When it was signed.
        attach, again, keep: Take a scan instead; wipe; keep the signature. All work by keyboard.
        given: Says that it is signed.

    Signals:
        signed: (Signature)
    """

    signed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Signature"), parent=parent)
        self._scan = b""
        self._today: date | None = None
        self.given = Sign("", "ok", "circle-check")
        self.form = QWidget()
        down = column(self.form, 8)
        said = self.tr("Read the answers back. Then the person signs that they are as they were given.")
        down.addWidget(WrapLabel(said, "body", "text2"))
        self.pad = SignaturePad(self.tr("Signature on the screen"))
        self.day = Field(self.tr("Signed on"), "date")
        self.error = Sign("", "bad", "circle-alert")
        self._scanned = Sign("", "ok", "paperclip")
        self.keep = Button(self.tr("Keep the signature"))
        self.attach = Button(self.tr("Attach a scan"), icon="paperclip")
        self.again = Button(self.tr("Sign again"), "link")
        for part in (self.pad, self.day, self.error, self._scanned):
            down.addWidget(part)
        acts = row(None, 12)
        for button in (self.keep, self.attach, self.again):
            acts.addWidget(button)
        acts.addStretch(1)
        down.addLayout(acts)
        for sign in (self.error, self._scanned):
            sign.hide()
        self.body.addWidget(self.given)
        self.body.addWidget(self.form)
        self.keep.clicked.connect(self._finish)
        self.attach.clicked.connect(self._choose_scan)
        self.again.clicked.connect(self._start_again)

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
        self._start_again()
        self._today = None

    def show_error(self, sentence: str) -> None:
        """Show *sentence* under the pad; "" clears it."""
        self.error.set_text(sentence)
        self.error.setVisible(bool(sentence))

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
            self.show_error(sentence)
        return True

    def take_scan(self, path: Path) -> None:
        """Take the file at *path* instead of a signature on the screen."""
        try:
            with path.open("rb") as file:
                self._scan = file.read(SIGNATURE_LIMIT + 1)
        except OSError:
            self.show_error(self.tr("This file cannot be read. Choose another one."))
            return
        self.show_error("")
        self._scanned.set_state(self.tr("Attached: {file}").format(file=isolate(path.name)), "ok", "paperclip")
        self._scanned.show()

    def _choose_scan(self) -> None:
        kinds = self.tr("Pictures and PDF (*.png *.jpg *.jpeg *.pdf)")
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Scan of the signed interview"), "", kinds)
        if name:
            self.take_scan(Path(name))

    def _start_again(self) -> None:
        self._scan = b""
        self._scanned.hide()
        self.pad.clear()
        self.show_error("")

    def _finish(self) -> None:
        day = read_date(self.day.value())
        self.day.set_error("" if day else self.tr("Write the day as in 24 11 2026."))
        self.show_error("")
        if day is None:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        how = SignedHow.SCAN if self._scan else SignedHow.SCREEN
        self.signed.emit(Signature(self._scan or self.pad.png(), how, day))


def signed_words(record: Interview) -> str:
    """Say when, how and in which language an interview was signed."""
    said = QCoreApplication.translate("SignatureCard", "Signed on {day}, {how}, read back in {language}.")
    return said.format(
        day=wording.day(record.signed_on) if record.signed_on else wording.NONE,
        how=case_words.word("signed_how", record.signed_how),
        language=case_words.language(record.signed_language),
    )
