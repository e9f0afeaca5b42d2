"""Where Ctrl+K can lead: the places of the window, and cases by name, number or phone."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.services import lists
from avrr_desktop.services.desk import Desk

MOST = 8
"""Cases offered; who is not among them is found by one more letter."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A place and, for a case, its id; *title* and *below* say what it is."""

    place: str
    case: str
    title: str
    below: str = ""


def goals(desk: Desk, actor: Actor, text: str, places: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """
    Return where *text* leads: places whose name has it, then open cases, then ended ones, at most `MOST` cases.

    Without text only the places are offered; cases only to those who may read them.
    """
    wanted = text.strip()
    found = [goal for goal in places if wanted.casefold() in goal.title.casefold()]
    if wanted and actor.may(Right.READ, Section.CORE):
        ids = [
            *lists.case_ids(desk, actor, "open", wanted)[:MOST],
            *lists.case_ids(desk, actor, "ended", wanted)[:MOST],
        ]
        rows = lists.case_rows(desk, actor, tuple(dict.fromkeys(ids))[:MOST])
        found += [Goal("case", row.id, row.title, row.number) for row in rows]
    return tuple(found)
