"""The office, its officers and laptops as plain rows: what is asked before the first list is painted.

No sqlmodel here (DESIGN.md 3, lazy start). Only what is committed is seen; `Store.get` and `Store.find` give whole
records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

_SHOWN = "row_state IN (0, 2)"


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """Name, code, time zone ("" where not known) and whether nobody here is real."""

    name: str = ""
    code: str = ""
    zone: str = ""
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer: role words, blank-separated; *active* unless it is written that they left."""

    id: str
    name: str
    roles: str
    active: bool


class Roster:
    """Read the office's own tables through the reading connection."""

    def __init__(self, reader: Connection) -> None:
        self._db = reader

    def office(self) -> OfficeRow:
        """Return the office; empty before the first run is finished."""
        row = self._db.execute(f"SELECT name, code, zone, rehearsal FROM office WHERE {_SHOWN}").fetchone()
        return OfficeRow() if row is None else OfficeRow(row[0] or "", row[1] or "", row[2] or "", bool(row[3]))

    def officers(self) -> list[OfficerRow]:
        """Return everybody, in the order they came."""
        rows = self._db.execute(f"SELECT id, name, roles, active FROM officer WHERE {_SHOWN} ORDER BY rowid").fetchall()
        return [OfficerRow(who, name or "", roles or "", active != 0) for who, name, roles, active in rows]

    def officer(self, officer: str) -> OfficerRow | None:
        """Return one officer; None for somebody unknown."""
        return next((row for row in self.officers() if row.id == officer), None)

    def laptops(self) -> dict[str, str]:
        """Return device ids with their names, in the order they came."""
        rows = self._db.execute(f"SELECT id, coalesce(name, '') FROM device WHERE {_SHOWN} ORDER BY rowid").fetchall()
        return dict(rows)
