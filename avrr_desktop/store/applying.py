"""Take in commits of other laptops, and make anew whatever follows from the commits held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.clock import milliseconds
from avrr_desktop.journal.commit import Check, Commit, read_line, verify, write_line
from avrr_desktop.journal.hlc import witness
from avrr_desktop.store.door import Tools
from avrr_desktop.store.ledger import Ledger, Place
from avrr_desktop.store.projection import Projection
from avrr_desktop.store.rules import is_misplaced
from avrr_desktop.store.schema import PROJECTION, SCHEMA, guard_triggers
from avrr_desktop.store.sealing import Openings
from avrr_desktop.store.summary import FOLLOWED, SUMMARY_DDL, SUMMARY_TABLES, Summaries
from avrr_desktop.store.tables import typed_ddl, typed_tables

if TYPE_CHECKING:
    from avrr_desktop.store.file import Connection


@dataclass(frozen=True, slots=True)
class Applied:
    """
    What an import did.

    Attributes:
        new: Ids of commits that were new or brought new values.
        quarantined: (id, why) of commits that are kept and not applied: "section" (a known kind in a section that
            is not its own), "newer" (it needs a newer version of the program).
        changes: What is different now.
    """

    new: tuple[str, ...]
    quarantined: tuple[tuple[str, str], ...]
    changes: Changes


def verified(commits: Iterable[Commit], check: Check) -> tuple[Commit, ...]:
    """Return *commits* once every one of them is what its device signed; Forged or Altered otherwise."""
    held = tuple(commits)
    for commit in held:
        verify(commit, check)
    return held


def apply_commits(tools: Tools, commits: Iterable[Commit], now: datetime) -> Applied:
    """Apply verified commits inside one transaction; their order and repetition do not matter."""
    tools.openings.seal_all()  # rule 2: so the context at opening is the context at sealing
    wall, last = milliseconds(now), tools.openings.last()
    places: dict[Place, None] = {}
    new: list[str] = []
    quarantined: list[tuple[str, str]] = []
    for commit in commits:
        why = _why_not(commit)
        if why:
            tools.connection.execute(
                "INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?)", (commit.cid, why, write_line(commit))
            )
            quarantined.append((commit.cid, why))
            continue
        last = witness(last, commit.header.t, wall)
        touched = tools.ledger.apply(commit)
        if touched is not None:
            new.append(commit.cid)
            places |= dict.fromkeys(sorted(touched))
    tools.openings.remember(last)
    tools.projection.refresh(places)
    for place in places:
        tools.summaries.note(place)
    return Applied(tuple(new), tuple(quarantined), _changes(places))


def rebuild(connection: Connection, ledger: Ledger, openings: Openings) -> None:
    """Play every held commit again and write typed tables, summary and search anew, inside one transaction."""
    commits = ledger.commits(None)
    for table in ("op", "erased"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE register SET value = NULL, flags = 0")
    connection.execute("UPDATE stream SET held = '{}', named = '{}'")
    ledger.forget_streams()
    for commit in commits:
        ledger.replay(commit)
    _release(connection, ledger)
    _drop(connection)
    tables = typed_tables()
    for statement in (*typed_ddl(), *SUMMARY_DDL):
        connection.execute(statement)
    for trigger in guard_triggers((*tables, *SUMMARY_TABLES)).splitlines():
        connection.execute(trigger)
    rows = ledger.entities()
    Projection(connection, ledger, openings).refresh(Place(*row, "") for row in rows)
    summaries = Summaries(connection)
    for stream, kind, entity in rows:
        for register in FOLLOWED.get(kind, ()):
            summaries.note(Place(stream, kind, entity, register))
    summaries.write()
    connection.execute(
        "INSERT OR REPLACE INTO state VALUES ('projection', ?), ('typed', ?)", (PROJECTION, " ".join(tables))
    )


def _release(connection: Connection, ledger: Ledger) -> None:
    """Apply what was kept in quarantine and is understood now."""
    for cid, line in connection.execute("SELECT cid, line FROM quarantine ORDER BY cid").fetchall():
        commit = read_line(line)
        if not _why_not(commit):
            ledger.apply(commit)
            connection.execute("DELETE FROM quarantine WHERE cid = ?", (cid,))


def _drop(connection: Connection) -> None:
    """Drop what an earlier rebuild made, by the names it left."""
    row = connection.execute("SELECT value FROM state WHERE name = 'typed'").fetchone()
    if row is not None:
        for table in (*row[0].split(), *SUMMARY_TABLES, "search_text"):
            connection.execute(f'DROP TABLE IF EXISTS "{table}"')


def _why_not(commit: Commit) -> str:
    header = commit.header
    if header.min_reader > SCHEMA:
        return "newer"
    return "section" if any(is_misplaced(header.stream, key.type) for key in header.keys) else ""


def _changes(places: Iterable[Place]) -> Changes:
    held = tuple(places)
    cases = frozenset(p.stream.partition("/")[0] for p in held if not p.stream.startswith("office/"))
    return Changes(frozenset(p.kind for p in held), cases, frozenset(p.entity for p in held))
