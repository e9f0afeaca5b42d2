"""The keys of one laptop: Ed25519 to sign, X25519 to receive; its self-signed certificate and its fingerprint.

Made at first run, kept inside the encrypted store, never renewed by a countersignature: an office root signs the same
key later. The certificate's bytes and the fingerprint are frozen.

Source: DESIGN.md 5.1, SYNC.md 3; RFC 8032, RFC 7748.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from avrr_desktop.domain.ids import RandomBytes
from avrr_desktop.keys.encoding import canonical
from avrr_desktop.keys.errors import CertificateInvalid, DeviceKeysDamaged
from avrr_desktop.keys.groups import BITS, write_groups
from avrr_desktop.keys.secret import Secret

PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64
MOST_CERTIFICATE_BYTES = 4096
FINGERPRINT_GROUPS = 5
"""100 bits: a second preimage is out of reach; 25 letters are read by telephone in half a minute."""

_MAGIC = b"avrr device 1\n"
_SIGNED = b"avrr device certificate 1\n"
_NAMED = b"avrr device fingerprint 1\n"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"
_FIELDS = {"created", "device", "exchange", "name", "office", "sign"}


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """
    Hold both private keys.

    Attributes:
        sign_secret: Ed25519 seed, 32 bytes.
        exchange_secret: X25519 private key, 32 bytes (an age identity once written in Bech32).
    """

    sign_secret: Secret
    exchange_secret: Secret

    @property
    def sign_public(self) -> bytes:
        """Return the Ed25519 public key, 32 bytes."""
        return self._signer().public_key().public_bytes_raw()

    @property
    def exchange_public(self) -> bytes:
        """Return the X25519 public key, 32 bytes."""
        private = X25519PrivateKey.from_private_bytes(self.exchange_secret.reveal())
        return private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature; the caller's *message* begins with words that say what is signed."""
        return self._signer().sign(message)

    def to_bytes(self) -> bytes:
        """Return both secrets with a checksum, for keeping inside the encrypted store only."""
        secret = self.sign_secret.reveal() + self.exchange_secret.reveal()
        return _MAGIC + secret + hashlib.sha256(_MAGIC + secret).digest()[:8]

    @classmethod
    def from_bytes(cls, data: bytes) -> DeviceKeys:
        """
        Read what `to_bytes` wrote.

        Raises:
            DeviceKeysDamaged: Wrong head, length or checksum.
        """
        secret = data[len(_MAGIC) : -8]
        if not data.startswith(_MAGIC) or len(secret) != 64:
            raise DeviceKeysDamaged(why="shape")
        if hashlib.sha256(_MAGIC + secret).digest()[:8] != data[-8:]:
            raise DeviceKeysDamaged(why="checksum")
        return cls(Secret(secret[:32]), Secret(secret[32:]))

    def _signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.sign_secret.reveal())


def new_device_keys(random_bytes: RandomBytes = secrets.token_bytes) -> DeviceKeys:
    """Draw both keys."""
    return DeviceKeys(Secret(random_bytes(32)), Secret(random_bytes(32)))


def check(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether *signature* (64 bytes) was made over *message* with the private half of *public* (32 bytes)."""
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Certificate:
    """
    What a device says of itself.

    Attributes:
        device: Random id.
        office: Office id or code.
        name: The device's name for people, 1 to 80 characters without control or format characters.
        sign: Ed25519 public key.
        exchange: X25519 public key.
        created: UTC instant, whole seconds.
    """

    device: str
    office: str
    name: str = field(repr=False)
    sign: bytes
    exchange: bytes
    created: datetime

    @property
    def fingerprint(self) -> str:
        """
        Return what two people compare by voice: five groups over both keys and the name.

        Source: SYNC.md 3 (at least 88 bits over SHA-256 of both keys and the device name).
        """
        named = canonical([self.sign.hex(), self.exchange.hex(), self.name])
        number = int.from_bytes(hashlib.sha256(_NAMED + named).digest(), "big")
        return write_groups(number >> (256 - BITS * FINGERPRINT_GROUPS), FINGERPRINT_GROUPS)


def make_certificate(keys: DeviceKeys, device: str, office: str, name: str, created: datetime) -> bytes:
    """
    Return the self-signed certificate: canonical JSON of `body` and `signature`.

    Args:
        keys: Both keys; the public halves go in.
        device: Device id.
        office: Office id or code.
        name: Name for people.
        created: Aware; fractions of a second are dropped.

    Raises:
        CertificateInvalid: A value is outside its limits.
    """
    if created.tzinfo is None:
        raise CertificateInvalid(why="created")
    body = {
        "created": created.astimezone(UTC).strftime(_INSTANT),
        "device": device,
        "exchange": keys.exchange_public.hex(),
        "name": name,
        "office": office,
        "sign": keys.sign_public.hex(),
    }
    _certificate(body)
    signature = keys.sign(_SIGNED + canonical(body))
    return canonical({"body": body, "signature": signature.hex()})


def read_certificate(data: bytes) -> Certificate:
    """
    Check and read a certificate; it proves that one device holds the key, not who holds the device.

    Raises:
        CertificateInvalid: "size", "json", "canonical", "signature", or the name of a bad field.
    """
    if len(data) > MOST_CERTIFICATE_BYTES:
        raise CertificateInvalid(why="size")
    try:
        value = json.loads(data)
        body, signature = value["body"], _hex(value["signature"], SIGNATURE_BYTES)
        if canonical(value) != data or value.keys() != {"body", "signature"} or body.keys() != _FIELDS:
            raise CertificateInvalid(why="canonical")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
        raise CertificateInvalid(why="json") from e
    certificate = _certificate(body)
    if not check(certificate.sign, _SIGNED + canonical(body), signature):
        raise CertificateInvalid(why="signature")
    return certificate


def _certificate(body: dict[str, Any]) -> Certificate:
    return Certificate(
        device=_id(body, "device"),
        office=_id(body, "office"),
        name=_name(body["name"]),
        sign=_public(body, "sign"),
        exchange=_public(body, "exchange"),
        created=_instant(body["created"]),
    )


def _id(body: dict[str, Any], name: str) -> str:
    value = body[name]
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise CertificateInvalid(why=name)
    return value


def _name(value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 80 or value != value.strip():
        raise CertificateInvalid(why="name")
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in value):
        raise CertificateInvalid(why="name")
    return value


def _public(body: dict[str, Any], name: str) -> bytes:
    try:
        return _hex(body[name], PUBLIC_BYTES)
    except ValueError as e:
        raise CertificateInvalid(why=name) from e


def _hex(value: Any, size_bytes: int) -> bytes:
    """Read lower-case hexadecimal digits only: a certificate has one spelling."""
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{2 * size_bytes}}}", value):
        raise ValueError("hex")
    return bytes.fromhex(value)


def _instant(value: Any) -> datetime:
    try:
        instant = datetime.strptime(value, _INSTANT).replace(tzinfo=UTC)
    except (TypeError, ValueError) as e:
        raise CertificateInvalid(why="created") from e
    if instant.strftime(_INSTANT) != value:
        raise CertificateInvalid(why="created")
    return instant
