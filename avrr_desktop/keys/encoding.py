"""Key sets as bytes and back.

Layout: one line `avrr-keys <version> <sha-256 of "avrr-keys <version>\\n" and the rest, hex>`, then one canonical
JSON object (sorted keys, no blanks, ASCII, no floats). The line stays the same in every version, so that an intact
newer file is told from a damaged one. Whatever is not exactly what `encode` would write is damaged.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import replace
from typing import Any

from avrr_desktop.keys.cost import SALT_BYTES, Cost, check_cost
from avrr_desktop.keys.errors import CostRefused, KeyFileDamaged, KeyFileNewer, OfficerRefused
from avrr_desktop.keys.slots import MOST_SLOTS, KeySet, Kind, Officer, Slot, without_seal

VERSION = 1
MOST_BYTES = 256 * 1024
MOST_GENERATION = 2**53 - 1
WRAPPED_BYTES = 60
TAG_BYTES = 32

_LINE = re.compile(rb"avrr-keys ([1-9][0-9]{0,5}) ([0-9a-f]{64})\n")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SLOT_ID = re.compile(r"[0-9a-f]{16}")
_MOST_NAME = 80
_MOST_ROLES = 8
_JOINERS = "\u200c\u200d"  # Persian and Indic names need them; other format characters could disguise a name


def canonical(value: object) -> bytes:
    """Return the one JSON text of *value*."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode()


def header(slot: Slot) -> dict[str, object]:
    """Return all of a slot but the wrapped key, as JSON values."""
    value: dict[str, object] = {"id": slot.id, "kind": slot.kind.value, "salt": slot.salt.hex()}
    if slot.officer is not None:
        value["officer"] = {"id": slot.officer.id, "name": slot.officer.name, "roles": list(slot.officer.roles)}
    if slot.cost is not None:
        value["argon2id"] = {
            "lanes": slot.cost.lanes, "memory_kib": slot.cost.memory_kib, "passes": slot.cost.passes
        }  # fmt: skip
    if slot.kind is Kind.PASSPHRASE:
        value["device_secret"] = slot.device_secret_id
    if slot.kind is Kind.ESCROW:
        value |= {"recipient": slot.recipient.hex(), "sender": slot.sender.hex()}
    return value


def bound_data(store: str, slot: Slot) -> bytes:
    """Return the associated data that ties a wrapped key to its store and its header."""
    return b"avrr key slot 1\n" + canonical({"slot": header(slot), "store": store})


def body(keys: KeySet) -> bytes:
    """Return the canonical JSON of *keys*."""
    return canonical(
        {
            "check": keys.check.hex(),
            "generation": keys.generation,
            "seal": keys.seal.hex(),
            "slots": [header(slot) | {"wrapped": slot.wrapped.hex()} for slot in keys.slots],
            "store": keys.store,
        }
    )


def sealed_part(keys: KeySet) -> bytes:
    """Return the bytes the seal covers."""
    return body(without_seal(keys))


def encode(keys: KeySet) -> bytes:
    """Return the bytes of a key file."""
    return _wrap(VERSION, body(keys))


def _wrap(version: int, text: bytes) -> bytes:
    return b"avrr-keys %d %s\n" % (version, _sum(version, text)) + text


def _sum(version: int, text: bytes) -> bytes:
    return hashlib.sha256(b"avrr-keys %d\n" % version + text).hexdigest().encode()


def decode(data: bytes) -> KeySet:
    """
    Read the bytes of one copy.

    Raises:
        KeyFileNewer: Intact and of a later version.
        KeyFileDamaged: Anything else that `encode` would not have written.
    """
    line = _LINE.match(data)
    if line is None or len(data) > MOST_BYTES:
        raise KeyFileDamaged(why="head")
    version, text = int(line[1]), data[line.end() :]
    if _sum(version, text) != line[2]:
        raise KeyFileDamaged(why="checksum")
    if version > VERSION:
        raise KeyFileNewer(found=version, known=VERSION)
    try:
        keys = _key_set(json.loads(text, parse_float=_refuse, parse_constant=_refuse))
    except (ValueError, KeyError, TypeError, RecursionError, CostRefused) as e:
        raise KeyFileDamaged(why="content") from e
    if body(keys) != text:
        raise KeyFileDamaged(why="not-canonical")
    return keys


def _refuse(_text: str) -> Any:
    raise ValueError("number")


def check_key_set(keys: KeySet) -> KeySet:
    """
    Return *keys* when they can be written and read back.

    Raises:
        ValueError: An id, a name or a length is outside its limits.
    """
    if _key_set(json.loads(body(keys))) != keys:
        raise ValueError("key set")
    return keys


def check_officer(officer: Officer) -> Officer:
    """
    Return *officer* when the key file can hold it.

    Raises:
        OfficerRefused: Names the field that is outside its limits.
    """
    for name, fits in (
        ("id", lambda: _text(officer.id, _ID)),
        ("name", lambda: _name(officer.name)),
        ("roles", lambda: _list(list(officer.roles), _MOST_ROLES) and [_text(r, _ID) for r in officer.roles]),
    ):
        try:
            fits()
        except ValueError as e:
            raise OfficerRefused(field=name) from e
    return officer


def _key_set(value: Any) -> KeySet:
    slots = _list(value["slots"], MOST_SLOTS)
    keys = KeySet(
        store=_text(value["store"], _ID),
        generation=_number(value["generation"], 1, MOST_GENERATION),
        slots=tuple(_slot(item) for item in slots),
        check=_bytes(value["check"], TAG_BYTES),
        seal=_bytes(value["seal"], TAG_BYTES),
    )
    if len({slot.id for slot in keys.slots}) != len(keys.slots):
        raise ValueError("slot ids")
    return keys


def _slot(value: Any) -> Slot:
    kind = Kind(value["kind"])
    slot = Slot(
        id=_text(value["id"], _SLOT_ID),
        kind=kind,
        salt=_bytes(value["salt"], SALT_BYTES),
        wrapped=_bytes(value["wrapped"], WRAPPED_BYTES),
    )
    if kind is Kind.PASSPHRASE:
        secret_id = value["device_secret"]
        return replace(
            slot,
            officer=_officer(value["officer"]),
            cost=_cost(value["argon2id"]),
            device_secret_id="" if secret_id == "" else _text(secret_id, _SLOT_ID),
        )
    if kind is Kind.ESCROW:
        return replace(slot, recipient=_bytes(value["recipient"], 32), sender=_bytes(value["sender"], 32))
    return slot


def _officer(value: Any) -> Officer:
    roles = _list(value["roles"], _MOST_ROLES)
    return Officer(_text(value["id"], _ID), _name(value["name"]), tuple(_text(role, _ID) for role in roles))


def _name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _MOST_NAME:
        raise ValueError("name")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and c not in _JOINERS for c in value):
        raise ValueError("name")
    return value


def _cost(value: Any) -> Cost:
    memory, passes, lanes = (_number(value[name], 1, 2**31) for name in ("memory_kib", "passes", "lanes"))
    return check_cost(Cost(memory, passes, lanes))


def _list(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("list")
    return value


def _number(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("number")
    return value


def _text(value: Any, shape: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError("text")
    return value


def _bytes(value: Any, size: int) -> bytes:
    if not isinstance(value, str) or len(value) != 2 * size:
        raise ValueError("bytes")
    return bytes.fromhex(value)
