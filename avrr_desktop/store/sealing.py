"""Open commits: the value a screen left a moment ago, and how it becomes a signed commit (DESIGN.md 4, ten rules).

Sealing changes no shown value (rule 8), so nothing here touches a projection and nothing here loads sqlmodel:
leftovers of a crash are sealed before the first list is painted (rule 9).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from avrr_desktop.domain.clock import Clock, milliseconds
from avrr_desktop.journal.commit import Commit, Op, seal
from avrr_desktop.journal.header import Erasure, RegisterKey
from avrr_desktop.journal.hlc import tick
from avrr_desktop.store.ledger import Ledger, Place, read_context, write_context
from avrr_desktop.store.schema import SCHEMA

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection

MAX_OPEN_OPS = 256
"""Registers at which an open commit is sealed by itself (rule 7)."""

MAX_OPEN_BYTES = 131_072
"""Bytes of keys and values at which it is sealed (as above); half of what a line may hold."""

IDLE_MS = 300_000
"""Five minutes without a value seal a stream (as above)."""


@dataclass(frozen=True, slots=True)
class Start:
    """
    One start of the program.

    Attributes:
        device: Whose key signs.
        writer: 64 fresh random bits; no other start ever uses them (rule 3).
    """

    device: str
    writer: str
    sign: Callable[[bytes], bytes]
    clock: Clock
    random_bytes: Callable[[int], bytes]


class Opened(NamedTuple):
    """The row of an open commit: who, what was applied at its first value, when its last was written."""

    officer: str
    context: str
    schema: int
    t: int
    ops: int
    bytes: int


class Openings:
    """Keep and seal open commits inside one transaction."""

    def __init__(self, connection: Connection, ledger: Ledger, start: Start) -> None:
        self._db = connection
        self._ledger = ledger
        self._start = start

    def streams(self) -> list[str]:
        """Return the streams with an open commit, sorted."""
        return [name for (name,) in self._db.execute("SELECT stream FROM open_commit ORDER BY stream").fetchall()]

    def opened(self, stream: str) -> Opened | None:
        """Return the open commit of *stream*."""
        row = self._db.execute(
            "SELECT officer, context, schema, t, ops, bytes FROM open_commit WHERE stream = ?", (stream,)
        ).fetchone()
        return None if row is None else Opened(*row)

    def value(self, place: Place) -> str | None:
        """Return the canonical text of an open value."""
        row = self._db.execute(
            "SELECT value FROM open_op WHERE stream = ? AND kind = ? AND entity = ? AND register = ?", place
        ).fetchone()
        return None if row is None else str(row[0])

    def values(self, row: Place) -> dict[str, str]:
        """Return the open values of an entity as canonical texts, by register; *row* is any place of it."""
        return dict(
            self._db.execute(
                "SELECT register, value FROM open_op WHERE stream = ? AND kind = ? AND entity = ?", row[:3]
            ).fetchall()
        )

    def write(self, place: Place, text: str, officer: str, *, seals: bool) -> None:
        """
        Put a value into the open commit of its stream; *seals*: what is open is sealed before it (rule 5).

        A value that is the single current sealed one is not kept, for sealing would drop it (rule 6).
        """
        opened = self.opened(place.stream)
        if opened is not None and (seals or (opened.officer, opened.schema) != (officer, SCHEMA)):
            self.seal(place.stream)  # rules 1 and 5
            opened = None
        now = milliseconds(self._start.clock())
        t = self.stamp(now)
        if opened is None:
            context = write_context(self._ledger.stream(place.stream).held)
            opened = Opened(officer, context, SCHEMA, t, 0, 0)
            self._db.execute(
                "INSERT INTO open_commit VALUES (?, ?, ?, ?, ?, ?, 0, 0)",
                (place.stream, officer, context, SCHEMA, t, now),
            )
        self._ledger.number(place)
        before = self.value(place)
        ops, size = opened.ops, opened.bytes
        if before is not None:
            ops, size = ops - 1, size - _size(place, before)
        _, sealed, flags = self._ledger.register(place)
        if not flags and text == sealed:
            self._db.execute("DELETE FROM open_op WHERE stream = ? AND kind = ? AND entity = ? AND register = ?", place)
        else:
            self._db.execute("INSERT OR REPLACE INTO open_op VALUES (?, ?, ?, ?, ?)", (*place, text))
            ops, size = ops + 1, size + _size(place, text)
        self._db.execute(
            "UPDATE open_commit SET t = ?, at = ?, ops = ?, bytes = ? WHERE stream = ?",
            (t, now, ops, size, place.stream),
        )
        if ops >= MAX_OPEN_OPS or size >= MAX_OPEN_BYTES:
            self.seal(place.stream)  # rule 7

    def seal(self, stream: str) -> Commit | None:
        """Seal the open commit of *stream*; None when there is none or it says nothing new (rule 6)."""
        opened = self.opened(stream)
        if opened is None:
            return None
        # No open value equals the sealed one: `write` took those out, and nothing is applied beside an open commit.
        ops = [
            Op(RegisterKey(kind, entity, register), json.loads(text))
            for kind, entity, register, text in self._db.execute(
                "SELECT kind, entity, register, value FROM open_op WHERE stream = ?", (stream,)
            ).fetchall()
        ]
        self._db.execute("DELETE FROM open_op WHERE stream = ?", (stream,))
        self._db.execute("DELETE FROM open_commit WHERE stream = ?", (stream,))
        self.remember(opened.t)
        return self.append(stream, opened, ops) if ops else None

    def seal_all(self) -> list[Commit]:
        """Seal every stream, sorted."""
        return [commit for commit in map(self.seal, self.streams()) if commit is not None]

    def seal_idle(self, now: datetime) -> list[Commit]:
        """Seal the streams nobody wrote to for five minutes (rule 7)."""
        rows = self._db.execute(
            "SELECT stream FROM open_commit WHERE at <= ? ORDER BY stream", (milliseconds(now) - IDLE_MS,)
        ).fetchall()
        return [commit for (name,) in rows if (commit := self.seal(name)) is not None]

    def act(self, stream: str, officer: str) -> Opened:
        """Return the frame of a commit that is sealed at once: settle, erase."""
        t = self.stamp(milliseconds(self._start.clock()))
        self.remember(t)
        return Opened(officer, write_context(self._ledger.stream(stream).held), SCHEMA, t, 0, 0)

    def append(
        self,
        stream: str,
        opened: Opened,
        ops: list[Op],
        kind: str = "edit",
        erases: list[Erasure] | None = None,
    ) -> Commit:
        """Sign a commit under this start's writer id and apply it (rule 3)."""
        n, previous = self._ledger.last_of(stream, self._start.writer)
        commit = seal(
            stream=stream,
            writer=self._start.writer,
            device=self._start.device,
            n=n + 1,
            previous=previous,
            context=read_context(opened.context),
            t=opened.t,
            officer=opened.officer,
            ops=ops,
            seed=self._start.random_bytes(16),
            sign=self._start.sign,
            kind=kind,
            erases=erases or [],
            schema=opened.schema,
        )
        self._ledger.apply(commit)
        return commit

    def stamp(self, now: int) -> int:
        """Return the next stamp of the hybrid clock."""
        return tick(self.last(), now)

    def last(self) -> int:
        """Return the last stamp given or witnessed."""
        return int(
            self._db.execute(
                "SELECT max(coalesce((SELECT max(t) FROM open_commit), 0),"
                " coalesce((SELECT value FROM state WHERE name = 'clock'), 0))"
            ).fetchone()[0]
        )

    def remember(self, t: int) -> None:
        """Keep *t* as a stamp that was given or witnessed."""
        self._db.execute(
            "INSERT INTO state VALUES ('clock', ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)", (t,)
        )


def _size(place: Place, text: str) -> int:
    return len(text.encode()) + sum(len(part) for part in place[1:]) + 16
