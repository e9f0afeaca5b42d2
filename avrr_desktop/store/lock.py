"""One program per store: a lock the operating system gives back when the process dies, however it dies.

The lock lies in a file of its own, because closing any handle of the database file would drop the locks SQLite
holds on it (POSIX). The lock file holds no byte and stays; it is writable by everybody so that a second
account of the computer meets the lock and not a permission.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from avrr_desktop.store.errors import StoreInUse, of_os

Take = Callable[[int], None]
"""Lock the whole file behind a descriptor at once or raise OSError."""


def take_flock(descriptor: int) -> None:
    """Lock on Linux and macOS: bound to the open file, so a second opening in the same process is refused too."""
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take_msvcrt(descriptor: int, msvcrt: Any = None) -> None:
    """
    Lock on Windows: the first byte, which need not exist.

    Args:
        descriptor: Of the open lock file.
        msvcrt: The module of that name; given by tests on other systems.
    """
    if msvcrt is None:
        import msvcrt
    os.lseek(descriptor, 0, os.SEEK_SET)
    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)


class StoreLock:
    """The right to use one store; held from construction to `release`."""

    def __init__(self, store: Path, take: Take = take_msvcrt if sys.platform == "win32" else take_flock) -> None:
        """
        Take the lock of the store at *store*.

        Raises:
            StoreInUse: Another opening, of any process or account, holds it.
            ReadOnly: The folder cannot be written, or the lock file belongs to an account that shares nothing.
        """
        path = store.with_name(store.name + ".lock")
        try:
            self._descriptor = _open(path)
        except OSError as error:
            raise of_os(error) from error
        try:
            take(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise StoreInUse() from error

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _open(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        return os.open(path, os.O_RDWR)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, 0o666)  # the umask took the others' right away
    return descriptor
