"""The hidden screen: the whole window in one dark ground with the mark and the clock, nothing of anybody."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from avrr_desktop.domain.clock import Clock
from avrr_desktop.ui import shortcuts, theme, wording
from avrr_desktop.ui.components.base import CENTRE, draw_box, draw_icon, draw_text

TICK_MS = 1000


class Hidden(QWidget):
    """
    What F9 shows. Any other key says how to go on.

    Attributes:
        asks: The office wants the passphrase instead of F9.

    Signals:
        key_pressed: A key other than F9 was pressed.
    """

    key_pressed = Signal()

    def __init__(self, clock: Clock, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone = zone
        self._words, self._hint = "", ""
        self.asks = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("The screen is hidden"))
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Show the clock as it is now, without words."""
        self._hint = ""
        self._words = ""
        self._tick()
        self._timer.start()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Stop the clock."""
        self._timer.stop()

    def hint(self) -> str:
        """Return the words under the clock, "" before a key was pressed."""
        return self._hint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say how to go on; keys alone (Shift, Ctrl) too."""
        how = self.tr("Press {key} to go on").format(key=shortcuts.cap(shortcuts.Act.HIDE))
        self._hint = "" if self.asks else how
        self.setAccessibleDescription(self._hint)
        self.update()
        self.key_pressed.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, mark, clock and, after a key, the words."""
        t = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), t.colour("deep"))
            edge = t.icon_px(28) + t.space(20)
            middle = self.rect().center()
            mark = QRect(middle.x() - edge // 2, middle.y() - edge - t.space(24), edge, edge)
            draw_box(painter, mark, t.radius("mark"), "on_deep")
            draw_icon(painter, mark, "mark", 28, "deep")
            line = QRect(0, middle.y(), self.width(), t.line("big"))
            draw_text(painter, line, self._words, "big", "on_deep", CENTRE)
            below = QRect(0, line.bottom() + t.space(12), self.width(), t.line("body"))
            draw_text(painter, below, self._hint, "body", "on_deep2", CENTRE)

    def _tick(self) -> None:
        now = wording.time(self._clock(), self._zone)
        if now != self._words:
            self._words = now
            self.update()
