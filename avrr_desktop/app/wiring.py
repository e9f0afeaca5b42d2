"""
Composition: everything is built here once and handed down.

Nothing that only an open office needs is imported before `Wiring.open` (DESIGN.md 5.10).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.app.log import Log
from avrr_desktop.app.paths import Paths, find_paths
from avrr_desktop.domain.clock import Clock, system_clock
from avrr_desktop.domain.ids import RandomBytes
from avrr_desktop.services.unlocking import Lock, Unlocked

if TYPE_CHECKING:
    from avrr_desktop.services.access import Access
    from avrr_desktop.services.opening import Sitting

OFFICE_FOLDER = "office"
STORE_NAME = "office.db"
PREFERENCES_NAME = "preferences.json"


@dataclass(frozen=True, slots=True)
class Session:
    """
    An open office.

    Attributes:
        sitting: Desk, officer, laptop.
        access: The lock and the key, for changing ways in.
    """

    sitting: Sitting
    access: Access

    def close(self) -> None:
        """Seal, renew the label outside, close the store."""
        from avrr_desktop.services.opening import close_office

        close_office(self.sitting, self.access.lock)


@dataclass(frozen=True, slots=True)
class Wiring:
    """
    What the program is made of.

    Attributes:
        paths: Files of the program and folders of the user.
        lock: Of the one office of this laptop, set up or not.
        clock: The present instant.
        random_bytes: Source of chance.
        log: Codes and ids.
    """

    paths: Paths
    lock: Lock
    log: Log
    clock: Clock = system_clock
    random_bytes: RandomBytes = field(default=secrets.token_bytes, repr=False)

    @property
    def preferences(self) -> Path:
        """The file of this laptop's preferences."""
        return self.paths.config_dir / PREFERENCES_NAME

    def open(self, unlocked: Unlocked, *, waits: bool = False) -> Session:
        """
        Open the store with a key in hand; *waits* as in `services.opening.open_office`.

        Raises:
            Expected: As `services.opening.open_office`.
        """
        from avrr_desktop.services.access import Access
        from avrr_desktop.services.desk import Resources
        from avrr_desktop.services.opening import open_office

        paths = self.paths
        resources = Resources(paths.forms, paths.fonts, paths.programmes, paths.wording)
        sitting = open_office(
            self.lock, unlocked, resources, clock=self.clock, random_bytes=self.random_bytes, waits=waits
        )
        return Session(sitting, Access(self.lock, unlocked))


def wire(
    environ: Mapping[str, str] | None = None,
    *,
    clock: Clock = system_clock,
    random_bytes: RandomBytes = secrets.token_bytes,
) -> Wiring:
    """
    Build the program's parts with the real clock and chance; *environ* as in `find_paths`.

    Raises:
        DataMissing: The program's own files are not there.
    """
    paths = find_paths(environ)
    lock = Lock(paths.data_dir / OFFICE_FOLDER / STORE_NAME, random_bytes=random_bytes)
    return Wiring(paths, lock, Log(paths.state_dir), clock, random_bytes)
