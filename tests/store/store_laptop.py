"""A laptop with a real encrypted store for tests: counted chance, a clock moved by hand, crashes on demand."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from avrr_desktop.domain.ids import DeviceId, OfficerId
from avrr_desktop.domain.sections import Section, Stream, case_stream
from avrr_desktop.store.search import PHONE
from avrr_desktop.store.store import Store
from avrr_desktop.store.summary import SUMMARY_COLUMNS, SUMMARY_TABLES
from avrr_desktop.store.tables import typed_tables

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
MAYA, IDRIS = OfficerId("maya" + "a" * 22), OfficerId("idris" + "a" * 21)
CASE = "c" * 26
CORE, LEGAL, COUNS = (case_stream(CASE, s) for s in (Section.CORE, Section.LEGAL, Section.COUNS))
PERSON = "p" * 26


class Laptop:
    """One device with its store; with *draws* the store is there already and so many draws of chance are spent."""

    def __init__(self, folder: Path, name: str = "a", now: datetime = NOW, *, draws: int | None = None):
        self.folder = folder / name
        self.folder.mkdir(parents=True, exist_ok=draws is not None)
        self.name = name
        self.path = self.folder / "store.db"
        self.now = now
        self.draws = draws or 0
        self.key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
        self.device = DeviceId((f"device{name}" + "a" * 26)[:26])
        start = Store.create if draws is None else Store.open
        self.store = start(self.path, KEY, **self.arguments())

    def arguments(self) -> dict:
        """Return what `Store.create` and `Store.open` are given."""
        return {"device": self.device, "sign": self.key.sign, "clock": self.clock, "random_bytes": self.chance}

    def clock(self) -> datetime:
        """Tick one millisecond."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def chance(self, size: int) -> bytes:
        """Draw repeatable bytes."""
        self.draws += 1
        return self.chance_at(self.draws, size)

    def chance_at(self, draw: int, size: int) -> bytes:
        """Return the bytes of a draw."""
        return hashlib.shake_128(f"{self.name}{draw}".encode()).digest(size)

    def crash(self) -> Store:
        """Take the disk as it is now, as a power cut would leave it, and start from that."""
        copy = self.folder / f"after{self.draws}"
        copy.mkdir()
        for file in self.path.parent.iterdir():
            if file.is_file() and "lock" not in file.name and not file.name.endswith("-shm"):
                shutil.copy(file, copy / file.name)
        self.store.close()
        self.path = copy / self.path.name
        self.draws_at_start = self.draws + 1  # the writer id is the first thing a start draws
        self.store = Store.open(self.path, KEY, **self.arguments())
        return self.store

    def put(self, entity, entity_id: str, *, stream: Stream = CORE, officer: OfficerId = MAYA, **fields) -> None:
        """Write fields in a work of their own."""
        with self.store.work(officer) as work:
            work.put(stream, entity, entity_id, **fields)

    def rows(self, sql: str, *parameters) -> list[tuple]:
        """Ask the file itself."""
        return self.store._file.reader.execute(sql, parameters).fetchall()


def check(device: str, message: bytes, signature: bytes) -> bool:
    """Verify a signature of any laptop of the tests."""
    name = device.removeprefix("device").rstrip("a") or "a"
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest()).public_key()
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


@contextmanager
def closing(*laptops: Laptop) -> Iterator[None]:
    """Close the stores at the end."""
    try:
        yield
    finally:
        for laptop in laptops:
            laptop.store.close()


def shown(laptop: Laptop) -> dict[str, list[tuple]]:
    """Return every projected value: typed tables, summary, search; no local numbers."""
    found = {table: laptop.rows(f'SELECT * FROM "{table}" ORDER BY stream, id') for table in typed_tables()}
    found[SUMMARY_TABLES[0]] = laptop.rows(
        f"SELECT {', '.join(SUMMARY_COLUMNS)} FROM case_summary WHERE is_open IS NOT NULL ORDER BY case_id"
    )
    found["search"] = laptop.rows(
        "SELECT r.stream, r.section, r.case_id, r.kind, r.entity, r.name, r.skeleton, r.born_on,"
        " t.native, t.latin, t.number, p.phone FROM search_row r LEFT JOIN search_text t ON t.rowid = r.id"
        f" LEFT JOIN search_text p ON p.rowid = r.id + {PHONE} ORDER BY r.stream, r.kind, r.entity"
    )
    return found
