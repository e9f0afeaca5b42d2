"""
The list of cases: how many, which, 200 rows at a time, search as one types. The first list the program paints.

Nothing here builds domain values or loads sqlmodel: rows come plain from the store's own summary, and what the
officer's sections do not allow is None in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.clock import read_instant
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.ids import read_case_number
from avrr_desktop.domain.sections import Right, Section, readable
from avrr_desktop.domain.stages import Stage, Standing
from avrr_desktop.services.desk import Desk, hold
from avrr_desktop.store.folding import fold_number
from avrr_desktop.store.lists import CaseFilter

Pill = Literal["open", "mine", "clock", "ended"]
PILLS: tuple[Pill, ...] = ("open", "mine", "clock", "ended")
"""Working lists: all open cases, one's own, those whose 24-hour clock runs, those that ended."""

PAGE = 200
"""Rows read at once."""

_CORE = (Right.READ, Section.CORE)
_ALL: tuple[Pill, ...] = ("open", "ended")
_WHOLE = 13
"""Letters of a whole case number: office, year, seven of chance, the check."""
_SPOKEN = 5
"""Where the printed part of a folded case number begins: after office and year."""
_CELLS = (
    "case", "number", "title", "script_name", "people", "stage", "standing", "officer", "received_at", "due_at",
)  # fmt: skip
_STAGES = {stage.value: stage for stage in Stage}
_ENDED = (Standing.NOT_TRAVELLING.value, Standing.CLOSED.value)
_FIRST = ("complete_referral", "first_contact")
"""Next step of a referred case: without and with its clock running."""
_AHEAD = {
    Stage.CONTACTED.value: "interview",
    Stage.INTERVIEWED.value: "enrol",
    Stage.ENROLLED.value: "plan",
    Stage.PLAN_AGREED.value: "travel",
}


class CaseRow(NamedTuple):
    """
    A case as a list needs it; a plain tuple, as 200 are made at each key typed.

    Attributes:
        title: Given and family name of the principal person; the number where no name is known.
        people: How many are in the case.
        next_step: "first_contact", "complete_referral", "interview", "enrol", "plan", "travel" or "ended".
        received, due: Of the 24-hour clock while it runs, as text; None where it does not or section legal is not
            held.
        officer: Name of whoever has the case, "" for nobody.
    """

    id: str
    number: str
    title: str
    script_name: str
    people: int
    stage: Stage
    next_step: str
    received: str | None
    due: str | None
    officer: str

    @property
    def received_at(self) -> datetime | None:
        """When the referral came."""
        return None if self.received is None else read_instant(self.received)

    @property
    def due_at(self) -> datetime | None:
        """When the 24-hour clock ends."""
        return None if self.due is None else read_instant(self.due)


@dataclass(frozen=True, slots=True)
class Similar:
    """A case whose person is called nearly so."""

    case: str
    title: str


def case_ids(desk: Desk, actor: Actor, pill: Pill, query: str = "") -> tuple[str, ...]:
    """
    Return the ids of a working list, running clocks first and soonest, then the newest cases.

    Args:
        query: Words as typed: the beginning of names in any script, a case number or phone digits; "" for all.

    Raises:
        Refused: The officer may not read section core.
    """
    hold(desk, actor, "lists.case_ids", _CORE)
    return tuple(desk.store.lists.ids(_filter(actor, pill), query, "due"))


def case_numbered(desk: Desk, actor: Actor, number: str) -> str:
    """
    Return the id of the case with this number, running or ended.

    Args:
        number: Whole or as printed on papers, in any spelling: "TOR-26-7KM2QX9-R", "tor267km2qx9r", "7KM2-QX9R".

    Raises:
        Refused: The officer may not read section core.
        Expected: "case.missing"; "case.number_mistyped" when the check character does not fit the rest.
    """
    hold(desk, actor, "lists.case_numbered", _CORE)
    _check_whole(number)
    wanted = fold_number(number)
    lists, sections = desk.store.lists, readable(actor.roles)
    for pill in _ALL:
        for row in lists.rows(lists.ids(_filter(actor, pill), number), sections=sections):
            whole = fold_number(row.number or "")
            if wanted and wanted in (whole, whole[_SPOKEN:]):
                return row.case
    raise Expected("case.missing")


def case_rows(desk: Desk, actor: Actor, ids: Sequence[str]) -> tuple[CaseRow, ...]:
    """Return the rows of *ids* in their order; an id nobody knows any more is left out."""
    hold(desk, actor, "lists.case_rows", _CORE)
    lists = desk.store.lists
    names = lists.officer_names()
    return tuple([
        CaseRow(
            case,
            number or "",
            title or number or "",
            script_name or "",
            people,
            _STAGES[stage],
            "ended" if standing in _ENDED else _AHEAD[stage] if stage in _AHEAD else _FIRST[due is not None],
            received,
            due,
            names.get(officer or "", ""),
        )
        for (
            case, number, title, script_name, people, stage, standing, officer, received, due
        ) in lists.cells(ids, _CELLS, sections=readable(actor.roles))
    ])  # fmt: skip


def case_counts(desk: Desk, actor: Actor) -> dict[Pill, int]:
    """Return how many cases each working list has."""
    hold(desk, actor, "lists.case_counts", _CORE)
    return {pill: desk.store.lists.count(_filter(actor, pill)) for pill in PILLS}


def similar_to(desk: Desk, actor: Actor, query: str) -> tuple[Similar, ...]:
    """Return cases with a person called nearly as *query*, best first, one line a case."""
    hold(desk, actor, "lists.similar_to", _CORE)
    found = desk.store.lists.similar(query, sections=readable(actor.roles))
    return tuple({near.case: Similar(near.case, near.title) for near in found}.values())


def _check_whole(number: str) -> None:
    """Raise Expected "case.number_mistyped" when the check character of a whole number says it was misread."""
    bare = "".join(letter for letter in number.upper() if letter.isascii() and letter.isalnum())
    if len(bare) != _WHOLE or not bare[:3].isalpha():
        return
    if read_case_number(f"{bare[:3]}-{bare[3:_SPOKEN]}-{bare[_SPOKEN:-1]}-{bare[-1]}") is None:
        raise Expected("case.number_mistyped")


def _filter(actor: Actor, pill: Pill) -> CaseFilter:
    return CaseFilter(pill=pill, officer=actor.officer, sections=readable(actor.roles))
