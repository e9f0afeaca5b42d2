"""The verb `cases`: a working list, or what a few letters find in it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from avrr_desktop.cli.command import Line
from avrr_desktop.cli.entering import FindOffice, add_entry_options, entered

if TYPE_CHECKING:
    from avrr_desktop.services.opening import Sitting

LISTS = ("open", "mine", "clock", "ended")


def add_cases_options(parser: ArgumentParser) -> None:
    """Add the options of `cases`."""
    parser.add_argument(
        "query", metavar="QUERY", nargs="*", help="beginnings of names in any script, a case number, a phone number"
    )
    parser.add_argument("--list", choices=LISTS, default="open", help="which working list (default open)")
    add_entry_options(parser)


def run_cases(asked: Namespace, find_office: FindOffice) -> tuple[Line, ...]:
    """
    List cases as the window orders them, then how many there are.

    Raises:
        Expected: What `entered` and `lists.case_ids` refuse.
    """
    with entered(asked, find_office) as sitting:
        lines = tuple(_rows(sitting, asked.list, " ".join(asked.query)))
    return (*lines, Line("cases.counted", {"cases": len(lines)}))


def _rows(sitting: "Sitting", pill: str, query: str) -> Iterator[Line]:
    from avrr_desktop.services import lists

    desk, actor = sitting.desk, sitting.actor
    zone = ZoneInfo(desk.zone)
    chosen = next(one for one in lists.PILLS if one == pill)
    ids = lists.case_ids(desk, actor, chosen, query)
    for start in range(0, len(ids), lists.PAGE):
        for row in lists.case_rows(desk, actor, ids[start : start + lists.PAGE]):
            values = {
                "number": row.number,
                "title": row.title,
                "script_name": row.script_name,
                "people": row.people,
                "stage": row.stage.value,
                "next_step": row.next_step,
                "received_at": _local(row.received_at, zone),
                "due_at": _local(row.due_at, zone),
                "officer": row.officer,
            }
            yield Line("cases.row", values)


def _local(at: datetime | None, zone: ZoneInfo) -> str | None:
    """Write an instant as the office's clock shows it, with its distance from UTC."""
    return None if at is None else at.astimezone(zone).isoformat(timespec="minutes")
