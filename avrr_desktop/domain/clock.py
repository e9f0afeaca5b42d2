"""Time: aware instants in UTC with one fixed precision, local dates of a place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the present instant, aware, UTC."""


def system_clock() -> datetime:
    """Return the machine's present instant; only `app/wiring.py` and seams with a default use it."""
    return datetime.now(UTC)


def instant_text(instant: datetime) -> str:
    """Write an instant as "2026-11-24T18:13:25.000Z"; one width, so that text order is time order."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    utc = instant.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def read_instant(text: str) -> datetime:
    """Read what `instant_text` wrote; ValueError for any other spelling."""
    if len(text) != 24 or text[-1] != "Z" or text[19] != ".":
        raise ValueError("not an instant")
    return datetime.fromisoformat(text)


def milliseconds(instant: datetime) -> int:
    """Return milliseconds since 1970."""
    return int(instant.timestamp() * 1000)


def from_milliseconds(value: int) -> datetime:
    """Return the instant *value* milliseconds after 1970."""
    return datetime.fromtimestamp(value / 1000, UTC)


def local_date(instant: datetime, zone: str) -> date:
    """Return the calendar date at *zone* (IANA name)."""
    return instant.astimezone(ZoneInfo(zone)).date()
