"""What the interview's window is made of, and how a state is laid over it; `view.InterviewScreen` adds what is done."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.interview.bar import InterviewBar
from avrr_desktop.ui.interview.card import QuestionCard
from avrr_desktop.ui.interview.check import CheckPage
from avrr_desktop.ui.interview.facing import facing
from avrr_desktop.ui.interview.finish import FinishPage
from avrr_desktop.ui.interview.foot import Foot
from avrr_desktop.ui.interview.meeting import MeetingPage
from avrr_desktop.ui.interview.model import InterviewModel
from avrr_desktop.ui.interview.page import Column, Page
from avrr_desktop.ui.interview.second import ReturneeWindow
from avrr_desktop.ui.interview.sections import SectionLine, SectionList
from avrr_desktop.ui.interview.sheets import SheetList, SheetPage
from avrr_desktop.ui.interview.state import CHECK, FINISH, MEETING, State
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.screen import Screen


class Parts(Screen):
    """
    Bar, sections, pages and foot.

    Attributes:
        model: The open interview; None before one is.
        bar, sections, line, page, check, finish, meeting, foot: The parts.
        second: The returnee's window.
        sheets, sheet_page: What can be told about the place of return, and one sheet opened.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.model: InterviewModel | None = None
        self._tabs: list[QWidget] = []
        self.bar = InterviewBar()
        self.sections, self.line = SectionList(), SectionLine()
        self.page, self.check, self.finish = Page(), CheckPage(), FinishPage()
        self.meeting = MeetingPage()
        self.foot = Foot()
        self.second = ReturneeWindow(self)
        self.sheets, self.sheet_page = SheetList(), SheetPage()
        self._reads_back = False
        self._stack = QStackedLayout()
        self._lay_out()

    def draw(self) -> None:
        """Draw the whole state."""
        if self.model is not None:
            self._show(self.model.state)

    def restyle(self) -> None:
        """Fold the sections where the text is large."""
        roomy = theme.current().roomy
        self.sections.setVisible(not roomy)
        self.line.setVisible(roomy)
        if self.sheets.parentWidget() is None:
            self._refit()
        else:
            # Later: while a theme is applied Qt walks over all widgets, and none may move or go under it.
            QTimer.singleShot(0, self, self._refit)

    def _refit(self) -> None:
        # Where the text is large the list stands below the questions.
        (self.page.body if theme.current().roomy else self._beside).addWidget(self.sheets)
        self.draw()

    def _show(self, state: State) -> None:
        self.bar.show_state(state)
        self.sections.show_sections(state.sections, state.speech, state.marked)
        self.line.show_sections(state.sections, state.speech)
        pages: dict[str, Column] = {CHECK: self.check, FINISH: self.finish, MEETING: self.meeting}
        page = self.sheet_page if state.sheet is not None else pages.get(state.place, self.page)
        page.show_state(state)
        self.sheets.setVisible(state.destination is not None)
        if state.destination is not None:
            self.sheets.show_destination(state.destination, state.facts.zone)
        self._stack.setCurrentWidget(page)
        self._show_foot(state)
        self._order_tabs(page)
        self._reads_back = self._reads_back and state.place == CHECK
        self.second.show_facing(facing(state, reads_back=self._reads_back))
        self.check.show_reading(is_open=self.second.isVisible(), is_on=self._reads_back)

    def _lay_out(self) -> None:
        whole, middle, main = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout()
        for layout in (whole, middle, main):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        main.addWidget(self.line)
        self._beside = QHBoxLayout()
        self._beside.addLayout(self._stack, 1)
        main.addLayout(self._beside, 1)
        main.addWidget(self.foot)
        middle.addWidget(self.sections)
        middle.addLayout(main, 1)
        whole.addWidget(self.bar)
        whole.addLayout(middle, 1)
        # Last: a stack without a parent would show its first page as a window of its own.
        for page in (self.page, self.check, self.finish, self.sheet_page, self.meeting):
            self._stack.addWidget(page)

    def _order_tabs(self, page: Column) -> None:
        """Let Tab walk in reading order: the page, the foot, then where else one may go."""
        sheets = self.sheets.buttons if self.sheets.isVisibleTo(self) else []
        order = [*page.focusables(), *sheets, *self.foot.focusables(), *self.sections.buttons]
        if order != self._tabs:
            self._tabs = order
            for first, second in pairwise(order):
                self.setTabOrder(first, second)

    def _show_foot(self, state: State) -> None:
        translate = QCoreApplication.translate
        words, key = translate("InterviewScreen", "Continue"), "Enter"
        if state.place == CHECK and not state.is_complete:
            words, key = translate("InterviewScreen", "Complete the interview"), "Ctrl+Enter"
        elif state.place == MEETING:
            words, key = translate("InterviewScreen", "Go on with the interview"), "Ctrl+Enter"
        elif state.place in (CHECK, FINISH):
            words, key = (
                (
                    translate("InterviewScreen", "Write it in")
                    if state.ticked
                    else translate("InterviewScreen", "Close")
                ),
                "Ctrl+Enter",
            )
        elif isinstance(self.page.card, QuestionCard) and self.page.card.is_long:
            key = "Ctrl+Enter"
        if state.sheet is not None:
            words, key = translate("InterviewScreen", "Back to the questions"), "Ctrl+Enter"
        asked = state.sheet is None and state.now is not None and state.now.asked is not None
        self.foot.show_keys(words, key, can_set_aside=asked, has_back=state.place not in (FINISH, MEETING))
