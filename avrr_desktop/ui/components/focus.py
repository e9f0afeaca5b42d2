"""
The focus ring: one small overlay per window around what has the focus.

A style sheet's outline is clipped to its widget and a thicker border moves the text, so the ring is a widget
of its own, transparent for the mouse, as large as the ring. Source: LOOK.md 2 "Focus ring", 9 "Focus".
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from avrr_desktop.ui import theme

_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Hide,
    QEvent.Type.Show,
    QEvent.Type.StyleChange,
}


class _Overlay(QWidget):
    """The painted ring; lives and dies with its window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.corner = 0
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        t = theme.current()
        half = t.ring() / 2
        radius = self.corner + t.space(2) + 1
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(t.colour("focus"), t.ring()))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


class FocusRing(QObject):
    """
    Follows the focus of the whole application; make one after the application: ``FocusRing(app)``.

    The widget focused may name another to ring (``ring_target``) and a corner (``ring_radius``). A mouse
    click shows no ring except in text fields. Item views draw theirs inset (`rows.py`).
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._overlay: _Overlay | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self.move_to)

    def move_to(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Stand around *now*, or nowhere."""
        self._release()
        self._target = target = _target(now)
        if target is None:
            return
        widget: QWidget | None = target
        while widget is not None:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = None if widget.isWindow() else widget.parentWidget()
        window = target.window()
        if self._overlay is None or self._overlay.parentWidget() is not window:
            self._drop_overlay()
            self._overlay = _Overlay(window)
        self._overlay.corner = getattr(target, "ring_radius", theme.current().radius("button"))
        self._place()

    def target(self) -> QWidget | None:
        """Give what is ringed now."""
        shown = self._overlay is not None and isValid(self._overlay) and self._overlay.isVisible()
        return self._target if shown else None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow moves, scrolling and hiding of the target and all around it."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        target, overlay = self._target, self._overlay
        if target is None or overlay is None or not isValid(target) or not isValid(overlay):
            return
        t = theme.current()
        out = t.ring() + t.space(2)
        window = target.window()
        area = QRect(target.mapTo(window, QPoint(0, 0)), target.size()).adjusted(-out, -out, out, out)
        if not target.isVisible() or not area.intersects(_seen(target, window)):
            overlay.hide()
            return
        overlay.setGeometry(area)
        overlay.show()
        overlay.raise_()
        overlay.update()

    def _release(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        if self._overlay is not None:
            if isValid(self._overlay):
                self._overlay.hide()
            else:
                self._overlay = None

    def _drop_overlay(self) -> None:
        if self._overlay is not None and isValid(self._overlay):
            self._overlay.deleteLater()
        self._overlay = None


def _target(now: QWidget | None) -> QWidget | None:
    if now is None or isinstance(now, QAbstractItemView):
        return None
    typed = isinstance(now, QLineEdit | QPlainTextEdit)
    if not typed and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return None
    target = getattr(now, "ring_target", now)
    return target if isinstance(target, QWidget) and not target.isWindow() else None


def _seen(target: QWidget, window: QWidget) -> QRect:
    """Give the part of *window* the scroll areas around *target* leave visible."""
    seen = window.rect()
    parent = target.parentWidget()
    while parent is not None and parent is not window:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and parent is area.viewport():
            seen = seen.intersected(QRect(parent.mapTo(window, QPoint(0, 0)), parent.size()))
        parent = area
    return seen
