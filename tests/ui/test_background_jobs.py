"""Jobs end in exactly one of four ways, told in the window's thread."""

import threading

import pytest
from PySide6.QtCore import QObject, QThread

from avrr_desktop.domain.failures import Expected
from avrr_desktop.ui.background import Background, Pool


class Ends:
    """Writes down how jobs ended, and in which thread."""

    def __init__(self):
        self.told: list[tuple[str, object]] = []
        self.threads: set[QThread] = set()

    def __call__(self, name):
        def tell(value=None):
            self.told.append((name, value))
            self.threads.add(QThread.currentThread())

        return tell


@pytest.fixture
def ends():
    return Ends()


@pytest.fixture
def background(qapp, ends):
    made = Background(ends("crash"))
    yield made
    made.close()


def start(background, ends, work, owner, **more):
    return background.run(
        work, owner=owner, done=ends("done"), failed=ends("failed"), cancelled=ends("cancelled"), **more
    )


def test_a_job_that_returns_is_done_in_the_windows_thread(qtbot, background, ends):
    owner = QObject()
    start(background, ends, lambda: threading.current_thread() is threading.main_thread(), owner)
    qtbot.waitUntil(lambda: not background.is_busy())
    assert ends.told == [("done", False)]
    assert ends.threads == {QThread.currentThread()}


def test_an_expected_failure_is_told_as_failed(qtbot, background, ends):
    failure, owner = Expected("store.disk_full"), QObject()

    def work():
        raise failure

    start(background, ends, work, owner)
    qtbot.waitUntil(lambda: not background.is_busy())
    assert ends.told == [("failed", failure)]


def test_any_other_exception_is_told_as_a_crash(qtbot, background, ends):
    owner = QObject()
    start(background, ends, lambda: 1 // 0, owner)
    qtbot.waitUntil(lambda: not background.is_busy())
    [(name, error)] = ends.told
    assert (name, type(error)) == ("crash", ZeroDivisionError)


def test_a_cancelled_job_gives_its_result_to_nobody(qtbot, background, ends):
    gate, owner = threading.Event(), QObject()
    job = start(background, ends, gate.wait, owner)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert ends.told == [("cancelled", None)]


def test_a_job_whose_owner_is_gone_ends_without_a_word(qtbot, background, ends):
    import shiboken6

    gate, owner = threading.Event(), QObject()
    start(background, ends, gate.wait, owner)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: not background.is_busy())
    assert ends.told == []


def test_the_pool_of_the_store_runs_one_job_at_a_time(qtbot, background, ends):
    running, most, lock, owner = [0], [0], threading.Lock(), QObject()

    def work():
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        threading.Event().wait(0.01)
        with lock:
            running[0] -= 1

    for _ in range(6):
        start(background, ends, work, owner, pool=Pool.STORE)
    qtbot.waitUntil(lambda: not background.is_busy())
    assert (most[0], len(ends.told)) == (1, 6)
