"""
Stops of a case: raised by what an interview found, lifted with a reason by who the programme says.

Nobody lifts what their own interview raised, unless the rule allows it or nobody else here could; that exception is an
entry of the audit trail.

Source: DOMAIN.md 4.12; DESIGN.md 4 (nobody approves their own request).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.counselling import StopRecord
from avrr_desktop.domain.failures import BadValue, Blocked, Expected, Refused
from avrr_desktop.domain.sections import Right, Section, roles_in
from avrr_desktop.programme.model import StopRule
from avrr_desktop.services.desk import Desk, Done, note_refusal, own_stream, verb
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.moving import open_stops, programme_of
from avrr_desktop.store.store import Found, Work


@dataclass(frozen=True, slots=True)
class StopShown:
    """
    An open stop.

    Attributes:
        raised_by: Name of the officer, "" for nobody known here.
        lifted_by: Words of `domain.sections.Role`, in the programme's order.
        may_lift: This officer may.
        is_own: This officer's interview raised it; *may_lift* is then an exception, or the rule allows it.
    """

    code: str
    raised_at: datetime | None
    raised_by: str
    lifted_by: tuple[str, ...]
    may_lift: bool
    is_own: bool


def who_lifts(desk: Desk, case: str) -> dict[str, tuple[str, ...]]:
    """Return the stop codes of the case's programme with the roles that may lift them."""
    return {code: rule.lifted_by for code, rule in programme_of(desk, case).stops.items()}


@verb(reads=(Section.CORE,))
def stops(desk: Desk, actor: Actor, case: str) -> tuple[StopShown, ...]:
    """
    Return the open stops of a case, one a code, in the programme's order.

    Who may not read section couns sees only those they may lift: medical staff their own.
    """
    rules, records = programme_of(desk, case).stops, _open(desk, case)
    names = officer_names(desk)
    holds = actor.may(Right.READ, Section.COUNS)
    shown = []
    for code, rule in rules.items():
        held = [found for found in records if found.value.code == code]
        if not held or not (holds or _has_role(actor, rule)):
            continue
        own = _is_own(actor, held)
        may = _has_role(actor, rule) and (not own or rule.raiser_may_lift or _is_alone(desk, actor, rule.lifted_by))
        first = held[0].value
        shown.append(StopShown(code, first.at, names.get(first.by or "", ""), rule.lifted_by, may, own))
    return tuple(shown)


@verb(reads=(Section.CORE,))
def lift_stop(desk: Desk, actor: Actor, case: str, stop: str, reason: str) -> Done[None]:
    """
    Write that the stop with this code is settled, why and by whom; it holds nothing up any more.

    Raises:
        Refused: "stop.not_yours": the programme gives it to other roles.
        Blocked: "stop.own": one's own interview raised it and somebody else here can lift it.
        BadValue: "stop.no_reason".
        Expected: "stop.missing": there is no open one.
    """
    held = [found for found in _open(desk, case) if found.value.code == stop]
    rule = programme_of(desk, case).stops.get(stop)
    if not held or rule is None:
        raise Expected("stop.missing", stop=stop)
    if not _has_role(actor, rule):
        note_refusal(desk, actor, "stopping.lift_stop", Section.COUNS.value)
        raise Refused("stop.not_yours", stop=stop, roles=rule.lifted_by)
    own = _is_own(actor, held) and not rule.raiser_may_lift
    if own and not _is_alone(desk, actor, rule.lifted_by):
        raise Blocked("stop.own", stop=stop)
    if not reason.strip():
        raise BadValue("stop.no_reason", entity="stop", field="reason", why="missing")
    with desk.work(actor) as work:
        for found in held:
            work.put(
                own_stream(StopRecord, case),
                StopRecord,
                found.id,
                open=False,
                at=desk.clock(),
                by=actor.officer,
                reason=reason.strip(),
            )
        if own:
            work.audit("own_stop_lifted", case=case, stop=stop)
        work.seal_case(case)
        # Taking it back is for who may write the counselling records; medical staff may not.
        before = work.before if actor.may(Right.WRITE, Section.COUNS) else ()
    return Done(None, work.changes, before)


def raise_stops(desk: Desk, actor: Actor, work: Work, case: str, codes: Iterable[str]) -> None:
    """Write those of *codes* that are not open yet, inside a verb's transaction."""
    known = open_stops(desk, case)
    for code in codes:
        if code not in known:
            work.put(
                own_stream(StopRecord, case),
                StopRecord,
                desk.new_id(),
                code=code,
                open=True,
                at=desk.clock(),
                by=actor.officer,
            )


def is_held_here(desk: Desk, roles: Collection[str], *, apart_from: str = "") -> bool:
    """Tell whether somebody else who works in this office holds one of *roles*."""
    return any(
        officer.active and officer.id != apart_from and set(roles) & {role.value for role in roles_in(officer.roles)}
        for officer in desk.store.roster.officers()
    )


def _open(desk: Desk, case: str) -> list[Found[StopRecord]]:
    return desk.find(StopRecord, case, open=True)


def _has_role(actor: Actor, rule: StopRule) -> bool:
    return bool(set(rule.lifted_by) & {role.value for role in actor.roles})


def _is_own(actor: Actor, held: Iterable[Found[StopRecord]]) -> bool:
    return any(found.value.by == actor.officer for found in held)


def _is_alone(desk: Desk, actor: Actor, roles: Collection[str]) -> bool:
    return not is_held_here(desk, roles, apart_from=actor.officer)
