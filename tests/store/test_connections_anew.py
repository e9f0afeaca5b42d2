"""After an error of the disk or the file both connections are made anew before the next try; a waiting store waits."""

import pytest

from avrr_desktop.domain.casefile import Case, Person
from avrr_desktop.domain.sections import CASE_SECTIONS
from avrr_desktop.store.blobs import Blobs
from avrr_desktop.store.care import Tidied
from avrr_desktop.store.errors import DiskFailed, DiskFull, ReadOnly, StoreChecking, StoreDamaged, StoreUntrusted
from avrr_desktop.store.lists import CaseFilter
from avrr_desktop.store.store import Store
from tests.disks import failing_disk
from tests.store.store_laptop import CASE, CORE, KEY, MAYA, Laptop

PEOPLE = 200


@pytest.fixture
def laptop(tmp_path):
    made = Laptop(tmp_path)
    made.put(Case, CASE, number="TOR-26-7KM2QX9-R")
    yield made
    made.store.close()


def fill(laptop):
    """Take all the room this writer is given; a connection made anew is given more."""
    writer = laptop.store._file.writer
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count={pages}")


def grow(laptop):
    """Write more than the pages of a small store hold."""
    with laptop.store.work(MAYA) as work:
        for at in range(PEOPLE):
            work.put(CORE, Person, f"person{at}", family_name=f"Number {at}")


def people(laptop):
    return len(laptop.store.find(Person, case=CASE))


def test_after_a_full_disk_the_next_work_has_new_connections(laptop):
    assert people(laptop) == 0
    old = laptop.store._file.writer, laptop.store._file.reader
    fill(laptop)
    with pytest.raises(DiskFull):
        grow(laptop)
    assert people(laptop) == 0
    grow(laptop)
    assert people(laptop) == PEOPLE
    assert laptop.store._file.writer not in old
    assert laptop.store._file.reader not in old
    assert laptop.store.check().ok
    assert laptop.store.differences() == ()


def test_while_nothing_goes_wrong_the_connections_stay(laptop):
    old = laptop.store._file.writer, laptop.store._file.reader
    grow(laptop)
    with pytest.raises(ValueError, match="ours"), laptop.store.work(MAYA):
        raise ValueError("ours")
    grow(laptop)
    assert (laptop.store._file.writer, laptop.store._file.reader) == old


def test_after_a_failed_disk_the_next_work_goes_on(laptop):
    with failing_disk():
        for _try in range(2):
            with pytest.raises(DiskFailed):
                grow(laptop)
    assert laptop.store.get(Case, CASE, stream=CORE).number == "TOR-26-7KM2QX9-R"
    grow(laptop)
    assert people(laptop) == PEOPLE
    assert laptop.store.check().ok


def test_a_file_that_is_away_for_a_while_is_met_again(laptop):
    fill(laptop)
    with pytest.raises(DiskFull):
        grow(laptop)
    away = laptop.path.with_name("away")
    laptop.path.rename(away)
    for _try in range(2):
        with pytest.raises(ReadOnly):
            grow(laptop)
        assert people(laptop) == 0  # what was read before is read still
    away.rename(laptop.path)
    grow(laptop)
    assert people(laptop) == PEOPLE


def test_a_list_is_read_again_after_another_page_was_found_damaged(laptop):
    laptop.store.seal_all()
    ((page,),) = laptop.rows("SELECT rootpage FROM sqlite_master WHERE name = 'audit'")
    laptop.store.close()
    with open(laptop.path, "r+b") as file:
        file.seek((page - 1) * 4096 + 2000)
        file.write(b"four")
    laptop.store = Store.open(laptop.path, KEY, **laptop.arguments())
    with pytest.raises(StoreDamaged):
        laptop.store.audit_trail.entries()
    assert laptop.store.lists.ids(CaseFilter(sections=frozenset(CASE_SECTIONS)), order="newest") == [CASE]


def test_a_closed_store_is_not_opened_again_by_reading(tmp_path):
    laptop = Laptop(tmp_path)
    laptop.store.close()
    with pytest.raises(RuntimeError):
        laptop.store.lists.ids(CaseFilter(sections=frozenset(CASE_SECTIONS)), order="newest")


def waiting(laptop):
    """Start from the disk as a power cut would leave it, waiting for the checks."""
    laptop.crash().close()
    laptop.path.with_name("store.db.unchecked").touch()
    laptop.store = Store.open(laptop.path, KEY, **laptop.arguments(), waits=True)
    return laptop.store


def open_commits(laptop):
    return laptop.rows("SELECT count(*) FROM open_commit")[0][0]


def test_a_waiting_store_writes_nothing_before_somebody_believes_it(laptop):
    store = waiting(laptop)
    for write in (lambda: grow(laptop), store.seal_all, store.rebuild, lambda: store.note(MAYA, "unlock")):
        with pytest.raises(StoreChecking):
            write()
    assert store.get(Case, CASE, stream=CORE).number == "TOR-26-7KM2QX9-R"
    store.believe()
    grow(laptop)
    assert people(laptop) == PEOPLE


def test_leftovers_of_a_waiting_store_are_sealed_when_it_is_believed(laptop):
    copy = laptop.folder / "left"
    copy.mkdir()
    for file in laptop.folder.iterdir():
        if file.is_file() and not file.name.endswith((".lock", "-shm")):
            (copy / file.name).write_bytes(file.read_bytes())
    laptop.store.close()
    laptop.path = copy / "store.db"
    laptop.store = Store.open(laptop.path, KEY, **laptop.arguments(), waits=True)
    assert open_commits(laptop) == 1
    laptop.store.believe()
    assert open_commits(laptop) == 0
    assert laptop.store.differences() == ()


def test_a_distrusted_store_is_only_read_and_unclean_at_the_next_start(laptop):
    laptop.store.distrust((3, 5))
    with pytest.raises(StoreUntrusted) as caught:
        grow(laptop)
    assert caught.value.params == {"pages": (3, 5)}
    assert laptop.store.get(Case, CASE, stream=CORE).number == "TOR-26-7KM2QX9-R"
    laptop.store.close()
    laptop.store = Store.open(laptop.path, KEY, **laptop.arguments(), waits=True)
    assert isinstance(laptop.store.shut, StoreChecking)


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_rebuild_never_comes_before_the_checks(laptop, is_damaged):
    """The list of an older version cannot be shown as it is, so the checks come first and are waited for."""
    laptop.store.seal_all()
    ((page,),) = laptop.rows("SELECT rootpage FROM sqlite_master WHERE name = 'erased'")
    with laptop.store._writing() as (ledger, _):
        ledger._db.execute("UPDATE state SET value = 0 WHERE name = 'projection'")
    laptop.store.close()
    laptop.path.with_name("store.db.unchecked").touch()
    if is_damaged:
        with open(laptop.path, "r+b") as file:
            file.seek((page - 1) * 4096 + 2000)
            file.write(b"four")
        with pytest.raises(StoreDamaged) as caught:
            Store.open(laptop.path, KEY, **laptop.arguments(), waits=True)
        assert caught.value.params == {"page": page}
    else:
        laptop.store = Store.open(laptop.path, KEY, **laptop.arguments(), waits=True)
        assert laptop.store.shut is None


def test_tidying_spares_what_this_start_wrote_and_copied(laptop):
    store = laptop.store
    with store.work(MAYA) as work:
        kept = work.attach(b"picture", "image/png")
    old, fresh = (laptop.path.with_name(f"store.db.before-{at}") for at in (1, 2))
    old.write_bytes(b"old")
    fresh.write_bytes(b"fresh")
    store._fresh_copies = (fresh,)
    folder = laptop.path.with_name("store.db.blobs")
    (folder / f"{'a' * 26}.0").write_bytes(b"noise")
    care = store.care()
    # A chunk is durable before its row: a worker that looks in between takes it for no orphan.
    row = store._blobs.write(b"on its way", "image/png")
    assert care.has_leavings()
    assert care.tidy() == Tidied(copies=1, chunks=1)
    assert not care.has_leavings()
    assert fresh.exists()
    assert {path.name for path in folder.iterdir()} == {f"{kept}.0", f"{row.id}.0"}
    # For the next start it is one.
    assert Blobs(laptop.path).collect_leavings(store._file.reader) == 1
    assert store.blobs.read(kept) == (b"picture", "image/png")


def test_an_older_store_put_back_keeps_the_newer_attachments_beside_it(laptop):
    folder = laptop.path.with_name("store.db.blobs")
    folder.mkdir(exist_ok=True)
    names = [f"{letter * 26}.{chunk}" for letter in "abcd" for chunk in (0, 1)]
    for name in names:
        (folder / name).write_bytes(b"a picture of a later day")
    care = laptop.store.care()
    assert not care.has_leavings()
    assert care.tidy().chunks == 0
    assert all((folder / name).exists() for name in names)
    # As many as some kills may leave go.
    for name in names[-2:]:
        (folder / name).unlink()
    assert care.tidy().chunks == 6


def test_a_worker_that_is_late_removes_nothing_of_the_next_opening(laptop):
    folder = laptop.path.with_name("store.db.blobs")
    folder.mkdir()
    (folder / f"{'a' * 26}.0").write_bytes(b"noise")
    care = laptop.store.care()
    assert care.has_leavings()
    laptop.store.close()
    assert care.tidy() == Tidied(copies=0, chunks=0)
    assert list(folder.iterdir())
