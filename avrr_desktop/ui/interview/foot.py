"""The foot of an interview: back, the keys that set a question aside, and going on."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, draw_text, least, paint_ground, strip_of, text_width
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.keycap import draw_keycap, keycap_size
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.interview import keys
from avrr_desktop.ui.tokens import Token

ASIDE = ("not_asked", "declined", "note", "later")
"""What the foot offers for the question at hand, in order."""


class KeyHint(QPushButton):
    """
    A key and what it does; the mouse may press it too.

    Attributes:
        ring_radius: Corner of the focus ring around it.
    """

    def __init__(self, act: str, parent: QWidget | None = None) -> None:
        super().__init__(keys.words(act), parent)
        self.act = act
        self.ring_radius = theme.current().radius("button")
        self.setAutoDefault(False)
        self.setAccessibleName(keys.words(act))
        self.setAccessibleDescription(keys.cap(act))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Measure cap and words."""
        t = theme.current()
        width = keycap_size(keys.cap(self.act)).width() + t.space(8) + text_width(self.text(), "small") + 1
        return least(width, t.line("small"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw cap and words."""
        t = theme.current()
        key = keys.cap(self.act)
        ink: Token = "disabled" if not self.isEnabled() else "text" if self.underMouse() else "text2"
        with QPainter(self) as painter:
            strip = strip_of(self)
            draw_keycap(painter, strip.lead(keycap_size(key).width()), key, ink, "border")
            strip.lead(t.space(8))
            draw_text(painter, strip.rest(), self.text(), "small", ink)


class Foot(Restyled, QWidget):
    """
    Back, hints, the page's one primary button.

    Attributes:
        back, onward: The buttons.
        hints: Keys by act.
        face: The key of the returnee's window.
        more: The menu that stands for the hints where there is no room.

    Signals:
        acted: (str) A hint was pressed: a value of `ASIDE`, or "face" from the menu.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Button(self.tr("Back"), "secondary", icon="arrow-left", key="Shift+Enter")
        self.onward = Button(self.tr("Continue"), "primary", key="Enter")
        self.hints = {act: KeyHint(act) for act in ASIDE}
        self._short = Label(" ".join(keys.cap(act) for act in ASIDE[:3]), "small", "text2")
        self.more = Button(self.tr("More"), "secondary", trailing_icon="chevron-down")
        self.more.clicked.connect(self._open_menu)
        self.said = Label("", "small", "text2")
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.back)
        for act, hint in self.hints.items():
            hint.clicked.connect(lambda _=False, act=act: self.acted.emit(act))
            self._line.addWidget(hint)
        self.face = KeyHint("face")
        self.face.clicked.connect(lambda: self.acted.emit("face"))
        self._line.addWidget(self.face)
        self._line.addStretch(1)
        for part in (self.said, self._short, self.more, self.onward):
            self._line.addWidget(part)
        self._can_set_aside = False
        self.follow_theme()

    def show_keys(self, onward: str, key: str, *, can_set_aside: bool, has_back: bool, said: str = "") -> None:
        """Show the words of going on, whether a question can be set aside, and a sentence beside the button."""
        self.onward.setText(onward)
        self.onward.set_key(key)
        self.back.setVisible(has_back)
        self.said.setText(said)
        self.said.setVisible(bool(said) and not theme.current().roomy)
        self._can_set_aside = can_set_aside
        self._fit()

    def restyle(self) -> None:
        """Set height and margins."""
        t = theme.current()
        paint_ground(self, "surface")
        self.setFixedHeight(t.height("foot"))
        edge = t.space(24) if t.roomy else t.space(48)
        self._line.setContentsMargins(edge, 0, edge, 0)
        self._line.setSpacing(t.space(20))
        self.back.set_key("" if t.roomy else "Shift+Enter")
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Take any width: what does not fit goes into the menu."""
        return QSize(0, theme.current().height("foot"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def focusables(self) -> list[QWidget]:
        """Return what Tab walks through, in reading order."""
        return [self.back, *self.hints.values(), self.face, self.more, self.onward]

    def menu(self) -> QMenu:
        """Make the menu of what sets a question aside, and of the returnee's window."""
        menu = QMenu(self)
        menu.setFont(theme.current().font("body"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in (*ASIDE, "face"):
            entry = menu.addAction(f"{keys.words(act)}\t{keys.cap(act)}")
            entry.triggered.connect(lambda _=False, act=act: self.acted.emit(act))
        return menu

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline above."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, theme.current().colour("line"))

    def _fit(self) -> None:
        narrow = theme.current().roomy
        # Measured without them: else what was narrow once would stay so.
        self._short.hide()
        self.more.hide()
        for hint in self.hints.values():
            hint.setVisible(self._can_set_aside and not narrow)
        self.face.setVisible(not narrow)
        if not narrow and self._needs_more():
            self.face.hide()
        if not narrow and self._needs_more():
            narrow = True
            for hint in self.hints.values():
                hint.hide()
        for part in (self._short, self.more):
            part.setVisible(self._can_set_aside and narrow)

    def _needs_more(self) -> bool:
        self._line.invalidate()
        return self._line.sizeHint().width() > self.width()

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
