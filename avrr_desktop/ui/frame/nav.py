"""
The side navigation: mark and town, pages with counts, settings, officer and lock.

Source: LOOK.md 3 "Side navigation"; it folds below 1200 px and above 150 % text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import (
    CENTRE,
    Restyled,
    Strip,
    draw_box,
    draw_icon,
    draw_text,
    is_rtl,
    paint_ground,
    strip_of,
    text_width,
)
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.chip import INKS, Tone
from avrr_desktop.ui.components.label import Label, ShortLabel
from avrr_desktop.ui.tokens import EDGES, Token


@dataclass(frozen=True, slots=True)
class Place:
    """One page: its value, words, icon, the key that leads there, and whether it stands at the foot."""

    value: str
    text: str
    icon: str
    key: str = ""
    foot: bool = False


class Mark(QWidget):
    """The program's mark; spoken nowhere, as the town stands beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Take the square of the mark."""
        return QSize(theme.current().icon_px(28), theme.current().icon_px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), theme.current().radius("mark"), "accent")
            draw_icon(painter, self.rect(), "mark", 20, "on_accent")


class Initials(QWidget):
    """Two letters in a circle, for an officer."""

    def __init__(self, letters: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Take the circle."""
        edge = theme.current().height("avatar")
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw circle and letters."""
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), self.width() // 2, "tint")
            draw_text(painter, self.rect(), self._letters, "key", "on_tint", CENTRE)


class NavItem(QPushButton):
    """
    One entry, wide or folded.

    Attributes:
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, place: Place, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = place
        self._count, self._folded = 0, False
        self._tone: Tone = "neutral"
        self.ring_radius = theme.current().radius("button")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        fonts.ensure(place.text)
        self.setText(place.text)
        self._name()

    def set_badge(self, count: int, tone: Tone) -> None:
        """Show *count* in *tone*; 0 shows none."""
        self._count, self._tone = count, tone
        self._name()
        self.update()

    def set_folded(self, folded: bool) -> None:
        """Show the icon only, the count as a dot, the words as tooltip."""
        self._folded = folded
        self._name()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Take the height of an entry."""
        return QSize(theme.current().height("nav"), theme.current().height("nav"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the entry."""
        t = theme.current()
        chosen, over = self.isChecked(), self.underMouse()
        with QPainter(self) as painter:
            if chosen or over:
                line: Token | None = "line" if t.high_contrast and chosen else None
                draw_box(painter, self.rect(), t.radius("button"), "surface" if chosen else "hover", line)
            strip = strip_of(self)
            if chosen:
                mark = Strip(self.rect(), is_rtl(self)).lead(3)
                painter.fillRect(mark.adjusted(0, t.space(8), 0, -t.space(8)), t.colour("accent"))
            if self._folded:
                self._draw_folded(painter, chosen)
                return
            strip.lead(t.space(12))
            draw_icon(painter, strip.lead(t.icon_px(20)), self.place.icon, 20, "accent" if chosen else "text2")
            strip.lead(t.space(12))
            if self._count:
                strip.trail(t.space(8))
                self._draw_badge(painter, strip)
            ink: Token = "text" if chosen else "text2"
            draw_text(painter, strip.rest(), self.text(), "strong" if chosen else "medium", ink)

    def _draw_folded(self, painter: QPainter, chosen: bool) -> None:
        t = theme.current()
        draw_icon(painter, self.rect(), self.place.icon, 20, "accent" if chosen else "text2")
        if self._count:
            dot = t.space(8)
            half = t.icon_px(20) // 2
            centre = self.rect().center()
            x = centre.x() - half - dot // 2 if is_rtl(self) else centre.x() + half - dot // 2
            draw_box(painter, QRect(x, centre.y() - half - dot // 2, dot, dot), dot // 2, self._dot())

    def _draw_badge(self, painter: QPainter, strip: Strip) -> None:
        t = theme.current()
        words = str(self._count)
        height = t.line("caption") + t.space(2)
        area = strip.trail(max(text_width(words, "caption_strong") + t.space(12), height))
        box = QRect(area.left(), area.center().y() - height // 2, area.width(), height)
        ink, ground = self._inks()
        outline: Token | None = ink if t.high_contrast else "line" if ground == "sunken" else None
        draw_box(painter, box, height // 2, ground, outline)
        draw_text(painter, box, words, "caption_strong", ink, CENTRE)

    def _inks(self) -> tuple[Token, Token]:
        return INKS[self._tone]

    def _dot(self) -> Token:
        return self._inks()[0] if self._tone in ("bad", "warn") else "accent"

    def _name(self) -> None:
        words = f"{self.place.text} {self._count}" if self._count else self.place.text
        self.setAccessibleName(words)
        tip = f"{words} ({self.place.key})" if self.place.key else words
        self.setToolTip(tip)


class SideNav(Restyled, QWidget):
    """
    The navigation of the window.

    Attributes:
        items: The entries by value.

    Signals:
        opened: (str) The page the officer wants.
        locked: Lock was pressed.
    """

    opened = Signal(str)
    locked = Signal()

    def __init__(
        self,
        town: str,
        places: Sequence[Place],
        officer: str,
        duty: str,
        initials: str,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            town: The office's town, beside the mark.
            places: Pages in order; those with ``foot`` stand at the end.
            officer: Name of who is at the desk.
            duty: The role, in words.
            initials: Two letters for the circle.
        """
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self._folded = False
        self._room = EDGES["fold_below"]
        self.items: dict[str, NavItem] = {place.value: NavItem(place, self) for place in places}
        self._town = Label(town, "heading")
        self._officer = ShortLabel(officer, "small_strong")
        self._duty = ShortLabel(duty, "caption", "text2")
        self._initials = Initials(initials)
        self.lock = Button(self.tr("Lock"), "ghost", icon="lock", bare=True, size="button_small")
        self.lock.clicked.connect(self.locked)
        self._mark = Mark()
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._mark)
        self._head.addWidget(self._town, 1)
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._officer)
        who.addWidget(self._duty)
        self._foot.addWidget(self._initials)
        self._foot.addLayout(who, 1)
        self._foot.addWidget(self.lock)
        self._all = QVBoxLayout(self)
        self._all.addLayout(self._head)
        for place in (p for p in places if not p.foot):
            self._all.addWidget(self.items[place.value])
        self._all.addStretch(1)
        for place in (p for p in places if p.foot):
            self._all.addWidget(self.items[place.value])
        self._all.addLayout(self._foot)
        for item in self.items.values():
            item.clicked.connect(self._open)
        self.follow_theme()

    def set_badges(self, badges: Mapping[str, tuple[int, Tone]]) -> None:
        """Show counts by page; pages not named show none."""
        for value, item in self.items.items():
            count, tone = badges.get(value, (0, "neutral"))
            item.set_badge(count, tone)

    def set_current(self, value: str) -> None:
        """Mark page *value* as the open one."""
        self.items[value].setChecked(True)

    def set_room(self, window_width: int, *, fold: bool = False) -> None:
        """Fold below 1200 px of window, above 150 % text, or when the page asks for it (papers)."""
        self._room = 0 if fold else window_width
        self.restyle()

    def is_folded(self) -> bool:
        """Say whether only icons are shown."""
        return self._folded

    def restyle(self) -> None:
        """Set width and spacing, folded or not."""
        t = theme.current()
        paint_ground(self, "sunken")
        self._folded = t.roomy or self._room < EDGES["fold_below"]
        for item in self.items.values():
            item.set_folded(self._folded)
        for words in (self._town, self._officer, self._duty, self._initials):
            words.setVisible(not self._folded)
        self.setFixedWidth(self._folded_width() if self._folded else t.width("nav"))
        edge = t.space(8) if self._folded else t.edge("control") - t.space(4)
        self._all.setContentsMargins(edge, t.edge("control"), edge, t.space(12))
        self._all.setSpacing(t.space(2))
        start = 0 if self._folded else t.space(8)
        self._head.setContentsMargins(start, 0, start, t.space(16))
        self._head.setSpacing(t.space(8))
        self._foot.setContentsMargins(start, t.space(16), 0, 0)
        middle = Qt.AlignmentFlag.AlignHCenter if self._folded else Qt.AlignmentFlag(0)
        self._head.setStretch(1, 0 if self._folded else 1)
        self._foot.setStretch(1, 0 if self._folded else 1)
        self._head.setAlignment(self._mark, middle)
        self._foot.setAlignment(self.lock, middle)
        self._foot.setSpacing(t.space(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the focused page with Enter."""
        now = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(now, NavItem):
            now.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairlines at the trailing edge and over the officer."""
        t = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(Strip(self.rect(), is_rtl(self)).trail(1), t.colour("line"))
            if not self._folded:
                top = self._foot.geometry().top() + t.space(4)
                inner = self.rect().adjusted(t.space(8), 0, -t.space(8), 0)
                painter.fillRect(QRect(inner.left(), top, inner.width(), 1), t.colour("line"))

    def _folded_width(self) -> int:
        t = theme.current()
        return max(t.edge("nav_folded"), t.height("nav") + 2 * t.space(8))

    def _open(self) -> None:
        sender = self.sender()
        if isinstance(sender, NavItem):
            self.opened.emit(sender.place.value)
