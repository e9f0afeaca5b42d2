"""Sign the plan: who, where, the rule of first contact as a tick, the signature or a scan."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.base import isolate, ltr, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.choice import CheckRow, Option
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.components.signature import SignaturePad
from avrr_desktop.ui.plan.model import State

MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".pdf": "application/pdf"}
MOST_BYTES = 8 * 1024 * 1024
"""A scan of one page at 300 dots an inch stays well below; what is larger is no scan of a signature."""


class SigningSheet(Card):
    """
    The page's place while the plan is signed.

    Signals:
        agreed(str, bytes, str, str, bool): Person id, picture, its media type, place, rule explained.
        left: Back to the plan.
    """

    agreed = Signal(str, object, str, str, bool)
    left = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._scan: tuple[bytes, str] | None = None
        self.summary = WrapLabel("", "body", "text2")
        self.person = Field(self.tr("Who signs"), "combo", options=())
        self.place = Field(self.tr("Place"), optional=True)
        self.tick = CheckRow(Option("explained", self.tr("The rule of first contact is explained")), 0, large=False)
        self.rule = WrapLabel("", "small", "text2")
        self.tick_error = Sign("", "bad", "circle-alert")
        self.pad = SignaturePad(self.tr("Signature of the participant"))
        self.pad_error = Sign("", "bad", "circle-alert")
        self.scanned = Sign("", "ok", "circle-check")
        self.attach = Button(self.tr("Attach a scan"), "secondary", icon="paperclip")
        self.again = Button(self.tr("Sign again"), "link")
        self.officer = WrapLabel(self.tr("With Sign you sign for the office."), "small", "text2")
        self.back = Button(self.tr("Back to the plan"), "secondary", key="Esc")
        self.sign = Button(self.tr("Sign"), "primary", key=key)
        self._lay_out()
        for hidden in (self.tick_error, self.pad_error, self.scanned):
            hidden.hide()
        self.attach.clicked.connect(self._choose_scan)
        self.again.clicked.connect(self._start_again)
        self.back.clicked.connect(self.left)
        self.sign.clicked.connect(self.agree)
        self.tick.toggled.connect(lambda _on: self._clear(self.tick_error))
        self.pad.signed.connect(lambda *_: self._clear(self.pad_error))

    def start(self, state: State) -> None:
        """Begin anew: nothing ticked, nothing signed."""
        plan = state.plan
        self._start_again()
        self.tick.setChecked(False)
        adults = [(one.id, isolate(one.name)) for one in state.people if one.can_sign]
        self.person.set_options(adults)
        self.person.set_value(adults[0][0] if adults else "")
        self.place.set_value(state.place)
        words = self.tr("{planned} of {limit}, version {version}. A signed plan can no longer be changed.")
        self.summary.setText(
            words.format(
                planned=ltr(wording.money(plan.planned)),
                limit=ltr(wording.money(plan.limit)) if plan.limit else wording.NONE,
                version=plan.plan.version or 1,
            )
        )
        rule = self.tr("Within {days} days after arrival the person calls or visits the office there.")
        self.rule.setText(rule.format(days=state.contact_days))
        self.person.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_scan(self, content: bytes, media: str, name: str) -> None:
        """Take a scan in place of the pad."""
        self._scan = (content, media)
        self.scanned.set_text(self.tr("Scan attached: {name}").format(name=isolate(name)))
        self.scanned.setVisible(True)
        self.pad.setVisible(False)
        self._clear(self.pad_error)

    def agree(self) -> None:
        """Ask for the signature to be written, unless something is missing; that is said at its place."""
        picture, media = self._scan or (self.pad.png(), "image/png")
        explained = self.tick.isChecked()
        self._say(self.tick_error, "" if explained else self.tr("Explain the rule, then tick it."))
        self._say(self.pad_error, "" if picture else self.tr("Sign on the pad, or attach a scan."))
        self.person.set_error("" if self.person.value() else self.tr("Choose who signs."))
        if not self.person.value():
            self.person.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not explained:
            self.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not picture:
            self.attach.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.agreed.emit(self.person.value(), picture, media, self.place.value(), explained)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        """Keep the fields at the width of a form."""
        super().restyle()
        if not hasattr(self, "person"):
            return
        wide = theme.current().width("form")
        for field in (self.person, self.place):
            field.setMaximumWidth(wide)
        self.tick.setMaximumWidth(wide + theme.current().em(8))
        self.pad.setMaximumSize(QSize(wide + theme.current().em(8), theme.current().em(13)))

    def _lay_out(self) -> None:
        title = Label(self.tr("Sign the plan"), "lead_strong")
        below = row(None, 12)
        below.addWidget(self.attach)
        below.addWidget(self.again)
        below.addStretch(1)
        foot = row(None, 8)
        foot.addWidget(self.officer, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.sign)
        parts: tuple[QWidget, ...] = (
            title,
            self.summary,
            self.person,
            self.place,
            self.tick_error,
            self.tick,
            self.rule,
            self.pad_error,
            self.pad,
            self.scanned,
        )
        for part in parts:
            self.body.addWidget(part)
        self.body.addLayout(below)
        self.body.addLayout(foot)
        self.restyle()

    def _choose_scan(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Attach a scan of the signed plan"), "", self.tr("Scans (*.png *.jpg *.jpeg *.pdf)")
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Take the scan in a file, or say at the pad why not."""
        media = MEDIA.get(path.suffix.lower())
        try:
            too_large = path.stat().st_size > MOST_BYTES
            content = b"" if too_large or media is None else path.read_bytes()
        except OSError:
            self._say(self.pad_error, self.tr("This file could not be read. Choose another one."))
            return
        if media is None:
            self._say(self.pad_error, self.tr("A scan is a PNG, JPEG or PDF file. Choose another one."))
        elif too_large:
            self._say(self.pad_error, self.tr("This file is larger than 8 MB. Scan one page in grey."))
        elif not content:
            self._say(self.pad_error, self.tr("This file is empty. Choose another one."))
        else:
            self.set_scan(content, media, path.name)

    def _start_again(self) -> None:
        self._scan = None
        self.pad.clear()
        self.pad.setVisible(True)
        self.scanned.setVisible(False)
        self._clear(self.pad_error)
        self._clear(self.tick_error)

    @staticmethod
    def _say(sign: Sign, sentence: str) -> None:
        sign.set_text(sentence)
        sign.setVisible(bool(sentence))

    def _clear(self, sign: Sign) -> None:
        self._say(sign, "")
