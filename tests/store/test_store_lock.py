"""One program per store, across processes and accounts, given back when the process dies."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from avrr_desktop.store.errors import StoreInUse
from avrr_desktop.store.file import open_file
from avrr_desktop.store.lock import StoreLock, take_msvcrt
from tests.encrypted import KEY, die, failure_of, in_child, make

NOBODY = 65534


@pytest.fixture
def store() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="avrr-"))
    folder.chmod(0o777)
    yield make(folder)
    shutil.rmtree(folder)


def test_a_second_process_is_refused_while_the_first_has_the_store(store: Path) -> None:
    with open_file(store, KEY):
        assert in_child(lambda: open_file(store, KEY)) == "store.in_use"
    assert in_child(lambda: open_file(store, KEY).close()) == "done"


def test_a_second_opening_in_the_same_process_is_refused(store: Path) -> None:
    with open_file(store, KEY):
        assert failure_of(store) == ("store.in_use", {})
    assert failure_of(store) == ("opened", {})


def test_another_account_meets_the_lock_and_not_a_permission(store: Path) -> None:
    store.chmod(0o666)
    uid = NOBODY if os.geteuid() == 0 else None
    with open_file(store, KEY):
        assert in_child(lambda: open_file(store, KEY), uid=uid) == "store.in_use"
    assert in_child(lambda: open_file(store, KEY).close(), uid=uid) == "done"


def test_a_killed_process_gives_the_lock_back(store: Path) -> None:
    def work() -> None:
        held.append(open_file(store, KEY))
        die()

    held: list[object] = []
    assert in_child(work) == "killed"
    assert failure_of(store) == ("opened", {})


def test_a_refused_opening_gives_the_lock_back(store: Path) -> None:
    assert failure_of(store, expected_id="another")[0] == "store.foreign"
    assert in_child(lambda: open_file(store, KEY).close()) == "done"


def test_the_lock_may_be_released_twice(store: Path) -> None:
    lock = StoreLock(store)
    lock.release()
    other = StoreLock(store)
    lock.release()
    with pytest.raises(StoreInUse):
        StoreLock(store)
    other.release()


class Msvcrt:
    """The two names of the Windows module, with its error for a byte somebody else has locked."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.locked: set[tuple[int, int]] = set()
        self.calls: list[tuple[int, int, int]] = []

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        self.calls.append((os.lseek(descriptor, 0, os.SEEK_CUR), mode, count))
        file = os.fstat(descriptor)
        if (file.st_dev, file.st_ino) in self.locked:
            raise PermissionError(13, "Permission denied")
        self.locked.add((file.st_dev, file.st_ino))


def test_windows_locks_the_first_byte_and_refuses_the_second(store: Path) -> None:
    windows = Msvcrt()
    first = StoreLock(store, take=lambda descriptor: take_msvcrt(descriptor, windows))
    with pytest.raises(StoreInUse):
        StoreLock(store, take=lambda descriptor: take_msvcrt(descriptor, windows))
    assert windows.calls == [(0, Msvcrt.LK_NBLCK, 1)] * 2
    first.release()
