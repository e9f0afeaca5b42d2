"""A value that must not appear in a log, a traceback or a repr."""

from __future__ import annotations

import hmac


class Secret:
    """
    Hold secret bytes; only `reveal` shows them.

    Python cannot promise that memory is wiped: the class prevents display, not a memory dump.
    Comparison takes constant time; a secret is not hashable, so it cannot become a dictionary key by chance.
    """

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        self._value = bytes(value)

    def __repr__(self) -> str:
        return "Secret()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._value, other._value)

    __hash__ = None  # type: ignore[assignment]  # unhashable on purpose

    def reveal(self) -> bytes:
        """Return the bytes; the caller keeps them out of messages."""
        return self._value
