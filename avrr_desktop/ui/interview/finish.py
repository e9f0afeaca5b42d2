"""After the interview: what the answers would change in the file, accepted field by field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.services.proposing import Proposal
from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.choice import CheckRow, Option
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.interview import words
from avrr_desktop.ui.interview.page import Column
from avrr_desktop.ui.interview.signature import SignatureCard
from avrr_desktop.ui.interview.state import State


class FinishPage(Column):
    """
    What the answers change.

    Attributes:
        signature: Under what was read back.
        rows: One row a proposal, in order.

    Signals:
        ticked: (int, bool) Proposal accepted or not.
    """

    ticked = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CheckRow] = []
        self._cards: list[Card] = []
        self._drawn: object = None
        self._heading = WrapLabel("", "title")
        self._meaning = WrapLabel("", "body", "text2")
        self._done = Sign("", "ok", "circle-check", "medium")
        for part in (self._heading, self._meaning, self._done):
            self.body.addWidget(part)
        self.signature = SignatureCard()
        self.body.addWidget(self.signature)
        self.body.addStretch(1)
        self.follow_theme()

    def show_state(self, state: State) -> None:
        """Draw the page."""
        self._heading.setText(self.tr("What the answers change in the file"))
        if state.proposals:
            meaning = self.tr("Each line is written only where it is ticked. The answers themselves stay as they are.")
        elif state.written is None:
            meaning = self.tr("The answers change nothing in the file.")
        else:
            meaning = ""
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        self._done.setVisible(state.written is not None)
        if state.written is not None:
            self._done.set_text(self.tr("Written into the file: %n", "how many changes", state.written))
        self.signature.show_record(state.record, state.today, may_sign=state.may_tell)
        if state.proposals != self._drawn:
            self._drawn = state.proposals
            self._rebuild(state)
        for number, row in enumerate(self.rows):
            row.setChecked(number in state.ticked)

    def restyle(self) -> None:
        """Set margins and the air between the people."""
        super().restyle()
        self.body.setSpacing(theme.current().space(16))

    def _rebuild(self, state: State) -> None:
        for card in self._cards:
            self.body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards, self.rows = [], []
        about: tuple[str, str] | None = None
        for number, one in enumerate(state.proposals):
            if (one.kind, one.entity) != about:
                about = (one.kind, one.entity)
                card = Card(self._title(one, state), parent=self._inner)
                self.body.insertWidget(self.body.indexOf(self.signature), card)
                card.setVisible(True)
                self._cards.append(card)
            change = self.tr("{field}: {proposed}") if one.is_new else self.tr("{field}: {current} → {proposed}")
            text = change.format(
                field=words.field(one),
                current=words.value(one.field, one.current, one.current_words),
                proposed=words.value(one.field, one.proposed, one.proposed_words),
            )
            row = CheckRow(Option(str(number), text), large=False, parent=self._cards[-1])
            row.clicked.connect(lambda on, number=number: self.ticked.emit(number, on))
            self._cards[-1].body.addWidget(row)
            row.setVisible(True)
            self.rows.append(row)

    def _title(self, one: Proposal, state: State) -> str:
        """Say whom a group of proposals is about; the person interviewed is not named on the page."""
        if one.kind == "plan":
            return self.tr("The plan")
        if one.is_new:
            return self.tr("New person: {name}").format(name=isolate(one.about))
        return self.tr("The person interviewed") if one.about == state.facts.person else isolate(one.about)
