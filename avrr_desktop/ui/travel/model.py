"""The journey of a case: its state as the page draws it, and what an officer does with it. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services import travelling
from avrr_desktop.services.desk import Desk, Done
from avrr_desktop.services.people import people
from avrr_desktop.services.travelling import JourneyView, LegView
from avrr_desktop.ui.travel.typed import Typed, read_leg, typed_of

PARTS = frozenset({"journey", "leg", "person", "case", "participation"})
"""Kinds whose change redraws the page."""
GROUND = ("meeting_departure", "meeting_arrival", "onward", "baggage", "advice")
"""Fields of the ground, in the order of the page."""


class Level(StrEnum):
    """How a check came out."""

    BLOCKS = "blocks"
    WARNS = "warns"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Check:
    """
    One thing looked at, as the journey is typed.

    Attributes:
        code: "incomplete", "not_joined", "too_early", "short", "long", "connects", "report", "in_order".
        leg: The flight it is about, "" for the whole journey.
        flight, place: Its number and the airport, for the sentence; "" where unknown.
        span: The time in question, None without one.
    """

    code: str
    level: Level
    leg: str = ""
    flight: str = ""
    place: str = ""
    span: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Traveller:
    """Who travels: name and age (None: not known)."""

    name: str
    age: int | None


@dataclass(frozen=True, slots=True)
class State:
    """All that the page shows."""

    journey: JourneyView
    travellers: tuple[Traveller, ...]
    checks: tuple[Check, ...]
    can_write: bool

    def count(self, level: Level) -> int:
        """Count the checks that came out at *level*."""
        return sum(check.level is level for check in self.checks)


class TravelModel:
    """
    The journey of one case, read anew with `load`.

    Raises:
        Expected: Every verb passes on what its service refuses; the state stays as it was.
    """

    def __init__(self, desk: Desk, actor: Actor, case: str) -> None:
        self._desk = desk
        self._actor = actor
        self.case = case
        self.state = self._read()

    def load(self) -> State:
        """Read everything again."""
        self.state = self._read()
        return self.state

    def typed(self, leg: str) -> Typed:
        """Return the fields of an existing flight."""
        return typed_of(next(view for view in self.state.journey.legs if view.id == leg))

    def next_typed(self) -> Typed:
        """Return the fields of a new flight: it leaves from where the last one arrives, on that day."""
        if not self.state.journey.legs:
            return Typed()
        last = typed_of(self.state.journey.legs[-1])
        return Typed(
            booking=last.booking,
            origin=last.destination,
            origin_terminal=last.destination_terminal,
            departs_day=last.arrives_day,
        )

    def write(self, typed: Typed, leg: str | None) -> Done[str]:
        """Write the flight. Raises what `typed.read_leg` and `travelling.write_leg` raise."""
        return travelling.write_leg(self._desk, self._actor, self.case, read_leg(typed), leg)

    def remove(self, leg: str) -> Done[None]:
        """Put a flight into the trash."""
        return travelling.remove_leg(self._desk, self._actor, self.case, leg)

    def describe(self, field: str, text: str) -> Done[None]:
        """Write one field of the ground; empty clears it."""
        return travelling.describe_journey(self._desk, self._actor, self.case, **{field: text.strip() or None})

    def report(self, minutes: int | None) -> Done[None]:
        """Write how long before departure to be at the airport; None takes the programme's rule again."""
        return travelling.describe_journey(self._desk, self._actor, self.case, report_minutes=minutes)

    def _read(self) -> State:
        journey = travelling.journey(self._desk, self._actor, self.case)
        everyone = people(self._desk, self._actor, self.case)
        return State(
            journey,
            tuple(Traveller(p.name, p.age) for p in everyone if p.person.travels is not False),
            look_over(journey),
            self._actor.may(Right.WRITE, Section.TRAVEL),
        )


def look_over(journey: JourneyView) -> tuple[Check, ...]:
    """Look over a journey, what blocks first. Source: DOMAIN.md 6.3 (checks) and 6.7 (connection times)."""
    found: list[Check] = []
    for view in journey.legs:
        flight = travelling.flight_text(view.leg.flight)
        place = view.origin.city if view.origin else ""
        if not view.is_complete:
            found.append(Check("incomplete", Level.BLOCKS, view.id, flight))
        found += _joins(view, flight, place)
    if journey.report_at is not None:
        found.append(Check("report", Level.FINE, span=timedelta(minutes=journey.report_minutes)))
    order = list(Level)
    return tuple(sorted(found, key=lambda check: order.index(check.level)))


def _joins(view: LegView, flight: str, place: str) -> list[Check]:
    """Look at how a flight follows the one before."""
    if not view.joins and view.leg.origin:
        return [Check("not_joined", Level.BLOCKS, view.id, flight, place)]
    if view.connection is None:
        return []
    if view.leaves_too_early:
        return [Check("too_early", Level.BLOCKS, view.id, flight, place, view.connection)]
    if view.is_short:
        return [Check("short", Level.WARNS, view.id, flight, place, view.connection)]
    if view.is_long:
        return [Check("long", Level.WARNS, view.id, flight, place, view.connection)]
    return [Check("connects", Level.FINE, view.id, flight, place, view.connection)]
