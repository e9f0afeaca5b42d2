"""The tables that are kept for ever, and the guard that holds every table to the one door.

Journal, open commits, erasures and quarantine have numbered steps and are migrated; typed tables, summary and
search are projections of them and are dropped and made anew (DESIGN.md 5.1). Source: SYNC.md 1.4.

    stream      one journal: what of it is applied (held) and what held commits name (named), as contexts
    register    one register ever seen, numbered in the order of arrival; its sealed value as it is shown
    sealed      commits, verbatim; rid is their local order
    op          which commit wrote which register at which place; head: current (SYNC.md 1.3, coverage rule)
    open_commit, open_op    what is not sealed yet (DESIGN.md 4, rule 1)
    erased      values that must never come back
    quarantine  commits that are kept and not applied, and why
    state       named values of this file: the clock's last stamp, the version of the projection
"""

from __future__ import annotations

from collections.abc import Iterable

from avrr_desktop.store import audit, blobs
from avrr_desktop.store.file import META

PROJECTION = 6
"""Version of typed tables, summary and search; a difference at the start rebuilds them. Raise it with any change."""

SCHEMA = 1
"""Version of the declarations, written into every commit."""

GUARDED = ("stream", "register", "sealed", "op", "open_commit", "open_op", "erased", "quarantine")
"""Journal tables under the guard; typed tables, summary and search rows join them."""

OUTSIDE = "write outside the journal"
"""What a refused write says."""

_JOURNAL = """
CREATE TABLE guard (held INTEGER PRIMARY KEY CHECK (held = 1));
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    held TEXT NOT NULL DEFAULT '{}',
    named TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE register (
    id INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES stream (id),
    kind TEXT NOT NULL,
    entity TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT,
    flags INTEGER NOT NULL DEFAULT 0,
    UNIQUE (stream, kind, entity, name)
);
CREATE INDEX register_disputed ON register (stream) WHERE flags & 1;
CREATE TABLE sealed (
    rid INTEGER PRIMARY KEY,
    cid TEXT NOT NULL UNIQUE,
    stream INTEGER NOT NULL REFERENCES stream (id),
    writer TEXT NOT NULL,
    n INTEGER NOT NULL,
    t INTEGER NOT NULL,
    officer TEXT NOT NULL,
    header BLOB NOT NULL,
    payload BLOB NOT NULL,
    signature BLOB NOT NULL
);
CREATE INDEX sealed_dot ON sealed (stream, writer, n);
CREATE TABLE op (
    register INTEGER NOT NULL REFERENCES register (id),
    rid INTEGER NOT NULL REFERENCES sealed (rid),
    place INTEGER NOT NULL,
    head INTEGER NOT NULL,
    PRIMARY KEY (register, rid)
) WITHOUT ROWID;
CREATE TABLE open_commit (
    stream TEXT PRIMARY KEY,
    officer TEXT NOT NULL,
    context TEXT NOT NULL,
    schema INTEGER NOT NULL,
    t INTEGER NOT NULL,
    at INTEGER NOT NULL,
    ops INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE open_op (
    stream TEXT NOT NULL REFERENCES open_commit (stream),
    kind TEXT NOT NULL,
    entity TEXT NOT NULL,
    register TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (stream, kind, entity, register)
) WITHOUT ROWID;
CREATE TABLE erased (cid TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (cid, place)) WITHOUT ROWID;
CREATE TABLE quarantine (cid TEXT PRIMARY KEY, why TEXT NOT NULL, line BLOB NOT NULL) WITHOUT ROWID;
"""


def guard_triggers(tables: Iterable[str]) -> str:
    """Return the triggers that refuse a write to *tables* unless the guard row stands in the same transaction."""
    return "\n".join(
        f'CREATE TRIGGER "guard_{table}_{verb.lower()}" BEFORE {verb} ON "{table}"'
        f" WHEN NOT EXISTS (SELECT 1 FROM guard) BEGIN SELECT RAISE(ABORT, '{OUTSIDE}'); END;"
        for table in tables
        for verb in ("INSERT", "UPDATE", "DELETE")
    )


STEPS: tuple[str, ...] = (
    ";\n".join((*META, *audit.TABLES, *blobs.TABLES)) + ";\n" + _JOURNAL + guard_triggers(GUARDED),
)
"""Numbered steps of everything that is migrated, each a script; a step that was released is never changed."""
