"""The bare editors inside a field's box; the box draws frame, icon and lock around them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from avrr_desktop.ui import fonts, theme
from avrr_desktop.ui.components.base import Restyled, draw_box, draw_icon, draw_text, strip_of, text_direction
from avrr_desktop.ui.tokens import Token


class Box(Restyled, QFrame):
    """
    The frame around an editor: ground, outline, icon before, lock after.

    Attributes:
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = theme.current().radius("field")
        self._icon = icon
        self._locked = False
        self._wrong = False
        self.line = QHBoxLayout(self)
        self.follow_theme()

    def set_locked(self, locked: bool) -> None:
        """Show the read-only look."""
        self._locked = locked
        self.restyle()
        self.update()

    def set_wrong(self, wrong: bool) -> None:
        """Show the red outline of an error."""
        self._wrong = wrong
        self.update()

    def restyle(self) -> None:
        """Leave room for icon and lock."""
        t = theme.current()
        pad = t.space(12)
        sign = t.icon_px(18) + t.space(8)
        before = pad + (sign if self._icon else 0)
        after = pad + (sign if self._locked else 0)
        left, right = (after, before) if t.rtl else (before, after)
        self.line.setContentsMargins(left, t.space(2), right, t.space(2))
        self.line.setSpacing(t.space(8))
        self.setMinimumHeight(t.height("field"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, outline and signs."""
        t = theme.current()
        fill: Token = "sunken" if self._locked or not self.isEnabled() else "surface"
        line: Token = "bad" if self._wrong else "border"
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), t.radius("field"), fill, line, 2 if self._wrong else 1)
            strip = strip_of(self)
            strip.lead(t.space(12))
            strip.trail(t.space(12))
            if self._icon:
                draw_icon(painter, strip.lead(t.icon_px(18)), self._icon, 18, "text3")
            if self._locked:
                draw_icon(painter, strip.trail(t.icon_px(16)), "lock", 16, "text2")


class LineEntry(QLineEdit):
    """
    One line of text that takes the direction of what is typed.

    Attributes:
        ring_target: The box the focus ring is drawn around.
        keeps_enter: Enter ends here; otherwise it goes on to what the line stands in, as Qt has it.
    """

    def __init__(self, box: QWidget, *, latin: bool = False, sum_: bool = False, language: str = "") -> None:
        super().__init__(box)
        self.ring_target = box
        self.keeps_enter = False
        self._latin = latin
        self._sum = sum_
        self._language = language
        self.setFrame(False)
        self.textChanged.connect(self._follow_text)
        self._follow_text("")

    def restyle(self) -> None:
        """Set the font of the theme."""
        self.setFont(theme.current().font("body", self._language))
        self._follow_text(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter where somebody listened to it already."""
        super().keyPressEvent(event)
        if self.keeps_enter and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            event.accept()

    def _follow_text(self, text: str) -> None:
        if fonts.ensure(text):
            self.setFont(theme.current().font("body", self._language))
        window = theme.current().direction
        own = theme.direction_of(self._language) if self._language else window
        content = own if not text else text_direction(text, own)
        direction = Qt.LayoutDirection.LeftToRight if self._latin else content
        if direction != self.layoutDirection():
            self.setLayoutDirection(direction)
        right = self._sum or (window if self._latin else direction) == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


class TextEntry(QPlainTextEdit):
    """
    Several lines; Tab goes on, Enter is a new line.

    Attributes:
        ring_target: The box the focus ring is drawn around.

    Signals:
        left: The focus went away.
    """

    left = Signal()

    def __init__(self, box: QWidget, language: str = "") -> None:
        super().__init__(box)
        self.ring_target = box
        self._language = language
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._follow_text)

    def restyle(self) -> None:
        """Set font and least height of the theme."""
        t = theme.current()
        self.setFont(t.font("body", self._language))
        self.setMinimumHeight(t.height("area"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _follow_text(self) -> None:
        text = self.toPlainText()
        if fonts.ensure(text):
            self.setFont(theme.current().font("body", self._language))
        own = theme.direction_of(self._language) if self._language else theme.current().direction
        direction = own if not text else text_direction(text, own)
        option = self.document().defaultTextOption()
        if option.textDirection() != direction:
            option.setTextDirection(direction)
            self.document().setDefaultTextOption(option)


class ComboEntry(QComboBox):
    """
    A choice from a list; text and arrow are painted, the list is Qt's.

    Attributes:
        ring_target: The box the focus ring is drawn around.

    Signals:
        settled: A row was chosen in the list, or the field was left or Enter pressed after letters and arrows. The rows
            passed on the way were never wanted: "Hu" passes Haiti.
    """

    settled = Signal()

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.ring_target = box
        self._on_the_way = False
        self.activated.connect(self._settle)
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def addItem(self, text: str, value: str) -> None:  # type: ignore[override]  # one shape only: (text, value)
        """
        Add a row; its script is loaded first.

        A row stands alone, so it needs no isolates, and with them nobody could find it by typing its first letters.
        """
        text = text.strip("\u2066\u2067\u2068\u2069")
        fonts.ensure(text)
        super().addItem(QIcon(), text, value)

    def restyle(self) -> None:
        """Set the font of the theme on the list."""
        self.setFont(theme.current().font("body"))
        self.view().setFont(theme.current().font("body"))

    def sizeHint(self) -> QSize:
        """Take the widest row and the arrow."""
        t = theme.current()
        return QSize(super().sizeHint().width(), t.line("body") + t.space(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let letters and arrows pass rows; Enter takes the one shown."""
        self._on_the_way = event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        super().keyPressEvent(event)
        if not self._on_the_way:
            self.settled.emit()
        self._on_the_way = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the row shown, unless it is the list that opens."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settled.emit()

    def _settle(self, _row: int) -> None:
        if not self._on_the_way:
            self.settled.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a value never changes while scrolling past."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Repaint when the list opens or closes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chosen text and the arrow; the box draws the frame."""
        t = theme.current()
        text = self.currentText() or self.placeholderText()
        ink: Token = "text" if self.currentText() else "text3"
        with QPainter(self) as painter:
            strip = strip_of(self)
            draw_icon(painter, strip.trail(t.icon_px(16)), "chevron-down", 16, "text2")
            draw_text(painter, strip.rest(), text, "body", ink if self.isEnabled() else "text2")
