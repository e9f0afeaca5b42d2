"""
What happened to a case: every change by field, who and when; and taking back this sitting's acts.

The frame is drawn from here, so declarations are loaded by the first undo (DESIGN.md 5.10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.failures import Blocked
from avrr_desktop.domain.sections import Right, Section, Stream, split_stream
from avrr_desktop.services.desk import Desk, Done, done, hold, streams_of, verb

if TYPE_CHECKING:
    from avrr_desktop.store.store import Before, HistoryLine


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field: when, by whom (name), of which record, from what to what (journal values)."""

    at: datetime
    officer: str
    kind: str
    entity: str
    field: str
    before: object
    after: object
    section: str
    is_sealed: bool


@verb(reads=(Section.CORE,))
def changes_of(desk: Desk, actor: Actor, case: str, most: int = 500) -> tuple[Change, ...]:
    """Return the newest *most* changes of a case in the sections the officer may read, newest first."""
    names = officer_names(desk)
    lines: Sequence[HistoryLine] = desk.store.history(streams_of(actor, case))
    return tuple(
        Change(
            line.at,
            names.get(line.officer, ""),
            line.kind,
            line.entity,
            line.field,
            line.before,
            line.after,
            line.stream.partition("/")[2],
            line.sealed,
        )
        for line in lines[:most]
        if line.before != line.after
    )


def officer_names(desk: Desk) -> dict[str, str]:
    """Return officer ids with their names."""
    return {officer.id: officer.name for officer in desk.store.roster.officers()}


FINAL = frozenset({"gate_pass", "declaration"})
"""Kinds that are never taken back by undo: a signature stays signed."""


def can_undo(done_before: Done[object]) -> bool:
    """Tell whether an act can be taken back: it changed something and signed nothing."""
    return bool(done_before.before) and not any(b.kind in FINAL for b in done_before.before)


@verb()
def undo(desk: Desk, actor: Actor, before: tuple[Before, ...]) -> Done[None]:
    """
    Write again what stood before an act of this sitting, as an ordinary change; all of it or nothing.

    Raises:
        Refused: The officer may not write a section the act wrote.
        Blocked: "undo.signed" for an act that signed something or opened a gate; "undo.changed" where something else
            was written since, which undo would cover unseen.
    """
    from avrr_desktop.domain.kinds import KINDS

    if any(b.kind in FINAL for b in before):
        raise Blocked("undo.signed")
    # Who may only collect in a section takes back what was collected a moment ago.
    sections = dict.fromkeys(split_stream(was.stream)[1] for was in before)
    hold(desk, actor, "history.undo", *((Right.COLLECT, section) for section in sections))
    with desk.work(actor) as work:
        if not work.stands(before):
            raise Blocked("undo.changed")
        for was in reversed(before):
            entity = KINDS[was.kind]
            stream = Stream(was.stream)
            if was.register == "_del":
                (work.remove if was.fields and was.fields.get("deleted") else work.restore)(stream, entity, was.entity)
            elif was.fields is None:
                work.remove(stream, entity, was.entity)
            else:
                work.put(stream, entity, was.entity, **was.fields)
        return done(work, None)
