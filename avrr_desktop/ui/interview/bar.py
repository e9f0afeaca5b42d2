"""The bar over an interview: back, whose it is, the sitting, Saved, the language switch, and hiding the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui import fonts, notices, shortcuts, theme, wording
from avrr_desktop.ui.components.base import (
    CENTRE,
    Restyled,
    draw_box,
    draw_line,
    draw_text,
    isolate,
    paint_ground,
    text_width,
)
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.label import Label, ShortLabel
from avrr_desktop.ui.components.saved import Saved
from avrr_desktop.ui.interview import keys, words
from avrr_desktop.ui.interview.state import Speech, State


class _Segment(QPushButton):
    """One language of the switch."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        fonts.ensure(text)
        self.ring_radius = theme.current().radius("button")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Measure the words."""
        t = theme.current()
        return QSize(text_width(self.text(), "small_medium") + 2 * t.space(12), t.height("switch"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chosen one as a key that is down."""
        t = theme.current()
        on = self.isChecked()
        with QPainter(self) as painter:
            if on or self.underMouse():
                draw_box(
                    painter, self.rect(), t.radius("button"), "surface" if on else "hover", "border" if on else None
                )
            draw_text(painter, self.rect(), self.text(), "small_medium", "text" if on else "text2", CENTRE)


class Switch(Restyled, QWidget):
    """
    Which languages stand on the screen.

    Attributes:
        segments: Buttons by `Speech`.

    Signals:
        chosen: (Speech) The officer chose.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Languages on the screen"))
        self.setToolTip(keys.cap("speak"))
        self.segments: dict[Speech, _Segment] = {}
        self._line = QHBoxLayout(self)
        self._names: tuple[str, str] | None = None
        self.follow_theme()

    def show_speech(self, names: tuple[str, str], speech: Speech) -> None:
        """Show the languages *names* with *speech* chosen."""
        if names != self._names:
            self._names = names
            for old in self.segments.values():
                self._line.removeWidget(old)
                old.hide()
                old.deleteLater()
            both = self.tr("{own} + {other}").format(own=isolate(names[0]), other=isolate(names[1]))
            texts = {Speech.BOTH: both, Speech.OWN: names[0], Speech.OTHER: names[1]}
            self.segments = {value: _Segment(text, self) for value, text in texts.items()}
            for value, segment in self.segments.items():
                segment.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
                self._line.addWidget(segment)
                segment.setVisible(True)
            self.updateGeometry()
        self.segments[speech].setChecked(True)

    def restyle(self) -> None:
        """Set the margins."""
        t = theme.current()
        self._line.setContentsMargins(t.space(1), t.space(1), t.space(1), t.space(1))
        self._line.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the trough."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), theme.current().radius("choice"), "sunken", "line")


class InterviewBar(Restyled, QWidget):
    """
    The bar; what does not fit gives way, the least needed first, never the rehearsal mark.

    Attributes:
        back, blank: The buttons at both ends.
        switch: The languages.
        saved: The one mark of the window while it is shown.

    Signals:
        left: Back was pressed.
        hidden_wanted: "Blank the screen" was pressed.
    """

    left = Signal()
    hidden_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Button(self.tr("Back to the case"), "ghost", icon="arrow-left", bare=True)
        self.title, self.person = Label("", "strong"), ShortLabel("", "small", "text2")
        self.sitting, self.interpreter = Chip("", icon="clock"), Chip("", icon="languages")
        self.rehearsal = Chip(self.tr("REHEARSAL"), "warn", icon="flask-conical")
        self.saved = Saved(self.tr("Saved"))
        self.switch = Switch()
        self.blank = Button(
            self.tr("Blank the screen"), "secondary", icon="eye-off", key=shortcuts.cap(shortcuts.Act.HIDE)
        )
        self.back.clicked.connect(self.left)
        self.blank.clicked.connect(self.hidden_wanted)
        self._line = QHBoxLayout(self)
        self._names = QVBoxLayout()
        self._names.addWidget(self.title)
        self._names.addWidget(self.person)
        self._line.addWidget(self.back)
        self._line.addLayout(self._names)
        for chip in (self.sitting, self.interpreter, self.rehearsal):
            self._line.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addStretch(1)
        for part in (self.saved, self.switch, self.blank):
            self._line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._wanted: Sequence[tuple[QWidget, bool]] = tuple(
            (part, False) for part in (self.interpreter, self.sitting, self.switch)
        )
        self.follow_theme()

    def show_state(self, state: State) -> None:
        """Show the facts of *state*."""
        facts = state.facts
        self.title.setText(facts.title)
        self.person.setText(facts.person)
        self.sitting.set_state(words.sitting(facts), "neutral", icon="clock")
        self.interpreter.set_state(words.interpreter(facts), "neutral", icon="phone" if _is_far(state) else "languages")
        if state.unsaved is not None:
            self.saved.show_failed(notices.sentence(state.unsaved))
        elif state.saved_at is not None:
            saved = self.tr("Saved {time}").format(time=wording.time(state.saved_at, facts.zone))
            self.saved.show_saved(saved)
        else:
            self.saved.show_saved(self.tr("Saved"))
        if state.has_two_languages:
            self.switch.show_speech(state.languages, state.speech)
        open_ = not state.is_complete
        self._wanted = (
            (self.interpreter, open_),
            (self.sitting, open_ and facts.since is not None),
            (self.switch, state.has_two_languages),
        )
        self.rehearsal.setVisible(facts.is_rehearsal)
        self._fit()

    def restyle(self) -> None:
        """Set height, margins and what the large text leaves room for."""
        t = theme.current()
        paint_ground(self, "surface")
        self.setFixedHeight(t.height("bar"))
        self._line.setContentsMargins(t.space(12), 0, t.space(16), 0)
        self._line.setSpacing(t.space(12))
        self._names.setSpacing(0)
        self._names.setContentsMargins(0, t.space(6), t.space(12), t.space(6))
        said = self.tr("Blank the screen")
        self.blank.setText("" if t.roomy else said)
        self.blank.setAccessibleName(said)
        self.blank.setToolTip(said)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Take any width: what does not fit gives way."""
        return QSize(0, theme.current().height("bar"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline below."""
        with QPainter(self) as painter:
            draw_line(painter, self.rect())

    def _fit(self) -> None:
        for part, wanted in self._wanted:
            part.setVisible(wanted and not theme.current().roomy)
        for part, _wanted in self._wanted:
            self._line.invalidate()
            if self._line.sizeHint().width() <= self.width():
                break
            part.hide()


def _is_far(state: State) -> bool:
    mode = state.facts.interpreter_mode
    return mode is not None and mode.value == "phone"
