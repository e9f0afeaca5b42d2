"""Open forms in tests: a fixed clock, counted ids, a compiler with a cache."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from avrr_desktop.interview.convert import compile_markdown
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.model import RunningForm, Stored
from avrr_desktop.interview.xform import load

NOON = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
TORONTO = ZoneInfo("America/Toronto")


@lru_cache(maxsize=64)
def define(markdown: str) -> Definition:
    """Compile and load a Markdown form."""
    return load(compile_markdown(markdown, name="test").xform_xml)


def form(columns: str, *rows: str, choices: Sequence[str] = (), settings: Mapping[str, str] | None = None) -> str:
    """Write a Markdown form from a header and rows of cells."""
    given = {"form_title": "Test", "form_id": "test", "version": "1", **(settings or {})}
    lines = ["| survey |", f"| | {columns} |", *(f"| | {row} |" for row in rows)]
    if choices:
        lines += ["| choices |", *(f"| | {row} |" for row in choices)]
    lines += ["| settings |", f"| | {' | '.join(given)} |", f"| | {' | '.join(given.values())} |"]
    return "\n".join(lines)


def start(
    definition: Definition, answers: Iterable[Stored] = (), *, now: datetime = NOON, **more: object
) -> RunningForm:
    """Open an interview with ids r1, r2, ... not used before in *answers*."""
    known = list(answers)
    used = {one.rep for one in known}
    numbers = (f"r{number}" for number in itertools.count(1))
    ids = (one for one in numbers if one not in used)
    return RunningForm(
        definition,
        answers=known,
        now=lambda: now,
        zone=more.pop("zone", TORONTO),
        ids=lambda: next(ids),
        **more,
    )
