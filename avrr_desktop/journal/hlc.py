"""Hybrid logical clock: milliseconds since 1970 that never run backwards.

One integer of plain milliseconds. There is no separate counter: two values in one millisecond take that
millisecond and the next, so a stamp stays readable as a time and fits the 53 bits of canonical JSON. A laptop
would have to write 1,000 values a second for hours to be visibly ahead. Stamps order what is shown and choose
the provisional winner; no clock error, of any size, can discard a value (SYNC.md 0.4).

Source: Kulkarni et al., "Logical Physical Clocks", 2014, with the counter folded into the time.
"""

from __future__ import annotations

T_MAX = 253_402_300_799_999
"""The last millisecond of the year 9999; larger stamps are refused, so nobody drives a clock to its end."""

DRIFT_MS = 86_400_000
"""How far ahead of the own wall clock another laptop's stamp may pull: one day covers a wrong time zone."""


def tick(last: int, wall_ms: int) -> int:
    """Return the stamp of the next value: the wall clock, or one more than *last* where that is not later."""
    return min(max(last + 1, wall_ms), T_MAX)


def witness(last: int, seen: int, wall_ms: int) -> int:
    """Return *last* moved up to a stamp *seen* in an imported commit, but not beyond `DRIFT_MS` ahead."""
    return max(last, min(seen, wall_ms + DRIFT_MS))
