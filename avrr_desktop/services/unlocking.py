"""
Opening the office: who may try, the passphrase, the recovery sheet.

Nothing here opens the store or imports what only an open store needs; deriving a key takes about a second and belongs
into the background.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.domain.ids import OfficerId, RandomBytes
from avrr_desktop.keys.cost import FLOOR_KIB, Cost, calibrate
from avrr_desktop.keys.errors import KeyringRefused
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import Kind, Slot
from avrr_desktop.services.label import OfficeLabel, read_label

FREE_TRIES = 2
"""Wrong tries that cost nothing: a slip and Caps Lock."""
LONGEST_PAUSE_S = 30


@dataclass(frozen=True, slots=True)
class OfficerLabel:
    """An officer as the unlock page lists one: slot id, officer id, name and role words of today."""

    slot: str
    officer: OfficerId
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """What stands on the unlock page: the office's label, and the officers in the order they came."""

    label: OfficeLabel
    officers: tuple[OfficerLabel, ...]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A store key and whose it is."""

    key: Secret = field(repr=False)
    officer: OfficerId
    slot: str


@dataclass(frozen=True, slots=True)
class Lock:
    """
    The lock of one office.

    Attributes:
        store_path: The store; key file and label lie beside it.
        use_keyring: Mix a secret of this OS account into passphrases where a keyring keeps one.
        cost: argon2id cost of new passphrases; None measures this machine.
        floor_kib: Least memory of a new passphrase; only tests lower it.
        random_bytes: Source of chance.
    """

    store_path: Path
    use_keyring: bool = True
    cost: Cost | None = None
    floor_kib: int = FLOOR_KIB
    random_bytes: RandomBytes = secrets.token_bytes

    @property
    def file(self) -> KeyFile:
        """The key file."""
        return KeyFile(self.store_path)

    def new_cost(self) -> Cost:
        """Return the cost of a new passphrase; takes a second where it must be measured."""
        return self.cost or calibrate()

    def new_device_secret(self, store: str) -> Secret | None:
        """Return this account's device secret, made now if need be; None where no keyring keeps it."""
        from avrr_desktop.keys.device_secret import switch_on

        if not self.use_keyring:
            return None
        try:
            return switch_on(store, random_bytes=self.random_bytes)
        except KeyringRefused:
            return None

    def device_secret(self, store: str, slot: Slot) -> Secret | None:
        """
        Return the device secret that *slot* needs, None when it needs none.

        Raises:
            DeviceSecretMissing, KeyringRefused: The slot needs it and it is not here.
        """
        from avrr_desktop.keys.device_secret import read_device_secret

        return read_device_secret(store) if slot.uses_device_secret else None


def is_set_up(store_path: Path) -> bool:
    """Tell whether there is an office here: a key file, whole or damaged."""
    return KeyFile(store_path).exists()


def read_door(store_path: Path) -> Door:
    """
    Read what the unlock page shows.

    Raises:
        KeyFileFailure: The key file is missing, damaged or newer.
    """
    keys, label = KeyFile(store_path).read(), read_label(store_path)
    today = {who: (name, roles) for who, name, roles in label.officers}
    officers = tuple(
        OfficerLabel(slot.id, OfficerId(who.id), *today.get(who.id, (who.name, who.roles)))
        for slot in keys.of_kind(Kind.PASSPHRASE)
        if (who := slot.officer) is not None
    )
    return Door(label, officers)


def pause_s(wrong_tries: int) -> int:
    """Return how long to wait after so many wrong tries: 0, 0, then 2, 4, 8, 16, 30 seconds."""
    return 0 if wrong_tries <= FREE_TRIES else min(2 ** (wrong_tries - FREE_TRIES), LONGEST_PAUSE_S)


def unlock(lock: Lock, slot: str, passphrase: str) -> Unlocked:
    """
    Open with an officer's passphrase; takes about a second.

    Raises:
        WrongPassphrase, NoSuchSlot, DeviceSecretMissing, KeyringRefused, NotEnoughMemory, KeyFileFailure.
    """
    from avrr_desktop.keys.opening import find_slot, open_with_passphrase

    keys = lock.file.read()
    found = find_slot(keys, slot, Kind.PASSPHRASE)
    opened = open_with_passphrase(lock.file, slot, passphrase, device_secret=lock.device_secret(keys.store, found))
    return _unlocked(opened.key, opened.slot)


def unlock_with_sheet(lock: Lock, slot: str, code: str, new_passphrase: str) -> Unlocked:
    """
    Open with the recovery sheet and give the officer of *slot* a new passphrase; the sheet stays valid.

    Raises:
        RecoveryCodeMistyped, WrongRecoveryCode, WeakPassphrase, NoSuchSlot, KeyFileFailure.
    """
    from avrr_desktop.keys.changing import reset_passphrase
    from avrr_desktop.keys.opening import open_with_recovery_code

    opened = open_with_recovery_code(lock.file, code)
    made = reset_passphrase(
        lock.file,
        slot,
        code,
        new_passphrase,
        cost=lock.new_cost(),
        new_device_secret=lock.new_device_secret(opened.store),
        random_bytes=lock.random_bytes,
        floor_kib=lock.floor_kib,
    )
    return _unlocked(opened.key, made)


def _unlocked(key: Secret, slot: Slot) -> Unlocked:
    if slot.officer is None:
        raise AssertionError("a passphrase slot has an officer")
    return Unlocked(key, OfficerId(slot.officer.id), slot.id)
