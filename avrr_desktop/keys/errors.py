"""Name everything that can go wrong with keys, as a code and parameters.

    Expected (domain/failures.py)
    └── KeysFailure
        ├── WrongSecret
        │   ├── WrongPassphrase       keys.wrong_passphrase      slot
        │   ├── WrongRecoveryCode     keys.wrong_recovery_code
        │   └── WrongEscrowKey        keys.wrong_escrow_key
        ├── RecoveryCodeMistyped      keys.recovery_mistyped     groups (1 is the first), expected
        ├── WeakPassphrase            keys.weak_passphrase       why, minimum
        ├── NoSuchSlot                keys.no_such_slot          slot or kind
        ├── LastSlot                  keys.last_slot             kind
        ├── OfficerRefused            keys.officer_refused       field ("id", "name", "roles")
        ├── TooManySlots              keys.too_many_slots        allowed
        ├── KeyFileFailure
        │   ├── KeyFileMissing        keys.file_missing
        │   ├── KeyFileExists         keys.file_exists
        │   ├── KeyFileDamaged        keys.file_damaged          why
        │   ├── KeyFileNewer          keys.file_newer            found, known
        │   ├── KeyFileChanged        keys.file_changed          found, expected
        │   └── KeyFileUnwritten      keys.file_unwritten        errno
        ├── CostRefused               keys.cost_refused          what, found, least, most
        ├── NotEnoughMemory           keys.not_enough_memory     memory_kib
        ├── DeviceSecretMissing       keys.device_secret_missing why ("absent", "another", "damaged")
        ├── KeyringRefused            keys.keyring_refused       why ("backend", "write", "read", "compare", "delete")
        ├── DeviceKeysDamaged         keys.device_keys_damaged   why
        └── CertificateInvalid        keys.certificate_invalid   why

No parameter ever holds a passphrase, a code, a key or a name.
"""

from __future__ import annotations

from avrr_desktop.domain.failures import Expected


class KeysFailure(Expected):
    """Root of this package's failures; a subclass owns one code."""

    CODE = "keys.failure"

    def __init__(self, **params: object) -> None:
        super().__init__(self.CODE, **params)


class WrongSecret(KeysFailure):
    """What was typed or given does not open the slot."""


class WrongPassphrase(WrongSecret):
    """The passphrase does not open *slot* (a tampered slot header looks the same)."""

    CODE = "keys.wrong_passphrase"


class WrongRecoveryCode(WrongSecret):
    """The code is well formed but opens no recovery slot of this file."""

    CODE = "keys.wrong_recovery_code"


class WrongEscrowKey(WrongSecret):
    """The escrow key opens no escrow slot of this file."""

    CODE = "keys.wrong_escrow_key"


class RecoveryCodeMistyped(KeysFailure):
    """The code fails its own checks; *groups* are the wrong ones, empty when the length is wrong."""

    CODE = "keys.recovery_mistyped"


class WeakPassphrase(KeysFailure):
    """The passphrase is refused; *why* is a `passphrase.Refusal` value."""

    CODE = "keys.weak_passphrase"


class NoSuchSlot(KeysFailure):
    """No slot has this id, or none is of this kind."""

    CODE = "keys.no_such_slot"


class LastSlot(KeysFailure):
    """Removing it would leave nobody, or no way back after a forgotten passphrase."""

    CODE = "keys.last_slot"


class OfficerRefused(KeysFailure):
    """An officer's id, display name or role word is outside the limits of the key file."""

    CODE = "keys.officer_refused"


class TooManySlots(KeysFailure):
    """The file holds as many slots as it may."""

    CODE = "keys.too_many_slots"


class KeyFileFailure(KeysFailure):
    """The key file itself is at fault."""


class KeyFileMissing(KeyFileFailure):
    """Neither copy exists."""

    CODE = "keys.file_missing"


class KeyFileExists(KeyFileFailure):
    """A first slot set is asked for where a key file (whole or damaged) already is."""

    CODE = "keys.file_exists"


class KeyFileDamaged(KeyFileFailure):
    """No copy can be trusted."""

    CODE = "keys.file_damaged"


class KeyFileNewer(KeyFileFailure):
    """An intact copy was written by a newer version of the program."""

    CODE = "keys.file_newer"


class KeyFileChanged(KeyFileFailure):
    """Somebody else rewrote the file between reading and writing."""

    CODE = "keys.file_changed"


class KeyFileUnwritten(KeyFileFailure):
    """The disk refused the new copy; the old slots still open the store."""

    CODE = "keys.file_unwritten"


class CostRefused(KeysFailure):
    """An argon2id number is outside its bounds; nothing was computed."""

    CODE = "keys.cost_refused"


class NotEnoughMemory(KeysFailure):
    """This machine cannot give argon2id the memory the slot asks for; the recovery code needs none."""

    CODE = "keys.not_enough_memory"


class DeviceSecretMissing(KeysFailure):
    """The slot needs the device secret of the OS account that made it."""

    CODE = "keys.device_secret_missing"


class KeyringRefused(KeysFailure):
    """The OS keyring did not keep what it was given, or there is none worth the name."""

    CODE = "keys.keyring_refused"


class DeviceKeysDamaged(KeysFailure):
    """The stored bytes are not device keys."""

    CODE = "keys.device_keys_damaged"


class CertificateInvalid(KeysFailure):
    """A device certificate is malformed or not signed by the key it names."""

    CODE = "keys.certificate_invalid"
