"""Attachments: write-once encrypted chunks beside the database, their keys inside it.

A blob is cut into chunks of at most 1 MiB on disk, `<id>.<chunk>`, AES-256-GCM under a random key of its own; the
nonce is the chunk's number, the associated data binds id, number, count and size, so no chunk can be swapped,
moved or dropped unseen. The chunks are durable before the row exists, so a crash leaves orphans and never a row
without its blob. Deleting the row destroys the only key: what remains on disk, copies included, is noise.

Source: SYNC.md 1.4.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from avrr_desktop.domain.ids import BlobId, RandomBytes, is_id, new_id
from avrr_desktop.store.errors import BlobDamaged, BlobMissing, BlobUnknown, told_apart
from avrr_desktop.store.file import Connection, sync_folder

TABLES = (
    """CREATE TABLE blob (
    id TEXT PRIMARY KEY NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    size INTEGER NOT NULL,
    chunks INTEGER NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    media_type TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE TRIGGER blob_keeps BEFORE UPDATE ON blob BEGIN SELECT RAISE(ABORT, 'blob: written once'); END",
)
"""Statements of the first numbered step."""

CHUNK = 1 << 20
"""Bytes of a chunk on disk, tag included (SYNC.md 1.4)."""

MOST_LEAVINGS = 3
"""Attachments without a row that some kills in a row may leave."""
_TAG = 16
_PLAIN = CHUNK - _TAG


@dataclass(frozen=True, slots=True)
class BlobRow:
    """What the database keeps of a blob; *sha256* is of the plain bytes, *size* in bytes."""

    id: BlobId
    key: bytes
    size: int
    chunks: int
    sha256: bytes
    media_type: str


class Blobs:
    """The folder of blobs that belongs to one store."""

    def __init__(self, store: Path, random_bytes: RandomBytes = secrets.token_bytes) -> None:
        """Use the folder `<store>.blobs`, made on first writing."""
        self.folder = store.with_name(store.name + ".blobs")
        self._random_bytes = random_bytes
        self._written: set[str] = set()
        self._is_closed = False

    def close(self) -> None:
        """Leave the folder to the next opening: a worker that is still collecting removes nothing any more."""
        self._is_closed = True

    def attach(self, connection: Connection, data: bytes, media_type: str) -> BlobId:
        """Write the chunks durably, then the row in the caller's transaction; see `write` for failures."""
        row = self.write(data, media_type)
        self.record(connection, row)
        return row.id

    def write(self, data: bytes, media_type: str) -> BlobRow:
        """
        Encrypt and write the chunks; when this returns they survive a power cut.

        Raises:
            DiskFull, ReadOnly, DiskFailed: Nothing refers to what was written; the next start removes it (`leavings`).
        """
        row = BlobRow(
            id=BlobId(new_id(self._random_bytes)),
            key=self._random_bytes(32),
            size=len(data),
            chunks=max(1, -(-len(data) // _PLAIN)),
            sha256=hashlib.sha256(data).digest(),
            media_type=media_type,
        )
        cipher = AESGCM(row.key)
        self._written.add(row.id)  # before there is a file, see `leavings`
        with told_apart():
            if not self.folder.is_dir():
                self.folder.mkdir(mode=0o700)
                sync_folder(self.folder.parent)
            for number in range(row.chunks):
                plain = data[number * _PLAIN : (number + 1) * _PLAIN]
                _write_once(self._path(row.id, number), cipher.encrypt(_nonce(number), plain, _bound(row, number)))
            sync_folder(self.folder)
        return row

    def record(self, connection: Connection, row: BlobRow) -> None:
        """Write the row of a durable blob in the caller's transaction."""
        connection.execute(
            "INSERT INTO blob (id, key, size, chunks, sha256, media_type) VALUES (?, ?, ?, ?, ?, ?)",
            (row.id, row.key, row.size, row.chunks, row.sha256, row.media_type),
        )

    def row(self, connection: Connection, blob: BlobId) -> BlobRow:
        """Return the row of *blob*; BlobUnknown when it was never held or is shredded."""
        found = connection.execute(
            "SELECT id, key, size, chunks, sha256, media_type FROM blob WHERE id = ?", (blob,)
        ).fetchone()
        if found is None:
            raise BlobUnknown(blob=blob)
        return BlobRow(*found)

    def read(self, connection: Connection, blob: BlobId) -> bytes:
        """
        Return the plain bytes.

        Raises:
            BlobUnknown, BlobMissing, BlobDamaged: The last two name the chunk; nothing is released.
        """
        return b"".join(self.chunks(self.row(connection, blob)))

    def chunks(self, row: BlobRow) -> Iterator[bytes]:
        """Yield the plain chunks in order, each authenticated; failures as in `read`."""
        cipher = AESGCM(row.key)
        for number in range(row.chunks):
            try:
                with told_apart(), self._open(row.id, number) as file:
                    sealed = file.read(CHUNK + 1)
                yield cipher.decrypt(_nonce(number), sealed, _bound(row, number))
            except InvalidTag as error:
                raise BlobDamaged(blob=row.id, chunk=number) from error

    def check(self, connection: Connection) -> tuple[BlobMissing | BlobDamaged, ...]:
        """Read every blob the database knows and return the first failure of each that is not whole."""
        failures: list[BlobMissing | BlobDamaged] = []
        ids = [BlobId(row[0]) for row in connection.execute("SELECT id FROM blob ORDER BY id")]
        for blob in ids:
            try:
                for _ in self.chunks(self.row(connection, blob)):
                    pass
            except (BlobMissing, BlobDamaged) as failure:
                failures.append(failure)
        return tuple(failures)

    def shred(self, connection: Connection, blob: BlobId) -> None:
        """
        Destroy the key in the caller's transaction; the chunks can never be read again.

        After the commit call `File.empty_log`, so that no older page keeps the key, and `collect_orphans`.
        BlobUnknown when there is no such row.
        """
        if connection.execute("DELETE FROM blob WHERE id = ?", (blob,)).rowcount != 1:
            raise BlobUnknown(blob=blob)

    def collect_orphans(self, connection: Connection) -> int:
        """
        Remove the chunks no row refers to and return how many.

        Call it between transactions, in a store whose checks are clean: a chunk written a moment ago by an open
        transaction has no row yet. Files with other names are left alone.
        """
        if connection.in_transaction:
            raise RuntimeError("orphans are collected between transactions")
        return self._remove(self._unknown(connection))

    def leavings(self, connection: Connection) -> list[Path]:
        """
        Return the orphans of earlier starts: safe in a worker while this store is written to.

        The folder is listed before the rows are read, and no chunk written through this object is among them, so a
        chunk whose row is on its way is left alone; after `close` there are none. A kill leaves one attachment
        without its row; with more than `MOST_LEAVINGS` of them the store is older than the folder beside it (a copy put
        back), and what it does not know is somebody's only picture: there are none either.
        """
        found = [path for path in self._unknown(connection) if path.name.partition(".")[0] not in self._written]
        is_of_another_day = len({path.name.partition(".")[0] for path in found}) > MOST_LEAVINGS
        return [] if self._is_closed or is_of_another_day else found

    def collect_leavings(self, connection: Connection) -> int:
        """Remove the orphans of earlier starts, in a store whose checks are clean, and return how many."""
        return self._remove(self.leavings(connection))

    def _unknown(self, connection: Connection) -> list[Path]:
        with told_apart():
            found = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
            known = {
                (row[0], number)
                for row in connection.execute("SELECT id, chunks FROM blob")
                for number in range(row[1])
            }
        chunks = ((path, _chunk_of(path.name)) for path in found)
        return [path for path, chunk in chunks if chunk is not None and chunk not in known]

    def _remove(self, paths: list[Path]) -> int:
        with told_apart():
            for path in paths:
                path.unlink()
            if paths:
                sync_folder(self.folder)
        return len(paths)

    def _path(self, blob: str, number: int) -> Path:
        return self.folder / f"{blob}.{number}"

    def _open(self, blob: BlobId, number: int) -> BinaryIO:
        try:
            return self._path(blob, number).open("rb")
        except FileNotFoundError as error:
            raise BlobMissing(blob=blob, chunk=number) from error


def _chunk_of(name: str) -> tuple[str, int] | None:
    blob, _, number = name.partition(".")
    return (blob, int(number)) if is_id(blob) and number.isascii() and number.isdecimal() else None


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _bound(row: BlobRow, number: int) -> bytes:
    return f"avrr-blob-1 {row.id} {number} {row.chunks} {row.size}".encode()


def _write_once(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
