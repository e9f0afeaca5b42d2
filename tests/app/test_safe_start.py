"""After an unclean stop: the list is read while the checks run; then everything is written, or damage is told."""

import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import shiboken6

from avrr_desktop.app.log import Log
from avrr_desktop.app.paths import Paths, find_paths
from avrr_desktop.app.safe_start import SafeStart
from avrr_desktop.app.window import Shell
from avrr_desktop.app.wiring import Wiring
from avrr_desktop.keys.cost import Cost
from avrr_desktop.services import officework, referring
from avrr_desktop.services.beginning import Beginning, begin, finish
from avrr_desktop.services.checking import check_office
from avrr_desktop.services.opening import open_office
from avrr_desktop.services.referring import NewReferral
from avrr_desktop.services.unlocking import Lock, Unlocked
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Pool
from tests.office import HandClock

FACTS = Beginning("Toronto", "TOR", "America/Toronto", ("en", "fr"), "Claire Moreau", True)
PAGE_BYTES = 4096


@dataclass
class Kept:
    """An office as a power cut left it, and the key to it."""

    wiring: Wiring
    unlocked: Unlocked

    @property
    def store(self) -> Path:
        return self.wiring.lock.store_path

    @property
    def mark(self) -> Path:
        return self.store.with_name("office.db.unchecked")

    def damage(self) -> int:
        """Change bytes of a page that does not lie in the log and that no list reads; return its number."""
        look = self.store.parent.with_name("look")
        shutil.copytree(self.store.parent, look)
        lock = replace(self.wiring.lock, store_path=look / self.store.name)
        sitting = open_office(lock, self.unlocked, None)
        ask = sitting.desk.store._file.reader.execute
        (page,) = ask("SELECT rootpage FROM sqlite_master WHERE name = 'erased'").fetchone()
        sitting.desk.store.close()
        with open(self.store, "r+b") as file:
            file.seek((page - 1) * PAGE_BYTES + 2000)
            file.write(b"four")
        return page

    def page(self, number: int) -> bytes:
        """Return the bytes of a page as they are on the disk."""
        with open(self.store, "rb") as file:
            file.seek((number - 1) * PAGE_BYTES)
            return file.read(PAGE_BYTES)


@pytest.fixture
def kept(tmp_path):
    """Two cases are sealed, a telephone number is not; the program was killed."""
    real = find_paths()
    paths = Paths(real.forms, real.resources, tmp_path / "data", tmp_path / "config", tmp_path / "state")
    lock = Lock(tmp_path / "first" / "office.db", use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8)
    wiring = Wiring(paths, lock, Log(paths.state_dir), HandClock())
    begun = begin(lock, FACTS, "harbour violet seventeen")
    finish(lock, FACTS, begun, clock=wiring.clock)
    refer(wiring.open(begun.unlocked), "Beridze").close()
    session = refer(wiring.open(begun.unlocked), "Haddad")
    officework.write_office(session.sitting.desk, session.sitting.actor, phone="+1 416 555 0109")
    after = tmp_path / "after"
    after.mkdir()
    for file in lock.store_path.parent.iterdir():
        if file.is_file() and not file.name.endswith((".lock", "-shm")):
            shutil.copy(file, after / file.name)
    session.close()
    yield Kept(replace(wiring, lock=replace(lock, store_path=after / "office.db")), begun.unlocked)
    wiring.log.close()


def refer(session, family):
    desk, actor = session.sitting.desk, session.sitting.actor
    referring.new_referral(desk, actor, NewReferral(family, "Nino", desk.clock(), "America/Toronto"))
    return session


@pytest.fixture
def shell(qapp, qtbot, kept):
    theme.start(qapp, kept.wiring.paths.resources, theme.Theme())
    made = Shell(kept.wiring)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def hold(shell):
    """Keep the worker busy until the returned function is called, so that the checks wait."""
    free = threading.Event()
    shell.background.run(free.wait, owner=shell, done=lambda _: None, failed=lambda _: None, pool=Pool.STORE)
    yield free.set
    free.set()


def opened(shell, qtbot, kept):
    """Unlock, and wait until everything is written."""
    shell.enter(kept.unlocked)
    qtbot.waitUntil(lambda: shell.session.sitting.desk.shut is None)


def banner(shell):
    return shell.window_of_office.safety


def shown_high(shell):
    """Tell whether the banner can be read: it stands, and as high as its words need."""
    stands = banner(shell).banner
    return stands.isVisible() and stands.height() >= stands.heightForWidth(stands.width()) > 0


def leftovers(shell):
    """Count the commits the last start left open."""
    reader = shell.session.sitting.desk.store._file.reader
    return reader.execute("SELECT count(*) FROM open_commit").fetchone()[0]


def log_of(kept):
    return Path(kept.wiring.log.path).read_text()


def rename(shell, name):
    sitting = shell.session.sitting
    return shell.window_of_office.room.act(lambda: officework.write_office(sitting.desk, sitting.actor, name=name))


def test_the_list_is_read_while_the_checks_run_and_nothing_is_written(shell, qtbot, kept, hold):
    shell.enter(kept.unlocked)
    window = shell.window_of_office
    screen, before = window.shown(), kept.store.read_bytes()
    assert banner(shell).isVisible()
    assert banner(shell).text() == "Checking the records after the last stop\u2026"
    assert "Step 1 of 2" in banner(shell).banner.accessibleDescription()
    assert window.place() == "cases"
    assert len(screen.model.state.ids) == 2
    screen.search.line_edit.setText("Hadd")
    screen._search("Hadd")
    assert len(screen.model.state.ids) == 1
    assert not screen.new.isEnabled()
    assert leftovers(shell) > 0
    assert rename(shell, "Ottawa") is None
    assert window.status.saved.retry.isVisible()
    assert "still being checked" in window.board.text()
    window.show_place("interview", screen.model.state.ids[0])
    assert window.place() == "cases"
    window.show_place("case", screen.model.state.ids[0])
    assert banner(shell).isVisible()
    shell._seal_quiet()
    assert kept.store.read_bytes() == before
    hold()
    qtbot.waitUntil(lambda: not banner(shell).isVisible())
    assert window.room.is_writable
    assert not window.board.isVisible()


def test_after_clean_checks_leftovers_are_sealed_and_everything_is_written(shell, qtbot, kept):
    opened(shell, qtbot, kept)
    store, window = shell.session.sitting.desk.store, shell.window_of_office
    assert not banner(shell).isVisible()
    assert leftovers(shell) == 0
    assert store.audit_trail.entries()[-1].event == "unlock"
    assert window.shown().new.isEnabled()
    assert rename(shell, "Ottawa") is not None
    assert store.check().ok
    assert store.differences() == ()
    shell.lock("asked")
    assert not kept.mark.exists()
    assert open_and_close(kept)


def open_and_close(kept):
    """Tell whether the next start finds a clean store."""
    sitting = open_office(kept.wiring.lock, kept.unlocked, None)
    sitting.desk.store.close()
    return sitting.desk.store.was_clean


def test_what_was_refused_during_the_checks_is_written_at_the_next_try(shell, qtbot, kept, hold):
    shell.enter(kept.unlocked)
    rename(shell, "Ottawa")
    hold()
    qtbot.waitUntil(lambda: shell.session.sitting.desk.shut is None)
    shell.window_of_office.status.saved.retry.click()
    assert shell.session.sitting.desk.office().name == "Ottawa"
    assert not shell.window_of_office.status.saved.retry.isVisible()


def test_damage_is_told_in_words_and_nothing_is_written_over_it(shell, qtbot, kept):
    page = kept.damage()
    before = kept.page(page)
    assert kept.store.with_name("office.db-wal").stat().st_size > 0
    shell.enter(kept.unlocked)
    qtbot.waitUntil(lambda: "damaged" in banner(shell).text())
    qtbot.waitUntil(lambda: shown_high(shell))
    said = banner(shell).banner.accessibleDescription()
    assert "Nothing was deleted or written over" in said
    assert "last checked backup" in said
    assert f"Damaged pages: {page}." in said
    assert len(shell.window_of_office.shown().model.state.ids) == 2
    assert not shell.window_of_office.shown().new.isEnabled()
    assert rename(shell, "Ottawa") is None
    assert shell.session.sitting.desk.shut.code == "store.untrusted"
    shell.lock("asked")
    assert kept.page(page) == before
    assert kept.mark.exists()
    # The store was closed well, and is checked again all the same.
    shell.enter(kept.unlocked)
    assert shell.session.sitting.desk.shut.code == "store.checking"
    qtbot.waitUntil(lambda: "damaged" in banner(shell).text())
    assert "check.damaged pages=1" in log_of(kept)


def test_who_locks_during_the_checks_is_checked_the_next_time(shell, qtbot, kept, hold):
    shell.enter(kept.unlocked)
    shell.lock("asked")
    assert kept.mark.exists()
    hold()
    qtbot.waitUntil(lambda: not shell.background.is_busy())
    assert "check.clean" not in log_of(kept)
    shell.enter(kept.unlocked)
    assert not shell.window_of_office.room.is_writable
    qtbot.waitUntil(lambda: shell.window_of_office.room.is_writable)


def test_checks_that_cannot_be_made_are_made_again_when_asked(shell, qtbot, kept, hold):
    shell.enter(kept.unlocked)
    elsewhere = kept.store.with_name("elsewhere")
    kept.store.rename(elsewhere)
    hold()
    qtbot.waitUntil(lambda: "could not be checked" in banner(shell).text())
    assert not shell.window_of_office.room.is_writable
    elsewhere.rename(kept.store)
    banner(shell).banner.action.click()
    qtbot.waitUntil(lambda: shell.window_of_office.room.is_writable)
    assert not banner(shell).isVisible()


def leavings(kept):
    """Lay an old upgrade copy and an orphaned chunk beside the store."""
    copy = kept.store.with_name("office.db.before-1")
    copy.write_bytes(b"an older store")
    folder = kept.store.with_name("office.db.blobs")
    folder.mkdir(exist_ok=True)
    chunk = folder / f"{'a' * 26}.0"
    chunk.write_bytes(b"noise")
    return copy, chunk


def test_after_clean_checks_old_copies_and_orphans_go(shell, qtbot, kept):
    copy, chunk = leavings(kept)
    opened(shell, qtbot, kept)
    qtbot.waitUntil(lambda: not copy.exists() and not chunk.exists())
    qtbot.waitUntil(lambda: "check.tidied copies=1 chunks=1" in log_of(kept))


def test_a_clean_start_is_written_at_once_and_tidied_later(shell, qtbot, kept):
    opened(shell, qtbot, kept)
    qtbot.waitUntil(lambda: not shell.background.is_busy())
    shell.lock("asked")
    copy, chunk = leavings(kept)
    shell.enter(kept.unlocked)
    assert shell.window_of_office.room.is_writable
    assert not banner(shell).isVisible()
    assert copy.exists()
    sitting = shell.session.sitting
    watch = SafeStart(sitting, shell.window_of_office, shell.background, kept.wiring.log, tidy_after_ms=0)
    blob = attach(sitting)
    watch.begin()
    qtbot.waitUntil(lambda: not copy.exists() and not chunk.exists())
    assert sitting.desk.store.blobs.read(blob) == (b"picture", "image/png")


def attach(sitting):
    with sitting.desk.work(sitting.actor) as work:
        return work.attach(b"picture", "image/png")


def test_damage_keeps_copies_and_orphans(shell, qtbot, kept):
    copy, chunk = leavings(kept)
    kept.damage()
    shell.enter(kept.unlocked)
    qtbot.waitUntil(lambda: "damaged" in banner(shell).text())
    qtbot.waitUntil(lambda: not shell.background.is_busy())
    assert copy.exists()
    assert chunk.exists()


def test_damage_met_while_tidying_after_a_clean_stop_is_told_too(shell, qtbot, kept):
    copy, _chunk = leavings(kept)
    assert not open_and_close(kept)
    kept.damage()
    kept.mark.unlink()
    shell.enter(kept.unlocked)
    assert shell.window_of_office.room.is_writable
    watch = SafeStart(shell.session.sitting, shell.window_of_office, shell.background, kept.wiring.log, tidy_after_ms=0)
    watch.begin()
    qtbot.waitUntil(lambda: "damaged" in banner(shell).text())
    assert not shell.window_of_office.room.is_writable
    assert copy.exists()


def test_the_log_of_an_unclean_start_holds_codes_only(shell, qtbot, kept):
    opened(shell, qtbot, kept)
    qtbot.waitUntil(lambda: not shell.background.is_busy())
    text = log_of(kept)
    assert "check.began" in text
    assert "check.clean" in text
    assert [word for word in ("Haddad", "Beridze", "Claire", "Toronto", str(kept.store.parent)) if word in text] == []


def test_the_command_check_counts_as_the_check(kept):
    assert not open_and_close(kept)
    sitting = open_office(kept.wiring.lock, kept.unlocked, None)
    assert check_office(sitting.desk, sitting.actor).ok
    sitting.desk.store.close()
    assert open_and_close(kept)
