"""Canonical JSON: one value, one spelling.

Keys sorted by code point, no blanks, UTF-8, nothing escaped that need not be. No floats: money is in minor
units, dates are text. Whatever is read is written again and compared; a difference refuses the bytes, which
kills duplicate keys, escapes, blanks, byte order marks and odd numbers with one rule.
"""

from __future__ import annotations

import json
from typing import Never, TypeAlias, cast

from avrr_desktop.journal.errors import NotAValue, NotCanonical

Value: TypeAlias = bool | int | str | list["Value"] | dict[str, "Value"] | None
"""What a register can hold; integers within +-(2**53 - 1), text without lone surrogates."""

INT_MAX = 2**53 - 1
"""The widest integer every JSON reader keeps exactly (RFC 8259, section 6)."""

VALUE_DEPTH = 6
"""Nesting allowed in one value (SYNC.md 2.5)."""

MAX_DEPTH = 10
"""Nesting allowed in any text: a value inside line, payload, table of values and pair."""

_DIGITS = len(str(INT_MAX)) + 1


def encode(value: Value, depth: int = MAX_DEPTH) -> bytes:
    """
    Write a value in its one spelling.

    Args:
        value: Plain dict, list, str, int, bool or None; subclasses are refused, they may spell otherwise.
        depth: Containers allowed inside each other.

    Raises:
        NotAValue: The value holds something else, is nested too deep or an integer is too wide.
    """
    _check(value, depth)
    try:
        return _spell(value)
    except UnicodeEncodeError as e:
        raise NotAValue("surrogate") from e


def decode(data: bytes, depth: int = MAX_DEPTH) -> Value:
    """
    Read a value from its one spelling.

    Raises:
        NotCanonical: The bytes are no JSON, or `encode` would have written them otherwise.
    """
    try:
        value = cast(Value, _reader.decode(data.decode()))
    except NotCanonical:
        raise
    except UnicodeDecodeError as e:
        raise NotCanonical("utf8") from e
    except RecursionError as e:
        raise NotCanonical("depth") from e
    except ValueError as e:
        raise NotCanonical("json") from e
    try:
        again = encode(value, depth)
    except NotAValue as e:
        raise NotCanonical(str(e.params["why"])) from e
    if again != data:
        raise NotCanonical("spelling")
    return value


def same(a: Value, b: Value) -> bool:
    """Tell whether two values are one; unlike ``==`` it tells True from 1."""
    return encode(a) == encode(b)


def _spell(value: Value) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def _check(value: object, depth: int) -> None:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -INT_MAX <= cast(int, value) <= INT_MAX:
            raise NotAValue("integer")
    elif kind is list:
        if depth == 0:
            raise NotAValue("depth")
        for item in cast(list[object], value):
            _check(item, depth - 1)
    elif kind is dict:
        if depth == 0:
            raise NotAValue("depth")
        for key, item in cast(dict[object, object], value).items():
            if type(key) is not str:
                raise NotAValue("key")
            _check(item, depth - 1)
    else:
        raise NotAValue("type")


def _read_int(text: str) -> int:
    # The length is looked at first: turning thousands of digits into an integer is quadratic.
    if len(text) > _DIGITS:
        raise NotCanonical("integer")
    return int(text)


def _no_float(_text: str) -> Never:
    raise NotCanonical("float")


_reader = json.JSONDecoder(parse_int=_read_int, parse_float=_no_float, parse_constant=_no_float)
