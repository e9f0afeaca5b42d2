"""The eligibility checklist: each criterion's state, and what follows for the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from avrr_desktop.programme.model import Criterion, Effect, Programme, Unmet
from avrr_desktop.programme.values import Fired


class CriterionAnswer(StrEnum):
    """Where one criterion stands."""

    MET = "met"
    UNMET = "unmet"
    NOT_ANSWERED = "not_answered"


class Result(StrEnum):
    """What the whole checklist says; the authority decides, this only shows what its answers amount to."""

    ELIGIBLE = "eligible"
    WARN = "warn"
    INCOMPLETE = "incomplete"
    NOT_ELIGIBLE = "not_eligible"
    NOT_PARTICIPANT = "not_participant"


@dataclass(frozen=True, slots=True)
class CriterionState:
    """One criterion with its state; *missing* are the answer keys still to be given."""

    code: str
    effect: Effect
    answer: CriterionAnswer
    missing: tuple[str, ...]
    fired: Fired


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The states in the file's order, the result, and the rules that made it (none when eligible)."""

    states: tuple[CriterionState, ...]
    result: Result
    fired: tuple[Fired, ...]


def eligibility(
    programme: Programme, kind: str, answers: Mapping[str, bool | None], *, group: str | None = None
) -> Eligibility:
    """
    Judge *answers* by the criteria that concern *kind* and *group* (None: not known, every group's criteria).

    *answers* maps a criterion code to True when the criterion is **met**, and `<code>.<question>` to True
    when that question was put; a missing key or None is "not answered".

    A blocking criterion that is unmet wins over one that is open, an open one over a warning.

    Source: DOMAIN.md 1.2.
    """
    asked = tuple(rule for rule in programme.criteria if _concerns(rule, kind, group))
    states = tuple(_state(rule, answers) for rule in asked)
    for result in (Result.NOT_PARTICIPANT, Result.NOT_ELIGIBLE, Result.INCOMPLETE, Result.WARN):
        if fired := tuple(
            state.fired for rule, state in zip(asked, states, strict=True) if _verdict(rule, state) is result
        ):
            return Eligibility(states, result, fired)
    return Eligibility(states, Result.ELIGIBLE, ())


def answer_keys(programme: Programme, kind: str, *, group: str | None = None) -> Sequence[str]:
    """Return every key `eligibility` reads for *kind* and *group*, in the file's order."""
    return [
        key
        for rule in programme.criteria
        if _concerns(rule, kind, group)
        for key in (rule.code, *(f"{rule.code}.{question}" for question in rule.also_ask))
    ]


def _concerns(rule: Criterion, kind: str, group: str | None) -> bool:
    return (not rule.kinds or kind in rule.kinds) and (not rule.groups or group is None or group in rule.groups)


def _state(rule: Criterion, answers: Mapping[str, bool | None]) -> CriterionState:
    met = answers.get(rule.code)
    keys = [f"{rule.code}.{question}" for question in rule.also_ask]
    missing = tuple(key for key in keys if not answers.get(key))
    if met is None:
        missing = (rule.code, *missing)
    if met is False:
        return CriterionState(rule.code, rule.effect, CriterionAnswer.UNMET, (), rule.fired)
    answer = CriterionAnswer.NOT_ANSWERED if missing else CriterionAnswer.MET
    return CriterionState(rule.code, rule.effect, answer, missing, rule.fired)


def _verdict(rule: Criterion, state: CriterionState) -> Result:
    """Say what one criterion alone would make of the checklist."""
    if state.answer is CriterionAnswer.MET:
        return Result.ELIGIBLE
    if rule.effect is Effect.WARN:
        return Result.WARN
    if state.answer is CriterionAnswer.NOT_ANSWERED:
        return Result.INCOMPLETE
    return Result.NOT_PARTICIPANT if rule.unmet is Unmet.NOT_PARTICIPANT else Result.NOT_ELIGIBLE
