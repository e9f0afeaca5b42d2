"""
Progress of work that takes more than a second: what, how far, how long, Stop and what stopping means.

Source: LOOK.md 4 "Progress".
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, Strip, draw_box, is_rtl
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.tokens import Token


class Bar(QProgressBar):
    """A painted bar: progress of work, or the part of a sum that is used (*over* turns it red)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_over(self, over: bool) -> None:
        """Show that the limit is passed."""
        self._over = over
        self.update()

    def sizeHint(self) -> QSize:
        """Take the height of a bar."""
        return QSize(theme.current().em(8), theme.current().edge("bar"))

    def minimumSizeHint(self) -> QSize:
        """Take the height of a bar."""
        return QSize(theme.current().em(2), theme.current().edge("bar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        t = theme.current()
        span = max(self.maximum() - self.minimum(), 1)
        share = min(max((self.value() - self.minimum()) / span, 0.0), 1.0)
        outline: Token | None = "line" if t.high_contrast else None
        ground: Token = "surface" if t.high_contrast else "line"
        with QPainter(self) as painter:
            radius = self.height() // 2
            draw_box(painter, self.rect(), radius, ground, outline)
            done = Strip(self.rect(), is_rtl(self)).lead(round(self.width() * share))
            painter.setClipRect(QRect(done))
            draw_box(painter, self.rect(), radius, "bad" if self._over else "accent", outline)


class Progress(Restyled, QWidget):
    """
    What is being done, with a way to stop it.

    Signals:
        stopped: Stop or Esc was pressed.
    """

    stopped = Signal()

    def __init__(self, what: str, meaning: str, *, can_stop: bool = True, parent: QWidget | None = None) -> None:
        """
        Args:
            what: "Reading the bundle from Budapest".
            meaning: What stopping now would mean: "Nothing is written yet."
            can_stop: Whether there is a Stop button.
        """
        super().__init__(parent)
        self.setAccessibleName(what)
        self._meaning = meaning
        self._what = WrapLabel(what, "strong")
        self._time = Label("", "small", "text2")
        self.bar = Bar(what)
        self._count = WrapLabel(meaning, "small", "text2")
        self.stop = Button(self.tr("Stop"), "secondary", key="Esc", size="button_small")
        if not can_stop:
            self.stop.hide()
        self.stop.setAccessibleDescription(meaning)
        self.stop.clicked.connect(self.stopped)
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._what, 1)
        self._head.addWidget(self._time)
        self._foot.addWidget(self._count, 1)
        self._foot.addWidget(self.stop)
        self._all = QVBoxLayout(self)
        self._all.addLayout(self._head)
        self._all.addWidget(self.bar)
        self._all.addLayout(self._foot)
        self.setFocusProxy(self.stop)
        self.follow_theme()

    def set_progress(self, done: int, total: int, count: str = "", time_left: str = "") -> None:
        """
        Show how far it is.

        Args:
            done: Steps done.
            total: All steps; 0: not known yet, the bar stays empty (nothing runs to and fro).
            count: "2,410 of 3,880".
            time_left: "about 20 s left".
        """
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done if total else 0)
        words = self.tr("{count}. {meaning}", "count and what stopping means")
        self._count.setText(words.format(count=count, meaning=self._meaning) if count else self._meaning)
        self._time.setText(time_left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.stop.isVisible():
            self.stopped.emit()
            return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        """Set spacing."""
        t = theme.current()
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(t.space(8))
        self._head.setSpacing(t.space(12))
        self._foot.setSpacing(t.space(12))
