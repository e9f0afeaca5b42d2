"""The open store of one office: one writing and one reading connection, one transaction per work.

Light to import and to open: the declarations and sqlmodel are loaded by the first work, `get` or `find`
(DESIGN.md 3, lazy start). Start order (rule 9): numbered steps, leftovers sealed, typed tables rebuilt if they
are of another version.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.domain.clock import Clock, system_clock
from avrr_desktop.domain.failures import Fault
from avrr_desktop.domain.ids import DeviceId, OfficerId, RandomBytes, new_id
from avrr_desktop.domain.sections import Section, Stream
from avrr_desktop.journal.commit import Check, Commit
from avrr_desktop.store import audit
from avrr_desktop.store.attachments import Attachments
from avrr_desktop.store.blobs import Blobs
from avrr_desktop.store.errors import of_sqlite
from avrr_desktop.store.file import File, create_file, open_file, transaction
from avrr_desktop.store.integrity import IntegrityReport, check_file
from avrr_desktop.store.ledger import Ledger
from avrr_desktop.store.lists import CaseLists
from avrr_desktop.store.roster import Roster
from avrr_desktop.store.schema import PROJECTION, STEPS
from avrr_desktop.store.sealing import Openings, Start
from avrr_desktop.store.trail import AuditTrail
from avrr_desktop.store.upgrade import upgrade

if TYPE_CHECKING:
    from avrr_desktop.domain.fields import Entity
    from avrr_desktop.journal.canon import Value
    from avrr_desktop.store.applying import Applied
    from avrr_desktop.store.door import Before as Before
    from avrr_desktop.store.door import Tools
    from avrr_desktop.store.door import Work as Work
    from avrr_desktop.store.history import Conflict as Conflict
    from avrr_desktop.store.history import HistoryLine as HistoryLine
    from avrr_desktop.store.history import Twins
    from avrr_desktop.store.reading import Found as Found
    from avrr_desktop.store.reading import Reader
else:

    def __getattr__(name: str) -> object:
        """Hand out what callers annotate with, loading its module only when somebody asks."""
        from importlib import import_module

        homes = {"Before": "door", "Work": "door", "Found": "reading", "HistoryLine": "history", "Conflict": "history"}
        if name not in homes:
            raise AttributeError(name)
        return getattr(import_module(f"avrr_desktop.store.{homes[name]}"), name)


E = TypeVar("E", bound="Entity")


class NestedWork(Fault):
    """A work was begun inside another one."""

    def __init__(self) -> None:
        super().__init__("store.nested_work")


class _TakenBack(Exception):
    """Ends a work that was only a trial."""


class Store:
    """
    An open store.

    Attributes:
        store_id: Made at creation, never changes.
        blobs: Attachments.
        audit_trail: The hash-chained trail.
        lists: Working lists and search as plain rows.
        roster: The office, its officers and laptops as plain rows.
        was_clean: False when the last program that wrote did not close the store.
    """

    def __init__(self, file: File, start: Start) -> None:
        self._file = file
        self._start = start
        self._is_working = False
        self.store_id = file.store_id
        self.was_clean = file.was_clean
        self._blobs = Blobs(file.path, start.random_bytes)
        self.blobs = Attachments(self._blobs, file.reader)

    @staticmethod
    def create(
        path: Path,
        key: bytes,
        *,
        device: DeviceId,
        sign: Callable[[bytes], bytes],
        clock: Clock = system_clock,
        random_bytes: RandomBytes = secrets.token_bytes,
    ) -> Store:
        """
        Make a new store and open it.

        Args:
            key: 32 random bytes.
            device: Id of this laptop in the roster; *sign* makes its Ed25519 signatures.

        Raises:
            StoreFailure: See `store.errors`.
        """
        create_file(path, key, store_id=new_id(random_bytes), steps=STEPS)
        return Store.open(path, key, device=device, sign=sign, clock=clock, random_bytes=random_bytes)

    @staticmethod
    def open(
        path: Path,
        key: bytes,
        *,
        device: DeviceId,
        sign: Callable[[bytes], bytes],
        clock: Clock = system_clock,
        random_bytes: RandomBytes = secrets.token_bytes,
        expected_id: str | None = None,
        key_is_right: bool | None = None,
    ) -> Store:
        """
        Open a store under a fresh writer id; arguments as in `create` and `file.open_file`.

        Raises:
            StoreFailure: See `store.errors`; the file is as it was.
        """
        file = open_file(path, key, expected_id=expected_id, known_version=len(STEPS), key_is_right=key_is_right)
        try:
            upgrade(file, STEPS)
            store = Store(file, Start(device, random_bytes(8).hex(), sign, clock, random_bytes))
            store._begin()
        except BaseException:
            file.close()
            raise
        return store

    def close(self) -> None:
        """Close both connections; what is open stays open and is sealed by the next start."""
        if "_reader" in self.__dict__:
            self._reader.close()
            self._own.close()
        self._file.close()

    @contextmanager
    def work(self, officer: OfficerId) -> Iterator[Work]:
        """Open one transaction of *officer*: durable when the block ends, undone when it raises."""
        from avrr_desktop.store.door import Work

        with self._projecting() as tools:
            yield Work(
                tools,
                officer,
                audit=lambda event, params: self._audit(officer, event, params),
                attach=lambda data, media_type: self._blobs.attach(self._file.writer, data, media_type),
            )
        if tools.ledger.has_erased:
            self._file.empty_log()

    def get(self, entity_class: type[E], entity_id: str, *, stream: Stream) -> E | None:
        """Return an entity; None when it is unknown or in the trash. Inside a work its own values are seen."""
        return (self._own if self._is_working else self._reader).get(entity_class, entity_id, stream=stream)

    def find(
        self,
        entity_class: type[E],
        *,
        case: str | None = None,
        sections: Collection[Section] | None = None,
        **equals: object,
    ) -> list[Found[E]]:
        """Return entities in order of creation (`reading.Reader.find`)."""
        reader = self._own if self._is_working else self._reader
        return reader.find(entity_class, case=case, sections=sections, **equals)

    @cached_property
    def lists(self) -> CaseLists:
        """Working lists and search."""
        return CaseLists(self._file.reader)

    @cached_property
    def roster(self) -> Roster:
        """The office and its officers as plain rows."""
        return Roster(self._file.reader)

    @cached_property
    def audit_trail(self) -> AuditTrail:
        """The audit trail."""
        return AuditTrail(self._file.reader)

    def history(self, streams: Collection[Stream]) -> list[HistoryLine]:
        """Return every change of *streams* by field, newest first."""
        from avrr_desktop.store.history import history

        with self._looking() as (ledger, openings):
            return history(ledger, openings, streams)

    def as_of(self, stream: Stream, at: datetime) -> dict[tuple[str, str], dict[str, Value]]:
        """Return what the rows of *stream* showed at an instant, by (kind, entity id), as known here today."""
        from avrr_desktop.store.history import as_of

        with self._looking() as (ledger, openings):
            return as_of(ledger, openings, stream, at)

    def conflicts(self, case: str) -> list[Conflict]:
        """Return the registers of a case on which officers disagree."""
        from avrr_desktop.store.history import conflicts

        with self._looking() as (ledger, openings):
            return conflicts(ledger, openings, case)

    def twins(self) -> list[Twins]:
        """Return the integrity alarms: commits that share one number of one writer."""
        from avrr_desktop.store.history import twins

        with self._looking() as (ledger, _):
            return twins(ledger)

    def commits(self, streams: Collection[Stream] | None = None) -> list[Commit]:
        """Seal everything and return the commits of *streams* (None: all) in local order."""
        self.seal_all()
        return Ledger(self._file.reader).commits(streams)

    def seal_all(self) -> list[Commit]:
        """Seal every open commit: before a print, an export, a backup, on lock (rule 7)."""
        with self._writing() as (_, openings):
            return openings.seal_all()

    def seal_idle(self, now: datetime) -> list[Commit]:
        """Seal the streams nobody wrote to for five minutes (rule 7)."""
        with self._writing() as (_, openings):
            return openings.seal_idle(now)

    def apply(self, commits: Iterable[Commit], check_signature: Check) -> Applied:
        """
        Take in commits of other laptops, in any order; all or nothing. What is open is sealed first (rule 2).

        Raises:
            Forged, Altered: One of them is not what its device signed; nothing was taken in.
        """
        from avrr_desktop.store.applying import apply_commits, verified

        known = Ledger(self._file.reader)
        checked = verified((commit for commit in commits if not known.holds(commit)), check_signature)
        with self._projecting() as tools:
            applied = apply_commits(tools, checked, self._start.clock())
        if tools.ledger.has_erased:
            self._file.empty_log()
        return applied

    def rebuild(self) -> None:
        """Seal, then make everything that follows from the commits anew; the oracle of the incremental path."""
        from avrr_desktop.store.applying import rebuild

        with self._writing() as (ledger, openings):
            openings.seal_all()
            rebuild(self._file.writer, ledger, openings)

    def differences(self) -> tuple[str, ...]:
        """Seal, then return the tables that a rebuild would change, () when none; what is shown stays as it is."""
        from avrr_desktop.store.applying import rebuild
        from avrr_desktop.store.oracle import differing

        self.seal_all()
        found: tuple[str, ...] = ()
        with suppress(_TakenBack), self._writing() as (ledger, openings):
            writer = self._file.writer
            found = differing(writer, lambda: rebuild(writer, ledger, openings))
            raise _TakenBack
        return found

    def digest(self) -> str:
        """Return a hash over what two laptops with the same commits must agree on; open values are not in it."""
        with self._looking() as (ledger, _):
            return ledger.digest()

    def check(self) -> IntegrityReport:
        """Run both integrity checks, over a connection of their own: one that met damage reads nothing any more."""
        return check_file(self._file.path, self._file.key)

    def _begin(self) -> None:
        reader = self._file.reader
        has_leftovers = reader.execute("SELECT 1 FROM open_commit LIMIT 1").fetchone() is not None
        version = reader.execute("SELECT value FROM state WHERE name = 'projection'").fetchone()
        if has_leftovers:
            self.seal_all()  # rules 3 and 9
        if version != (PROJECTION,):
            self.rebuild()

    def note(self, officer: OfficerId, event: str, **params: str | int) -> None:
        """Write one row of the audit trail, alone in its transaction and without what a work loads."""
        with self._writing():
            self._audit(officer, event, params)

    def _audit(self, officer: OfficerId, event: str, params: Mapping[str, str | int]) -> None:
        audit.append(self._file.writer, officer, event, params, self._start.clock())

    @cached_property
    def _reader(self) -> Reader:
        from avrr_desktop.store.reading import Reader

        return Reader(self._file.reader)

    @cached_property
    def _own(self) -> Reader:
        from avrr_desktop.store.reading import Reader

        return Reader(self._file.writer)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Ledger, Openings]]:
        """Open a transaction with the guard up."""
        if self._is_working:
            raise NestedWork
        self._is_working = True
        try:
            with transaction(self._file.writer) as connection:
                connection.execute("INSERT INTO guard VALUES (1)")
                ledger = Ledger(connection)
                yield ledger, Openings(connection, ledger, self._start)
                ledger.save()
                connection.execute("DELETE FROM guard")
        except sqlcipher.Error as error:
            failure = of_sqlite(error)
            if failure is None:
                raise
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
        reader = self._file.reader
        reader.execute("BEGIN")
        try:
            ledger = Ledger(reader)
            yield ledger, Openings(reader, ledger, self._start)
        finally:
            reader.execute("COMMIT")
