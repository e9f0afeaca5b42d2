"""
Type the whole program in a real window: first run, main job, saved plan; or unlock again and read.

`python -m tests.journeys.program live|again FOLDER`, with DISPLAY and AVRR_DESKTOP_HOME of its own. Only keys are
pressed: signatures are attached as scans through the file dialog. The last line printed is JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from avrr_desktop.app.hand import Hand
from avrr_desktop.app.invented import PEOPLE
from avrr_desktop.app.main_job import MainJob
from avrr_desktop.app.rehearsal import signature_png
from avrr_desktop.app.window import Shell, open_shell
from avrr_desktop.app.wiring import wire
from avrr_desktop.services import casework, history, lists, people, planning, travelling
from avrr_desktop.services.beginning import READ_BACK
from avrr_desktop.ui.firstrun.view import FirstRunPage

PASSPHRASE = "seven quiet lamps on the hill"
WHO = replace(PEOPLE[0], family_name="Farkas", given_names="Ilona", family=(), lines=PEOPLE[0].lines[:2])
CTRL = Qt.KeyboardModifier.ControlModifier


def answer_file_dialog(path: Path) -> None:
    """Paste *path* into the file dialog that opens next, and press Enter."""

    def type_it() -> None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()]
        if not shown:
            QTimer.singleShot(20, type_it)
            return
        line = shown[0].findChild(QLineEdit)
        line.setCompleter(None)  # its list would take the Enter
        QTest.keyClick(line, Qt.Key.Key_A, CTRL)
        QApplication.clipboard().setText(str(path))
        QTest.keyClick(line, Qt.Key.Key_V, CTRL)
        QTest.qWait(200)  # the dialog looks the folder up first
        QTest.keyClick(line, Qt.Key.Key_Return)

    QTimer.singleShot(20, type_it)


def attach(scan: Path) -> Callable[[Hand], None]:
    """Return what signs by attaching *scan*."""

    def sign(hand: Hand) -> None:
        hand.walk_to("Attach a scan")
        answer_file_dialog(scan)
        hand.press("Attach a scan")
        QTest.qWait(50)

    return sign


def show(folder: Path) -> tuple[QApplication, Shell, Hand]:
    """Start the program as `run` does, and wait until it has the keyboard."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app, shell = open_shell(wire())
    sys.excepthook = sys.__excepthook__
    shell.resize(1366, 768)
    shell.begin()
    shell.show()
    shell.activateWindow()
    hand = Hand(shell)
    hand.wait(lambda: QApplication.activeWindow() is shell)
    return app, shell, hand


def first_run(shell: Shell, hand: Hand, folder: Path) -> None:
    """Answer the pages of the first run."""
    page = shell.currentWidget()
    assert isinstance(page, FirstRunPage), type(page).__name__
    hand.write("Name of the office", "Toronto")
    hand.write("Code", "TOR")
    zone = hand.walk_to("Time zone")
    hand.letters("America/Toronto")
    assert zone.currentText() == "America/Toronto"
    page_rehearsal = page.office.rehearsal.accessibleName()
    hand.press(page_rehearsal)
    hand.press("Go on")
    hand.letters("Maya Tremblay")
    hand.key(Qt.Key.Key_Return)
    for _twice in range(2):
        hand.letters(PASSPHRASE)
        hand.key(Qt.Key.Key_Return)
    hand.wait(lambda: page.state.begun is not None, 60_000)
    hand.walk_to("Save as PDF")
    answer_file_dialog(folder / "sheet.pdf")
    hand.press("Save as PDF")
    hand.wait(lambda: (folder / "sheet.pdf").exists())
    for place in READ_BACK:
        hand.letters(page.state.begun.groups[place])
        hand.key(Qt.Key.Key_Return)
    hand.key(Qt.Key.Key_Return)
    hand.wait(lambda: shell.window_of_office is not None, 60_000)


def confirm_amount(shell: Shell, hand: Hand) -> None:
    """Confirm the amount of a general return, in the settings."""
    hand.key(Qt.Key.Key_7, CTRL)
    hand.wait(lambda: shell.window_of_office.place() == "settings")
    for _tab in range(2):
        hand.walk_to("Settings")
        hand.key(Qt.Key.Key_Right)
    hand.write("Amount for each person: General assistance", "2000")
    hand.press("Confirm")
    hand.key(Qt.Key.Key_2, CTRL)


def live(folder: Path) -> dict[str, object]:
    """First run, the main job, the saved plan."""
    scan = folder / "scan.png"
    scan.write_bytes(signature_png("Farkas"))
    _app, shell, hand = show(folder)
    first_run(shell, hand, folder)
    confirm_amount(shell, hand)
    job = MainJob(shell.window_of_office, WHO, lambda _name: None, attach(scan))
    job.run()
    job.page("papers")
    window = shell.window_of_office
    hand.wait(lambda: window.place() == "papers")
    view = window.shown()
    hand.key(Qt.Key.Key_Down)
    hand.wait(lambda: view.aside.save.isEnabled(), 30_000)
    hand.walk_to("Save as PDF")
    answer_file_dialog(folder / "plan.pdf")
    hand.press("Save as PDF")
    hand.wait(lambda: (folder / "plan.pdf").exists())
    shell.grab().save(str(folder / "last.png"))
    shell.close()
    return {"typed": hand.typed + job.hand.typed}


def again(folder: Path) -> dict[str, object]:
    """Unlock, open the case by search, and read it by value."""
    _app, shell, hand = show(folder)
    hand.walk_to("Passphrase")
    hand.letters(PASSPHRASE)
    hand.key(Qt.Key.Key_Return)
    hand.wait(lambda: shell.window_of_office is not None, 60_000)
    hand.key(Qt.Key.Key_F, CTRL)
    hand.letters("farkas")
    QTest.qWait(300)
    hand.key(Qt.Key.Key_Return)
    hand.wait(lambda: shell.window_of_office.place() == "case")
    desk, actor = shell.session.sitting.desk, shell.session.sitting.actor
    (case,) = lists.case_ids(desk, actor, "open", "farkas")
    view = casework.open_case(desk, actor, case)
    plan = planning.plan(desk, actor, case)
    told = {
        "title": view.title,
        "stage": view.stage.value,
        "born": str(people.people(desk, actor, case)[0].person.born_on),
        "goal": plan.plan.goal,
        "lines": [[line.line.description, line.amount.minor] for line in plan.lines],
        "signed": plan.is_signed,
        "flights": [leg.leg.flight for leg in travelling.journey(desk, actor, case).legs],
        "officers": sorted({change.officer for change in history.changes_of(desk, actor, case)}),
        "whole": desk.store.check().ok,
    }
    shell.close()
    return told


if __name__ == "__main__":
    verb = {"live": live, "again": again}[sys.argv[1]]
    print(json.dumps(verb(Path(sys.argv[2]))))
