"""What the pages of the settings share: the tools they get, a column of cards that scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.access import Access
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background
from avrr_desktop.ui.components.base import Restyled, column
from avrr_desktop.ui.components.field import Field
from avrr_desktop.ui.components.sign import Sign
from avrr_desktop.ui.habits import Habits
from avrr_desktop.ui.notices import notice
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings.model import State


@dataclass(frozen=True, slots=True)
class Tools:
    """
    What settings reach besides the room.

    Attributes:
        habits: Preferences of this laptop.
        background: The one door to slow work.
        access: The lock of the open office, None where it was not opened by a lock.
    """

    habits: Habits
    background: Background
    access: Access | None


class SettingsPage(Restyled, QScrollArea):
    """
    One tab.

    Attributes:
        room, tools: Where it works.
        state: What is drawn.
        lines: The column its cards stand in.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room, self.tools = room, tools
        self.state: State | None = None
        self._beside: QHBoxLayout | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._paper = QWidget()
        self._outer = QHBoxLayout(self._paper)
        self._column = QWidget()
        self.lines = QVBoxLayout(self._column)
        words = self.tr("Only a supervisor or an administrator changes this.")
        self._read_only = Sign(words, "text2", "lock")
        self.lines.addWidget(self._read_only)
        self._outer.addWidget(self._column, 0, Qt.AlignmentFlag.AlignTop)
        self._outer.addStretch(1)
        self.setWidget(self._paper)

    def draw(self, state: State) -> None:
        """Draw *state*."""
        self.state = state
        self._read_only.setVisible(not state.may_write)

    def first(self) -> QWidget | None:
        """Return where the focus goes first, None for the tabs."""
        return None

    def restyle(self) -> None:
        """Set the width of the column."""
        t = theme.current()
        self._outer.setContentsMargins(t.edge("page_x"), t.space(16), t.edge("page_x"), t.edge("page_y"))
        self._column.setFixedWidth(round(t.width("form") * self.wide()))
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(t.space(16))
        if self._beside is not None:
            way = QHBoxLayout.Direction
            self._beside.setDirection(way.TopToBottom if t.roomy else way.LeftToRight)
            self._beside.setSpacing(t.space(16))

    def wide(self) -> float:
        """Return how many widths of a form the column takes."""
        return 1.0 if theme.current().roomy or self._beside is None else 2.0

    def put_beside(self, first: Sequence[QWidget], second: Sequence[QWidget]) -> None:
        """Add two columns of cards; where text is large the second stands below the first."""
        self._beside = QHBoxLayout()
        for cards in (first, second):
            down = column(None, 16)
            for card in cards:
                down.addWidget(card)
            down.addStretch(1)
            self._beside.addLayout(down, 1)
        self.lines.addLayout(self._beside)


def at_field(field: Field, failure: Expected) -> bool:
    """Show *failure* at *field*; for `Room.act`."""
    said = notice(failure)
    field.set_error(f"{said.text} {said.remedy}".strip())
    return True
