"""Icon and words of one colour: errors under a label, states in a row, hints."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, row
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.tokens import Role, Token


class Icon(Restyled, QLabel):
    """An icon beside words; it is not spoken."""

    def __init__(self, name: str, size: int = 16, colour: Token = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = name, size
        self._colour: Token = colour
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.follow_theme()

    def set_icon(self, name: str, colour: Token) -> None:
        """Show another icon."""
        self._name, self._colour = name, colour
        self.restyle()

    def restyle(self) -> None:
        """Draw the icon anew."""
        t = theme.current()
        self.setPixmap(t.icon(self._name, self._size, self._colour, self.devicePixelRatioF()))
        self.setFixedSize(t.icon_px(self._size), t.icon_px(self._size))


class Sign(Restyled, QWidget):
    """An icon and its words in one colour; the words wrap."""

    def __init__(
        self, text: str, colour: Token, icon: str, role: Role = "small_medium", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = Icon(icon, 16, colour)
        self._words = WrapLabel(text, role, colour)
        self._role: Role = role
        self._line = row(self)
        self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._words, 1)
        self.follow_theme()

    def text(self) -> str:
        """Give the words."""
        return self._words.text()

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._words.setText(text)

    def set_state(self, text: str, colour: Token, icon: str) -> None:
        """Change words, colour and icon."""
        self._words.setText(text)
        self._words.set_colour(colour)
        self._icon.set_icon(icon, colour)

    def restyle(self) -> None:
        """Keep the icon beside the first line."""
        t = theme.current()
        self._line.setSpacing(t.space(6))
        self._icon.setContentsMargins(0, 0, 0, 0)
