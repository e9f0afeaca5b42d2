"""The interview in the full window: bar, sections, page and foot; forwards keys and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.desk import Done
from avrr_desktop.services.interviewing import Spot
from avrr_desktop.ui import shortcuts, theme
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.interview import keys
from avrr_desktop.ui.interview.amend import amend
from avrr_desktop.ui.interview.card import QuestionCard
from avrr_desktop.ui.interview.model import InterviewModel
from avrr_desktop.ui.interview.parts import Parts
from avrr_desktop.ui.interview.signature import Signature
from avrr_desktop.ui.interview.state import CHECK, FINISH, MEETING, State
from avrr_desktop.ui.room import Room, touches


class InterviewScreen(Parts):
    """
    The interview of a case.

    Attributes:
        model: The open interview; None before `open` and where it was refused.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._is_acting = False
        self._connect()
        self.follow_theme()

    # What a screen is

    def open(self, case: str = "", page: str = "") -> None:
        """Open the interview with id *page*, or the newest of *case*."""
        super().open(case, page)
        self._reads_back = False
        self.second.cover("left", False)
        self.page.clear()
        self.finish.signature.clear()
        self.model = self.room.read(lambda: InterviewModel(self.room.desk, self.room.actor, case, page))
        if self.model is None:
            # Refused, and said so: there is nothing to show here.
            QTimer.singleShot(0, self, lambda: self.room.go("case", case, "interview"))
        self.draw()

    def hear(self, changes: Changes) -> None:
        """Read anew what somebody else changed in this interview."""
        if self.model is None or self._is_acting or not touches(changes, self.case):
            return
        if changes.kinds & {"answer", "repeat_row", "interview", "sheet_handed"}:
            self.room.read(self.model.reload)
            self.draw()

    def leave(self) -> None:
        """Write what is being typed, end the sitting, seal; nothing stays on the returnee's window."""
        self.second.cover("left", True)
        self._finish_typing()
        if self.model is not None:
            self._act(self.model.end)

    def primary(self) -> None:
        """Go on from a long text, complete, or write the changes in."""
        self._finish_typing()
        if self.model is None:
            return
        state = self.model.state
        if state.sheet is not None:
            self._open_sheet("")
        elif state.place == MEETING:
            self._begin_meeting()
        elif state.place == CHECK and not state.is_complete:
            self._complete()
        elif state.place in (CHECK, FINISH):
            self._accept_or_close(state)
        else:
            self._act(self.model.go_on, moves=True)

    def first_focus(self) -> None:
        """Put the focus where the answer is given."""
        focus: QWidget = self.foot.onward
        if self._stack.currentWidget() is self.sheet_page:
            focus = next(iter(self.sheet_page.handed.values()))
        if self._stack.currentWidget() is self.page and self.page.card is not None:
            if isinstance(self.page.card, QuestionCard):
                self.page.card.take_focus()
                return
            focus = self.page.card
        elif self._stack.currentWidget() is self.meeting:
            focus = self.meeting.fields["place"]
        elif self._stack.currentWidget() is self.finish and self.finish.rows:
            focus = self.finish.rows[0]
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    # Keys

    def event(self, event: QEvent) -> bool:
        """Take the interview's keys before the window's shortcuts do."""
        taken = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if taken and isinstance(event, QKeyEvent) and keys.act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key of the interview does."""
        act = keys.act_of(event)
        if act:
            self.do(act)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def do(self, act: str) -> None:
        """Do what the key or hint *act* says (`keys.KEYS`)."""
        model = self.model
        if model is None:
            return
        if act == "face":
            self.second.turn()
        elif act == "speak":
            model.speak()
            self.draw()
            self.first_focus()
        elif act == "sections":
            (self.line.open_menu if theme.current().roomy else self.sections.take_focus)()
        elif act == "note":
            model.open_note()
            self.draw()
            if isinstance(self.page.card, QuestionCard):
                self.page.card.focus_note()
        elif act == "later":
            self._finish_typing()
            self._act(model.come_back_later, moves=True)
        else:
            self._act(lambda: model.set_aside(act))

    # Inside

    def _connect(self) -> None:
        self.bar.left.connect(lambda: self.room.go("case", self.case, "interview"))
        self.bar.hidden_wanted.connect(self._hide)
        self.second.turned.connect(lambda _on: self._show_reading(False))
        self.room.screen_hidden.connect(lambda on: self.second.cover("hidden", on))
        self.check.reading_wanted.connect(lambda: self._show_reading(not self._reads_back))
        self.bar.switch.chosen.connect(self._speak)
        self.bar.saved.retried.connect(lambda: self._do(lambda model: model.try_again()))
        self.sections.opened.connect(self._go_to)
        self.line.opened.connect(self._go_to)
        self.sections.marked_wanted.connect(lambda: self._do(lambda m: m.go_to_marked(), moves=True))
        self.page.answered.connect(lambda spot, text: self._do(lambda m: m.answer(spot, text)))
        self.page.entered.connect(self._enter)
        self.page.remarked.connect(lambda spot, text: self._do(lambda m: m.remark(spot, text)))
        self.page.changed.connect(self._change)
        self.check.changed.connect(self._change)
        self.page.row_added.connect(lambda spot: self._do(lambda m: m.add_row(spot), moves=True))
        self.page.row_removed.connect(self._remove_row)
        self.finish.ticked.connect(self._tick)
        self.finish.signature.signed.connect(self._sign)
        self.check.quality_left.connect(lambda text: self._do(lambda m: m.remark_on_interpreter(text)))
        self.sheets.opened.connect(self._open_sheet)
        self.sheet_page.told.connect(lambda how: self._do(lambda m: m.hand(how)))
        self.foot.acted.connect(self.do)
        self.foot.onward.clicked.connect(self.primary)
        self.foot.back.clicked.connect(self._back)
        self._bind("Shift+Return", self.tr("Back"), self._back)
        # `event` takes these first; as shortcuts they stand in the help.
        for act, key in keys.KEYS.items():
            self._bind(key, keys.words(act), partial(self.do, act))

    def _bind(self, key: str, said: str, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setWhatsThis(said)
        shortcut.activated.connect(slot)

    def _do(self, verb: Callable[[InterviewModel], Done[None]], *, moves: bool = False) -> None:
        model = self.model
        if model is not None:
            self._act(lambda: verb(model), moves=moves)

    def _act(
        self,
        verb: Callable[[], Done[None]],
        *,
        moves: bool = False,
        on_refused: Callable[[Expected], bool] | None = None,
    ) -> bool:
        """Do a verb of the model and draw; *moves*: the focus follows to what is next."""
        self._is_acting = True
        try:
            done = self.room.act(verb, on_refused=on_refused or self._not_saved)
        finally:
            self._is_acting = False
        self.draw()
        if moves:
            self.first_focus()
        return done is not None

    def _not_saved(self, failure: Expected) -> bool:
        """Take failures of the disk: they stand in the bar until they are over."""
        if self.model is None or not failure.code.startswith("store."):
            return False
        self.model.not_saved(failure)
        return True

    def _escape(self) -> None:
        """Leave the private note for the question, and the question for the case; nothing is lost."""
        card = self.page.card
        if self.model is not None and self.model.open_line is not None:
            self._open_sheet("")
        elif isinstance(card, QuestionCard) and card.note is not None and card.note.editor.hasFocus():
            card.take_focus()
        else:
            self.room.go("case", self.case, "interview")

    def _hide(self) -> None:
        """Do what the window does at F9."""
        for action in self.window().actions():
            if action.shortcut() == shortcuts.keys(shortcuts.Act.HIDE):
                action.trigger()

    def _finish_typing(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()

    def _enter(self) -> None:
        """Go on, where Enter means it."""
        state = self.model.state if self.model is not None else None
        if state is not None and state.place not in (CHECK, FINISH, MEETING) and state.sheet is None:
            self._do(lambda m: m.go_on(), moves=True)

    def _back(self) -> None:
        self._finish_typing()
        if self.model is not None and self.model.open_line is not None:
            self._open_sheet("")
            return
        self._do(lambda m: m.go_back(), moves=True)

    def _open_sheet(self, sheet: str) -> None:
        """Open a country sheet over the questions; "" goes back to them."""
        self._finish_typing()
        if self.model is not None:
            self.model.open_sheet(sheet)
            self.draw()
            self.first_focus()

    def _speak(self, speech: object) -> None:
        if self.model is not None:
            self.model.speak(speech)  # type: ignore[arg-type]  # the switch emits a Speech
            self.draw()

    def _go_to(self, place: str) -> None:
        self._finish_typing()
        self._do(lambda m: m.go_to(place), moves=True)

    def _show_reading(self, on: bool) -> None:
        """Show the answers in the returnee's window while they are read back, or take them off it."""
        self._reads_back = on
        self.draw()

    def _change(self, spot: Spot) -> None:
        self._finish_typing()
        if self.model is not None and self.model.sitting.is_complete:
            amend(self, self.room, self.model, spot)
            self.draw()
        else:
            self._do(lambda m: m.change(spot), moves=True)

    def _remove_row(self, spot: Spot, row: str) -> None:
        said = Dialog.ask(
            self.tr("Take this member off the list?"),
            self.tr("The answers about this member are no longer shown. They stay in the history."),
            (Answer("keep", self.tr("Keep")), Answer("remove", self.tr("Take off the list"), "danger")),
            parent=self,
        )
        if said == "remove":
            self._do(lambda m: m.remove_row(spot, row), moves=True)

    def _begin_meeting(self) -> None:
        model, like = self.model, self.meeting.sitting()
        if model is not None and like is not None:
            self._act(lambda: model.begin_meeting(like), moves=True)

    def _sign(self, given: Signature) -> None:
        model = self.model
        if model is not None:
            self._act(
                lambda: model.sign(given.picture, given.how, given.signed_on),
                on_refused=self.finish.signature.refused,
            )

    def _complete(self) -> None:
        model = self.model
        if model is None:
            return
        if not model.sitting.problems():
            said = Dialog.ask(
                self.tr("Complete the interview?"),
                self.tr(
                    "From then on an answer changes only with a reason. What was said about health and safety is "
                    "then read only by those who must help."
                ),
                (Answer("keep", self.tr("Keep it open")), Answer("complete", self.tr("Complete"), "primary")),
                parent=self,
            )
            if said != "complete":
                return
        if self._act(model.complete) and model.state.place == FINISH:
            self.first_focus()

    def _tick(self, number: int, on: bool) -> None:
        if self.model is not None:
            self.model.tick(number, on)
            self.draw()

    def _accept_or_close(self, state: State) -> None:
        if state.ticked:
            self._do(lambda m: m.accept(), moves=True)
        else:
            self.room.go("case", self.case, "interview")
