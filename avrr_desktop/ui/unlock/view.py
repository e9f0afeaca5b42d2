"""The unlock page. It draws the model's state; trying runs in the background."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.clock import Clock
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.unlocking import Door, Lock, Unlocked, unlock, unlock_with_sheet
from avrr_desktop.ui import wording
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.unlock import model
from avrr_desktop.ui.unlock.door import DoorPage
from avrr_desktop.ui.unlock.secret import SecretField
from avrr_desktop.ui.unlock.sheet import SheetForm
from avrr_desktop.ui.unlock.who import Officers

AT_FIELD = frozenset({"keys.wrong_passphrase", "keys.recovery_mistyped", "keys.wrong_recovery_code"})
"""Failures shown at the field; others in a banner."""


class UnlockPage(DoorPage):
    """
    Who is at the desk, and the passphrase.

    Attributes:
        state: What is drawn.
        officers, secret, sheet: The parts of the form.
        unlock_button: The primary button.

    Signals:
        unlocked: (Unlocked) The key is in hand.
    """

    unlocked = Signal(object)

    def __init__(
        self,
        door: Door,
        lock: Lock,
        background: Background,
        clock: Clock,
        *,
        version: str = "",
        last_officer: str = "",
        locked_at: datetime | None = None,
        after_minutes: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            door: The office and its officers.
            lock: What is tried.
            background: Where keys are derived.
            clock: For the growing pause.
            version: Of the program, for the foot.
            last_officer: Officer id to choose first.
            locked_at: When the office was locked in this run, None at the start.
            after_minutes: It was locked after so many minutes without a key; 0: somebody locked it.
            parent: The window.
        """
        super().__init__(version, parent)
        self._lock, self._background, self._clock = lock, background, clock
        self.state = model.start(door, last_officer)
        office = self.tr("{office} office").format(office=isolate(door.label.office)) if door.label.office else ""
        words = self._locked_words(locked_at, after_minutes, door.label.zone)
        self.panel.say(office, words, rehearsal=door.label.rehearsal)
        self.officers = Officers(self.tr("Who is at the desk?"), door.officers)
        self.secret = SecretField(self.tr("Passphrase"))
        self._sheet: SheetForm | None = None
        self.unlock_button = Button(self.tr("Unlock"), "primary", key="Enter", size="button_big")
        self.turn_button = Button(self.tr("Use the recovery sheet"), "link")
        self._doing = WrapLabel("", "small", "text2")
        self._banner: Banner | None = None
        self._build()
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._show)
        self.officers.chosen.connect(self._choose)
        self.unlock_button.clicked.connect(self.try_now)
        self.turn_button.clicked.connect(self._turn)
        self.secret.entered.connect(self.try_now)
        self.follow_theme()
        self._show()

    @property
    def sheet(self) -> SheetForm:
        """The form of the recovery sheet, made when it is first asked for: hardly anybody ever does."""
        if self._sheet is None:
            self._sheet = SheetForm(self.paper)
            self._sheet.entered.connect(self.try_now)
            self.form.insertWidget(self.form.indexOf(self.secret) + 1, self._sheet)
        return self._sheet

    def first_focus(self) -> None:
        """Put the focus into the passphrase, or on the list when nobody is chosen."""
        goal: QWidget = self.secret.field.editor
        if self.state.by_sheet:
            goal = self.sheet.code.editor
        elif not self.state.slot and self.officers.rows:
            goal = self.officers.rows[0]
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def try_now(self) -> None:
        """Try to open with what was typed."""
        if not self.state.can_try(self._clock()):
            return
        lock, slot = self._lock, self.state.slot
        if self.state.by_sheet:
            typed = self.sheet.accepted()
            if typed is None:
                return
            code, new = typed
            self._begin()
            self._background.run(
                lambda: unlock_with_sheet(lock, slot, code, new),
                owner=self,
                done=self._done,
                failed=self._failed,
                crashed=self._crashed,
            )
            return
        passphrase = self.secret.value()
        if not passphrase:
            self.secret.field.set_error(self.tr("Type the passphrase first."))
            return
        self._begin()
        self._background.run(
            lambda: unlock(lock, slot, passphrase),
            owner=self,
            done=self._done,
            failed=self._failed,
            crashed=self._crashed,
        )

    def refuse(self, failure: Expected) -> None:
        """Show why the office did not open although the lock did."""
        self._failed(failure)

    def _begin(self) -> None:
        self.state = model.begin(self.state)
        self._show()

    def _done(self, unlocked: Unlocked) -> None:
        self.secret.clear()
        if self._sheet is not None:
            self._sheet.clear()
        self.unlocked.emit(unlocked)

    def _failed(self, failure: Expected) -> None:
        self.state = model.fail(self.state, failure, self._clock())
        self._show()
        self.first_focus()
        if not self.state.by_sheet:
            editor = self.secret.field.editor
            if hasattr(editor, "selectAll"):
                editor.selectAll()

    def _crashed(self, error: BaseException) -> None:
        self._background.crashed(error)
        self._failed(Expected("program.crashed"))

    def _choose(self, slot: str) -> None:
        self.state = model.choose(self.state, slot)
        self._show()

    def _turn(self) -> None:
        self.state = model.turn_to(self.state, by_sheet=not self.state.by_sheet)
        self._show()
        self.first_focus()

    def _show(self) -> None:
        """Draw the state."""
        state, wait = self.state, self.state.wait_s(self._clock())
        self.officers.show_chosen(state.slot)
        self.officers.setEnabled(not state.busy)
        self.secret.setVisible(not state.by_sheet)
        if state.by_sheet or self._sheet is not None:
            self.sheet.setVisible(state.by_sheet)
        self.turn_button.setText(self.tr("Use the passphrase") if state.by_sheet else self.tr("Use the recovery sheet"))
        self.unlock_button.set_busy(self.tr("Opening\u2026") if state.busy else "")
        self.unlock_button.setEnabled(state.can_try(self._clock()))
        self._show_failure(state.failure)
        doing = ""
        if state.busy:
            doing = self.tr("The lock takes about a second on purpose: that makes guessing slow.")
        elif wait:
            doing = self.tr("Next try in {seconds} s.").format(seconds=wait)
        self._doing.setText(doing)
        (self._tick.start if wait else self._tick.stop)()

    def _show_failure(self, failure: Expected | None) -> None:
        said = notice(failure) if failure is not None else None
        at_field = failure is not None and failure.code in AT_FIELD
        words = f"{said.text} {said.remedy}".strip() if said and at_field else ""
        self.secret.field.set_error("" if self.state.by_sheet else words)
        if self._sheet is not None:
            self._sheet.show_failure(failure if at_field and self.state.by_sheet else None)
        if self._banner is not None:
            self.form.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        if said is not None and not at_field:
            self._banner = Banner("bad", said.text, said.remedy, parent=self.paper)
            self.form.insertWidget(1, self._banner)
            self._banner.show()

    def _locked_words(self, at: datetime | None, minutes: int, zone: str) -> str:
        if at is None:
            return ""
        time = wording.time(at, zone)
        kept = self.tr("Everything you typed is saved.")
        if minutes:
            how = self.tr("Locked at {time} after {minutes} minutes without a key.")
            return how.format(time=time, minutes=minutes) + "\n" + kept
        return self.tr("Locked at {time}.").format(time=time) + "\n" + kept

    def _build(self) -> None:
        head = column(None, 4)
        head.addWidget(Label(self.tr("Who is at the desk?"), "title"))
        head.addWidget(
            WrapLabel(self.tr("One person at a time: what you do is recorded under your name."), "body", "text2")
        )
        self.form.addLayout(head)
        for part in (self.officers, self.secret):
            self.form.addWidget(part)
        acts = row(None, 16)
        acts.addWidget(self.unlock_button)
        acts.addStretch(1)
        acts.addWidget(self.turn_button)
        last = column(None, 12)
        last.addLayout(acts)
        last.addWidget(self._doing)
        self.form.addLayout(last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return to the passphrase with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.state.by_sheet and not self.state.busy:
            self._turn()
            return
        super().keyPressEvent(event)
