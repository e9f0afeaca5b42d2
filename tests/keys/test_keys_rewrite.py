"""The key file survives a kill, a power cut and a full disk at every step of a rewrite."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.keys.changing import Created, change_passphrase, create_key_file
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.disk import LocalDisk
from avrr_desktop.keys.encoding import MOST_BYTES, decode, encode
from avrr_desktop.keys.errors import (
    KeyFileChanged,
    KeyFileDamaged,
    KeyFileMissing,
    KeyFileNewer,
    KeyFileUnwritten,
    KeysFailure,
    WrongPassphrase,
)
from avrr_desktop.keys.keyfile import KeyFile
from avrr_desktop.keys.opening import open_with_passphrase, open_with_recovery_code
from avrr_desktop.keys.secret import Secret
from avrr_desktop.keys.slots import Officer

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
OLD, NEW = "a lantern in the harbour", "nine geese on the ice"


def create(file: KeyFile) -> Created:
    return create_key_file(file, "store-1", Officer("officer-1", "Soraya"), OLD, cost=CHEAP, floor_kib=8)


def change(file: KeyFile, slot_id: str, old: str = OLD, new: str = NEW) -> None:
    change_passphrase(file, slot_id, old, new, cost=CHEAP, device_secret=None, new_device_secret=None, floor_kib=8)


def opens(file: KeyFile, created: Created, passphrase: str) -> bool:
    """Tell whether the passphrase opens; a key that is not the store's fails the test."""
    try:
        key = open_with_passphrase(file, created.slot.id, passphrase).key
    except WrongPassphrase:
        return False
    assert key == created.key
    return True


class PowerCut(BaseException):
    """The machine is gone; no handler of the program sees it."""


class MemoryDisk:
    """
    A disk that forgets what was not synced.

    Attributes:
        now: What a running program sees.
        steps_left: Calls that change something before the power goes, None for no cut.
        honest: False makes both syncs do nothing (the control).
    """

    def __init__(self, honest: bool = True) -> None:
        self.now: dict[Path, bytes] = {}
        self.durable_names: dict[Path, bytes] = {}
        self.pending: list[tuple[Path, Path]] = []
        self.renamed: list[str] = []
        self.unsynced: set[Path] = set()
        self.steps_left: int | None = None
        self.honest = honest

    def read(self, path: Path, most_bytes: int) -> bytes | None:
        return self.now.get(path)

    def _step(self) -> None:
        if self.steps_left is not None:
            if self.steps_left == 0:
                raise PowerCut
            self.steps_left -= 1

    def write(self, path: Path, data: bytes) -> None:
        self._step()
        self.now[path] = data[: len(data) // 2]
        self.unsynced.add(path)
        self._step()
        self.now[path] = data

    def sync(self, path: Path) -> None:
        self._step()
        if self.honest:
            self.unsynced.discard(path)

    def rename(self, source: Path, target: Path) -> None:
        self._step()
        self.now[target] = self.now.pop(source)
        if source in self.unsynced:
            self.unsynced.discard(source)
            self.unsynced.add(target)
        else:
            self.unsynced.discard(target)
        self.pending.append((source, target))
        self.renamed.append(target.name)

    def sync_folder(self, folder: Path) -> None:
        self._step()
        if self.honest:
            self.durable_names = {p: d for p, d in self.now.items() if p not in self.unsynced}
            self.pending.clear()

    def after_cut(self) -> Iterator[MemoryDisk]:
        """Give every state the medium may be found in: renames done or not, unsynced content whole, half or none."""
        targets = sorted({target for _, target in self.pending} | self.unsynced)
        for fates in itertools.product(("old", "new", "half", "none"), repeat=len(targets)):
            found = MemoryDisk()
            found.now = dict(self.durable_names)
            for target, fate in zip(targets, fates, strict=True):
                if fate in {"half", "none"} and target not in self.unsynced:
                    break
                data = self.now.get(target)
                if data is not None and fate != "old":
                    found.now[target] = {"new": data, "half": data[: len(data) // 2], "none": b""}[fate]
            else:
                yield found


def settled(honest: bool = True) -> tuple[MemoryDisk, KeyFile, Created]:
    """Return a disk on which the first slot set is durable."""
    disk = MemoryDisk()
    file = KeyFile(Path("store"), disk)
    created = create(file)
    disk.honest = honest
    return disk, file, created


def states_after_cut(honest: bool) -> Iterator[tuple[int, KeyFile, Created]]:
    """Cut the power before each step of a passphrase change and give every state found afterwards."""
    for step in itertools.count():
        disk, file, created = settled(honest)
        disk.steps_left = step
        try:
            change(file, created.slot.id)
        except PowerCut:
            finished = False
        else:
            finished = True
        for found in disk.after_cut():
            yield step, KeyFile(Path("store"), found), created
        if finished:
            return


def test_a_power_cut_at_any_step_leaves_the_old_or_the_new_passphrase_and_the_paper() -> None:
    """Two copies, each five steps (half written, written, synced, renamed, folder synced)."""
    steps, outcomes = set(), set()
    for step, file, created in states_after_cut(honest=True):
        steps.add(step)
        old, new = opens(file, created, OLD), opens(file, created, NEW)
        assert old != new
        outcomes.add(new)
        assert created.key == open_with_recovery_code(file, created.code.text()).key
        file.mend()
        assert {encode(file.read())} == {file.disk.read(path, MOST_BYTES) for path in file.copies}
    assert set(range(11)) == steps
    assert outcomes == {False, True}


def test_once_the_change_has_returned_a_power_cut_keeps_the_new_passphrase() -> None:
    disk, file, created = settled()
    change(file, created.slot.id)
    found = list(disk.after_cut())
    assert found
    assert all(opens(KeyFile(Path("store"), state), created, NEW) for state in found)


def test_the_model_notices_a_disk_whose_syncs_do_nothing() -> None:
    """The control: without fsync some state opens with nothing at all."""
    lost = 0
    for _, file, _created in states_after_cut(honest=False):
        try:
            file.read()
        except (KeyFileDamaged, KeyFileMissing):
            lost += 1
    assert lost


class FailingDisk(LocalDisk):
    """A real folder on which the n-th changing call fails, before or after its effect."""

    def __init__(self, fail_at: int, error: BaseException, late: bool) -> None:
        self.calls, self.fail_at, self.error, self.late = 0, fail_at, error, late

    def _run(self, act: object, *args: object) -> None:
        failing = self.calls == self.fail_at
        self.calls += 1
        if failing and not self.late:
            raise self.error
        act(*args)  # type: ignore[operator]
        if failing:
            raise self.error

    def write(self, path: Path, data: bytes) -> None:
        self._run(super().write, path, data)

    def sync(self, path: Path) -> None:
        self._run(super().sync, path)

    def rename(self, source: Path, target: Path) -> None:
        self._run(super().rename, source, target)

    def sync_folder(self, folder: Path) -> None:
        self._run(super().sync_folder, folder)


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(8))
def test_a_kill_at_any_call_on_a_real_folder_leaves_one_passphrase_that_opens(
    tmp_path: Path, step: int, late: bool
) -> None:
    created = create(KeyFile(tmp_path / "store"))
    with pytest.raises(PowerCut):
        change(KeyFile(tmp_path / "store", FailingDisk(step, PowerCut(), late)), created.slot.id)
    file = KeyFile(tmp_path / "store")
    old, new = opens(file, created, OLD), opens(file, created, NEW)
    assert old != new
    assert created.key == open_with_recovery_code(file, created.code.text()).key
    change(file, created.slot.id, OLD if old else NEW, "velvet mountain railway")
    assert opens(file, created, "velvet mountain railway")
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix != ".part") == ["store.keys.a", "store.keys.b"]


@pytest.mark.parametrize("step", range(8))
def test_a_full_disk_is_reported_and_leaves_a_file_that_opens(tmp_path: Path, step: int) -> None:
    created = create(KeyFile(tmp_path / "store"))
    full = KeyFile(tmp_path / "store", FailingDisk(step, OSError(errno.ENOSPC, "full"), late=False))
    with pytest.raises(KeyFileUnwritten) as caught:
        change(full, created.slot.id)
    assert caught.value.params["errno"] == errno.ENOSPC
    file = KeyFile(tmp_path / "store")
    assert opens(file, created, OLD) != opens(file, created, NEW)


CHILD = """
import sys
from pathlib import Path
from avrr_desktop.keys.changing import change_passphrase
from avrr_desktop.keys.cost import Cost
from avrr_desktop.keys.keyfile import KeyFile
file, slot = KeyFile(Path(sys.argv[1])), sys.argv[2]
words = ["a lantern in the harbour", "nine geese on the ice"]
print("ready", flush=True)
while True:
    for old, new in (words, words[::-1]):
        change_passphrase(
            file, slot, old, new, cost=Cost(8, 1, 1), device_secret=None, new_device_secret=None, floor_kib=8
        )
"""


def test_a_process_killed_while_it_rewrites_leaves_a_file_that_opens(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    created = create(file)
    generations = [file.read().generation]
    for turn in range(6):
        if opens(file, created, NEW):
            change(file, created.slot.id, NEW, OLD)
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path / "store"), created.slot.id], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.03 + 0.0037 * turn)  # the moment of the kill, not a wait for a result
        child.kill()
        child.wait()
        child.stdout.close()
        assert opens(file, created, OLD) != opens(file, created, NEW)
        generations.append(file.read().generation)
    assert len(set(generations)) > 1
    assert created.key == open_with_recovery_code(file, created.code.text()).key


def test_the_other_copy_is_used_whichever_is_damaged_or_gone(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    created = create(file)
    for path in file.copies:
        for content in (None, b"", b"rubbish", b"\0" * (MOST_BYTES + 5)):
            path.unlink() if content is None else path.write_bytes(content)
            assert opens(file, created, OLD)
            assert file.mend()
            assert not file.mend()
            assert file.copies[0].read_bytes() == file.copies[1].read_bytes()


@pytest.mark.parametrize(("index", "first"), [(0, "store.keys.a"), (1, "store.keys.b")])
def test_a_rewrite_begins_with_the_copy_that_is_older_or_damaged(index: int, first: str) -> None:
    """So the whole copy is not touched before another whole one lies beside it, even where renames are not atomic."""
    disk, file, created = settled()
    older = disk.now[file.copies[index]]
    change(file, created.slot.id, OLD, NEW)
    for content in (older, b"rubbish"):
        disk.now[file.copies[index]] = content
        disk.renamed.clear()
        old, new = (NEW, OLD) if opens(file, created, NEW) else (OLD, NEW)
        change(file, created.slot.id, old, new)
        assert disk.renamed[0] == first
        assert len(disk.renamed) == 2


def test_two_damaged_copies_are_damaged_not_missing_and_not_a_wrong_passphrase(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    created = create(file)
    for path in file.copies:
        path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(KeyFileDamaged) as caught:
        open_with_passphrase(file, created.slot.id, OLD)
    assert caught.value.params["why"] == "both-copies"


def test_the_newest_valid_copy_wins(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    created = create(file)
    for index in (0, 1):
        older = file.copies[index].read_bytes()
        old, new = (OLD, NEW) if index == 0 else (NEW, OLD)
        change(file, created.slot.id, old, new)
        file.copies[index].write_bytes(older)
        assert (opens(file, created, new), opens(file, created, old)) == (True, False)


def test_copies_that_contradict_each_other_are_refused_rather_than_guessed_at(tmp_path: Path) -> None:
    file, other = KeyFile(tmp_path / "store"), KeyFile(tmp_path / "other")
    created = create(file)
    create(other)
    file.copies[0].write_bytes(other.copies[0].read_bytes())
    with pytest.raises(KeyFileDamaged) as caught:
        opens(file, created, OLD)
    assert caught.value.params["why"] == "copies-differ"
    keys = replace(other.read(), store="store-2")
    file.copies[0].write_bytes(encode(keys))
    with pytest.raises(KeyFileDamaged) as caught:
        opens(file, created, OLD)
    assert caught.value.params["why"] == "stores-differ"


def test_a_newer_file_is_refused_with_both_versions_named_whatever_the_other_copy_says(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    created = create(file)
    file.copies[1].write_bytes(newer_file(2, b'{"anything":"else"}'))
    with pytest.raises(KeyFileNewer) as caught:
        opens(file, created, OLD)
    assert caught.value.params == {"found": 2, "known": 1}


def newer_file(version: int, text: bytes) -> bytes:
    import hashlib

    line = b"avrr-keys %d\n" % version
    return b"avrr-keys %d %s\n" % (version, hashlib.sha256(line + text).hexdigest().encode()) + text


def test_a_rewrite_of_an_outdated_reading_is_refused(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    created = create(file)
    outdated = file.read()
    change(file, created.slot.id)
    with pytest.raises(KeyFileChanged):
        file.rewrite(replace(outdated, generation=outdated.generation + 1))
    assert opens(file, created, NEW)


def test_the_copies_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "store")
    create(file)
    expected = 0o666 if os.name == "nt" else 0o600  # Windows has no such bits
    assert [path.stat().st_mode & 0o777 for path in file.copies] == [expected, expected]


SAMPLE_FILE = KeyFile(Path("sample"), MemoryDisk())
SAMPLE = create(SAMPLE_FILE)
SAMPLE_BYTES = encode(SAMPLE_FILE.read())


@given(st.integers(0, len(SAMPLE_BYTES) - 1), st.integers(1, 255))
def test_any_flipped_byte_of_a_copy_is_refused_and_the_other_copy_opens(place: int, flip: int) -> None:
    damaged = SAMPLE_BYTES[:place] + bytes([SAMPLE_BYTES[place] ^ flip]) + SAMPLE_BYTES[place + 1 :]
    with pytest.raises(KeyFileDamaged):
        decode(damaged)
    disk = MemoryDisk()
    file = KeyFile(Path("sample"), disk)
    disk.now = dict(zip(file.copies, (damaged, SAMPLE_BYTES), strict=True))
    assert opens(file, SAMPLE, OLD)
    disk.now = dict.fromkeys(file.copies, damaged)
    with pytest.raises(KeyFileDamaged):
        open_with_recovery_code(file, SAMPLE.code.text())


@given(st.integers(0, len(SAMPLE_BYTES) - 80), st.sampled_from(b"0123456789abcdef"))
def test_a_changed_body_with_a_mended_checksum_never_gives_a_wrong_key(place: int, letter: int) -> None:
    """Whoever can compute SHA-256 still cannot make the file give another key, nor pass changed slots for ours."""
    text = SAMPLE_BYTES[SAMPLE_BYTES.index(b"\n") + 1 :]
    place %= len(text)
    changed = text[:place] + bytes([letter]) + text[place + 1 :]
    if changed == text:
        return
    disk = MemoryDisk()
    file = KeyFile(Path("sample"), disk)
    disk.now = dict.fromkeys(file.copies, newer_file(1, changed))
    for verb in (
        lambda: open_with_passphrase(file, SAMPLE.slot.id, OLD),
        lambda: open_with_recovery_code(file, SAMPLE.code.text()),
    ):
        with pytest.raises(KeysFailure):
            verb()


def test_a_key_from_one_file_does_not_pass_for_another_store(tmp_path: Path) -> None:
    """A slot copied into another store's file is bound to its own store."""
    file = KeyFile(tmp_path / "store")
    created = create(file)
    moved = encode(replace(file.read(), store="store-2"))
    for path in file.copies:
        path.write_bytes(moved)
    assert not opens(file, created, OLD)
    assert not file.read().fits(Secret(bytes(32)))
