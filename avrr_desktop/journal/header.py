"""The signed header of a commit: everything about a change except its values.

Register keys stand here and not beside the values: if they vanished with an erased value, an older value that
had been superseded would become current again (SYNC.md 1.3). The names and their order are for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from avrr_desktop.journal.canon import INT_MAX, Value, decode, encode
from avrr_desktop.journal.context import Context, is_writer
from avrr_desktop.journal.errors import Malformed, TooLarge
from avrr_desktop.journal.hlc import T_MAX
from avrr_desktop.journal.payload import read_hex

MAX_LINE_BYTES = 262_144
"""Bytes of one commit: header, payload and signature (SYNC.md 2.5)."""

MAX_OPS = 512
"""Registers in one commit (SYNC.md 2.5)."""

MAX_ERASES = 2048
"""Values one commit can erase; 70 bytes each, so the line stays under its limit."""

MAX_NAME = 128
"""Characters of a stream, device, officer, type, entity or register name."""

FIELDS = frozenset(["s", "w", "d", "n", "p", "c", "t", "u", "v", "m", "kind", "k", "x", "ph"])


class RegisterKey(NamedTuple):
    """Name a register inside its stream; fields that change together share one."""

    type: str
    entity: str
    register: str


class Erasure(NamedTuple):
    """Name one value: the commit and the place among its keys."""

    cid: str
    place: int


@dataclass(frozen=True, slots=True)
class Header:
    """
    What a device signs.

    Attributes:
        stream: Case and section, or office and section.
        writer: Random 64 bits of one start of the program, 16 hexadecimal digits.
        device: Whose key signs.
        n: Number in (stream, writer), from 1.
        previous: Id of commit n-1 of the same stream and writer; None when n is 1.
        context: What was applied to the stream when the first value was written; own numbers 1..n-1 included.
        t: Stamp of the last value (see `hlc`).
        officer: Who wrote.
        schema: Version of the declarations it was written with.
        min_reader: Oldest version that can read it.
        kind: "edit", "settle", "erase", or a name of a later version.
        keys: Ascending and unique.
        erases: Ascending and unique.
        root: 32 bytes, hash over the leaves of the payload.
    """

    stream: str
    writer: str
    device: str
    n: int
    previous: str | None
    context: Context
    t: int
    officer: str
    schema: int
    min_reader: int
    kind: str
    keys: tuple[RegisterKey, ...]
    erases: tuple[Erasure, ...]
    root: bytes

    def encoded(self) -> bytes:
        """Return the canonical bytes that are hashed and signed."""
        return encode(
            {
                "s": self.stream,
                "w": self.writer,
                "d": self.device,
                "n": self.n,
                "p": self.previous,
                "c": dict(self.context.to_json()),
                "t": self.t,
                "u": self.officer,
                "v": self.schema,
                "m": self.min_reader,
                "kind": self.kind,
                "k": [list(key) for key in self.keys],
                "x": [list(erasure) for erasure in self.erases],
                "ph": self.root.hex(),
            }
        )


def is_name(text: str) -> bool:
    """Tell whether *text* can name a stream, device, officer, type, entity or register."""
    return 1 <= len(text) <= MAX_NAME


def read_header(data: bytes) -> Header:
    """
    Read a header strictly.

    Raises:
        NotCanonical, Malformed, TooLarge: As the names say.
    """
    if len(data) > MAX_LINE_BYTES:
        raise TooLarge("line", MAX_LINE_BYTES)
    body = decode(data)
    if type(body) is not dict or body.keys() != FIELDS:
        raise Malformed("header fields")
    writer, n = body["w"], _number(body["n"], 1, INT_MAX, "n")
    if type(writer) is not str or not is_writer(writer):
        raise Malformed("writer")
    context = Context.from_json(body["c"])
    # A commit that covered itself would never be current, one that skipped its own past would lose it.
    if context.spans.get(writer, ()) != (((1, n - 1),) if n > 1 else ()):
        raise Malformed("own context")
    if (body["p"] is None) != (n == 1):
        raise Malformed("previous")
    header = Header(
        stream=_name(body["s"], "stream"),
        writer=writer,
        device=_name(body["d"], "device"),
        n=n,
        previous=None if n == 1 else read_hex(body["p"], 32, "previous").hex(),
        context=context,
        t=_number(body["t"], 0, T_MAX, "t"),
        officer=_name(body["u"], "officer"),
        schema=_number(body["v"], 1, INT_MAX, "schema"),
        min_reader=_number(body["m"], 1, INT_MAX, "min reader"),
        kind=_name(body["kind"], "kind"),
        keys=_keys(body["k"]),
        erases=_erases(body["x"]),
        root=read_hex(body["ph"], 32, "root"),
    )
    if not header.keys and not header.erases:
        raise Malformed("empty")
    return header


def _keys(value: Value) -> tuple[RegisterKey, ...]:
    if type(value) is not list:
        raise Malformed("keys")
    if len(value) > MAX_OPS:
        raise TooLarge("ops", MAX_OPS)
    keys: list[RegisterKey] = []
    for item in value:
        if type(item) is not list or len(item) != 3:
            raise Malformed("key")
        keys.append(RegisterKey(*(_name(part, "key") for part in item)))
    if any(a >= b for a, b in pairwise(keys)):
        raise Malformed("keys order")
    return tuple(keys)


def _erases(value: Value) -> tuple[Erasure, ...]:
    if type(value) is not list:
        raise Malformed("erases")
    if len(value) > MAX_ERASES:
        raise TooLarge("erases", MAX_ERASES)
    erases: list[Erasure] = []
    for item in value:
        if type(item) is not list or len(item) != 2:
            raise Malformed("erasure")
        erases.append(Erasure(read_hex(item[0], 32, "erasure").hex(), _number(item[1], 0, MAX_OPS - 1, "erasure")))
    if any(a >= b for a, b in pairwise(erases)):
        raise Malformed("erases order")
    return tuple(erases)


def _name(value: Value, why: str) -> str:
    if type(value) is str and is_name(value):
        return value
    raise Malformed(why)


def _number(value: Value, least: int, most: int, why: str) -> int:
    if type(value) is int and least <= value <= most:
        return value
    raise Malformed(why)
