"""What the frame says on every page: office, laptop, officer, rehearsal."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.sections import Role
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.history import officer_names


@dataclass(frozen=True, slots=True)
class Front:
    """
    The words of the frame.

    Attributes:
        office: Name of the office, its town.
        laptop: Name of this laptop, "" where it has none.
        officer: Who is unlocked.
        roles: Held now.
        is_rehearsal: Nobody here is real.
        zone: Time zone of the office.
    """

    office: str
    laptop: str
    officer: str
    roles: frozenset[Role]
    is_rehearsal: bool
    zone: str


def read_front(desk: Desk, actor: Actor, laptop: str = "") -> Front:
    """Read the words; they are no secret from anybody who is unlocked, so no role is asked."""
    office = desk.front()
    name = officer_names(desk).get(actor.officer, "")
    return Front(office.name, laptop, name, actor.roles, office.rehearsal, office.zone or "UTC")
