"""The one place that shows a refused verb: a banner over the screen, gone with the next act or page."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui import theme
from avrr_desktop.ui.components.banner import Banner, Level
from avrr_desktop.ui.components.base import Restyled
from avrr_desktop.ui.notices import Notice


class Board(Restyled, QWidget):
    """
    Room for one notice; hidden while there is none.

    Attributes:
        banner: What is shown, None while there is nothing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banner: Banner | None = None
        self._all = QVBoxLayout(self)
        self.hide()
        self.follow_theme()

    def show_notice(self, notice: Notice, level: Level = "warn") -> None:
        """Show *notice* in place of what was shown, and speak it."""
        self.put_up(level, notice.text, notice.remedy, action=self.tr("Close")).acted.connect(self.clear)

    def put_up(self, level: Level, sentence: str, detail: str = "", *, action: str = "") -> Banner:
        """Show a banner in place of what was shown, speak it, and give it back."""
        self.clear()
        self.banner = Banner(level, sentence, detail, action=action, parent=self)
        self._all.addWidget(self.banner)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self.banner, QAccessible.Event.Alert))
        return self.banner

    def clear(self) -> None:
        """Take the notice away."""
        if self.banner is not None:
            self._all.removeWidget(self.banner)
            self.banner.deleteLater()
            self.banner = None
        self.hide()

    def text(self) -> str:
        """Return the sentence shown, "" for none."""
        return self.banner.accessibleName() if self.banner is not None else ""

    def restyle(self) -> None:
        """Stand where pages stand."""
        t = theme.current()
        self._all.setContentsMargins(t.edge("page_x"), t.space(12), t.edge("page_x"), 0)
