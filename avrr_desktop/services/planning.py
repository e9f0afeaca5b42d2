"""The reintegration plan: lines in nine categories, the ceiling and why, what is still free, signing."""

from __future__ import annotations

from datetime import date

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import BadValue, Blocked
from avrr_desktop.domain.legal import Participation, Status
from avrr_desktop.domain.money import Money
from avrr_desktop.domain.office import ProgrammeConfirmation
from avrr_desktop.domain.reintegration import Ceiling as CeilingRecord
from avrr_desktop.domain.reintegration import Plan, PlanLine, PlanStatus
from avrr_desktop.domain.sections import Right, Section, office_stream
from avrr_desktop.programme.ceiling import Ceiling, NoCeiling, ceiling, confirm_amounts
from avrr_desktop.programme.matching import ParticipantFacts
from avrr_desktop.programme.model import Programme
from avrr_desktop.programme.plan import line_amount
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import ask_gate, need_consents, need_running, next_gate, pass_gate, programme_of
from avrr_desktop.services.people import view_people
from avrr_desktop.services.plan_values import LineDraft, LineView, PlanView, Weighed, line_money, weigh
from avrr_desktop.store.store import Work

__all__ = ["LineDraft", "LineView", "PlanView", "Weighed", "weigh"]


def confirmed_programme(desk: Desk, programme: Programme) -> Programme:
    """Return *programme* with the amounts this office has confirmed; rules it no longer has are passed by."""
    known = {rule.fired.rule_id for rule in programme.entitlements}
    records = desk.store.find(ProgrammeConfirmation, sections=(Section.PROGRAMME,), programme=programme.code)
    amounts = {
        f.value.rule: f.value.amount_minor
        for f in records
        if f.value.rule in known and f.value.rule is not None and f.value.amount_minor is not None
    }
    return confirm_amounts(programme, amounts) if amounts else programme


def work_out_ceiling(desk: Desk, case: str) -> Ceiling | NoCeiling:
    """Return the household's ceiling by the rules of the case's programme, on the day of application."""
    chosen = desk.one(Participation, case) or Participation()
    rules = confirmed_programme(desk, programme_of(desk, case))
    statuses = {f.id: f.value for f in desk.find(Status, case)}
    everyone = [p for p in view_people(desk, case) if p.person.travels is not False]
    principal = next((p for p in everyone if p.is_principal), None)
    first = statuses.get(principal.id, Status()) if principal else Status()

    def facts(person_id: str, is_citizen: bool, takes_part: bool) -> ParticipantFacts:
        own = statuses.get(person_id, first)
        return ParticipantFacts(
            person_id,
            claim_on=own.claim_on or first.claim_on,
            stage=own.recourse_stage or first.recourse_stage,
            dco=own.designated_country if own.designated_country is not None else first.designated_country,
            canadian_citizen=is_citizen,
            takes_part=takes_part,
        )

    return ceiling(
        rules,
        on=chosen.applied_on or desk.today(),
        group=_group_word(first, rules),
        kind=chosen.return_kind.value if chosen.return_kind else "general",
        participants=[facts(p.id, p.is_host_citizen, p.person.participates is not False) for p in everyone],
    )


def _group_word(held: Status, rules: Programme) -> str | None:
    """Return the group's word in the programme; a protected group is not named here, so "other" speaks for it."""
    word = held.group.value if held.group else None
    if word == "tailored":
        return "other" if "other" in rules.groups else None
    return word


MONTHS, DAYS = 6, 30
"""Lengths where the programme's file has none of its own: rules D4 and D3."""


def support_lengths(desk: Desk, case: str) -> tuple[int, int]:
    """Return the days after arrival to make contact and the months of in-kind help, by rules D3 and D4."""
    rules = {rule.id: rule for rule in programme_of(desk, case).deadlines}
    first, second = rules.get("D3"), rules.get("D4")
    return (first.length if first else DAYS), (second.length if second else MONTHS)


def latest_plan(desk: Desk, case: str) -> tuple[str | None, Plan]:
    """Return the newest version of the plan with its id."""
    plans = desk.find(Plan, case)
    return (plans[-1].id, plans[-1].value) if plans else (None, Plan())


def view_plan(desk: Desk, actor: Actor, case: str) -> PlanView:
    """Put the plan together; the ceiling comes from the rules where legal is held, else from the record."""
    entity, held = latest_plan(desk, case)
    answer: Ceiling | NoCeiling | None = None
    limit: Money | None = None
    if actor.may(Right.READ, Section.LEGAL):
        answer = work_out_ceiling(desk, case)
        if isinstance(answer, Ceiling):
            limit = Money(answer.currency, answer.total_minor)
    else:
        record = desk.one(CeilingRecord, case)
        if record is not None and record.amount_minor is not None and record.currency:
            limit = Money(record.currency, record.amount_minor)
    currency = held.currency or (limit.currency if limit else programme_of(desk, case).currency)
    lines = tuple(
        LineView(f.id, f.value, Money(currency, line_amount(line_money(f.id, f.value, currency), currency)))
        for f in sorted(desk.find(PlanLine, case, plan=entity) if entity else [], key=lambda f: f.value.order or 0)
    )
    planned = Money(currency, sum(view.amount.minor for view in lines))
    return PlanView(
        entity, held, lines, currency, answer, limit, planned, limit - planned if limit is not None else None
    )


@verb(reads=(Section.CORE, Section.REINT, Section.MONEY))
def plan(desk: Desk, actor: Actor, case: str) -> PlanView:
    """Return the plan of a case with its sums and what is still free."""
    return view_plan(desk, actor, case)


def _check_line(view: PlanView, draft: LineDraft, line: str | None) -> None:
    """Refuse a draft that cannot become a line of *view*; see `write_line`."""
    if view.is_signed:
        raise Blocked("plan.signed", version=view.plan.version)
    if not draft.description.strip():
        raise BadValue("line.no_description", entity="plan_line", field="description", why="missing")
    if draft.quantity < 1:
        raise BadValue("line.no_quantity", entity="plan_line", field="quantity", why="missing")
    if (draft.currency or view.currency) != view.currency and not draft.rate:
        raise BadValue("line.no_rate", entity="plan_line", field="rate", why="missing")
    if view.limit is None:
        why = view.ceiling.code.value if isinstance(view.ceiling, NoCeiling) else "not_held"
        raise Blocked("plan.no_ceiling", why=why)
    weighed = weigh(view, draft, line)
    before = next((other.amount.minor for other in view.lines if other.id == line), 0)
    # A plan that a fallen ceiling left over may still be made smaller, line by line.
    if weighed.over is not None and weighed.amount.minor >= before:
        raise Blocked("plan.over_ceiling", over=weighed.over, limit=view.limit)


@verb(reads=(Section.CORE, Section.MONEY), writes=(Section.REINT,))
def write_line(desk: Desk, actor: Actor, case: str, draft: LineDraft, line: str | None = None) -> Done[str]:
    """
    Add a line, or write an existing one anew.

    Raises:
        Blocked: "case.ended"; "plan.signed"; "plan.no_ceiling" with why; "plan.over_ceiling" with the amount over.
        BadValue: "line.no_description", "line.no_quantity", "line.no_rate".
    """
    need_running(desk, case)
    view = view_plan(desk, actor, case)
    _check_line(view, draft, line)
    foreign = draft.currency is not None and draft.currency != view.currency
    orders = [other.line.order or 0 for other in view.lines]
    entity = line or desk.new_id()
    stream = own_stream(PlanLine, case)
    with desk.work(actor) as work:
        owner = view.entity
        if owner is None:
            owner = desk.new_id()
            work.put(stream, Plan, owner, version=1, currency=view.currency)
            work.put(stream, Plan, owner, status=PlanStatus.DRAFT)
        kept = next((o.line.order for o in view.lines if o.id == line), None)
        work.put(
            stream,
            PlanLine,
            entity,
            plan=owner,
            category=draft.category,
            description=draft.description,
            beneficiary=draft.beneficiary,
            needed_by=draft.needed_by,
            order=kept if kept is not None else max(orders, default=0) + 1,
        )
        work.put(
            stream,
            PlanLine,
            entity,
            quantity=draft.quantity,
            unit_price_minor=draft.unit_price_minor,
            currency=draft.currency or view.currency,
            rate=draft.rate if foreign else None,
            rate_on=desk.today() if foreign else None,
            rate_source=draft.rate_source if foreign else None,
        )
        return done(work, entity)


@verb(writes=(Section.REINT,))
def remove_line(desk: Desk, actor: Actor, case: str, line: str) -> Done[None]:
    """Put a line into the trash. Raises Blocked "case.ended" or "plan.signed"."""
    need_running(desk, case)
    _entity, held = latest_plan(desk, case)
    if held.status is PlanStatus.SIGNED:
        raise Blocked("plan.signed", version=held.version)
    with desk.work(actor) as work:
        work.remove(own_stream(PlanLine, case), PlanLine, line)
        return done(work, None)


@verb(writes=(Section.REINT,))
def write_goal(desk: Desk, actor: Actor, case: str, goal: str) -> Done[None]:
    """Write the plan's goal in the person's own words. Raises Blocked "case.ended" or "plan.signed"."""
    need_running(desk, case)
    entity, held = latest_plan(desk, case)
    if held.status is PlanStatus.SIGNED:
        raise Blocked("plan.signed", version=held.version)
    with desk.work(actor) as work:
        stream = own_stream(Plan, case)
        if entity is None:
            entity = desk.new_id()
            work.put(stream, Plan, entity, version=1, currency=programme_of(desk, case).currency)
            work.put(stream, Plan, entity, status=PlanStatus.DRAFT)
        work.put(stream, Plan, entity, goal=goal)
        return done(work, None)


@verb(writes=(Section.REINT,))
def record_feasibility(desk: Desk, actor: Actor, case: str, answer: str) -> Done[None]:
    """
    Write what the receiving office answered: "yes", "no", or "after_arrival".

    Raises:
        Blocked: "case.ended"; "plan.empty" before there is a plan, "plan.signed" after it was signed.
    """
    need_running(desk, case)
    entity, held = latest_plan(desk, case)
    if entity is None:
        raise Blocked("plan.empty")
    if held.status is PlanStatus.SIGNED:
        raise Blocked("plan.signed", version=held.version)
    with desk.work(actor) as work:
        work.put(own_stream(Plan, case), Plan, entity, feasibility=answer)
        return done(work, None)


def _missing(desk: Desk, case: str, known: dict[str, bool | None]) -> tuple[str, ...]:
    """Return the conditions of gate G4 that are not met, then the gate that comes first: "before_G3"."""
    answer = ask_gate(desk, case, "G4", known)
    waiting = next_gate(desk, case)
    open_codes = tuple(code for code, met in answer.conditions if met.value != "met")
    return open_codes if waiting == "G4" else (*open_codes, f"before_{waiting}")


@verb(reads=(Section.LEGAL, Section.COUNS, Section.REINT, Section.MONEY))
def before_signing(desk: Desk, actor: Actor, case: str) -> tuple[str, ...]:
    """
    Return what stands between the plan and its signature, as codes of gate G4; () when it can be signed.

    The signature itself and the contact rule are asked while signing, so they are never in the list.
    """
    view = view_plan(desk, actor, case)
    if view.is_signed:
        return ()
    return _missing(
        desk,
        case,
        {
            "plan_within_ceiling": view.free is not None and view.free.minor >= 0,
            "plan_signed_by_participant": True,
            "plan_signed_by_officer": True,
            "contact_rule_explained": True,
        },
    )


@verb(reads=(Section.LEGAL, Section.COUNS, Section.MONEY), writes=(Section.CORE, Section.REINT))
def sign_plan(
    desk: Desk,
    actor: Actor,
    case: str,
    *,
    person: str,
    picture: bytes,
    signed_on: date,
    place: str,
    media: str = "image/png",
    explained: bool = True,
) -> Done[None]:
    """
    Sign the plan: it is sealed, can no longer change, and gate G4 opens.

    Args:
        person: The participant who signed.
        picture: The signature, or a scan of the signed paper, of type *media*.
        explained: Whether the rule of first contact after arrival was explained.

    Raises:
        Blocked: "case.ended", "plan.empty", "plan.signed", or "gate.closed" with what is missing.
        BadValue: "plan.no_picture" without a signature; "plan.signed_in_future"; "plan.not_participant" for a signer
            whom the programme is not for.
    """
    need_running(desk, case)
    view = view_plan(desk, actor, case)
    if view.entity is None or not view.lines:
        raise Blocked("plan.empty")
    if view.is_signed:
        raise Blocked("plan.signed", version=view.plan.version)
    if not picture:
        raise BadValue("plan.no_picture", entity="plan", field="signature", why="missing")
    if signed_on > desk.today():
        raise BadValue("plan.signed_in_future", entity="plan", field="signed_on", why="future")
    if not any(one.id == person and one.takes_part for one in view_people(desk, case)):
        raise BadValue("plan.not_participant", entity="plan", field="signed_by", why="unknown")
    known: dict[str, bool | None] = {
        "plan_within_ceiling": view.free is not None and view.free.minor >= 0,
        "plan_signed_by_participant": True,
        "plan_signed_by_officer": True,
        "contact_rule_explained": explained,
    }
    missing = _missing(desk, case, known)
    if missing:
        raise Blocked("gate.closed", gate="G4", missing=list(missing))
    need_consents(desk, case, "G4")
    with desk.work(actor) as work:
        blob = work.attach(picture, media)
        work.put(
            own_stream(Plan, case),
            Plan,
            view.entity,
            status=PlanStatus.SIGNED,
            signed_on=signed_on,
            signed_place=place,
            signed_by=person,
            officer=actor.officer,
            signature=blob,
            contact_rule_explained=True,
        )
        _leave_ceiling(desk, actor, work, case)
        pass_gate(actor, desk, work, case, "G4")
        return done(work, None)


def _leave_ceiling(desk: Desk, actor: Actor, work: Work, case: str) -> None:
    """
    Write the sum the plan was signed under, for offices that do not hold the legal facts; no rule goes along.

    It is worked out and not decided, so it needs no right to write money.
    """
    answer = work_out_ceiling(desk, case)
    if isinstance(answer, NoCeiling):
        return
    work.put(
        own_stream(CeilingRecord, case),
        CeilingRecord,
        case,
        amount_minor=answer.total_minor,
        currency=answer.currency,
        by=actor.officer,
        at=desk.clock(),
    )


@verb(writes=(Section.PROGRAMME,))
def confirm_amount(desk: Desk, actor: Actor, programme: str, rule: str, amount_minor: int) -> Done[None]:
    """
    Confirm the amount of one rule as the office's own.

    Raises:
        BadValue: "programme.unknown" for a programme or rule that does not exist.
    """
    rules = desk.programmes.get(programme)
    if rules is None or rule not in {rule.fired.rule_id for rule in rules.entitlements}:
        raise BadValue("programme.unknown", entity="programme_confirmation", field="rule", why=rule)
    stream = office_stream(Section.PROGRAMME)
    with desk.work(actor) as work:
        work.put(
            stream,
            ProgrammeConfirmation,
            f"{programme}.{rule}",
            programme=programme,
            rule=rule,
            amount_minor=amount_minor,
            by=actor.officer,
            at=desk.clock(),
        )
        work.seal(stream)
        return done(work, None)
