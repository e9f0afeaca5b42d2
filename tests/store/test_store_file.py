"""Opening and creating the encrypted file: every kind of damage has its own code and changes no byte."""

import errno
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.store import errors
from avrr_desktop.store.file import META, File, connect, create_file, open_file, statements, transaction
from avrr_desktop.store.integrity import check, check_file
from avrr_desktop.store.pages import good_pages, pages_in_wal
from tests.encrypted import (
    KEY,
    MARKER,
    OTHER_KEY,
    PAGE,
    STEP,
    STORE_ID,
    die,
    digest,
    failure_of,
    flip,
    in_child,
    make,
    note_count,
    write_notes,
)

NOBODY = 65534
ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    """A store in a folder every account can enter; pytest's own folders belong to one account."""
    folder = Path(mkdtemp(prefix="avrr-"))
    folder.chmod(0o755)
    yield make(folder)
    shutil.rmtree(folder)


def as_other_account(work: Callable[[], object]) -> str:
    """Root may write everything, so root hands the work to nobody."""
    return in_child(work, uid=NOBODY if os.geteuid() == 0 else None)


def test_a_created_store_opens_again_with_what_was_written(store: Path) -> None:
    with open_file(store, KEY, expected_id=STORE_ID, known_version=1, key_is_right=True) as file:
        assert (file.store_id, file.schema_version, file.was_clean, note_count(file)) == (STORE_ID, 1, True, 200)


def test_no_plaintext_reaches_the_disk(store: Path) -> None:
    """The control: the same marker is found in a plain file written by the same statements."""
    with open_file(store, KEY) as file:
        write_notes(file, 50)
        beside = sorted(path.name for path in store.parent.iterdir())
        assert beside == ["office.avrr", "office.avrr-shm", "office.avrr-wal", "office.avrr.lock"]
        for path in store.parent.iterdir():
            assert MARKER.encode() not in path.read_bytes()
            assert b"CREATE TABLE" not in path.read_bytes()
    plain = store.with_name("plain")
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE note (body TEXT)")
    connection.execute("INSERT INTO note VALUES (?)", (MARKER,))
    connection.commit()
    connection.close()
    assert MARKER.encode() in plain.read_bytes()


def test_the_file_is_for_its_owner_only(store: Path) -> None:
    with open_file(store, KEY):
        modes = {path.name: path.stat().st_mode & 0o777 for path in store.parent.iterdir()}
    assert {0o600} == {modes[name] for name in ("office.avrr", "office.avrr-wal", "office.avrr-shm")}


def test_the_settings_hold_on_both_connections(store: Path) -> None:
    expected = {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "busy_timeout": 5000,
    }
    with open_file(store, KEY) as file:
        for connection in (file.writer, file.reader):
            assert expected == {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
        assert file.writer.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_the_reader_cannot_write(store: Path) -> None:
    with open_file(store, KEY) as file, pytest.raises(sqlcipher.OperationalError, match="readonly"):
        file.reader.execute("DELETE FROM note")


def test_a_program_without_the_key_reads_nothing(store: Path) -> None:
    for module in (sqlite3, sqlcipher):
        connection = module.connect(store)
        with pytest.raises(module.DatabaseError, match="not a database"):
            connection.execute("SELECT * FROM note")
        connection.close()


@pytest.mark.parametrize("length", [0, 20, 31, 33])
def test_a_key_of_another_length_is_never_taken_for_a_passphrase(store: Path, length: int) -> None:
    assert ("store.key_malformed", {"length": length}) == failure_of(store, key=bytes(length))


def text_file(path: Path) -> None:
    path.write_text("Minutes of the meeting of 3 March.\n" * 300)


def plain_sqlite(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (name TEXT, value TEXT)")
    connection.close()


def other_program(key: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.unlink()
        connection = connect(path, key, mode="rwc")
        connection.execute("CREATE TABLE message (body TEXT)")
        connection.close()

    return write


def without_meta_row(path: Path) -> None:
    connection = connect(path, KEY)
    connection.execute("DELETE FROM meta")
    connection.close()


def replaced_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def cut(length: int) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, length)


def flipped(position: int) -> Callable[[Path], None]:
    return lambda path: flip(path, position)


RIGHT, WRONG, UNKNOWN = True, False, None

CASES: dict[str, tuple[Callable[[Path], object], bool | None, str, dict[str, object]]] = {
    "missing": (Path.unlink, UNKNOWN, "store.missing", {}),
    "zero length": (cut(0), UNKNOWN, "store.empty", {}),
    "a folder": (replaced_by_folder, UNKNOWN, "store.foreign", {"why": "folder"}),
    "a text": (text_file, UNKNOWN, "store.foreign", {"why": "random"}),
    "a text, key known to be right": (text_file, RIGHT, "store.foreign", {"why": "random"}),
    "plain sqlite": (plain_sqlite, RIGHT, "store.foreign", {"why": "plain"}),
    "another program's file, same key": (other_program(KEY), UNKNOWN, "store.foreign", {"why": "application"}),
    "another program's file": (other_program(OTHER_KEY), UNKNOWN, "store.wrong_key", {}),
    "salt, key known to be right": (flipped(3), RIGHT, "store.damaged", {"page": 1}),
    "salt, key not known": (flipped(3), UNKNOWN, "store.wrong_key", {}),
    "page 1, key known to be right": (flipped(700), RIGHT, "store.damaged", {"page": 1}),
    "page 1, key not known": (flipped(700), UNKNOWN, "store.damaged", {"page": 1}),
    "meta row gone": (without_meta_row, UNKNOWN, "store.damaged", {"page": None}),
    "cut inside page 1, key known to be right": (
        cut(1000),
        RIGHT,
        "store.truncated",
        {"found": 1000, "expected": None},
    ),
    "cut inside page 1, key not known": (cut(1000), UNKNOWN, "store.wrong_key", {}),
    "cut inside page 1, key known to be wrong": (cut(1000), WRONG, "store.wrong_key", {}),
}


@pytest.mark.parametrize("case", CASES)
def test_each_damage_has_its_code_and_changes_no_byte(store: Path, case: str) -> None:
    harm, key_is_right, code, params = CASES[case]
    harm(store)
    before = digest(store) if store.is_file() else None
    assert (code, params) == failure_of(store, key_is_right=key_is_right)
    assert before == (digest(store) if store.is_file() else None)


@pytest.mark.parametrize("key_is_right", [None, False])
def test_a_wrong_key_is_named_and_changes_no_byte(store: Path, key_is_right: bool | None) -> None:
    before = digest(store)
    assert failure_of(store, key=OTHER_KEY, key_is_right=key_is_right) == ("store.wrong_key", {})
    assert before == digest(store)
    assert failure_of(store) == ("opened", {})


def test_the_store_of_another_office_is_refused(store: Path) -> None:
    before = digest(store)
    assert failure_of(store, expected_id="zzzzzzzzzzzzzzzzzzzzzzzzzz") == ("store.foreign", {"why": "another"})
    assert before == digest(store)


def test_a_newer_store_is_refused_with_both_versions(tmp_path: Path) -> None:
    store = make(tmp_path, steps=(STEP, "CREATE TABLE later (a)"))
    before = digest(store)
    assert failure_of(store, known_version=1) == ("store.newer", {"found": 2, "known": 1})
    assert before == digest(store)
    assert failure_of(store, known_version=2) == ("opened", {})


def test_a_changed_byte_is_found_wherever_it_is(store: Path, deep: bool) -> None:
    """Opening or the checks name the very page, for one place in each page and for places drawn at random."""
    assert check_file(store, KEY).ok
    whole = store.read_bytes()
    pages = len(whole) // PAGE
    chance = random.Random(7)
    places = [page * PAGE + chance.randrange(PAGE) for page in range(pages)]
    places += [chance.randrange(len(whole)) for _ in range(2000 if deep else 40)]
    assert pages > 20
    for place in places:
        flip(store, place)
        code, params = failure_of(store, key_is_right=True)
        found = [params["page"]] if code == "store.damaged" else list(check_file(store, KEY).pages)
        assert [place // PAGE + 1] == found, place
        store.write_bytes(whole)


def test_a_store_cut_anywhere_is_called_truncated(store: Path) -> None:
    """At a page's end SQLCipher's own check is silent and its first page reads well."""
    whole = store.read_bytes()
    for length in [*range(PAGE, len(whole), PAGE), *range(PAGE + 1, len(whole), 7 * PAGE + 333), len(whole) - 1]:
        store.write_bytes(whole[:length])
        code, params = failure_of(store)
        assert ("store.truncated", length) == (code, params.get("found")), length
        assert params["expected"] in (None, len(whole))
        assert whole[:length] == store.read_bytes()


def test_damage_to_a_page_that_opening_needs_is_named(store: Path) -> None:
    connection = connect(store, KEY)
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()[0]
    connection.close()
    flip(store, (page - 1) * PAGE + 2000)
    before = digest(store)
    assert ("store.damaged", {"page": page}) == failure_of(store)
    assert before == digest(store)


def test_one_good_page_proves_the_key(store: Path) -> None:
    assert all(good_pages(store, KEY))
    assert not any(good_pages(store, OTHER_KEY))


def leave_open(store: Path) -> str:
    def work() -> None:
        file = open_file(store, KEY)
        write_notes(file, 500)
        die()

    return in_child(work)


def test_a_killed_program_loses_nothing_and_leaves_its_trace(store: Path) -> None:
    assert leave_open(store) == "killed"
    with open_file(store, KEY) as file:
        assert (file.was_clean, note_count(file)) == (False, 700)
        assert check(file.reader).ok
    # Closed well, and still nobody has said that the checks found nothing.
    with open_file(store, KEY) as file:
        assert not file.was_clean
        file.believe()
    with open_file(store, KEY) as file:
        assert file.was_clean


def test_a_page_torn_at_a_checkpoint_is_repaired_by_the_log(store: Path) -> None:
    assert leave_open(store) == "killed"
    in_log = {page for page in pages_in_wal(store) if page * PAGE <= store.stat().st_size}
    assert {1} < in_log
    for page in in_log:
        flip(store, page * PAGE - 100)
    assert in_log == {number for number, good in enumerate(good_pages(store, KEY), 1) if not good}
    with open_file(store, KEY) as file:
        assert note_count(file) == 700
        assert check(file.reader).ok
    assert check_file(store, KEY).ok


def test_what_was_not_committed_does_not_count_as_waiting_in_the_log(store: Path) -> None:
    def work() -> None:
        file = open_file(store, KEY)
        file.writer.execute("PRAGMA cache_size=5")
        file.writer.execute("BEGIN IMMEDIATE")
        file.writer.executemany("INSERT INTO note (body) VALUES (?)", [("x" * 3000,)] * 100)
        die()

    assert in_child(work) == "killed"
    assert store.with_name(store.name + "-wal").stat().st_size > 10 * PAGE
    assert pages_in_wal(store) == set()
    with open_file(store, KEY) as file:
        assert (file.was_clean, note_count(file)) == (False, 200)


def test_a_failed_opening_does_not_touch_the_waiting_log(store: Path) -> None:
    assert leave_open(store) == "killed"
    wal = store.with_name(store.name + "-wal")
    before = digest(store), digest(wal)
    assert failure_of(store, key=OTHER_KEY)[0] == "store.wrong_key"
    assert failure_of(store, expected_id="another")[0] == "store.foreign"
    assert failure_of(store, known_version=0)[0] == "store.newer"
    assert before == (digest(store), digest(wal))
    with open_file(store, KEY) as file:
        assert note_count(file) == 700


def test_a_file_this_account_cannot_write_is_read_only(shared: Path) -> None:
    shared.chmod(0o444)
    shared.parent.chmod(0o777)
    before = digest(shared)
    assert as_other_account(lambda: open_file(shared, KEY)) == "store.read_only"
    assert before == digest(shared)


def test_a_folder_this_account_cannot_write_is_read_only(shared: Path) -> None:
    shared.chmod(0o666)
    shared.parent.chmod(0o555)
    before = digest(shared)
    assert as_other_account(lambda: open_file(shared, KEY)) == "store.read_only"
    assert (
        as_other_account(lambda: create_file(shared.with_name("new"), KEY, store_id=STORE_ID, steps=(STEP,)))
        == "store.read_only"
    )
    assert before == digest(shared)
    shared.parent.chmod(0o755)


def test_a_full_disk_is_told_and_the_transaction_did_not_happen(store: Path) -> None:
    with open_file(store, KEY) as file:
        size = file.writer.execute("PRAGMA page_count").fetchone()[0]
        file.writer.execute(f"PRAGMA max_page_count={size}")
        with pytest.raises(errors.DiskFull), errors.told_apart():
            write_notes(file, 500)
        file.reopen()
        assert note_count(file) == 200
        write_notes(file, 1)
        assert note_count(file) == 201


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "store.disk_full"),
        (errno.EFBIG, "store.disk_full"),
        (errno.EROFS, "store.read_only"),
        (errno.EACCES, "store.read_only"),
        (errno.EIO, "store.disk_failed"),
    ],
)
def test_what_the_system_says_is_told_apart(number: int, code: str) -> None:
    with pytest.raises(errors.StoreFailure) as caught, errors.told_apart():
        raise OSError(number, os.strerror(number))
    assert code == caught.value.code


def test_our_own_mistakes_are_not_dressed_as_the_disks(store: Path) -> None:
    missing = pytest.raises(sqlcipher.OperationalError, match="no such table")
    with open_file(store, KEY) as file, missing, errors.told_apart():
        file.reader.execute("SELECT * FROM nowhere")


def test_creating_never_touches_what_is_there(store: Path, tmp_path: Path) -> None:
    before = digest(store)
    with pytest.raises(errors.StoreExists):
        create_file(store, OTHER_KEY, store_id=STORE_ID, steps=(STEP,))
    assert before == digest(store)
    with pytest.raises(errors.StoreExists):
        create_file(tmp_path, KEY, store_id=STORE_ID, steps=(STEP,))
    assert not tmp_path.with_name(tmp_path.name + ".lock").exists()


def test_a_creation_cut_short_leaves_no_store_and_can_be_repeated(tmp_path: Path) -> None:
    path = tmp_path / "office.avrr"
    with pytest.raises(sqlcipher.OperationalError):
        create_file(path, KEY, store_id=STORE_ID, steps=(STEP + "; CREATE TABLE note (again)",))
    assert not path.exists()
    create_file(path, KEY, store_id=STORE_ID, steps=(STEP,))
    assert failure_of(path) == ("opened", {})
    assert sorted(found.name for found in tmp_path.iterdir()) == ["office.avrr", "office.avrr.lock"]


@pytest.mark.parametrize("call", range(1, 9))
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
def test_a_disk_that_fails_during_creation_gives_a_whole_store_or_none(tmp_path: Path, error: str, call: int) -> None:
    path = tmp_path / "office.avrr"
    script = (
        "from pathlib import Path; from tests.encrypted import *\n"
        f"create_file(Path({str(path)!r}), KEY, store_id=STORE_ID, steps=(STEP,))"
    )
    inject = ["strace", "-f", "-o", os.devnull, "-e", f"inject=fsync:error={error}:when={call}"]
    done = subprocess.run([*inject, sys.executable, "-c", script], capture_output=True, check=False, cwd=ROOT)
    assert b"ImportError" not in done.stderr
    assert (failure_of(path)[0] == "opened") or (done.returncode != 0 and not path.exists())


def stopped_by_the_user(file: File) -> None:
    with transaction(file.writer) as connection:
        connection.execute("CREATE TABLE made (a)")
        connection.execute("DELETE FROM note")
        raise KeyboardInterrupt


def test_a_new_store_never_waits_in_a_log_that_its_name_would_lose(tmp_path: Path) -> None:
    """A checkpoint that fails while closing is silent; what is renamed must be whole without any other file."""
    path = tmp_path / "office.avrr"
    create_file(path, KEY, store_id=STORE_ID, steps=(STEP,))
    connection = connect(path, KEY, mode="ro")
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    connection.close()
    with open_file(path, KEY) as file:
        assert file.writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_a_transaction_is_undone_by_any_exception(store: Path) -> None:
    with open_file(store, KEY) as file:
        with pytest.raises(KeyboardInterrupt):
            stopped_by_the_user(file)
        assert note_count(file) == 200
        assert file.reader.execute("SELECT 1 FROM sqlite_schema WHERE name = 'made'").fetchall() == []


def test_emptying_the_log_leaves_it_without_a_byte(store: Path) -> None:
    with open_file(store, KEY) as file:
        write_notes(file, 5)
        wal = store.with_name(store.name + "-wal")
        assert wal.stat().st_size > 0
        file.empty_log()
        assert wal.stat().st_size == 0


def test_a_script_is_cut_at_the_ends_of_its_statements() -> None:
    trigger = "CREATE TRIGGER t BEFORE DELETE ON a BEGIN SELECT 1; SELECT ';'; END;"
    script = f"CREATE TABLE a (b TEXT DEFAULT 'x;y');\n{trigger}\n-- a note; with a semicolon\nCREATE TABLE c (d)"
    assert len(statements(script)) == 3
    assert trigger == statements(script)[1]
    assert statements(" ;\n; ") == []
    assert [META[0]] == [text.rstrip(";") for text in statements(META[0] + ";")]


def test_opening_a_store_loads_nothing_heavy() -> None:
    script = "import sys, json, avrr_desktop.store.file; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    loaded = {name.partition(".")[0] for name in json.loads(done.stdout)}
    assert "sqlcipher3" in loaded
    heavy = {"sqlmodel", "sqlalchemy", "pydantic", "cryptography", "argon2", "reportlab", "pyxform", "PySide6"}
    assert set() == heavy & loaded
