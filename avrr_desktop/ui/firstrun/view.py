"""The first run as one window: page after page by Enter, keys drawn and the store made in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.domain.clock import Clock
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.beginning import Beginning, Begun, begin, finish, laptop_name
from avrr_desktop.services.sheets import RecoverySheet, draw_sheet, make_sheet, save_sheet
from avrr_desktop.services.unlocking import Lock
from avrr_desktop.ui.background import Background, Pool
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import column, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.firstrun import model
from avrr_desktop.ui.firstrun.model import Page, State
from avrr_desktop.ui.firstrun.pages import DonePage, OfficePage, PassphrasePage, Sheet, SheetPage, YouPage
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.unlock.door import DoorPage

T = TypeVar("T")
SHEET_FILE = "recovery-sheet.pdf"
"""Names neither office nor person."""
AT_FIELD = frozenset({"office", "officer"})
"""First words of codes that are shown at a field."""


class FirstRunPage(DoorPage):
    """
    Five pages.

    Attributes:
        state: What is drawn.
        pages: The pages by their place.
        go_button: The primary button.

    Signals:
        finished: (Unlocked) The office is in place and its key in hand.
    """

    finished = Signal(object)

    def __init__(
        self,
        lock: Lock,
        background: Background,
        clock: Clock,
        *,
        fonts: Path,
        wording: Path,
        version: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            lock: Of the office to be.
            background: Where keys are drawn and the store is made.
            clock: The present instant.
            fonts, wording: Folders of the program, for the sheet.
            version: Of the program, for the foot.
            parent: The window.
        """
        super().__init__(version, parent)
        self._lock, self._background, self._clock = lock, background, clock
        self._fonts, self._wording = fonts, wording
        self.state = State()
        self.office, self.you, self.passphrase = OfficePage(), YouPage(), PassphrasePage()
        self.sheet, self.done = SheetPage(), DonePage()
        self.pages: dict[Page, Sheet] = {
            Page.OFFICE: self.office,
            Page.YOU: self.you,
            Page.PASSPHRASE: self.passphrase,
            Page.SHEET: self.sheet,
            Page.DONE: self.done,
        }
        self._step, self._title = Label("", "small_medium", "text2"), Label("", "title")
        self.go_button = Button("", "primary", key="Enter", size="button_big")
        self.back_button = Button(self.tr("Back"), "ghost", key="Esc")
        self._doing = WrapLabel("", "small", "text2")
        self._banner: Banner | None = None
        self._build()
        self.follow_theme()
        self._show()

    def first_focus(self) -> None:
        """Put the focus where the shown page begins."""
        page = self.pages[self.state.page]
        goal = self.go_button if self.state.page is Page.DONE else page.first()
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Leave the shown page."""
        if self.state.busy:
            return
        match self.state.page:
            case Page.OFFICE:
                self._step_on(self.office.answers(self.state.facts))
            case Page.YOU:
                self._step_on(replace(self.state.facts, officer=self.you.name.value()))
            case Page.PASSPHRASE:
                self._draw_keys()
            case Page.SHEET:
                self._read_back()
            case Page.DONE:
                self._make_office()

    def go_back(self) -> None:
        """Return to the page before."""
        self._turn(model.go_back(self.state))

    def save_sheet_to(self, target: Path) -> None:
        """Save the recovery sheet as PDF."""
        try:
            save_sheet(self._paper(), target)
        except Expected as failure:
            self._failed(failure)
            return
        self._turn(model.take_sheet(self.state))

    def _step_on(self, facts: Beginning) -> None:
        self._turn(model.go_on(model.answer(self.state, facts)))

    def _turn(self, state: State) -> None:
        moved = state.page is not self.state.page or state.sheet_taken is not self.state.sheet_taken
        self.state = state
        self._show()
        if moved:
            self.first_focus()

    def _draw_keys(self) -> None:
        typed = self.passphrase.new.accepted()
        if not typed:
            return
        lock, facts = self._lock, self.state.facts
        self._turn(model.begin(self.state))
        self._run(lambda: begin(lock, facts, typed), self._drawn, Pool.PURE)

    def _drawn(self, begun: Begun) -> None:
        self.passphrase.new.clear()
        self._turn(model.keys_drawn(self.state, begun))

    def _read_back(self) -> None:
        if self.state.sheet_taken:
            self._turn(model.type_back(self.state, self.sheet.typed()))

    def _make_office(self) -> None:
        lock, facts, begun, clock = self._lock, self.state.facts, self.state.begun, self._clock
        if begun is None:
            raise AssertionError("the last page comes after the keys")
        self._turn(model.begin(self.state))
        self._run(
            lambda: finish(lock, facts, begun, clock=clock),
            lambda _: self.finished.emit(begun.unlocked),
            Pool.STORE,
        )

    def _run(self, work: Callable[[], T], done: Callable[[T], object], pool: Pool) -> None:
        self._background.run(work, owner=self, done=done, failed=self._failed, crashed=self._crashed, pool=pool)

    def _failed(self, failure: Expected) -> None:
        self._turn(model.fail(self.state, failure))

    def _crashed(self, error: BaseException) -> None:
        self._background.crashed(error)
        self._failed(Expected("program.crashed"))

    def _paper(self) -> RecoverySheet:
        begun, facts = self.state.begun, self.state.facts
        if begun is None:
            raise AssertionError("a sheet comes from keys")
        return make_sheet(
            begun.groups,
            office=facts.office.strip(),
            laptop=laptop_name(facts),
            rehearsal=facts.rehearsal,
            zone=facts.zone,
            clock=self._clock,
            fonts=self._fonts,
            wording=self._wording,
            language=facts.languages[0],
        )

    def _print(self) -> None:
        from avrr_desktop.ui.printing import ask_and_print

        try:
            paper = self._paper()
        except Expected as failure:
            self._failed(failure)
            return
        if ask_and_print(paper.pages, partial(draw_sheet, paper), self):
            self._turn(model.take_sheet(self.state))

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the recovery sheet"), SHEET_FILE, self.tr("PDF (*.pdf)")
        )
        if name:
            self.save_sheet_to(Path(name))

    def _show(self) -> None:
        """Draw the state."""
        state = self.state
        page = self.pages[state.page]
        step = self.tr("Step {number} of {count}")
        self._step.setText(step.format(number=int(state.page), count=len(Page)))
        title, verb, busy = self._words(state.page)
        self._title.setText(title)
        self.go_button.setText(verb)
        for shown in self.pages.values():
            shown.setVisible(shown is page)
            shown.setEnabled(not state.busy)
        page.show_state(state)
        self.go_button.set_busy(busy if state.busy else "")
        self.go_button.setEnabled(not state.busy and (state.page is not Page.SHEET or state.sheet_taken))
        self.back_button.setVisible(state.page in (Page.YOU, Page.PASSPHRASE))
        self._doing.setText(self._why(state))
        self._show_banner(state.failure)

    def _words(self, page: Page) -> tuple[str, str, str]:
        on = self.tr("Go on")
        return {
            Page.OFFICE: (self.tr("Which office is this?"), on, ""),
            Page.YOU: (self.tr("Who are you?"), on, ""),
            Page.PASSPHRASE: (self.tr("Choose a passphrase"), on, self.tr("Drawing keys\u2026")),
            Page.SHEET: (self.tr("Take the recovery sheet"), on, ""),
            Page.DONE: (self.tr("Ready"), self.tr("Open the office"), self.tr("Making the office\u2026")),
        }[page]

    def _why(self, state: State) -> str:
        if state.page is Page.PASSPHRASE and state.busy:
            return self.tr("The lock is fitted to this laptop: that takes a few seconds.")
        if state.page is Page.SHEET and not state.sheet_taken:
            return self.tr("Print the sheet or save it first.")
        return ""

    def _show_banner(self, failure: Expected | None) -> None:
        if self._banner is not None:
            self.form.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        if failure is not None and failure.code.partition(".")[0] not in AT_FIELD:
            said = notice(failure)
            self._banner = Banner("bad", said.text, said.remedy, parent=self.paper)
            self.form.insertWidget(1, self._banner)
            self._banner.show()

    def _build(self) -> None:
        self.panel.say(
            self.tr("A new office"),
            self.tr("Everything stays on this laptop, encrypted. Nothing is sent anywhere."),
        )
        head = column(None, 2)
        head.addWidget(self._step)
        head.addWidget(self._title)
        self.form.addLayout(head)
        for page in self.pages.values():
            self.form.addWidget(page)
            page.entered.connect(self.go_on)
        acts = row(None, 12)
        acts.addWidget(self.go_button)
        acts.addWidget(self.back_button)
        acts.addStretch(1)
        last = column(None, 12)
        last.addLayout(acts)
        last.addWidget(self._doing)
        self.form.addLayout(last)
        self.go_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.go_back)
        self.sheet.print_wanted.connect(self._print)
        self.sheet.save_wanted.connect(self._save)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
            return
        super().keyPressEvent(event)
