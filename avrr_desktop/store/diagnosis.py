"""Tell what a file is before anything is written to it.

It is read through a read-only connection, which neither replays nor empties the write-ahead log into it. Only
when SQLCipher cannot read it are the raw pages looked at (`pages`). Source: TECH.md 2 (damage table).
"""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.store import pages
from avrr_desktop.store.connection import connect
from avrr_desktop.store.errors import (
    ForeignFile,
    ReadOnly,
    StoreDamaged,
    StoreEmpty,
    StoreMissing,
    StoreTruncated,
    WrongKey,
    of_os,
    told_apart,
)

APPLICATION_ID = 0x41565252
"""The letters AVRR, kept in the database header."""


def look_outside(path: Path) -> None:
    """
    Refuse what needs no key to be refused.

    Raises:
        StoreMissing, StoreEmpty, ForeignFile, ReadOnly, DiskFailed: Told apart; nothing is made or written.
    """
    try:
        if path.is_dir():
            raise ForeignFile(why="folder")
        with path.open("rb") as file:
            start = file.read(len(pages.PLAIN_HEADER))
    except FileNotFoundError as error:
        raise StoreMissing() from error
    except OSError as error:
        raise of_os(error) from error
    if not start:
        raise StoreEmpty()
    if start == pages.PLAIN_HEADER:
        raise ForeignFile(why="plain")
    try:
        path.open("r+b").close()  # SQLite itself would fall back to reading without a word
    except OSError as error:
        raise ReadOnly() from error


def look_inside(path: Path, key: bytes, key_is_right: bool | None) -> tuple[str, int]:
    """
    Return store id and schema version through a connection that cannot write.

    Args:
        path: A file that passed `look_outside`; this process has it open nowhere.
        key: 32 bytes.
        key_is_right: See `file.open_file`.

    Raises:
        ForeignFile, WrongKey, StoreDamaged, StoreTruncated, ReadOnly, DiskFailed: Told apart.
    """
    connection = None
    try:
        connection = connect(path, key, mode="ro")
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        needed = connection.execute("PRAGMA page_count").fetchone()[0]
        if application != APPLICATION_ID:
            raise ForeignFile(why="application")
        row = connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchone()
    except sqlcipher.DatabaseError as error:
        if connection is not None:
            connection.close()
        if error.sqlite_errorcode & 0xFF in (11, 26):  # CORRUPT, NOTADB
            raise _diagnosis(path, key, key_is_right) from error
        with told_apart():
            raise
    finally:
        if connection is not None:
            connection.close()
    _look_at_end(path, needed)
    if row is None:
        raise StoreDamaged(page=None)
    return str(row[0]), int(version)


def _look_at_end(path: Path, needed: int) -> None:
    size = path.stat().st_size
    held = size // pages.PAGE
    missing = size % pages.PAGE != 0 or held < needed
    if missing and not set(range(held + 1, needed + 1)) <= pages.pages_in_wal(path):
        raise StoreTruncated(found=size, expected=needed * pages.PAGE)


def _diagnosis(
    path: Path, key: bytes, key_is_right: bool | None
) -> WrongKey | ForeignFile | StoreDamaged | StoreTruncated:
    """Tell why SQLCipher could not read the file; called only when no connection is open."""
    good = list(pages.good_pages(path, key))
    size = path.stat().st_size
    if any(good):
        if good[0] and (size % pages.PAGE or all(good)):
            return StoreTruncated(found=size, expected=None)
        return StoreDamaged(page=good.index(False) + 1)
    if not pages.looks_random(path):
        return ForeignFile(why="random")
    if key_is_right is not True:
        return WrongKey()
    if size < pages.PAGE:
        return StoreTruncated(found=size, expected=None)
    return ForeignFile(why="random") if size % pages.PAGE else StoreDamaged(page=1)
