"""Menu bar and status bar: they hold what is true on every page (rehearsal, saved, office, the two keys)."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QMenuBar, QSizePolicy, QStatusBar, QWidget

from avrr_desktop.ui import fonts, shortcuts, theme
from avrr_desktop.ui.components.base import Restyled, draw_icon, draw_line, draw_text, strip_of, text_width
from avrr_desktop.ui.components.keycap import Keycap
from avrr_desktop.ui.components.label import Label
from avrr_desktop.ui.components.saved import Saved


class RehearsalMark(QLabel):
    """Flask and words of a rehearsal office; painted, as the menu bar's sheet would colour a plain label."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        fonts.ensure(words)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Measure flask and words."""
        t = theme.current()
        width = text_width(self.text(), "small_strong") + t.icon_px(16) + t.space(6) + 2 * t.space(16)
        return QSize(width, t.height("menu"))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw flask and words."""
        t = theme.current()
        with QPainter(self) as painter:
            strip = strip_of(self)
            strip.lead(t.space(16))
            draw_icon(painter, strip.lead(t.icon_px(16)), "flask-conical", 16, "warn")
            strip.lead(t.space(6))
            draw_text(painter, strip.rest(), self.text(), "small_strong", "warn")


class MenuBar(Restyled, QMenuBar):
    """
    The menus; in a rehearsal office the mark stands at their end.

    On macOS the menus are native and show no corner, so the mark goes into the status bar.
    """

    def __init__(self, rehearsal: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = RehearsalMark(rehearsal, self) if rehearsal and not self.isNativeMenuBar() else None
        if self._mark:
            self.setCornerWidget(self._mark, Qt.Corner.TopRightCorner)
        self.follow_theme()

    def add_menu(self, title: str, entries: Iterable[QAction | None]) -> QMenu:
        """Add a menu of *entries* (made by ``shortcuts.action``); None is a separator."""
        menu = self.addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(entry)
        return menu

    def restyle(self) -> None:
        """Set font and height."""
        t = theme.current()
        self.setFont(t.font("small"))
        self.setMinimumHeight(t.height("menu"))


class StatusBar(Restyled, QStatusBar):
    """
    Saved, office and laptop; at the end the keys F9 and F1.

    Attributes:
        saved: The one mark of the window.
    """

    def __init__(self, office: str, rehearsal: str = "", parent: QWidget | None = None) -> None:
        """
        Args:
            office: "Toronto office · this laptop: TOR-3".
            rehearsal: Words of the rehearsal mark where the menu bar cannot carry it (macOS).
        """
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.saved = Saved()
        self._office = Label(office, "caption", "text3")
        self._start = QWidget()
        self._line = QHBoxLayout(self._start)
        self._line.addWidget(self.saved)
        self._line.addWidget(self._office)
        self._line.addStretch(1)
        if rehearsal:
            self._line.addWidget(RehearsalMark(rehearsal))
        for act, words in (
            (shortcuts.Act.HIDE, self.tr("hides the screen")),
            (shortcuts.Act.HELP, self.tr("help")),
        ):
            self._line.addWidget(Keycap(shortcuts.cap(act)))
            self._line.addWidget(Label(words, "caption", "text3"))
        self.addWidget(self._start, 1)
        self.follow_theme()

    def set_office(self, words: str) -> None:
        """Name office and laptop."""
        self._office.setText(words)

    def restyle(self) -> None:
        """Set height and spacing; large text leaves no room for the office."""
        t = theme.current()
        self.setFixedHeight(t.height("status"))
        self._line.setContentsMargins(t.space(16), 0, t.space(16), 0)
        self._line.setSpacing(t.space(8))
        self._office.setVisible(not t.roomy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and the hairline above, without the style's frames."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.current().colour("sunken"))
            draw_line(painter, QRect(0, 0, self.width(), 1))
