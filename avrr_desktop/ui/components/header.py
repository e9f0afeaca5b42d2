"""The head of a page: title, facts as chips, saved and actions at the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.base import Restyled
from avrr_desktop.ui.components.label import ShortLabel, WrapLabel


class PageHeader(Restyled, QWidget):
    """One title a screen; chips and actions are widgets made by the screen."""

    def __init__(
        self,
        title: str,
        *,
        facts: Sequence[QWidget] = (),
        actions: Sequence[QWidget] = (),
        subtitle: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = ShortLabel(title, "title")
        self._subtitle = WrapLabel(subtitle, "small", "text2")
        self._line = QHBoxLayout()
        self._facts = QHBoxLayout()
        self._actions = QHBoxLayout()
        self._line.addWidget(self._title)
        self._line.addLayout(self._facts)
        self._line.addStretch(1)
        self._line.addLayout(self._actions)
        self._all = QVBoxLayout(self)
        self._all.addLayout(self._line)
        self._all.addWidget(self._subtitle)
        self.set_title(title, subtitle)
        self.set_facts(facts)
        for action in actions:
            self._actions.addWidget(action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.follow_theme()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def set_facts(self, facts: Sequence[QWidget]) -> None:
        """Replace the chips behind the title."""
        while self._facts.count():
            item = self._facts.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        for fact in facts:
            self._facts.addWidget(fact, 0, Qt.AlignmentFlag.AlignVCenter)

    def restyle(self) -> None:
        """Set spacing."""
        t = theme.current()
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.setSpacing(0)
        self._line.setSpacing(t.space(12))
        self._facts.setSpacing(t.space(8))
        self._actions.setSpacing(t.space(8))
