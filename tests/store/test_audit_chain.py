"""The audit trail: whatever is edited, cut, moved or rewritten is found."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from avrr_desktop.domain.ids import OfficerId
from avrr_desktop.journal.errors import NotAValue
from avrr_desktop.store.audit import Head, append, head, verify
from avrr_desktop.store.file import Connection, File, connect, open_file, transaction
from tests.encrypted import KEY, make

AT = datetime(2026, 11, 24, 18, 13, 25, tzinfo=UTC)
OFFICER = OfficerId("officer-one")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make(tmp_path, notes=0)


@pytest.fixture
def trail(store: Path) -> Iterator[File]:
    """An open store with six rows, each of a transaction of its own."""
    with open_file(store, KEY) as file:
        for n in range(6):
            with transaction(file.writer) as connection:
                append(connection, OFFICER, "section.viewed", {"case": f"case-{n}", "rows": n}, AT + timedelta(hours=n))
        yield file


def without_triggers(connection: Connection) -> None:
    """What somebody with the key and any SQLite program does first."""
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")


def test_an_untouched_trail_verifies_row_by_row(trail: File) -> None:
    assert (verify(trail.reader).rows, verify(trail.reader).broken, verify(trail.reader).ok) == (6, None, True)
    assert head(trail.reader).n == 6


def test_an_empty_trail_verifies(store: Path) -> None:
    with open_file(store, KEY) as file:
        assert verify(file.reader).ok
        assert Head(0, bytes(32)) == head(file.reader)


def test_a_row_lives_and_dies_with_its_transaction(trail: File) -> None:
    before = head(trail.reader)
    trail.writer.execute("BEGIN IMMEDIATE")
    assert append(trail.writer, None, "unlock.failed", {"count": 3}, AT).n == 7
    trail.writer.execute("ROLLBACK")
    assert before == head(trail.reader)
    assert verify(trail.reader).ok


def test_a_row_without_a_transaction_is_refused(trail: File) -> None:
    with pytest.raises(RuntimeError):
        append(trail.writer, OFFICER, "case.opened", {}, AT)


def test_a_parameter_is_text_or_a_whole_number(trail: File) -> None:
    with pytest.raises(NotAValue), transaction(trail.writer) as connection:
        append(connection, OFFICER, "case.opened", {"part": 0.5}, AT)  # type: ignore[dict-item]
    assert verify(trail.reader).rows == 6


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET event = 'x' WHERE n = 2",
        "DELETE FROM audit WHERE n = 6",
        "INSERT INTO audit (n, at, officer, event, params, hash) VALUES (9, '', '', '', '', zeroblob(32))",
        "INSERT OR REPLACE INTO audit (n, at, officer, event, params, hash) VALUES (3, '', '', '', '', zeroblob(32))",
        "UPDATE audit_head SET n = 5",
        "UPDATE audit_head SET n = 7",
        "DELETE FROM audit_head",
    ],
)
def test_the_store_itself_refuses_to_change_the_trail(trail: File, statement: str) -> None:
    with pytest.raises(sqlcipher.IntegrityError, match="audit"):
        trail.writer.execute(statement)
    assert verify(trail.reader).ok


HARMS: dict[str, tuple[str, int]] = {
    "an officer is changed": ("UPDATE audit SET officer = 'officer-two' WHERE n = 2", 2),
    "an officer is removed": ("UPDATE audit SET officer = NULL WHERE n = 2", 2),
    "an instant is changed": ("UPDATE audit SET at = '2026-11-24T18:13:25.001Z' WHERE n = 1", 1),
    "an event is changed": ("UPDATE audit SET event = 'section.closed' WHERE n = 5", 5),
    "a parameter is changed": ("UPDATE audit SET params = replace(params, '3', '4') WHERE n = 4", 4),
    "a hash is changed": ("UPDATE audit SET hash = zeroblob(32) WHERE n = 3", 3),
    "the first row is cut": ("DELETE FROM audit WHERE n = 1", 1),
    "a row in the middle is cut": ("DELETE FROM audit WHERE n = 4", 4),
    "the end is cut": ("DELETE FROM audit WHERE n > 4", 5),
    "all is cut": ("DELETE FROM audit", 1),
    "a row is cut and the rest moved up": (
        "DELETE FROM audit WHERE n = 3; UPDATE audit SET n = n - 1 WHERE n > 3;",
        3,
    ),
    "two rows are exchanged": (
        "UPDATE audit SET n = 99 WHERE n = 2; UPDATE audit SET n = 2 WHERE n = 5; UPDATE audit SET n = 5 WHERE n = 99;",
        2,
    ),
    "a row is added": ("INSERT INTO audit SELECT 7, at, officer, event, params, hash FROM audit WHERE n = 6", 7),
}


@pytest.mark.parametrize("harm", HARMS)
def test_every_harm_to_the_trail_is_found_at_its_row(trail: File, harm: str) -> None:
    script, row = HARMS[harm]
    without_triggers(trail.writer)
    for statement in script.split(";"):
        trail.writer.execute(statement)
    assert row == verify(trail.reader).broken


def rewritten(edit: Callable[[list[tuple[object, ...]]], None]) -> Callable[[Connection], None]:
    """Rewrite the whole trail with right hashes, as somebody with the key and this program could."""

    def work(connection: Connection) -> None:
        rows = connection.execute("SELECT officer, event, at FROM audit ORDER BY n").fetchall()
        edit(rows)
        connection.execute("DELETE FROM audit")
        connection.execute("UPDATE audit_head SET n = 0, hash = zeroblob(32)")
        for officer, event, at in rows:
            append(connection, officer, event, {}, datetime.fromisoformat(at))

    return work


def test_a_trail_rewritten_whole_is_found_by_a_witnessed_head(trail: File, store: Path) -> None:
    witnessed = [head(trail.reader)]
    assert verify(trail.reader, witnessed).ok
    without_triggers(trail.writer)
    with transaction(trail.writer) as connection:
        rewritten(lambda rows: rows.pop(2))(connection)
    assert verify(trail.reader).ok
    assert verify(trail.reader, witnessed).broken == 6
    with transaction(trail.writer) as connection:
        append(connection, OFFICER, "case.opened", {}, AT)
        append(connection, OFFICER, "case.opened", {}, AT)
    assert verify(trail.reader, witnessed).broken == 6


def test_a_row_depends_on_all_rows_before_it(trail: File, tmp_path: Path) -> None:
    """Whoever corrects the hash of the row they changed still breaks the next one."""
    other = tmp_path / "other"
    other.mkdir()
    with open_file(make(other, notes=0), KEY) as file:
        with transaction(file.writer) as connection:
            append(connection, OFFICER, "section.viewed", {"case": "case-9", "rows": 0}, AT)
        forged = file.reader.execute("SELECT params, hash FROM audit").fetchone()
    without_triggers(trail.writer)
    trail.writer.execute("UPDATE audit SET params = ?, hash = ? WHERE n = 1", forged)
    assert verify(trail.reader).broken == 2


def test_the_trail_goes_on_after_the_next_start(trail: File, store: Path) -> None:
    trail.close()
    with open_file(store, KEY) as file:
        with transaction(file.writer) as connection:
            assert append(connection, OFFICER, "store.unlocked", {}, AT).n == 7
        assert verify(file.reader).ok


def test_any_connection_verifies(trail: File, store: Path) -> None:
    trail.close()
    connection = connect(store, KEY, mode="ro")
    assert verify(connection).rows == 6
    connection.close()
