"""Open a store: get its key out of a slot. Nothing is written here; a read-only medium opens too."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from avrr_desktop.keys.encoding import sealed_part
from avrr_desktop.keys.errors import (
    KeyFileDamaged,
    NoSuchSlot,
    WrongEscrowKey,
    WrongPassphrase,
    WrongRecoveryCode,
)
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.passphrase import typed
from avrr_desktop.keys.recovery import read_recovery_code
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import KeySet, Kind, Slot, seal_of
from avrr_desktop.keys.wrap import unwrap_with_escrow, unwrap_with_passphrase, unwrap_with_recovery


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A store key and the slot it came from.

    Attributes:
        store: The store's id.
        key: 32 bytes for SQLCipher; assert 64 hexadecimal digits when writing the pragma.
        slot: Says which officer, if any.
    """

    store: str
    key: Secret
    slot: Slot


def open_with_passphrase(
    file: KeyFile, slot_id: str, passphrase: str, *, device_secret: Secret | None = None
) -> Opened:
    """
    Open one officer's slot; takes about a second.

    Args:
        file: The key file.
        slot_id: From `file.read().of_kind(Kind.PASSPHRASE)`.
        passphrase: As typed.
        device_secret: From `device_secret.read_device_secret`; needed when the slot `uses_device_secret`.

    Raises:
        WrongPassphrase, NoSuchSlot, DeviceSecretMissing, NotEnoughMemory, KeyFileFailure.
    """
    keys = file.read()
    slot = find_slot(keys, slot_id, Kind.PASSPHRASE)
    key = unwrap_with_passphrase(keys.store, slot, typed(passphrase), device_secret)
    if key is None:
        raise WrongPassphrase(slot=slot_id)
    check_key(keys, key)
    return Opened(keys.store, key, slot)


def open_with_recovery_code(file: KeyFile, code: str) -> Opened:
    """
    Open with the printed code; needs neither passphrase nor keyring.

    Raises:
        RecoveryCodeMistyped, WrongRecoveryCode, NoSuchSlot, KeyFileFailure.
    """
    read = read_recovery_code(code)
    keys = file.read()
    slots = _some(keys, Kind.RECOVERY)
    opened = _first(keys, ((slot, unwrap_with_recovery(keys.store, slot, read)) for slot in slots))
    if opened is None:
        raise WrongRecoveryCode()
    return opened


def open_with_escrow_key(file: KeyFile, private: Secret) -> Opened:
    """
    Open with the agency's private X25519 key (32 bytes).

    Raises:
        WrongEscrowKey, NoSuchSlot, KeyFileFailure.
    """
    if len(private.reveal()) != 32:
        raise WrongEscrowKey()
    keys = file.read()
    slots = _some(keys, Kind.ESCROW)
    opened = _first(keys, ((slot, unwrap_with_escrow(keys.store, slot, private)) for slot in slots))
    if opened is None:
        raise WrongEscrowKey()
    return opened


def check_key(keys: KeySet, key: Secret) -> None:
    """
    Hold a key against the file's two tags.

    Raises:
        KeyFileDamaged: "verifier", the key is of another store; "seal", the slots were exchanged.
    """
    if not keys.fits(key):
        raise KeyFileDamaged(why="verifier")
    if not hmac.compare_digest(keys.seal, seal_of(key, sealed_part(keys))):
        raise KeyFileDamaged(why="seal")


def find_slot(keys: KeySet, slot_id: str, kind: Kind | None = None) -> Slot:
    """
    Return the slot of this id and kind (None: any kind).

    Raises:
        NoSuchSlot: There is none.
    """
    for slot in keys.slots:
        if slot.id == slot_id and kind in (None, slot.kind):
            return slot
    raise NoSuchSlot(slot=slot_id)


def _some(keys: KeySet, kind: Kind) -> tuple[Slot, ...]:
    slots = keys.of_kind(kind)
    if not slots:
        raise NoSuchSlot(kind=kind.value)
    return slots


def _first(keys: KeySet, tried: Iterable[tuple[Slot, Secret | None]]) -> Opened | None:
    for slot, key in tried:
        if key is not None:
            check_key(keys, key)
            return Opened(keys.store, key, slot)
    return None
