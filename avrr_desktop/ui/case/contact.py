"""The referral as it came, and the first contact that stops its 24-hour clock."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.legal import Referral
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.labels import field_label
from avrr_desktop.ui.case.model import day_text
from avrr_desktop.ui.case.page import Fields
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel


class ContactCard(Card):
    """
    Note the first contact: when and how.

    Attributes:
        day, clock, how: The fields.
        done: The button.

    Signals:
        noted: The officer wants it written.
    """

    noted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("First contact"), parent=parent)
        self.day = Field(self.tr("Day"), "date")
        self.clock = Field(self.tr("Time"), "date")
        self.how = Field(self.tr("How"), "combo", options=words.options("contacted_how"))
        self.done = Button(self.tr("Note the contact"))
        self.body.addWidget(Fields((self.day, self.clock, self.how), 3))
        self.body.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeading)
        self.done.clicked.connect(self.noted)

    def begin(self, now: datetime, zone: str) -> None:
        """Offer the present minute and a call."""
        if not self.day.value():
            self.day.set_value(day_text(local_date(now, zone)))
            self.clock.set_value(wording.time(now, zone))
            self.how.set_value("phone")

    def show_error(self, sentence: str) -> None:
        """Show *sentence* at the day."""
        self.day.set_error(sentence)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)


class ReferralCard(Card):
    """
    When the referral came and from whom; who sent it is written when a field is left.

    Attributes:
        fields: sender_officer, sender_unit, client_id.

    Signals:
        written: A field was left.
    """

    written = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Referral"), parent=parent)
        self._came = WrapLabel("", "body", "text2")
        self.body.addWidget(self._came)
        names = ("sender_officer", "sender_unit", "client_id")
        self.fields = {name: Field(field_label("referral", name), optional=True) for name in names}
        for field in self.fields.values():
            field.left.connect(lambda _text: self.written.emit())
        self.body.addWidget(Fields(self.fields.values(), 3))

    def show_referral(self, referral: Referral, zone: str) -> None:
        """Show *referral*; a field being typed in keeps what is typed."""
        came = wording.day_time(referral.received_at, zone) if referral.received_at else self.tr("time not known")
        source = words.word("source", referral.source) or self.tr("nobody named")
        said = self.tr("Received {when}, from: {source}.").format(when=came, source=source)
        if referral.contacted_at:
            reached = self.tr("First contact {when}, {how}.").format(
                when=wording.day_time(referral.contacted_at, zone),
                how=words.word("contacted_how", referral.contacted_how),
            )
            said = f"{said} {reached}"
        self._came.setText(said)
        for name, field in self.fields.items():
            if not field.editor.hasFocus() and not field.error():
                field.set_value(getattr(referral, name) or "")

    def values(self) -> dict[str, str | None]:
        """Give what stands in the fields, None for an empty one."""
        return {name: field.value().strip() or None for name, field in self.fields.items()}
