"""A simple journey: legs in local times, durations and connections worked out in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.sections import Section
from avrr_desktop.domain.travel import Journey, Leg
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import programme_of


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport of airportsdata: IATA code, name, city, country (ISO alpha-2), IANA zone."""

    code: str
    name: str
    city: str
    country: str
    zone: str


@lru_cache(maxsize=1)
def airports() -> dict[str, Airport]:
    """Return every airport with an IATA code; loaded once, 0.1 s."""
    import airportsdata

    return {
        code: Airport(code, row["name"], row["city"], row["country"], row["tz"])
        for code, row in airportsdata.load("IATA").items()
    }


@dataclass(frozen=True, slots=True)
class LegView:
    """
    A leg with what follows from it.

    Attributes:
        departs, arrives: Aware, in the zone of their airport; None while not written.
        duration: In the air; None while a time is missing.
        connection: From the previous leg's arrival to this departure; None on the first leg. Negative when the
            legs do not join in time.
        joins: Whether this leg leaves from where the previous one arrived.
    """

    id: str
    leg: Leg
    origin: Airport | None
    destination: Airport | None
    departs: datetime | None
    arrives: datetime | None
    duration: timedelta | None
    connection: timedelta | None
    joins: bool


@dataclass(frozen=True, slots=True)
class JourneyView:
    """The newest itinerary of a case; id None before the first leg."""

    id: str | None
    journey: Journey
    legs: tuple[LegView, ...]
    report_minutes: int


def _moment(local: str | None, airport: Airport | None) -> datetime | None:
    if not local or airport is None:
        return None
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(airport.zone))


def _between(first: datetime | None, second: datetime | None) -> timedelta | None:
    """Return the elapsed time; aware datetimes of one zone would subtract wall clocks, so both go to UTC."""
    if first is None or second is None:
        return None
    return second.astimezone(ZoneInfo("UTC")) - first.astimezone(ZoneInfo("UTC"))


def view_journey(desk: Desk, case: str) -> JourneyView:
    """Put the newest journey together."""
    held = desk.find(Journey, case)
    entity, record = (held[-1].id, held[-1].value) if held else (None, Journey())
    default = programme_of(desk, case).report_time.minutes
    minutes = record.report_minutes if record.report_minutes is not None else default
    if entity is None:
        return JourneyView(None, record, (), minutes)
    known = airports()
    views: list[LegView] = []
    for found in sorted(desk.find(Leg, case, journey=entity), key=lambda f: f.value.order or 0):
        leg = found.value
        origin, destination = known.get(leg.origin or ""), known.get(leg.destination or "")
        departs, arrives = _moment(leg.departs, origin), _moment(leg.arrives, destination)
        before = views[-1] if views else None
        views.append(
            LegView(
                found.id,
                leg,
                origin,
                destination,
                departs,
                arrives,
                _between(departs, arrives),
                _between(before.arrives, departs) if before else None,
                before is None or before.leg.destination == leg.origin,
            )
        )
    return JourneyView(entity, record, tuple(views), minutes)


@verb(reads=(Section.TRAVEL,))
def journey(desk: Desk, actor: Actor, case: str) -> JourneyView:
    """Return the newest itinerary of a case."""
    return view_journey(desk, case)


@dataclass(frozen=True, slots=True)
class LegDraft:
    """What is written of one flight; local times as "2026-12-02T17:55"."""

    flight: str
    origin: str
    departs: str
    destination: str
    arrives: str
    origin_terminal: str | None = None
    destination_terminal: str | None = None
    booking: str | None = None


def _check(draft: LegDraft) -> None:
    """Refuse a leg that cannot be: unknown airport, a time the clock never shows, arrival not after departure."""
    known = airports()
    for field, code in (("origin", draft.origin), ("destination", draft.destination)):
        if code not in known:
            raise BadValue("leg.unknown_airport", entity="leg", field=field, why=code)
    moments = []
    for field, local, code in (
        ("departs", draft.departs, draft.origin),
        ("arrives", draft.arrives, draft.destination),
    ):
        try:
            moment = _moment(local, known[code])
        except ValueError as broken:
            raise BadValue("leg.no_time", entity="leg", field=field, why=local) from broken
        if moment is None:
            raise BadValue("leg.no_time", entity="leg", field=field, why="missing")
        back = moment.astimezone(ZoneInfo("UTC")).astimezone(moment.tzinfo)
        if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
            raise BadValue("leg.skipped_time", entity="leg", field=field, why=local)
        moments.append(moment)
    flown = _between(moments[0], moments[1])
    if flown is not None and flown <= timedelta():
        raise BadValue("leg.arrives_before", entity="leg", field="arrives", why="before")
    if flown is not None and flown > timedelta(hours=24):
        raise BadValue("leg.too_long", entity="leg", field="arrives", why="long")


@verb(writes=(Section.TRAVEL,))
def write_leg(desk: Desk, actor: Actor, case: str, draft: LegDraft, leg: str | None = None) -> Done[str]:
    """
    Add a flight, or write an existing one anew.

    Raises:
        BadValue: "leg.unknown_airport", "leg.no_time", "leg.skipped_time" (the clock jumps over it),
            "leg.arrives_before", "leg.too_long".
    """
    _check(draft)
    view = view_journey(desk, case)
    stream = own_stream(Leg, case)
    entity = leg or desk.new_id()
    with desk.work(actor) as work:
        owner = view.id
        if owner is None:
            owner = desk.new_id()
            work.put(stream, Journey, owner, version=1)
        kept = next((v.leg.order for v in view.legs if v.id == leg), None)
        order = kept if kept is not None else max((v.leg.order or 0 for v in view.legs), default=0) + 1
        work.put(stream, Leg, entity, journey=owner, order=order)
        work.put(
            stream,
            Leg,
            entity,
            flight=draft.flight,
            origin=draft.origin,
            origin_terminal=draft.origin_terminal,
            departs=draft.departs,
            destination=draft.destination,
            destination_terminal=draft.destination_terminal,
            arrives=draft.arrives,
        )
        work.put(stream, Leg, entity, booking=draft.booking)
        return done(work, entity)


@verb(writes=(Section.TRAVEL,))
def remove_leg(desk: Desk, actor: Actor, case: str, leg: str) -> Done[None]:
    """Put a flight into the trash."""
    with desk.work(actor) as work:
        work.remove(own_stream(Leg, case), Leg, leg)
        return done(work, None)


@verb(writes=(Section.TRAVEL,))
def describe_journey(desk: Desk, actor: Actor, /, case: str, **fields: object) -> Done[None]:
    """Write meeting points, onward transport, baggage or advice."""
    view = view_journey(desk, case)
    stream = own_stream(Journey, case)
    with desk.work(actor) as work:
        entity = view.id
        if entity is None:
            entity = desk.new_id()
            work.put(stream, Journey, entity, version=1)
        work.put(stream, Journey, entity, **fields)
        return done(work, None)
