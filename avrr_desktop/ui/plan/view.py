"""The page "Plan": the table with its line being edited, goal and answer below, sums and signature beside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.failures import Expected
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import isolate
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.choice import Choices, Option
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.scroll import scrolling
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.plan.aside import BeforeCard, FreeCard, RateCard
from avrr_desktop.ui.plan.editing import Editing
from avrr_desktop.ui.plan.model import PARTS, PlanModel
from avrr_desktop.ui.plan.sign import SigningSheet
from avrr_desktop.ui.plan.table import PlanTable
from avrr_desktop.ui.room import Room, touches
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.shortcuts import Act, cap


class PlanPage(Screen):
    """The plan of the open case."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.model: PlanModel | None = None
        self._roomy = theme.current().roomy
        self.signed = Banner("ok", "")
        self.table = PlanTable()
        self.goal = Field(self.tr("Goal, in the person's own words"), "multiline", optional=True)
        self.feasibility = Choices(
            self.tr("Can the receiving office do it?"),
            (
                Option("yes", self.tr("Yes, all of it")),
                Option("no", self.tr("No, the plan must change")),
                Option("after_arrival", self.tr("Will be clear after arrival")),
            ),
            large=False,
        )
        self.free = FreeCard()
        self.rates = RateCard()
        self.before = BeforeCard(cap(Act.PRIMARY))
        self.sheet = SigningSheet(cap(Act.PRIMARY))
        self.editing = Editing(room, self.table, self.free, self)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show the plan of *case*; page "sign" goes to the signature."""
        super().open(case, page)
        self.model = self.room.read(lambda: PlanModel(self.room.desk, self.room.actor, case))
        if self.model is None:
            return
        self.editing.model = self.model
        self._stack.setCurrentIndex(0)
        if self.table.editor:
            self.table.end(self.model.state)
        self._draw()
        if page == "sign":
            self.primary()

    def hear(self, changes: Changes) -> None:
        """Read and draw again what changed, around the line being edited."""
        if self.model and touches(changes, self.case) and changes.kinds & PARTS:
            self.room.read(self.model.load)
            self._draw()

    def leave(self) -> None:
        """Write the line and the goal being typed."""
        self.goal.editor.clearFocus()
        if self.table.editor:
            self.editing.finish()

    def primary(self) -> None:
        """Sign, or go to what stands before it."""
        if self.model is None or self.model.state.plan.is_signed:
            return
        if self._stack.currentIndex() == 1:
            self.sheet.agree()
            return
        if self.table.editor and not self.editing.finish():
            return
        if self.model.state.can_sign and self.model.state.can_write:
            self._stack.setCurrentIndex(1)
            self.sheet.start(self.model.state)
        else:
            first = next((line.button for line in self.before.blocks.lines if line.button), None)
            (first or self.table).setFocus(Qt.FocusReason.OtherFocusReason)
            self._aside.ensureWidgetVisible(self.before)

    def first_focus(self) -> None:
        """Begin in the table."""
        self.table.focus_first()

    def restyle(self) -> None:
        """Put the cards beside the table, below it at a large text."""
        t = theme.current()
        self._row.setSpacing(t.space(20))
        self._main_column.setSpacing(t.space(16))
        self._side_column.setSpacing(t.space(16))
        self.goal.editor.setFixedHeight(t.height("area"))
        roomy = t.roomy
        if roomy != self._roomy and self.table.editor:
            # The fields stand in another order at a large text.
            self.editing.finish()
        self._roomy = roomy
        self._aside.setVisible(not roomy)
        self._aside.setFixedWidth(t.width("aside") + t.edge("scroll") * 2)
        target = self._main_column if roomy else self._aside_column
        if self._side.parent() is not target.parentWidget():
            target.addWidget(self._side)
            self._side.show()

    # The page's parts

    def _build(self) -> None:
        self._goal_card = Card()
        self._goal_card.body.addWidget(self.goal)
        self._answer_card = Card(self.tr("Can the receiving office do it?"))
        self._answer_card.body.addWidget(self.feasibility)
        main = QWidget()
        self._main_column = QVBoxLayout(main)
        self._main_column.setContentsMargins(0, 0, 0, 0)
        for part in (self.signed, self.table, self._goal_card, self._answer_card):
            self._main_column.addWidget(part)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.addWidget(self.free)
        self._side_column.addWidget(self.before)
        self._side_column.addWidget(self.rates)
        holder = QWidget()
        self._aside_column = QVBoxLayout(holder)
        self._aside_column.setContentsMargins(0, 0, 0, 0)
        self._aside_column.addWidget(self._side)
        self._aside_column.addStretch(1)
        self._main = scrolling(main)
        self._aside = scrolling(holder)
        self._main_column.addStretch(1)
        plan = QWidget()
        self._row = QHBoxLayout(plan)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._main, 1)
        self._row.addWidget(self._aside)
        self._stack.addWidget(plan)
        self._stack.addWidget(scrolling(self.sheet))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _connect(self) -> None:
        self.editing.shown.connect(self._main.ensureWidgetVisible)
        self.goal.left.connect(self._write_goal)
        self.feasibility.chosen.connect(self._answer)
        self.free.asked.connect(lambda place, page: self.room.go(place, self.case if place == "case" else "", page))
        self.before.opened.connect(self._go_to)
        self.before.sign.clicked.connect(self.primary)
        self.sheet.left.connect(self._leave_sheet)
        self.sheet.agreed.connect(self._sign)

    def _draw(self) -> None:
        if self.model is None:
            return
        state = self.model.state
        plan = state.plan
        self.table.show_state(state)
        if not self.goal.editor.hasFocus():
            self.goal.set_value(plan.plan.goal or "")
        self.goal.set_read_only(not state.can_write)
        self.feasibility.set_values((plan.plan.feasibility,) if plan.plan.feasibility else ())
        self.feasibility.setEnabled(state.can_write and plan.entity is not None)
        self.free.show_state(state)
        self.rates.show_state(state)
        self.before.show_state(state)
        self.before.setVisible(not plan.is_signed)
        self.signed.setVisible(plan.is_signed)
        if plan.is_signed:
            self._say_signed()
        if self.table.editor:
            self.editing.weigh()

    def _say_signed(self) -> None:
        if self.model is None:
            return
        state = self.model.state
        held = state.plan.plan
        day = wording.day(held.signed_on) if held.signed_on else wording.NONE
        words = self.tr("{name} signed version {version} on {day}.")
        detail = self.tr("For the office: {officer}. A signed plan can no longer be changed.")
        self.signed.set_text(
            words.format(name=isolate(state.signed_by), version=held.version or 1, day=day),
            detail.format(officer=isolate(state.officer)),
        )

    # Goal, answer, signature

    def _write_goal(self, goal: str) -> None:
        if self.model is not None and self.model.state.can_write:
            model = self.model
            self.room.act(lambda: model.write_goal(goal), on_refused=self._refuse_goal)

    def _refuse_goal(self, failure: Expected) -> bool:
        self.goal.set_error(notice(failure).text)
        return True

    def _answer(self, values: tuple[str, ...]) -> None:
        if self.model is not None and values:
            model = self.model
            self.room.act(lambda: model.answer_feasibility(values[0]))

    def _go_to(self, page: str) -> None:
        if page == "feasibility":
            self._main.ensureWidgetVisible(self.feasibility)
            self.feasibility.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page:
            self.room.go("case", self.case, page)

    def _leave_sheet(self) -> None:
        self._stack.setCurrentIndex(0)
        self.before.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sign(self, person: str, picture: bytes, media: str, place: str, explained: bool) -> None:
        if self.model is None:
            return
        model = self.model
        if self.room.act(lambda: model.sign(person, bytes(picture), media, place, explained)) is not None:
            self._stack.setCurrentIndex(0)
            self._main.verticalScrollBar().setValue(0)
            self.table.focus_first()
