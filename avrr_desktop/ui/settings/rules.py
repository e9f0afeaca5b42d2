"""The programmes: each amount with its source, and what the office has confirmed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.services.rules import ProgrammeView, RuleView
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.base import Restyled, column, isolate, ltr, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings import model
from avrr_desktop.ui.settings.model import State
from avrr_desktop.ui.settings.page import SettingsPage, Tools


class RuleLine(Restyled, QWidget):
    """
    One amount.

    Attributes:
        rule: What is drawn.
        amount: The field, where it can be changed.
        confirm: The button beside it.
    """

    def __init__(self, rule: RuleView, zone: str, *, is_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule = rule
        self._lines = column(self, 4)
        head = row(None, 8)
        head.addWidget(Label(self._whom(), "strong"), 1)
        head.addWidget(self._chip(is_open))
        self._lines.addLayout(head)
        self._lines.addWidget(WrapLabel(self._source(zone), "small", "text2"))
        name = self.tr("Amount for each person: {whom}").format(whom=self._whom())
        self.amount = Field(name, "money", unit=rule.amount.currency, show_label=False)
        self.amount.set_value(wording.amount(rule.amount))
        self.confirm = Button(self.tr("Confirm"))
        self.confirm.setAccessibleDescription(name)
        act = row(None, 12)
        act.addWidget(self.amount, 1)
        act.addWidget(self.confirm)
        self._lines.addLayout(act)
        self.follow_theme()

    def lock(self) -> None:
        """Show the amount without a way to change it."""
        self.amount.set_read_only(True)
        self.confirm.hide()

    def restyle(self) -> None:
        """Set spacing."""
        self._lines.setContentsMargins(0, theme.current().space(8), 0, theme.current().space(8))

    def _whom(self) -> str:
        kinds = {
            "general": self.tr("General assistance"),
            "tailored": self.tr("Tailored assistance"),
            "stranded": self.tr("Stranded people"),
        }
        named = [kinds.get(kind, kind) for kind in self.rule.kinds]
        return self.tr(", ", "between two kinds of assistance").join(named) or ltr(self.rule.rule)

    def _chip(self, is_open: bool) -> Chip:
        if not self.rule.counts:
            return Chip(self.tr("To be confirmed by the office"), "warn")
        if self.rule.confirmed_at is not None:
            return Chip(self.tr("Confirmed"), "ok")
        return Chip(self.tr("Published"), "outline") if is_open or self.rule.is_published else Chip("", "outline")

    def _source(self, zone: str) -> str:
        rule = self.rule
        said = [self.tr("Rule {rule}.").format(rule=ltr(rule.rule))]
        said.append(self.tr("Source: {source}").format(source=isolate(rule.source)) + ".")
        if rule.confirmed_at is not None:
            words = self.tr("Confirmed by {name}, {when}.")
            said.append(words.format(name=isolate(rule.confirmed_by), when=wording.day_time(rule.confirmed_at, zone)))
        elif not rule.counts:
            said.append(self.tr("An example: it gives no ceiling before the office confirms it."))
        return " ".join(said)


class ProgrammePage(SettingsPage):
    """
    A card for each programme.

    Attributes:
        rules: The lines by (programme, rule).
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        self.rules: dict[tuple[str, str], RuleLine] = {}
        self._drawn: tuple[ProgrammeView, ...] = ()
        self._cards = QVBoxLayout()
        self.lines.addLayout(self._cards)
        self.follow_theme()

    def wide(self) -> float:
        """Sources are long."""
        return 1.0 if theme.current().roomy else 1.5

    def draw(self, state: State) -> None:
        """Draw the programmes anew when they are different."""
        super().draw(state)
        self._cards.setSpacing(theme.current().space(16))
        if state.programmes == self._drawn and self.rules:
            return
        self._drawn = state.programmes
        while self._cards.count():
            item = self._cards.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        self.rules = {}
        for programme in state.programmes:
            self._cards.addWidget(self._card(programme, state))

    def first(self) -> QWidget | None:
        """Begin with the first amount that waits for the office."""
        waiting = [line for line in self.rules.values() if not line.rule.counts]
        return waiting[0].amount.editor if waiting else None

    def _card(self, programme: ProgrammeView, state: State) -> Card:
        card = Card(programme.name)
        if programme.valid_from and programme.valid_to:
            words = self.tr("{first} to {last}")
            fact = words.format(first=wording.day(programme.valid_from), last=wording.day(programme.valid_to))
            card.set_fact(fact)
        for rule in programme.rules:
            line = RuleLine(rule, state.office.zone or "UTC", is_open=programme.is_open)
            if not (state.may_write and programme.is_open):
                line.lock()
            line.confirm.clicked.connect(partial(self._confirm, programme.code, line))
            line.amount.entered.connect(partial(self._confirm, programme.code, line))
            self.rules[programme.code, rule.rule] = line
            card.body.addWidget(line)
        return card

    def _confirm(self, programme: str, line: RuleLine, _checked: bool = False) -> None:
        minor = model.amount_of(line.amount.value(), line.rule.amount.currency)
        if minor is None:
            line.amount.set_error(self.tr("Write the amount in figures, as in 2,000.00."))
            return
        line.amount.set_error("")
        room = self.room
        room.act(lambda: model.confirm(room.desk, room.actor, programme, line.rule.rule, minor))
