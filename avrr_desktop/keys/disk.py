"""The few things a durable rewrite asks of a disk, as a seam for tests that lose power."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """Where the two copies lie; every method may raise OSError."""

    def read(self, path: Path, most_bytes: int) -> bytes | None:
        """Return at most *most_bytes* + 1 bytes; None when there is no such file."""

    def write(self, path: Path, data: bytes) -> None:
        """Create or overwrite the file; not yet durable."""

    def sync(self, path: Path) -> None:
        """Make the file's content durable."""

    def rename(self, source: Path, target: Path) -> None:
        """Replace *target* by *source* in one step; not yet durable."""

    def sync_folder(self, folder: Path) -> None:
        """Make the names in *folder* durable."""


class LocalDisk:
    """The disk of this computer; files are readable by the owner only."""

    def read(self, path: Path, most_bytes: int) -> bytes | None:
        """See `Disk`; what is not a regular file reads as empty."""
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                return b""
            with path.open("rb") as file:
                return file.read(most_bytes + 1)
        except FileNotFoundError:
            return None

    def write(self, path: Path, data: bytes) -> None:
        """See `Disk`."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(data)

    def sync(self, path: Path) -> None:
        """See `Disk`; macOS needs F_FULLFSYNC to reach the medium."""
        with path.open("r+b") as file:
            if sys.platform == "darwin":
                import fcntl

                fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
            else:
                os.fsync(file.fileno())

    def rename(self, source: Path, target: Path) -> None:
        """See `Disk`."""
        os.replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        """See `Disk`; Windows has no such call, its rename is journalled by NTFS."""
        if os.name == "nt":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
