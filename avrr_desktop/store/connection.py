"""A keyed connection, one transaction, one script: the few things every user of the encrypted file needs.

Imports the standard library, sqlcipher3 and this package's failures only (DESIGN.md 3, lazy start).
Source: SYNC.md 4 (settings), TECH.md 2 (key).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.store.errors import KeyMalformed, ReadOnly, of_sqlite

Connection = Any
"""A sqlcipher3 connection; the package ships no types."""

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


def _telling(name: str) -> Callable[..., Any]:
    method = getattr(sqlcipher.Cursor, name)

    def call(self: Any, *args: Any) -> Any:
        try:
            return method(self, *args)
        except sqlcipher.DatabaseError as error:
            failure = of_sqlite(error)
            if failure is None or isinstance(failure, ReadOnly):
                raise  # a write through it is our own mistake
            self.connection.has_failed = True
            raise failure from error

    return call


class _TellingCursor(sqlcipher.Cursor):  # type: ignore[misc]  # the package ships no types
    """A cursor whose errors of disk and file are failures of this package, told apart where they are met."""

    execute = _telling("execute")
    fetchone = _telling("fetchone")
    fetchmany = _telling("fetchmany")
    fetchall = _telling("fetchall")
    __next__ = _telling("__next__")


class TellingConnection(sqlcipher.Connection):  # type: ignore[misc]  # the package ships no types
    """
    A connection that only reads: a damaged page met in any list or page is StoreDamaged, not an error of SQLite.

    What writes goes through `Store` transactions, which tell errors apart once at their end.

    Attributes:
        has_failed: It met one; such a connection may read nothing any more, also where the file is whole.
    """

    has_failed = False

    def cursor(self, factory: Any = _TellingCursor) -> Any:
        """Return a cursor that tells; `execute` of the connection makes one too."""
        return super().cursor(factory)

    def execute(self, *args: Any) -> Any:
        """Run one statement on a cursor of its own."""
        return self.cursor().execute(*args)


def connect(path: Path, key: bytes, *, mode: str = "rw", kind: type[Any] = sqlcipher.Connection) -> Connection:
    """
    Open a keyed connection in autocommit with the settings of every connection.

    Args:
        path: The file.
        key: 32 bytes.
        mode: "ro", "rw" or "rwc" (may create), as in SQLite's file addresses.
        kind: Class of the connection.

    Raises:
        KeyMalformed: The key is not 32 bytes.
    """
    key_hex = key.hex()
    if len(key_hex) != 64:
        raise KeyMalformed(len(key))
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False, factory=kind)
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
