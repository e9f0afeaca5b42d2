"""Why a plan may cost what it may: each person's amount with its rule and source, who is left out, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.money import Money
from avrr_desktop.domain.office import ProgrammeConfirmation
from avrr_desktop.domain.sections import Section
from avrr_desktop.programme.ceiling import NoCeiling, PersonCeiling
from avrr_desktop.services.desk import Desk, verb
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.moving import programme_of
from avrr_desktop.services.people import view_people
from avrr_desktop.services.planning import work_out_ceiling
from avrr_desktop.services.reasons import Reason, reason_of


@dataclass(frozen=True, slots=True)
class Share:
    """One participant's amount and why; *name* may be "" where nobody has written it yet."""

    person: str
    name: str
    amount: Money
    reason: Reason


@dataclass(frozen=True, slots=True)
class Excluded:
    """A traveller without an amount: *code* "canadian_citizen" or "not_taking_part", *rule* "" without one."""

    person: str
    name: str
    code: str
    rule: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A fact of a person that must be known first: "claim_on", "stage", "dco", "group"."""

    person: str
    name: str
    fact: str


@dataclass(frozen=True, slots=True)
class CeilingWhy:
    """
    The whole answer.

    Attributes:
        programme: The programme's own name.
        total: The ceiling, None without one.
        code: "" with a ceiling, else "outside_dates", "fact_missing", "no_rule" or "not_confirmed".
        shares: The amounts; without a ceiling those the office has still to confirm.
        excluded: Who is left out.
        lacking: Which facts of whom.
        valid_from, valid_to: The programme's own dates, with "outside_dates".
        is_published: Whether every amount has a published source.
    """

    programme: str
    total: Money | None
    code: str
    shares: tuple[Share, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    is_published: bool = False


@verb(reads=(Section.CORE, Section.LEGAL))
def explain_ceiling(desk: Desk, actor: Actor, case: str) -> CeilingWhy:
    """Say why the ceiling of *case* is what it is, or why there is none."""
    rules = programme_of(desk, case)
    answer = work_out_ceiling(desk, case)
    names = {person.id: person.name for person in view_people(desk, case)}
    confirmed = _confirmations(desk, rules.code)
    if isinstance(answer, NoCeiling):
        return CeilingWhy(
            rules.name,
            None,
            answer.code.value,
            _shares(answer.proposed, answer.currency, names, confirmed),
            lacking=tuple(Lacking(m.person_id, names.get(m.person_id, ""), m.fact) for m in answer.missing),
            valid_from=answer.valid_from,
            valid_to=answer.valid_to,
        )
    left = tuple(
        Excluded(
            out.person_id,
            names.get(out.person_id, ""),
            out.code.value,
            out.fired.rule_id if out.fired is not None else "",
        )
        for out in answer.left_out
    )
    shares = _shares(answer.persons, answer.currency, names, confirmed)
    total = Money(answer.currency, answer.total_minor)
    return CeilingWhy(rules.name, total, "", shares, left, is_published=answer.is_published)


def _confirmations(desk: Desk, programme: str) -> dict[str, tuple[str, date | None]]:
    """Return who confirmed the amount of each rule, and when."""
    names = officer_names(desk)
    found = desk.store.find(ProgrammeConfirmation, sections=(Section.PROGRAMME,), programme=programme)
    return {
        f.value.rule: (names.get(f.value.by or "", ""), local_date(f.value.at, desk.zone) if f.value.at else None)
        for f in found
        if f.value.rule
    }


def _shares(
    persons: tuple[PersonCeiling, ...],
    currency: str,
    names: dict[str, str],
    confirmed: dict[str, tuple[str, date | None]],
) -> tuple[Share, ...]:
    return tuple(
        Share(
            person.person_id,
            names.get(person.person_id, ""),
            Money(currency, person.amount_minor),
            reason_of(person.fired, *confirmed.get(person.fired.rule_id, ("", None))),
        )
        for person in persons
    )
