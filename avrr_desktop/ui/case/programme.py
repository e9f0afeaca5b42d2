"""Under which programme, and the dated facts of each person that an entitlement rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.legal import Participation, Status
from avrr_desktop.services.people import PersonView
from avrr_desktop.ui import wording
from avrr_desktop.ui.case import words
from avrr_desktop.ui.case.folding import FoldingCard
from avrr_desktop.ui.case.labels import field_label
from avrr_desktop.ui.case.model import day_text, read_day
from avrr_desktop.ui.case.page import Fields
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.field import Field


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme of the office: its name and the kinds of return it offers."""

    name: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Programme, kind of return and day of application."""

    programme: str
    return_kind: str
    applied_on: date


class ProgrammeCard(FoldingCard):
    """
    Choose programme and kind; written once all three are there.

    Attributes:
        fields: programme, return_kind, applied_on.

    Signals:
        chosen: (Choice)
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Programme"), parent=parent)
        self._offers: Mapping[str, Offer] = {}
        self.fields = {
            "programme": Field(field_label("participation", "programme"), "combo"),
            "return_kind": Field(field_label("participation", "return_kind"), "combo"),
            "applied_on": Field(field_label("participation", "applied_on"), "date"),
        }
        self.body.addWidget(Fields(self.fields.values(), 3))
        self.fields["programme"].left.connect(self._choose_programme)
        self.fields["return_kind"].left.connect(lambda _text: self._finish())
        self.fields["applied_on"].left.connect(lambda _text: self._finish())

    def show_choice(self, offers: Mapping[str, Offer], held: Participation, today: date) -> None:
        """Show what is chosen among *offers*."""
        self._offers = offers
        self.fields["programme"].set_options([(code, isolate(offer.name)) for code, offer in offers.items()])
        self.fields["programme"].set_value(held.programme or self.fields["programme"].value())
        self._offer_kinds(self.fields["programme"].value())
        if held.return_kind:
            self.fields["return_kind"].set_value(held.return_kind.value)
        if not self.fields["applied_on"].error():
            self.fields["applied_on"].set_value(day_text(held.applied_on or today))
        self.settle(self._held(held))

    def _held(self, held: Participation) -> list[str]:
        if not (held.programme and held.return_kind and held.applied_on):
            return []
        name = self._offers[held.programme].name if held.programme in self._offers else held.programme
        applied = self.tr("applied on {day}").format(day=wording.day(held.applied_on))
        return [isolate(name), words.word("return_kind", held.return_kind), applied]

    def _offer_kinds(self, programme: str) -> None:
        kinds = self._offers[programme].kinds if programme in self._offers else ()
        self.fields["return_kind"].set_options([(kind, words.word("return_kind", kind)) for kind in kinds])

    def _choose_programme(self, programme: str) -> None:
        self._offer_kinds(programme)
        self._finish()

    def _finish(self) -> None:
        readable, day = read_day(self.fields["applied_on"].value())
        wrong = self.tr("Write the day as in 24 11 2026.") if not readable or day is None else ""
        self.fields["applied_on"].set_error(wrong)
        programme, kind = self.fields["programme"].value(), self.fields["return_kind"].value()
        if programme and kind and readable and day is not None:
            self.keep_open()
            self.chosen.emit(Choice(programme, kind, day))


@dataclass(frozen=True, slots=True)
class Facts:
    """The dated facts of one person."""

    claim_on: date | None
    decision_on: date | None
    recourse_stage: str | None
    designated_country: bool | None


class FactsCard(FoldingCard):
    """
    Group and facts of one person.

    Attributes:
        fields: group, claim_on, decision_on, recourse_stage, designated_country.

    Signals:
        grouped: (str) The group's code.
        written: (Facts)
    """

    grouped = Signal(str)
    written = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        truths = (("true", words.word("answer3", "yes")), ("false", words.word("answer3", "no")))
        unknown = ("", self.tr("not known yet"))
        self.fields = {
            "group": Field(field_label("status", "group"), "combo", options=words.options("group")),
            "claim_on": Field(field_label("status", "claim_on"), "date"),
            "decision_on": Field(field_label("status", "decision_on"), "date"),
            "recourse_stage": Field(
                field_label("status", "recourse_stage"), "combo", options=(unknown, *words.options("recourse_stage"))
            ),
            "designated_country": Field(
                field_label("status", "designated_country"), "combo", options=(unknown, *truths)
            ),
        }
        self.body.addWidget(Fields(self.fields.values(), 3))
        self.fields["group"].left.connect(self._group)
        for name in ("claim_on", "decision_on", "recourse_stage", "designated_country"):
            self.fields[name].left.connect(lambda _text: self._finish())

    def show_person(self, person: PersonView, held: Status, groups: Sequence[str]) -> None:
        """Show the facts of *person*; *groups* are those of the programme."""
        heading = self.tr("Group and claim of {name}").format(name=isolate(person.name))
        self.heading.setText(heading)
        self.setAccessibleName(heading)
        offered = [*groups, *([held.group.value] if held.group and held.group.value not in groups else [])]
        self.fields["group"].set_options([(code, words.word("group", code)) for code in offered])
        designated = "" if held.designated_country is None else "true" if held.designated_country else "false"
        values = {
            "group": held.group.value if held.group else "",
            "claim_on": day_text(held.claim_on),
            "decision_on": day_text(held.decision_on),
            "recourse_stage": held.recourse_stage or "",
            "designated_country": designated,
        }
        for name, field in self.fields.items():
            if not field.editor.hasFocus() and not field.error():
                field.set_value(values[name])
        self.settle(self._held(held))

    def _held(self, held: Status) -> list[str]:
        if not held.group:
            return []
        claimed = self.tr("claim made on {day}").format(day=wording.day(held.claim_on)) if held.claim_on else ""
        decided = self.tr("decided on {day}").format(day=wording.day(held.decision_on)) if held.decision_on else ""
        stage = words.word("recourse_stage", held.recourse_stage) if held.recourse_stage else ""
        return [words.word("group", held.group), claimed, decided, stage]

    def _group(self, code: str) -> None:
        self.keep_open()
        self.grouped.emit(code)

    def _finish(self) -> None:
        days: dict[str, date | None] = {}
        for name in ("claim_on", "decision_on"):
            readable, days[name] = read_day(self.fields[name].value())
            self.fields[name].set_error("" if readable else self.tr("Write the day as in 24 11 2026."))
            if not readable:
                return
        designated = self.fields["designated_country"].value()
        self.keep_open()
        self.written.emit(
            Facts(
                days["claim_on"],
                days["decision_on"],
                self.fields["recourse_stage"].value() or None,
                designated == "true" if designated else None,
            )
        )
