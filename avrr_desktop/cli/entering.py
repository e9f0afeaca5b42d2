"""
Into an office without a window: which folder, which officer, the passphrase.

A passphrase is never a word of the command: other programs of the laptop could read it there.
"""

import getpass
import sys
import unicodedata
import warnings
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from avrr_desktop.domain.failures import Expected

if TYPE_CHECKING:
    from avrr_desktop.services.opening import Sitting
    from avrr_desktop.services.unlocking import Lock, OfficerLabel, Unlocked

MOST_BYTES = 4096
"""A passphrase read from standard input; nobody remembers a longer one."""


class Opened(Protocol):
    """An open office."""

    @property
    def sitting(self) -> "Sitting":
        """Desk and officer."""

    def close(self) -> None:
        """Seal and close."""


class Office(Protocol):
    """An office that is still locked."""

    @property
    def lock(self) -> "Lock":
        """Its lock."""

    def open(self, unlocked: "Unlocked") -> Opened:
        """Open it with a key in hand."""


FindOffice = Callable[[Path | None], Office]
"""Gives the office of a home folder, None for the user's own; ``app`` hands it in."""


def add_entry_options(parser: ArgumentParser) -> None:
    """Add what every verb needs to get in."""
    entry = parser.add_argument_group("getting in")
    entry.add_argument("--store", type=Path, metavar="FOLDER", help="home folder of the office (default: your own)")
    entry.add_argument("--officer", metavar="NAME", help="who you are; needed where several officers work")
    entry.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help="read the passphrase from the first line of standard input instead of asking for it",
    )


@contextmanager
def entered(asked: Namespace, find_office: FindOffice) -> Iterator["Sitting"]:
    """
    Open the office that was asked for and close it at the end of the block.

    Raises:
        Expected: "office.none"; "usage.which_officer", "usage.no_such_officer", "usage.no_terminal",
            "usage.no_passphrase"; whatever unlocking and opening refuse.
    """
    from avrr_desktop.services.unlocking import is_set_up, read_door, unlock

    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    if asked.store is not None and not asked.store.is_dir():
        # Asked before anything is made there: a mistyped folder stays unmade.
        raise Expected("office.none", folder=str(asked.store))
    office = find_office(asked.store)
    path = office.lock.store_path
    if not is_set_up(path):
        raise Expected("office.none", folder=str(path.parent))
    slot = _slot(read_door(path).officers, asked.officer)
    passphrase = _read_line() if asked.passphrase_stdin else _ask()
    opened = office.open(unlock(office.lock, slot, passphrase))
    try:
        yield opened.sitting
    finally:
        opened.close()


def _slot(officers: "Sequence[OfficerLabel]", name: str | None) -> str:
    """Return the way in of the officer called *name* (or with this id), of the only officer without one."""
    found = [one for one in officers if name is None or one.officer == name or _folded(one.name) == _folded(name)]
    if len(found) == 1:
        return found[0].slot
    names = ", ".join(one.name for one in officers)
    if not found:
        raise Expected("usage.no_such_officer", officers=names)
    # Two officers of one name are told apart by their ids.
    shown = names if name is None else ", ".join(one.officer for one in found)
    raise Expected("usage.which_officer", officers=shown)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


def _ask() -> str:
    with warnings.catch_warnings():
        # Where the terminal cannot hide what is typed, getpass warns and reads it openly: nothing is read then.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            typed = getpass.getpass()
        except (getpass.GetPassWarning, EOFError, OSError) as none:
            raise Expected("usage.no_terminal") from none
    if not typed:
        raise Expected("usage.no_passphrase")
    return typed


def _read_line() -> str:
    try:
        text = sys.stdin.buffer.readline(MOST_BYTES).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        text = ""
    if not text:
        raise Expected("usage.no_passphrase")
    return text
