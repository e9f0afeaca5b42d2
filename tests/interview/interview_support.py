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


COLUMNS = (
    "type | name | label | required | relevant | constraint | constraint_message | calculation | default | "
    "repeat_count | trigger"
)


def row(kind: str, name: str, **cells: str) -> str:
    """Write one row of `COLUMNS`."""
    names = [one.strip() for one in COLUMNS.split("|")][2:]
    label = "" if kind in ("calculate", "end_group", "end_repeat", "today", "start") else name.title()
    return " | ".join([kind, name, *(cells.get(one, label if one == "label" else "") for one in names)])


FAMILY = form(
    COLUMNS,
    row("begin_group", "me"),
    row("text", "given", required="yes"),
    row("integer", "age", constraint=". >= 0 and . < 120", constraint_message="Not above 120"),
    row("text", "school", relevant="${age} < 18"),
    row("calculate", "grown", calculation="if(${age} >= 18, 'yes', 'no')"),
    row("end_group", ""),
    row("begin_group", "kin"),
    row("begin_repeat", "member"),
    row("text", "who", required="yes"),
    row("integer", "years", default="1"),
    row("end_repeat", ""),
    row("calculate", "minors", calculation="count(${member}[years < 18])"),
    row("end_group", ""),
)
AGE, SCHOOL, WHO, YEARS, MEMBER = (
    "/data/me/age",
    "/data/me/school",
    "/data/kin/member/who",
    "/data/kin/member/years",
    "/data/kin/member",
)
