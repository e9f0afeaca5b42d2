"""
Run the benches named (or all) and print their table; exit with 1 when a budget is broken and --gate is given.

--full takes a store of 100,000 cases instead of 10,000.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from measure import Ratio, table  # noqa: E402 - the folder goes on the path first

NO_BENCH = {"measure", "reference"}
"""Modules the benches use."""


def main(names: list[str]) -> int:
    """Run and print."""
    gate = "--gate" in names
    wanted = [name for name in names if not name.startswith("-")]
    rows: list[Ratio] = []
    for file in sorted(HERE.glob("[a-z]*.py")):
        if file.stem in NO_BENCH or (wanted and file.stem not in wanted):
            continue
        module = importlib.import_module(file.stem)
        for name in [name for name in vars(module) if name.startswith("bench_")]:
            began = time.monotonic()
            found = getattr(module, name)()
            rows.extend(found if isinstance(found, list) else [found])
            print(f"  {file.stem}.{name} {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
    print(table(rows))
    return 1 if gate and not all(row.holds for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
