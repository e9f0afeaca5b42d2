"""An office in a temporary store, for tests: real SQLCipher, real services, a clock that is moved by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from avrr_desktop.app.paths import find_paths
from avrr_desktop.domain.acting import Actor
from avrr_desktop.domain.ids import DeviceId, OfficerId
from avrr_desktop.domain.office import Office, Officer
from avrr_desktop.domain.sections import Role, Section, office_stream
from avrr_desktop.services.desk import OFFICE_ID, Desk, Resources
from avrr_desktop.store.store import Store


class HandClock:
    """A clock that stands still until it is told."""

    def __init__(self, now: datetime = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def pass_by(self, **span: float) -> None:
        """Move on."""
        self.now += timedelta(**span)


class CountedBytes:
    """Chance that can be repeated."""

    def __init__(self, seed: str = "test") -> None:
        self.seed, self.count = seed, 0

    def __call__(self, size: int) -> bytes:
        self.count += 1
        return hashlib.shake_128(f"{self.seed}{self.count}".encode()).digest(size)


KEY = bytes(range(32))
OFFICERS = {
    "maya": ("Maya Tremblay", {Role.CASE, Role.INTAKE}),
    "claire": ("Claire Moreau", {Role.SUPERVISOR, Role.ADMINISTRATOR}),
    "idris": ("Idris Bello", {Role.MOVEMENT}),
}


@dataclass
class TestOffice:
    """An open office with three officers."""

    __test__ = False

    desk: Desk
    clock: Any
    actors: dict[str, Actor]
    path: Path

    @property
    def maya(self) -> Actor:
        """The case officer."""
        return self.actors["maya"]

    @property
    def claire(self) -> Actor:
        """The supervisor and administrator."""
        return self.actors["claire"]

    @property
    def idris(self) -> Actor:
        """The movement officer."""
        return self.actors["idris"]


def officer_id(word: str) -> OfficerId:
    """Return the id of an officer of the tests."""
    return OfficerId((word + "a" * 26)[:26])


NOOR = Actor(officer_id("noor"), frozenset({Role.CASE}))
"""A second case officer, whom the roster of this office does not know."""

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
"""What passes for the picture of a signature."""

SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(32))
DEVICE = DeviceId("d" + "a" * 25)


def check_signature(_device: str, message: bytes, signature: bytes) -> bool:
    """Check a commit of the tests' only laptop."""
    try:
        SIGNING.public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


def desk_of(store: Store, clock: Callable[[], datetime], chance: Callable[[int], bytes]) -> Desk:
    """Put a desk before an open store."""
    paths = find_paths()
    resources = Resources(paths.forms, paths.fonts, paths.programmes, paths.wording)
    return Desk(store, resources, clock=clock, random_bytes=chance)


def reopen(path: Path, *, clock: Callable[[], datetime] | None = None, seed: str = "again") -> TestOffice:
    """Open the store of a test office again, as another start would."""
    moving, chance = clock or HandClock(), CountedBytes(seed)
    store = Store.open(path, KEY, device=DEVICE, sign=SIGNING.sign, clock=moving, random_bytes=chance)
    actors = {word: Actor(officer_id(word), frozenset(roles)) for word, (_name, roles) in OFFICERS.items()}
    return TestOffice(desk_of(store, moving, chance), moving, actors, path)


def open_office(folder: Path, *, rehearsal: bool = True, clock: HandClock | None = None) -> TestOffice:
    """Make a store in *folder* and people it."""
    clock = clock or HandClock()
    chance = CountedBytes()
    path = folder / "store.db"
    store = Store.create(path, KEY, device=DEVICE, sign=SIGNING.sign, clock=clock, random_bytes=chance)
    desk = desk_of(store, clock, chance)
    actors: dict[str, Actor] = {}
    with store.work(officer_id("claire")) as work:
        settings, roster = office_stream(Section.SETTINGS), office_stream(Section.ROSTER)
        work.put(settings, Office, OFFICE_ID, name="Toronto", code="TOR", rehearsal=rehearsal)
        work.put(settings, Office, OFFICE_ID, zone="America/Toronto", languages="en fr", currency="CAD")
        work.put(
            settings,
            Office,
            OFFICE_ID,
            phone="+1 416 555 0109",
            night_phone="+1 416 555 0110",
            address="5915 Airport Road, Mississauga",
        )
        for word, (name, roles) in OFFICERS.items():
            work.put(roster, Officer, officer_id(word), name=name)
            work.put(roster, Officer, officer_id(word), roles=" ".join(sorted(roles)), active=True)
            actors[word] = Actor(officer_id(word), frozenset(roles))
        work.seal_all()
    return TestOffice(desk, clock, actors, path)
