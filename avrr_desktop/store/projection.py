"""What is shown, written into the typed tables: the sealed value of each register, open values laid over it.

A value that is not understood stays in the journal and leaves its columns empty (SYNC.md 1.5).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from avrr_desktop.domain.failures import BadValue
from avrr_desktop.domain.fields import Entity, declared, from_journal, registers, to_journal
from avrr_desktop.journal.canon import Value
from avrr_desktop.journal.context import Context
from avrr_desktop.journal.merge import Entry, Row, row_state
from avrr_desktop.journal.payload import Absent
from avrr_desktop.store.ledger import DELETED, Flag, Ledger, Place, read_context
from avrr_desktop.store.rules import entity_of
from avrr_desktop.store.sealing import Openings
from avrr_desktop.store.tables import RowState

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

OPEN = "open"
"""Stands for the id that an open commit does not have yet."""

_ERASED = int(Flag.ERASED)
_STATES = {Row.PRESENT: RowState.PRESENT, Row.TRASHED: RowState.TRASHED, Row.DISPUTED: RowState.DISPUTED}


class Projection:
    """Write typed rows inside one transaction."""

    def __init__(self, connection: Connection, ledger: Ledger, openings: Openings) -> None:
        self._db = connection
        self._ledger = ledger
        self._openings = openings

    def value(self, place: Place) -> Mapping[str, Value] | None:
        """Return what a register shows: the open value, else the sealed one; None where there is none here."""
        text = self._openings.value(place)
        if text is None:
            _, text, _ = self._ledger.register(place)
        return _object(text)

    def refresh(self, places: Iterable[Place]) -> None:
        """Write the rows of *places* as they are shown, each once, in the order of *places*."""
        opened = frozenset(self._openings.streams())
        for row in dict.fromkeys(place[:3] for place in places):
            entity = entity_of(*row[:2])
            if entity is not None:
                self._write(entity, Place(*row, ""), has_open=row[0] in opened)

    def _write(self, entity: type[Entity], row: Place, *, has_open: bool) -> None:
        held: dict[str, str | None] = {}
        is_plain = True
        for name, text, flags in self._db.execute(
            "SELECT name, value, flags FROM register WHERE stream = ? AND kind = ? AND entity = ?",
            (self._ledger.stream(row.stream).id, *row[1:3]),
        ).fetchall():
            held[name] = text
            is_plain = is_plain and name != DELETED and not flags & _ERASED
        if has_open:
            held |= self._openings.values(row)
        columns: dict[str, Value] = {}
        for name, (_, fields) in registers(entity).items():
            if name in held:
                columns |= understood(entity, fields, _object(held[name]))
        if not columns and DELETED not in held:
            return
        columns["row_state"] = int(RowState.PRESENT if is_plain and DELETED not in held else self._row_state(row))
        heads = "".join(f', "{name}"' for name in columns)
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
        self._db.execute(
            f'INSERT INTO "{row.kind}" (stream, id{heads}) VALUES (?, ?{", ?" * len(columns)})'
            f" ON CONFLICT DO UPDATE SET {changes}",
            (row.stream, row.entity, *columns.values()),
        )

    def show(self, place: Place, columns: Mapping[str, Value]) -> None:
        """Write the columns of one register, making the row if it is the entity's first."""
        names = list(columns)
        changes = ", ".join(f'"{name}" = ?' for name in names)
        cursor = self._db.execute(
            f'UPDATE "{place.kind}" SET {changes} WHERE stream = ? AND id = ?',
            (*columns.values(), place.stream, place.entity),
        )
        if cursor.rowcount == 0:
            head = ", ".join(f'"{name}"' for name in names)
            marks = ", ?" * len(names)
            self._db.execute(
                f'INSERT INTO "{place.kind}" (stream, id, row_state, {head}) VALUES (?, ?, 0{marks})',
                (place.stream, place.entity, *columns.values()),
            )

    def refresh_row(self, place: Place) -> None:
        """Write whether the row of *place* is shown."""
        state = self._row_state(place)
        cursor = self._db.execute(
            f'UPDATE "{place.kind}" SET row_state = ? WHERE stream = ? AND id = ?',
            (int(state), place.stream, place.entity),
        )
        if cursor.rowcount == 0:
            self._db.execute(
                f'INSERT INTO "{place.kind}" (stream, id, row_state) VALUES (?, ?, ?)',
                (place.stream, place.entity, int(state)),
            )

    def has_bin(self, place: Place) -> bool:
        """Tell whether the row of *place* was ever trashed, or values of it were erased."""
        return (
            self._db.execute(
                "SELECT 1 FROM register JOIN stream ON stream.id = register.stream"
                " WHERE stream.name = ? AND kind = ? AND entity = ? AND (register.name = ? OR flags & ?) LIMIT 1",
                (*place[:3], DELETED, int(Flag.ERASED)),
            ).fetchone()
            is not None
        )

    def _row_state(self, place: Place) -> RowState:
        if not self.has_bin(place):
            return RowState.PRESENT
        deletes: list[Entry] = []
        others: list[Entry] = []
        for name in self._registers(place):
            heads = self._shown_heads(place._replace(register=name))
            (deletes if name == DELETED else others).extend(heads)
        if others and all(entry.value is Absent.ERASED for entry in others):
            return RowState.ERASED
        bins = [
            replace(entry, value=isinstance(entry.value, dict) and entry.value.get("deleted") is True)
            for entry in deletes
        ]
        return _STATES[row_state(bins, others)]

    def _registers(self, place: Place) -> list[str]:
        return [
            name
            for (name,) in self._db.execute(
                "SELECT register.name FROM register JOIN stream ON stream.id = register.stream"
                " WHERE stream.name = ? AND kind = ? AND entity = ? ORDER BY register.name",
                place[:3],
            ).fetchall()
        ]

    def _shown_heads(self, place: Place) -> tuple[Entry, ...]:
        """Return the current entries as they will be once the open commit is sealed."""
        text = self._openings.value(place)
        opened = self._openings.opened(place.stream)
        if text is None or opened is None:
            register, _, _ = self._ledger.register(place)
            return self._ledger.heads(register)
        context: Context = read_context(opened.context)
        return (Entry(OPEN, "", 0, opened.t, opened.officer, 0, json.loads(text), context),)


def _object(text: str | None) -> Mapping[str, Value] | None:
    """Return the fields of a register's text; none of them where it is no object."""
    value = None if text is None else json.loads(text)
    return value if value is None or isinstance(value, dict) else {}


def understood(entity: type[Entity], fields: Iterable[str], value: Mapping[str, Value] | None) -> dict[str, Value]:
    """Return the columns of a register's value: journal values, None for what is not held or not understood."""
    columns: dict[str, Value] = {}
    for field in fields:
        held = None if value is None else value.get(field)
        if held is not None and field in declared(entity):
            try:
                held = to_journal(entity, field, from_journal(entity, field, held))
            except BadValue:
                held = None
        columns[field] = held
    return columns
