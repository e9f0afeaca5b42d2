"""What holds a case up and what is to be followed up: stops with who lifts them, flags with the day they are due."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.failures import BadValue, Expected
from avrr_desktop.services.desk import Done
from avrr_desktop.services.flagging import FlagShown, flags, resolve_flag
from avrr_desktop.services.stopping import StopShown, lift_stop, stops
from avrr_desktop.ui import wording
from avrr_desktop.ui.case.page import clear
from avrr_desktop.ui.components.base import column, isolate, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.interview import words as spoken
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room


def ask_text(
    parent: QWidget, question: str, consequence: str, label: str, verb: str, act: Callable[[str], Expected | None]
) -> None:
    """Ask for a text that must not be empty, and go on asking while *act* refuses what was typed."""
    typed, problem = "", ""
    while True:
        field = Field(label, "multiline")
        field.set_value(typed)
        field.set_error(problem)
        keep = QCoreApplication.translate("Holding", "Leave it")
        said = Dialog.ask(
            question, consequence, (Answer("keep", keep), Answer("go", verb, "primary")), field=field, parent=parent
        )
        typed = field.value()
        if said != "go":
            return
        failure = act(typed)
        if failure is None:
            return
        problem = notice(failure).text


def run(room: Room, verb: Callable[[], Done[None]], said: str = "") -> Expected | None:
    """Run *verb* in the room; a value that does not fit is given back for its field, the rest is told as ever."""
    kept: list[Expected] = []

    def refused(failure: Expected) -> bool:
        is_value = isinstance(failure, BadValue)
        kept.extend([failure] if is_value else [])
        return is_value

    room.act(verb, said, refused)
    return kept[0] if kept else None


class StopsCard(Card):
    """
    The stops of a case, each in words with who may lift it.

    Attributes:
        lifts: The buttons of those this officer may lift, by code.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("This holds the case up"), parent=parent)
        self._room, self._case = room, ""
        self.lifts: dict[str, Button] = {}
        self._lines = column(None, 12)
        self.body.addLayout(self._lines)

    def show_case(self, case: str, zone: str) -> None:
        """Read the stops of *case*; the card is hidden while there is none."""
        self._case = case
        room = self._room
        held = room.read(lambda: stops(room.desk, room.actor, case)) or ()
        clear(self._lines)
        self.lifts = {}
        for stop in held:
            self._lines.addWidget(self._line(stop, zone))
        self.setVisible(bool(held))

    def _line(self, stop: StopShown, zone: str) -> QWidget:
        line = QWidget()
        across = row(line, 12)
        text = column(None, 0)
        said = spoken.stop(stop.code)
        text.addWidget(WrapLabel(f"{stop.code}: {said}", "medium"))
        when = wording.day_time(stop.raised_at, zone) if stop.raised_at else wording.NONE
        raised = self.tr("Since {when}, {officer}. {who}").format(
            when=when, officer=isolate(stop.raised_by or wording.NONE), who=spoken.lifts(stop.lifted_by)
        )
        text.addWidget(WrapLabel(raised, "small", "text2"))
        across.addLayout(text, 1)
        if stop.may_lift:
            button = Button(self.tr("Lift\u2026", "verb: say that what holds the case up is settled"))
            button.setAccessibleDescription(said)
            button.clicked.connect(lambda: self._lift(stop))
            self.lifts[stop.code] = button
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _lift(self, stop: StopShown) -> None:
        room, case = self._room, self._case
        consequence = self.tr("It holds the case up no longer. Your name and the reason stay in the history.")
        if stop.is_own:
            consequence += " " + self.tr("Your own interview raised it; this is written down as well.")
        ask_text(
            self,
            self.tr("Is {code} settled?").format(code=stop.code),
            consequence,
            self.tr("How it was settled"),
            self.tr("Lift it"),
            lambda why: run(
                room, lambda: lift_stop(room.desk, room.actor, case, stop.code, why), self.tr("Stop lifted.")
            ),
        )


class FlagsCard(Card):
    """
    What is to be followed up, for those who may see it.

    Attributes:
        screens: Buttons that open the follow-up screening, by flag id.
        closes: Buttons that write what came of a flag, by flag id.

    Signals:
        screening_wanted: Open the follow-up screening; with whom is chosen there.
    """

    screening_wanted = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("To follow up"), parent=parent)
        self._room, self._case = room, ""
        self.screens: dict[str, Button] = {}
        self.closes: dict[str, Button] = {}
        self._lines = column(None, 12)
        self.body.addLayout(self._lines)

    def show_case(self, case: str, names: dict[str, str], *, may_screen: bool) -> tuple[FlagShown, ...]:
        """Read the flags of *case* and draw them with the people's *names*; hidden while there is none."""
        self._case = case
        room = self._room
        held = room.read(lambda: flags(room.desk, room.actor, case)) or ()
        clear(self._lines)
        self.screens, self.closes = {}, {}
        for flag in held:
            self._lines.addWidget(self._line(flag, names.get(flag.person or "", ""), may_screen=may_screen))
        self.setVisible(bool(held))
        return held

    def _line(self, flag: FlagShown, name: str, *, may_screen: bool) -> QWidget:
        line = QWidget()
        across = row(line, 12)
        text = column(None, 0)
        said = spoken.flag(flag.code)
        text.addWidget(WrapLabel(self.tr("{name}: {what}").format(name=isolate(name), what=said), "medium"))
        due = self.tr("due {day}").format(day=wording.day(flag.due_on)) if flag.due_on else wording.NONE
        text.addWidget(WrapLabel(due, "small", "bad" if flag.is_late else "text2"))
        across.addLayout(text, 1)
        if wants_screening(flag) and may_screen:
            screen = Button(self.tr("Open the follow-up screening"))
            screen.clicked.connect(lambda: self.screening_wanted.emit())
            self.screens[flag.id] = screen
            across.addWidget(screen, 0, Qt.AlignmentFlag.AlignTop)
        if flag.may_resolve:
            close = Button(self.tr("Dealt with\u2026"))
            close.setAccessibleDescription(said)
            close.clicked.connect(lambda: self._close(flag))
            self.closes[flag.id] = close
            across.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _close(self, flag: FlagShown) -> None:
        room, case = self._room, self._case
        ask_text(
            self,
            self.tr("What came of it?"),
            self.tr("It is no longer shown as open. Your name and what you write stay in the history."),
            self.tr("Outcome"),
            self.tr("Dealt with"),
            lambda what: run(
                room, lambda: resolve_flag(room.desk, room.actor, case, flag.id, what), self.tr("Follow-up closed.")
            ),
        )


def wants_screening(flag: FlagShown) -> bool:
    """Tell whether the full screening answers this flag and has not begun."""
    return flag.code == "follow_up" and not flag.is_screened
