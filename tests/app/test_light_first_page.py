"""The first page stands before anything of an open office is loaded, and everything on it can be heard and read."""

import subprocess
import sys
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea

from avrr_desktop.app.paths import find_paths
from avrr_desktop.domain.clock import system_clock
from avrr_desktop.keys.cost import Cost
from avrr_desktop.services.beginning import Beginning, begin
from avrr_desktop.services.unlocking import Lock, read_door
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.firstrun.model import Page
from avrr_desktop.ui.firstrun.view import FirstRunPage
from avrr_desktop.ui.unlock.view import UnlockPage

FACTS = Beginning("Toronto", "TOR", "America/Toronto", ("en",), "Claire Moreau", True)
LIGHT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from avrr_desktop.app.wiring import wire
from avrr_desktop.app.window import Shell
from avrr_desktop.ui import theme
wiring = wire({"AVRR_DESKTOP_HOME": sys.argv[1]})
app = QApplication([])
theme.start(app, wiring.paths.resources, theme.Theme())
shell = Shell(wiring)
shell.begin()
shell.show()
print(type(shell.currentWidget()).__name__, [name for name in
      ("sqlmodel", "pydantic", "sqlalchemy", "reportlab", "pyxform", "openpyxl", "babel") if name in sys.modules])
"""


def shown_first(home):
    return subprocess.run(
        [sys.executable, "-c", LIGHT, str(home)], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_first_run_and_unlock_are_shown_without_the_store(tmp_path):
    assert shown_first(tmp_path) == "FirstRunPage []"
    folder = tmp_path / "data" / "office"
    begin(Lock(folder / "office.db", use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8), FACTS, "harbour violet nine")
    folder.with_name("office.new").rename(folder)
    assert shown_first(tmp_path) == "UnlockPage []"


@pytest.fixture(params=[(1.0, False), (2.0, False), (2.0, True)], ids=["plain", "200 %", "200 % mirrored"])
def pages(request, qapp, tmp_path):
    """Unlock, and each page of the first run, at 1366x768."""
    scale, rtl = request.param
    paths = find_paths()
    theme.start(qapp, paths.resources, theme.Theme("light", scale, rtl))
    lock = Lock(tmp_path / "office" / "office.db", use_keyring=False, cost=Cost(64, 1, 1), floor_kib=8)
    begun = begin(lock, FACTS, "harbour violet seventeen")
    (tmp_path / "office.new").rename(tmp_path / "office")
    background = Background(lambda error: None)
    unlock = UnlockPage(read_door(lock.store_path), lock, background, system_clock, version="1.0")
    first = FirstRunPage(lock, background, system_clock, fonts=paths.fonts, wording=paths.wording, version="1.0")
    for widget in (unlock, first):
        widget.resize(1366, 768)
        widget.show()

    def walk():
        yield unlock
        unlock._turn()
        yield unlock
        for page in Page:
            first._turn(replace(first.state, page=page, facts=FACTS, begun=begun, sheet_taken=True))
            qapp.processEvents()
            yield first

    yield walk
    # Gone before the sheet is applied, or every test is slower than the last.
    for widget in (unlock, first):
        shiboken6.delete(widget)
    theme.apply(qapp, theme.Theme())


def test_nothing_scrolls_sideways(pages, qapp):
    count = 0
    for page in pages():
        qapp.processEvents()
        for area in page.findChildren(QScrollArea):
            count += 1
            assert area.horizontalScrollBar().maximum() == 0
    assert count == 7


def test_every_control_has_a_name(pages):
    for page in pages():
        kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
        controls = [w for kind in kinds for w in page.findChildren(kind) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
        assert controls
        assert [type(w).__name__ for w in controls if not w.accessibleName()] == []
