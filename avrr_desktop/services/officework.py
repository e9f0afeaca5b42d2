"""The office: its settings, its officers and their roles, its own wordings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import BadValue, Blocked
from avrr_desktop.domain.office import Office, Officer, Wording
from avrr_desktop.domain.sections import Role, Section, office_stream, roles_in
from avrr_desktop.services.desk import OFFICE_ID, Desk, Done, done, verb

SETTINGS, ROSTER, WORDINGS = (
    office_stream(Section.SETTINGS),
    office_stream(Section.ROSTER),
    office_stream(Section.WORDING),
)


@dataclass(frozen=True, slots=True)
class OfficerView:
    """An officer as screens need one."""

    id: str
    name: str
    roles: frozenset[Role]
    is_active: bool


@verb(reads=(Section.ROSTER,))
def officers(desk: Desk, actor: Actor) -> tuple[OfficerView, ...]:
    """Return everybody who works with this store, in the order they came."""
    return tuple(
        OfficerView(f.id, f.value.name or "", roles_in(f.value.roles or ""), f.value.active is not False)
        for f in desk.store.find(Officer, sections=(Section.ROSTER,))
    )


@verb(writes=(Section.ROSTER,))
def write_officer(
    desk: Desk, actor: Actor, officer: str, *, name: str, roles: frozenset[Role], is_active: bool = True
) -> Done[None]:
    """
    Write an officer's name, roles and whether they still work here.

    Raises:
        BadValue: "officer.no_name", "officer.no_role".
        Blocked: "officer.last_administrator": somebody must be able to mend this.
    """
    if not name.strip():
        raise BadValue("officer.no_name", entity="officer", field="name", why="missing")
    if not roles:
        raise BadValue("officer.no_role", entity="officer", field="roles", why="missing")
    others = [o for o in officers(desk, actor) if o.id != officer and o.is_active]
    keeps = is_active and roles & {Role.ADMINISTRATOR, Role.SUPERVISOR}
    if not keeps and not any(o.roles & {Role.ADMINISTRATOR, Role.SUPERVISOR} for o in others):
        raise Blocked("officer.last_administrator")
    with desk.work(actor) as work:
        work.put(ROSTER, Officer, officer, name=name)
        work.put(ROSTER, Officer, officer, roles=" ".join(sorted(roles)), active=is_active)
        work.seal(ROSTER)
        return done(work, None)


@verb(reads=(Section.SETTINGS,))
def office(desk: Desk, actor: Actor) -> Office:
    """Return the office's settings."""
    return desk.office()


@verb(writes=(Section.SETTINGS,))
def write_office(desk: Desk, actor: Actor, /, **fields: object) -> Done[None]:
    """
    Write settings of the office.

    Raises:
        BadValue: "office.no_zone" for a time zone that does not exist; a field's own refusal.
    """
    zone = fields.get("zone")
    if isinstance(zone, str):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise BadValue("office.no_zone", entity="office", field="zone", why=zone) from unknown
    with desk.work(actor) as work:
        work.put(SETTINGS, Office, OFFICE_ID, **fields)
        return done(work, None)


@verb(reads=(Section.WORDING,))
def wording(desk: Desk, actor: Actor, name: str, language: str) -> Wording | None:
    """Return the office's own text of a paper."""
    return desk.store.get(Wording, f"{name}.{language}", stream=WORDINGS)


@verb(writes=(Section.WORDING,))
def write_wording(
    desk: Desk, actor: Actor, name: str, language: str, *, text: str, approved_by: str | None, approved_on: date | None
) -> Done[None]:
    """Write the office's own text of a paper, and who approved it; a changed text needs a new approval."""
    with desk.work(actor) as work:
        work.put(
            WORDINGS,
            Wording,
            f"{name}.{language}",
            name=name,
            language=language,
            text=text,
            approved_by=approved_by,
            approved_on=approved_on,
        )
        work.seal(WORDINGS)
        return done(work, None)
