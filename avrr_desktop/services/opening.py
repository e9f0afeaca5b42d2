"""
Opening the store with a key in hand: the desk of one office, and which laptop this is.

The first list is painted after this, so only plain rows are read and no declaration is loaded (DESIGN.md 5.10).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.clock import Clock, system_clock
from avrr_desktop.domain.failures import Blocked, Expected
from avrr_desktop.domain.ids import OfficerId, RandomBytes
from avrr_desktop.domain.sections import Section, office_stream, roles_in
from avrr_desktop.services.access import renew_label
from avrr_desktop.services.desk import Desk, Resources
from avrr_desktop.services.laptop import Laptop, new_laptop, read_laptop, write_laptop
from avrr_desktop.services.sealing import seal_everything
from avrr_desktop.services.unlocking import Lock, Unlocked
from avrr_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Sitting:
    """
    An open desk, who sits at it, and the name of the laptop ("" for none).

    Attributes:
        arrive: Writes that somebody is here, and keys of a laptop that had none; done by `open_office`, and where
            that had to wait for the checks by `go_on`.
    """

    desk: Desk
    actor: Actor
    laptop: str
    arrive: Callable[[], None] = field(default=lambda: None, repr=False)


def open_office(
    lock: Lock,
    unlocked: Unlocked,
    resources: Resources,
    *,
    clock: Clock = system_clock,
    random_bytes: RandomBytes = secrets.token_bytes,
    waits: bool = False,
) -> Sitting:
    """
    Open the store; a laptop that has lost its keys gets new ones under a new device id.

    Args:
        waits: After an unclean exit the desk is only read until the caller has made the checks and calls `go_on`.

    Raises:
        Blocked: "officer.inactive", the officer does not work here any more; the store is closed again.
        DeviceKeysDamaged: The file beside the store is not of this store.
        Expected: A store failure, such as "store.in_use".
    """
    found = read_laptop(lock.store_path, unlocked.key)
    laptop = found or new_laptop(random_bytes)
    store = Store.open(
        lock.store_path,
        unlocked.key.reveal(),
        device=laptop.device,
        sign=laptop.keys.sign,
        clock=clock,
        random_bytes=random_bytes,
        waits=waits,
    )

    def arrive() -> None:
        if found is None:
            write_laptop(lock.store_path, unlocked.key, laptop, random_bytes)
            _enrol_laptop(desk, actor, laptop)
        store.note(actor.officer, "unlock", device=laptop.device)

    try:
        desk = Desk(store, resources, clock=clock, random_bytes=random_bytes)
        actor = actor_of(desk, unlocked.officer)
        if desk.shut is None:
            arrive()
        return Sitting(desk, actor, _laptop_name(desk, laptop), arrive)
    except BaseException:
        store.close()
        raise


def go_on(sitting: Sitting) -> None:
    """
    Open the desk for writing after checks that found nothing: leftovers are sealed, the arrival is written.

    Raises:
        Expected: The disk would not take it; the next start checks again.
    """
    sitting.desk.store.believe()
    sitting.arrive()


def close_office(sitting: Sitting, lock: Lock) -> None:
    """
    Seal everything, renew the label outside, close the store; it is closed whatever happens.

    Raises:
        Expected: The disk would not take the seal; the open commits stay and the next start seals them.
    """
    try:
        seal_everything(sitting.desk, sitting.actor)
        with suppress(OSError, Expected):
            # The label is a convenience: the next close writes it, and a damaged store was told of before.
            renew_label(sitting.desk, lock)
    finally:
        sitting.desk.store.close()


def actor_of(desk: Desk, officer: str) -> Actor:
    """
    Return the acting officer with the roles held now.

    Raises:
        Blocked: "officer.inactive" for somebody unknown or no longer working here.
    """
    record = desk.store.roster.officer(officer)
    if record is None or not record.active:
        raise Blocked("officer.inactive", officer=officer)
    return Actor(OfficerId(officer), roles_in(record.roles))


def _laptop_name(desk: Desk, laptop: Laptop) -> str:
    return desk.store.roster.laptops().get(laptop.device, "")


def _enrol_laptop(desk: Desk, actor: Actor, laptop: Laptop) -> None:
    from avrr_desktop.domain.office import Device
    from avrr_desktop.keys.device import make_certificate

    code, stream = desk.front().code or "LAP", office_stream(Section.ROSTER)
    name = f"{code}-{len(desk.store.roster.laptops()) + 1}"
    certificate = make_certificate(laptop.keys, laptop.device, code, name, desk.clock())
    with desk.work(actor) as work:
        work.put(stream, Device, laptop.device, name=name, certificate=certificate.decode())
        work.seal(stream)
