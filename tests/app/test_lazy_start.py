"""What a start loads: nothing heavy before the lock screen, nothing that builds declarations before the first list."""

import json
import os
import subprocess
import sys

import pytest

from avrr_desktop.app.paths import HOME_VARIABLE
from avrr_desktop.app.wiring import OFFICE_FOLDER, STORE_NAME
from avrr_desktop.keys.cost import Cost
from avrr_desktop.services.beginning import Beginning, begin, finish
from avrr_desktop.services.unlocking import Lock

LOCKED = frozenset(
    {"sqlmodel", "sqlalchemy", "pydantic", "sqlcipher3", "reportlab", "pyxform", "openpyxl", "cryptography"}
)
"""What the lock screen does without."""
LISTED = LOCKED - {"sqlcipher3", "cryptography"}
"""What the first list does without."""

START = """
import json, os, sys
from avrr_desktop.app.window import open_shell
from avrr_desktop.app.wiring import wire
from avrr_desktop.keys.secret import Secret
from avrr_desktop.services.unlocking import Unlocked
key, officer, slot = json.loads(sys.stdin.readline())
wiring = wire()
app, shell = open_shell(wiring)
shell.begin()
shell.show()
shell.grab()
locked = sorted(sys.modules)
shell.enter(Unlocked(Secret(bytes.fromhex(key)), officer, slot))
shell.grab()
place = shell.window_of_office.place()
print(json.dumps([place, locked, sorted(sys.modules)]))
sys.stdout.flush()
os._exit(0)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Return the place shown after unlocking, and what was loaded before and after the key, in a fresh process."""
    home = tmp_path_factory.mktemp("home")
    lock = Lock(home / "data" / OFFICE_FOLDER / STORE_NAME, use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8)
    facts = Beginning("Toronto", "TOR", "America/Toronto", ("en", "fr"), "Claire Moreau", True)
    begun = begin(lock, facts, "harbour violet seventeen")
    finish(lock, facts, begun)
    told = json.dumps([begun.unlocked.key.reveal().hex(), begun.unlocked.officer, begun.unlocked.slot])
    environ = {**os.environ, HOME_VARIABLE: str(home), "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-c", START]
    done = subprocess.run(words, input=told, env=environ, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def tops(modules):
    return {name.partition(".")[0] for name in modules}


def test_the_lock_screen_loads_neither_database_nor_papers(loaded):
    _place, locked, _listed = loaded
    assert {"PySide6", "avrr_desktop"} <= tops(locked)
    assert set() == LOCKED & tops(locked)


def test_the_first_list_loads_no_declaration_and_no_paper(loaded):
    place, _locked, listed = loaded
    assert place == "cases"
    assert "avrr_desktop.store.lists" in listed
    assert set() == LISTED & tops(listed)
    assert "avrr_desktop.domain.fields" not in listed
