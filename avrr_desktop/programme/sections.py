"""Read each kind of rule from its table of a programme file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from avrr_desktop.domain.sections import Role
from avrr_desktop.programme.currencies import CURRENCIES
from avrr_desktop.programme.model import (
    Category,
    Condition,
    Count,
    Criterion,
    DeadlineRule,
    Effect,
    Entitlement,
    Gate,
    Means,
    Regime,
    ReportTime,
    RetentionRule,
    StopRule,
    Unmet,
    When,
)
from avrr_desktop.programme.reader import Table
from avrr_desktop.programme.values import Fired, Mark, Refusal, Source

Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules of a file may refer to."""

    sources: Mapping[str, Source]
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    stages: tuple[str, ...]
    regimes: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    currency: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


def read_source(table: Table, key: str) -> Source:
    """Read `[sources.<key>]`; without an address nothing is published there."""
    return Source(key, table.text("title"), table.text("address") if table.has("address") else "")


def read_fired(table: Table, rule_id: str, known: Known, *, confirmed: bool | None = True) -> Fired:
    """
    Read source, mark, dates and confirmation of the rule *rule_id*.

    *confirmed* is the default; None demands the key. A rule marked as sourced needs a source with an address.
    """
    if not table.has("source"):
        table.refuse(Refusal.MISSING_SOURCE, rule_id)
    keys = table.codes("source")
    for key in keys:
        if key not in known.sources:
            table.refuse(Refusal.UNKNOWN_SOURCE, key, "source")
    mark = Mark(table.code("mark", tuple(Mark)))
    sources = tuple(known.sources[key] for key in keys)
    if mark is Mark.SOURCED and not sources[0].address:
        table.refuse(Refusal.MISSING_SOURCE, rule_id, "mark")
    start, end = table.days("valid_from", "valid_to")
    return Fired(rule_id, sources, mark, start, end, table.flag("confirmed", confirmed))


def read_regime(table: Table, known: Known) -> Regime:
    """Read one of `[[regime]]`."""
    del known
    code = table.code("code")
    start, end = table.days("claim_from", "claim_before")
    return Regime(code, start, end)


def read_criterion(table: Table, known: Known) -> Criterion:
    """Read one of `[[criterion]]`; a warning cannot end participation."""
    code = table.code("code")
    effect = Effect(table.code("effect", tuple(Effect)))
    unmet = Unmet(table.code("unmet", tuple(Unmet))) if table.has("unmet") else Unmet.NOT_ELIGIBLE
    if effect is Effect.WARN and unmet is Unmet.NOT_PARTICIPANT:
        table.refuse(Refusal.BAD_VALUE, unmet, "unmet")
    kinds = table.codes("kinds", known.kinds, needed=False)
    groups = table.codes("groups", known.groups, needed=False)
    also_ask = table.codes("also_ask", needed=False)
    return Criterion(code, effect, unmet, kinds, groups, also_ask, read_fired(table, code, known))


def read_when(table: Table, known: Known) -> When:
    """Read the `when` of an entitlement."""
    when = When(
        regimes=table.codes("regime", known.regimes, needed=False),
        stages=table.codes("stage", known.stages, needed=False),
        kinds=table.codes("kind", known.kinds, needed=False),
        groups=table.codes("group", known.groups, needed=False),
        dco=table.flag("dco") if table.has("dco") else None,
    )
    table.end()
    return when


def read_entitlement(table: Table, known: Known) -> Entitlement:
    """Read one of `[[entitlement]]`; a rule without dates of its own has those of the programme."""
    rule_id = table.code("id")
    amount_minor = table.whole("amount_minor")
    currency = read_currency(table)
    if currency != known.currency:
        table.refuse(Refusal.CURRENCY_MISMATCH, currency, "currency")
    when = read_when(table.table("when", needed=False), known)
    fired = read_fired(table, rule_id, known, confirmed=None)
    dated = replace(fired, valid_from=fired.valid_from or known.valid_from, valid_to=fired.valid_to or known.valid_to)
    return Entitlement(when, amount_minor, currency, dated)


def read_currency(table: Table) -> str:
    """Read `currency`, an ISO 4217 code."""
    currency = table.text("currency")
    if currency not in CURRENCIES:
        table.refuse(Refusal.UNKNOWN_CURRENCY, currency, "currency")
    return currency


def read_deadline(table: Table, known: Known) -> DeadlineRule:
    """Read one of `[[deadline]]`; only days can be suspended, and only forwards."""
    rule_id = table.code("id")
    count = Count(table.code("count", tuple(Count)))
    length = table.whole("length")
    start = table.code("start")
    before = table.flag("before", False)
    means = Means(table.code("means", tuple(Means)))
    suspendable = table.flag("suspendable", False)
    if suspendable and (count is not Count.DAYS or before):
        table.refuse(Refusal.BAD_VALUE, "suspendable", "suspendable")
    return DeadlineRule(rule_id, count, length, start, before, means, suspendable, read_fired(table, rule_id, known))


def read_gate(table: Table, known: Known) -> Gate:
    """Read one of `[[gate]]` with its `[[gate.condition]]`s, whose source and mark default to the gate's."""
    gate_id = table.code("id")
    to = table.code("to")
    fired = read_fired(table, gate_id, known)
    conditions: list[Condition] = []
    for entry in table.tables("condition"):
        code = entry.code("code")
        facts = entry.codes("facts", needed=False) or (code,)
        own = entry.has("source") or entry.has("mark")
        rule_id = f"{gate_id}.{code}"
        conditions.append(
            Condition(code, facts, read_fired(entry, rule_id, known) if own else replace(fired, rule_id=rule_id))
        )
    refuse_twins(table, "condition", [condition.code for condition in conditions])
    if not conditions:
        table.refuse(Refusal.MISSING_KEY, "condition")
    return Gate(gate_id, to, tuple(conditions), fired)


def read_stop(table: Table, known: Known) -> StopRule:
    """Read one of `[[stop]]`; somebody must be able to lift it."""
    code = table.code("code")
    name = table.code("name")
    blocks = table.codes("blocks", known.gates)
    lifted_by = table.codes("lifted_by", tuple(Role))
    raiser_may_lift = table.flag("raiser_may_lift", False)
    return StopRule(code, name, blocks, lifted_by, raiser_may_lift, read_fired(table, code, known))


def read_category(table: Table, known: Known) -> Category:
    """Read one of `[[category]]`."""
    code = table.code("code")
    name = table.code("name")
    return Category(code, name, table.code("delivered"), read_fired(table, code, known))


def read_retention(table: Table, known: Known) -> RetentionRule:
    """Read one of `[[retention]]`: whole days, months or years."""
    holds = table.code("holds")
    count = Count(table.code("count", (Count.DAYS, Count.MONTHS, Count.YEARS)))
    length = table.whole("length")
    start = table.code("start")
    return RetentionRule(holds, count, length, start, read_fired(table, f"retention.{holds}", known, confirmed=None))


def read_report_time(table: Table, known: Known) -> ReportTime:
    """Read `[report_time]`."""
    minutes = table.whole("minutes")
    fired = read_fired(table, "report_time", known)
    table.end()
    return ReportTime(minutes, fired)


def refuse_twins(table: Table, key: str, names: list[str]) -> None:
    """Refuse the second of two equal *names* in the array of tables at *key*."""
    for position, name in enumerate(names):
        if name in names[:position]:
            table.refuse(Refusal.DUPLICATE, name, key, position)


def read_all(
    table: Table,
    key: str,
    read: Callable[[Table, Known], Rule],
    known: Known,
    name: Callable[[Rule], str] | None,
) -> tuple[Rule, ...]:
    """Read every table of the array at *key* in order; equal *name*s are refused (None: may recur)."""
    rules = tuple(read(entry, known) for entry in table.tables(key, needed=False))
    if name is not None:
        refuse_twins(table, key, [name(rule) for rule in rules])
    return rules
