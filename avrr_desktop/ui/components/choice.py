"""
Choices with number badges, in one or two languages, one or several.

Source: LOOK.md 4 "Choices" and 5: digits choose, Enter goes on, choosing never jumps ahead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import (
    CENTRE,
    Restyled,
    Strip,
    column,
    draw_box,
    draw_icon,
    draw_text,
    is_rtl,
    text_width,
)
from avrr_desktop.ui.tokens import Role, Token

if TYPE_CHECKING:

    class _Button(Restyled, QAbstractButton):
        """What both kinds of row are, for the type checker."""

else:
    _Button = Restyled


@dataclass(frozen=True, slots=True)
class Option:
    """
    One answer that can be chosen.

    Attributes:
        value: What is stored.
        text: Words in the officer's language.
        other: Words in the returnee's language; empty if only one language is shown.
    """

    value: str
    text: str
    other: str = ""


class _Row(_Button):
    """
    Painting shared by radio and check rows: badge, words, other language, tick.

    Attributes:
        ring_radius: Corner of the focus ring around it.
    """

    # Set by _prepare, as the two Qt bases differ in nothing else.
    ring_radius: int
    _number: int
    _other: str
    _language: str
    _large: bool
    _square: bool

    def sizeHint(self) -> QSize:
        """Take one line; :meth:`heightForWidth` says how many are needed."""
        return QSize(theme.current().em(12), theme.current().height("choice" if self._large else "choice_small"))

    def hasHeightForWidth(self) -> bool:
        """Say that words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height in which no word is cut."""
        own, other = self._areas(width)
        inner = max(self._words_height(self.text(), own, self._role()), self._other_height(other))
        if self._stacked(width):
            inner = self._words_height(self.text(), own, self._role()) + self._other_height(other)
        t = theme.current()
        least = t.height("choice" if self._large else "choice_small")
        return max(least, inner + t.space(12))

    def hitButton(self, point: QPoint) -> bool:
        """Take a click anywhere in the row."""
        return self.rect().contains(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height the words need."""
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        """Keep the height the words need."""
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        t = theme.current()
        chosen = self.isChecked()
        over = self.underMouse() and self.isEnabled()
        fill: Token = "tint" if chosen else "hover" if over else "surface"
        line: Token = "accent" if chosen else "border" if over else "line"
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), t.radius("choice"), fill, line, 2 if chosen else 1)
            strip = Strip(self.rect(), is_rtl(self))
            strip.lead(t.space(8))
            self._draw_badge(painter, strip.lead(t.height("badge")), chosen)
            if chosen:
                tick = Strip(self.rect(), is_rtl(self))
                tick.trail(t.space(16))
                draw_icon(painter, tick.trail(t.icon_px(18)), "check", 18, "accent")
            self._draw_words(painter)

    def _draw_badge(self, painter: QPainter, area: QRect, chosen: bool) -> None:
        t = theme.current()
        edge = t.height("badge")
        badge = QRect(area.left(), area.center().y() - (edge - 1) // 2, edge, edge)
        fill: Token = "accent" if chosen else "surface"
        # Several: a square badge; one: rounder, so that the two kinds can be told apart without colour.
        radius = t.radius("chip") // 2 if self._square else t.radius("button")
        draw_box(painter, badge, radius, fill, "accent" if chosen else "border")
        ink: Token = "on_accent" if chosen else "text2"
        if self._number:
            draw_text(painter, badge, str(self._number), "key", ink, CENTRE)
        elif chosen:
            draw_icon(painter, badge, "check", 16, ink)

    def _draw_words(self, painter: QPainter) -> None:
        own, other = self._areas(self.width())
        ink: Token = "text" if self.isEnabled() else "disabled"
        if self._other and self._stacked(self.width()):
            top = self._words_height(self.text(), own, self._role())
            spare = (self.height() - top - self._other_height(other)) // 2
            own = own.adjusted(0, spare, 0, 0)
            own.setHeight(top)
            other.setTop(own.bottom() + 1)
            other.setHeight(self._other_height(other))
        self._draw_block(painter, own, self.text(), ink, "", self.layoutDirection())
        if self._other:
            self._draw_block(painter, other, self._other, ink, self._language, theme.direction_of(self._language))

    def _draw_block(
        self, painter: QPainter, area: QRect, text: str, ink: Token, language: str, way: Qt.LayoutDirection
    ) -> None:
        painter.save()
        painter.setFont(theme.current().font(self._role(), language))
        painter.setPen(theme.current().colour(ink))
        painter.setLayoutDirection(way)
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, int(flags), text)
        painter.restore()

    def _areas(self, width: int) -> tuple[QRect, QRect]:
        """Give where the officer's and the returnee's words stand in a row of *width*."""
        t = theme.current()
        strip = Strip(QRect(0, 0, width, max(self.height(), 1)), is_rtl(self))
        strip.lead(t.space(8) + t.height("badge") + t.space(12))
        strip.trail(t.space(16) + t.icon_px(18) + t.space(12))
        if not self._other:
            return strip.rest(), QRect()
        if self._stacked(width):
            return strip.rest(), strip.rest()
        gap = t.space(16)
        room = strip.rest().width() - gap
        wanted = text_width(self._other, self._role(), self._language) + gap
        fits = wanted + text_width(self.text(), self._role()) <= room
        other = strip.trail(wanted if fits else room // 2)
        strip.trail(gap)
        return strip.rest(), other

    def _stacked(self, width: int) -> bool:
        """Say whether the two languages stand one above the other."""
        return bool(self._other) and width < theme.current().em(26)

    def _words_height(self, text: str, area: QRect, role: Role, language: str = "") -> int:
        # One line is as high in every script, so that rows of one kind are equal.
        if text_width(text, role, language) <= area.width():
            return theme.current().line(role)
        metrics = QFontMetrics(theme.current().font(role, language))
        tall = QRect(0, 0, max(area.width(), 1), 1 << 16)
        return metrics.boundingRect(tall, int(Qt.TextFlag.TextWordWrap), text).height()

    def _other_height(self, area: QRect) -> int:
        return self._words_height(self._other, area, self._role(), self._language) if self._other else 0

    def _role(self) -> Role:
        if self._large:
            return "heading" if self.isChecked() else "option"
        return "strong" if self.isChecked() else "body"

    def _fit(self) -> None:
        needed = self.heightForWidth(self.width())
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)

    def _prepare(self, option: Option, number: int, language: str, large: bool, square: bool) -> None:
        self._number, self._other, self._language = number, option.other, language
        self._large, self._square = large, square
        self.ring_radius = theme.current().radius("choice")
        fonts.ensure(option.text + option.other)
        self.setText(option.text)
        self.setAccessibleName(option.text)
        self.setAccessibleDescription(option.other)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.follow_theme()


class ChoiceRow(_Row, QRadioButton):
    """One answer of which one is chosen; *number* 0 shows no digit."""

    def __init__(
        self,
        option: Option,
        number: int = 0,
        *,
        language: str = "",
        large: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prepare(option, number, language, large, False)


class CheckRow(_Row, QCheckBox):
    """One answer of which several are chosen, or a single yes: a square badge."""

    def __init__(
        self,
        option: Option,
        number: int = 0,
        *,
        language: str = "",
        large: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._prepare(option, number, language, large, True)


class Choices(QWidget):
    """
    All answers to one question.

    Signals:
        chosen: (tuple of values) The officer chose; never sent by :meth:`set_values`.
        entered: Enter was pressed: go on.
    """

    chosen = Signal(tuple)
    entered = Signal()

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        *,
        several: bool = False,
        language: str = "",
        large: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            name: The question, for those who hear the screen.
            options: Answers in order.
            several: Whether more than one may be chosen.
            language: Language of ``Option.other``.
            large: Interview size, or the smaller one of forms.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self._options = tuple(options)
        self._typed = ""
        self._column: QVBoxLayout = column(self, 6)
        self.rows: tuple[ChoiceRow | CheckRow, ...] = tuple(
            (CheckRow if several else ChoiceRow)(option, at, language=language, large=large, parent=self)
            for at, option in enumerate(self._options, 1)
        )
        for line in self.rows:
            self._column.addWidget(line)
            line.clicked.connect(self._say)
        if self.rows:
            self.setFocusProxy(self.rows[0])

    def values(self) -> tuple[str, ...]:
        """Give the chosen values in the order of the options."""
        return tuple(option.value for option, line in zip(self._options, self.rows, strict=True) if line.isChecked())

    def set_values(self, values: Sequence[str]) -> None:
        """Show *values* as chosen."""
        for option, line in zip(self._options, self.rows, strict=True):
            line.setAutoExclusive(False)
            line.setChecked(option.value in values)
            line.setAutoExclusive(isinstance(line, ChoiceRow))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit (two digits or letters filter when there are more than nine), go on by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
            return
        text = event.text()
        if event.key() == Qt.Key.Key_Backspace and self._typed:
            self._filter(self._typed[:-1])
        elif text.isdigit():
            self._digit(text)
        elif len(self.rows) > 9 and text.isalpha():
            self._filter(self._typed + text)
        else:
            super().keyPressEvent(event)

    def choose(self, number: int) -> None:
        """Choose row *number* (from 1), as its digit does; a number without a row does nothing."""
        if 1 <= number <= len(self.rows):
            line = self.rows[number - 1]
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.click()

    def _digit(self, digit: str) -> None:
        typed = self._typed + digit if self._typed.isdigit() else digit
        if len(self.rows) > 9 and len(typed) == 1 and int(typed) * 10 <= len(self.rows):
            self._typed = typed
            return
        self._typed = ""
        self.choose(int(typed))

    def _filter(self, letters: str) -> None:
        self._typed = letters
        wanted = letters.casefold()
        shown = [wanted in (o.text + "\n" + o.other).casefold() for o in self._options]
        if not any(shown):
            self._typed = letters[:-1]
            return
        for line, visible in zip(self.rows, shown, strict=True):
            line.setVisible(visible or line.isChecked())
        self.rows[shown.index(True)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        self.chosen.emit(self.values())
