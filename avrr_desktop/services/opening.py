"""Opening the store with a key in hand: the desk of one office, and which laptop this is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.clock import Clock, system_clock
from avrr_desktop.domain.ids import RandomBytes
from avrr_desktop.domain.office import Device
from avrr_desktop.domain.sections import Section
from avrr_desktop.keys.device import make_certificate
from avrr_desktop.services.access import renew_label
from avrr_desktop.services.desk import Desk, Resources
from avrr_desktop.services.laptop import Laptop, new_laptop, read_laptop, write_laptop
from avrr_desktop.services.officework import ROSTER, actor_of
from avrr_desktop.services.sealing import seal_everything
from avrr_desktop.services.unlocking import Lock, Unlocked
from avrr_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Sitting:
    """An open desk, who sits at it, and the name of the laptop ("" for none)."""

    desk: Desk
    actor: Actor
    laptop: str


def open_office(
    lock: Lock,
    unlocked: Unlocked,
    resources: Resources,
    *,
    clock: Clock = system_clock,
    random_bytes: RandomBytes = secrets.token_bytes,
) -> Sitting:
    """
    Open the store; a laptop that has lost its keys gets new ones under a new device id.

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
    )
    try:
        desk = Desk(store, resources, clock=clock, random_bytes=random_bytes)
        actor = actor_of(desk, unlocked.officer)
        if found is None:
            write_laptop(lock.store_path, unlocked.key, laptop, random_bytes)
            _enrol_laptop(desk, actor, laptop)
        return Sitting(desk, actor, _laptop_name(desk, laptop))
    except BaseException:
        store.close()
        raise


def close_office(sitting: Sitting, lock: Lock) -> None:
    """Seal everything, renew the label outside, close the store."""
    seal_everything(sitting.desk, sitting.actor)
    try:
        renew_label(sitting.desk, lock)
    except OSError:
        # The label is a convenience: the office closes all the same, and the next close writes it.
        pass
    finally:
        sitting.desk.store.close()


def _laptop_name(desk: Desk, laptop: Laptop) -> str:
    record = desk.store.get(Device, laptop.device, stream=ROSTER)
    return (record.name or "") if record is not None else ""


def _enrol_laptop(desk: Desk, actor: Actor, laptop: Laptop) -> None:
    code = desk.office().code or "LAP"
    name = f"{code}-{len(desk.store.find(Device, sections=(Section.ROSTER,))) + 1}"
    certificate = make_certificate(laptop.keys, laptop.device, code, name, desk.clock())
    with desk.work(actor) as work:
        work.put(ROSTER, Device, laptop.device, name=name, certificate=certificate.decode())
        work.seal(ROSTER)
