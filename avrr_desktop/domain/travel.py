"""Section travel: a journey and its legs, in the local times the tickets show."""

from __future__ import annotations

from typing import Annotated, ClassVar

from avrr_desktop.domain.fields import (
    Airport,
    Count,
    Entity,
    FlightNumber,
    Id,
    Line,
    LocalTime,
    Paper,
    Register,
    Text,
    prints,
)
from avrr_desktop.domain.sections import Section

VERSION = Register("version")
GROUND = Register("ground")


class Journey(Entity):
    """One itinerary version of a case."""

    kind: ClassVar[str] = "journey"
    section: ClassVar[Section] = Section.TRAVEL

    version: Annotated[Count | None, VERSION, prints(Paper.ITINERARY)] = None
    report_minutes: Annotated[Count | None, GROUND, prints(Paper.ITINERARY)] = None
    meeting_departure: Annotated[Line | None, GROUND, prints(Paper.ITINERARY)] = None
    meeting_arrival: Annotated[Line | None, GROUND, prints(Paper.ITINERARY)] = None
    onward: Annotated[Line | None, GROUND, prints(Paper.ITINERARY)] = None
    baggage: Annotated[Line | None, GROUND, prints(Paper.ITINERARY)] = None
    advice: Annotated[Text | None, GROUND, prints(Paper.ITINERARY)] = None


LEG_OF = Register("of")
FLIGHT = Register("flight", blocking=True)
TICKET = Register("ticket")


class Leg(Entity):
    """
    One flight: carrier, number, both airports and local times change together.

    A local time has no zone of its own: the airport gives it (airportsdata).
    """

    kind: ClassVar[str] = "leg"
    section: ClassVar[Section] = Section.TRAVEL

    journey: Annotated[Id | None, LEG_OF] = None
    order: Annotated[Count | None, LEG_OF] = None
    flight: Annotated[FlightNumber | None, FLIGHT, prints(Paper.ITINERARY)] = None
    origin: Annotated[Airport | None, FLIGHT, prints(Paper.ITINERARY)] = None
    origin_terminal: Annotated[Line | None, FLIGHT, prints(Paper.ITINERARY)] = None
    departs: Annotated[LocalTime | None, FLIGHT, prints(Paper.ITINERARY)] = None
    destination: Annotated[Airport | None, FLIGHT, prints(Paper.ITINERARY)] = None
    destination_terminal: Annotated[Line | None, FLIGHT, prints(Paper.ITINERARY)] = None
    arrives: Annotated[LocalTime | None, FLIGHT, prints(Paper.ITINERARY)] = None
    booking: Annotated[Line | None, TICKET, prints(Paper.ITINERARY)] = None
