"""Open, create and close the encrypted file, and tell failures apart before anything is written.

The file is first read through a read-only connection, which neither replays nor empties the write-ahead log
into it; only a file that passed is opened for writing. Nothing is ever overwritten or deleted on failure.
Imports the standard library, sqlcipher3 and this package's light modules only (DESIGN.md 3, lazy start).

Source: TECH.md 2 (damage table), SYNC.md 4 (settings).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.store import pages
from avrr_desktop.store.errors import (
    ForeignFile,
    KeyMalformed,
    ReadOnly,
    StoreDamaged,
    StoreEmpty,
    StoreExists,
    StoreMissing,
    StoreNewer,
    StoreTruncated,
    WrongKey,
    of_os,
    told_apart,
)
from avrr_desktop.store.lock import StoreLock

Connection = Any
"""A sqlcipher3 connection; the package ships no types."""

APPLICATION_ID = 0x41565252
"""The letters AVRR, kept in the database header."""

META = ("CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",)
"""First statements of every store; the row "store_id" is written by `create_file`."""

_SETTINGS = (
    "cipher_log_level=NONE",
    "busy_timeout=5000",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "fullfsync=ON",  # heard by macOS only
    "checkpoint_fullfsync=ON",
)
_WRITER = ("journal_mode=WAL", "synchronous=FULL")


class File:
    """
    An open store file.

    Attributes:
        path: Where it lies.
        store_id: As written at creation.
        schema_version: Number of steps this file has gone through.
        was_clean: False when the last process that wrote did not close the file.
        writer: The one writing connection; autocommit, so every transaction begins explicitly (`transaction`).
        reader: A second connection that refuses to write.

    Connections may move between threads but are used by one thread at a time.
    """

    def __init__(self, path: Path, key: bytes, lock: StoreLock, store_id: str, schema_version: int) -> None:
        self.path = path
        self.store_id = store_id
        self.schema_version = schema_version
        self.was_clean = not _left_open(path)
        self.writer: Connection = None
        self.reader: Connection = None
        self._key = key
        self._lock = lock
        self._connect()

    def __enter__(self) -> File:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def key(self) -> bytes:
        """The raw key, for copies and for the checks that run beside (`integrity.check_file`)."""
        return self._key

    def reopen(self) -> None:
        """Close both connections and open them anew: after DiskFailed nothing is retried on the same handle."""
        self._disconnect()
        self._connect()

    def empty_log(self) -> None:
        """Write the log into the file and cut it to nothing: the last step of every erasure (SYNC.md 5)."""
        with told_apart():
            self.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Empty the write-ahead log into the file, close it and let the next program in; may be called twice."""
        try:
            self._disconnect()
        finally:
            self._lock.release()

    def _connect(self) -> None:
        with told_apart():
            self.writer = connect(self.path, self._key)
            for setting in _WRITER:
                self.writer.execute(f"PRAGMA {setting}")
            self.reader = connect(self.path, self._key)
            self.reader.execute("PRAGMA query_only=ON")

    def _disconnect(self) -> None:
        for connection in (self.reader, self.writer):
            if connection is not None:
                connection.close()
        self.reader = self.writer = None


def connect(path: Path, key: bytes, *, mode: str = "rw") -> Connection:
    """
    Open a keyed connection in autocommit with the settings of every connection.

    Args:
        path: The file.
        key: 32 bytes.
        mode: "ro", "rw" or "rwc" (may create), as in SQLite's file addresses.

    Raises:
        KeyMalformed: The key is not 32 bytes.
    """
    key_hex = key.hex()
    if len(key_hex) != 64:
        raise KeyMalformed(len(key))
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA key=\"x'{key_hex}'\"")  # must be the first statement
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """Run the block in one BEGIN IMMEDIATE transaction: committed at its end, rolled back on any exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def statements(script: str) -> list[str]:
    """Split a script of SQL at the ends of its statements; triggers and texts with semicolons stay whole."""
    found: list[str] = []
    pending = ""
    for part in script.split(";"):
        pending += part + ";"
        if sqlcipher.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    if pending.strip(" \n\t;"):
        found.append(pending.strip(" \n\t;"))
    return [statement for statement in found if statement.strip(" \n\t;")]


def create_file(path: Path, key: bytes, *, store_id: str, steps: Sequence[str]) -> None:
    """
    Make a new encrypted file; it appears under its name only when it is complete.

    Args:
        path: Where nothing lies yet, in an existing folder.
        key: 32 random bytes.
        store_id: Written into the file; never changes.
        steps: Every numbered step, each a script of one or more statements; the first begins with `META`.

    Raises:
        StoreExists: Something is there already.
        StoreInUse: Another process is making it.
        ReadOnly, DiskFull, DiskFailed: The disk refuses.
    """
    if path.exists():
        raise StoreExists()
    lock = StoreLock(path)
    part = path.with_name(path.name + ".part")
    try:
        with told_apart():
            if path.exists():
                raise StoreExists()
            part.unlink(missing_ok=True)  # left by a first run that was cut short; never held a value
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _fill(part, key, store_id, steps)
            os.rename(part, path)
            sync_folder(path.parent)
    finally:
        lock.release()


def open_file(
    path: Path,
    key: bytes,
    *,
    expected_id: str | None = None,
    known_version: int | None = None,
    key_is_right: bool | None = None,
) -> File:
    """
    Open an existing store for this process alone.

    Args:
        path: The file.
        key: 32 bytes.
        expected_id: Refuse a store with another id; None: any.
        known_version: Number of steps this program knows; None: accept any.
        key_is_right: What the verifier in the key file says about *key*; None: not known, told from the pages.

    Raises:
        StoreMissing, StoreEmpty, ForeignFile, WrongKey, StoreDamaged, StoreTruncated, StoreNewer, StoreInUse,
        ReadOnly, DiskFull, DiskFailed: Told apart; the file's bytes are as they were.
    """
    if len(key) != 32:
        raise KeyMalformed(len(key))
    _look_outside(path)
    lock = StoreLock(path)
    try:
        store_id, version = _look_inside(path, key, key_is_right)
        if expected_id is not None and store_id != expected_id:
            raise ForeignFile(why="another")
        if known_version is not None and version > known_version:
            raise StoreNewer(found=version, known=known_version)
        return File(path, key, lock, store_id, version)
    except BaseException:
        lock.release()
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable; Windows has no such call, NTFS journals them."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(path: Path, key: bytes, store_id: str, steps: Sequence[str]) -> None:
    connection = connect(path, key)
    try:
        for setting in _WRITER:
            connection.execute(f"PRAGMA {setting}")
        with transaction(connection):
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            for step in steps:
                for statement in statements(step):
                    connection.execute(statement)
            connection.execute("INSERT INTO meta (name, value) VALUES ('store_id', ?)", (store_id,))
            connection.execute(f"PRAGMA user_version={len(steps)}")
    finally:
        connection.close()


def _left_open(path: Path) -> bool:
    """SQLite deletes the log when the last connection closes, so a log with bytes means nobody closed."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _look_outside(path: Path) -> None:
    """Refuse what needs no key to be refused."""
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


def _look_inside(path: Path, key: bytes, key_is_right: bool | None) -> tuple[str, int]:
    """Return store id and schema version through a connection that cannot write, or tell why not."""
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
