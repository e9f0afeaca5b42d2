"""One case at a glance: who, which stage, what is next, what blocks, which clocks run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Case, GatePass
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.legal import Outcome, Participation, Referral
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.domain.stages import GATES, NOW, Stage, Stop, stage_of
from avrr_desktop.programme.deadlines import contact_clock
from avrr_desktop.programme.values import Fired
from avrr_desktop.services.desk import Desk, Done, done, hold, own_stream, verb
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.moving import ask_gate, next_gate, open_stops, programme_of
from avrr_desktop.services.people import PersonView, view_people
from avrr_desktop.services.planning import view_plan


@dataclass(frozen=True, slots=True)
class StopView:
    """One stop of the rail: "done", "now" or "ahead", and the day it was done."""

    stop: Stop
    state: str
    on: datetime | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a gate asks for: code of the programme file, and "met", "unmet" or "not_held"."""

    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a date, a sum or a refusal is what it is: rule, source, mark, dates of validity."""

    rule: str
    source: str
    address: str
    mark: str
    valid_from: date | None
    valid_to: date | None
    is_confirmed: bool


def reason(fired: Fired) -> Reason:
    """Return what a screen says about a rule that fired."""
    return Reason(
        fired.rule_id,
        fired.source_text,
        fired.source_address or "",
        fired.mark.value,
        fired.valid_from,
        fired.valid_to,
        fired.confirmed,
    )


@dataclass(frozen=True, slots=True)
class ClockView:
    """A running clock: rule id, from when, until when, stopped when (None: it runs), and why."""

    code: str
    starts: datetime
    due: datetime
    stopped: datetime | None
    why: Reason


@dataclass(frozen=True, slots=True)
class CaseView:
    """
    A case as its pages need it.

    Attributes:
        title: Name of the principal person.
        stage: The last gate passed.
        gate: The gate being worked on, None when this version has no further one.
        conditions: What that gate asks for, open ones first.
        next_step: Code of the next thing to do: a condition's code, "enrol", "sign_plan", "travel", or "ended".
        outcome: How the case ended early; None while it runs or where section legal is not held.
        stops: Open stop codes.
    """

    id: str
    case: Case
    title: str
    people: tuple[PersonView, ...]
    officer: str
    stage: Stage
    rail: tuple[StopView, ...]
    gate: str | None
    conditions: tuple[Condition, ...]
    next_step: str
    outcome: Outcome | None
    clocks: tuple[ClockView, ...]
    stops: tuple[str, ...]
    participation: Participation


def _rail(desk: Desk, case: str, passes: dict[str, datetime | None], opened: datetime | None) -> tuple[StopView, ...]:
    now = NOW[stage_of(frozenset(passes))]
    order = list(Stop)
    days: dict[Stop, datetime | None] = {}
    for gate_id, opens in GATES:
        before = order[order.index(NOW[opens]) - 1]
        if gate_id in passes:
            days[before] = passes[gate_id]
    return tuple(
        StopView(
            stop,
            "done" if order.index(stop) < order.index(now) else "now" if stop is now else "ahead",
            days.get(stop) if order.index(stop) < order.index(now) else None,
        )
        for stop in order
    )


def _next_step(gate: str | None, conditions: tuple[Condition, ...], is_ended: bool) -> str:
    if is_ended:
        return "ended"
    if gate is None:
        return "travel"
    waiting = [c.code for c in conditions if c.state != "met"]
    by_act = {"plan_signed", "contact_rule_explained"}
    if gate == "G4" and waiting and set(waiting) <= by_act:
        return "sign_plan"
    if not waiting:
        return {"G3": "enrol", "G4": "sign_plan"}.get(gate, gate)
    return waiting[0]


def open_case(desk: Desk, actor: Actor, case: str) -> CaseView:
    """
    Put a case together from the sections the officer may read.

    Raises:
        Refused: The officer may not read section core.
        Expected: "case.missing".
    """
    hold(desk, actor, "casework.open_case", (Right.READ, Section.CORE))
    record = desk.one(Case, case)
    if record is None:
        raise Expected("case.missing", case=case)
    everyone = view_people(desk, case)
    passes = {f.value.gate: f.value.at for f in desk.find(GatePass, case) if f.value.gate}
    stage = stage_of(frozenset(passes))
    holds_legal = actor.may(Right.READ, Section.LEGAL)
    outcome = desk.one(Outcome, case) if holds_legal else None
    gate = next_gate(desk, case)
    conditions: tuple[Condition, ...] = ()
    if gate is not None and holds_legal and actor.may(Right.READ, Section.COUNS):
        answer = ask_gate(desk, case, gate, _plan_facts(desk, actor, case) if gate == "G4" else None)
        conditions = tuple(Condition(code, met.value) for code, met in answer.conditions)
    is_ended = outcome is not None or record.standing == "not_travelling"
    principal = next((p for p in everyone if p.is_principal), None)
    return CaseView(
        case,
        record,
        (principal.name if principal else "") or (record.number or ""),
        everyone,
        officer_names(desk).get(record.officer or "", ""),
        stage,
        _rail(desk, case, passes, record.opened_at),
        gate,
        tuple(sorted(conditions, key=lambda c: c.state == "met")),
        _next_step(gate, conditions, is_ended),
        outcome,
        _clocks(desk, case) if holds_legal else (),
        tuple(sorted(open_stops(desk, case))) if actor.may(Right.READ, Section.COUNS) else (),
        (desk.one(Participation, case) or Participation()) if holds_legal else Participation(),
    )


def _plan_facts(desk: Desk, actor: Actor, case: str) -> dict[str, bool | None]:
    """Return what only the plan's sums can tell."""
    view = view_plan(desk, actor, case)
    return {"plan_within_ceiling": None if view.free is None else view.free.minor >= 0}


def _clocks(desk: Desk, case: str) -> tuple[ClockView, ...]:
    referral = desk.one(Referral, case)
    if referral is None or referral.received_at is None:
        return ()
    clock = contact_clock(programme_of(desk, case), referral.received_at)
    if not isinstance(clock.due, datetime):
        return ()
    return (ClockView(clock.rule.id, referral.received_at, clock.due, referral.contacted_at, reason(clock.fired)),)


@verb(writes=(Section.CORE,))
def set_destination(desk: Desk, actor: Actor, case: str, *, country: str | None, place: str | None) -> Done[None]:
    """Write where the person returns to."""
    with desk.work(actor) as work:
        work.put(own_stream(Case, case), Case, case, destination_country=country, destination_place=place)
        return done(work, None)
