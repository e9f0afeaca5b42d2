"""
The button in its five kinds.

Source: LOOK.md 4 (heights, states, keycap, busy), 9 (painted, colours from the theme).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import Strip, draw_box, draw_icon, draw_text, is_rtl, least, text_width
from avrr_desktop.ui.components.keycap import draw_keycap, keycap_size
from avrr_desktop.ui.tokens import Role, Token

Kind = Literal["primary", "secondary", "ghost", "danger", "link"]
Size = Literal["button_small", "button", "button_big"]


@dataclass(frozen=True, slots=True)
class _Inks:
    """Colours of one state; None: not drawn."""

    text: Token
    fill: Token | None = None
    line: Token | None = None
    cap: Token = "border"


class Button(QPushButton):
    """
    A button with a verb, an icon before it and its key in a cap at its end.

    Attributes:
        ring_radius: Corner of the focus ring around it.

    Signals:
        clicked (of QPushButton).
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        *,
        key: str = "",
        icon: str = "",
        trailing_icon: str = "",
        size: Size = "button",
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            text: The verb, translated; it is the accessible name too.
            kind: Look.
            key: Words of the key in the cap, such as ``Ctrl+P``; the shortcut itself is set by the screen.
            icon: Icon before the text.
            trailing_icon: Icon after the text, for instance ``chevron-down`` of a menu.
            size: Height.
            bare: Draw the icon only; the text becomes tooltip and accessible name (back, zoom, eye).
        """
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._key = key
        self._icon = icon
        self._trailing = trailing_icon
        self._size: Size = size
        self._bare = bare
        self._busy_text = ""
        self.ring_radius = theme.current().radius("button")
        self.setAccessibleName(text)
        self.setToolTip(text if bare else "")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:
        """Show *text* and speak it."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Change the words in the keycap; empty takes the cap away."""
        self._key = key
        self.updateGeometry()
        self.update()

    def set_busy(self, text: str) -> None:
        """Show *text* ("Writing…") at unchanged width and take no click; empty text ends it."""
        self._busy_text = text
        self.setEnabled(not text)
        self.setAccessibleName(text or self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Measure icon, text and keycap; a busy text must fit too."""
        t = theme.current()
        if self._bare:
            edge = t.height(self._size)
            return QSize(edge, edge)
        width = self._content_width(self.text(), self._key) + 2 * self._padding()
        if self._kind == "link":
            return least(width, t.line("medium"))
        return least(width, t.height(self._size))

    def minimumSizeHint(self) -> QSize:
        """Never cut the text."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space, except what is dangerous."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._kind != "danger":
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the hover look."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """End the hover look."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, icon, text, keycap."""
        t = theme.current()
        inks = self._inks()
        with QPainter(self) as painter:
            if inks.fill or inks.line:
                draw_box(painter, self.rect(), t.radius("button"), inks.fill, inks.line)
            if self._bare:
                draw_icon(painter, self.rect(), self._icon, self._icon_size(), inks.text)
                return
            self._draw_content(painter, inks)

    def _draw_content(self, painter: QPainter, inks: _Inks) -> None:
        t = theme.current()
        text = self._busy_text or self.text()
        # While it is busy its key does nothing, and its words may need the room.
        key = "" if self._busy_text else self._key
        spare = self.width() - self._content_width(text, key)
        strip = Strip(self.rect(), is_rtl(self))
        # A key belongs to the end of the button; without one the words stand in the middle.
        strip.lead(self._padding() if key or self._kind == "link" else max(spare // 2, 0))
        if self._icon:
            draw_icon(painter, strip.lead(t.icon_px(self._icon_size())), self._icon, self._icon_size(), inks.text)
            strip.lead(t.space(8))
        words = strip.lead(text_width(text, self._role()))
        draw_text(painter, words.adjusted(0, 0, 1, 0), text, self._role(), inks.text)
        if self._kind == "link":
            self._underline(painter, words, inks.text)
        if self._trailing:
            strip.lead(t.space(8))
            draw_icon(painter, strip.lead(t.icon_px(16)), self._trailing, 16, inks.text)
        if key:
            strip.trail(self._padding())
            draw_keycap(painter, strip.trail(keycap_size(key).width()), key, inks.text, inks.cap)

    def _underline(self, painter: QPainter, words: QRect, token: Token) -> None:
        below = words.center().y() + theme.current().line(self._role()) // 3
        painter.fillRect(QRect(words.left(), below, words.width(), 1), theme.current().colour(token))

    def _content_width(self, text: str, key: str) -> int:
        t = theme.current()
        fonts.ensure(text)
        width = text_width(text, self._role())
        if self._icon:
            width += t.icon_px(self._icon_size()) + t.space(8)
        if self._trailing:
            width += t.icon_px(16) + t.space(8)
        if key:
            width += keycap_size(key).width() + t.space(12)
        return width

    def _padding(self) -> int:
        if self._kind == "link":
            return 0
        t = theme.current()
        return {"button_small": t.space(8), "button": t.edge("control"), "button_big": t.space(20)}[self._size]

    def _role(self) -> Role:
        return "heading" if self._size == "button_big" else "medium"

    def _icon_size(self) -> int:
        return 20 if self._size == "button_big" else 18

    def _inks(self) -> _Inks:
        contrast = theme.current().high_contrast
        if not self.isEnabled():
            return self._disabled(contrast)
        down, over = self.isDown() or self.isChecked(), self.underMouse()
        match self._kind:
            case "primary":
                fill: Token = "accent_press" if down else "accent_hover" if over else "accent"
                return _Inks("on_accent", fill, cap="on_accent")
            case "danger":
                return _Inks("on_bad", "bad", "text" if down or over else None, "on_bad")
            case "secondary":
                return _Inks("text", "sunken" if down else "hover" if over else "surface", "border")
            case "ghost":
                edge: Token | None = "border" if contrast and (down or over) else None
                return _Inks("text", "tint" if down else "hover" if over else None, edge)
            case "link":
                return _Inks("accent_hover" if down or over else "accent")

    def _disabled(self, contrast: bool) -> _Inks:
        if self._kind == "link":
            return _Inks("disabled")
        outline: Token | None = "disabled" if contrast else None
        if self._kind == "ghost":
            return _Inks("disabled", None, outline, "disabled")
        if self._kind == "secondary":
            return _Inks("disabled", "surface", outline or "line", "disabled")
        return _Inks("disabled", "sunken", outline, "disabled")
