"""What a signature is taken with: the pad, or a scan of the paper instead, and what is said of either."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.domain.counselling import SignedHow
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.components.signature import SignaturePad


class Signing(QObject):
    """
    The parts of one signature; the card that asks for it lays them out.

    Args:
        title: Of the dialog that looks for a scan.
        limit: Bytes read of a scan at most, and one more to tell that it is too large.
        card: Whose it is.

    Attributes:
        pad: Where the person signs.
        attach, again: Take a scan instead; wipe. Both work by keyboard.
        scanned: Names the scan that is attached.
        error: Says why nothing was kept.
    """

    def __init__(self, title: str, limit: int, card: QWidget) -> None:
        super().__init__(card)
        self._title = title
        self._limit = limit
        self._card = card
        self._scan = b""
        self.pad = SignaturePad(self.tr("Signature on the screen"))
        self.attach = Button(self.tr("Attach a scan"), icon="paperclip")
        self.again = Button(self.tr("Sign again"), "link")
        self.scanned = Sign("", "ok", "paperclip")
        self.error = Sign("", "bad", "circle-alert")
        for sign in (self.scanned, self.error):
            sign.hide()
        self.attach.clicked.connect(self._choose_scan)
        self.again.clicked.connect(self.clear)

    def picture(self) -> bytes:
        """Return the scan, else what is drawn as PNG; b"" for neither."""
        return self._scan or self.pad.png()

    def how(self) -> SignedHow:
        """Tell which of the two it is."""
        return SignedHow.SCAN if self._scan else SignedHow.SCREEN

    def show_error(self, sentence: str) -> None:
        """Show *sentence* under the pad; "" clears it."""
        self.error.set_text(sentence)
        self.error.setVisible(bool(sentence))

    def take_scan(self, path: Path) -> None:
        """Take the file at *path* instead of a signature on the screen."""
        try:
            with path.open("rb") as file:
                self._scan = file.read(self._limit + 1)
        except OSError:
            self.show_error(self.tr("This file cannot be read. Choose another one."))
            return
        self.show_error("")
        self.scanned.set_state(self.tr("Attached: {file}").format(file=isolate(path.name)), "ok", "paperclip")
        self.scanned.show()

    def clear(self) -> None:
        """Forget what was drawn or attached."""
        self._scan = b""
        self.scanned.hide()
        self.pad.clear()
        self.show_error("")

    def _choose_scan(self) -> None:
        kinds = self.tr("Pictures and PDF (*.png *.jpg *.jpeg *.pdf)")
        name, _kind = QFileDialog.getOpenFileName(self._card, self._title, "", kinds)
        if name:
            self.take_scan(Path(name))
