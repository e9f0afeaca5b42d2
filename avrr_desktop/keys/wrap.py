"""Wrap the store key for one slot and unwrap it again.

Every wrap draws a fresh salt and nonce, so no wrapping key is used twice. ChaCha20-Poly1305, because field laptops may
lack AES instructions. The header is associated data: a slot cannot be moved, renamed or made cheaper.

passphrase  HKDF(argon2id(passphrase, salt) || device secret)
recovery    HKDF(code, salt)
escrow      HKDF(X25519(ephemeral, recipient), salt || ephemeral public || recipient)
HKDF is HKDF-SHA-256 with an info naming the kind, and for passphrases whether a device secret is in.

Source: RFC 5869, RFC 7748, RFC 8439.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from avrr_desktop.domain.ids import RandomBytes
from avrr_desktop.keys.cost import SALT_BYTES, Cost, stretch
from avrr_desktop.keys.encoding import WRAPPED_BYTES, bound_data
from avrr_desktop.keys.errors import DeviceSecretMissing, WrongEscrowKey
from avrr_desktop.keys.recovery import RecoveryCode
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import Kind, Officer, Slot

_NONCE_BYTES = 12


def device_secret_id(secret: Secret) -> str:
    """Name a device secret without telling anything of it: 64 bits of an HMAC under it."""
    return hmac.digest(secret.reveal(), b"avrr device secret id 1", hashlib.sha256)[:8].hex()


def wrap_for_passphrase(
    store: str,
    key: Secret,
    passphrase: Secret,
    officer: Officer,
    cost: Cost,
    device_secret: Secret | None,
    random_bytes: RandomBytes,
    slot_id: str = "",
) -> Slot:
    """Return a new passphrase slot, under *slot_id* or a new id; takes as long as *cost* says."""
    named = "" if device_secret is None else device_secret_id(device_secret)
    blank = _blank(Kind.PASSPHRASE, random_bytes)
    slot = replace(blank, id=slot_id or blank.id, officer=officer, cost=cost, device_secret_id=named)
    return _wrap(store, slot, key, _passphrase_key(slot, passphrase, device_secret), random_bytes)


def wrap_for_recovery(store: str, key: Secret, code: RecoveryCode, random_bytes: RandomBytes) -> Slot:
    """Return a new recovery slot."""
    slot = _blank(Kind.RECOVERY, random_bytes)
    return _wrap(store, slot, key, _recovery_key(slot, code), random_bytes)


def wrap_for_escrow(store: str, key: Secret, recipient: bytes, random_bytes: RandomBytes) -> Slot:
    """
    Return a new escrow slot.

    Args:
        store: The store's id.
        key: The store key.
        recipient: The agency's public X25519 key, 32 bytes.
        random_bytes: Source of chance.

    Raises:
        WrongEscrowKey: *recipient* is no usable public key.
    """
    ephemeral = X25519PrivateKey.from_private_bytes(random_bytes(32))
    sender = ephemeral.public_key().public_bytes_raw()
    slot = replace(_blank(Kind.ESCROW, random_bytes), recipient=recipient, sender=sender)
    return _wrap(store, slot, key, _escrow_key(slot, ephemeral, recipient), random_bytes)


def unwrap_with_passphrase(store: str, slot: Slot, passphrase: Secret, device_secret: Secret | None) -> Secret | None:
    """
    Return the store key, None when the passphrase is wrong.

    Raises:
        DeviceSecretMissing: The slot needs a device secret and there is none, or another one (before any work).
    """
    if not slot.uses_device_secret:
        device_secret = None
    elif device_secret is None:
        raise DeviceSecretMissing(why="absent")
    elif not hmac.compare_digest(device_secret_id(device_secret), slot.device_secret_id):
        raise DeviceSecretMissing(why="another")
    return _unwrap(store, slot, _passphrase_key(slot, passphrase, device_secret))


def unwrap_with_recovery(store: str, slot: Slot, code: RecoveryCode) -> Secret | None:
    """Return the store key, None when the code is not this slot's."""
    return _unwrap(store, slot, _recovery_key(slot, code))


def unwrap_with_escrow(store: str, slot: Slot, private: Secret) -> Secret | None:
    """Return the store key, None when the private key is not the slot's recipient."""
    mine = X25519PrivateKey.from_private_bytes(private.reveal())
    if mine.public_key().public_bytes_raw() != slot.recipient:
        return None
    return _unwrap(store, slot, _escrow_key(slot, mine, slot.sender))


def _blank(kind: Kind, random_bytes: RandomBytes) -> Slot:
    return Slot(random_bytes(8).hex(), kind, random_bytes(SALT_BYTES), bytes(WRAPPED_BYTES))


def _passphrase_key(slot: Slot, passphrase: Secret, device_secret: Secret | None) -> bytes:
    if slot.cost is None:
        raise AssertionError("a passphrase slot has a cost")
    stretched = stretch(passphrase, slot.salt, slot.cost).reveal()
    if device_secret is None:
        return _derive(stretched, b"", b"avrr passphrase 1")
    return _derive(stretched + device_secret.reveal(), b"", b"avrr passphrase and device secret 1")


def _recovery_key(slot: Slot, code: RecoveryCode) -> bytes:
    return _derive(code.reveal(), slot.salt, b"avrr recovery 1")


def _escrow_key(slot: Slot, mine: X25519PrivateKey, theirs: bytes) -> bytes:
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError as e:  # wrong length, or a low-order point whose shared secret is zero
        raise WrongEscrowKey() from e
    return _derive(shared, slot.salt + slot.sender + slot.recipient, b"avrr escrow 1")


def _derive(material: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(material)


def _wrap(store: str, slot: Slot, key: Secret, wrapping: bytes, random_bytes: RandomBytes) -> Slot:
    nonce = random_bytes(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(wrapping).encrypt(nonce, key.reveal(), bound_data(store, slot))
    return replace(slot, wrapped=nonce + sealed)


def _unwrap(store: str, slot: Slot, wrapping: bytes) -> Secret | None:
    nonce, sealed = slot.wrapped[:_NONCE_BYTES], slot.wrapped[_NONCE_BYTES:]
    try:
        return Secret(ChaCha20Poly1305(wrapping).decrypt(nonce, sealed, bound_data(store, slot)))
    except InvalidTag:
        return None
