"""Programme, kind and group; the eligibility checklist; both decisions; enrolment, and the ways out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import BadValue, Blocked
from avrr_desktop.domain.legal import (
    Answer3,
    Criterion,
    Decision,
    Ending,
    Group,
    Outcome,
    Participation,
    ProtectedGroup,
    ProtectionStatus,
    ReturnKind,
    Status,
    Verdict,
)
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.programme.eligibility import CriterionState, Eligibility, eligibility
from avrr_desktop.programme.gates import GateAnswer
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import (
    advance,
    ask_gate,
    end_case,
    need_consents,
    need_running,
    next_gate,
    pass_gate,
    programme_of,
)
from avrr_desktop.services.people import view_people


@verb(reads=(Section.LEGAL,))
def participation(desk: Desk, actor: Actor, case: str) -> Participation:
    """Return programme and kind; empty before they are chosen."""
    return desk.one(Participation, case) or Participation()


@verb(writes=(Section.LEGAL,))
def choose_programme(
    desk: Desk, actor: Actor, case: str, *, programme: str, return_kind: ReturnKind, applied_on: date
) -> Done[None]:
    """
    Write under which programme and in which kind a person returns.

    Raises:
        BadValue: "programme.unknown" or "programme.kind_not_offered".
    """
    rules = desk.programmes.get(programme)
    if rules is None:
        raise BadValue("programme.unknown", entity="participation", field="programme", why=programme)
    if return_kind.value not in rules.kinds:
        raise BadValue("programme.kind_not_offered", entity="participation", field="return_kind", why=programme)
    with desk.work(actor) as work:
        work.put(
            own_stream(Participation, case),
            Participation,
            case,
            programme=programme,
            return_kind=return_kind,
            applied_on=applied_on,
        )
        return done(work, None)


@verb(reads=(Section.LEGAL,))
def status(desk: Desk, actor: Actor, case: str, person: str) -> Status:
    """Return a person's group and dated facts; empty before they are known."""
    return desk.one(Status, case, person) or Status()


@verb(writes=(Section.LEGAL,), also=((Right.COLLECT, Section.PROTECTION),))
def set_group(desk: Desk, actor: Actor, case: str, person: str, group: Group | ProtectedGroup) -> Done[None]:
    """
    Write a person's group; a protected one is named only in section protection and reads "tailored" elsewhere.

    Raises:
        Blocked: "case.ended".
    """
    need_running(desk, case)
    with desk.work(actor) as work:
        if isinstance(group, ProtectedGroup):
            work.put(own_stream(ProtectionStatus, case), ProtectionStatus, person, group=group)
            work.put(own_stream(Status, case), Status, person, group=Group.TAILORED)
        else:
            work.put(own_stream(Status, case), Status, person, group=group)
        return done(work, None)


@verb(writes=(Section.LEGAL,))
def set_claim(
    desk: Desk,
    actor: Actor,
    case: str,
    person: str,
    *,
    claim_on: date | None,
    decision_on: date | None,
    recourse_stage: str | None,
    designated_country: bool | None,
) -> Done[None]:
    """
    Write the dated facts an entitlement rests on.

    Raises:
        BadValue: "claim.decision_before" when the decision is older than the claim.
    """
    if claim_on and decision_on and decision_on < claim_on:
        raise BadValue("claim.decision_before", entity="status", field="decision_on", why="before")
    with desk.work(actor) as work:
        work.put(
            own_stream(Status, case),
            Status,
            person,
            claim_on=claim_on,
            decision_on=decision_on,
            recourse_stage=recourse_stage,
            designated_country=designated_country,
        )
        return done(work, None)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checklist: what the programme says of it, and the office's record."""

    state: CriterionState
    record: Criterion
    entity: str | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """The whole checklist, what it comes to, and both decisions."""

    lines: tuple[CheckLine, ...]
    result: Eligibility
    decision: Decision


_TRUTH: dict[Answer3 | None, bool] = {Answer3.YES: True, Answer3.NO: False}
"""What the rules are told; nothing for what is unsure or not asked."""


def _checklist(desk: Desk, case: str) -> Checklist:
    rules = programme_of(desk, case)
    chosen = desk.one(Participation, case) or Participation()
    records = {f.value.code: f for f in desk.find(Criterion, case) if f.value.code}
    answers: dict[str, bool | None] = {code: _TRUTH.get(found.value.answer) for code, found in records.items()}
    everyone = view_people(desk, case)
    principal = next((p for p in everyone if p.is_principal), None)
    if principal is not None:
        asked = principal.person.other_citizenships_asked_on is not None
        answers["EL09.other_nationalities"] = True if asked else None
        answers["EL09"] = not principal.is_host_citizen if asked or principal.is_host_citizen else None
    kind = chosen.return_kind.value if chosen.return_kind else "general"
    group = None
    if principal is not None and (held := desk.one(Status, case, principal.id)) is not None and held.group:
        group = held.group.value
    result = eligibility(rules, kind, answers, group=group if group in rules.groups else None)
    return Checklist(
        tuple(
            CheckLine(
                state,
                records[state.code].value if state.code in records else Criterion(),
                records[state.code].id if state.code in records else None,
            )
            for state in result.states
        ),
        result,
        desk.one(Decision, case) or Decision(),
    )


@verb(reads=(Section.CORE, Section.LEGAL))
def checklist(desk: Desk, actor: Actor, case: str) -> Checklist:
    """Return the eligibility checklist; citizenship is answered by the people page, not by hand."""
    return _checklist(desk, case)


@verb(writes=(Section.LEGAL,))
def answer_criterion(
    desk: Desk,
    actor: Actor,
    case: str,
    code: str,
    *,
    answer: Answer3,
    evidence: str | None,
    confirmed_by: str | None,
    confirmed_on: date | None,
) -> Done[None]:
    """
    Write one line of the checklist.

    Raises:
        BadValue: "criterion.in_future".
    """
    if confirmed_on and confirmed_on > desk.today():
        raise BadValue("criterion.in_future", entity="criterion", field="confirmed_on", why="future")
    held = desk.find(Criterion, case, code=code)
    entity = held[0].id if held else desk.new_id()
    with desk.work(actor) as work:
        stream = own_stream(Criterion, case)
        work.put(stream, Criterion, entity, code=code)
        work.put(
            stream,
            Criterion,
            entity,
            answer=answer,
            evidence=evidence,
            confirmed_by=confirmed_by,
            confirmed_on=confirmed_on,
        )
        return done(work, None)


@verb(writes=(Section.CORE, Section.LEGAL))
def record_authority_decision(
    desk: Desk, actor: Actor, case: str, *, verdict: Verdict, officer: str | None, on: date, reference: str | None
) -> Done[None]:
    """
    Write the authority's decision, apart from the office's own.

    Raises:
        BadValue: "decision.in_future".
    """
    if on > desk.today():
        raise BadValue("decision.in_future", entity="decision", field="authority_on", why="future")
    with desk.work(actor) as work:
        work.put(
            own_stream(Decision, case),
            Decision,
            case,
            authority_verdict=verdict,
            authority_officer=officer,
            authority_on=on,
            authority_reference=reference,
        )
        work.seal_case(case)
        so_far = done(work, None)
    return advance(desk, actor, case, so_far)


@verb(reads=(Section.COUNS,), writes=(Section.CORE, Section.LEGAL))
def enrol(desk: Desk, actor: Actor, case: str) -> Done[None]:
    """
    Take the person into the programme: the office's own decision, and gate G3.

    Raises:
        Blocked: "case.ended", "enrol.not_participant" (rule EL09), "enrol.not_eligible", "enrol.not_asked" where a
            question the programme wants put to the person was never put (rule EL09: other citizenships), or
            "gate.closed" with what is missing.
    """
    need_running(desk, case)
    check = _checklist(desk, case)
    fired = check.result.fired
    if check.result.result.value == "not_participant":
        raise Blocked("enrol.not_participant", rule=fired[0].rule_id if fired else "EL09")
    if check.result.result.value == "not_eligible" or check.decision.authority_verdict is Verdict.NOT_ELIGIBLE:
        raise Blocked("enrol.not_eligible", rule=fired[0].rule_id if fired else "authority")
    for line in check.lines:
        if any(key.startswith(f"{line.state.code}.") for key in line.state.missing):
            raise Blocked("enrol.not_asked", rule=line.state.code)
    answer: GateAnswer = ask_gate(desk, case, "G3")
    if next_gate(desk, case) != "G3" or not answer.passed:
        missing = [code for code, met in answer.conditions if met.value != "met"]
        raise Blocked("gate.closed", gate="G3", missing=missing)
    need_consents(desk, case, "G3")
    with desk.work(actor) as work:
        work.put(
            own_stream(Decision, case),
            Decision,
            case,
            office_verdict=Verdict.ELIGIBLE,
            office_by=actor.officer,
            office_on=desk.today(),
        )
        pass_gate(actor, desk, work, case, "G3")
        return done(work, None)


def _end(desk: Desk, actor: Actor, case: str, ending: Ending, reason: str | None) -> Done[None]:
    need_running(desk, case)
    with desk.work(actor) as work:
        end_case(desk, actor, work, case, ending, reason)
        return done(work, None)


@verb(writes=(Section.CORE, Section.LEGAL))
def decline(desk: Desk, actor: Actor, case: str, reason: str | None = None) -> Done[None]:
    """Record that the person decided not to take part. Raises Blocked "case.ended"."""
    return _end(desk, actor, case, Ending.DECLINED, reason)


@verb(writes=(Section.CORE, Section.LEGAL))
def withdraw(desk: Desk, actor: Actor, case: str, reason: str | None = None) -> Done[None]:
    """Record that the person changed their mind, possible until boarding. Raises Blocked "case.ended"."""
    return _end(desk, actor, case, Ending.WITHDRAWN, reason)


@verb(writes=(Section.CORE, Section.LEGAL))
def mark_ineligible(desk: Desk, actor: Actor, case: str, reason: str) -> Done[None]:
    """Record that the person cannot take part, with the reason. Raises Blocked "case.ended"."""
    return _end(desk, actor, case, Ending.INELIGIBLE, reason)


@verb(reads=(Section.LEGAL,))
def outcome(desk: Desk, actor: Actor, case: str) -> Outcome | None:
    """Return how the case ended early, None while it runs."""
    return desk.one(Outcome, case)
