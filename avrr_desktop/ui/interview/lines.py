"""The quiet lines of a page: what is answered, what is coming, what the form says, what is kept apart."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, text_width
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Icon
from avrr_desktop.ui.interview import words
from avrr_desktop.ui.interview.state import Line, Part, Speech
from avrr_desktop.ui.tokens import Role, Token


def held(text: str) -> str:
    """Keep the signs French sets off by a space on the line of their word."""
    return _SET_OFF.sub("\u00a0", text)


_SET_OFF = re.compile(r" (?=[?!:;»])|(?<=«) ")


def share(width: int, own: int, other: int, gap: int) -> int:
    """Give the trailing words the room they need where both fit on one line, else up to half of *width*."""
    return other if own + gap + other <= width else min(other, (width - gap) // 2)


def one_line(label: WrapLabel) -> int:
    """Measure one line of a label as drawn: scripts differ, and Arabic asks for half as much again."""
    room = QRect(0, 0, 1 << 16, 1 << 16)
    return label.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), label.text()).height()


class Pair(Restyled, QWidget):
    """
    The same words in the officer's language and, at the trailing side in its own direction, in the returnee's.

    Attributes:
        own, other: The two labels.
    """

    def __init__(
        self, own: str, other: str, language: str, speech: Speech, role: Role, colour: Token = "text",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._role: Role = role
        self._language = language
        self.own = WrapLabel(own, role, colour)
        self.other = WrapLabel(other, role, colour, language=language)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._own_side, self._other_side = QVBoxLayout(), QVBoxLayout()
        for side, label, stretch in ((self._own_side, self.own, 1), (self._other_side, self.other, 0)):
            side.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            side.addStretch(1)
            self._line.addLayout(side, stretch)
        self.set_words(own, other, speech)
        self.follow_theme()

    def language(self) -> str:
        """Return the language of the trailing words."""
        return self._language

    def set_words(self, own: str, other: str, speech: Speech) -> None:
        """Show other words, or another language."""
        self._speech = speech
        self.own.setText(held(own))
        self.other.setText(held(other))
        self.own.setVisible(speech is not Speech.OTHER and bool(own))
        self.other.setVisible(speech is not Speech.OWN and bool(other))
        self._share()

    def restyle(self) -> None:
        """Set the gap."""
        self._line.setSpacing(theme.current().space(32))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        # The returnee's words take the room they need up to half; alone, all of it.
        if self._speech is Speech.OTHER:
            wanted = self.width()
        else:
            own = text_width(self.own.text(), self._role) + 2
            needed = text_width(self.other.text(), self._role, self._language) + 2
            wanted = share(self.width(), own, needed, self._line.spacing())
        if wanted > 0 and self.other.maximumWidth() != wanted:
            self.other.setFixedWidth(wanted)
        lines = (one_line(self.own), one_line(self.other)) if self._speech is Speech.BOTH else (0, 0)
        self._own_side.setContentsMargins(0, (max(lines) - lines[0]) // 2, 0, 0)
        self._other_side.setContentsMargins(0, (max(lines) - lines[1]) // 2, 0, 0)


class QuestionLine(Restyled, QWidget):
    """
    One question that is not at hand: answered with "Change", coming, or kept apart.

    Attributes:
        change: The link, None where nothing can be changed.

    Signals:
        wanted: Change was pressed, or a coming question clicked.
    """

    wanted = Signal()

    def __init__(
        self,
        line: Line,
        language: str,
        speech: Speech,
        *,
        can_change: bool,
        asks_why: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        asked = line.asked
        if asked is None:
            raise TypeError("a repeat has its own line")
        answered = line.part is Part.DONE
        wrong = answered and line.shows_problem and bool(asked.problem)
        said = words.answer(asked, speech) if answered else ""
        if line.part is Part.APART:
            said = self.tr("Kept apart: only those who must help read this.")
        self._line = QHBoxLayout(self)
        self._sign = QVBoxLayout()
        self._sign.addWidget(Icon(*_sign(line, wrong)), 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(self._sign)
        ink: Token = "text2" if answered else "text3"
        own = speech is not Speech.OTHER
        text, tongue = (asked.text, "") if own else (asked.other, language)
        self._question = WrapLabel(held(text), "body", ink, language=tongue)
        self._answer = WrapLabel(said, "strong" if answered and asked.value else "body", "bad" if wrong else "text")
        if not asked.value and not wrong:
            self._answer.set_colour("text3")
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(self._question)
        self._words.addWidget(self._answer, 1)
        self._line.addLayout(self._words, 1)
        self._line.setAlignment(self._words, Qt.AlignmentFlag.AlignTop)
        self._answer.setVisible(bool(said))
        if asked.remark:
            self._line.addWidget(Icon("sticky-note", 16, "text3"), 0, Qt.AlignmentFlag.AlignTop)
        if line.is_marked:
            self._line.addWidget(Icon("bookmark", 16, "warn"), 0, Qt.AlignmentFlag.AlignTop)
        self._other = WrapLabel(held(asked.other), "body", ink, language=language)
        self._other_shown = speech is Speech.BOTH and line.part is Part.AHEAD and bool(asked.other)
        self._other_side = QVBoxLayout()
        self._other_side.addWidget(self._other)
        self._other_side.addStretch(1)
        self._line.addLayout(self._other_side)
        self._other.setVisible(self._other_shown)
        self._language = language
        self.change: Button | None = None
        self._is_ahead = can_change and line.part is Part.AHEAD
        if can_change and answered:
            change = self.tr("Change\u2026") if asks_why else self.tr("Change")
            answer = self.tr("Answer", "verb: take up this question")
            verb = change if asked.state else self.tr("Answer\u2026") if asks_why else answer
            self.change = Button(verb, "link")
            self.change.setAccessibleDescription(asked.text)
            self.change.clicked.connect(self.wanted)
            self._line.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{asked.text} {said}".strip())
        self.follow_theme()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take up a coming question by a click; by keyboard Enter comes to it."""
        super().mouseReleaseEvent(event)
        if self._is_ahead and event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit()

    def restyle(self) -> None:
        """Set spacing."""
        t = theme.current()
        self._line.setContentsMargins(t.space(4), t.space(6), t.space(4), t.space(6))
        self._line.setSpacing(t.space(12))
        self._words.setSpacing(t.space(12))
        # The link is the tallest of the line: all else stands on its middle.
        lines = (one_line(self._question), one_line(self._other) if self._other_shown else 0)
        above = max(t.edge("target") - t.line("body"), lines[1] - lines[0], 0) // 2
        self._other_side.setContentsMargins(0, above - (lines[1] - lines[0]) // 2 if self._other_shown else 0, 0, 0)
        beside = above + (t.line("body") - t.icon_px(18)) // 2
        self._words.setContentsMargins(0, above, 0, 0)
        self._sign.setContentsMargins(0, beside, 0, 0)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put question and answer on one line where both fit."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        t = theme.current()
        if self._other_shown:
            own = text_width(self._question.text(), "body") + t.space(48)
            needed = text_width(self._other.text(), "body", self._language) + 2
            self._other.setFixedWidth(max(1, share(self.width(), own, needed, t.space(32))))
        question = text_width(self._question.text(), "body") + 2
        answer = text_width(self._answer.text(), "strong") + 2
        room = self.width() - t.em(10)
        one_line = question + answer < room or not self._answer.text()
        way = QBoxLayout.Direction.LeftToRight if one_line else QBoxLayout.Direction.TopToBottom
        if self._words.direction() != way:
            self._words.setDirection(way)
            self._words.setSpacing(t.space(12) if one_line else 0)
        self._question.setMinimumWidth(min(question, max(room, 1)) if one_line and self._answer.text() else 0)


def _sign(line: Line, wrong: bool) -> tuple[str, int, Token]:
    if wrong:
        return "circle-alert", 18, "bad"
    if line.part is Part.APART:
        return "shield", 18, "text3"
    if line.part is Part.DONE and line.asked is not None and line.asked.state:
        return ("circle-check", 18, "ok") if line.asked.state == "answered" else ("minus", 18, "text3")
    return "circle", 18, "border"


class NoteLine(Restyled, QWidget):
    """Something the form says, in both languages."""

    def __init__(self, own: str, other: str, language: str, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.addWidget(Icon("info", 18, "accent"), 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(Pair(own, other, language, speech, "body", "text2"), 1)
        self.setAccessibleName(own)
        self.follow_theme()

    def restyle(self) -> None:
        """Set spacing."""
        t = theme.current()
        self._line.setContentsMargins(t.space(4), t.space(6), t.space(4), t.space(6))
        self._line.setSpacing(t.space(12))


class RepeatLine(Restyled, QWidget):
    """
    A list of people that is not at hand: how many stand on it.

    Attributes:
        change: The link that leads to it, None where nothing can be changed.

    Signals:
        wanted: Change was pressed.
    """

    wanted = Signal()

    def __init__(self, own: str, count: int, *, can_change: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QHBoxLayout(self)
        self._line.addWidget(Icon("users", 18, "text3"))
        self._name = WrapLabel(own, "body", "text2")
        self._line.addWidget(self._name)
        self._line.addWidget(WrapLabel(self.tr("%n on the list", "", count), "strong"), 1)
        self.change = Button(self.tr("Change"), "link") if can_change else None
        if self.change:
            self.change.setAccessibleDescription(own)
            self.change.clicked.connect(self.wanted)
            self._line.addWidget(self.change)
        self.setAccessibleName(own)
        self.follow_theme()

    def restyle(self) -> None:
        """Set spacing; the name takes the room it needs."""
        t = theme.current()
        self._line.setContentsMargins(t.space(4), t.space(6), t.space(4), t.space(6))
        self._line.setSpacing(t.space(12))
        self._name.setMinimumWidth(min(text_width(self._name.text(), "body") + 2, t.em(30)))
