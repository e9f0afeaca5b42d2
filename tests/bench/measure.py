"""
Measure ratios: what the program does against the bare thing underneath, in turn, in one run.

A bench is a function `bench_*` that returns one `Ratio` or several; `python tests/bench [NAME …] [--full] [--gate]`
runs them all and prints one table with the machine and the sizes. Milliseconds stand beside the ratio and decide
nothing. --full takes the reference store of 100,000 cases.
"""

from __future__ import annotations

import atexit
import gc
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

Work = Callable[[], object]

IS_FULL = "--full" in sys.argv
CASES = 100_000 if IS_FULL else 10_000
"""Cases of the large store."""
FEW = 1_000
"""Cases of the store it is compared with."""


@dataclass(frozen=True)
class Ratio:
    """
    One line of the table.

    Attributes:
        what: The budget's words.
        ours: Median or p95 in *unit*.
        bare: The same of the bare thing.
        budget: The most ours may be of bare; None for a line that is only told.
        size: What was measured.
    """

    what: str
    ours: float
    bare: float
    budget: float | None
    size: str = ""
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """Ours divided by bare."""
        return self.ours / self.bare

    @property
    def holds(self) -> bool:
        """Tell whether the budget is kept."""
        return self.budget is None or self.ratio <= self.budget


def once(work: Work) -> float:
    """Return the milliseconds of one call."""
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / 1e6


def samples(ours: Work, bare: Work, rounds: int = 15, warm: int = 2) -> tuple[list[float], list[float]]:
    """Call both in turn, the order changing each round, and return the milliseconds of each."""
    for _ in range(warm):
        ours()
        bare()
    gc.collect()
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(rounds):
        first, second = (ours, bare) if number % 2 else (bare, ours)
        for work in (first, second):
            (mine if work is ours else theirs).append(once(work))
    return mine, theirs


def in_turn(ours: Work, bare: Work, rounds: int = 15, warm: int = 2) -> tuple[float, float]:
    """Return the medians of `samples`."""
    mine, theirs = samples(ours, bare, rounds, warm)
    return statistics.median(mine), statistics.median(theirs)


def p95(values: Sequence[float]) -> float:
    """Return the value that one in twenty exceeds."""
    return sorted(values)[min(len(values) - 1, math.ceil(len(values) * 0.95) - 1)]


@cache
def _bytecode() -> str:
    made = tempfile.mkdtemp(prefix="avrr-bench-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def compiled() -> dict[str, str]:
    """Return the environment of a child whose modules are compiled once, as an installed program's are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": _bytecode()}


def process(*argv: str, env: dict[str, str] | None = None) -> Work:
    """Return the work of running a process to its end."""

    def run() -> None:
        done = subprocess.run(
            argv, env={**compiled(), **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode()[-2000:])

    return run


def python(code: str, env: dict[str, str] | None = None) -> Work:
    """Return the work of a fresh Python running *code*."""
    return process(sys.executable, "-c", code, env=env)


def machine() -> str:
    """Say on what the figures were taken."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def table(rows: Sequence[Ratio]) -> str:
    """Lay the rows out."""
    lines = [machine(), f"{'what':66} {'ours':>9} {'bare':>9}      {'ratio':>7} {'budget':>7}"]
    for row in rows:
        budget = f"{row.budget:6.2f}x {'ok  ' if row.holds else 'OVER'}" if row.budget else "      -     "
        lines.append(
            f"{row.what:66} {row.ours:9.2f} {row.bare:9.2f} {row.unit:4} {row.ratio:6.2f}x {budget} {row.size}"
        )
    return "\n".join(lines)
