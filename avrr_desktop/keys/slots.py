"""What the key file says: key slots, each holding the one store key wrapped for one way in.

The file lies in the clear beside the store. Who copies it learns: the store's id; how many officers open it, their
random ids and, where the office fills them in, a display name and role words (they are for the list on the lock
screen and may be left empty); which slots use a device secret; argon2id costs; the public escrow key, which tells the
agency apart; how often the file was changed. He learns no key, no passphrase, nothing of a case.

He can also put back an older copy of the whole file: a removed slot or an old passphrase opens the store again for
who still knows it, because the store key did not change. Removing a slot is therefore no substitute for a new store
key when a passphrase is known to be stolen.

Two tags are made with the store key. `check` (over the store id) tells a wrong key from a damaged first page;
`seal` (over everything) tells whether slots were exchanged by somebody who does not hold the key.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from enum import StrEnum

from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.secret import Secret

KEY_BYTES = 32
MOST_SLOTS = 64


class Kind(StrEnum):
    """The way in."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"
    ESCROW = "escrow"


@dataclass(frozen=True, slots=True)
class Officer:
    """
    Say whose passphrase slot it is.

    Attributes:
        id: Random id, 1 to 64 of a-z, A-Z, 0-9, "_" and "-".
        name: For the unlock list, readable by anyone who holds the laptop; may be empty.
        roles: Role words for the unlock list, at most 8.
    """

    id: str
    name: str = field(default="", repr=False)
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One wrapped copy of the store key.

    Attributes:
        id: 16 hexadecimal digits, unique in the file.
        kind: Way in.
        salt: 16 random bytes.
        wrapped: Nonce (12 bytes), ciphertext and tag (48 bytes).
        officer: Passphrase slots only.
        cost: Passphrase slots only.
        device_secret_id: 16 hexadecimal digits naming the device secret mixed in, "" when none is.
        recipient: Escrow slots only: the agency's public X25519 key.
        sender: Escrow slots only: the ephemeral public X25519 key.
    """

    id: str
    kind: Kind
    salt: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)
    officer: Officer | None = None
    cost: Cost | None = None
    device_secret_id: str = ""
    recipient: bytes = b""
    sender: bytes = field(default=b"", repr=False)

    @property
    def uses_device_secret(self) -> bool:
        """Tell whether the OS keyring is needed to open it."""
        return self.device_secret_id != ""


@dataclass(frozen=True, slots=True)
class KeySet:
    """
    The content of a key file.

    Attributes:
        store: The store's id, 1 to 64 of a-z, A-Z, 0-9, "_" and "-".
        generation: Counts rewrites, from 1.
        slots: In the order they were made; ids are unique.
        check: HMAC of the store id under the store key.
        seal: HMAC of all the rest under the store key.
    """

    store: str
    generation: int
    slots: tuple[Slot, ...]
    check: bytes = field(repr=False)
    seal: bytes = field(default=b"", repr=False)

    def of_kind(self, kind: Kind) -> tuple[Slot, ...]:
        """Return the slots of one kind, in file order."""
        return tuple(slot for slot in self.slots if slot.kind is kind)

    def fits(self, key: Secret) -> bool:
        """Tell whether *key* is this store's key: if it is and page 1 does not open, page 1 is damaged."""
        return hmac.compare_digest(self.check, check_of(key, self.store))


def check_of(key: Secret, store: str) -> bytes:
    """Return the verifier of *key* for the store."""
    return hmac.digest(key.reveal(), b"avrr key check 1\n" + store.encode(), hashlib.sha256)


def seal_of(key: Secret, body: bytes) -> bytes:
    """Return the tag over the canonical bytes of a key set without its seal."""
    return hmac.digest(key.reveal(), b"avrr key seal 1\n" + body, hashlib.sha256)


def without_seal(keys: KeySet) -> KeySet:
    """Return *keys* as they are when the seal is computed."""
    return replace(keys, seal=b"")
