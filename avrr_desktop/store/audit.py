"""The audit trail: who did what when, each row bound to all rows before it by a hash.

Row n holds hash(n) = SHA-256("avrr-audit-1" 0x00 hash(n-1) canonical([n, at, officer, event, params])), with 32
zero bytes before the first. `audit_head` repeats the last row, so that a cut end is found; heads other laptops
have witnessed (SYNC.md 5) find a trail that was rewritten whole. Honest limit: whoever holds the key can rewrite
what no other laptop has witnessed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.clock import instant_text
from avrr_desktop.domain.ids import OfficerId
from avrr_desktop.journal.canon import encode
from avrr_desktop.store.file import Connection

TABLES = (
    """CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    officer TEXT,
    event TEXT NOT NULL,
    params TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT""",
    """CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT""",
    "INSERT INTO audit_head (one, n, hash) VALUES (1, 0, zeroblob(32))",
    """CREATE TRIGGER audit_grows_by_one BEFORE INSERT ON audit
    WHEN NEW.n IS NOT (SELECT n + 1 FROM audit_head)
    BEGIN SELECT RAISE(ABORT, 'audit: out of order'); END""",
    "CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit: written once'); END",
    "CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit: written once'); END",
    """CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_head
    WHEN NEW.n <> OLD.n + 1 OR NEW.hash IS NOT (SELECT hash FROM audit WHERE n = NEW.n)
    BEGIN SELECT RAISE(ABORT, 'audit: head without row'); END""",
    "CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'audit: head'); END",
)
"""Statements of the first numbered step."""

_LABEL = b"avrr-audit-1\0"


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a trail: its number (0: none yet) and its hash."""

    n: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Trail:
    """What `verify` found; *broken* is the first row that is missing, changed or out of order, None when all hold."""

    rows: int
    broken: int | None

    @property
    def ok(self) -> bool:
        """Tell whether every row is what was written."""
        return self.broken is None


def append(
    connection: Connection, officer: OfficerId | None, event: str, params: Mapping[str, str | int], at: datetime
) -> Head:
    """
    Write one row inside the caller's transaction.

    Args:
        connection: The writer, inside a transaction: the row lives and dies with what it tells about.
        officer: Who acts; None: the program itself, nobody being unlocked.
        event: Dotted lower-case code, such as "section.viewed".
        params: Ids, codes and numbers; never a name or an answer.
        at: The instant.

    Raises:
        RuntimeError: No transaction is open.
        NotAValue: A parameter is neither text nor a whole number.
    """
    if not connection.in_transaction:
        raise RuntimeError("an audit row belongs to a transaction")
    last = head(connection)
    n, moment, text = last.n + 1, instant_text(at), encode(dict(params)).decode()
    row_hash = _hash(last.hash, n, moment, officer, event, text)
    connection.execute(
        "INSERT INTO audit (n, at, officer, event, params, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (n, moment, officer, event, text, row_hash),
    )
    connection.execute("UPDATE audit_head SET n = ?, hash = ?", (n, row_hash))
    return Head(n, row_hash)


def head(connection: Connection) -> Head:
    """Return the last row's number and hash, for the header of every exported bundle."""
    n, row_hash = connection.execute("SELECT n, hash FROM audit_head").fetchone()
    return Head(n, row_hash)


def verify(connection: Connection, witnessed: Iterable[Head] = ()) -> Trail:
    """
    Walk the whole trail.

    Args:
        connection: Any connection.
        witnessed: Heads seen in bundles; each must be a row of this trail.
    """
    seen = {past.n: past.hash for past in witnessed}
    previous, count = bytes(32), 0
    for n, at, officer, event, params, row_hash in connection.execute(
        "SELECT n, at, officer, event, params, hash FROM audit ORDER BY n"
    ):
        count += 1
        expected = _hash(previous, count, at, officer, event, params)
        if row_hash != expected or seen.pop(n, row_hash) != row_hash:
            return Trail(count, count)
        previous = row_hash
    last = connection.execute("SELECT n, hash FROM audit_head").fetchone()
    seen.pop(0, None)
    if last != (count, previous) or seen:
        return Trail(count, count + 1)
    return Trail(count, None)


def _hash(previous: bytes, n: int, at: str, officer: str | None, event: str, params: str) -> bytes:
    return hashlib.sha256(_LABEL + previous + encode([n, at, officer, event, params])).digest()
