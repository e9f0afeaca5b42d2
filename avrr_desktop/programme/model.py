"""The rules of one programme as frozen values, in the order of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avrr_desktop.programme.values import Fired, Source


@dataclass(frozen=True, slots=True)
class Regime:
    """People told apart by the day of their claim: from *claim_from* (included) to *claim_before* (not)."""

    code: str
    claim_from: date | None
    claim_before: date | None

    def holds(self, claim_on: date) -> bool:
        """Tell whether a claim made on *claim_on* falls under this regime."""
        return (self.claim_from is None or self.claim_from <= claim_on) and (
            self.claim_before is None or claim_on < self.claim_before
        )


class Effect(StrEnum):
    """What an unmet criterion does."""

    BLOCKING = "blocking"
    WARN = "warn"


class Unmet(StrEnum):
    """What an unmet blocking criterion makes of the person."""

    NOT_ELIGIBLE = "not_eligible"
    NOT_PARTICIPANT = "not_participant"


@dataclass(frozen=True, slots=True)
class Criterion:
    """
    One eligibility criterion.

    *kinds* and *groups* name whom it concerns, empty means everybody. *also_ask* are questions that must
    have been put before the answer counts as given.
    """

    code: str
    effect: Effect
    unmet: Unmet
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    also_ask: tuple[str, ...]
    fired: Fired


@dataclass(frozen=True, slots=True)
class When:
    """The condition of an entitlement: every part that is not empty (or None) must hold."""

    regimes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    dco: bool | None = None

    def meets(self, other: When) -> bool:
        """Tell whether some person could fulfil both conditions."""
        pairs = (
            (self.regimes, other.regimes),
            (self.stages, other.stages),
            (self.kinds, other.kinds),
            (self.groups, other.groups),
        )
        disjoint = any(a and b and not set(a) & set(b) for a, b in pairs)
        return not disjoint and (self.dco is None or other.dco is None or self.dco == other.dco)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The in-kind ceiling of one person who fulfils *when*, in minor units of *currency*."""

    when: When
    amount_minor: int
    currency: str
    fired: Fired


class Count(StrEnum):
    """How a length of time runs: hours elapse in UTC, the others are calendar dates clipped to month end."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Means(StrEnum):
    """Whether the date is the last moment for the act, or the first."""

    BY = "by"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A length of time from (with *before*: back from) a *start* event, such as "arrival"."""

    id: str
    count: Count
    length: int
    start: str
    before: bool
    means: Means
    suspendable: bool
    fired: Fired


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a gate, true when all its *facts* are."""

    code: str
    facts: tuple[str, ...]
    fired: Fired


@dataclass(frozen=True, slots=True)
class Gate:
    """What must be true before a case moves to the state *to*."""

    id: str
    to: str
    conditions: tuple[Condition, ...]
    fired: Fired

    @property
    def facts(self) -> tuple[str, ...]:
        """Return every fact the gate reads, once, in order."""
        return tuple(dict.fromkeys(fact for condition in self.conditions for fact in condition.facts))


@dataclass(frozen=True, slots=True)
class StopRule:
    """
    A condition that blocks the gates in *blocks* until it is resolved and reasoned.

    Roles in *lifted_by* may do that; *raiser_may_lift*: also the officer whose interview raised it.
    """

    code: str
    name: str
    blocks: tuple[str, ...]
    lifted_by: tuple[str, ...]
    raiser_may_lift: bool
    fired: Fired


@dataclass(frozen=True, slots=True)
class Category:
    """A category of plan lines; *delivered* says when, as a code."""

    code: str
    name: str
    delivered: str
    fired: Fired


@dataclass(frozen=True, slots=True)
class ReportTime:
    """How long before the first departure a traveller reports at the airport, in minutes."""

    minutes: int
    fired: Fired


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long records of the class *holds* are kept after the event *start*."""

    holds: str
    count: Count
    length: int
    start: str
    fired: Fired


@dataclass(frozen=True, slots=True)
class Programme:
    """
    All rules of one programme. Its dates are inclusive, None is open.

    *name* is the programme's own name, data like everything here. Mappings keep the order of the file.
    """

    code: str
    name: str
    currency: str
    valid_from: date | None
    valid_to: date | None
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    stages: tuple[str, ...]
    sources: Mapping[str, Source]
    regimes: tuple[Regime, ...]
    criteria: tuple[Criterion, ...]
    entitlements: tuple[Entitlement, ...]
    deadlines: tuple[DeadlineRule, ...]
    gates: Mapping[str, Gate]
    stops: Mapping[str, StopRule]
    categories: Mapping[str, Category]
    report_time: ReportTime
    retention: Mapping[str, RetentionRule]
