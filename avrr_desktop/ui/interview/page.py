"""A topic on one page: answered lines, the question at hand, what is coming."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.services.interviewing import Spot
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.banner import Banner
from avrr_desktop.ui.components.base import Restyled, isolate
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.interview import words
from avrr_desktop.ui.interview.card import QuestionCard, RepeatCard
from avrr_desktop.ui.interview.lines import NoteLine, Pair, QuestionLine, RepeatLine
from avrr_desktop.ui.interview.state import Line, Part, Speech, State

Row = QuestionLine | RepeatLine | NoteLine | QuestionCard | RepeatCard


class Column(Restyled, QScrollArea):
    """
    A page that scrolls, with the margins of the interview.

    Attributes:
        body: Where the page's parts go.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.setWidget(self._inner)
        self.verticalScrollBar().rangeChanged.connect(self._set_margins)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def show_state(self, state: State) -> None:
        """Draw the page."""

    def focusables(self) -> list[QWidget]:
        """Return what Tab walks through on the page, in reading order."""
        # The list that a combo opens is a window of its own.
        return [
            part
            for part in self._inner.findChildren(QWidget)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.window() is self.window()
        ]

    def restyle(self) -> None:
        """Set the margins."""
        self.body.setSpacing(theme.current().space(8))
        self._set_margins()

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Keep in sight what has the focus: a digit may choose a row far below."""
        if now is not None and self._inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, theme.current().space(24))

    def _set_margins(self) -> None:
        # The scroll bar stands inside the trailing margin, so that nothing moves when it comes.
        t = theme.current()
        edge = t.space(24) if t.roomy else t.space(48)
        bar = t.edge("scroll") if self.verticalScrollBar().maximum() > 0 else 0
        left, right = (edge - bar, edge) if t.rtl else (edge, edge - bar)
        self.body.setContentsMargins(left, t.space(12) if t.roomy else t.space(24), right, t.space(24))


class Page(Column):
    """
    A topic.

    Attributes:
        card: The question or list at hand, None where all is answered.

    Signals:
        answered: (Spot, str) Chosen or typed.
        entered: Enter in the editor: go on.
        remarked: (Spot, str) The private note was left.
        changed: (Spot) Change was pressed.
        row_added: (Spot) Add a member to this list.
        row_removed: (Spot, str) Take the member with this row id off.
    """

    answered = Signal(object, str)
    entered = Signal()
    remarked = Signal(object, str)
    changed = Signal(object)
    row_added = Signal(object)
    row_removed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Spot, tuple[Line, tuple[object, ...], Row]] = {}
        self._place = ""
        self.card: QuestionCard | RepeatCard | None = None
        self._is_arriving = False
        self.verticalScrollBar().rangeChanged.connect(self._arrive)
        self._heading = Pair("", "", "", Speech.OWN, "title")
        self._intro = Pair("", "", "", Speech.OWN, "small", "text2")
        self._interrupted = Sign("", "text2", "history", "small")
        self.stops = Banner("warn", "")
        self._unreviewed = Sign("", "text2", "languages", "small")
        self._lines = QVBoxLayout()
        for part in (self._heading, self._unreviewed, self._intro, self._interrupted, self.stops):
            self.body.addWidget(part)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self.follow_theme()

    def clear(self) -> None:
        """Forget everything shown, before another interview stands here."""
        for _line, _look, row in self._rows.values():
            self._drop(row)
        self._rows, self._place, self.card = {}, "", None

    def show_state(self, state: State) -> None:
        """Draw the page; lines that show the same stay as they are."""
        t = theme.current()
        before = self.card
        if self._heading.language() != state.codes[1]:
            self._renew_head(state)
        self._heading.set_words(state.heading, state.other_heading, state.speech)
        self._heading.setVisible(not t.roomy)
        intro = ("\n".join(one.text for one in state.intro), "\n".join(one.other for one in state.intro))
        self._intro.set_words(*intro, state.speech)
        self._intro.setVisible(bool(intro[0]))
        names = ", ".join(isolate(name) for name in state.unreviewed)
        self._unreviewed.set_text(self.tr("{language}: translation not yet reviewed").format(language=names))
        self._unreviewed.setVisible(bool(state.unreviewed) and not t.roomy)
        self._show_interrupted(state)
        self._show_stops(state)
        self._show_lines(state)
        if self.card is not before or state.place != self._place:
            self._place = state.place
            self._is_arriving = True
            QTimer.singleShot(0, self, self._settle)

    def bring_card(self) -> None:
        """Scroll so that the question at hand is seen, with one answered line above it where there is room."""
        bar = self.verticalScrollBar()
        if self.card is None:
            bar.setValue(0)
            return
        top, bottom = self.card.y(), self.card.y() + self.card.height()
        if bottom + theme.current().space(16) <= self.viewport().height():
            bar.setValue(0)
            return
        above = 0 if theme.current().roomy else theme.current().space(48)
        bar.setValue(max(0, top - above))
        self._follow_focus(None, QApplication.focusWidget())

    def focusables(self) -> list[QWidget]:
        """Return what Tab walks through, line by line: new lines were made last, not below."""
        return [
            part
            for _line, _look, row in self._rows.values()
            for part in row.findChildren(QWidget)
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]

    def _arrive(self) -> None:
        if self._is_arriving:
            self.bring_card()

    def _settle(self) -> None:
        """Bring the card now, and once more when wrapped lines have taken their height."""
        self.bring_card()
        QTimer.singleShot(0, self, self._settled)

    def _settled(self) -> None:
        self.bring_card()
        self._is_arriving = False

    def restyle(self) -> None:
        """Set margins and the air between lines."""
        super().restyle()
        self._lines.setSpacing(theme.current().space(4))
        self._lines.setContentsMargins(0, theme.current().space(8), 0, 0)

    def _renew_head(self, state: State) -> None:
        """Give heading and intro the returnee's language, known when the first state is."""
        for name, role, colour in (("_heading", "title", "text"), ("_intro", "small", "text2")):
            old: Pair = getattr(self, name)
            new = Pair("", "", state.codes[1], state.speech, role, colour)  # type: ignore[arg-type]  # literals above
            self.body.replaceWidget(old, new)
            old.hide()
            old.deleteLater()
            setattr(self, name, new)

    def _show_interrupted(self, state: State) -> None:
        self._interrupted.setVisible(state.interrupted is not None)
        if state.interrupted is None:
            return
        at, number = state.interrupted
        if number:
            said = self.tr("Your interview was interrupted at {time}. Every answer up to question {number} is here.")
        else:
            said = self.tr("Your interview was interrupted at {time}. Every answer is here.")
        self._interrupted.set_text(said.format(time=wording.time(at, state.facts.zone), number=number))

    def _show_stops(self, state: State) -> None:
        self.stops.setVisible(bool(state.stops))
        if not state.stops:
            return
        first, *others = words.stop_lines(state)
        self.stops.set_text(first, "\n".join(others))

    def _show_lines(self, state: State) -> None:
        look = (state.speech, state.codes, state.is_writable, theme.current().roomy)
        kept: dict[Spot, tuple[Line, tuple[object, ...], Row]] = {}
        for line in state.lines:
            old = self._rows.pop(line.spot, None)
            if old is not None and old[1] == look and old[0].part is line.part:
                if old[0] == line and line.part is not Part.NOW:
                    kept[line.spot] = old
                    continue
                if isinstance(old[2], QuestionCard):
                    old[2].show_line(line, state)
                    kept[line.spot] = (line, look, old[2])
                    continue
            if old is not None:
                self._drop(old[2])
            kept[line.spot] = (line, look, self._make(line, state))
        for _line, _look, row in self._rows.values():
            self._drop(row)
        shown = [row for _line, _look, row in kept.values()]
        for at, row in enumerate(shown):
            item = self._lines.itemAt(at)
            if item is None or item.widget() is not row:
                self._lines.insertWidget(at, row)
                # A layout shows its new widgets only with the next event: too late for the focus that follows.
                row.setVisible(True)
        self._rows = kept
        self.card = next((row for row in shown if isinstance(row, QuestionCard | RepeatCard)), None)

    def _drop(self, row: Row) -> None:
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _make(self, line: Line, state: State) -> Row:
        spot, language, speech = line.spot, state.codes[1], state.speech
        if line.repeat is not None:
            return self._make_repeat(line, state)
        asked = line.asked
        if asked is not None and line.part is Part.NOTE:
            return NoteLine(asked.text, asked.other, language, speech, self._inner)
        if line.part is Part.NOW:
            card = QuestionCard(line, state, self._member(line), self._inner)
            card.answered.connect(lambda value: self.answered.emit(spot, value))
            card.entered.connect(self.entered)
            card.remarked.connect(lambda text: self.remarked.emit(spot, text))
            return card
        can_change = state.is_writable and asked is not None and not asked.is_readonly
        row = QuestionLine(line, language, speech, can_change=can_change, parent=self._inner)
        row.wanted.connect(lambda: self.changed.emit(spot))
        return row

    def _make_repeat(self, line: Line, state: State) -> Row:
        repeat = line.repeat
        if repeat is None or line.part is not Part.NOW:
            text = (repeat.other if state.speech is Speech.OTHER else repeat.text) if repeat else ""
            count = len(repeat.rows) if repeat else 0
            row = RepeatLine(text, count, can_change=state.is_writable, parent=self._inner)
            row.wanted.connect(lambda: self.changed.emit(line.spot))
            return row
        card = RepeatCard(line, state, self._names(line, state), self._inner)
        card.added.connect(lambda: self.row_added.emit(line.spot))
        card.entered.connect(self.entered)
        card.removed.connect(lambda row: self.row_removed.emit(line.spot, row))
        return card

    def _member(self, line: Line) -> str:
        if line.asked is None or line.asked.row is None:
            return ""
        number, count = line.asked.row
        return self.tr("Member {number} of {count}").format(number=number, count=count)

    def _names(self, line: Line, state: State) -> tuple[str, ...]:
        """Name each member by the first answer about them."""
        names = []
        for at, row in enumerate(line.repeat.rows if line.repeat else (), 1):
            said = (one.asked.value for one in state.lines if one.asked is not None and one.asked.spot.rep == row)
            names.append(next(said, "") or self.tr("Member {number}").format(number=at))
        return tuple(names)
