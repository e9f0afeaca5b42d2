"""Read the audit trail, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from avrr_desktop.domain.clock import read_instant
from avrr_desktop.store import audit

if TYPE_CHECKING:
    from avrr_desktop.store.file import Connection


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row: number, instant, officer (None: the program itself), event code, parameters."""

    n: int
    at: datetime
    officer: str | None
    event: str
    params: Mapping[str, str | int]


class AuditTrail:
    """The trail of one store, through its reading connection."""

    def __init__(self, reader: Connection) -> None:
        self._db = reader

    def entries(self, most: int = -1) -> list[AuditEntry]:
        """Return the newest *most* rows (-1: all) in the order they were written."""
        rows = self._db.execute(
            "SELECT n, at, officer, event, params FROM audit ORDER BY n DESC LIMIT ?", (most,)
        ).fetchall()
        return [AuditEntry(n, read_instant(at), who, event, json.loads(text)) for n, at, who, event, text in rows[::-1]]

    def head(self) -> audit.Head:
        """Return number and hash of the last row."""
        return audit.head(self._db)

    def verify(self, witnessed: Iterable[audit.Head] = ()) -> audit.Trail:
        """Walk the whole chain (`audit.verify`)."""
        return audit.verify(self._db, witnessed)
