"""The values of a commit: salted leaves under one root, each of which can be withheld or destroyed alone.

Two forms (SYNC.md 1.3). Whole: ``{"v": [value, ...], "z": seed}``. Partial: ``{"d": {"i": [salt, value]},
"l": [leaf, ...]}``, where a missing index is absent. The seed makes every salt, so a partial form carries the
salts of what is left and no seed: with the seed gone, nobody can guess an absent value from its leaf.

    salt_i = HMAC-SHA256(seed, i)[:16]           i as 4 bytes, big end first
    leaf_i = SHA256("leaf" i salt_i canon(value_i))
    root = SHA256(leaf_0 ... leaf_n)
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import Enum

from avrr_desktop.journal.canon import VALUE_DEPTH, Value, decode, encode
from avrr_desktop.journal.errors import Malformed, NotAValue, TooLarge

MAX_VALUE_BYTES = 65_536
"""Canonical bytes of one value (SYNC.md 2.5)."""


class Absent(Enum):
    """Why a value is not here: WITHHELD, another office holds it; ERASED, a held erasure destroyed it."""

    WITHHELD = "withheld"
    ERASED = "erased"


Held = Value | Absent
"""A value, or why there is none."""


@dataclass(frozen=True, slots=True, repr=False)
class Payload:
    """
    Values with what proves them.

    Attributes:
        values: In the order of the header's keys.
        salts: 16 bytes each; None exactly where the value is absent.
        leaves: 32 bytes each.
        seed: 16 bytes, or None in the partial form.
    """

    values: tuple[Held, ...]
    salts: tuple[bytes | None, ...]
    leaves: tuple[bytes, ...]
    seed: bytes | None

    def root(self) -> bytes:
        """Return the hash that the header signs."""
        return hashlib.sha256(b"".join(self.leaves)).digest()

    def is_sound(self) -> bool:
        """Tell whether every value that is here leads to its leaf; trivially so in the whole form."""
        return all(
            salt is None or isinstance(value, Absent) or _leaf(i, salt, encode(value, VALUE_DEPTH)) == leaf
            for i, (value, salt, leaf) in enumerate(zip(self.values, self.salts, self.leaves, strict=True))
        )

    def without(self, indexes: Container[int]) -> Payload:
        """Return the partial form that lacks the values at *indexes*; itself when all are absent already."""
        gone = [salt is None or i in indexes for i, salt in enumerate(self.salts)]
        if all(salt is None for salt, lost in zip(self.salts, gone, strict=True) if lost):
            return self
        return Payload(
            tuple(Absent.WITHHELD if lost else value for value, lost in zip(self.values, gone, strict=True)),
            tuple(None if lost else salt for salt, lost in zip(self.salts, gone, strict=True)),
            self.leaves,
            None,
        )

    def filled(self, other: Payload) -> Payload:
        """Return this payload with the values that only *other* has; both belong to one header."""
        if self.seed is not None or other.seed is not None:
            return self if self.seed is not None else other
        pick = [(self if salt is not None else other) for salt in self.salts]
        return Payload(
            tuple(p.values[i] for i, p in enumerate(pick)),
            tuple(p.salts[i] for i, p in enumerate(pick)),
            self.leaves,
            None,
        )

    def encoded(self) -> bytes:
        """Return the canonical bytes."""
        if self.seed is not None:
            return encode({"v": [_plain(value) for value in self.values], "z": self.seed.hex()})
        shown: dict[str, Value] = {
            str(i): [salt.hex(), _plain(value)]
            for i, (salt, value) in enumerate(zip(self.salts, self.values, strict=True))
            if salt is not None
        }
        return encode({"d": shown, "l": [leaf.hex() for leaf in self.leaves]})


def value_text(value: Value) -> bytes:
    """
    Return the canonical bytes of one value.

    Raises:
        NotAValue: It is not canonical, nested too deep or larger than `MAX_VALUE_BYTES`.
    """
    text = encode(value, VALUE_DEPTH)
    if len(text) > MAX_VALUE_BYTES:
        raise NotAValue("size")
    return text


def make_payload(values: Sequence[Value], seed: bytes) -> Payload:
    """
    Commit to *values* under a secret *seed* of 16 bytes, never used twice.

    Raises:
        NotAValue: A value is not canonical, nested too deep or larger than `MAX_VALUE_BYTES`.
    """
    salts = tuple(hmac.digest(seed, i.to_bytes(4, "big"), "sha256")[:16] for i in range(len(values)))
    texts = [value_text(value) for value in values]
    leaves = tuple(_leaf(i, salt, text) for i, (salt, text) in enumerate(zip(salts, texts, strict=True)))
    return Payload(tuple(values), salts, leaves, seed)


def read_payload(data: bytes, count: int) -> Payload:
    """
    Read a payload of *count* values in either form.

    Raises:
        NotCanonical, Malformed, TooLarge: As the names say; leaves of a partial form are not yet checked.
    """
    body = decode(data)
    if type(body) is not dict:
        raise Malformed("payload")
    if body.keys() == {"v", "z"}:
        return _read_whole(body["v"], read_hex(body["z"], 16, "payload seed"), count)
    if body.keys() == {"d", "l"}:
        return _read_partial(body["d"], body["l"], count)
    raise Malformed("payload fields")


def read_hex(value: Value, size: int, why: str) -> bytes:
    """Read *size* bytes from lower-case hexadecimal text; Malformed names *why*."""
    if type(value) is str and len(value) == 2 * size:
        try:
            data = bytes.fromhex(value)
        except ValueError as e:
            raise Malformed(why) from e
        if data.hex() == value:
            return data
    raise Malformed(why)


def _read_whole(values: Value, seed: bytes, count: int) -> Payload:
    if type(values) is not list or len(values) != count:
        raise Malformed("payload values")
    try:
        return make_payload(values, seed)
    except NotAValue as e:
        raise _refusal(e) from e


def _read_partial(shown: Value, leaves: Value, count: int) -> Payload:
    if type(leaves) is not list or len(leaves) != count or type(shown) is not dict or len(shown) > count:
        raise Malformed("payload leaves")
    values: list[Held] = [Absent.WITHHELD] * count
    salts: list[bytes | None] = [None] * count
    for name, pair in shown.items():
        i = _index(name, count)
        if type(pair) is not list or len(pair) != 2:
            raise Malformed("payload pair")
        salts[i] = read_hex(pair[0], 16, "payload salt")
        values[i] = pair[1]
        try:
            value_text(pair[1])
        except NotAValue as e:
            raise _refusal(e) from e
    return Payload(tuple(values), tuple(salts), tuple(read_hex(x, 32, "payload leaf") for x in leaves), None)


def _index(name: str, count: int) -> int:
    if len(name) <= 3 and name.isascii() and name.isdigit() and str(int(name)) == name and int(name) < count:
        return int(name)
    raise Malformed("payload index")


def _refusal(e: NotAValue) -> Malformed | TooLarge:
    return TooLarge("value", MAX_VALUE_BYTES) if e.params["why"] == "size" else Malformed("payload depth")


def _leaf(i: int, salt: bytes, text: bytes) -> bytes:
    return hashlib.sha256(b"leaf" + i.to_bytes(4, "big") + salt + text).digest()


def _plain(value: Held) -> Value:
    assert not isinstance(value, Absent), "a whole payload has no absent value"
    return value
