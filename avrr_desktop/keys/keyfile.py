"""The key file on disk: two checksummed copies beside the store, `NAME.keys.a` and `NAME.keys.b`.

A rewrite makes one copy new and durable (`.part`, fsync, rename, fsync of the folder) before it touches the other,
and begins with the copy that is damaged, missing or older. So at every instant one whole copy lies on the medium.
The newest valid copy wins. Two valid copies of different stores, or different ones of the same generation, cannot come
from this program; they are refused rather than guessed at.

One process writes at a time (the program holds the store's lock); a rewrite also refuses when the generation on disk
is not the one its caller read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.keys.disk import Disk, LocalDisk
from avrr_desktop.keys.encoding import MOST_BYTES, check_key_set, decode, encode
from avrr_desktop.keys.errors import (
    KeyFileChanged,
    KeyFileDamaged,
    KeyFileExists,
    KeyFileMissing,
    KeyFileUnwritten,
)
from avrr_desktop.keys.slots import KeySet


@dataclass(frozen=True, slots=True)
class KeyFile:
    """
    Read and rewrite the sidecar of one store.

    Attributes:
        store_path: The store's own file; only its name and folder are used.
        disk: Seam for tests.
    """

    store_path: Path
    disk: Disk = field(default_factory=LocalDisk, repr=False)

    @property
    def copies(self) -> tuple[Path, Path]:
        """Return the paths of the two copies."""
        name = self.store_path.name
        return self.store_path.with_name(f"{name}.keys.a"), self.store_path.with_name(f"{name}.keys.b")

    def exists(self) -> bool:
        """Tell whether there is a copy, whole or damaged."""
        return any(data is not None for data in self._read_all())

    def read(self) -> KeySet:
        """
        Return the newest valid copy.

        Raises:
            KeyFileMissing: There is no copy.
            KeyFileNewer: An intact copy is of a later version.
            KeyFileDamaged: No copy is valid, or valid copies contradict each other.
        """
        contents = self._read_all()
        if contents == [None, None]:
            raise KeyFileMissing()
        valid = [keys for keys in map(_decode, contents) if keys is not None]
        if not valid:
            raise KeyFileDamaged(why="both-copies")
        newest = max(valid, key=lambda keys: keys.generation)
        if any(keys.store != newest.store for keys in valid):
            raise KeyFileDamaged(why="stores-differ")
        if any(keys.generation == newest.generation and keys != newest for keys in valid):
            raise KeyFileDamaged(why="copies-differ")
        return newest

    def create(self, keys: KeySet) -> None:
        """
        Write the first generation.

        Raises:
            KeyFileExists: There is a copy already, even a damaged one: it may be all that opens a store.
            KeyFileUnwritten: The disk refused.
        """
        if self.exists():
            raise KeyFileExists()
        self._write(keys)

    def rewrite(self, keys: KeySet) -> None:
        """
        Replace the previous generation by *keys*, both copies.

        Raises:
            KeyFileChanged: The file on disk is not the generation before *keys*.
            KeyFileUnwritten: The disk refused; what was valid before, or *keys*, still is.
        """
        found = self.read().generation
        if found != keys.generation - 1:
            raise KeyFileChanged(found=found, expected=keys.generation - 1)
        self._write(keys)

    def mend(self) -> bool:
        """
        Make both copies the newest valid one; tell whether anything was to be done.

        To be called after a successful opening, when the medium can be written.
        """
        newest = self.read()
        data = encode(newest)
        stale = [path for path, found in zip(self.copies, self._read_all(), strict=True) if found != data]
        for path in stale:
            self._replace(path, data)
        return bool(stale)

    def _read_all(self) -> list[bytes | None]:
        return [_read(self.disk, path) for path in self.copies]

    def _write(self, keys: KeySet) -> None:
        data = encode(check_key_set(keys))
        if len(data) > MOST_BYTES:
            raise KeyFileUnwritten(errno=0)
        for path in sorted(self.copies, key=self._generation):
            self._replace(path, data)

    def _generation(self, path: Path) -> int:
        """Return the generation of a copy, 0 when it is missing or damaged."""
        keys = _decode(_read(self.disk, path))
        return keys.generation if keys else 0

    def _replace(self, path: Path, data: bytes) -> None:
        part = path.with_name(f"{path.name}.part")
        try:
            self.disk.write(part, data)
            self.disk.sync(part)
            self.disk.rename(part, path)
            self.disk.sync_folder(path.parent)
        except OSError as e:
            raise KeyFileUnwritten(errno=e.errno or 0) from e


def _read(disk: Disk, path: Path) -> bytes | None:
    """Return what can be read; an unreadable copy counts as an empty, thus damaged, one."""
    try:
        return disk.read(path, MOST_BYTES)
    except OSError:
        return b""


def _decode(data: bytes | None) -> KeySet | None:
    """Return the key set of one copy, None when it is missing or damaged; a newer one is not swallowed."""
    if data is None:
        return None
    try:
        return decode(data)
    except KeyFileDamaged:
        return None
