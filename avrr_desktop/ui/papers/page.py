"""A page of a paper on the screen: black on white in every theme, with a bar to turn and to enlarge."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services.papers import Made, Picture, draw_page
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background, Job
from avrr_desktop.ui.components.base import Restyled, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label

PAGE = (595.28, 841.89)
"""A4 in points."""
ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
"""Steps, times the whole page."""
PATIENCE_MS = 1000
"""How long nothing is said of a paper that is being made. Source: LOOK.md 4 "Progress"."""


class PageView(QWidget):
    """The picture of one page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._size = QSize()

    def show_picture(self, image: QImage, size: QSize) -> None:
        """Show *image* at *size*, in device-independent pixels."""
        self._image, self._size = image, size
        self.setFixedSize(size)
        self.update()

    def image(self) -> QImage:
        """Return what is shown."""
        return self._image

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page and its edge."""
        with QPainter(self) as painter:
            if not self._image.isNull():
                painter.drawImage(self.rect(), self._image)
                painter.setPen(theme.current().colour("line"))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Preview(Restyled, QWidget):
    """
    The pages of a made paper, one at a time, drawn in the background.

    Attributes:
        page: The page shown, from 0.
        waiting: Says that the paper is being made, once that takes its time.

    Signals:
        drawn: A page was drawn.
    """

    drawn = Signal()

    def __init__(self, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = 0
        self._zoom = 0
        self._made: Made | None = None
        self._background = background
        self._job: Job[Picture] | None = None
        self.back = Button(self.tr("Previous page"), "ghost", icon="chevron-left", bare=True)
        self.on = Button(self.tr("Next page"), "ghost", icon="chevron-right", bare=True)
        self.smaller = Button(self.tr("Smaller"), "ghost", icon="zoom-out", bare=True)
        self.larger = Button(self.tr("Larger"), "ghost", icon="zoom-in", bare=True)
        self.count = Label("", "small", "text2")
        self.size_words = Label("", "small", "text2")
        self.view = PageView()
        self._area = QScrollArea()
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setWidget(self.view)
        self._area.setAccessibleName(self.tr("The page as it will be printed"))
        bar = row(None, 8)
        for part in (self.back, self.count, self.on):
            bar.addWidget(part)
        bar.addStretch(1)
        for part in (self.smaller, self.size_words, self.larger):
            bar.addWidget(part)
        self._all = QVBoxLayout(self)
        self._all.addLayout(bar)
        self._all.addWidget(self._area, 1)
        self.waiting = Label(self.tr("The paper is being made\u2026"), "body", "text2", parent=self._area.viewport())
        self.waiting.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say_waiting)
        self.back.clicked.connect(lambda: self.turn(-1))
        self.on.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.zoom(-1))
        self.larger.clicked.connect(lambda: self.zoom(1))
        self.follow_theme()

    def wait(self) -> None:
        """A paper is being made: keep what is shown, and say so when it takes longer than a moment."""
        self._patience.start()

    def show_paper(self, made: Made | None) -> None:
        """Show a paper from its first page; None: an empty place."""
        self._patience.stop()
        self.waiting.hide()
        self._made = made
        self.page = 0
        if made is None and self._job is not None:
            self._job.cancel()
        self._draw()

    def turn(self, step: int) -> None:
        """Turn pages."""
        if self._made is not None and 0 <= self.page + step < self._made.pages:
            self.page += step
            self._draw()

    def zoom(self, step: int) -> None:
        """Enlarge or reduce by one step."""
        if 0 <= self._zoom + step < len(ZOOMS):
            self._zoom += step
            self._draw()

    def restyle(self) -> None:
        """Set the margins."""
        t = theme.current()
        self._all.setContentsMargins(t.space(20), t.space(6), t.space(20), t.space(6))
        self._all.setSpacing(t.space(6))
        self.size_words.setVisible(not t.roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole page in sight."""
        super().resizeEvent(event)
        self._draw()

    def _say_waiting(self) -> None:
        self.view.hide()
        self.waiting.adjustSize()
        self.waiting.move(self._area.viewport().rect().center() - self.waiting.rect().center())
        self.waiting.show()

    def _draw(self) -> None:
        made = self._made
        self.view.setVisible(made is not None)
        self.back.setEnabled(made is not None and self.page > 0)
        self.on.setEnabled(made is not None and self.page + 1 < made.pages)
        self.smaller.setEnabled(made is not None and self._zoom > 0)
        self.larger.setEnabled(made is not None and self._zoom + 1 < len(ZOOMS))
        if made is None:
            self.count.setText("")
            self.size_words.setText("")
            return
        pages = self.tr("Page {page} of {pages}").format(page=self.page + 1, pages=made.pages)
        self.count.setText(pages)
        times = self.tr("{percent} %").format(percent=round(100 * ZOOMS[self._zoom]))
        self.size_words.setText(self.tr("Whole page") if self._zoom == 0 else times)
        room = self._area.viewport().size()
        whole = min((room.width() - 2) / PAGE[0], (room.height() - 2) / PAGE[1])
        scale = max(0.2, min(whole * ZOOMS[self._zoom], 6.0))
        self._render(made, self.page, scale)

    def _render(self, made: Made, page: int, scale: float) -> None:
        if self._job is not None:
            self._job.cancel()
        dpr = self.devicePixelRatioF()
        self._job = self._background.run(
            lambda: draw_page(made, page, min(scale * dpr, 8.0)),
            owner=self,
            done=self._shower(dpr),
            failed=_nothing,
        )

    def _shower(self, dpr: float) -> Callable[[Picture], None]:
        def show(picture: Picture) -> None:
            self.view.show_picture(image_of(picture), QSize(round(picture.width / dpr), round(picture.height / dpr)))
            self.drawn.emit()

        return show


def image_of(picture: Picture) -> QImage:
    """Return a picture as Qt has it; the pixels are copied."""
    width, height = picture.width, picture.height
    return QImage(picture.pixels, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _nothing(_failure: Expected) -> None:
    """Drawing a made paper has no expected failure."""
