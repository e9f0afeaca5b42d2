"""
Type answers into the interview of the real window until killed, round after round.

`python -m tests.journeys.typist`, with DISPLAY and AVRR_DESKTOP_HOME of its own. Standard input: one line of JSON with
key, officer, slot and case, then the number of a round a line. Everything is imported once; a round is a fork that
makes its own QApplication. Standard output, tab between words: `born PID`, `told NODE ROW VALUE` for each answer of
which the screen says that it is saved, `ended STATUS`.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import avrr_desktop.services.opening
import avrr_desktop.ui.cases.view
import avrr_desktop.ui.frame.window  # noqa: F401 - what a start imports, imported once
from avrr_desktop.app.hand import Hand
from avrr_desktop.app.window import open_shell
from avrr_desktop.app.wiring import wire
from avrr_desktop.keys.secret import Secret
from avrr_desktop.services.interviewing import Asked, Spot
from avrr_desktop.services.unlocking import Unlocked
from avrr_desktop.ui.interview.state import CHECK
from avrr_desktop.ui.interview.view import InterviewScreen
from tests.interview_case import reply

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def say(*words: object) -> None:
    """Write one line at once; shorter than a pipe takes in one piece."""
    os.write(1, ("\t".join(map(str, words)) + "\n").encode())


class Typist:
    """A pair of hands at one interview."""

    def __init__(self, screen: InterviewScreen, hand: Hand, number: int) -> None:
        self._screen, self._hand, self._number = screen, hand, number
        self._chance = random.Random(number)
        self._count = 0

    def type_for_ever(self) -> None:
        """Answer what is asked, go on, and now and then go back to answer anew."""
        while True:
            state = self._screen.model.state
            if state.place == CHECK:
                self._back(8)
                continue
            asked = state.now.asked if state.now is not None else None
            if asked is None:
                self._hand.key(Qt.Key.Key_Return)
                continue
            self._answer(asked)
            after = self._screen.model.state.now
            if after is not None and after.spot == asked.spot:
                # What was typed does not fit this question: another one is more use.
                self._hand.key(Qt.Key.Key_F6)
                self._hand.key(Qt.Key.Key_Return)
                continue
            self._tell(asked.spot)
            if self._chance.random() < 0.3:
                self._back(self._chance.randint(1, 6))

    def _answer(self, asked: Asked) -> None:
        if asked.options or asked.kind in ("date", "integer", "acknowledge"):
            if not asked.value:
                self._hand.letters(self._fitting(asked))
        else:
            self._count += 1
            self._hand.key(Qt.Key.Key_A, CTRL)
            self._hand.letters(f"round {self._number} answer {self._count}")
        self._hand.key(Qt.Key.Key_Return, CTRL if asked.is_long else Qt.KeyboardModifier.NoModifier)

    def _tell(self, spot: Spot) -> None:
        """Acknowledge what the question left behind has now, if the screen calls it saved."""
        value = self._screen.model.sitting.question(spot).value
        if value and self._screen.bar.saved.text().startswith("Saved"):
            say("told", spot.node, spot.rep, value)

    def _fitting(self, asked: Asked) -> str:
        if asked.kind == "date":
            return "24 11 1992"
        if not asked.options:
            return {"acknowledge": "1"}.get(asked.kind, "20")
        number = 1 + [option.value for option in asked.options].index(reply(asked, {}))
        return f"{number:02d}" if len(asked.options) > 9 else str(number)

    def _back(self, steps: int) -> None:
        for _step in range(steps):
            self._hand.key(Qt.Key.Key_Return, SHIFT)


def one_round(unlocked: Unlocked, case: str, number: int) -> None:
    """Open the office in a window of its own and type until killed."""
    app, shell = open_shell(wire())
    sys.excepthook = sys.__excepthook__
    shell.resize(1366, 768)
    shell.enter(unlocked)
    shell.show()
    shell.activateWindow()
    hand = Hand(shell)
    hand.wait(lambda: QApplication.activeWindow() is shell)
    # After the kill before this one the records are checked first; until then no interview is opened.
    hand.wait(lambda: shell.session.sitting.desk.shut is None)
    shell.window_of_office.show_place("interview", case)
    QTest.qWait(10)
    screen = shell.window_of_office.shown()
    assert isinstance(screen, InterviewScreen), app
    Typist(screen, hand, number).type_for_ever()


def main() -> None:
    """Fork a typist for each line."""
    key, officer, slot, case = json.loads(sys.stdin.readline())
    unlocked = Unlocked(Secret(bytes.fromhex(key)), officer, slot)
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            try:
                one_round(unlocked, case, int(line))
            except BaseException:  # noqa: BLE001 - the fork must never return into the loop
                traceback.print_exc()
            finally:
                os._exit(1)
        say("born", child)
        _pid, status = os.waitpid(child, 0)
        say("ended", status)


if __name__ == "__main__":
    main()
