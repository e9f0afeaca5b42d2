"""
The keys of this laptop beside its store: a small file sealed under the store key.

They are needed before the store is open, as its start seals what a crash left, so they lie beside it and not in it;
whoever cannot open the store cannot open them. They belong to the laptop, not to the office: losing them loses no
record, the next start draws new ones under a new device id.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from avrr_desktop.domain.ids import DeviceId, RandomBytes, is_id, new_id
from avrr_desktop.keys.device import DeviceKeys, new_device_keys
from avrr_desktop.keys.errors import DeviceKeysDamaged
from avrr_desktop.keys.secret import Secret

_HEAD = b"avrr laptop 1\n"
_ID_BYTES = 26
_NONCE_BYTES = 12
_MOST_BYTES = 1024


@dataclass(frozen=True, slots=True)
class Laptop:
    """This laptop: its device id and its keys."""

    device: DeviceId
    keys: DeviceKeys


def laptop_path(store_path: Path) -> Path:
    """Return where the sealed file of a store's laptop lies."""
    return store_path.with_name(f"{store_path.name}.laptop")


def new_laptop(random_bytes: RandomBytes = secrets.token_bytes) -> Laptop:
    """Draw id and keys."""
    return Laptop(DeviceId(new_id(random_bytes)), new_device_keys(random_bytes))


def write_laptop(
    store_path: Path, key: Secret, laptop: Laptop, random_bytes: RandomBytes = secrets.token_bytes
) -> None:
    """Seal *laptop* under the store's *key*, in one step. OSError when the disk refuses."""
    nonce = random_bytes(_NONCE_BYTES)
    plain = laptop.device.encode() + laptop.keys.to_bytes()
    path = laptop_path(store_path)
    part = path.with_name(f"{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(_HEAD + nonce + _box(key).encrypt(nonce, plain, _HEAD))
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def read_laptop(store_path: Path, key: Secret) -> Laptop | None:
    """
    Read the laptop of a store, None when there is none yet.

    Raises:
        DeviceKeysDamaged: "laptop", the file is not what was written under this key.
    """
    try:
        with laptop_path(store_path).open("rb") as file:
            data = file.read(_MOST_BYTES)
    except FileNotFoundError:
        return None
    body = data.removeprefix(_HEAD)
    try:
        plain = _box(key).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], _HEAD)
    except (InvalidTag, ValueError) as e:
        raise DeviceKeysDamaged(why="laptop") from e
    device = plain[:_ID_BYTES].decode("ascii", "replace")
    if not is_id(device):
        raise DeviceKeysDamaged(why="laptop")
    return Laptop(DeviceId(device), DeviceKeys.from_bytes(plain[_ID_BYTES:]))


def _box(key: Secret) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, b"", b"avrr laptop file 1").derive(key.reveal()))
