"""Nothing that was typed lies readable in any file: store, blobs, log, preferences or temp folder."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LIVES = """
import sys
from pathlib import Path
from avrr_desktop.app.wiring import wire
from avrr_desktop.domain.fields import BadValue, check_value
from avrr_desktop.domain.ids import new_id
from avrr_desktop.domain.kinds import KINDS
from avrr_desktop.domain.sections import Section, case_stream, office_stream, OFFICE_SECTIONS
from avrr_desktop.services import beginning, papers, planning, referring
from avrr_desktop.services.beginning import Beginning
from avrr_desktop.domain.fields import Paper

passphrase = "kanari passphrase xq"
wiring = wire()
facts = Beginning("kanari office xq", "TOR", "America/Toronto", ("en",), "kanari officer xq", rehearsal=True)
begun = beginning.begin(wiring.lock, facts, passphrase)
beginning.finish(wiring.lock, facts, begun)
session = wiring.open(begun.unlocked)
desk, actor = session.sitting.desk, session.sitting.actor
case = new_id()
planted = 0
with desk.work(actor) as work:
    for kind, entity in KINDS.items():
        section = entity.section or Section.PROTECTION
        stream = office_stream(section) if section in OFFICE_SECTIONS else case_stream(case, section)
        for field in entity.model_fields:
            canary = f"kanari {kind} {field} xq"
            try:
                check_value(entity, field, canary)
            except BadValue:
                continue
            work.put(stream, entity, new_id(), **{field: canary})
            planted += 1
    work.attach(b"\\x89PNG kanari blob xq" * 100, "image/png")
    work.audit("print", case=case)
assert planted > 30, planted
wiring.log.event("test.event")
if "log" in sys.argv:
    with open(wiring.log.path, "a") as log:
        log.write("kanari in the log xq")
session.close() if "close" in sys.argv else sys.stdout.flush()
import os
os._exit(0)
"""


OUTSIDE = {
    ".label": ("kanari office xq", "kanari officer xq", "kanari officer name xq"),
    ".a": ("kanari officer xq",),
    ".b": ("kanari officer xq",),
}
"""What stands in the open on purpose, by the file's suffix: the unlock page names the office and its officers out of
the label, and each copy of the key file says whose a slot is."""


def spellings(canary: str) -> Iterator[bytes]:
    """Yield the ways a text may lie in a file: raw, UTF-16 and base64 at each of three offsets."""
    raw = canary.encode()
    yield raw
    yield canary.encode("utf-16-le")
    yield canary.encode("utf-16-be")
    for shift in range(3):
        encoded = base64.b64encode(b"\x00" * shift + raw)
        # Letters that also hold bits of neighbours are left out.
        yield encoded[4 if shift else 0 : -4]


def findings(folder: Path) -> list[tuple[str, bytes]]:
    """Return (file, spelling) of every canary that lies readable under *folder*."""
    wanted = [s for s in spellings("kanari ") if len(s) >= 6]
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found.extend((str(path.relative_to(folder)), s) for s in wanted if s in data or s in path.name.encode())
    return found


def live(home: Path, *words: str) -> None:
    """Run the program's own first run and fill every field, in a process of its own with a home of its own."""
    (home / "tmp").mkdir(parents=True)
    env = {
        **os.environ,
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "AVRR_DESKTOP_HOME": str(home / "avrr"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    }
    done = subprocess.run(
        [sys.executable, "-c", LIVES, *words], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_typed_lies_readable_in_any_file(tmp_path: Path):
    live(tmp_path, "close")
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert any(p.stat().st_size > 50_000 for p in files), "the store is not here"
    found = [(name, s) for name, s in findings(tmp_path) if not _only(tmp_path / name)]
    assert found == []


def test_nothing_lies_readable_after_a_kill_either(tmp_path: Path):
    live(tmp_path)
    assert any(p.name.endswith("-wal") and p.stat().st_size for p in tmp_path.rglob("*")), (
        "there is no journal to search"
    )
    assert [n for n, _s in findings(tmp_path) if not _only(tmp_path / n)] == []


def test_a_canary_in_the_log_is_found(tmp_path: Path):
    live(tmp_path, "log", "close")
    assert any("log" in name for name, _spelling in findings(tmp_path))


def _only(path: Path) -> bool:
    """Tell whether every canary in *path* is one that stands outside on purpose."""
    data = path.read_bytes()
    for word in OUTSIDE.get(path.suffix, ()):
        data = data.replace(word.encode(), b"")
    return not any(s in data for s in spellings("kanari ") if len(s) >= 6)
