"""Text on the screen: a label of one role and one colour that never cuts its lines."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import LEADING, Restyled, draw_text
from avrr_desktop.ui.tokens import Role, Token


class Label(Restyled, QLabel):
    """
    One line of plain text on the leading side of the window, whatever script it begins with.

    Args:
        language: Language of the returnee's text; then font and side follow that language, not the window.
        sum_: Keep the text on the right in both directions, so that decimals stand under each other.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        colour: Token = "text",
        *,
        language: str = "",
        sum_: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role: Role = role
        self._colour: Token = colour
        self._language = language
        self._sum = sum_
        self.setTextFormat(Qt.TextFormat.PlainText)
        if language:
            self.setLayoutDirection(theme.direction_of(language))
        self.setText(text)
        self.follow_theme()

    def setText(self, text: str) -> None:
        """Show *text*; its script is loaded first."""
        if fonts.ensure(text):
            self.setFont(theme.current().font(self._role, self._language))
        super().setText(text)

    def set_colour(self, colour: Token) -> None:
        """Change the colour."""
        self._colour = colour
        self.restyle()

    def restyle(self) -> None:
        """Set font, colour and side."""
        self.setFont(theme.current().font(self._role, self._language))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.current().colour(self._colour))
        self.setPalette(palette)
        # QLabel takes its side from the first strong character; the window's side is fixed here instead.
        right = self._sum or self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class ShortLabel(Label):
    """One line that is elided where the room is narrow; the full text is its tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Take any width."""
        return QSize(0, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show *text*; the tooltip has it in full."""
        super().setText(text)
        self.setToolTip(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        with QPainter(self) as painter:
            draw_text(painter, self.rect(), self.text(), self._role, self._colour, LEADING, self._language)


class WrapLabel(Label):
    """A label whose words wrap; it re-computes its height on resize, so that no line is ever cut."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        colour: Token = "text",
        *,
        language: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, colour, language=language, parent=parent)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._fit()

    def setText(self, text: str) -> None:
        """Show *text* and take the height it needs."""
        super().setText(text)
        self._fit()

    def restyle(self) -> None:
        """Set the font, then the height it needs."""
        super().restyle()
        self._fit()

    def heightForWidth(self, width: int) -> int:
        """Measure the wrapped words. QLabel's own answer never falls below the minimum height set before."""
        if not self.wordWrap() or not self.text():
            return -1
        room = QRect(0, 0, max(width, 1), 1 << 16)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height the new width needs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = max(self.heightForWidth(self.width()), 0)
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
