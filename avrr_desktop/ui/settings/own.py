"""One's own passphrase, and a new recovery sheet for the office."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.access import change_own_passphrase, renew_sheet
from avrr_desktop.services.sheets import make_sheet, save_sheet
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.firstrun.view import SHEET_FILE
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings.page import SettingsPage, Tools
from avrr_desktop.ui.unlock.secret import NewPassphrase, SecretField


class OwnPage(SettingsPage):
    """
    Passphrase and sheet.

    Attributes:
        old, new: The fields.
        change_button, sheet_button: Acts.
        changed: Says that the passphrase was changed.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        own, paper = Card(self.tr("Your passphrase")), Card(self.tr("Recovery sheet"))
        self.old, self.new = SecretField(self.tr("Passphrase now")), NewPassphrase()
        self.change_button = Button(self.tr("Change the passphrase"))
        self.changed = Sign(self.tr("Changed. The new one opens the office from now on."), "ok", "check")
        self.changed.hide()
        for part in (self.old, self.new):
            own.body.addWidget(part)
        own.body.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignLeading)
        own.body.addWidget(self.changed)
        why = self.tr("Lost the sheet, or somebody saw it? Draw a new code; the old sheet opens nothing any more.")
        paper.body.addWidget(WrapLabel(why, "body", "text2"))
        self.sheet_button = Button(self.tr("Make a new sheet\u2026"), icon="file-text")
        paper.body.addWidget(self.sheet_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.put_beside((own,), (paper,))
        self.change_button.clicked.connect(self._change)
        self.new.entered.connect(self._change)
        self.old.entered.connect(lambda: self.new.first.field.editor.setFocus(Qt.FocusReason.TabFocusReason))
        self.sheet_button.clicked.connect(self._ask_sheet)
        self.follow_theme()

    def first(self) -> QWidget:
        """Begin with the old one."""
        return self.old.field.editor

    def make_sheet_at(self, target: Path) -> None:
        """Draw a new code and save its sheet; where the sheet cannot be saved a second try draws another code."""
        access, room = self.tools.access, self.room
        if access is None:
            return
        office, resources = room.desk.office(), room.desk.resources
        try:
            groups = renew_sheet(access, room.actor)
            sheet = make_sheet(
                groups,
                office=office.name or "",
                laptop=office.code or "",
                rehearsal=bool(office.rehearsal),
                zone=room.desk.zone,
                clock=room.desk.clock,
                fonts=resources.fonts,
                wording=resources.wording,
                language=(office.languages or "en").split()[0],
            )
            save_sheet(sheet, target)
        except Expected as failure:
            room.refused.emit(failure)

    def _change(self) -> None:
        access = self.tools.access
        if access is None:
            return
        self.changed.hide()
        old = self.old.value()
        self.old.field.set_error("" if old else self.tr("Type the passphrase first."))
        if not old:
            return
        new = self.new.accepted()
        if not new:
            return
        self.change_button.set_busy(self.tr("Changing\u2026"))
        self.tools.background.run(
            lambda: change_own_passphrase(access, old, new),
            owner=self,
            done=lambda _: self._done(),
            failed=self._failed,
            crashed=self._crashed,
        )

    def _done(self) -> None:
        self.change_button.set_busy("")
        self.old.clear()
        self.new.clear()
        self.changed.show()

    def _failed(self, failure: Expected) -> None:
        self.change_button.set_busy("")
        if failure.code == "keys.wrong_passphrase":
            said = notice(failure)
            self.old.field.set_error(f"{said.text} {said.remedy}")
            self.old.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.room.refused.emit(failure)

    def _crashed(self, error: BaseException) -> None:
        self.change_button.set_busy("")
        self.tools.background.crashed(error)

    def _ask_sheet(self) -> None:
        question = self.tr("Make a new recovery sheet?")
        meaning = self.tr("The sheet you have now opens nothing any more. Choose where the new one is saved as PDF.")
        answers = (Answer("keep", self.tr("Keep the old one")), Answer("new", self.tr("Make a new one"), "primary"))
        if Dialog.ask(question, meaning, answers, parent=self) != "new":
            return
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the recovery sheet"), SHEET_FILE, self.tr("PDF (*.pdf)")
        )
        if name:
            self.make_sheet_at(Path(name))
