"""Small real stores for tests: SQLCipher files with the tables of file, audit and blobs, and ways to hurt them."""

import hashlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

from avrr_desktop.domain.failures import Failure
from avrr_desktop.store import audit, blobs
from avrr_desktop.store.file import META, File, create_file, open_file, transaction

KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
STORE_ID = "abcdefghijklmnopqrstuvwxyz"
STEP = ";\n".join((*META, *audit.TABLES, *blobs.TABLES, "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)"))
MARKER = "Selamawit-Tesfay-plain-text-marker"
PAGE = 4096


def make(folder: Path, *, steps: tuple[str, ...] = (STEP,), notes: int = 200) -> Path:
    """Return a closed store with *notes* rows of marked text, some 30 pages."""
    path = folder / "office.avrr"
    create_file(path, KEY, store_id=STORE_ID, steps=steps)
    with open_file(path, KEY) as file:
        write_notes(file, notes)
    return path


def write_notes(file: File, count: int) -> None:
    """Add marked rows in one transaction."""
    with transaction(file.writer) as connection:
        connection.executemany("INSERT INTO note (body) VALUES (?)", [(f"{MARKER} {n} " * 10,) for n in range(count)])


def note_count(file: File) -> int:
    """Count the rows."""
    count: int = file.reader.execute("SELECT count(*) FROM note").fetchone()[0]
    return count


def digest(path: Path) -> str:
    """Hash a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def flip(path: Path, position: int) -> None:
    """Change one bit."""
    with path.open("r+b") as file:
        file.seek(position)
        byte = file.read(1)[0]
        file.seek(position)
        file.write(bytes([byte ^ 0x10]))


def failure_of(path: Path, **options: object) -> tuple[str, dict[str, object]]:
    """Return code and parameters with which the store refuses to open; "opened" when it does not."""
    key = options.pop("key", KEY)
    try:
        open_file(path, key, **options).close()  # type: ignore[arg-type]
    except Failure as failure:
        return failure.code, failure.params
    return "opened", {}


def in_child(work: Callable[[], object], *, uid: int | None = None) -> str:
    """Run *work* in a forked process, as another account if asked; return "done", "killed" or the failure's code."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if uid is not None:
                os.setgroups([])
                os.setgid(uid)
                os.setuid(uid)
            work()
            os.write(write, b"done")
        except Failure as failure:
            os.write(write, failure.code.encode())
        except BaseException as error:  # noqa: BLE001 the parent's assertion shows it
            os.write(write, repr(error).encode()[:2000])
        finally:
            os._exit(0)
    os.close(write)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read, "rb") as told:
        text = told.read().decode()
    return "killed" if os.WIFSIGNALED(status) else text


def die() -> None:
    """End this process as a power cut would: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)
