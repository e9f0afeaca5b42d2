"""A simple journey: legs in local times, durations and connections worked out in UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.sections import Section
from avrr_desktop.domain.travel import Journey, Leg
from avrr_desktop.services.airports import Airport, airports
from avrr_desktop.services.desk import Desk, Done, done, own_stream, verb
from avrr_desktop.services.moving import need_running, programme_of
from avrr_desktop.services.reasons import Reason, reason_of

__all__ = ["Airport", "airports"]

LEAST_CONNECTION = timedelta(minutes=120)
"""Between two flights where nothing is known of the airport. Source: DOMAIN.md 6.7 [P]."""
LONG_CONNECTION = timedelta(hours=8)
"""Beyond it a place to rest, and perhaps a visa, is needed. Source: DOMAIN.md 6.7 [P]."""
LONGEST_FLIGHT = timedelta(hours=24)
"""The longest scheduled flight takes 19 hours; more is a slip in a date."""
_FLIGHT = re.compile(r"([A-Z][A-Z0-9]|[0-9][A-Z])([0-9]{1,4}[A-Z]?)")


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

    @property
    def is_complete(self) -> bool:
        """Tell whether the flight has its number, both airports and both times."""
        return bool(self.leg.flight) and self.duration is not None

    @property
    def leaves_too_early(self) -> bool:
        """Tell whether this flight leaves before the one before arrives."""
        return self.connection is not None and self.connection <= timedelta()

    @property
    def is_short(self) -> bool:
        """Tell whether the time to change is below the planning minimum."""
        return self.connection is not None and timedelta() < self.connection < LEAST_CONNECTION

    @property
    def is_long(self) -> bool:
        """Tell whether somebody must rest between the flights."""
        return self.connection is not None and self.connection > LONG_CONNECTION


@dataclass(frozen=True, slots=True)
class JourneyView:
    """
    The newest itinerary of a case; id None before the first leg.

    Attributes:
        report_minutes: How long before the first departure the travellers are at the airport.
        report_why: The rule; None where the office wrote a time of its own for this journey.
    """

    id: str | None
    journey: Journey
    legs: tuple[LegView, ...]
    report_minutes: int
    report_why: Reason | None = None

    @property
    def report_at(self) -> datetime | None:
        """Return when to be at the first airport, in its zone; None while the departure is not known."""
        first = self.legs[0].departs if self.legs else None
        return earlier(first, self.report_minutes) if first is not None else None

    @property
    def is_complete(self) -> bool:
        """Tell whether there is a flight and none lacks anything."""
        return bool(self.legs) and all(leg.is_complete for leg in self.legs)


def earlier(moment: datetime, minutes: int) -> datetime:
    """Return the wall-clock time *minutes* of elapsed time before *moment*, in its zone."""
    return (moment.astimezone(UTC) - timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def flight_text(code: str | None) -> str:
    """Write a stored flight number as tickets do: "LH471" is "LH 471"; "" for None."""
    parts = _FLIGHT.fullmatch(code or "")
    return f"{parts[1]} {parts[2]}" if parts else code or ""


def read_flight(text: str) -> str | None:
    """Read a typed flight number; None when it is none. Source: IATA designator, two characters and 1-4 digits."""
    plain = "".join(text.split()).upper().replace("-", "")
    return plain if _FLIGHT.fullmatch(plain) else None


def _moment(local: str | None, airport: Airport | None) -> datetime | None:
    if not local or airport is None:
        return None
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(airport.zone))


def _between(first: datetime | None, second: datetime | None) -> timedelta | None:
    """Return the elapsed time; aware datetimes of one zone would subtract wall clocks, so both go to UTC."""
    if first is None or second is None:
        return None
    return second.astimezone(UTC) - first.astimezone(UTC)


def view_journey(desk: Desk, case: str) -> JourneyView:
    """Put the newest journey together."""
    held = desk.find(Journey, case)
    entity, record = (held[-1].id, held[-1].value) if held else (None, Journey())
    rule = programme_of(desk, case).report_time
    own = record.report_minutes
    minutes, why = (rule.minutes, reason_of(rule.fired)) if own is None else (own, None)
    if entity is None:
        return JourneyView(None, record, (), minutes, why)
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
    return JourneyView(entity, record, tuple(views), minutes, why)


@verb(reads=(Section.TRAVEL,))
def journey(desk: Desk, actor: Actor, case: str) -> JourneyView:
    """Return the newest itinerary of a case."""
    return view_journey(desk, case)


@dataclass(frozen=True, slots=True)
class LegDraft:
    """What is written of one flight; local times as "2026-12-02T17:55". None: not known yet."""

    flight: str | None = None
    origin: str | None = None
    departs: str | None = None
    destination: str | None = None
    arrives: str | None = None
    origin_terminal: str | None = None
    destination_terminal: str | None = None
    booking: str | None = None


def _check(draft: LegDraft) -> str | None:
    """Refuse a leg that cannot be: unknown airport, a time the clock never shows, arrival not after departure."""
    flight = read_flight(draft.flight) if draft.flight else None
    if draft.flight and flight is None:
        raise BadValue("leg.no_flight", entity="leg", field="flight", why=draft.flight)
    known = airports()
    for field, code in (("origin", draft.origin), ("destination", draft.destination)):
        if code and code not in known:
            raise BadValue("leg.unknown_airport", entity="leg", field=field, why=code)
    departs = _checked("departs", draft.departs, known.get(draft.origin or ""))
    arrives = _checked("arrives", draft.arrives, known.get(draft.destination or ""))
    flown = _between(departs, arrives)
    if flown is not None and flown <= timedelta():
        raise BadValue("leg.arrives_before", entity="leg", field="arrives", why="before")
    if flown is not None and flown > LONGEST_FLIGHT:
        raise BadValue("leg.too_long", entity="leg", field="arrives", why="long")
    return flight


def _checked(field: str, local: str | None, airport: Airport | None) -> datetime | None:
    """Read a local time; a time without its airport has no zone yet and is only looked at."""
    if not local:
        return None
    try:
        moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(airport.zone if airport else "UTC"))
    except ValueError as broken:
        raise BadValue("leg.no_time", entity="leg", field=field, why=local) from broken
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise BadValue("leg.skipped_time", entity="leg", field=field, why=local)
    return moment if airport else None


@verb(writes=(Section.TRAVEL,))
def write_leg(desk: Desk, actor: Actor, case: str, draft: LegDraft, leg: str | None = None) -> Done[str]:
    """
    Add a flight, or write an existing one anew.

    Raises:
        Blocked: "case.ended".
        BadValue: "leg.no_flight", "leg.unknown_airport", "leg.no_time", "leg.skipped_time" (the clock jumps over it),
            "leg.arrives_before", "leg.too_long".
    """
    need_running(desk, case)
    flight = _check(draft)
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
            flight=flight,
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
    """Put a flight into the trash. Raises Blocked "case.ended"."""
    need_running(desk, case)
    with desk.work(actor) as work:
        work.remove(own_stream(Leg, case), Leg, leg)
        return done(work, None)


@verb(writes=(Section.TRAVEL,))
def describe_journey(desk: Desk, actor: Actor, /, case: str, **fields: object) -> Done[None]:
    """Write meeting points, onward transport, baggage or advice. Raises Blocked "case.ended"."""
    need_running(desk, case)
    view = view_journey(desk, case)
    stream = own_stream(Journey, case)
    with desk.work(actor) as work:
        entity = view.id
        if entity is None:
            entity = desk.new_id()
            work.put(stream, Journey, entity, version=1)
        work.put(stream, Journey, entity, **fields)
        return done(work, None)
