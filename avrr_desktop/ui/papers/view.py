"""The screen "Papers": the list, the page as it will be, what was checked, print and save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.failures import Expected
from avrr_desktop.domain.fields import Paper
from avrr_desktop.services.interview_paper import Printable
from avrr_desktop.services.papers import Made, draw_page, finish_paper
from avrr_desktop.ui import theme
from avrr_desktop.ui.background import Background, Job
from avrr_desktop.ui.components.base import Restyled, draw_line, isolate, ltr, paint_ground
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.label import Label, ShortLabel
from avrr_desktop.ui.components.rows import ROW, Row, RowDelegate
from avrr_desktop.ui.components.scroll import scrolling
from avrr_desktop.ui.components.sign import Icon
from avrr_desktop.ui.papers import leaving, words
from avrr_desktop.ui.papers.aside import Aside
from avrr_desktop.ui.papers.model import ORDER, PapersModel
from avrr_desktop.ui.papers.page import Preview, image_of
from avrr_desktop.ui.room import Room, touches
from avrr_desktop.ui.screen import Screen
from avrr_desktop.ui.shortcuts import Act, bind, cap


class _Head(Restyled, QWidget):
    """Whose papers these are, and that nothing leaves by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Button(self.tr("Back to the case"), "ghost", icon="arrow-left", bare=True)
        self.name = ShortLabel("", "strong")
        self.number = Label("", "small", "text2")
        self._lock = Icon("lock", 16, "text2")
        self._kept = Label(self.tr("Kept encrypted; the printer gets it only when you press Print"), "small", "text2")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.number)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.back)
        self._line.addLayout(names, 1)
        self._line.addWidget(self._lock)
        self._line.addWidget(self._kept)
        self.follow_theme()

    def restyle(self) -> None:
        """Set height and ground."""
        t = theme.current()
        paint_ground(self, "surface")
        self._line.setContentsMargins(t.space(12), t.space(4), t.space(24), t.space(4))
        self._line.setSpacing(t.space(8))
        self.setMinimumHeight(t.height("bar"))
        self._kept.setVisible(not t.roomy)
        self._lock.setVisible(not t.roomy)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline."""
        with QPainter(self) as painter:
            draw_line(painter, self.rect())


class PapersScreen(Screen):
    """
    The papers of the open case.

    Attributes:
        made: The paper shown, None while it is being made or was refused.
        ask_printer, ask_file: How the officer is asked; tests answer for the officer.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self.model: PapersModel | None = None
        self.made: Made | None = None
        self.ask_printer: Callable[[], QPrinter | None] = self._ask_printer
        self.ask_file: Callable[[str], Path | None] = self._ask_file
        self._job: Job[Made] | None = None
        self._listed: tuple[Printable, ...] = ()
        self._background = Background(self._crashed, self)
        self.head = _Head()
        self.list = QListView()
        self._rows = QStandardItemModel(self)
        self.preview = Preview(self._background)
        self.aside = Aside(cap(Act.PRINT))
        self._build()
        self._connect()
        self.follow_theme()

    def open(self, case: str = "", page: str = "") -> None:
        """Show the papers of *case*; *page* is the word of a paper ("plan")."""
        super().open(case, page)
        paper = Paper(page) if page in {one.value for one in ORDER} else ORDER[0]
        self.model = self.room.read(lambda: PapersModel(self.room.desk, self.room.actor, case, paper))
        if self.model is None:
            return
        state = self.model.state
        self.head.name.setText(isolate(state.name))
        self.head.number.setText(ltr(state.number))
        blocked = self.list.selectionModel().blockSignals(True)
        self._list_interviews()
        self.list.setCurrentIndex(self._rows.index(ORDER.index(paper), 0))
        self.list.selectionModel().blockSignals(blocked)
        self._make()

    def hear(self, changes: Changes) -> None:
        """Make the shown paper anew when something on it changed."""
        if self.model and touches(changes, self.case) and changes.kinds & self.model.state.parts:
            self.room.read(self.model.load)
            self._make()

    def primary(self) -> None:
        """Print."""
        self.print()

    def first_focus(self) -> None:
        """Begin in the list of papers."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def print(self) -> None:
        """Ask for a printer, send the pages, log it."""
        made = self.made
        if made is None:
            return
        printer = self.ask_printer()
        if printer is None:
            return
        scale = leaving.DOTS / 72
        self.aside.print.set_busy(self.tr("Printing…"))
        self._background.run(
            lambda: [image_of(draw_page(made, page, scale)) for page in range(made.pages)],
            owner=self,
            done=lambda pages: self._send(printer, made, pages),
            failed=self.room.refused.emit,
        )

    def save(self) -> None:
        """Ask where to save, write the file, log it."""
        made, model = self.made, self.model
        if made is None or model is None:
            return
        target = self.ask_file(model.file_name(made))
        if target is not None and self.room.read(lambda: model.save(made, target)) is not None:
            self.aside.show_state(model.state)

    def restyle(self) -> None:
        """Set the widths of the three columns; at a large text the list is narrower and the page smaller."""
        t = theme.current()
        paint_ground(self.list, "sunken")
        paint_ground(self.list.viewport(), "sunken")
        self.list.setFixedWidth(t.em(15 if not t.roomy else 12))
        self._side.setFixedWidth(t.width("aside") + t.em(2) if not t.roomy else t.em(17))

    def _build(self) -> None:
        for paper in ORDER:
            self._add(Row(words.name(paper), below=words.short_audience(paper), icon=words.ICONS[paper]))
        self.list.setModel(self._rows)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setAccessibleName(self.tr("Papers of this case"))
        self._side = scrolling(self.aside)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.list)
        columns.addWidget(self.preview, 1)
        columns.addWidget(self._side)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addLayout(columns, 1)

    def _add(self, line: Row) -> None:
        item = QStandardItem(line.spoken())
        item.setData(line, ROW)
        item.setEditable(False)
        self._rows.appendRow(item)

    def _list_interviews(self) -> None:
        """Show a row for each interview with answers, behind the papers every case has."""
        listed = self.model.state.interviews if self.model is not None else ()
        if listed == self._listed:
            return
        self._listed = listed
        self._rows.removeRows(len(ORDER), self._rows.rowCount() - len(ORDER))
        for one in listed:
            self._add(Row(words.interview(one), below=words.begun(one), icon=words.ICONS[Paper.INTERVIEW]))

    def _choose_row(self, row: int) -> None:
        if 0 <= row < len(ORDER):
            self._choose(paper=ORDER[row])
        elif len(ORDER) <= row < len(ORDER) + len(self._listed):
            self._choose(paper=Paper.INTERVIEW, interview=self._listed[row - len(ORDER)].interview)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda now, _old: self._choose_row(now.row()))
        self.head.back.clicked.connect(lambda: self.room.go("case", self.case))
        self.aside.language_chosen.connect(lambda code: self._choose(language=code))
        self.aside.amounts_left_out.connect(lambda out: self._choose(without=out))
        self.aside.read_back_chosen.connect(lambda wanted: self._choose(is_read_back=wanted))
        self.aside.printing.connect(self.print)
        self.aside.saving.connect(self.save)
        self.aside.went.connect(self._go)
        bind(Act.PRINT, self, self.print, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _choose(
        self,
        paper: Paper | None = None,
        language: str | None = None,
        without: bool | None = None,
        *,
        interview: str = "",
        is_read_back: bool | None = None,
    ) -> None:
        if self.model is not None:
            self.model.choose(
                paper=paper, interview=interview, language=language, without_amounts=without, is_read_back=is_read_back
            )
            self._make()

    def _make(self) -> None:
        """Read what the paper needs here, make it in the background; the newest wish wins."""
        if self.model is None:
            return
        if self._job is not None:
            self._job.cancel()
        self.made = None
        self.aside.show_state(self.model.state)
        self.aside.show_waiting()
        self.preview.wait()
        try:
            prepared = self.model.prepare()
        except Expected as failure:
            self._refuse(failure)
            return
        self._job = self._background.run(
            lambda: finish_paper(prepared), owner=self, done=self._show, failed=self._refuse
        )

    def _show(self, made: Made) -> None:
        self.made = made
        self.aside.show_made(made)
        self.preview.show_paper(made)

    def _refuse(self, failure: Expected) -> None:
        self.preview.show_paper(None)
        self.aside.show_refused(failure)

    def _send(self, printer: QPrinter, made: Made, pages: list[QImage]) -> None:
        self.aside.print.set_busy("")
        if not leaving.print_pages(printer, pages):
            self.room.refused.emit(Expected("paper.not_printed"))
        elif self.model is not None:
            self.model.log_print(made)
            self.aside.show_state(self.model.state)

    def _go(self, page: str) -> None:
        if page == "settings":
            self.room.go("settings")
        elif page:
            self.room.go("case", self.case, page)

    def _ask_printer(self) -> QPrinter | None:
        return leaving.ask_printer(self, self.tr("Print"))

    def _ask_file(self, name: str) -> Path | None:
        return leaving.ask_file(self, self.tr("Save as PDF"), name, self.tr("PDF (*.pdf)"))

    def _crashed(self, error: BaseException) -> None:
        """Ours, not the officer's: raised again in the window's thread, where the program's own door takes it."""
        raise error
