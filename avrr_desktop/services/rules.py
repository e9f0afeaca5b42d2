"""The programmes' amounts as the settings show them: rule, source, and what the office has confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.money import Money
from avrr_desktop.domain.office import ProgrammeConfirmation
from avrr_desktop.domain.sections import Section
from avrr_desktop.programme.model import Entitlement, Programme
from avrr_desktop.services.desk import Desk, verb
from avrr_desktop.services.history import officer_names


@dataclass(frozen=True, slots=True)
class RuleView:
    """
    One amount.

    Attributes:
        rule: Id in the programme's file.
        kinds: Kinds of assistance it is for, codes; empty for all.
        stages: Stages of a claim it is for, codes; empty for all.
        amount: Per person, as it counts now.
        source: Title of the first source; *address* "" where nothing is published.
        is_published: An outside source gives this amount.
        counts: It is confirmed, by the file or by the office.
        confirmed_by: Name of who confirmed it for the office, "" for nobody.
        confirmed_at: When; None for not.
    """

    rule: str
    kinds: tuple[str, ...]
    stages: tuple[str, ...]
    amount: Money
    source: str
    address: str
    is_published: bool
    counts: bool
    confirmed_by: str
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme: its amounts in the order of its file, its dates, and whether it is open today."""

    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    is_open: bool
    rules: tuple[RuleView, ...]


@verb(reads=(Section.PROGRAMME,))
def programmes(desk: Desk, actor: Actor) -> tuple[ProgrammeView, ...]:
    """Return every programme with its amounts, open ones first, then by code."""
    today = desk.today()
    views = [_view(desk, programme, today) for programme in desk.programmes.values()]
    return tuple(sorted(views, key=lambda view: (not view.is_open, view.code)))


def _view(desk: Desk, programme: Programme, today: date) -> ProgrammeView:
    records = desk.store.find(ProgrammeConfirmation, sections=(Section.PROGRAMME,), programme=programme.code)
    confirmed = {found.value.rule: found.value for found in records if found.value.amount_minor is not None}
    names = officer_names(desk)
    begun = programme.valid_from is None or programme.valid_from <= today
    is_open = begun and (programme.valid_to is None or today <= programme.valid_to)
    rules = tuple(_rule(rule, confirmed.get(rule.fired.rule_id), names) for rule in programme.entitlements)
    return ProgrammeView(programme.code, programme.name, programme.valid_from, programme.valid_to, is_open, rules)


def _rule(rule: Entitlement, record: ProgrammeConfirmation | None, names: dict[str, str]) -> RuleView:
    own = record.amount_minor if record is not None else None
    minor = rule.amount_minor if own is None else own
    return RuleView(
        rule.fired.rule_id,
        rule.when.kinds,
        rule.when.stages,
        Money(rule.currency, minor),
        rule.fired.source_text,
        rule.fired.source_address,
        rule.fired.mark.value == "sourced" and minor == rule.amount_minor,
        record is not None or rule.fired.confirmed,
        names.get(record.by or "", "") if record is not None else "",
        record.at if record is not None else None,
    )
