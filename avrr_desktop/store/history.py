"""What happened, what stood at an instant, and where officers disagree; read out of the journal."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.clock import from_milliseconds, milliseconds
from avrr_desktop.domain.sections import CASE_SECTIONS, Stream, case_stream
from avrr_desktop.journal.canon import Value
from avrr_desktop.journal.merge import Entry, current
from avrr_desktop.journal.payload import Absent, Held
from avrr_desktop.store.ledger import DELETED, Flag, Ledger, Place, choose, read_context
from avrr_desktop.store.rules import register_of
from avrr_desktop.store.sealing import Openings


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """
    One changed field.

    Attributes:
        at: When the last value of its commit was written.
        before, after: Journal values; None for no value. A value that is not here any more, or not here at all,
            is the word of `journal.payload.Absent`.
        sealed: False while it stands in an open commit; *cid* is then None.
    """

    at: datetime
    officer: str
    device: str
    kind: str
    entity: str
    register: str
    field: str
    before: Value
    after: Value
    stream: Stream
    sealed: bool
    cid: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values officers disagree on; *fields* None where it is withheld here."""

    at: datetime
    officer: str
    cid: str
    fields: dict[str, Value] | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    A register on which officers disagree.

    Attributes:
        blocking: It stands in the way of printing, paying and closing.
        versions: Ascending by instant; *shown* is the place of the one that is shown until it is settled.
    """

    stream: Stream
    kind: str
    entity: str
    register: str
    blocking: bool
    versions: tuple[Version, ...]
    shown: int


@dataclass(frozen=True, slots=True)
class Twins:
    """Commits that share one number of one writer: a machine was reverted while running, or a device lies."""

    stream: str
    writer: str
    n: int
    cids: tuple[str, ...]


OPEN = "open"


def history(ledger: Ledger, openings: Openings, streams: Collection[Stream]) -> list[HistoryLine]:
    """Return the changes of *streams* by field, newest first; within one commit in the order of its keys."""
    lines: list[HistoryLine] = []
    for place, entries in _written(ledger, openings, streams):
        before: Held = None
        for entry in entries:
            lines.extend(_lines(ledger, place, entry, before))
            before = entry.value
    return sorted(lines, key=lambda line: (line.sealed, -milliseconds(line.at)))


def as_of(ledger: Ledger, openings: Openings, stream: Stream, at: datetime) -> dict[tuple[str, str], dict[str, Value]]:
    """Return the fields of every row of *stream* that was not in the trash at an instant, as known here today."""
    t = milliseconds(at)
    rows: dict[tuple[str, str], dict[str, Value]] = {}
    gone: set[tuple[str, str]] = set()
    for place, entries in _written(ledger, openings, [stream]):
        chosen = choose(place, current(entry for entry in entries if entry.t <= t))
        if chosen is None or not isinstance(chosen.value, dict):
            continue
        if place.register == DELETED:
            if chosen.value.get("deleted") is True:
                gone.add((place.kind, place.entity))
        else:
            rows.setdefault((place.kind, place.entity), {}).update(chosen.value)
    return {key: fields for key, fields in rows.items() if key not in gone}


def conflicts(ledger: Ledger, openings: Openings, case: str) -> list[Conflict]:
    """Return the registers of a case with different current values; an open value of one's own settles it."""
    found: list[Conflict] = []
    for section in CASE_SECTIONS:
        stream = case_stream(case, section)
        for place, number in ledger.registers(stream, Flag.CONFLICT):
            if openings.value(place) is not None:
                continue
            heads = ledger.heads(number)
            known = register_of(place.kind, place.register)
            chosen = choose(place, heads)
            found.append(
                Conflict(
                    stream,
                    place.kind,
                    place.entity,
                    place.register,
                    known is not None and known[0].blocking,
                    tuple(Version(from_milliseconds(h.t), h.officer, h.cid, _fields(h.value)) for h in heads),
                    heads.index(chosen) if chosen is not None else 0,
                )
            )
    return found


def twins(ledger: Ledger) -> list[Twins]:
    """Return the integrity alarms, sorted."""
    return [Twins(stream, writer, n, tuple(sorted(cids.split()))) for stream, writer, n, cids in ledger.twins()]


def _written(
    ledger: Ledger, openings: Openings, streams: Collection[Stream]
) -> Iterator[tuple[Place, tuple[Entry, ...]]]:
    """Yield every register of *streams* with all its entries ascending by (t, cid), the open one last."""
    for stream in sorted(streams):
        opened = openings.opened(stream)
        for place, number in ledger.registers(stream):
            entries = ledger.entries(number)
            text = None if opened is None else openings.value(place)
            if opened is not None and text is not None:
                entry = Entry(OPEN, "", 0, opened.t, opened.officer, 0, json.loads(text), read_context(opened.context))
                entries = (*entries, entry)
            yield place, entries


def _lines(ledger: Ledger, place: Place, entry: Entry, before: Held) -> Iterator[HistoryLine]:
    is_sealed = entry.cid != OPEN
    was, now = _fields(before) or {}, _fields(entry.value)
    for field in now if now is not None else (was or {"": None}):
        old = before.value if isinstance(before, Absent) else was.get(field)
        new = entry.value.value if isinstance(entry.value, Absent) else (now or {}).get(field)
        if old == new and type(old) is type(new):
            continue
        yield HistoryLine(
            at=from_milliseconds(entry.t),
            officer=entry.officer,
            device=ledger.device_of(entry.cid) if is_sealed else "",
            kind=place.kind,
            entity=place.entity,
            register=place.register,
            field=field,
            before=old,
            after=new,
            stream=Stream(place.stream),
            sealed=is_sealed,
            cid=entry.cid if is_sealed else None,
        )


def _fields(value: Held) -> dict[str, Value] | None:
    return value if isinstance(value, dict) else None
