"""Beside the flights: when to be at the airport and why, and what the journey was looked over for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import ltr, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.components.why import Why
from avrr_desktop.ui.plan.words import mark, validity
from avrr_desktop.ui.tokens import Token
from avrr_desktop.ui.travel import words
from avrr_desktop.ui.travel.model import Level, State

INKS: dict[Level, Token] = {Level.BLOCKS: "bad", Level.WARNS: "warn", Level.FINE: "ok"}
MOST_MINUTES = 24 * 60
"""Nobody is asked to an airport more than a day before."""


class ReportCard(Card):
    """
    When to be at the first airport, from the programme's rule or the office's own minutes.

    Signals:
        written(object): Minutes before departure; None takes the rule again.
    """

    written = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Travel", "At the airport"), parent=parent)
        self.time = Label("", "lead_strong")
        self.day = Label("", "small", "text2")
        self.why = Why(self.tr("Why then?"))
        self.why.link.setText(self.tr("Why then?"))
        self.minutes = Field(
            self.tr("Minutes before departure"), "number", help=self.tr("Empty: as the programme asks."), optional=True
        )
        self.minutes.left.connect(self._read)
        parts: tuple[QWidget, ...] = (self.time, self.day, self.why, self.minutes)
        for part in parts:
            self.body.addWidget(part)

    def show_state(self, state: State) -> None:
        """Show time, day and rule."""
        journey = state.journey
        at = journey.report_at
        self.time.setText(words.clock(at) if at else self.tr("not yet"))
        self.day.setText(words.day_and_zone(at) if at else self.tr("The first departure is not written yet."))
        own = journey.journey.report_minutes
        if not self.minutes.editor.hasFocus():
            self.minutes.set_value("" if own is None else str(own))
        self.minutes.set_read_only(not state.can_write)
        why = journey.report_why
        span = ltr(words.span_of(journey.report_minutes))
        if why is None:
            self.why.set_reason(self.tr("{span} before departure: written for this journey.").format(span=span))
            return
        self.why.set_reason(
            self.tr("{span} before departure.").format(span=span),
            (
                (self.tr("Rule"), ltr(why.rule)),
                (self.tr("Valid"), validity(why.valid_from, why.valid_to)),
                (self.tr("Source"), "\n".join(why.sources)),
                (self.tr("Standing"), mark(why.mark)),
            ),
        )

    def _read(self, text: str) -> None:
        plain = text.strip()
        if not plain:
            self.minutes.set_error("")
            self.written.emit(None)
        elif plain.isascii() and plain.isdigit() and 0 < int(plain) <= MOST_MINUTES:
            self.minutes.set_error("")
            self.written.emit(int(plain))
        else:
            self.minutes.set_error(self.tr("Write whole minutes, such as 180."))


class CheckCard(Card):
    """
    What the journey was looked over for, as it is typed; what blocks stands first.

    Signals:
        opened(str): The flight of a check was asked for.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Travel", "Check of the journey"), parent=parent)
        self.set_fact(self.tr("as you type"))
        self._chips = {
            Level.BLOCKS: Chip("", "bad"),
            Level.WARNS: Chip("", "warn"),
            Level.FINE: Chip("", "ok"),
        }
        line = row(None, 8)
        for chip in self._chips.values():
            line.addWidget(chip)
        line.addStretch(1)
        self.body.addLayout(line)
        self._lines: list[QWidget] = []

    def show_state(self, state: State) -> None:
        """List the checks."""
        counts = {
            Level.BLOCKS: self.tr("{count} blocking", "checks that block"),
            Level.WARNS: self.tr("{count} to look at", "checks that warn"),
            Level.FINE: self.tr("{count} in order", "checks that are fine"),
        }
        tones = {Level.BLOCKS: "bad", Level.WARNS: "warn", Level.FINE: "ok"}
        for level, chip in self._chips.items():
            chip.set_state(counts[level].format(count=state.count(level)), tones[level])  # type: ignore[arg-type]  # Tone
            chip.setVisible(state.count(level) > 0)
        for line in self._lines:
            self.body.removeWidget(line)
            line.deleteLater()
        self._lines = []
        if not state.checks:
            self._add(WrapLabel(self.tr("Nothing to look at yet: add the first flight."), "small", "text2"))
        for check in state.checks:
            head, rule = words.check(check)
            self._add(Sign(head, INKS[check.level], words.SIGNS[check.level], "strong"))
            self._add(WrapLabel(rule, "small", "text2"))
            if check.level is not Level.FINE and check.leg and state.can_write:
                link = Button(self.tr("Open the flight"), "link")
                link.setAccessibleDescription(head)
                link.clicked.connect(lambda _=False, leg=check.leg: self.opened.emit(leg))
                self._add(link)

    def heads(self) -> tuple[str, ...]:
        """Return what the checks found, in the order shown."""
        return tuple(line.text() for line in self._lines if isinstance(line, Sign))

    def _add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)
        self._lines.append(widget)


class TravellersCard(Card):
    """Who travels together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Travel", "Travellers"), parent=parent)
        self.names = WrapLabel("", "body")
        self.body.addWidget(self.names)

    def show_state(self, state: State) -> None:
        """Name them."""
        self.names.setText(words.travellers(state.travellers))
        self.set_fact(wording.number(len(state.travellers)))
