"""The in-kind ceiling: one amount per participant, each with its rule, added up for a family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from avrr_desktop.programme.matching import ParticipantFacts, find_rule
from avrr_desktop.programme.model import Criterion, Entitlement, Programme, Unmet
from avrr_desktop.programme.values import Fired, Mark, QuestionRefused, RuleUnknown


class NoReason(StrEnum):
    """Why there is no ceiling, and why a person has none."""

    OUTSIDE_DATES = "outside_dates"
    FACT_MISSING = "fact_missing"
    NO_RULE = "no_rule"
    NOT_CONFIRMED = "not_confirmed"


class Left(StrEnum):
    """Why a traveller is left out of a ceiling."""

    CANADIAN_CITIZEN = "canadian_citizen"
    NOT_TAKING_PART = "not_taking_part"


@dataclass(frozen=True, slots=True)
class PersonCeiling:
    """One participant's amount in minor units and its rule."""

    person_id: str
    amount_minor: int
    fired: Fired


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A traveller without a ceiling of their own; *fired* is None when only the office said so."""

    person_id: str
    code: Left
    fired: Fired | None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The sum of the participants' amounts, in minor units; both tuples ordered by person id."""

    total_minor: int
    currency: str
    persons: tuple[PersonCeiling, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def is_published(self) -> bool:
        """Tell whether every amount has a published source; otherwise it must not be called official."""
        return all(person.fired.mark is Mark.SOURCED for person in self.persons)


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact of a person that must be known first: a field of `ParticipantFacts`."""

    person_id: str
    fact: str


@dataclass(frozen=True, slots=True)
class NoCeiling:
    """
    There is no ceiling, and why.

    OUTSIDE_DATES: *valid_from* and *valid_to* are the programme's. FACT_MISSING: *missing* says which of
    whom. NO_RULE: no amount is known for *persons*. NOT_CONFIRMED: of the amounts *proposed*,
    the office must confirm those of *persons* first.
    """

    code: NoReason
    currency: str
    persons: tuple[str, ...] = ()
    missing: tuple[MissingFact, ...] = ()
    proposed: tuple[PersonCeiling, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


def ceiling(
    programme: Programme, *, on: date, group: str | None, kind: str, participants: Sequence[ParticipantFacts]
) -> Ceiling | NoCeiling:
    """
    Work out the ceiling of the *participants* who apply together on the day *on*.

    Args:
        programme: Whose rules.
        on: The day of the application, local to the office.
        group: The group of everybody who has none of their own.
        kind: The kind of assistance, a code of the programme.
        participants: Everybody who travels, ids distinct; order does not matter.

    Returns:
        `Ceiling` only when every participant has one confirmed amount; a Canadian citizen or a traveller who
        does not take part gives nothing and is named. Otherwise `NoCeiling`; missing facts are said before
        missing rules.

    Raises:
        QuestionRefused: Two participants have one id.

    Source: DOMAIN.md 1.3 (per person, children included).
    """
    people = sorted(participants, key=lambda person: person.person_id)
    if len({person.person_id for person in people}) != len(people):
        raise QuestionRefused("same_person_twice")
    if not _holds(programme, on):
        return NoCeiling(
            NoReason.OUTSIDE_DATES,
            programme.currency,
            valid_from=programme.valid_from,
            valid_to=programme.valid_to,
        )
    citizenship = next((rule for rule in programme.criteria if rule.unmet is Unmet.NOT_PARTICIPANT), None)
    left = {person.person_id: _left_out(person, citizenship) for person in people}
    found: list[PersonCeiling] = []
    missing: list[MissingFact] = []
    no_rule: list[str] = []
    for person in (person for person in people if left[person.person_id] is None):
        lacks, rule = find_rule(programme, person, on, group, kind)
        if citizenship is not None and person.canadian_citizen is None:
            lacks = ("canadian_citizen", *lacks)
        missing += [MissingFact(person.person_id, fact) for fact in lacks]
        if rule is not None:
            found.append(PersonCeiling(person.person_id, rule.amount_minor, rule.fired))
        elif not lacks:
            no_rule.append(person.person_id)
    if missing or no_rule or not all(person.fired.confirmed for person in found):
        return _no_ceiling(programme, tuple(missing), tuple(no_rule), tuple(found))
    total = sum(person.amount_minor for person in found)
    return Ceiling(total, programme.currency, tuple(found), tuple(entry for entry in left.values() if entry))


def _no_ceiling(
    programme: Programme,
    missing: tuple[MissingFact, ...],
    no_rule: tuple[str, ...],
    found: tuple[PersonCeiling, ...],
) -> NoCeiling:
    """Say the first reason that stands in the way."""
    if missing:
        concerned = tuple(dict.fromkeys(fact.person_id for fact in missing))
        return NoCeiling(NoReason.FACT_MISSING, programme.currency, concerned, missing)
    if no_rule:
        return NoCeiling(NoReason.NO_RULE, programme.currency, no_rule)
    unconfirmed = tuple(person.person_id for person in found if not person.fired.confirmed)
    return NoCeiling(NoReason.NOT_CONFIRMED, programme.currency, unconfirmed, proposed=found)


def confirm_amounts(programme: Programme, amounts: Mapping[str, int]) -> Programme:
    """
    Return *programme* with *amounts* (entitlement id -> minor units) set and confirmed by the office.

    An office's decision does not make an amount published: marks stay, a changed amount becomes practice.

    Raises:
        RuleUnknown: No entitlement has that id.
        QuestionRefused: An amount is negative.
    """
    ids = {rule.fired.rule_id for rule in programme.entitlements}
    for rule_id, amount in amounts.items():
        if rule_id not in ids:
            raise RuleUnknown("entitlement", rule_id)
        if amount < 0:
            raise QuestionRefused("negative_amount", rule_id)
    return replace(programme, entitlements=tuple(_confirmed(rule, amounts) for rule in programme.entitlements))


def _confirmed(rule: Entitlement, amounts: Mapping[str, int]) -> Entitlement:
    amount = amounts.get(rule.fired.rule_id)
    if amount is None:
        return rule
    mark = rule.fired.mark if amount == rule.amount_minor else Mark.PRACTICE
    return replace(rule, amount_minor=amount, fired=replace(rule.fired, mark=mark, confirmed=True))


def _holds(programme: Programme, on: date) -> bool:
    after = programme.valid_from is None or programme.valid_from <= on
    return after and (programme.valid_to is None or on <= programme.valid_to)


def _left_out(person: ParticipantFacts, citizenship: Criterion | None) -> LeftOut | None:
    if citizenship is not None and person.canadian_citizen:
        return LeftOut(person.person_id, Left.CANADIAN_CITIZEN, citizenship.fired)
    if not person.takes_part:
        return LeftOut(person.person_id, Left.NOT_TAKING_PART, None)
    return None
