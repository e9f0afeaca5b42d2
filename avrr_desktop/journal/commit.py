"""Commits: sealed, read, verified, thinned out.

    cid = SHA256(header)    signature = Ed25519(b"commit-v1\\0" + header) by the device's key

A commit is verified once, whatever becomes of its values: withholding or erasing changes the payload's form,
never header, id or signature (SYNC.md 1.3 and 5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from avrr_desktop.journal.canon import Value, decode, encode
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.errors import Altered, Forged, Malformed, NotSealable, Rejected, TooLarge
from avrr_desktop.journal.header import MAX_LINE_BYTES, Erasure, Header, RegisterKey, read_header
from avrr_desktop.journal.payload import Absent, Held, Payload, make_payload, read_hex, read_payload

SIGNED = b"commit-v1\0"
"""Goes before the header under the signature, so that no other signed thing can pass for a commit."""

Sign = Callable[[bytes], bytes]
"""Signs a message with the device's key: 64 bytes."""

Check = Callable[[str, bytes, bytes], bool]
"""Tells whether a device made this signature (third) of this message (second)."""

_ENVELOPE = 192
"""Bytes a line adds around header and payload: signature, names, brackets."""


class Op(NamedTuple):
    """Write one value into one register."""

    key: RegisterKey
    value: Value


@dataclass(frozen=True, slots=True)
class Commit:
    """
    What one officer did in one stream until it was sealed.

    Attributes:
        header: Signed, without values.
        header_bytes: Its canonical bytes.
        cid: SHA-256 of these, 64 hexadecimal digits.
        signature: 64 bytes.
        payload: Values, shown in no representation so that no log can print them.
        payload_bytes: Its canonical bytes.
    """

    header: Header
    header_bytes: bytes = field(repr=False)
    cid: str
    signature: bytes = field(repr=False)
    payload_bytes: bytes = field(repr=False)
    payload: Payload = field(repr=False, compare=False)

    def values(self, erased: Container[int] = ()) -> tuple[Held, ...]:
        """
        Return the values in the order of the header's keys.

        Args:
            erased: Indexes that held erasures name. The bytes cannot tell an erased value from a
                withheld one; the signed erasure does.
        """
        return tuple(Absent.ERASED if i in erased else value for i, value in enumerate(self.payload.values))


def seal(
    *,
    stream: str,
    writer: str,
    device: str,
    n: int,
    previous: str | None,
    context: Context,
    t: int,
    officer: str,
    ops: Iterable[Op],
    seed: bytes,
    sign: Sign,
    kind: str = "edit",
    erases: Sequence[tuple[str, int]] = (),
    schema: int = 1,
    min_reader: int = 1,
) -> Commit:
    """
    Make a signed commit.

    Args:
        context: As taken at the first value; own numbers 1..n-1 are added where they are not listed.
        ops: In any order, one per register.
        seed: 16 secret random bytes, never used twice.
        erases: (cid, index) of the values to destroy, in any order.

    Raises:
        NotAValue: A value canonical JSON cannot hold.
        NotSealable: Two ops on one register, nothing to say, or anything else `parse` would refuse.
    """
    sorted_ops = sorted(ops, key=lambda op: op.key)
    payload = make_payload([op.value for op in sorted_ops], seed)
    if n > 1:
        context = context.union(Context({writer: ((1, n - 1),)}))
    header = Header(
        stream=stream,
        writer=writer,
        device=device,
        n=n,
        previous=previous,
        context=context,
        t=t,
        officer=officer,
        schema=schema,
        min_reader=min_reader,
        kind=kind,
        keys=tuple(op.key for op in sorted_ops),
        erases=tuple(sorted({Erasure(*erasure) for erasure in erases})),
        root=payload.root(),
    )
    header_bytes = header.encoded()
    try:
        return parse(header_bytes, payload.encoded(), sign(SIGNED + header_bytes))
    except Rejected as e:
        raise NotSealable(str(e.params)) from e


def parse(header_bytes: bytes, payload_bytes: bytes, signature: bytes) -> Commit:
    """
    Read a commit strictly; signature and leaves are left to `verify`.

    Raises:
        NotCanonical, Malformed, TooLarge: As the names say (limits of SYNC.md 2.5).
    """
    if len(header_bytes) + len(payload_bytes) + _ENVELOPE > MAX_LINE_BYTES:
        raise TooLarge("line", MAX_LINE_BYTES)
    if len(signature) != 64:
        raise Malformed("signature")
    header = read_header(header_bytes)
    payload = read_payload(payload_bytes, len(header.keys))
    cid = hashlib.sha256(header_bytes).hexdigest()
    return Commit(header, header_bytes, cid, signature, payload_bytes, payload)


def verify(commit: Commit, check: Check) -> None:
    """
    Hold a commit to its signature and its values to the signed root.

    Raises:
        Forged: *check* does not accept the signature.
        Altered: A value or a leaf is not the one that was sealed.
    """
    if not check(commit.header.device, SIGNED + commit.header_bytes, commit.signature):
        raise Forged(commit.cid, commit.header.device)
    payload = commit.payload
    if payload.root() != commit.header.root or (payload.seed is None and not payload.is_sound()):
        raise Altered(commit.cid)


def withhold(commit: Commit, indexes: Container[int]) -> Commit:
    """Return the commit without the values at *indexes*, for a recipient who is not to have them."""
    return _with(commit, commit.payload.without(indexes))


def forget(commit: Commit, indexes: Container[int]) -> Commit:
    """
    Return the commit as it is kept after the values at *indexes* were erased.

    The bytes are those of `withhold`: the seed is gone, the salts of the other values stay. The caller
    destroys the old bytes and remembers the erasure for ever.
    """
    return withhold(commit, indexes)


def fill(held: Commit, arrived: Commit) -> Commit:
    """Return the held commit with values that a later copy of the same commit discloses; both verified."""
    return _with(held, held.payload.filled(arrived.payload))


def write_line(commit: Commit) -> bytes:
    """Write a commit as one line of a bundle: ``{"g": signature, "h": {...}, "p": {...}}``, no line end."""
    return b'{"g":"%s","h":%s,"p":%s}' % (
        commit.signature.hex().encode(),
        commit.header_bytes,
        commit.payload_bytes,
    )


def read_line(line: bytes) -> Commit:
    """
    Read what `write_line` wrote.

    Raises:
        NotCanonical, Malformed, TooLarge: As in `parse`.
    """
    if len(line) > MAX_LINE_BYTES:
        raise TooLarge("line", MAX_LINE_BYTES)
    body = decode(line)
    if type(body) is not dict or body.keys() != {"g", "h", "p"}:
        raise Malformed("line")
    return parse(encode(body["h"]), encode(body["p"]), read_hex(body["g"], 64, "signature"))


def _with(commit: Commit, payload: Payload) -> Commit:
    if payload is commit.payload:
        return commit
    return replace(commit, payload=payload, payload_bytes=payload.encoded())
