"""The returnee's window: large type in their language and direction, on the second screen where there is one."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.components.base import Restyled, draw_box, draw_icon, paint_ground
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.scroll import scrolling
from avrr_desktop.ui.components.sign import Icon
from avrr_desktop.ui.components.stack import Stack
from avrr_desktop.ui.interview.facing import Choice, Facing, Piece
from avrr_desktop.ui.tokens import Role, Token

TITLE = "avrr_desktop"
"""Of the window, in the task bar: it names nobody."""
FEW = 5
"""Up to so many choices stand in the largest letters."""
SHARE = 0.6
"""Of the officer's screen, where there is no second one."""


class Blank(QWidget):
    """The dark ground with the mark, as the hidden screen has it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and mark."""
        t = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), t.colour("deep"))
            edge = t.icon_px(28) + t.space(20)
            middle = self.rect().center()
            mark = QRect(middle.x() - edge // 2, middle.y() - edge // 2, edge, edge)
            draw_box(painter, mark, t.radius("mark"), "on_deep")
            draw_icon(painter, mark, "mark", 28, "deep")


class ChoiceShown(Restyled, QFrame):
    """A choice to be read and pointed at; only the officer's window chooses."""

    def __init__(self, choice: Choice, role: Role, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_chosen = choice.is_chosen
        self.words = WrapLabel(choice.text, role, language=language)
        self._number = Label(str(choice.number), role, "accent" if choice.is_chosen else "text3")
        self._line = QHBoxLayout(self)
        self._line.addWidget(self._number)
        self._line.addWidget(self.words, 1)
        if choice.is_chosen:
            self._line.addWidget(Icon("check", 20, "accent"))
        self.follow_theme()

    def restyle(self) -> None:
        """Set the margins."""
        t = theme.current()
        self._line.setContentsMargins(t.space(20), t.space(8), t.space(20), t.space(8))
        self._line.setSpacing(t.space(20))
        self._number.setMinimumWidth(t.em(2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box; the chosen one is tinted and has a thicker line."""
        t = theme.current()
        fill: Token = "tint" if self.is_chosen else "surface"
        line: Token = "accent" if self.is_chosen else "border"
        with QPainter(self) as painter:
            draw_box(painter, self.rect(), t.radius("choice"), fill, line, 2 if self.is_chosen else 1)


class ReturneeWindow(Restyled, QWidget):
    """
    A window of its own that only shows. It takes no focus, so that no key is lost to it.

    Attributes:
        choices: The choices shown.

    Signals:
        turned(bool): It is shown now, or closed.
    """

    turned = Signal(bool)
    place: ClassVar[QRect | None] = None
    """Where it stood last, as long as the program runs."""

    def __init__(self, parent: QWidget) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(parent, flags)
        self._near = parent
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self.choices: list[ChoiceShown] = []
        self._facing: Facing | None = None
        self._drawn: object = None
        self._covers: set[str] = set()
        self._blank = Blank()
        self._pages = Stack()
        self._area = scrolling(QWidget())
        for page in (self._blank, self._area):
            self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.follow_theme()

    def is_blank(self) -> bool:
        """Tell whether nothing is to be read on it."""
        return self._pages.currentWidget() is self._blank

    def turn(self) -> None:
        """Show it, or close it."""
        if self.isVisible():
            self.close()
            return
        self.setGeometry(self._where())
        self.show()
        self.turned.emit(True)

    def cover(self, why: str, on: bool) -> None:
        """Blank it for the reason *why*, until that reason is over."""
        self._covers = self._covers | {why} if on else self._covers - {why}
        self._choose_page()

    def show_facing(self, facing: Facing) -> None:
        """Show *facing*, once the window is open; what stands there already is not touched."""
        self._facing = facing
        self._draw_again()
        self._choose_page()

    def restyle(self) -> None:
        """Set the ground and, once something is shown, all sizes."""
        paint_ground(self, "canvas")
        # Later: while a theme is applied Qt walks over all widgets, and one that goes then is met again.
        QTimer.singleShot(0, self, self._draw_again)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while it was closed."""
        super().showEvent(event)
        self._draw_again()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place."""
        type(self).place = self.geometry()
        super().closeEvent(event)
        self.turned.emit(False)

    def _draw_again(self) -> None:
        wanted = (self._facing, theme.current())
        if self._facing is not None and self.isVisible() and wanted != self._drawn:
            self._drawn = wanted
            self._rebuild(self._facing)

    def _choose_page(self) -> None:
        blank = bool(self._covers) or self._facing is None or self._facing.is_blank
        self._pages.setCurrentWidget(self._blank if blank else self._area)

    def _where(self) -> QRect:
        """Return where it stood, else a second screen whole, else a part of the only one."""
        screens = QGuiApplication.screens()
        held = type(self).place
        if held is not None and any(screen.geometry().intersects(held) for screen in screens):
            return held
        own = self._near.screen()
        others = [screen for screen in screens if screen is not own]
        if others:
            return others[0].availableGeometry()
        room = own.availableGeometry()
        width, height = round(room.width() * SHARE), round(room.height() * SHARE)
        left = room.left() if theme.current().rtl else room.right() - width + 1
        return QRect(left, room.bottom() - height + 1, width, height)

    def _rebuild(self, facing: Facing) -> None:
        t = theme.current()
        self.choices = []
        self._inner = QWidget()
        paint_ground(self._inner, "canvas")
        self._inner.setLayoutDirection(theme.direction_of(facing.language))
        self._body = QVBoxLayout(self._inner)
        edge = t.space(32) if t.roomy else t.space(48)
        self._body.setContentsMargins(edge, edge, edge, edge)
        self._body.setSpacing(t.space(12))
        self._put(facing.heading, "lead", facing, "text2")
        if facing.told:
            self._put(facing.told, "lead", facing)
        else:
            for note in facing.notes:
                self._put(note, "lead", facing)
            for piece in facing.pieces:
                self._put_piece(piece, facing, alone=len(facing.pieces) == 1)
        self._body.addStretch(1)
        # Anew each time, the old one goes: labels put into a used layout keep the heights of those before.
        old = self._area.takeWidget()
        self._area.setWidget(self._inner)
        if old is not None:
            old.deleteLater()

    def _put_piece(self, piece: Piece, facing: Facing, *, alone: bool) -> None:
        t = theme.current()
        if not alone:
            said = wording.day(piece.day, facing.language) if piece.day else piece.answer or wording.NONE
            self._put(piece.text, "lead", facing, "text2")
            self._put(said, "title", facing)
            return
        few = len(piece.choices) <= FEW and not t.roomy
        self._put(piece.text, "display" if not t.roomy else "title", facing)
        self.choices = [
            ChoiceShown(one, "large" if few else "lead", facing.language, self._inner) for one in piece.choices
        ]
        for choice in self.choices:
            self._body.addWidget(choice)
            choice.setVisible(True)

    def _put(self, text: str, role: Role, facing: Facing, colour: Token = "text") -> None:
        if text:
            label = WrapLabel(text, role, colour, language=facing.language, parent=self._inner)
            self._body.addWidget(label)
            label.setVisible(True)
