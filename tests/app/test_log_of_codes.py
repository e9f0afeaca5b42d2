"""The log holds codes and ids, never values."""

import sys
import threading

import pytest

from avrr_desktop.app.log import Log, catch_all


@pytest.fixture
def log(tmp_path):
    made = Log(tmp_path / "state")
    yield made
    made.close()


def test_an_event_is_its_code_and_ids(log):
    log.event("office.opened", officer="mayaaa", count=3)
    assert log.path.read_text().split(" ", 1)[1] == "office.opened officer=mayaaa count=3\n"


def test_what_has_not_the_shape_of_an_id_is_not_written(log):
    log.event("case opened for Nino", name="Nino Beridze", note="a\nb")
    assert log.path.read_text().split(" ", 1)[1] == "? name=? note=?\n"


def test_a_crash_is_logged_without_any_value(log):
    def deep(secret):
        raise ValueError(f"{secret} is wrong")

    try:
        try:
            deep("Nino Beridze")
        except ValueError as cause:
            raise KeyError("TOR-26-7KM2QX9-R") from cause
    except KeyError as error:
        log.crash(error)
    text = log.path.read_text()
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_log_of_codes.py" in text
    assert " deep" in text
    assert [word for word in ("Nino", "Beridze", "TOR-26", "wrong", str(log.path.parent)) if word in text] == []


def test_a_folder_that_cannot_be_written_keeps_nothing_shut(tmp_path):
    (tmp_path / "file").write_text("")
    log = Log(tmp_path / "file" / "state")
    log.event("program.started")
    assert not log.path.exists()


def test_the_log_does_not_grow_for_ever(log, monkeypatch):
    monkeypatch.setattr(log._handler, "maxBytes", 2000)
    for number in range(400):
        log.event("lock.idle", count=number)
    files = sorted(path.name for path in log.path.parent.iterdir())
    assert len(files) == 4
    assert sum(path.stat().st_size for path in log.path.parent.iterdir()) < 9000


class ClosedTerminal:
    """What standing error is once its terminal is gone."""

    def write(self, _text):
        raise OSError(5, "terminal")


@pytest.mark.parametrize("terminal", [None, ClosedTerminal()])
def test_the_person_is_told_where_no_terminal_takes_the_line(log, monkeypatch, terminal):
    told = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    catch_all(log, lambda: told.append(1))
    monkeypatch.setattr(sys, "stderr", terminal)
    sys.excepthook(RuntimeError, RuntimeError(), None)
    assert told == [1]


def test_what_nobody_catches_is_logged_and_told_once(log):
    told = []
    hooks = sys.excepthook, threading.excepthook
    try:
        catch_all(log, lambda: told.append(1))
        try:
            raise RuntimeError("Nino Beridze")
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        worker = threading.Thread(target=lambda: 1 // 0)
        worker.start()
        worker.join()
    finally:
        sys.excepthook, threading.excepthook = hooks
    text = log.path.read_text()
    assert told == [1]
    assert "RuntimeError" in text
    assert "ZeroDivisionError" in text
    assert "Nino" not in text
