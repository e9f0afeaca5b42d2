"""Make and change slots. The store key stays the same in all of them: nothing here rewrites the store.

Every verb reads the file, proves that it holds the store key, and rewrites both copies as the next generation.
`floor_kib` is the least memory of a new passphrase slot (cost.py); only tests lower it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from avrr_desktop.domain.ids import RandomBytes
from avrr_desktop.keys.cost import FLOOR_KIB, Cost, check_cost
from avrr_desktop.keys.encoding import check_officer, sealed_part
from avrr_desktop.keys.errors import KeyFileExists, LastSlot, TooManySlots
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.opening import (
    check_key,
    find_slot,
    open_with_passphrase,
    open_with_recovery_code,
)
from avrr_desktop.keys.passphrase import accept_new
from avrr_desktop.keys.recovery import RecoveryCode, new_recovery_code
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import KEY_BYTES, MOST_SLOTS, KeySet, Kind, Officer, Slot, check_of, seal_of
from avrr_desktop.keys.wrap import wrap_for_escrow, wrap_for_passphrase, wrap_for_recovery


@dataclass(frozen=True, slots=True)
class Created:
    """
    What a first run gets.

    Attributes:
        key: The new store key.
        slot: The officer's slot.
        code: To be printed now; it is kept nowhere.
    """

    key: Secret
    slot: Slot
    code: RecoveryCode


def create_key_file(
    file: KeyFile,
    store: str,
    officer: Officer,
    passphrase: str,
    *,
    cost: Cost,
    device_secret: Secret | None = None,
    escrow: Iterable[bytes] = (),
    random_bytes: RandomBytes = secrets.token_bytes,
    floor_kib: int = FLOOR_KIB,
) -> Created:
    """
    Draw a store key and write the first slots; to be done before the store itself is made.

    Args:
        file: Must not exist yet.
        store: The store's id.
        officer: The first officer.
        passphrase: As typed.
        cost: From `cost.calibrate`.
        device_secret: Mixed into the officer's slot when given.
        escrow: Public X25519 keys of the agency, 32 bytes each.
        random_bytes: Source of chance.
        floor_kib: Least memory.

    Raises:
        KeyFileExists, WeakPassphrase, OfficerRefused, CostRefused, WrongEscrowKey, NotEnoughMemory, KeyFileUnwritten.
        ValueError: The store's id has another shape than encoding.py allows.
    """
    if file.exists():
        raise KeyFileExists()
    accepted = accept_new(passphrase)
    check_officer(officer)
    check_cost(cost, floor_kib)
    key, code = Secret(random_bytes(KEY_BYTES)), new_recovery_code(random_bytes)
    own = wrap_for_passphrase(store, key, accepted, officer, cost, device_secret, random_bytes)
    others = [wrap_for_recovery(store, key, code, random_bytes)]
    others += [wrap_for_escrow(store, key, public, random_bytes) for public in escrow]
    file.create(_sealed(KeySet(store, 1, (own, *others), check_of(key, store)), key))
    return Created(key, own, code)


def add_officer(
    file: KeyFile,
    key: Secret,
    officer: Officer,
    passphrase: str,
    *,
    cost: Cost,
    device_secret: Secret | None = None,
    random_bytes: RandomBytes = secrets.token_bytes,
    floor_kib: int = FLOOR_KIB,
) -> Slot:
    """
    Give another officer a passphrase slot; *key* comes from an open store.

    Raises:
        As `create_key_file`; TooManySlots.
    """
    keys = _proven(file, key)
    accepted = accept_new(passphrase)
    check_officer(officer)
    check_cost(cost, floor_kib)
    slot = wrap_for_passphrase(keys.store, key, accepted, officer, cost, device_secret, random_bytes)
    _rewrite(file, keys, (*keys.slots, slot), key)
    return slot


def change_passphrase(
    file: KeyFile,
    slot_id: str,
    passphrase: str,
    new_passphrase: str,
    *,
    cost: Cost,
    device_secret: Secret | None,
    new_device_secret: Secret | None,
    random_bytes: RandomBytes = secrets.token_bytes,
    floor_kib: int = FLOOR_KIB,
) -> Slot:
    """
    Rewrap one officer's slot; also how the device secret is switched on (give a new one) and off (give None).

    Returns:
        The slot under its old id.

    Raises:
        As `open_with_passphrase` and `create_key_file`.
    """
    accept_new(new_passphrase)
    check_cost(cost, floor_kib)
    key = open_with_passphrase(file, slot_id, passphrase, device_secret=device_secret).key
    return _rewrap(file, slot_id, key, new_passphrase, cost, new_device_secret, random_bytes)


def reset_passphrase(
    file: KeyFile,
    slot_id: str,
    code: str,
    new_passphrase: str,
    *,
    cost: Cost,
    new_device_secret: Secret | None = None,
    random_bytes: RandomBytes = secrets.token_bytes,
    floor_kib: int = FLOOR_KIB,
) -> Slot:
    """
    Set a new passphrase with the recovery code; the code stays valid.

    Raises:
        As `open_with_recovery_code` and `create_key_file`.
    """
    accept_new(new_passphrase)
    check_cost(cost, floor_kib)
    key = open_with_recovery_code(file, code).key
    return _rewrap(file, slot_id, key, new_passphrase, cost, new_device_secret, random_bytes)


def replace_recovery_code(
    file: KeyFile, key: Secret, *, random_bytes: RandomBytes = secrets.token_bytes
) -> RecoveryCode:
    """
    Draw a new recovery code; the old papers open nothing in this file any more.

    Raises:
        KeyFileFailure, TooManySlots.
    """
    keys, code = _proven(file, key), new_recovery_code(random_bytes)
    kept = [slot for slot in keys.slots if slot.kind is not Kind.RECOVERY]
    _rewrite(file, keys, (*kept, wrap_for_recovery(keys.store, key, code, random_bytes)), key)
    return code


def add_escrow(
    file: KeyFile, key: Secret, recipient: bytes, *, random_bytes: RandomBytes = secrets.token_bytes
) -> Slot:
    """
    Wrap the store key for the agency's public X25519 key (32 bytes).

    Raises:
        WrongEscrowKey, KeyFileFailure, TooManySlots.
    """
    keys = _proven(file, key)
    slot = wrap_for_escrow(keys.store, key, recipient, random_bytes)
    _rewrite(file, keys, (*keys.slots, slot), key)
    return slot


def remove_slot(file: KeyFile, key: Secret, slot_id: str) -> None:
    """
    Take a slot out of both copies; slots.py says what this does not achieve.

    Raises:
        NoSuchSlot, KeyFileFailure.
        LastSlot: It is the last passphrase, or the last of recovery and escrow.
    """
    keys = _proven(file, key)
    gone = find_slot(keys, slot_id)
    kept = tuple(slot for slot in keys.slots if slot.id != slot_id)
    if all((slot.kind is Kind.PASSPHRASE) != (gone.kind is Kind.PASSPHRASE) for slot in kept):
        raise LastSlot(kind=gone.kind.value)
    _rewrite(file, keys, kept, key)


def _proven(file: KeyFile, key: Secret) -> KeySet:
    """Return the file's content once *key* fits it: a wrong key must never be wrapped."""
    keys = file.read()
    check_key(keys, key)
    return keys


def _rewrap(
    file: KeyFile,
    slot_id: str,
    key: Secret,
    passphrase: str,
    cost: Cost,
    device_secret: Secret | None,
    random_bytes: RandomBytes,
) -> Slot:
    keys = _proven(file, key)
    officer = find_slot(keys, slot_id, Kind.PASSPHRASE).officer
    if officer is None:
        raise AssertionError("a passphrase slot has an officer")
    slot = wrap_for_passphrase(
        keys.store, key, accept_new(passphrase), officer, cost, device_secret, random_bytes, slot_id
    )
    _rewrite(file, keys, tuple(slot if old.id == slot_id else old for old in keys.slots), key)
    return slot


def _rewrite(file: KeyFile, keys: KeySet, slots: tuple[Slot, ...], key: Secret) -> None:
    if len(slots) > MOST_SLOTS:
        raise TooManySlots(allowed=MOST_SLOTS)
    file.rewrite(_sealed(replace(keys, generation=keys.generation + 1, slots=slots), key))


def _sealed(keys: KeySet, key: Secret) -> KeySet:
    return replace(keys, seal=seal_of(key, sealed_part(keys)))
