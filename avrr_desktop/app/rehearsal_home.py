"""Set up a rehearsal office in a folder of its own: the program's own first run, its officers, and invented cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from avrr_desktop.app.invented import PEOPLE, Invented
from avrr_desktop.app.paths import HOME_VARIABLE
from avrr_desktop.app.rehearsal import Cast, MovingClock, rehearse
from avrr_desktop.app.wiring import Session, Wiring, wire
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.clock import system_clock
from avrr_desktop.domain.sections import Role
from avrr_desktop.keys.cost import FLOOR_KIB, Cost
from avrr_desktop.services import beginning, officework
from avrr_desktop.services.access import let_in
from avrr_desktop.services.beginning import Beginning
from avrr_desktop.services.unlocking import Unlocked

PASSPHRASE = "nobody here is real"
"""Opens the rehearsal office for each of its officers; it guards nothing."""
FACTS = Beginning("Toronto", "TOR", "America/Toronto", ("en", "fr"), "Maya Tremblay", rehearsal=True)
CASE_ROLES = frozenset({Role.CASE, Role.INTAKE})
OFFICERS = (
    ("Jules Lemieux", CASE_ROLES),
    ("Idris Bello", frozenset({Role.MOVEMENT})),
    ("Claire Moreau", frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})),
)
CHEAP = Cost(FLOOR_KIB, 1, 4)
"""The least the key file allows: an open secret needs no more."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal office that is set up and closed; *cases* in the order of the people it was peopled with."""

    wiring: Wiring
    unlocked: Unlocked
    cases: tuple[str, ...]


def set_up_rehearsal(home: Path, folk: Sequence[Invented] = PEOPLE) -> Rehearsal:
    """
    Make a rehearsal office below *home*, which must be empty, and people it with *folk*.

    Raises:
        Expected: The disk would not take it.
    """
    clock = MovingClock(system_clock)
    # The office is older than its oldest case: stamps of the journal never go back.
    clock.set(system_clock() - timedelta(hours=max(person.hours_ago for person in folk) + 24))
    wiring = wire({HOME_VARIABLE: str(home)}, clock=clock)
    wiring = replace(wiring, lock=replace(wiring.lock, use_keyring=False, cost=CHEAP))
    begun = beginning.begin(wiring.lock, FACTS, PASSPHRASE)
    beginning.finish(wiring.lock, FACTS, begun, clock=clock)
    session = wiring.open(begun.unlocked)
    try:
        cast = _people(session)
        clock.set(None)
        cases = rehearse(session.sitting.desk, cast, clock, folk)
        _step_down(session, cast)
    finally:
        session.close()
    return Rehearsal(wiring, begun.unlocked, tuple(cases))


def _step_down(session: Session, cast: Cast) -> None:
    """Leave Maya the roles of a case officer; whoever sets an office up has them all."""
    officework.write_officer(
        session.sitting.desk, cast.supervisor, session.sitting.actor.officer, name=FACTS.officer, roles=CASE_ROLES
    )


def _people(session: Session) -> Cast:
    """Give the office its settings and its other officers."""
    desk, maya = session.sitting.desk, session.sitting.actor
    officework.write_office(
        desk,
        maya,
        phone="+1 416 555 0109",
        night_phone="+1 416 555 0110",
        address="1 Rehearsal Road, Toronto",
    )
    made: dict[str, Actor] = {}
    for name, roles in OFFICERS:
        officer = let_in(session.access, maya, name, roles, PASSPHRASE)
        officework.write_officer(desk, maya, officer, name=name, roles=roles)
        made[name] = Actor(officer, roles)
    return Cast((maya, made["Jules Lemieux"]), made["Claire Moreau"])
