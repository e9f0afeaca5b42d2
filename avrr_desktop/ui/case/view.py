"""A case: its head, the rail of stages or how it ended, the tabs, and the page shown below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.clock import local_date
from avrr_desktop.domain.sections import Right, Section
from avrr_desktop.domain.stages import NOW
from avrr_desktop.domain.stages import Stop as StopCode
from avrr_desktop.services import enrolling
from avrr_desktop.services.casework import StopView
from avrr_desktop.services.desk import Done
from avrr_desktop.services.history import officer_names
from avrr_desktop.services.sealing import seal_everything
from avrr_desktop.ui import shortcuts, theme, wording
from avrr_desktop.ui.case import steps, words
from avrr_desktop.ui.case.history import HistoryPage
from avrr_desktop.ui.case.interviews import InterviewsPage
from avrr_desktop.ui.case.model import TABS, State, read_case, where
from avrr_desktop.ui.case.overview import OverviewPage
from avrr_desktop.ui.case.page import CasePage
from avrr_desktop.ui.case.people import PeoplePage
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import column, isolate, ltr
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.header import PageHeader
from avrr_desktop.ui.components.rail import StageRail, Stop
from avrr_desktop.ui.components.stack import Stack
from avrr_desktop.ui.components.tabs import Tabs
from avrr_desktop.ui.room import Room, touches
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.shortcuts import Act

_LONG_TITLE = 28
"""Letters of a name beside which only the number has room."""


def _make_enrolment(room: Room) -> Screen:
    from avrr_desktop.ui.case.enrolment import EnrolmentPage  # brings the papers with it: loaded when first shown

    return EnrolmentPage(room)


def _make_plan(room: Room) -> Screen:
    from avrr_desktop.ui.plan.view import PlanPage  # loaded when the page is first shown

    return PlanPage(room)


def _make_travel(room: Room) -> Screen:
    from avrr_desktop.ui.travel.view import TravelPage  # loaded when the page is first shown

    return TravelPage(room)


PAGES: dict[str, Callable[[Room], Screen]] = {
    "overview": OverviewPage,
    "people": PeoplePage,
    "interview": InterviewsPage,
    "enrolment": _make_enrolment,
    "plan": _make_plan,
    "travel": _make_travel,
    "history": HistoryPage,
}
"""Tab -> its page, made when it is first shown; Papers is a screen of its own."""


class CaseScreen(Screen):
    """
    The shell of an open case.

    Attributes:
        header, rail, tabs: The parts of the head.
        ended: The banner that stands in the rail's place once the case ended.
        menu: What "More" opens.
        state: The case as read last.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.state: State | None = None
        self._pages: dict[str, Screen] = {}
        self._spot = ""
        self._print = Button(self.tr("Print"), "secondary", icon="printer", key=shortcuts.cap(Act.PRINT))
        self._print.clicked.connect(self._open_papers)
        self._more = Button(self.tr("More"), "secondary", trailing_icon="chevron-down")
        self.menu = self._make_menu()
        self._more.clicked.connect(self._open_menu)
        self.header = PageHeader("", actions=(self._print, self._more))
        self._rail_card = Card()
        self.rail = StageRail(())
        self.rail.opened.connect(lambda stop: self.show_tab(steps.PAGE_OF[StopCode(stop)]))
        self._rail_card.body.addWidget(self.rail)
        self.ended = Banner("info", "")
        self.tabs = Tabs(self.tr("Pages of the case"), [(tab, self._tab_name(tab)) for tab in TABS])
        self.tabs.opened.connect(self.show_tab)
        self._stack = Stack()
        self._all: QVBoxLayout = column(self, 12)
        for part in (self.header, self._rail_card, self.ended, self.tabs):
            self._all.addWidget(part)
        self._all.addWidget(self._stack, 1)
        self._bind()
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show *case*, at its overview or at *page*."""
        super().open(case, page)
        self._read()
        self.show_tab(page or TABS[0])

    def hear(self, changes: Changes) -> None:
        """Draw the head again and tell the page."""
        is_ours, page = touches(changes, self.case), self.page()
        if is_ours:
            self._read()
        if isinstance(page, CasePage):
            if is_ours and self.state is not None:
                page.take(self.state)
        elif page is not None:
            page.hear(changes)

    def leave(self) -> None:
        """Let the page finish what is being typed, and seal."""
        page = self.page()
        if page is not None:
            page.leave()
            self.room.read(lambda: seal_everything(self.room.desk, self.room.actor))

    def primary(self) -> None:
        """Do the page's primary act."""
        page = self.page()
        if page is not None:
            page.primary()

    def first_focus(self) -> None:
        """Begin where the page begins."""
        page = self.page()
        if isinstance(page, CasePage) and self._spot:
            page.go_to(self._spot)
        elif page is not None:
            page.first_focus()

    def page(self) -> Screen | None:
        """Return the page shown, None before the first."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def show_tab(self, page: str) -> None:
        """Show a tab, or the spot of a tab that *page* names."""
        tab, spot = where(page)
        if tab == "papers":
            self.tabs.set_value(self._shown_tab())
            self._open_papers()
            return
        self.leave()
        if tab not in self._pages:
            made = PAGES[tab](self.room)
            if isinstance(made, CasePage):
                made.went.connect(self.show_tab)
            self._pages[tab] = made
            self._stack.addWidget(made)
        self.tabs.set_value(tab)
        self._stack.setCurrentWidget(self._pages[tab])
        self._pages[tab].open(self.case, spot)
        self._spot = spot
        if not self.tabs.hasFocus():
            self.first_focus()

    def restyle(self) -> None:
        """Set the edges."""
        t = theme.current()
        self._all.setContentsMargins(t.edge("page_x"), t.space(12), t.edge("page_x"), t.space(8))
        self._all.setSpacing(t.space(8 if t.roomy else 12))
        self._print.set_key("" if t.roomy else shortcuts.cap(Act.PRINT))
        if self.state is not None:
            self._show_head(self.state)

    def _bind(self) -> None:
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcuts.bind(Act.PRINT, self, self._open_papers, scope)
        shortcuts.bind(Act.REFRESH, self, lambda: self.open(self.case, self._shown_tab()), scope)
        for number, tab in enumerate(TABS, 1):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.setContext(scope)
            key.activated.connect(lambda tab=tab: self.show_tab(tab))

    def _tab_name(self, tab: str) -> str:
        return {
            "overview": self.tr("Overview"),
            "people": self.tr("People"),
            "interview": self.tr("Interview"),
            "enrolment": self.tr("Enrolment"),
            "plan": self.tr("Plan"),
            "travel": self.tr("Travel"),
            "papers": self.tr("Papers"),
            "history": self.tr("History"),
        }[tab]

    def _shown_tab(self) -> str:
        shown = self.page()
        return next((tab for tab, page in self._pages.items() if page is shown), TABS[0])

    def _read(self) -> None:
        state = self.room.read(lambda: read_case(self.room.desk, self.room.actor, self.case))
        if state is not None:
            self.state = state
            self._show_head(state)

    def _show_head(self, state: State) -> None:
        view = state.view
        self.header.set_title(isolate(view.title))
        self.header.set_facts(self._facts(state))
        self._rail_card.setVisible(not state.is_ended)
        self.ended.setVisible(state.is_ended)
        may_end = all(self.room.actor.may(Right.WRITE, section) for section in (Section.CORE, Section.LEGAL))
        self._more.setEnabled(may_end and not state.is_ended)
        if state.is_ended:
            self.ended.set_text(*self._ended_words(state))
        else:
            self.rail.set_stops([self._stop(stop, state.zone) for stop in view.rail])

    def _facts(self, state: State) -> list[QWidget]:
        view = state.view
        facts: list[QWidget] = [Chip(ltr(view.case.number or ""), "outline")]
        if theme.current().roomy or len(view.title) > _LONG_TITLE:
            return facts
        if view.participation.return_kind:
            facts.append(Chip(words.word("return_kind", view.participation.return_kind), "outline"))
        principal = next((person.person for person in view.people if person.is_principal), None)
        if principal is None:
            return facts
        if principal.language:
            facts.append(Chip(words.language(principal.language), "outline", icon="languages"))
        if principal.safe_to_call == "no":
            facts.append(Chip(self.tr("Never call"), "bad", icon="phone-off"))
        elif principal.safe_to_call == "only_times":
            when = principal.call_note or self.tr("at certain times")
            facts.append(Chip(self.tr("Call safely: {when}").format(when=isolate(when)), "warn", icon="phone"))
        return facts

    def _stop(self, stop: StopView, zone: str) -> Stop:
        name = steps.stop_name(stop.stop)
        if stop.state == "now":
            return Stop(stop.stop.value, name, "now", self.tr("now"))
        if stop.state == "done":
            below = wording.day_short(local_date(stop.on, zone)) if stop.on else ""
            return Stop(stop.stop.value, name, "done", below)
        return Stop(stop.stop.value, name, "ahead")

    def _ended_words(self, state: State) -> tuple[str, str]:
        view, outcome = state.view, state.view.outcome
        last = self.tr("Last stop: {stop}.").format(stop=steps.stop_name(NOW[view.stage]))
        if outcome is None or outcome.ending is None:
            return self.tr("{name} is not travelling.").format(name=isolate(view.title)), last
        sentence = {
            "declined": self.tr("{name} does not want to take part."),
            "withdrawn": self.tr("{name} changed their mind. The return has stopped."),
            "ineligible": self.tr("{name} cannot take part."),
        }[outcome.ending.value].format(name=isolate(view.title))
        by = officer_names(self.room.desk).get(outcome.by or "", "")
        when = wording.day_time(outcome.at, state.zone) if outcome.at else wording.NONE
        detail = self.tr("{when}, {who}.").format(when=when, who=isolate(by))
        return sentence, " ".join(filter(None, (outcome.reason and isolate(outcome.reason), detail, last)))

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Does not want to take part\u2026"), self.decline)
        menu.addAction(self.tr("Changed their mind\u2026"), self.withdraw)
        menu.addAction(self.tr("Cannot take part\u2026"), self.mark_ineligible)
        return menu

    def _open_menu(self) -> None:
        self.menu.exec(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def decline(self) -> None:
        """Ask, then record that the person does not want to take part."""
        self._end(
            self.tr("Does {name} not want to take part?"),
            self.tr("Does not take part"),
            enrolling.decline,
        )

    def withdraw(self) -> None:
        """Ask, then record that the person changed their mind."""
        self._end(self.tr("Has {name} changed their mind?"), self.tr("Stop the return"), enrolling.withdraw)

    def mark_ineligible(self) -> None:
        """Ask for the reason, then record that the person cannot take part."""
        self._end(
            self.tr("Can {name} not take part?"),
            self.tr("Cannot take part"),
            lambda desk, actor, case, reason: enrolling.mark_ineligible(desk, actor, case, reason or ""),
        )

    def _end(self, question: str, verb: str, act: Callable[..., Done[None]]) -> None:
        if self.state is None or self.state.is_ended:
            return
        reason = Field(self.tr("Reason"), optional=act in (enrolling.decline, enrolling.withdraw))
        said = Dialog.ask(
            question.format(name=isolate(self.state.view.title)),
            self.tr("The case stops today and leaves the list of open cases. Nothing is erased; Undo brings it back."),
            (Answer("keep", self.tr("Keep going")), Answer("end", verb, "danger")),
            field=reason,
            parent=self,
        )
        if said == "end":
            text = reason.value().strip() or None
            room = self.room
            room.act(lambda: act(room.desk, room.actor, self.case, text), self.tr("The case has ended."))

    def _open_papers(self) -> None:
        self.room.go("papers", self.case)
