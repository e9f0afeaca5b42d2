"""Take a referral: search before creating, a new case with its 24-hour clock, the first contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.casefile import Case, Person, Relation
from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.ids import CaseId, new_case_number
from avrr_desktop.domain.legal import Referral, Source
from avrr_desktop.domain.sections import Section, readable
from avrr_desktop.domain.stages import Standing
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import advance
from avrr_desktop.store.search import Candidate


@dataclass(frozen=True, slots=True)
class NewReferral:
    """The least a referral needs: a name, when it was received (aware instant), the zone it was written in, by whom."""

    family_name: str
    given_names: str
    received_at: datetime
    zone: str
    source: Source = Source.AUTHORITY
    script_name: str = ""


@verb(reads=(Section.CORE,))
def similar(
    desk: Desk, actor: Actor, family_name: str, given_names: str, born_on: date | None = None
) -> tuple[Candidate, ...]:
    """Return people already known whose names are like these, best first, at most eight."""
    return tuple(
        desk.store.lists.similar(
            f"{family_name} {given_names}".strip(), born_on=born_on, sections=readable(actor.roles)
        )
    )


@verb(writes=(Section.CORE, Section.LEGAL))
def new_referral(desk: Desk, actor: Actor, referral: NewReferral) -> Done[CaseId]:
    """
    Open a case with its principal person and its referral.

    Raises:
        BadValue: "referral.no_name", or "referral.in_future" (five minutes are forgiven to two clocks).
    """
    if not (referral.family_name.strip() or referral.given_names.strip()):
        raise BadValue("referral.no_name", entity="person", field="family_name", why="missing")
    now = desk.clock()
    if (referral.received_at - now).total_seconds() > 300:
        raise BadValue("referral.in_future", entity="referral", field="received_at", why="future")
    case = CaseId(desk.new_id())
    person = desk.new_id()
    year = local_date(now, desk.zone).year
    with desk.work(actor) as work:
        core = own_stream(Case, case)
        number = new_case_number(desk.office().code or "AVR", year)
        work.put(core, Case, case, number=number, opened_at=now, opened_zone=desk.zone)
        work.put(core, Case, case, standing=Standing.PREPARING, officer=actor.officer)
        work.put(
            core,
            Person,
            person,
            family_name=referral.family_name,
            given_names=referral.given_names,
            script_name=referral.script_name or None,
            relation=Relation.PRINCIPAL,
            travels=True,
            participates=True,
        )
        work.put(
            own_stream(Referral, case),
            Referral,
            case,
            received_at=referral.received_at,
            received_zone=referral.zone,
            source=referral.source,
        )
        work.seal_case(case)
        return done(work, case)


@verb(writes=(Section.LEGAL,))
def describe_sender(
    desk: Desk, actor: Actor, case: str, *, sender_officer: str | None, sender_unit: str | None, client_id: str | None
) -> Done[None]:
    """Write who sent the referral, and the authority's own number for the person."""
    with desk.work(actor) as work:
        work.put(
            own_stream(Referral, case),
            Referral,
            case,
            sender_officer=sender_officer,
            sender_unit=sender_unit,
            client_id=client_id,
        )
        return done(work, None)


@verb(writes=(Section.CORE, Section.LEGAL))
def log_first_contact(desk: Desk, actor: Actor, case: str, *, at: datetime, how: str) -> Done[None]:
    """
    Record that the person was reached; the 24-hour clock stops.

    Raises:
        BadValue: "contact.before_referral" or "contact.in_future".
    """
    referral = desk.one(Referral, case) or Referral()
    if referral.received_at is not None and at < referral.received_at:
        raise BadValue("contact.before_referral", entity="referral", field="contacted_at", why="before")
    if (at - desk.clock()).total_seconds() > 300:
        raise BadValue("contact.in_future", entity="referral", field="contacted_at", why="future")
    with desk.work(actor) as work:
        work.put(own_stream(Referral, case), Referral, case, contacted_at=at, contacted_how=how)
        so_far = done(work, None)
    return advance(desk, actor, case, so_far)
