"""
The journey's stages as stops on a line; each stop is a button to its page.

Source: LOOK.md 4 "Stage rail", 3 (above 150 % text it becomes one line).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import CENTRE, Restyled, draw_icon, draw_text, is_rtl
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.tokens import Role, Token


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage: its value, its words, where it stands, and the words below ("3 Nov", "2 Dec, planned")."""

    value: str
    text: str
    state: Literal["done", "now", "ahead"]
    below: str = ""


class _StopButton(QAbstractButton):
    """
    One painted stop.

    Attributes:
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, stop: Stop, first: bool, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.stop, self._first, self._last = stop, first, last
        self.ring_radius = theme.current().radius("card")
        fonts.ensure(stop.text + stop.below)
        self.setText(stop.text)
        self.setToolTip(stop.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Measure dot and two lines of words."""
        t = theme.current()
        return QSize(t.em(4), t.icon_px(20) + t.line("small") + t.line("caption") + t.space(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw line, dot and words."""
        t = theme.current()
        dot = t.icon_px(18)
        middle = t.space(2) + dot // 2
        centre = QRect(self.width() // 2 - dot // 2, middle - dot // 2, dot, dot)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_line(painter, centre, middle)
            self._draw_dot(painter, centre)
            area = QRect(0, centre.bottom() + t.space(6), self.width(), t.line("small"))
            now = self.stop.state == "now"
            role: Role = "small_strong" if now else "small"
            ink: Token = "text" if now else "text3" if self.stop.state == "ahead" else "text2"
            draw_text(painter, area, self.stop.text, role, ink, CENTRE)
            area.translate(0, area.height())
            area.setHeight(t.line("caption"))
            draw_text(painter, area, self.stop.below, "caption", "accent" if now else "text3", CENTRE)

    def _draw_line(self, painter: QPainter, dot: QRect, middle: int) -> None:
        gap = theme.current().space(4)
        before = QRect(0, middle - 1, dot.left() - gap, 2)
        after = QRect(dot.right() + gap, middle - 1, self.width() - dot.right() - gap, 2)
        if is_rtl(self):
            before, after = after, before
        state = self.stop.state
        if not self._first:
            painter.fillRect(before, theme.current().colour("accent" if state != "ahead" else "line"))
        if not self._last:
            painter.fillRect(after, theme.current().colour("accent" if state == "done" else "line"))

    def _draw_dot(self, painter: QPainter, dot: QRect) -> None:
        t = theme.current()
        state = self.stop.state
        if state == "ahead":
            small = dot.adjusted(2, 2, -2, -2)
            painter.setPen(QPen(t.colour("border"), 2))
            painter.setBrush(t.colour("surface"))
            painter.drawEllipse(small)
            return
        if state == "now":
            painter.setPen(QPen(t.colour("accent"), 2))
            painter.setBrush(t.colour("surface"))
            painter.drawEllipse(dot.adjusted(-1, -1, 0, 0))
            inner = dot.width() // 4
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.colour("accent"))
            painter.drawEllipse(dot.adjusted(inner, inner, -inner - 1, -inner - 1))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.colour("accent"))
        painter.drawEllipse(dot)
        draw_icon(painter, dot, "check", 14, "on_accent")


class StageRail(Restyled, QWidget):
    """
    All stops of a case; arrows move, Enter or Space opens. Above 150 % text it is one button with a menu.

    Signals:
        opened: (str) The value of the stop whose page is wanted.
    """

    opened = Signal(str)

    def __init__(self, stops: Sequence[Stop], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: tuple[Stop, ...] = ()
        self.buttons: list[_StopButton] = []
        self._all = QVBoxLayout(self)
        self._line = QHBoxLayout()
        self._line.setSpacing(0)
        self._short = Button("", "ghost", trailing_icon="chevron-down", parent=self)
        self._menu = QMenu(self)
        self._short.clicked.connect(self._open_menu)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.addLayout(self._line)
        self._all.addWidget(self._short)
        self.set_stops(stops)
        self.follow_theme()

    def set_stops(self, stops: Sequence[Stop]) -> None:
        """Show *stops*."""
        self._stops = tuple(stops)
        for button in self.buttons:
            self._line.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        self._menu.clear()
        last = len(self._stops) - 1
        for at, stop in enumerate(self._stops):
            button = _StopButton(stop, at == 0, at == last, self)
            button.setAccessibleName(self.spoken(at))
            button.clicked.connect(self._open)
            self._line.addWidget(button, 1)
            self.buttons.append(button)
            self._menu.addAction(stop.text).setData(stop.value)
        self._name()
        self.restyle()

    def spoken(self, at: int) -> str:
        """Say stop *at* (from 0) in words: "Stage 4 of 10, Plan, now"."""
        stop = self._stops[at]
        state = {"done": self.tr("done"), "now": self.tr("now"), "ahead": self.tr("ahead")}[stop.state]
        return self.tr("Stage {number} of {count}, {name}, {state}").format(
            number=at + 1, count=len(self._stops), name=stop.text, state=state
        )

    def restyle(self) -> None:
        """Show the line of stops, or the one button when the text is large."""
        roomy = theme.current().roomy
        for button in self.buttons:
            button.setVisible(not roomy)
        self._short.setVisible(roomy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the line with the arrows, Home and End; open with Enter."""
        now = self.focusWidget()
        if not isinstance(now, _StopButton):
            super().keyPressEvent(event)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            now.click()
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        at = self.buttons.index(now) + (-step if is_rtl(self) else step)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.buttons) - 1}
        at = ends.get(Qt.Key(event.key()), min(max(at, 0), len(self.buttons) - 1))
        self.buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _name(self) -> None:
        at = next((n for n, stop in enumerate(self._stops) if stop.state == "now"), 0)
        self.setAccessibleName(self.spoken(at) if self._stops else "")
        if self._stops:
            words = self.tr("Stage {number} of {count}: {name}")
            self._short.setText(words.format(number=at + 1, count=len(self._stops), name=self._stops[at].text))

    def _open(self) -> None:
        sender = self.sender()
        if isinstance(sender, _StopButton):
            self.opened.emit(sender.stop.value)

    def _open_menu(self) -> None:
        chosen = self._menu.exec(self._short.mapToGlobal(self._short.rect().bottomLeft()))
        if chosen is not None:
            self.opened.emit(str(chosen.data()))
