"""Move a case along its gates: gather the facts, ask the programme, write what is passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import (
    Case,
    Citizenship,
    Consent,
    ConsentState,
    GatePass,
    Person,
    Precision,
    Purpose,
    Relation,
)
from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.counselling import Declaration, Interview, InterviewState, Sitting, StopRecord
from avrr_desktop.domain.dates import age_on
from avrr_desktop.domain.failures import Blocked, Expected
from avrr_desktop.domain.legal import Decision, Ending, Outcome, Participation, Referral
from avrr_desktop.domain.reintegration import Plan, PlanLine, PlanStatus
from avrr_desktop.domain.sections import Section, readable
from avrr_desktop.domain.stages import GATES, Stage, Standing, stage_of
from avrr_desktop.programme.gates import GateAnswer, blocking_stops, gate
from avrr_desktop.programme.model import Programme
from avrr_desktop.services.desk import Desk, Done, own_stream
from avrr_desktop.store.store import Work

T = TypeVar("T")

DEFAULT_PROGRAMME = "office-template"
"""Whose gates hold while a case has no programme yet."""

AUTOMATIC = ("G1", "G2")
"""Gates that open by themselves once all is there; enrolment and the plan are acts of an officer."""


def programme_of(desk: Desk, case: str) -> Programme:
    """Return the programme a case runs under, the office's template before one is chosen."""
    chosen = desk.one(Participation, case)
    code = chosen.programme if chosen is not None else None
    return desk.programmes.get(code or DEFAULT_PROGRAMME) or desk.programmes[DEFAULT_PROGRAMME]


def passed_gates(desk: Desk, case: str) -> frozenset[str]:
    """Return the ids of the gates *case* has passed."""
    return frozenset(found.value.gate for found in desk.find(GatePass, case) if found.value.gate)


def stage(desk: Desk, case: str) -> Stage:
    """Return the stage of *case*."""
    return stage_of(passed_gates(desk, case))


def open_stops(desk: Desk, case: str) -> dict[str, str]:
    """Return open stop codes with their entity ids."""
    return {found.value.code: found.id for found in desk.find(StopRecord, case, open=True) if found.value.code}


def is_minor(person: Person, today: date) -> bool:
    """Tell whether a person is under 18; an uncertain age near 18 counts as minor (DOMAIN.md 12)."""
    if person.born_on is None:
        return False
    uncertain = person.born_precision in (Precision.YEAR, Precision.ESTIMATED)
    return age_on(person.born_on, today) < (19 if uncertain else 18)


@dataclass(frozen=True, slots=True)
class _Participant:
    """Somebody for whom consent is needed; for who is no minor, a declaration too."""

    id: str
    is_minor: bool


def _participants(desk: Desk, case: str) -> list[_Participant]:
    today = desk.today()
    host = {c.value.person for c in desk.find(Citizenship, case, country="CA")}
    return [
        _Participant(found.id, is_minor(found.value, today))
        for found in desk.find(Person, case)
        if found.value.participates is not False and found.id not in host
    ]


def facts(desk: Desk, case: str, programme: Programme, gate_id: str) -> dict[str, bool | None]:
    """
    Gather every fact the gates read; a fact about people who are not there is true.

    None means not held here or not known yet.
    """
    referral = desk.one(Referral, case)
    principal = next(
        (found.value for found in desk.find(Person, case) if found.value.relation is Relation.PRINCIPAL), Person()
    )
    people = _participants(desk, case)
    adults = [person.id for person in people if not person.is_minor]
    minors = [person.id for person in people if person.is_minor]
    consents = {
        found.value.person: found.value
        for found in desk.find(Consent, case, purpose=Purpose.ASSISTANCE)
        if found.value.state is ConsentState.GIVEN
    }
    interviews = desk.find(Interview, case)
    complete = [found for found in interviews if found.value.state is InterviewState.COMPLETE]
    signed = {found.value.person for found in desk.find(Declaration, case)}
    decision = desk.one(Decision, case) or Decision()
    plans = desk.find(Plan, case)
    plan = plans[-1].value if plans else Plan()
    lines = desk.find(PlanLine, case, plan=plans[-1].id) if plans else []
    began = min((found.value.started_at for found in interviews if found.value.started_at), default=None)
    dated = [consents[adult].on for adult in adults if adult in consents]
    first_day = local_date(began, desk.zone) if began is not None else None
    dated_first = all(on is not None and (first_day is None or on <= first_day) for on in dated)
    known = {found.id for found in interviews}
    sittings = [found for found in desk.find(Sitting, case) if found.value.interview in known]
    return {
        "referral_complete": referral is not None and referral.received_at is not None and referral.source is not None,
        "first_contact_logged": referral is not None and referral.contacted_at is not None,
        "preferred_language_known": principal.language is not None,
        "interpreter_need_known": principal.interpreter is not None,
        "data_consent_given": bool(adults) and all(adult in consents for adult in adults),
        "data_consent_dated_first": bool(consents) and dated_first,
        "interview_complete": bool(complete),
        "vulnerability_screened": bool(complete),
        "interpreter_recorded": principal.interpreter is False
        or any(found.value.interpreter_name for found in sittings),
        "eligibility_recorded": decision.authority_verdict is not None or not _needs_authority(desk, case, programme),
        "declarations_signed": bool(adults) and all(adult in signed for adult in adults),
        "guardians_signed": not minors or (bool(adults) and all(adult in signed for adult in adults)),
        "child_views_recorded": not minors or bool(complete),
        "unaccompanied_represented": bool(adults) or not minors,
        "no_open_stop": not blocking_stops(programme, gate_id, list(open_stops(desk, case))),
        "plan_has_line": bool(lines),
        "plan_within_ceiling": True if plan.status is PlanStatus.SIGNED else None,
        "feasibility_answered": plan.feasibility is not None,
        "plan_signed_by_participant": plan.status is PlanStatus.SIGNED,
        "plan_signed_by_officer": plan.status is PlanStatus.SIGNED,
        "contact_rule_explained": bool(plan.contact_rule_explained),
    }


def _needs_authority(desk: Desk, case: str, programme: Programme) -> bool:
    """Tell whether an authority decides who may take part: not for people stranded in a transit country."""
    chosen = desk.one(Participation, case)
    return chosen is None or chosen.return_kind is None or chosen.return_kind.value != "stranded"


def ask_gate(desk: Desk, case: str, gate_id: str, known: Mapping[str, bool | None] | None = None) -> GateAnswer:
    """Return what a gate of the case's programme says now; *known* replaces facts just worked out."""
    programme = programme_of(desk, case)
    return gate(programme, gate_id, {**facts(desk, case, programme, gate_id), **(known or {})})


def next_gate(desk: Desk, case: str) -> str | None:
    """Return the first gate of this version not passed yet."""
    passed = passed_gates(desk, case)
    return next((gate_id for gate_id, _stage in GATES if gate_id not in passed), None)


def is_running(desk: Desk, case: str) -> bool:
    """Tell whether a case has not ended early."""
    current = desk.one(Case, case)
    return current is not None and current.standing not in (Standing.NOT_TRAVELLING, Standing.CLOSED)


def need_running(desk: Desk, case: str) -> None:
    """Raise Blocked "case.ended" for a case that ended early: nothing of it goes on."""
    if not is_running(desk, case):
        raise Blocked("case.ended", case=case)


def need_consents(desk: Desk, case: str, gate_id: str) -> None:
    """Raise Blocked "gate.closed" for *gate_id* once a participant took back the consent that gate G2 asked for."""
    taking_part = {person.id for person in _participants(desk, case)}
    for found in desk.find(Consent, case, purpose=Purpose.ASSISTANCE):
        if found.value.person in taking_part and found.value.state is not ConsentState.GIVEN:
            raise Blocked("gate.closed", gate=gate_id, missing=["consent_before_data"])


def pass_gate(actor: Actor, desk: Desk, work: Work, case: str, gate_id: str) -> None:
    """Write that *gate_id* is passed, now, by the acting officer, and seal."""
    work.put(own_stream(GatePass, case), GatePass, desk.new_id(), gate=gate_id, at=desk.clock(), by=actor.officer)
    work.seal_case(case)


def advance(desk: Desk, actor: Actor, case: str, so_far: Done[T]) -> Done[T]:
    """
    Open the gates that open by themselves, in order, once a verb's own transaction is durable.

    An officer who does not hold every section a gate reads moves nothing: the gate answers "not held here".
    A crash or a full disk in between loses nothing: the next verb on the case comes past here again. The failure is
    not passed on: what the officer did is durable, and a second try would do it twice.
    """
    needed = {Section.CORE, Section.LEGAL, Section.COUNS}
    if not needed <= readable(actor.roles) or not is_running(desk, case):
        return so_far
    while (gate_id := next_gate(desk, case)) in AUTOMATIC:
        if not ask_gate(desk, case, gate_id).passed:
            break
        try:
            with desk.work(actor) as work:
                pass_gate(actor, desk, work, case, gate_id)
        except Expected:
            break
        else:
            so_far = Done(so_far.value, so_far.changes | work.changes, so_far.before + work.before)
    return so_far


def end_case(desk: Desk, actor: Actor, work: Work, case: str, ending: Ending, reason: str | None) -> None:
    """Write an early end: the coded reason in section legal, the neutral word in core."""
    work.put(own_stream(Outcome, case), Outcome, case, ending=ending, at=desk.clock(), by=actor.officer, reason=reason)
    work.put(own_stream(Case, case), Case, case, standing=Standing.NOT_TRAVELLING)
    work.seal_case(case)
