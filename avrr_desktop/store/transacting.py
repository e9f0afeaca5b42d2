"""One transaction on the writing connection, one consistent image on the reading one, and sound connections for both.

`Transacting.writing` is the one place that refuses while a store is only read, and what comes after an error of the
disk or the file works with connections made anew (SYNC.md 6.3, row 16). `store.Store` adds what is done with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from avrr_desktop.domain.failures import Fault
from avrr_desktop.store.errors import StoreFailure, of_sqlite
from avrr_desktop.store.file import File, transaction
from avrr_desktop.store.ledger import Ledger
from avrr_desktop.store.sealing import Openings, Start

if TYPE_CHECKING:
    from avrr_desktop.store.door import Tools
    from avrr_desktop.store.reading import Reader


class NestedWork(Fault):
    """A work was begun inside another one."""

    def __init__(self) -> None:
        super().__init__("store.nested_work")


class Transacting:
    """
    The two connections of an open store.

    Attributes:
        shut: Why nothing is written now; None: everything is.
    """

    def __init__(self, file: File, start: Start) -> None:
        self.shut: StoreFailure | None = None
        self._file = file
        self._start = start
        self._is_working = False
        self._readers: dict[str, Reader] = {}

    def _sound_file(self, *, writes: bool = False) -> File:
        """
        Return the file; its connections are made anew when one that is needed met an error of the disk or the file.

        Args:
            writes: Both are needed; else the reader, which is not given up while only writing is refused.

        Raises:
            StoreFailure: The disk still refuses; the next call tries again.
        """
        if not self._is_working and not (self._file.is_sound if writes else self._file.can_read):
            self._file.reopen()
            self._end_readers()
        return self._file

    def _reader(self) -> Reader:
        """Return what reads entities; inside a work it sees the work's own values."""
        from avrr_desktop.store.reading import Reader

        file, name = self._sound_file(), "writer" if self._is_working else "reader"
        if name not in self._readers:
            self._readers[name] = Reader(getattr(file, name))
        return self._readers[name]

    def _end_readers(self) -> None:
        for reader in self._readers.values():
            reader.close()
        self._readers = {}

    @contextmanager
    def _writing(self) -> Iterator[tuple[Ledger, Openings]]:
        """Open a transaction with the guard up."""
        if self._is_working:
            raise NestedWork
        if self.shut is not None:
            raise type(self.shut)(**self.shut.params)
        file = self._sound_file(writes=True)
        self._is_working = True
        try:
            with transaction(file.writer) as connection:
                connection.execute("INSERT INTO guard VALUES (1)")
                ledger = Ledger(connection)
                yield ledger, Openings(connection, ledger, self._start)
                ledger.save()
                connection.execute("DELETE FROM guard")
        except Exception as error:
            # SQLAlchemy hands on what SQLite says inside an exception of its own.
            failure = of_sqlite(getattr(error, "orig", error))
            if failure is None:
                raise
            file.doubt()
            raise failure from error
        finally:
            self._is_working = False

    @contextmanager
    def _projecting(self) -> Iterator[Tools]:
        """Open a transaction that writes what is shown."""
        from avrr_desktop.store.door import Tools
        from avrr_desktop.store.projection import Projection
        from avrr_desktop.store.summary import Summaries

        with self._writing() as (ledger, openings):
            writer = self._file.writer
            tools = Tools(writer, ledger, openings, Projection(writer, ledger, openings), Summaries(writer))
            yield tools
            tools.summaries.write()

    @contextmanager
    def _looking(self) -> Iterator[tuple[Ledger, Openings]]:
        """Read a consistent image."""
        reader = self._sound_file().reader
        reader.execute("BEGIN")
        try:
            ledger = Ledger(reader)
            yield ledger, Openings(reader, ledger, self._start)
        finally:
            reader.execute("COMMIT")
