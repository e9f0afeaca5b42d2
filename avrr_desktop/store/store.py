"""The open store of one office: one writing and one reading connection, one transaction per work.

Light to import and to open: the declarations and sqlmodel are loaded by the first work, `get` or `find`
(DESIGN.md 3, lazy start). Start order (rule 9): numbered steps, leftovers sealed, typed tables rebuilt if they
are of another version. A store that waits for its checks is only read until `believe`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from avrr_desktop.domain.clock import Clock, system_clock
from avrr_desktop.domain.ids import DeviceId, OfficerId, RandomBytes, new_id
from avrr_desktop.domain.sections import Section, Stream
from avrr_desktop.journal.commit import Check, Commit
from avrr_desktop.store import audit
from avrr_desktop.store.attachments import Attachments
from avrr_desktop.store.blobs import Blobs
from avrr_desktop.store.care import Care
from avrr_desktop.store.errors import StoreChecking, StoreDamaged, StoreFailure, StoreUntrusted
from avrr_desktop.store.file import File, create_file, open_file
from avrr_desktop.store.integrity import IntegrityReport, check_file
from avrr_desktop.store.ledger import Ledger
from avrr_desktop.store.lists import CaseLists
from avrr_desktop.store.roster import Roster
from avrr_desktop.store.schema import PROJECTION, STEPS
from avrr_desktop.store.sealing import Start
from avrr_desktop.store.trail import AuditTrail
from avrr_desktop.store.transacting import Transacting
from avrr_desktop.store.upgrade import upgrade

if TYPE_CHECKING:
    from avrr_desktop.domain.fields import Entity
    from avrr_desktop.journal.canon import Value
    from avrr_desktop.store.applying import Applied
    from avrr_desktop.store.door import Before as Before
    from avrr_desktop.store.door import Work as Work
    from avrr_desktop.store.history import Conflict as Conflict
    from avrr_desktop.store.history import HistoryLine as HistoryLine
    from avrr_desktop.store.history import Twins
    from avrr_desktop.store.reading import Found as Found
else:

    def __getattr__(name: str) -> object:
        """Hand out what callers annotate with, loading its module only when somebody asks."""
        from importlib import import_module

        homes = {"Before": "door", "Work": "door", "Found": "reading", "HistoryLine": "history", "Conflict": "history"}
        if name not in homes:
            raise AttributeError(name)
        return getattr(import_module(f"avrr_desktop.store.{homes[name]}"), name)


E = TypeVar("E", bound="Entity")


class _TakenBack(Exception):
    """Ends a work that was only a trial."""


class Store(Transacting):
    """
    An open store.

    Attributes:
        store_id: Made at creation, never changes.
        blobs: Attachments.
        audit_trail: The hash-chained trail.
        lists: Working lists and search as plain rows.
        roster: The office, its officers and laptops as plain rows.
        was_clean: False when a program that wrote did not close the store, and no check was clean since.
        shut: Why nothing is written now (StoreChecking, StoreUntrusted); None: everything is.
    """

    def __init__(self, file: File, start: Start, *, waits: bool = False, fresh_copies: tuple[Path, ...] = ()) -> None:
        super().__init__(file, start)
        self.store_id = file.store_id
        self.was_clean = file.was_clean
        self.shut: StoreFailure | None = StoreChecking() if waits and not file.was_clean else None
        self._fresh_copies = fresh_copies
        self._blobs = Blobs(file.path, start.random_bytes)

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
        waits: bool = False,
    ) -> Store:
        """
        Open a store under a fresh writer id; arguments as in `create` and `file.open_file`.

        Args:
            waits: After an unclean exit only read until the caller has made the checks and says `believe`.

        Raises:
            StoreFailure: See `store.errors`; the file is as it was.
        """
        file = open_file(path, key, expected_id=expected_id, known_version=len(STEPS), key_is_right=key_is_right)
        try:
            copies = upgrade(file, STEPS)
            start = Start(device, random_bytes(8).hex(), sign, clock, random_bytes)
            store = Store(file, start, waits=waits, fresh_copies=copies)
            store._begin()
        except BaseException:
            file.close()
            raise
        return store

    def close(self) -> None:
        """Close both connections; what is open stays open and is sealed by the next start."""
        self._blobs.close()
        self._end_readers()
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
        return self._reader().get(entity_class, entity_id, stream=stream)

    def find(
        self,
        entity_class: type[E],
        *,
        case: str | None = None,
        sections: Collection[Section] | None = None,
        **equals: object,
    ) -> list[Found[E]]:
        """Return entities in order of creation (`reading.Reader.find`)."""
        return self._reader().find(entity_class, case=case, sections=sections, **equals)

    @property
    def lists(self) -> CaseLists:
        """Working lists and search."""
        return CaseLists(self._sound_file().reader)

    @property
    def roster(self) -> Roster:
        """The office and its officers as plain rows."""
        return Roster(self._sound_file().reader)

    @property
    def audit_trail(self) -> AuditTrail:
        """The audit trail."""
        return AuditTrail(self._sound_file().reader)

    @property
    def blobs(self) -> Attachments:
        """Attachments."""
        return Attachments(self._blobs, self._sound_file().reader)

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
        return Ledger(self._sound_file().reader).commits(streams)

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

        known = Ledger(self._sound_file().reader)
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

    def care(self) -> Care:
        """Return what a worker needs to look the file over and to tidy beside it."""
        return Care(self._file.path, self._file.key, self._blobs, self._fresh_copies)

    def believe(self) -> None:
        """Go on after checks that found nothing: seal what the last start left open, write from now on."""
        self.shut = None
        self._seal_leftovers()
        self._file.believe()

    def distrust(self, pages: tuple[int, ...] = ()) -> None:
        """Write nothing any more after checks that found damage in *pages*; the next start is unclean again."""
        self._file.mark_unchecked()
        self.shut = StoreUntrusted(pages=pages)

    def _begin(self) -> None:
        version = self._file.reader.execute("SELECT value FROM state WHERE name = 'projection'").fetchone()
        if self.shut is not None and version != (PROJECTION,):
            self._look_over()  # the list cannot be shown before a rebuild, nor a rebuild be made before the checks
        if self.shut is None:
            self._seal_leftovers()
        if version != (PROJECTION,):
            self.rebuild()

    def _look_over(self) -> None:
        report = self.check()
        if not report.ok:
            raise StoreDamaged(page=next(iter(report.pages), None))
        self.believe()

    def _seal_leftovers(self) -> None:
        if self._file.reader.execute("SELECT 1 FROM open_commit LIMIT 1").fetchone() is not None:
            self.seal_all()  # rules 3 and 9

    def note(self, officer: OfficerId, event: str, **params: str | int) -> None:
        """Write one row of the audit trail, alone in its transaction and without what a work loads."""
        with self._writing():
            self._audit(officer, event, params)

    def _audit(self, officer: OfficerId, event: str, params: Mapping[str, str | int]) -> None:
        audit.append(self._file.writer, officer, event, params, self._start.clock())
