"""What stands where nothing is: one sentence, what will appear, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import WrapLabel
from avrr_desktop.ui.components.sign import Icon


class Empty(Restyled, QWidget):
    """
    An empty list.

    Attributes:
        button: The one button, or None.

    Signals:
        acted: The button was pressed.
    """

    acted = Signal()

    def __init__(
        self,
        sentence: str,
        detail: str = "",
        *,
        action: str = "",
        icon: str = "inbox",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._all = QVBoxLayout(self)
        self._sentence = _Centred(sentence, "heading")
        self._detail = _Centred(detail, "small", "text2")
        self.button = Button(action) if action else None
        self._all.addStretch(1)
        self._all.addWidget(Icon(icon, 28, "text3"), 0, Qt.AlignmentFlag.AlignHCenter)
        self._all.addWidget(self._sentence)
        self._all.addWidget(self._detail)
        if self.button:
            self.button.clicked.connect(self.acted)
            self._all.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._all.addStretch(1)
        self.set_text(sentence, detail)
        self.follow_theme()

    def set_text(self, sentence: str, detail: str = "") -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(sentence)
        self.setAccessibleDescription(detail)

    def restyle(self) -> None:
        """Set spacing."""
        t = theme.current()
        self._all.setContentsMargins(t.space(20), t.space(16), t.space(20), t.space(16))
        self._all.setSpacing(t.space(6))


class _Centred(WrapLabel):
    """Words in the middle."""

    def restyle(self) -> None:
        """Keep the words in the middle."""
        super().restyle()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
