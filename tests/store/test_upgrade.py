"""Numbered steps: a checked copy first, all or nothing, a newer file never touched."""

from pathlib import Path

import pytest

from avrr_desktop.store.errors import DiskFull, StoreFailure, StoreNewer, UpgradeFailed
from avrr_desktop.store.file import connect, open_file
from avrr_desktop.store.integrity import check, check_file
from avrr_desktop.store.upgrade import copies_of, forget_copies, upgrade
from tests.encrypted import KEY, MARKER, STEP, die, digest, flip, in_child, make, note_count

ADD = "CREATE TABLE added (a) STRICT"
SECOND = "ALTER TABLE note ADD COLUMN seen INTEGER; CREATE TABLE mark (id INTEGER PRIMARY KEY)"
THIRD = "INSERT INTO mark SELECT id FROM note; DROP TABLE note"
STEPS = (STEP, SECOND, THIRD)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make(tmp_path)


def tables(path: Path) -> tuple[int, set[str]]:
    """Return version and tables as a fresh connection sees them."""
    connection = connect(path, KEY, mode="ro")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    connection.close()
    return version, names


def test_steps_run_once_in_order_and_a_copy_of_each_state_stays(store: Path) -> None:
    with open_file(store, KEY, known_version=3) as file:
        copies = upgrade(file, STEPS)
        assert file.schema_version == 3
        assert upgrade(file, STEPS) == ()
    assert [copy.name for copy in copies] == ["office.avrr.before-2", "office.avrr.before-3"]
    assert copies == copies_of(store)
    version, names = tables(store)
    assert version == 3
    assert "note" not in names
    assert tables(copies[0])[0] == 1
    assert (tables(copies[1])[0], {"note", "mark"} <= tables(copies[1])[1]) == (2, True)
    with open_file(store, KEY) as file:
        assert file.schema_version == 3
        assert file.reader.execute("SELECT count(*) FROM mark").fetchone()[0] == 200


def test_a_copy_is_encrypted_whole_and_opens_as_a_store(store: Path) -> None:
    with open_file(store, KEY) as file:
        (copy,) = upgrade(file, (STEP, SECOND))
    assert copy.stat().st_mode & 0o777 == 0o600
    assert MARKER.encode() not in copy.read_bytes()
    assert check_file(copy, KEY).ok
    with open_file(copy, KEY, expected_id=file.store_id) as old:
        assert (old.schema_version, note_count(old)) == (1, 200)


def test_a_store_up_to_date_is_not_copied(store: Path) -> None:
    before = digest(store)
    with open_file(store, KEY) as file:
        assert upgrade(file, (STEP,)) == ()
    assert copies_of(store) == ()
    assert before == digest(store)


def test_a_newer_store_is_refused_with_both_versions_and_no_write(tmp_path: Path) -> None:
    store = make(tmp_path, steps=STEPS[:2])
    before = digest(store)
    with open_file(store, KEY) as file, pytest.raises(StoreNewer) as caught:
        upgrade(file, (STEP,))
    assert caught.value.params == {"found": 2, "known": 1}
    assert before == digest(store)
    assert copies_of(store) == ()


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (SECOND + "; INSERT INTO nowhere VALUES (1)", "step"),
        (SECOND + "; INSERT INTO mark VALUES (1); INSERT INTO mark VALUES (1)", "step"),
        (SECOND + "; CREATE TABLE child (a REFERENCES mark (id) DEFERRABLE INITIALLY DEFERRED);"
         " INSERT INTO child VALUES (77)", "check"),
        (SECOND + "; CREATE TABLE odd (a CHECK (a > 0)); PRAGMA ignore_check_constraints=ON;"
         " INSERT INTO odd VALUES (-1); PRAGMA ignore_check_constraints=OFF", "check"),
    ],
)  # fmt: skip
def test_a_failure_in_the_middle_leaves_the_file_as_it_was(store: Path, broken: str, why: str) -> None:
    before = tables(store)
    with open_file(store, KEY) as file:
        with pytest.raises(UpgradeFailed) as caught:
            upgrade(file, (STEP, broken))
        assert {"step": 2, "why": why} == caught.value.params
        assert (file.schema_version, note_count(file)) == (1, 200)
        assert check(file.reader).ok
    assert before == tables(store)
    assert len(copies_of(store)) == 1
    with open_file(store, KEY) as file:
        upgrade(file, STEPS)
        assert file.schema_version == 3


def test_a_later_failure_keeps_the_steps_before_it(store: Path) -> None:
    with open_file(store, KEY) as file:
        with pytest.raises(UpgradeFailed):
            upgrade(file, (STEP, SECOND, "DROP TABLE nowhere"))
        assert file.schema_version == 2
    assert tables(store)[0] == 2


def test_a_kill_in_the_middle_of_a_step_leaves_the_old_file(store: Path) -> None:
    def work() -> None:
        file = open_file(store, KEY)
        file.writer.create_function("die", 0, die)
        upgrade(file, (STEP, f"{SECOND}; UPDATE note SET seen = 1; SELECT die(); {ADD}"))

    before = tables(store)
    assert in_child(work) == "killed"
    with open_file(store, KEY) as file:
        assert (file.schema_version, note_count(file)) == (1, 200)
        assert check(file.reader).ok
    assert before == tables(store)
    assert len(copies_of(store)) == 1


def test_a_damaged_store_is_not_upgraded_and_its_older_copy_stays(store: Path) -> None:
    with open_file(store, KEY) as file, pytest.raises(UpgradeFailed):
        upgrade(file, (STEP, "DROP TABLE nowhere"))
    (copy,) = copies_of(store)
    flip(store, store.stat().st_size - 2000)
    before, copy_before = digest(store), digest(copy)
    with open_file(store, KEY) as file, pytest.raises(StoreFailure):
        upgrade(file, STEPS)
    assert (before, copy_before) == (digest(store), digest(copy))
    assert [path.name for path in store.parent.iterdir() if ".part" in path.name] == []


def test_a_full_disk_during_a_step_is_told_as_such(store: Path) -> None:
    with open_file(store, KEY) as file:
        size = file.writer.execute("PRAGMA page_count").fetchone()[0]
        file.writer.execute(f"PRAGMA max_page_count={size}")
        with pytest.raises(DiskFull):
            upgrade(file, (STEP, "CREATE TABLE big AS SELECT a.body FROM note a, note b"))
        assert file.schema_version == 1
    assert tables(store)[0] == 1


def test_copies_go_when_they_are_told_to_and_nothing_else_goes(store: Path) -> None:
    with open_file(store, KEY) as file:
        upgrade(file, STEPS)
    other = store.with_name("office.avrr.before-lunch")
    other.write_text("mine")
    assert forget_copies(store) == 2
    assert copies_of(store) == ()
    assert other.exists()
    assert store.exists()
    assert forget_copies(store) == 0
