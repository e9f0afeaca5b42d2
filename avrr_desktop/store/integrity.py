"""Check the whole file: SQLCipher's page seals and SQLite's structure; neither finds all damage alone.

Cut at the end of a page passes the first, a changed byte is named by page only there (TECH.md 2).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.store.errors import told_apart
from avrr_desktop.store.file import Connection, connect
from avrr_desktop.store.pages import pages_in_wal

_PAGE = re.compile(r"page (\d+)")


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """
    What both checks said; empty tuples mean no complaint.

    Attributes:
        cipher: Lines of cipher_integrity_check, for the technical details of a notice.
        sqlite: Lines of integrity_check, at most 100.
        pages: Numbers of the pages whose seal is broken, ascending; the first is 1.
    """

    cipher: tuple[str, ...]
    sqlite: tuple[str, ...]
    pages: tuple[int, ...]

    @property
    def ok(self) -> bool:
        """Tell whether neither check complains."""
        return not self.cipher and not self.sqlite

    def joined(self, other: IntegrityReport) -> IntegrityReport:
        """Return the complaints of both."""
        pages = sorted({*self.pages, *other.pages})
        return IntegrityReport(self.cipher + other.cipher, self.sqlite + other.sqlite, tuple(pages))


def check(connection: Connection) -> IntegrityReport:
    """Run both checks; reads every page (7.7 ms for 4.6 MB, TECH.md 2)."""
    return check_seals(connection).joined(check_structure(connection))


def check_seals(connection: Connection) -> IntegrityReport:
    """
    Check the seal of every page.

    A page whose committed content still lies in the write-ahead log is not held against the file: a power cut may
    tear it there, and the log repairs it (SYNC.md 6.3, row 12).
    """
    repaired = pages_in_wal(Path(connection.execute("PRAGMA database_list").fetchone()[2]))
    lines = [line for line in _lines(connection, "cipher_integrity_check") if _page_of(line) not in repaired]
    pages = sorted({page for line in lines if (page := _page_of(line)) is not None})
    return IntegrityReport(tuple(lines), (), tuple(pages))


def check_structure(connection: Connection) -> IntegrityReport:
    """Check how the pages hang together."""
    lines = tuple(line for line in _lines(connection, "integrity_check") if line != "ok")
    return IntegrityReport((), lines, ())


def check_file(path: Path, key: bytes, look: Callable[[Connection], IntegrityReport] = check) -> IntegrityReport:
    """
    Run the checks of *look* over a connection of their own, for a worker while the store is open or for a copy.

    Raises:
        DiskFailed, ReadOnly: The file cannot be read; damage is in the report, not raised.
    """
    with told_apart():
        connection = connect(path, key)
        try:
            return look(connection)
        finally:
            connection.close()


def _lines(connection: Connection, pragma: str) -> list[str]:
    try:
        return [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}")]
    except sqlcipher.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (11, 26):  # CORRUPT, NOTADB
            return [error.sqlite_errorname]
        raise


def _page_of(line: str) -> int | None:
    found = _PAGE.search(line)
    return int(found[1]) if found else None
