"""Name everything that can go wrong with the store, as a code and parameters.

    Expected (domain/failures.py)
    └── StoreFailure
        ├── StoreMissing       store.missing
        ├── StoreExists        store.exists
        ├── StoreEmpty         store.empty
        ├── ForeignFile        store.foreign         why ("folder", "plain", "random", "application", "another")
        ├── WrongKey           store.wrong_key
        ├── StoreDamaged       store.damaged         page (the first is 1; None: not one page alone)
        ├── StoreTruncated     store.truncated       found, expected (bytes; expected None: not known)
        ├── StoreNewer         store.newer           found, known
        ├── StoreInUse         store.in_use
        ├── DiskFull           store.disk_full
        ├── ReadOnly           store.read_only
        ├── DiskFailed         store.disk_failed     error (number of the operating system or of SQLite)
        ├── UpgradeFailed      store.upgrade_failed  step, why ("copy", "step", "check")
        ├── StoreChecking      store.checking
        ├── StoreUntrusted     store.untrusted       pages (those whose seal is broken; () for none by number)
        ├── BlobUnknown        store.blob_unknown    blob
        ├── BlobMissing        store.blob_missing    blob, chunk (the first is 0)
        └── BlobDamaged        store.blob_damaged    blob, chunk

    Fault
    └── KeyMalformed           store.key_malformed   length

No parameter ever holds a key, a path or a value of a case.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from avrr_desktop.domain.failures import Expected, Fault


class StoreFailure(Expected):
    """Root of this package's failures; a subclass owns one code."""

    CODE = "store.failure"

    def __init__(self, **params: object) -> None:
        super().__init__(self.CODE, **params)


class StoreMissing(StoreFailure):
    """There is no such file."""

    CODE = "store.missing"


class StoreExists(StoreFailure):
    """A new store is asked for where something already is."""

    CODE = "store.exists"


class StoreEmpty(StoreFailure):
    """The file has no byte; SQLite alone would take it for a new database."""

    CODE = "store.empty"


class ForeignFile(StoreFailure):
    """The file is no store of this program, or the store of another office."""

    CODE = "store.foreign"


class WrongKey(StoreFailure):
    """No page of the file was written with this key."""

    CODE = "store.wrong_key"


class StoreDamaged(StoreFailure):
    """The key is right and a page is not what was written."""

    CODE = "store.damaged"


class StoreTruncated(StoreFailure):
    """The end of the file is missing."""

    CODE = "store.truncated"


class StoreNewer(StoreFailure):
    """A newer version of the program wrote the file; nothing was changed."""

    CODE = "store.newer"


class StoreInUse(StoreFailure):
    """Another process has this store open."""

    CODE = "store.in_use"


class DiskFull(StoreFailure):
    """No room; the transaction did not happen."""

    CODE = "store.disk_full"


class ReadOnly(StoreFailure):
    """The file or its folder cannot be written by this account."""

    CODE = "store.read_only"


class DiskFailed(StoreFailure):
    """The disk refused a read or a write; close and open again before the next try (SYNC.md 6.3, row 16)."""

    CODE = "store.disk_failed"


class UpgradeFailed(StoreFailure):
    """A numbered step did not succeed; the file is as it was before the step."""

    CODE = "store.upgrade_failed"


class StoreChecking(StoreFailure):
    """Nothing is written before the checks after an unclean exit have ended (DESIGN.md 4, rule 9)."""

    CODE = "store.checking"


class StoreUntrusted(StoreFailure):
    """The checks found damage; the store is read and nothing is written over it."""

    CODE = "store.untrusted"


class BlobUnknown(StoreFailure):
    """The store has no key for this attachment: never held here, or shredded."""

    CODE = "store.blob_unknown"


class BlobMissing(StoreFailure):
    """A chunk of the attachment is not where it was written."""

    CODE = "store.blob_missing"


class BlobDamaged(StoreFailure):
    """A chunk of the attachment is not what was written."""

    CODE = "store.blob_damaged"


class KeyMalformed(Fault):
    """A store key is 32 bytes; SQLCipher would silently take another length for a passphrase."""

    def __init__(self, length: int) -> None:
        super().__init__("store.key_malformed", length=length)


_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_SHUT = {errno.EROFS, errno.EACCES, errno.EPERM}

# Primary result codes of SQLite, https://sqlite.org/rescode.html
_SQLITE = {
    5: StoreInUse,  # BUSY
    6: StoreInUse,  # LOCKED
    8: ReadOnly,
    13: DiskFull,
    14: ReadOnly,  # CANTOPEN: the file was there a moment ago, so its -wal or -shm cannot be made
}
_DISK_FAILED = 10
_CORRUPT = {11, 26}


def of_os(error: OSError) -> StoreFailure:
    """Return the failure an operating system error stands for."""
    if error.errno in _FULL:
        return DiskFull()
    if error.errno in _SHUT:
        return ReadOnly()
    return DiskFailed(error=error.errno)


def of_sqlite(error: Exception) -> StoreFailure | None:
    """Return the failure an exception of sqlcipher3 stands for; None: our own mistake (SQL, constraint)."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary in _CORRUPT:
        return StoreDamaged(page=None)
    if primary == _DISK_FAILED:
        return DiskFailed(error=code)
    kind = _SQLITE.get(primary)
    return None if kind is None else kind()


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn what the disk and SQLite raise inside the block into failures of this module; the rest passes."""
    try:
        yield
    except OSError as error:
        raise of_os(error) from error
    except Exception as error:
        failure = of_sqlite(error)
        if failure is None:
            raise
        raise failure from error
