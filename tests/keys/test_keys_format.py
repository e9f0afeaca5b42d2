"""The key file read by a second program, written from the description alone: slots and tags mean what it says."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from avrr_desktop.keys.changing import create_key_file
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.device import new_device_keys
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import Officer

PASSPHRASE = "a lantern in the harbour"


def hkdf(material: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 to 32 bytes. Source: RFC 5869 (one round of expansion)."""
    extracted = hmac.digest(salt or bytes(32), material, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)


def text_of(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def unwrap(body: dict[str, Any], slot: dict[str, Any], wrapping: bytes) -> bytes:
    header = {name: value for name, value in slot.items() if name != "wrapped"}
    bound = b"avrr key slot 1\n" + text_of({"slot": header, "store": body["store"]})
    wrapped = bytes.fromhex(slot["wrapped"])
    return ChaCha20Poly1305(wrapping).decrypt(wrapped[:12], wrapped[12:], bound)


def stretched(slot: dict[str, Any]) -> bytes:
    cost = slot["argon2id"]
    algorithm = Argon2id(
        salt=bytes.fromhex(slot["salt"]),
        length=32,
        iterations=cost["passes"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    )
    return algorithm.derive(PASSPHRASE.encode())


@pytest.mark.parametrize("device_secret", [None, b"d" * 32], ids=["alone", "with a device secret"])
def test_a_second_program_gets_the_same_key_from_every_slot(tmp_path: Path, device_secret: bytes | None) -> None:
    agency = new_device_keys()
    file = KeyFile(tmp_path / "store")
    created = create_key_file(
        file,
        "store-1",
        Officer("officer-1", "Zoë", ("case_officer",)),
        PASSPHRASE,
        cost=Cost(64, 2, 2),
        device_secret=None if device_secret is None else Secret(device_secret),
        escrow=[agency.exchange_public],
        floor_kib=8,
    )
    line, text = file.copies[0].read_bytes().split(b"\n", 1)
    magic, version, total = line.split(b" ")
    assert (magic, version) == (b"avrr-keys", b"1")
    assert hashlib.sha256(b"avrr-keys 1\n" + text).hexdigest().encode() == total
    body = json.loads(text)
    passphrase, recovery, escrow = body["slots"]
    key = created.key.reveal()

    info = b"avrr passphrase 1" if device_secret is None else b"avrr passphrase and device secret 1"
    assert unwrap(body, passphrase, hkdf(stretched(passphrase) + (device_secret or b""), b"", info)) == key

    code = hkdf(created.code.reveal(), bytes.fromhex(recovery["salt"]), b"avrr recovery 1")
    assert unwrap(body, recovery, code) == key

    private = X25519PrivateKey.from_private_bytes(agency.exchange_secret.reveal())
    sender, recipient = bytes.fromhex(escrow["sender"]), bytes.fromhex(escrow["recipient"])
    shared = private.exchange(X25519PublicKey.from_public_bytes(sender))
    salt = bytes.fromhex(escrow["salt"]) + sender + recipient
    assert unwrap(body, escrow, hkdf(shared, salt, b"avrr escrow 1")) == key

    assert hmac.new(key, b"avrr key check 1\nstore-1", "sha256").hexdigest() == body["check"]
    sealed = b"avrr key seal 1\n" + text_of(body | {"seal": ""})
    assert hmac.new(key, sealed, "sha256").hexdigest() == body["seal"]
