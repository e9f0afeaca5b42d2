"""
The officer's main job, typed into the windows: from a referral to a signed plan and an itinerary.

The walk-through of the demonstration and the journeys of the tests both type it, so what is shown is what is tested.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from avrr_desktop.app.hand import Hand
from avrr_desktop.app.invented import Invented
from avrr_desktop.app.talking import known_answers, reply
from avrr_desktop.ui.components.signature import SignaturePad
from avrr_desktop.ui.frame.window import MainWindow
from avrr_desktop.ui.interview.state import CHECK, FINISH
from avrr_desktop.ui.interview.view import InterviewScreen

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TABS = ("overview", "people", "interview", "enrolment", "plan", "travel", "papers", "history")
"""Pages of a case in the order of Alt+1…8."""
CATEGORIES = {
    "luggage": "Additional luggage",
    "onward": "Onward transportation",
    "business": "Small business support",
    "housing": "Temporary accommodation",
}
"""Words of the plan's table for the categories typed here."""
MOST_QUESTIONS = 200

Seen = Callable[[str], object]
"""Told the name of each step worth a picture."""


class MainJob:
    """
    Types one person's case.

    Args:
        window: The open office, at the list of cases.
        seen: Called after each step with its name.
        sign: Puts a signature where the shown form wants one; None draws on the pad.
    """

    def __init__(
        self, window: MainWindow, who: Invented, seen: Seen, sign: Callable[[Hand], None] | None = None
    ) -> None:
        self._window = window
        self._who = who
        self._seen = seen
        self._sign = sign or self._draw
        self.hand = Hand(window)

    def run(self) -> None:
        """Do all of it."""
        self.refer()
        self.reach()
        self.describe()
        self.consent()
        self.interview()
        self.enrol()
        self.plan()
        self.travel()

    def page(self, name: str) -> None:
        """Open a page of the case by its key."""
        self.hand.key(Qt.Key(Qt.Key.Key_1 + TABS.index(name)), ALT)
        QTest.qWait(50)

    def refer(self) -> None:
        """Take the referral."""
        self.hand.key(Qt.Key.Key_N, CTRL)
        QTest.qWait(50)
        self.hand.write("Family name", self._who.family_name)
        self.hand.write("Given names", self._who.given_names)
        self._seen("new-referral")
        self.hand.press("Open the case")
        QTest.qWait(100)
        self._seen("referred")

    def reach(self) -> None:
        """Note the first contact and where the person returns to."""
        self.hand.key(Qt.Key.Key_Return)
        self.hand.press("Note the contact")
        self.hand.choose("Country", "Hungary")
        self.hand.write("Place", self._who.place)

    def describe(self) -> None:
        """Write who the person is."""
        self.page("people")
        self.hand.choose("Citizenship", "Hungary")
        self.hand.press("No other")
        born = self._who.born_on
        self.hand.write("Born on", f"{born.day} {born.month} {born.year}")
        self.hand.choose("How exactly the birth is known", "Exact day")
        self.hand.choose("Sex", "Female" if self._who.sex == "F" else "Male")
        self.hand.choose("Language", "Hungarian")
        self.hand.choose("Interpreter needed", "No")
        self._seen("people")

    def consent(self) -> None:
        """Choose the programme and ask for consent, before the first question."""
        self.page("enrolment")
        self.hand.choose("Programme", "Template of a programme")
        self.hand.choose("Kind of return", "General return")
        self.hand.choose("Group", "Unsuccessful asylum seeker")
        self.hand.choose("Use of data for this return", "Given")
        self.hand.choose("The office in the country of return", "Given")
        self.hand.choose("In which language", "Hungarian")
        self.hand.press("Write the answers down")
        self._seen("consent")

    def interview(self) -> None:
        """Hold the interview: digits choose, Enter goes on."""
        self.page("interview")
        self.hand.choose("Language of the interview", "French")
        self.hand.write("Place", "Interview room 2")
        self.hand.press("Begin the interview")
        self.hand.wait(lambda: bool(self._window.findChildren(InterviewScreen)))
        QTest.qWait(100)
        screen = self._window.findChildren(InterviewScreen)[0]
        known = known_answers(self._who)
        for step in range(MOST_QUESTIONS):
            model = screen.model
            if model is None or model.state.place in (CHECK, FINISH):
                break
            self._answer(screen, known)
            if step == 9:
                self._seen("interview")
        self._seen("check-answers")
        QTest.qWait(10)
        _confirm_next_dialog("complete")
        self.hand.key(Qt.Key.Key_Return, CTRL)
        QTest.qWait(100)
        self._seen("interview-finished")
        self.hand.key(Qt.Key.Key_Return, CTRL)
        QTest.qWait(50)
        self.hand.key(Qt.Key.Key_Return, CTRL)
        QTest.qWait(100)

    def _answer(self, screen: InterviewScreen, known: dict[str, str]) -> None:
        """Answer the question at hand from wherever the focus is."""
        assert screen.model is not None
        line = screen.model.state.now
        asked = line.asked if line is not None else None
        if asked is None:
            self.hand.key(Qt.Key.Key_Return)
            return
        if not asked.is_required and asked.spot.node.rpartition("/")[2] not in known:
            self.hand.key(Qt.Key.Key_F6)
        elif asked.options:
            words = reply(asked, known).split()
            for number, option in enumerate(asked.options, 1):
                if option.value in words:
                    self.hand.letters(f"{number:02d}" if len(asked.options) > 9 and number < 10 else str(number))
        else:
            value = reply(asked, known)
            if asked.kind == "date":
                year, month, day = value.split("-")
                value = f"{int(day)} {int(month)} {year}"
            self.hand.letters(value)
        self.hand.key(Qt.Key.Key_Return, CTRL if asked.is_long else Qt.KeyboardModifier.NoModifier)

    def enrol(self) -> None:
        """Tick the checklist, write the authority's decision, sign the declaration, enrol."""
        self.page("enrolment")
        today = self._window.room.desk.today()
        written = f"{today.day} {today.month} {today.year}"
        for number in range(1, 12):
            if number != 9:
                self.hand.choose(f"EL{number:02d}, Answer", "Yes")
        self.hand.choose("The authority's decision", "Can take part")
        self.hand.write("Authority decided on", written)
        self._seen("checklist")
        self.hand.write("Signed on", written)
        self.hand.write("Place", "Toronto")
        self._sign(self.hand)
        self._seen("declaration")
        self.hand.press("Keep the declaration")
        QTest.qWait(100)
        self.hand.press("Enrol")
        QTest.qWait(100)
        self._seen("enrolled")

    def plan(self) -> None:
        """Write the plan's lines, answer for the receiving office, sign."""
        self.page("plan")
        for category, description, quantity, price in self._who.lines:
            self.hand.press(f"Add a line to {CATEGORIES[category]}")
            self.hand.write("What it is for", description)
            self.hand.write("Quantity", str(quantity))
            self.hand.walk_to("Price each")
            self.hand.key(Qt.Key.Key_A, CTRL)
            self.hand.letters(f"{price // 100}.{price % 100:02d}")
            if description == self._who.lines[-1][1]:
                self._seen("plan-line")
            self.hand.key(Qt.Key.Key_Return)
            self.hand.key(Qt.Key.Key_Escape)
        self.hand.press("Yes, all of it")
        self._seen("plan")
        self.hand.press("Sign the plan")
        QTest.qWait(50)
        self.hand.press("The rule of first contact is explained")
        self.hand.write("Place", "Toronto")
        self._sign(self.hand)
        self._seen("plan-signature")
        self.hand.press("Sign")
        QTest.qWait(100)
        self._seen("plan-signed")

    def travel(self) -> None:
        """Write the flights and where people meet."""
        self.page("travel")
        start = self._window.room.desk.today() + timedelta(days=8)
        for flight, origin, departs, destination, arrives in self._who.flights:
            self.hand.press("Add a flight")
            QTest.qWait(50)
            self.hand.write("Flight", flight)
            self.hand.write("From", origin)
            self._moment("departure", start, departs)
            self.hand.write("To", destination)
            self._moment("arrival", start, arrives)
            self.hand.press("Done")
        self.hand.write("Meeting before departure", "Terminal 1, door C. Samira waits with a blue folder.")
        self._seen("travel")

    def _moment(self, which: str, start: date, written: str) -> None:
        days, _blank, clock = written.partition(" ")
        day = start + timedelta(days=int(days))
        self.hand.write(f"Date of {which}, local", f"{day.day} {day.month} {day.year}")
        self.hand.write(f"Time of {which}, local", clock)

    def _draw(self, hand: Hand) -> None:
        """Draw a signature on the pad that is shown."""
        pad = next(p for p in QApplication.allWidgets() if isinstance(p, SignaturePad) and p.isVisible())
        _scroll_to(pad)
        width, height = pad.width(), pad.height()
        points = [QPoint(width * (10 + 4 * n) // 100, height * (50 + (-1) ** n * (30 - n)) // 100) for n in range(18)]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])
        hand.typed += 1


def _scroll_to(widget: QWidget) -> None:
    from PySide6.QtWidgets import QScrollArea

    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    QTest.qWait(20)


def _confirm_next_dialog(verb: str) -> None:
    """Walk to the button of the next dialog that is not the safe one and press it."""
    from PySide6.QtCore import QTimer

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
            QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Space)

    QTimer.singleShot(int(timedelta(milliseconds=150) / timedelta(milliseconds=1)), press)
