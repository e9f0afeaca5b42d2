"""Import, duplicate import and rebuild, against the bare rows written in one transaction."""

from __future__ import annotations

import random
import statistics
from typing import Any

from measure import IS_FULL, Ratio, once
from reference import check_signature, core_ops, entity_id, folder, reference, sealed
from store import connect

from avrr_desktop.domain.sections import Section, case_stream
from avrr_desktop.journal.commit import Commit
from avrr_desktop.store.store import Store

OPS = 100_000 if IS_FULL else 10_000
A_COMMIT = 10
BESIDE = ("blob", "audit", "guard", "state", "meta", "open_commit", "open_op", "quarantine")
"""Tables an import does not fill."""


def _commits(officer: str) -> list[Commit]:
    """Seal `OPS` values, ten a commit, as cases of section core."""
    chance = random.Random(7)
    made: list[Commit] = []
    number = 10**7
    while len(made) < OPS // A_COMMIT:
        number += 1
        case = entity_id("import", number)
        ops = list(core_ops(chance, case, number, officer, is_rare=False))
        stream, previous = case_stream(case, Section.CORE), None
        for n, start in enumerate(range(0, len(ops) - A_COMMIT + 1, A_COMMIT), 1):
            made.append(sealed(stream, officer, ops[start : start + A_COMMIT], number, n=n, previous=previous))
            previous = made[-1].cid
    return made[: OPS // A_COMMIT]


def _tables(reader: Any) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table that an import fills, internal tables of the index left out."""
    names = [
        name
        for (name,) in reader.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        if not name.startswith(("search_text_", "sqlite_")) and name not in BESIDE
    ]
    columns = {"search_text": "rowid, native, latin, number, phone"}
    return {name: reader.execute(f'SELECT {columns.get(name, "*")} FROM "{name}"').fetchall() for name in names}


def _write(bare: Any, rows: dict[str, list[tuple[object, ...]]]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for name, held in rows.items():
        if held:
            marks = ", ".join("?" * len(held[0]))
            into = "search_text (rowid, native, latin, number, phone)" if name == "search_text" else f'"{name}"'
            bare.executemany(f"INSERT INTO {into} VALUES ({marks})", held)
    bare.execute("COMMIT")


def bench_import() -> list[Ratio]:
    """Take in verified commits of ten values; bare: executemany of the same final rows, same indexes and FTS."""
    office = reference(0)
    commits = _commits(office.unlocked.officer)
    imports: list[float] = []
    again: list[float] = []
    rebuilds: list[float] = []
    writes: list[float] = []
    key = office.unlocked.key.reveal()
    for number in range(3):
        path = folder() / "import.db"
        path.write_bytes(office.store_path.read_bytes())
        store = Store.open(path, key, device="d" * 26, sign=lambda message: bytes(64))  # type: ignore[arg-type]
        before = _tables(store._file.reader)
        imports.append(once(lambda store=store: store.apply(commits, check_signature)))
        again.append(once(lambda store=store: store.apply(commits, check_signature)))
        after = _tables(store._file.reader)
        rebuilds.append(once(store.rebuild))
        schema = store._file.reader.execute(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index')"
            " AND name NOT LIKE 'search_text_%' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        store.close()
        bare = connect(folder() / f"bare{number}.db", key)
        for (sql,) in schema:
            bare.execute(sql)
        known = {name: set(rows) for name, rows in before.items()}
        new = {name: [row for row in rows if row not in known[name]] for name, rows in after.items()}
        if len(new["op"]) != OPS:
            raise RuntimeError("the import did not take in every value")
        writes.append(once(lambda bare=bare, new=new: _write(bare, new)))
        bare.close()
    first, second, rebuilt, bare_ms = (statistics.median(times) for times in (imports, again, rebuilds, writes))
    size = f"{OPS:,} values, {A_COMMIT} a commit"
    return [
        Ratio("import, verified and merged / executemany of the final rows", first, bare_ms, 15, size),
        Ratio("duplicate import / the first", second, first, 0.3, size),
        Ratio("rebuild / import", rebuilt, first, 1.2, size),
    ]
