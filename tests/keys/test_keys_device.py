"""The laptop's own keys, certificate and fingerprint."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.keys.device import (
    DeviceKeys,
    check,
    make_certificate,
    new_device_keys,
    read_certificate,
)
from avrr_desktop.keys.encoding import canonical
from avrr_desktop.keys.errors import CertificateInvalid, DeviceKeysDamaged

KEYS = new_device_keys(lambda size: bytes(range(size)))
CREATED = datetime(2026, 11, 24, 18, 0, 5, tzinfo=UTC)
CERTIFICATE = make_certificate(KEYS, "device-1", "TOR", "Desk 2", CREATED)


@given(st.binary(max_size=200))
def test_a_signature_holds_for_its_message_and_key_only(message: bytes) -> None:
    signature = KEYS.sign(message)
    assert check(KEYS.sign_public, message, signature)
    assert not check(KEYS.sign_public, message + b".", signature)
    assert not check(new_device_keys().sign_public, message, signature)


@pytest.mark.parametrize(("public", "signature"), [(b"", bytes(64)), (bytes(32), b""), (b"\xff" * 32, bytes(64))])
def test_malformed_keys_and_signatures_are_simply_not_good(public: bytes, signature: bytes) -> None:
    assert not check(public, b"message", signature)


def test_ed25519_is_rfc_8032s() -> None:
    """Source: RFC 8032, section 7.1, test 1."""
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    keys = new_device_keys(lambda _size: seed)
    assert keys.sign_public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert keys.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_the_exchange_keys_agree() -> None:
    other = X25519PrivateKey.generate()
    mine = X25519PrivateKey.from_private_bytes(KEYS.exchange_secret.reveal())
    assert mine.exchange(other.public_key()) == other.exchange(X25519PublicKey.from_public_bytes(KEYS.exchange_public))


def test_device_keys_come_back_from_their_bytes() -> None:
    assert DeviceKeys.from_bytes(KEYS.to_bytes()) == KEYS


@given(st.integers(0, len(KEYS.to_bytes()) - 1), st.integers(1, 255))
def test_any_flipped_byte_of_stored_device_keys_is_found(place: int, flip: int) -> None:
    data = bytearray(KEYS.to_bytes())
    data[place] ^= flip
    with pytest.raises(DeviceKeysDamaged):
        DeviceKeys.from_bytes(bytes(data))


@given(st.binary(max_size=100))
def test_other_bytes_are_not_device_keys(data: bytes) -> None:
    with pytest.raises(DeviceKeysDamaged):
        DeviceKeys.from_bytes(data)


def test_a_certificate_says_what_was_put_in() -> None:
    read = read_certificate(CERTIFICATE)
    assert (read.device, read.office, read.name, read.created) == ("device-1", "TOR", "Desk 2", CREATED)
    assert (read.sign, read.exchange) == (KEYS.sign_public, KEYS.exchange_public)
    assert canonical(json.loads(CERTIFICATE)) == CERTIFICATE


def test_a_local_time_is_written_as_utc_and_a_naive_one_refused() -> None:
    local = CREATED.astimezone(timezone(timedelta(hours=-5)))
    assert make_certificate(KEYS, "device-1", "TOR", "Desk 2", local) == CERTIFICATE
    with pytest.raises(CertificateInvalid):
        make_certificate(KEYS, "device-1", "TOR", "Desk 2", CREATED.replace(tzinfo=None))


@given(st.integers(0, len(CERTIFICATE) - 1), st.integers(1, 255))
def test_any_flipped_byte_of_a_certificate_is_found(place: int, flip: int) -> None:
    data = bytearray(CERTIFICATE)
    data[place] ^= flip
    with pytest.raises(CertificateInvalid):
        read_certificate(bytes(data))


def test_a_certificate_has_one_spelling() -> None:
    """Upper-case digits in the signature were once accepted: two texts, one certificate."""
    head, signature = CERTIFICATE.rsplit(b":", 1)
    with pytest.raises(CertificateInvalid):
        read_certificate(head + b":" + signature.upper())
    assert read_certificate(head + b":" + signature).device == "device-1"


def test_a_certificate_signed_by_another_key_than_it_names_is_refused() -> None:
    body = json.loads(CERTIFICATE)["body"]
    forged = canonical({"body": body, "signature": new_device_keys().sign(canonical(body)).hex()})
    with pytest.raises(CertificateInvalid) as caught:
        read_certificate(forged)
    assert caught.value.params["why"] == "signature"


def test_a_signature_over_another_kind_of_text_is_no_certificate() -> None:
    """The signed bytes begin with what they are: a signed message that looks like a body proves nothing."""
    body = json.loads(CERTIFICATE)["body"]
    with pytest.raises(CertificateInvalid):
        read_certificate(canonical({"body": body, "signature": KEYS.sign(canonical(body)).hex()}))


@pytest.mark.parametrize(
    ("device", "office", "name"),
    [("", "TOR", "x"), ("d", "a b", "x"), ("d", "TOR", ""), ("d", "TOR", "x" * 81), ("d", "TOR", "a\u202eb")],
)
def test_what_could_not_be_read_back_is_not_signed(device: str, office: str, name: str) -> None:
    with pytest.raises(CertificateInvalid):
        make_certificate(KEYS, device, office, name, CREATED)


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b'{"body":1,"signature":"00"}', b'{"body":{},"signature":5}', b"[" * 4000, b" " * 5000],
    ids=["empty", "null", "list", "number", "no text", "deep", "large"],
)
def test_other_texts_are_not_certificates(data: bytes) -> None:
    with pytest.raises(CertificateInvalid):
        read_certificate(data)


def test_a_field_of_another_type_is_named() -> None:
    good = json.loads(CERTIFICATE)
    for name in ("created", "device", "exchange", "name", "office", "sign"):
        changed = canonical(good | {"body": good["body"] | {name: 7}})
        with pytest.raises(CertificateInvalid) as caught:
            read_certificate(changed)
        assert name == caught.value.params["why"]


def test_the_fingerprint_is_a_hundred_bits_in_groups_and_follows_keys_and_name() -> None:
    fingerprint = read_certificate(CERTIFICATE).fingerprint
    assert fingerprint == FROZEN
    assert [len(group) for group in fingerprint.split("-")] == [5] * 5
    renamed = read_certificate(make_certificate(KEYS, "device-1", "TOR", "Desk 3", CREATED)).fingerprint
    other = read_certificate(make_certificate(new_device_keys(), "device-1", "TOR", "Desk 2", CREATED)).fingerprint
    later = make_certificate(KEYS, "device-1", "TOR", "Desk 2", CREATED + timedelta(days=1))
    assert len({fingerprint, renamed, other}) == 3
    assert fingerprint == read_certificate(later).fingerprint


FROZEN = "7YFHJ-NFNEP-W34PN-A18K6-1CJ4W"
