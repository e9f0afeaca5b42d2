"""What unlock and first run share: the deep panel, a form in the middle of the rest, a foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled, column, row
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.sign import Icon
from avrr_desktop.ui.unlock.panel import DeepPanel

_AROUND = 3
"""Room in em left above and below the field with the focus."""


class DoorPage(Restyled, QWidget):
    """
    A page before the office is open.

    Attributes:
        panel: The deep side.
        paper: The form's widget, of the width of forms.
        form: Its layout; subclasses add to it.
    """

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = DeepPanel(self)
        self.paper = QWidget()
        self.form = QVBoxLayout(self.paper)
        middle = QWidget()
        centred = QHBoxLayout(middle)
        down = column(None, 0)
        down.addStretch(1)
        down.addWidget(self.paper)
        down.addStretch(1)
        centred.addStretch(1)
        centred.addLayout(down)
        centred.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(middle)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._keep_up())
        self._foot = row(None, 8)
        self._foot.addWidget(Icon("wifi-off", 16, "text3"))
        self._foot.addWidget(Label(self.tr("Never connects to a network"), "small", "text3"))
        self._foot.addStretch(1)
        if version:
            self._foot.addWidget(Label(self.tr("Version {number}").format(number=version), "small", "text3"))
        right = column(None, 0)
        right.addWidget(self._scroll, 1)
        right.addLayout(self._foot)
        line = row(self, 0)
        line.addWidget(self.panel)
        line.addLayout(right, 1)

    def restyle(self) -> None:
        """Set widths and spacing."""
        t = theme.current()
        self.paper.setFixedWidth(t.width("form"))
        self.form.setContentsMargins(0, t.space(16), 0, t.space(16))
        self.form.setSpacing(t.space(20))
        self._foot.setContentsMargins(t.edge("page_x"), t.space(8), t.edge("page_x"), t.space(16))
        self._fit_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the panel what the form leaves."""
        super().resizeEvent(event)
        self._fit_panel()

    def _keep_up(self) -> None:
        """Keep what has the focus in sight while the layout finds its size."""
        now = self.focusWidget()
        if now is not None and self.paper.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, theme.current().em(_AROUND))

    def _fit_panel(self) -> None:
        t = theme.current()
        room = min(t.width("unlock"), self.width() - t.width("form") - 3 * t.edge("page_x"))
        self.panel.setVisible(room >= t.em(12))
        self.panel.setFixedWidth(max(room, 0))
