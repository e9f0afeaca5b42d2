"""Open, create and close the encrypted file, and tell failures apart before anything is written.

Only a file that passed `diagnosis` is opened for writing. Nothing is ever overwritten or deleted on failure.
Imports the standard library, sqlcipher3 and this package's light modules only (DESIGN.md 3, lazy start).
What callers need of `connection` is offered here too.

Source: TECH.md 2 (damage table), SYNC.md 4 (settings).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.store.connection import Connection, TellingConnection, connect, statements, transaction
from avrr_desktop.store.diagnosis import APPLICATION_ID, look_inside, look_outside
from avrr_desktop.store.errors import ForeignFile, KeyMalformed, StoreExists, StoreFailure, StoreNewer, told_apart
from avrr_desktop.store.lock import StoreLock

__all__ = [
    "META",
    "Connection",
    "File",
    "connect",
    "create_file",
    "open_file",
    "statements",
    "sync_folder",
    "transaction",
]

META = ("CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID",)
"""First statements of every store; the row "store_id" is written by `create_file`."""

_WRITER = ("journal_mode=WAL", "synchronous=FULL")


class File:
    """
    An open store file.

    Attributes:
        path: Where it lies.
        store_id: As written at creation.
        schema_version: Number of steps this file has gone through.
        was_clean: False when a process that wrote did not close the file, and since then nobody said `believe`.
        writer: The one writing connection; autocommit, so every transaction begins explicitly (`transaction`).
        reader: A second connection that refuses to write.

    Connections may move between threads but are used by one thread at a time.
    """

    def __init__(self, path: Path, key: bytes, lock: StoreLock, store_id: str, schema_version: int) -> None:
        self.path = path
        self.store_id = store_id
        self.schema_version = schema_version
        self.was_clean = not (_left_open(path) or _mark_of(path).exists())
        self.writer: Connection = None
        self.reader: Connection = None
        self._is_doubtful = False
        self._is_closed = False
        self._key = key
        self._lock = lock
        if not self.was_clean:
            self.mark_unchecked()
        self._connect()

    def __enter__(self) -> File:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def key(self) -> bytes:
        """The raw key, for copies and for the checks that run beside (`integrity.check_file`)."""
        return self._key

    @property
    def is_sound(self) -> bool:
        """Tell whether neither connection met an error of the disk or the file."""
        return self.writer is not None and not self._is_doubtful and self.can_read

    @property
    def can_read(self) -> bool:
        """Tell whether the reader met no such error; it goes on where only writing is refused."""
        return self.reader is not None and not self.reader.has_failed

    def doubt(self) -> None:
        """Remember that the writer met an error of the disk or the file."""
        self._is_doubtful = True

    def reopen(self) -> None:
        """
        Make both connections anew: after DiskFailed nothing is retried on the same handle.

        Raises:
            StoreFailure: The disk still refuses. There is no writer now, and the reader stays as it was; the next
                call tries again.
        """
        if self._is_closed:
            raise RuntimeError("the store is closed")
        if self.writer is not None:
            self.writer.close()
            self.writer = None
        before = self.reader
        self._connect()
        if before is not None:
            before.close()
        self._is_doubtful = False

    def mark_unchecked(self) -> None:
        """Make every start find this file unclean until somebody says `believe`, also when it is closed well."""
        with suppress(OSError):  # a disk that takes no empty file must not keep the office from being read
            _mark_of(self.path).touch(0o600)
            sync_folder(self.path.parent)

    def believe(self) -> None:
        """Say that both integrity checks found nothing."""
        with told_apart():
            _mark_of(self.path).unlink(missing_ok=True)

    def empty_log(self) -> None:
        """Write the log into the file and cut it to nothing: the last step of every erasure (SYNC.md 5)."""
        try:
            with told_apart():
                self.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except StoreFailure:
            self.doubt()
            raise

    def close(self) -> None:
        """Empty the write-ahead log into the file, close it and let the next program in; may be called twice."""
        self._is_closed = True
        try:
            self._disconnect()
        finally:
            self._lock.release()

    def _connect(self) -> None:
        made: list[Connection] = []
        try:
            with told_apart():
                for kind, settings in ((sqlcipher.Connection, _WRITER), (TellingConnection, ("query_only=ON",))):
                    made.append(connect(self.path, self._key, kind=kind))
                    for setting in settings:
                        made[-1].execute(f"PRAGMA {setting}")
        except BaseException:
            for connection in made:
                connection.close()
            raise
        self.writer, self.reader = made

    def _disconnect(self) -> None:
        for connection in (self.reader, self.writer):
            if connection is not None:
                connection.close()
        self.reader = self.writer = None


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
            for rest in (part, part.with_name(part.name + "-journal")):
                rest.unlink(missing_ok=True)  # left by a first run that was cut short; never held a value
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
    look_outside(path)
    lock = StoreLock(path)
    try:
        store_id, version = look_inside(path, key, key_is_right)
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
        # Not through a write-ahead log: a checkpoint that fails while closing is not reported, and the log would
        # stay behind when the file gets its name. The first opening switches to it.
        connection.execute("PRAGMA synchronous=FULL")
        with transaction(connection):
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            for step in steps:
                for statement in statements(step):
                    connection.execute(statement)
            connection.execute("INSERT INTO meta (name, value) VALUES ('store_id', ?)", (store_id,))
            connection.execute(f"PRAGMA user_version={len(steps)}")
    finally:
        connection.close()


def _mark_of(path: Path) -> Path:
    """Return the empty file that says the store was left open and not looked over since."""
    return path.with_name(path.name + ".unchecked")


def _left_open(path: Path) -> bool:
    """SQLite deletes the log when the last connection closes, so a log with bytes means nobody closed."""
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0
