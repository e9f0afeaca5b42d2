"""
Banners say what stops, what needs care, what to know; the next step carries the page's primary button.

Source: LOOK.md 4 "Banner", "Next step".
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_box, draw_mark, is_rtl
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Icon
from avrr_desktop.ui.tokens import Token

Level = Literal["bad", "warn", "info", "ok"]
_LOOK: dict[Level, tuple[Token, Token, str]] = {
    "bad": ("bad", "bad_tint", "circle-alert"),
    "warn": ("warn", "warn_tint", "triangle-alert"),
    "info": ("accent", "tint", "info"),
    "ok": ("ok", "ok_tint", "circle-check"),
}


class _Plate(Restyled, QFrame):
    """Tinted ground with a leading mark."""

    def __init__(self, ink: Token, ground: Token, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._ink: Token = ink
        self._ground: Token = ground
        self.line = QHBoxLayout(self)

    def restyle(self) -> None:
        """Set the margins."""
        t = theme.current()
        self.line.setContentsMargins(t.space(20), t.space(12), t.space(20), t.space(12))
        self.line.setSpacing(t.space(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and mark."""
        t = theme.current()
        outline: Token | None = self._ink if t.high_contrast else None
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), t.radius("banner"), self._ground, outline)
            draw_mark(painter, self.rect(), t.radius("banner"), self._ink, is_rtl(self))


class Banner(_Plate):
    """
    One sentence with its icon, a second line and at most one action.

    Attributes:
        action: The button, or None.

    Signals:
        acted: The action was pressed.
    """

    acted = Signal()

    def __init__(
        self,
        level: Level,
        sentence: str,
        detail: str = "",
        *,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        ink, ground, sign = _LOOK[level]
        super().__init__(ink, ground, parent)
        self._sentence = WrapLabel(sentence, "strong", "text")
        self._detail = WrapLabel(detail, "small", "text2")
        self._said = QHBoxLayout()
        self._said.addWidget(Icon(sign, 18, ink), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sentence)
        words.addWidget(self._detail)
        self._said.addLayout(words, 1)
        self.line.addLayout(self._said, 1)
        # Beside a button that is higher than one line, sign and sentence stay on one height.
        self.line.setAlignment(self._said, Qt.AlignmentFlag.AlignVCenter)
        self.action = Button(action, "secondary") if action else None
        if self.action:
            self.action.clicked.connect(self.acted)
            self.line.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_text(sentence, detail)
        self.follow_theme()

    def restyle(self) -> None:
        """Set the margins and the room behind the sign."""
        super().restyle()
        self._said.setSpacing(theme.current().space(12))

    def set_text(self, sentence: str, detail: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(detail)


class NextStep(_Plate):
    """
    The sentence that says what is next, with the page's primary button; first focus of the page.

    Attributes:
        button: The primary button.

    Signals:
        acted: The button was pressed.
    """

    acted = Signal()

    def __init__(
        self, caption: str, sentence: str, action: str, *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("accent", "tint", parent)
        self._caption = WrapLabel(caption, "small_medium", "on_tint")
        self._sentence = WrapLabel(sentence, "heading")
        self.button = Button(action, "primary", key=key)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._caption)
        words.addWidget(self._sentence)
        self.line.addLayout(words, 1)
        self.line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.button.clicked.connect(self.acted)
        self.setFocusProxy(self.button)
        self.set_step(sentence, action)
        self.follow_theme()

    def set_step(self, sentence: str, action: str) -> None:
        """Say another next step; without *action* there is no button."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.button.setAccessibleDescription(sentence)
