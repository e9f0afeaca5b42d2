"""Gates and stops: which conditions of a move are met, unmet, or cannot be judged here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from avrr_desktop.programme.model import Condition, Programme, StopRule
from avrr_desktop.programme.values import Fired, RuleUnknown


class Met(StrEnum):
    """How a condition stands; NOT_HELD: a fact it needs is not held here, and none held speaks against it."""

    MET = "met"
    UNMET = "unmet"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class ConditionState:
    """One condition; *facts* are those behind an answer that is not MET."""

    code: str
    met: Met
    facts: tuple[str, ...]
    fired: Fired


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """Every condition in the file's order; *passed* only when all are met."""

    gate_id: str
    to: str
    states: tuple[ConditionState, ...]
    passed: bool
    fired: Fired

    @property
    def conditions(self) -> tuple[tuple[str, Met], ...]:
        """Return (code, state) of every condition."""
        return tuple((state.code, state.met) for state in self.states)

    def of(self, met: Met) -> tuple[str, ...]:
        """Return the codes of the conditions that stand at *met*."""
        return tuple(state.code for state in self.states if state.met is met)


def gate(programme: Programme, gate_id: str, facts: Mapping[str, bool | None]) -> GateAnswer:
    """
    Judge the gate *gate_id* by *facts*; a missing fact or None is "not held here".

    Raises:
        RuleUnknown: The programme has no such gate.

    Source: DOMAIN.md 2.2; DESIGN.md 4 (a gate answers met / unmet / not held here).
    """
    rule = programme.gates.get(gate_id)
    if rule is None:
        raise RuleUnknown("gate", gate_id)
    states = tuple(_state(condition, facts) for condition in rule.conditions)
    return GateAnswer(gate_id, rule.to, states, all(state.met is Met.MET for state in states), rule.fired)


def blocking_stops(programme: Programme, gate_id: str, open_codes: Iterable[str]) -> tuple[StopRule, ...]:
    """
    Return the stops among *open_codes* that block the gate *gate_id*, in the file's order.

    Raises:
        RuleUnknown: The programme has no such gate, or no such stop.
    """
    if gate_id not in programme.gates:
        raise RuleUnknown("gate", gate_id)
    codes = set(open_codes)
    for code in sorted(codes - set(programme.stops)):
        raise RuleUnknown("stop", code)
    return tuple(stop for stop in programme.stops.values() if stop.code in codes and gate_id in stop.blocks)


def _state(condition: Condition, facts: Mapping[str, bool | None]) -> ConditionState:
    against = tuple(fact for fact in condition.facts if facts.get(fact) is False)
    if against:
        return ConditionState(condition.code, Met.UNMET, against, condition.fired)
    absent = tuple(fact for fact in condition.facts if facts.get(fact) is None)
    met = Met.NOT_HELD if absent else Met.MET
    return ConditionState(condition.code, met, absent, condition.fired)
