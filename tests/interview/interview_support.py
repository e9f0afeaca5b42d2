"""Open forms in tests: a fixed clock, counted ids, a compiler with a cache."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from avrr_desktop.interview.convert import compile_markdown
from avrr_desktop.interview.definition import Definition
from avrr_desktop.interview.model import Place, RunningForm, Stored
from avrr_desktop.interview.xform import load

NOON = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)
TORONTO = ZoneInfo("America/Toronto")
FRENCH = "Français (fr)"


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


def place_of(running: RunningForm, name: str) -> Place:
    """Read `name` or `name@row`, adding rows up to the one named."""
    bare, _at, row = name.partition("@")
    path = running.definition.path_of(bare)
    if not row:
        return Place(path)
    repeat = max((one for one in running.definition.repeats if path.startswith(one + "/")), key=len)
    while len(running.rows(repeat)) < int(row):
        running.add_row(repeat)
    return Place(path, running.rows(repeat)[int(row) - 1])


def play_case(definition: Definition, case: Mapping[str, Any]) -> None:
    """Give the answers of a scripted case in order and hold what its other keys say (forms/*/cases.toml)."""
    running = start(definition)
    for name, value in case["answers"]:
        running.answer(place_of(running, name), value)
    got = {name: running.value(place_of(running, name)) for name in case.get("values", {})}
    assert got == case.get("values", {}), got
    for name in case.get("relevant", []):
        assert running.is_relevant(place_of(running, name)), name
    for name in case.get("hidden", []):
        assert not running.is_relevant(place_of(running, name)), name
    for name, condition in case.get("invalid", {}).items():
        assert running.constraint(place_of(running, name)).condition == condition, name
    for name, message in case.get("messages", {}).items():
        assert running.constraint(place_of(running, name)).message == message, name
    for name, message in case.get("messages_fr", {}).items():
        assert running.constraint(place_of(running, name), FRENCH).message == message, name
    for name, label in case.get("labels", {}).items():
        assert running.label(place_of(running, name)) == label, name
    for name, label in case.get("labels_fr", {}).items():
        assert running.label(place_of(running, name), FRENCH) == label, name
    if case.get("valid"):
        assert running.violations() == (), running.violations()
    assert running.failures() == {}, running.failures()
    assert start(definition, running.stored()).stored() == running.stored()


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
