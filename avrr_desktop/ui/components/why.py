"""Why: a link beside a date, a sum or a refusal that opens in place, never in a window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label, WrapLabel


class Why(Restyled, QWidget):
    """
    The link and, opened, sentence, rule, source, date.

    Attributes:
        link: The link; put it elsewhere in a row if wanted (``why.take_link()``).

    Signals:
        toggled: (bool) It was opened or closed.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        about: str,
        sentence: str = "",
        facts: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            about: What is explained, spoken with the link ("Why CAD 8,000.00?").
            sentence: The reason.
            facts: Rows such as ``("Rule", …), ("Source", …)``.
        """
        super().__init__(parent)
        self.link = Button(self.tr("why?"), "link")
        self.link.setCheckable(True)
        self.link.setAccessibleName(about)
        self.link.toggled.connect(self.set_open)
        self._panel = QWidget()
        self._grid = QGridLayout(self._panel)
        self._all = QVBoxLayout(self)
        self._all.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeading)
        self._all.addWidget(self._panel)
        self._panel.hide()
        self.set_reason(sentence, facts)
        self.follow_theme()

    def set_reason(self, sentence: str, facts: Sequence[tuple[str, str]] = ()) -> None:
        """Give another reason."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        self._grid.addWidget(WrapLabel(sentence, "small", "text2"), 0, 0, 1, 2)
        for at, (name, words) in enumerate(facts, 1):
            self._grid.addWidget(Label(name, "small", "text3"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(WrapLabel(words, "small", "text2"), at, 1)
        self._grid.setColumnStretch(1, 1)

    def take_link(self) -> Button:
        """Hand the link over to stand in another layout; it still opens this panel."""
        self._all.removeWidget(self.link)
        return self.link

    def is_open(self) -> bool:
        """Say whether the reason is shown."""
        return not self._panel.isHidden()

    def set_open(self, opened: bool) -> None:
        """Open or close."""
        if opened == self.is_open():
            return
        self._panel.setVisible(opened)
        self.link.setChecked(opened)
        self.toggled.emit(opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.is_open():
            self.set_open(False)
            self.link.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        """Set spacing."""
        t = theme.current()
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(t.space(4))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(t.space(12))
        self._grid.setVerticalSpacing(t.space(4))
