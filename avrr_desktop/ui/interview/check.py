"""Check the answers: every topic with its answers, what needs another look, and completing the interview."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.counselling import Sitting
from avrr_desktop.services.amending import Amended
from avrr_desktop.services.interviewing import Spot
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.errors import ErrorSummary, Fault
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.interview import words
from avrr_desktop.ui.interview.lines import QuestionLine
from avrr_desktop.ui.interview.meeting import SittingList
from avrr_desktop.ui.interview.page import Column
from avrr_desktop.ui.interview.signature import signed_words
from avrr_desktop.ui.interview.state import SectionView, State


class CheckPage(Column):
    """
    All answers of the interview.

    Attributes:
        summary: What needs another look, after a try to complete.
        lines: The questions by place.
        signed: Whether a complete interview is signed.
        quality: How the interpreting of this sitting went.
        sittings: The sittings with their days.
        reading: Shows the answers in the returnee's window, where that is open.

    Signals:
        changed: (Spot) Change was pressed.
        quality_left: (str) What is said of the interpreting was left.
        reading_wanted: Show the answers in the returnee's window, or no longer.
    """

    changed = Signal(object)
    reading_wanted = Signal()
    quality_left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[Spot, QuestionLine] = {}
        self._cards: list[Card] = []
        self._drawn: object = None
        self._faults: tuple[Spot, ...] = ()
        self._heading = WrapLabel(self.tr("Check the answers"), "title")
        self._meaning = WrapLabel("", "body", "text2")
        self.summary = ErrorSummary()
        self.stops = Banner("warn", "")
        self.signed = Sign("", "ok", "circle-check")
        self.reading = Button("", "secondary", icon="monitor")
        self.reading.clicked.connect(lambda: self.reading_wanted.emit())
        for part in (self._heading, self._meaning, self.signed, self.summary, self.stops):
            self.body.addWidget(part)
        self.body.addWidget(self.reading, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addStretch(1)
        help_ = self.tr("For the next officer: was it understood, complete, at ease?")
        self.quality = Field(self.tr("How the interpreting went"), help=help_, optional=True)
        self.quality.left.connect(self.quality_left)
        self.sittings = SittingList()
        for last in (self.quality, self.sittings):
            self.body.addWidget(last)
        self.follow_theme()

    def show_state(self, state: State) -> None:
        """Draw the page."""
        if state.is_complete:
            self._meaning.setText(
                self.tr("The interview is complete. An answer changes only with a reason; both stay in the history.")
            )
        else:
            self._meaning.setText(
                self.tr("Read the answers back together. Afterwards an answer changes only with a reason.")
            )
        self.stops.setVisible(bool(state.stops))
        if state.stops:
            lines = words.stop_lines(state)
            lifts = self.tr("The interview can be completed all the same.")
            self.stops.set_text(self.tr("This holds the case up for now"), "\n".join([*lines, lifts]))
        self._show_signed(state)
        last = state.meetings[-1] if state.meetings else Sitting()
        self.quality.setVisible(state.is_writable and bool(last.interpreter_name))
        if not self.quality.editor.hasFocus():
            self.quality.set_value(last.interpreter_quality or "")
        self.sittings.show_sittings(state.meetings, state.facts.zone)
        wanted = (state.summary, state.speech, state.amendable, state.amended, theme.current())
        if wanted != self._drawn:
            self._drawn = wanted
            self._rebuild(state)
        self._show_faults(state)

    def _show_signed(self, state: State) -> None:
        self.signed.setVisible(state.is_complete)
        if state.record.signed_how is not None:
            self.signed.set_state(signed_words(state.record), "ok", "circle-check")
        else:
            self.signed.set_state(self.tr("Not signed. The last page takes the signature."), "text2", "circle-dashed")

    def show_reading(self, *, is_open: bool, is_on: bool) -> None:
        """Offer to show the answers in the returnee's window, where it *is_open*."""
        hide, show = self.tr("Take the answers off their window"), self.tr("Show the answers in their window")
        self.reading.setText(hide if is_on else show)
        self.reading.setVisible(is_open)

    def restyle(self) -> None:
        """Set margins and the air between the topics."""
        super().restyle()
        self.body.setSpacing(theme.current().space(16))

    def _rebuild(self, state: State) -> None:
        for card in self._cards:
            self.body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards, self.lines = [], {}
        amended = dict(state.amended)
        for section, lines in state.summary:
            card = self._card(section, state)
            for line in lines:
                is_open = state.is_writable or line.spot in state.amendable
                can_change = is_open and line.asked is not None and not line.asked.is_readonly
                row = QuestionLine(
                    line,
                    state.codes[1],
                    state.speech,
                    can_change=can_change,
                    asks_why=state.is_complete,
                    parent=self._inner,
                )
                row.wanted.connect(lambda spot=line.spot: self.changed.emit(spot))
                self.lines[line.spot] = row
                card.body.addWidget(row)
                row.setVisible(True)
                if line.spot in amended:
                    card.body.addWidget(self._why(amended[line.spot], state))
            self.body.insertWidget(self.body.indexOf(self.quality) - 1, card)
            card.setVisible(True)
            self._cards.append(card)

    def _why(self, amended: Amended, state: State) -> WrapLabel:
        said = self.tr("Changed {when} by {who}: {why}").format(
            when=wording.day_time(amended.at, state.facts.zone),
            who=isolate(amended.officer),
            why=isolate(amended.reason),
        )
        return WrapLabel(said, "small", "text2", parent=self._inner)

    def _card(self, section: SectionView, state: State) -> Card:
        card = Card(words.section(section, state.speech), parent=self._inner)
        card.set_fact(self.tr("{answered} of {asked}").format(answered=section.answered, asked=section.asked))
        return card

    def _show_faults(self, state: State) -> None:
        faults = tuple(one.spot for one in state.problems)
        if not faults:
            self._faults = ()
            self.summary.hide()
            return
        found = [
            Fault(one.text, line.change or line)
            for one in state.problems
            if (line := self.lines.get(one.spot)) is not None
        ]
        self.summary.show_faults(self.tr("Answers that need another look: %n", "", len(found)), found)
        if faults != self._faults:
            self._faults = faults
            self.verticalScrollBar().setValue(0)
