"""Bring the journal, audit, key and blob tables of an older file to today's, one numbered step at a time.

Typed tables are no business of this module: they are dropped and rebuilt from the journal (DESIGN.md 5.1).
Before each step a copy is written beside the store, encrypted with the same key, opened anew and checked. A step
is one transaction that ends with checks; whatever stops it leaves the file as it was.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path

from avrr_desktop.store.errors import StoreFailure, StoreNewer, UpgradeFailed, of_sqlite, told_apart
from avrr_desktop.store.file import File, connect, statements, sync_folder, transaction
from avrr_desktop.store.integrity import check


def upgrade(file: File, steps: Sequence[str]) -> tuple[Path, ...]:
    """
    Run the steps the file has not gone through and return the copies made before them, oldest first.

    Args:
        file: Open; its `schema_version` follows.
        steps: Every step this program knows, in order; the position of a step is its number for ever.

    Raises:
        StoreNewer: The file has gone through steps this program does not know; nothing was written.
        UpgradeFailed: A copy, a step or the check after it failed.
        DiskFull, ReadOnly, DiskFailed: The disk refused; the file is as before the step.
    """
    if file.schema_version > len(steps):
        raise StoreNewer(found=file.schema_version, known=len(steps))
    copies: list[Path] = []
    for number in range(file.schema_version + 1, len(steps) + 1):
        copies.append(_copy(file, number))
        _run(file, number, steps[number - 1])
        file.schema_version = number
    return tuple(copies)


def copies_of(store: Path) -> tuple[Path, ...]:
    """Return the copies kept beside *store*, in order of their names."""
    found = store.parent.glob(f"{store.name}.before-*")
    return tuple(sorted(path for path in found if path.name.rpartition("-")[2].isdecimal()))


def forget_copies(store: Path, spare: Collection[Path] = ()) -> int:
    """
    Remove the copies and return how many: only after a start on which the upgraded file passed its checks.

    Args:
        spare: Copies made by this very start; they stay until the next good one.
    """
    copies = [copy for copy in copies_of(store) if copy not in spare]
    with told_apart():
        for copy in copies:
            copy.unlink()
    return len(copies)


def _copy(file: File, number: int) -> Path:
    """Write the checked copy; an older one of the same step is replaced only by one that passed."""
    copy = file.path.with_name(f"{file.path.name}.before-{number}")
    part = copy.with_name(copy.name + ".part")
    with told_apart():
        _remove(part)  # left by a process that was killed; its log must not be replayed into the new copy
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _fill(file, part)
            if not _is_copy(file, part):
                raise UpgradeFailed(step=number, why="copy")
            os.replace(part, copy)
            sync_folder(copy.parent)
        except BaseException:
            _remove(part)
            raise
    return copy


def _remove(part: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        part.with_name(part.name + suffix).unlink(missing_ok=True)


def _fill(file: File, part: Path) -> None:
    target = connect(part, file.key)
    try:
        target.execute("PRAGMA synchronous=FULL")
        file.writer.backup(target)
    finally:
        target.close()


def _is_copy(file: File, part: Path) -> bool:
    connection = connect(part, file.key)
    try:
        store_id = connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchone()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return store_id == (file.store_id,) and version == file.schema_version and check(connection).ok
    finally:
        connection.close()


def _run(file: File, number: int, step: str) -> None:
    try:
        with transaction(file.writer) as connection:
            for statement in statements(step):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={number}")
            if connection.execute("PRAGMA foreign_key_check").fetchone() or not check(connection).ok:
                raise UpgradeFailed(step=number, why="check")
    except StoreFailure:
        raise
    except Exception as error:
        raise of_sqlite(error) or UpgradeFailed(step=number, why="step") from error
