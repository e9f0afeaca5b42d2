"""
Ways into an open office: another officer's passphrase, one's own, a new recovery sheet.

These act on the key file, never on the store, and take about a second each: they belong into the background. What the
store knows of officers is written by `services.officework`.
"""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.ids import OfficerId, new_id
from avrr_desktop.domain.sections import Right, Role, Section
from avrr_desktop.services.desk import Desk
from avrr_desktop.services.label import OfficeLabel, write_label
from avrr_desktop.services.unlocking import Lock, Unlocked

ROSTER = (Right.WRITE, Section.ROSTER)


@dataclass(frozen=True, slots=True)
class Access:
    """The lock of the open office and who opened it."""

    lock: Lock
    unlocked: Unlocked


def let_in(
    access: Access,
    actor: Actor,
    name: str,
    roles: frozenset[Role],
    passphrase: str,
    *,
    again: OfficerId | None = None,
) -> OfficerId:
    """
    Give a new officer, or *again* one who worked here before, a passphrase.

    `officework.write_officer` must follow, or the passphrase opens nothing.

    Raises:
        Refused: The role table does not let *actor* change the roster.
        WeakPassphrase, OfficerRefused, TooManySlots, NotEnoughMemory, KeyFileFailure.
    """
    from avrr_desktop.keys.changing import add_officer
    from avrr_desktop.keys.slots import Officer

    actor.need("access.let_in", ROSTER)
    lock = access.lock
    officer = again or OfficerId(new_id(lock.random_bytes))
    add_officer(
        lock.file,
        access.unlocked.key,
        Officer(officer, name.strip(), tuple(sorted(role.value for role in roles))),
        passphrase,
        cost=lock.new_cost(),
        device_secret=lock.new_device_secret(lock.file.read().store),
        random_bytes=lock.random_bytes,
        floor_kib=lock.floor_kib,
    )
    return officer


def shut_out(access: Access, actor: Actor, officer: str) -> None:
    """
    Take an officer's passphrases out of the key file.

    Raises:
        Refused: As `let_in`.
        LastSlot: It is the last passphrase.
        KeyFileFailure.
    """
    from avrr_desktop.keys.changing import remove_slot
    from avrr_desktop.keys.slots import Kind

    actor.need("access.shut_out", ROSTER)
    for slot in access.lock.file.read().of_kind(Kind.PASSPHRASE):
        if slot.officer is not None and slot.officer.id == officer:
            remove_slot(access.lock.file, access.unlocked.key, slot.id)


def change_own_passphrase(access: Access, passphrase: str, new_passphrase: str) -> None:
    """
    Give oneself another passphrase.

    Raises:
        WrongPassphrase, WeakPassphrase, DeviceSecretMissing, KeyringRefused, NotEnoughMemory, KeyFileFailure.
    """
    from avrr_desktop.keys.changing import change_passphrase
    from avrr_desktop.keys.opening import find_slot

    lock = access.lock
    keys = lock.file.read()
    slot = find_slot(keys, access.unlocked.slot)
    change_passphrase(
        lock.file,
        slot.id,
        passphrase,
        new_passphrase,
        cost=lock.new_cost(),
        device_secret=lock.device_secret(keys.store, slot),
        new_device_secret=lock.new_device_secret(keys.store),
        random_bytes=lock.random_bytes,
        floor_kib=lock.floor_kib,
    )


def renew_sheet(access: Access, actor: Actor) -> tuple[str, ...]:
    """
    Draw a new recovery code and return its groups; the old sheet opens nothing any more.

    Raises:
        Refused: As `let_in`.
        KeyFileFailure.
    """
    from avrr_desktop.keys.changing import replace_recovery_code

    actor.need("access.renew_sheet", ROSTER)
    code = replace_recovery_code(access.lock.file, access.unlocked.key, random_bytes=access.lock.random_bytes)
    return tuple(code.text().split("-"))


def renew_label(desk: Desk, lock: Lock) -> None:
    """Write on the outside what the office and its officers are called now. OSError when the disk refuses."""
    office = desk.front()
    officers = tuple((row.id, row.name, tuple(row.roles.split())) for row in desk.store.roster.officers())
    label = OfficeLabel(office.name, office.rehearsal, office.zone or "UTC", officers)
    write_label(lock.store_path, label)
