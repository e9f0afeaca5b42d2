"""How dear a guess is: argon2id numbers, their bounds, and a calibration to about one second.

Bounds hold for every number read from a file before any work is done. The floor of 64 MiB is not among them: it is
enforced when a slot is **made**, through the argument `floor_kib` of the verbs, whose default is `FLOOR_KIB`.
Lowering the numbers in a file gains an attacker nothing, since they are bound to the wrapped key and another cost
gives another key. Tests pass `floor_kib=8` and `CHEAP`-like costs; the program never does.

Source: RFC 9106; measured on two cores: 64 MiB 0.09 s, 256 MiB 0.34 s, 512 MiB 1.1 s with three passes, four lanes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from avrr_desktop.keys.errors import CostRefused, NotEnoughMemory
from avrr_desktop.keys.secret import Secret

FLOOR_KIB = 64 * 1024
CALIBRATED_MOST_KIB = 512 * 1024
"""A field laptop of 4 GiB must open a store made on a larger one."""
MOST_KIB = 1024 * 1024
MOST_PASSES = 16
MOST_LANES = 8
MOST_WORK_KIB = 4 * 1024 * 1024
"""Memory times passes: about ten seconds on a slow laptop, the most a hostile file can ask for."""
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """
    Hold argon2id parameters.

    Attributes:
        memory_kib: KiB of memory.
        passes: Iterations over it.
        lanes: Threads.
    """

    memory_kib: int
    passes: int
    lanes: int


def check_cost(cost: Cost, floor_kib: int = 0) -> Cost:
    """
    Return *cost* when every number is within its bounds.

    Raises:
        CostRefused: Names the number that is not.
    """
    least_kib = max(8 * cost.lanes, floor_kib) if 1 <= cost.lanes <= MOST_LANES else 8
    for what, found, least, most in (
        ("lanes", cost.lanes, 1, MOST_LANES),
        ("passes", cost.passes, 1, MOST_PASSES),
        ("memory_kib", cost.memory_kib, least_kib, MOST_KIB),
        ("work_kib", cost.memory_kib * cost.passes, 1, MOST_WORK_KIB),
    ):
        if not least <= found <= most:
            raise CostRefused(what=what, found=min(found, 1 << 62), least=least, most=most)
    return cost


def stretch(passphrase: Secret, salt: bytes, cost: Cost) -> Secret:
    """
    Derive 32 bytes with argon2id; takes about a second, releases the GIL.

    Raises:
        CostRefused: A number is out of bounds (before any work).
        NotEnoughMemory: The system does not give the memory.
    """
    check_cost(cost)
    # Imported here: the lock screen lists slots without it.
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        raw = hash_secret_raw(
            passphrase.reveal(), salt, cost.passes, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
        )
    except (HashingError, MemoryError) as e:
        raise NotEnoughMemory(memory_kib=cost.memory_kib) from e
    return Secret(raw)


def _time_of(cost: Cost) -> float:
    """Return the seconds one derivation takes here."""
    begun = time.perf_counter()
    stretch(Secret(b"calibration"), bytes(SALT_BYTES), cost)
    return time.perf_counter() - begun


def calibrate(
    target_s: float = 1.0,
    *,
    lanes: int = 4,
    most_kib: int = CALIBRATED_MOST_KIB,
    time_of: Callable[[Cost], float] = _time_of,
) -> Cost:
    """
    Choose a cost of about *target_s* seconds on this machine: memory first, then passes.

    One derivation at the floor is measured (the quicker of two); the rest is proportion.

    Returns:
        Memory in whole steps of 64 MiB, never below the floor nor above *most_kib*; from 3 to 8 passes.
    """
    base = Cost(FLOOR_KIB, 3, lanes)
    took_s = max(min(time_of(base), time_of(base)), 1e-6)
    steps = max(1, min(int(target_s / took_s), most_kib // FLOOR_KIB))
    passes = max(3, min(int(3 * target_s / (took_s * steps)), 8, MOST_WORK_KIB // (steps * FLOOR_KIB)))
    return check_cost(Cost(steps * FLOOR_KIB, passes, lanes), FLOOR_KIB)
