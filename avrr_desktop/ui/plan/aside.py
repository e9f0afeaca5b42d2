"""Beside the plan: what is still free and why the ceiling is what it is, what stands before the signature."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.money import Money
from avrr_desktop.services.ceilings import CeilingWhy, Share
from avrr_desktop.services.reasons import Reason
from avrr_desktop.ui import wording
from avrr_desktop.ui.components.base import isolate, ltr, row
from avrr_desktop.ui.components.blocks import Block, Blocks
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.progress import Bar
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.components.why import Why
from avrr_desktop.ui.plan import words
from avrr_desktop.ui.plan.model import State
from avrr_desktop.ui.tokens import LIVE_MS

BAR = 1000
"""Steps of the bar; sums may be larger than its whole numbers."""


class FreeCard(Card):
    """
    The one sum of the page, live, with the way to "why".

    Signals:
        asked(str, str): Go to a place ("case", "settings") and page where the missing part is written.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._caption = Label(self.tr("Still free in this plan"), "small", "text2")
        self.sum = Label("", "big")
        self.bar = Bar(self.tr("Part of the ceiling that is planned"))
        self.bar.setRange(0, BAR)
        self._planned = Label("", "small", "text2")
        self._limit = Label("", "small", "text2")
        self.over = Sign("", "bad", "circle-alert", "strong")
        self.why = Why("")
        self.reason = WrapLabel("", "body", "text")
        self.facts = WrapLabel("", "small", "text2")
        self.way = Button("", "secondary")
        self.way.clicked.connect(self._ask)
        self._target = ("", "")
        ends = row(None, 8)
        ends.addWidget(self._planned, 1)
        ends.addWidget(self._limit)
        above: tuple[QWidget, ...] = (self._caption, self.sum, self.bar)
        below: tuple[QWidget, ...] = (self.over, self.why, self.reason, self.facts, self.way)
        for part in above:
            self.body.addWidget(part)
        self.body.addLayout(ends)
        for part in below:
            self.body.addWidget(part)
        # A live region speaks at most once in two seconds: the latest words win.
        self._speak = QTimer(self)
        self._speak.setSingleShot(True)
        self._speak.setInterval(LIVE_MS)
        self._speak.timeout.connect(self._announce)

    def show_state(self, state: State) -> None:
        """Show sums and reasons of *state*."""
        plan = state.plan
        has = plan.limit is not None
        self._show_parts(has)
        if plan.limit is not None and plan.free is not None:
            self.show_sums(plan.planned, plan.free, plan.limit)
        if has:
            self._explain(state)
        else:
            self._say_why_none(state)

    def show_sums(self, planned: Money, free: Money, limit: Money) -> None:
        """Show sums, also while a line is typed; over the ceiling in red and words."""
        over = free.minor < 0
        absolute = Money(free.currency, abs(free.minor))
        self._caption.setText(self.tr("Over the ceiling") if over else self.tr("Still free in this plan"))
        self.sum.setText(ltr(wording.money(absolute)))
        self.sum.set_colour("bad" if over else "text")
        self.bar.setValue(min(BAR, planned.minor * BAR // limit.minor) if limit.minor else BAR)
        self.bar.set_over(over)
        self._planned.setText(self.tr("{amount} planned").format(amount=ltr(wording.amount(planned))))
        self._limit.setText(self.tr("{amount} ceiling").format(amount=ltr(wording.amount(limit))))
        says = self.tr("{amount} over") if over else self.tr("{amount} still free")
        spoken = says.format(amount=wording.money(absolute))
        self.over.setVisible(over)
        self.over.set_text(self.tr("Lower a line, or remove one.") if over else "")
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)
            if not self._speak.isActive():
                self._speak.start()

    def _show_parts(self, has: bool) -> None:
        with_ceiling: tuple[QWidget, ...] = (self.sum, self.bar, self._planned, self._limit)
        without: tuple[QWidget, ...] = (self.reason, self.facts, self.way)
        for part in with_ceiling:
            part.setVisible(has)
        for part in without:
            part.setVisible(not has)
        self.over.setVisible(False)

    def _explain(self, state: State) -> None:
        why, limit = state.why, state.plan.limit
        self.why.setVisible(why is not None)
        if why is None or limit is None:
            return
        about = self.tr("Why {amount}?").format(amount=ltr(wording.money(limit)))
        self.why.link.setText(about)
        self.why.set_reason(_shares_sentence(why.shares), _facts_of(why))

    def _say_why_none(self, state: State) -> None:
        self.why.setVisible(False)
        self._caption.setText(self.tr("No ceiling yet"))
        sentence, facts, target = _no_ceiling(state.why)
        self.setAccessibleName(sentence)
        self.reason.setText(sentence)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self._target = target
        self.way.setVisible(bool(target[0]))
        self.way.setText(_link_words(target))

    def _ask(self) -> None:
        self.asked.emit(*self._target)

    def _announce(self) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))


class BeforeCard(Card):
    """
    What stands before the signature, each with the way there; then the page's one primary button.

    Attributes:
        sign: The button.

    Signals:
        opened(str): The page of a point was asked for.
    """

    opened = Signal(str)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Plan", "Before the signature"), parent=parent)
        self.blocks = Blocks(())
        self.ready = Sign("", "ok", "circle-check")
        self.sign = Button(self.tr("Sign the plan"), "primary", key=key)
        self.blocks.opened.connect(self.opened)
        for part in (self.blocks, self.ready, self.sign):
            self.body.addWidget(part)

    def show_state(self, state: State) -> None:
        """List what is missing."""
        missing = state.missing or ()
        points = []
        for code in missing:
            page, link = words.way(code)
            # The receiving office answers about a plan: there must be one first.
            waits = code == "feasibility_answered" and state.plan.entity is None
            points.append(Block(page, words.condition(code), "", False, "" if waits else link))
        self.blocks.set_blocks(points)
        self.blocks.setVisible(bool(points))
        self.ready.setVisible(not points)
        held = state.missing is not None
        self.ready.set_state(
            self.tr("Everything is there.") if held else self.tr("The plan is signed in the office that prepared it."),
            "ok" if held else "text2",
            "circle-check" if held else "info",
        )
        self.sign.setEnabled(state.can_sign and state.can_write)


class RateCard(Card):
    """The rates of exchange used in the plan, each once, with its day and source."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Plan", "Rates"), parent=parent)
        self._lines: list[WrapLabel] = []

    def show_state(self, state: State) -> None:
        """List the rates; without one the card is gone."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.deleteLater()
        self._lines = []
        plan = state.plan
        used = {
            (v.line.rate, v.line.currency, v.line.rate_on, v.line.rate_source or ""): None
            for v in plan.lines
            if v.line.rate and v.line.currency and v.line.currency != plan.currency
        }
        for rate, currency, on, source in used:
            strong = WrapLabel(words.rate(rate, plan.currency, currency), "strong")
            small = WrapLabel(words.rate_source(on, source), "small", "text2")
            for label in (strong, small):
                self.body.addWidget(label)
                self._lines.append(label)
        self.setVisible(bool(used))


def _shares_sentence(shares: tuple[Share, ...]) -> str:
    """Say how the ceiling adds up."""
    amounts = {share.amount for share in shares}
    if len(shares) == 1:
        return QCoreApplication.translate("Plan", "{name}: {amount}.").format(
            name=isolate(shares[0].name), amount=ltr(wording.money(shares[0].amount))
        )
    if len(amounts) == 1:
        return QCoreApplication.translate("Plan", "{count} people, {amount} each.").format(
            count=len(shares), amount=ltr(wording.money(shares[0].amount))
        )
    each = QCoreApplication.translate("Plan", "{name} {amount}", "one person's part of a ceiling")
    parts = [each.format(name=isolate(s.name), amount=ltr(wording.money(s.amount))) for s in shares]
    return QCoreApplication.translate("Plan", ", ", "between parts of a line").join(parts)


def _facts_of(why: CeilingWhy) -> list[tuple[str, str]]:
    """List each rule once with source, dates and mark, then who is left out and why."""
    facts: list[tuple[str, str]] = []
    for reason in dict.fromkeys(share.reason for share in why.shares):
        facts += _reason_facts(reason)
    for out in why.excluded:
        because = (
            QCoreApplication.translate("Plan", "{name}: Canadian citizen, takes no part (rule {rule})")
            if out.code == "canadian_citizen"
            else QCoreApplication.translate("Plan", "{name}: travels along, takes no part")
        )
        facts.append(
            (QCoreApplication.translate("Plan", "Left out"), because.format(name=isolate(out.name), rule=out.rule))
        )
    return facts


def _reason_facts(reason: Reason) -> list[tuple[str, str]]:
    facts = [
        (QCoreApplication.translate("Plan", "Rule"), ltr(reason.rule)),
        (QCoreApplication.translate("Plan", "Valid"), words.validity(reason.valid_from, reason.valid_to)),
        (QCoreApplication.translate("Plan", "Source"), "\n".join(reason.sources)),
        (QCoreApplication.translate("Plan", "Standing"), words.mark(reason.mark)),
    ]
    if reason.confirmed_by and reason.confirmed_on:
        confirmed = QCoreApplication.translate("Plan", "{name}, {day}").format(
            name=isolate(reason.confirmed_by), day=wording.day(reason.confirmed_on)
        )
        facts.append((QCoreApplication.translate("Plan", "Confirmed"), confirmed))
    return facts


def _no_ceiling(why: CeilingWhy | None) -> tuple[str, str, tuple[str, str]]:
    """Return the sentence, the facts below it, and where the missing part is written."""
    if why is None:
        return (
            QCoreApplication.translate(
                "Plan", "The office that holds the case's other papers works the ceiling out; it has not come yet."
            ),
            "",
            ("", ""),
        )
    if why.code == "outside_dates":
        sentence = QCoreApplication.translate(
            "Plan", "The application is outside the programme's dates, so there is no ceiling."
        )
        return sentence, words.validity(why.valid_from, why.valid_to), ("case", "enrolment")
    if why.code == "fact_missing":
        line = QCoreApplication.translate("Plan", "{name}: {fact}", "a missing fact of a person")
        facts = "\n".join(line.format(name=isolate(m.name), fact=words.fact(m.fact)) for m in why.lacking)
        return (
            QCoreApplication.translate("Plan", "The ceiling needs facts that are not written yet."),
            facts,
            ("case", "enrolment"),
        )
    if why.code == "not_confirmed":
        proposed = _shares_sentence(why.shares) if why.shares else ""
        words_ = QCoreApplication.translate("Plan", "Proposed: {amounts}").format(amounts=proposed) if proposed else ""
        sentence = QCoreApplication.translate("Plan", "The office has not confirmed the amounts of its programme yet.")
        return sentence, words_, ("settings", "programme")
    return (
        QCoreApplication.translate("Plan", "No rule of the programme gives an amount for this kind of return."),
        "",
        ("case", "enrolment"),
    )


def _link_words(target: tuple[str, str]) -> str:
    return {
        ("case", "enrolment"): QCoreApplication.translate("Plan", "Open Enrolment"),
        ("settings", "programme"): QCoreApplication.translate("Plan", "Open Settings, Programme"),
    }.get(target, "")
