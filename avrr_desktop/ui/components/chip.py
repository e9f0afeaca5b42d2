"""Chips state a fact; pills filter a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import (
    Restyled,
    draw_box,
    draw_icon,
    draw_text,
    row,
    strip_of,
    text_width,
)
from avrr_desktop.ui.tokens import Token

Tone = Literal["neutral", "accent", "ok", "warn", "bad", "outline"]
INKS: dict[Tone, tuple[Token, Token]] = {
    "neutral": ("text2", "sunken"),
    "accent": ("on_tint", "tint"),
    "ok": ("ok", "ok_tint"),
    "warn": ("warn", "warn_tint"),
    "bad": ("bad", "bad_tint"),
    "outline": ("text2", "surface"),
}
"""Ink and ground of a tone."""
SIGNS: dict[Tone, str] = {"ok": "check", "warn": "clock", "bad": "circle-alert"}
"""The icon a tone carries unless another is given: never by colour alone."""


class Chip(Restyled, QLabel):
    """A fact in a small box; not clickable, spoken as its words."""

    def __init__(
        self, text: str, tone: Tone = "neutral", *, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self._icon = SIGNS.get(tone, "") if icon is None else icon
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, tone, icon=icon)
        self.follow_theme()

    def set_state(self, text: str, tone: Tone, *, icon: str | None = None) -> None:
        """Show another fact."""
        fonts.ensure(text)
        self._tone = tone
        self._icon = SIGNS.get(tone, "") if icon is None else icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Measure anew."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Measure icon and words."""
        t = theme.current()
        width = text_width(self.text(), "small_medium") + 2 * t.space(8)
        if self._icon:
            width += t.icon_px(14) + t.space(6)
        return QSize(width, t.height("chip"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        t = theme.current()
        ink, ground = INKS[self._tone]
        line: Token | None = "line" if self._tone == "outline" else None
        if t.high_contrast:
            line = ink
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), t.radius("chip"), ground, line)
            strip = strip_of(self)
            strip.lead(t.space(8))
            if self._icon:
                draw_icon(painter, strip.lead(t.icon_px(14)), self._icon, 14, ink)
                strip.lead(t.space(6))
            draw_text(painter, strip.rest(), self.text(), "small_medium", ink)


@dataclass(frozen=True, slots=True)
class Filter:
    """One working list: value, words, count (None: not known yet) and whether the count asks for care."""

    value: str
    text: str
    count: int | None = None
    tone: Tone = "neutral"


class Pill(QPushButton):
    """
    A filter with its count; the count is coloured only if it asks for something.

    Attributes:
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, filter_: Filter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ring_radius = theme.current().height("pill") // 2
        self.filter = filter_
        self.set_filter(filter_)

    def set_filter(self, filter_: Filter) -> None:
        """Show another count or name."""
        fonts.ensure(filter_.text)
        self.filter = filter_
        self.setText(filter_.text)
        count = "" if filter_.count is None else f" {filter_.count}"
        self.setAccessibleName(filter_.text + count)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Measure name and count, in the wider of the two weights."""
        t = theme.current()
        width = text_width(self.text(), "small_medium") + 2 * t.space(12)
        if self.filter.count is not None:
            width += t.space(8) + text_width(self._count(), "small_strong")
        return QSize(width, t.height("pill"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        t = theme.current()
        chosen, over = self.isChecked(), self.underMouse()
        fill: Token = "tint" if chosen else "hover" if over else "surface"
        line: Token = "accent" if chosen else "border" if over else "line"
        ink: Token = "on_tint" if chosen else "text2"
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), self.height() // 2, fill, line)
            strip = strip_of(self)
            strip.lead(t.space(12))
            draw_text(
                painter,
                strip.lead(text_width(self.text(), "small_medium") + 1),
                self.text(),
                "small_medium",
                ink,
            )
            if self.filter.count is not None:
                calm = self.filter.tone == "neutral" or (chosen and self.filter.tone == "accent")
                count_ink: Token = ("on_tint" if chosen else "text3") if calm else INKS[self.filter.tone][0]
                strip.trail(t.space(12))
                count = strip.trail(text_width(self._count(), "small_strong") + 1)
                draw_text(
                    painter,
                    count,
                    self._count(),
                    "small_medium" if calm and not chosen else "small_strong",
                    count_ink,
                )

    def _count(self) -> str:
        return str(self.filter.count)


class Pills(QWidget):
    """
    A row of filters of which one is on; Left and Right move, Space chooses.

    Signals:
        chosen: (str) The value of the filter the officer chose.
    """

    chosen = Signal(str)

    def __init__(self, name: str, filters: Sequence[Filter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._line = row(self, 8)
        self._line.addStretch(1)
        self.pills: list[Pill] = []
        self.set_filters(filters)

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show *filters*; counts of known values change in place, the chosen one stays."""
        if [pill.filter.value for pill in self.pills] == [f.value for f in filters]:
            for pill, filter_ in zip(self.pills, filters, strict=True):
                pill.set_filter(filter_)
            return
        on = self.value()
        for pill in self.pills:
            self._line.removeWidget(pill)
            pill.deleteLater()
        self.pills = [Pill(filter_, self) for filter_ in filters]
        for at, pill in enumerate(self.pills):
            pill.setAutoExclusive(True)
            pill.setChecked(pill.filter.value == on)
            pill.clicked.connect(self._say)
            self._line.insertWidget(at, pill)

    def value(self) -> str:
        """Give the value of the filter that is on, or empty text."""
        return next((pill.filter.value for pill in self.pills if pill.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Turn the filter *value* on without saying so."""
        for pill in self.pills:
            if pill.filter.value == value:
                pill.setChecked(True)

    def _say(self) -> None:
        sender = self.sender()
        if isinstance(sender, Pill):
            self.chosen.emit(sender.filter.value)
