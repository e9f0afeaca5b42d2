"""The tabs of a page and the switch between two or three views."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import CENTRE, draw_box, draw_line, draw_text, text_width
from avrr_desktop.ui.tokens import Role, Token


class Tabs(QTabBar):
    """
    A painted tab bar over *items* ``(value, text)``; role, arrows and mirroring come from QTabBar.

    Attributes:
        ring_radius: Corner of the focus ring around it.

    Signals:
        opened: (str) The value of the tab the officer chose.
    """

    opened = Signal(str)

    def __init__(
        self,
        name: str,
        items: Sequence[tuple[str, str]],
        *,
        switch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            name: What is switched, spoken.
            items: ``(value, text)`` in order.
            switch: Draw as a switch between views instead of tabs of a page.
        """
        super().__init__(parent)
        self._switch = switch
        self.ring_radius = theme.current().radius("button")
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for value, text in items:
            fonts.ensure(text)
            self.setTabData(self.addTab(text), value)
        self.currentChanged.connect(lambda at: self.opened.emit(str(self.tabData(at))))

    def value(self) -> str:
        """Give the value of the open tab."""
        return str(self.tabData(self.currentIndex()))

    def set_value(self, value: str) -> None:
        """Open tab *value* without saying so."""
        blocked = self.blockSignals(True)
        for at in range(self.count()):
            if self.tabData(at) == value:
                self.setCurrentIndex(at)
        self.blockSignals(blocked)

    def tabSizeHint(self, index: int) -> QSize:
        """Measure the words in their wider weight, so that nothing moves when one is chosen."""
        t = theme.current()
        width = text_width(self.tabText(index), "small_strong") + 2 * t.space(12 if self._switch else 8)
        # Eight tabs of large text still stand in the smallest window.
        gap = 0 if self._switch or t.roomy else t.space(8)
        return QSize(width + gap, t.height("pill" if self._switch else "tab"))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never cut the words."""
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        with QPainter(self) as painter:
            if self._switch:
                draw_box(painter, self.rect(), theme.current().radius("button"), "sunken", "line")
            else:
                draw_line(painter, self.rect())
            for at in range(self.count()):
                self._draw_tab(painter, self.tabRect(at), at)

    def _draw_tab(self, painter: QPainter, area: QRect, at: int) -> None:
        t = theme.current()
        chosen = at == self.currentIndex()
        role: Role = "small_strong" if chosen and not self._switch else "small_medium"
        ink: Token = "text" if chosen else "text2"
        if self._switch and chosen:
            inner = area.adjusted(2, 2, -2, -2)
            draw_box(painter, inner, t.radius("button") - 1, "surface", "border")
        if not self._switch and chosen:
            gap = t.space(8)
            mark = QRect(area.left() + gap // 2, area.bottom() - 1, area.width() - gap, 2)
            painter.fillRect(mark, t.colour("accent"))
        draw_text(painter, area, self.tabText(at), role, ink, CENTRE)
