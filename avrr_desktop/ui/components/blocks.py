"""What blocks the next step: open points first, each with its state in words and the way there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_line
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.sign import Icon


@dataclass(frozen=True, slots=True)
class Block:
    """
    One point.

    Attributes:
        value: Where "Go there" leads.
        text: What must be true.
        state: Its state in words ("not signed", "Maya, 12 Nov").
        done: Whether it is true.
        go: Words of the link; empty: no way there from here.
    """

    value: str
    text: str
    state: str
    done: bool
    go: str = ""


class _Line(Restyled, QWidget):
    """One point with a hairline below."""

    def __init__(self, block: Block, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._last = last
        self._row = QHBoxLayout(self)
        sign = ("circle-check", "ok") if block.done else ("circle-dashed", "warn")
        self._row.addWidget(Icon(sign[0], 20, "ok" if block.done else "warn"))
        self._row.addWidget(WrapLabel(block.text, "body", "text2" if block.done else "text"), 1)
        self._row.addWidget(Label(block.state, "small", "text3" if block.done else "warn"))
        self.button = Button(block.go, "link") if block.go and not block.done else None
        if self.button:
            self.button.setAccessibleDescription(block.text)
            self._row.addWidget(self.button)
        self.setAccessibleName(f"{block.text}: {block.state}")
        self.follow_theme()

    def restyle(self) -> None:
        """Set height and margins."""
        t = theme.current()
        self._row.setContentsMargins(0, t.space(2), 0, t.space(2))
        self._row.setSpacing(t.space(12))
        self.setMinimumHeight(t.height("blocks"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline."""
        if not self._last:
            with QPainter(self) as painter:
                draw_line(painter, self.rect())


class Blocks(QWidget):
    """
    The list of points, open ones first.

    Signals:
        opened: (str) The value of the point whose link was pressed.
    """

    opened = Signal(str)

    def __init__(self, blocks: Sequence[Block], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.lines: list[_Line] = []
        self.set_blocks(blocks)

    def set_blocks(self, blocks: Sequence[Block]) -> None:
        """Show *blocks*."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.deleteLater()
        ordered = sorted(blocks, key=lambda block: block.done)
        self.lines = []
        for at, block in enumerate(ordered):
            line = _Line(block, at == len(ordered) - 1, self)
            if line.button:
                line.button.clicked.connect(lambda _=False, value=block.value: self.opened.emit(value))
            self._column.addWidget(line)
            self.lines.append(line)
