"""
Measure ratios: what the program does against the bare thing underneath, in turn, in one run.

A bench is a function that returns a `Ratio`; `python tests/bench [NAME …]` runs them all and prints one table with the
machine and the sizes. Milliseconds stand beside the ratio and decide nothing.
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """One line of the table: what, ours and bare in milliseconds (medians), the budget, the size measured."""

    what: str
    ours_ms: float
    bare_ms: float
    budget: float
    size: str = ""

    @property
    def ratio(self) -> float:
        """Ours divided by bare."""
        return self.ours_ms / self.bare_ms

    @property
    def holds(self) -> bool:
        """Tell whether the budget is kept."""
        return self.ratio <= self.budget


def once(work: Work) -> float:
    """Return the milliseconds of one call."""
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / 1e6


def in_turn(ours: Work, bare: Work, rounds: int = 15, warm: int = 2) -> tuple[float, float]:
    """Call both in turn, the order changing each round, and return the medians in milliseconds."""
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
    return statistics.median(mine), statistics.median(theirs)


def process(*argv: str, env: dict[str, str] | None = None) -> Work:
    """Return the work of running a process to its end."""

    def run() -> None:
        done = subprocess.run(
            argv, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
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
    head = f"{'what':58} {'ours ms':>9} {'bare ms':>9} {'ratio':>7} {'budget':>7}      size"
    lines = [machine(), head]
    for row in rows:
        word = "ok" if row.holds else "OVER"
        lines.append(
            f"{row.what:58} {row.ours_ms:9.2f} {row.bare_ms:9.2f} {row.ratio:6.2f}x {row.budget:6.2f}x {word} {row.size}"
        )
    return "\n".join(lines)
