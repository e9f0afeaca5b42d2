"""
The first run: an office is made in a folder aside and moved into place when the recovery sheet was read back.

`begin` draws the keys, `finish` makes the store, writes office, officer and laptop, and moves the folder. Whoever quits
between the two has changed nothing: the folder aside holds nothing of value and the next `begin` takes it away.
Nothing here imports what only an open store needs before `finish`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from avrr_desktop.domain.clock import Clock, system_clock
from avrr_desktop.domain.failures import BadValue, Expected
from avrr_desktop.domain.ids import OfficerId, new_id
from avrr_desktop.domain.sections import Role, Section, office_stream
from avrr_desktop.keys.groups import LETTERS
from avrr_desktop.keys.secret import Secret
from avrr_desktop.services.label import OfficeLabel, write_label
from avrr_desktop.services.laptop import Laptop, new_laptop, write_laptop
from avrr_desktop.services.unlocking import Lock, Unlocked

FIRST_ROLES = (Role.ADMINISTRATOR, Role.CASE, Role.INTAKE, Role.SUPERVISOR)
"""Whoever sets the office up can do all of its work; roles are shared out in the settings."""
ASIDE = ".new"
CURRENCY = "CAD"
READ_BACK = (2, 5)
"""Places (0 is the first) of the groups that are typed back from the printed sheet."""

_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Beginning:
    """
    What the first run asks.

    Attributes:
        office: Its name, the town.
        code: Three letters, first part of every case number.
        zone: IANA time zone.
        languages: Languages of its officers, codes, the first is the office's own.
        officer: Name of who sets it up.
        rehearsal: Nobody in this office is real.
    """

    office: str = ""
    code: str = ""
    zone: str = ""
    languages: tuple[str, ...] = ()
    officer: str = ""
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """
    Keys drawn, nothing in place yet.

    Attributes:
        unlocked: Opens the store that `finish` makes.
        groups: The recovery code in the order of typing; shown and printed now, kept nowhere.
    """

    unlocked: Unlocked
    groups: tuple[str, ...] = field(repr=False)


def check_office(name: str, code: str, zone: str, languages: tuple[str, ...]) -> None:
    """
    Hold the answers of the first page.

    Raises:
        BadValue: "office.no_name", "office.bad_code", "office.no_zone", "office.no_language"; *field* names the answer.
    """
    if not name.strip():
        raise BadValue("office.no_name", entity="office", field="name", why="missing")
    if not _CODE.fullmatch(code):
        raise BadValue("office.bad_code", entity="office", field="code", why="shape")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise BadValue("office.no_zone", entity="office", field="zone", why="unknown") from unknown
    if not languages:
        raise BadValue("office.no_language", entity="office", field="languages", why="missing")


def check_officer_name(name: str) -> None:
    """
    Hold the answer of the second page.

    Raises:
        BadValue: "officer.no_name".
        OfficerRefused: The name has characters no list can show, or more than 80.
    """
    from avrr_desktop.keys.encoding import check_officer
    from avrr_desktop.keys.slots import Officer

    if not name.strip():
        raise BadValue("officer.no_name", entity="officer", field="name", why="missing")
    check_officer(Officer("x", name.strip()))


def read_back(begun: Begun, typed: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell for each of `READ_BACK` whether *typed* is that group of the sheet; case and O for 0 do not matter."""
    return tuple(
        len(text.strip()) == LETTERS and _plain(text) == _plain(begun.groups[place])
        for place, text in zip(READ_BACK, typed, strict=True)
    )


def begin(lock: Lock, facts: Beginning, passphrase: str) -> Begun:
    """
    Draw the store key and write the key file aside; takes about two seconds.

    Args:
        lock: Of the office to be; its store path is where the office will be.
        facts: Name and roles of the first officer are taken from here.
        passphrase: As typed.

    Raises:
        KeyFileExists: There is an office at this place already.
        WeakPassphrase, OfficerRefused, NotEnoughMemory, KeyFileUnwritten.
        Expected: "file.not_written", the folder cannot be made.
    """
    from avrr_desktop.keys.changing import create_key_file
    from avrr_desktop.keys.errors import KeyFileExists
    from avrr_desktop.keys.slots import Officer

    if lock.file.exists():
        raise KeyFileExists()
    aside = _aside(lock)
    _written(lambda: _empty(aside.store_path.parent))
    officer = OfficerId(new_id(lock.random_bytes))
    store = new_id(lock.random_bytes)
    created = create_key_file(
        aside.file,
        store,
        Officer(officer, facts.officer.strip(), tuple(role.value for role in FIRST_ROLES)),
        passphrase,
        cost=lock.new_cost(),
        device_secret=lock.new_device_secret(store),
        random_bytes=lock.random_bytes,
        floor_kib=lock.floor_kib,
    )
    groups = tuple(created.code.text().split("-"))
    return Begun(Unlocked(created.key, officer, created.slot.id), groups)


def finish(lock: Lock, facts: Beginning, begun: Begun, *, clock: Clock = system_clock) -> None:
    """
    Make the store, write the office into it, close it and move it into place.

    Raises:
        Expected: A store failure, or "file.not_written".
    """
    aside = _aside(lock)
    laptop = new_laptop(lock.random_bytes)
    key = begun.unlocked.key
    _written(lambda: write_laptop(aside.store_path, key, laptop, lock.random_bytes))
    _make_store(aside, facts, begun.unlocked.officer, laptop, key, clock)
    _written(lambda: write_label(aside.store_path, OfficeLabel(facts.office.strip(), facts.rehearsal, facts.zone)))
    _written(lambda: os.replace(aside.store_path.parent, lock.store_path.parent))


def laptop_name(facts: Beginning) -> str:
    """Return what the first laptop of an office is called: "TOR-1"."""
    return f"{facts.code}-1"


def _make_store(lock: Lock, facts: Beginning, officer: OfficerId, laptop: Laptop, key: Secret, clock: Clock) -> None:
    from avrr_desktop.domain.office import Device, Office, Officer
    from avrr_desktop.keys.device import make_certificate
    from avrr_desktop.services.desk import OFFICE_ID
    from avrr_desktop.store.store import Store

    name = laptop_name(facts)
    certificate = make_certificate(laptop.keys, laptop.device, facts.code, name, clock())
    store = Store.create(
        lock.store_path,
        key.reveal(),
        device=laptop.device,
        sign=laptop.keys.sign,
        clock=clock,
        random_bytes=lock.random_bytes,
    )
    try:
        settings, roster = office_stream(Section.SETTINGS), office_stream(Section.ROSTER)
        languages = " ".join(facts.languages)
        with store.work(officer) as work:
            work.put(settings, Office, OFFICE_ID, name=facts.office.strip(), code=facts.code, rehearsal=facts.rehearsal)
            work.put(settings, Office, OFFICE_ID, zone=facts.zone, languages=languages, currency=CURRENCY)
            work.put(roster, Officer, officer, name=facts.officer.strip())
            work.put(roster, Officer, officer, roles=" ".join(sorted(FIRST_ROLES)), active=True)
            work.put(roster, Device, laptop.device, name=name, certificate=certificate.decode())
            work.seal_all()
    finally:
        store.close()


def _aside(lock: Lock) -> Lock:
    folder = lock.store_path.parent
    return replace(lock, store_path=folder.with_name(f"{folder.name}{ASIDE}") / lock.store_path.name)


def _empty(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, mode=0o700)


def _written(write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as refused:
        raise Expected("file.not_written", why=refused.strerror or "", errno=refused.errno or 0) from refused


def _plain(group: str) -> str:
    return group.strip().upper().replace("O", "0").replace("I", "1").replace("L", "1")
