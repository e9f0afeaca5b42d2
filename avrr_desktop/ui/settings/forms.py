"""The forms of the office: which version new interviews begin with, older and retired ones, import and export."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from avrr_desktop.domain.failures import Expected
from avrr_desktop.services import form_versions
from avrr_desktop.services.form_versions import Candidate, VersionView
from avrr_desktop.ui import theme, wording
from avrr_desktop.ui.background import Job
from avrr_desktop.ui.case.page import clear
from avrr_desktop.ui.components.base import column, isolate, ltr, row
from avrr_desktop.ui.components.button import Button
from avrr_desktop.ui.components.card import Card
from avrr_desktop.ui.components.chip import Chip
from avrr_desktop.ui.components.dialog import Answer, Dialog
from avrr_desktop.ui.components.label import Label, WrapLabel
from avrr_desktop.ui.components.progress import Progress
from avrr_desktop.ui.room import Room
from avrr_desktop.ui.settings import forms_model
from avrr_desktop.ui.settings.form_review import FormReview
from avrr_desktop.ui.settings.model import State
from avrr_desktop.ui.settings.page import SettingsPage, Tools


class VersionLine(QWidget):
    """
    One version: what it is, and what can be done with it.

    Attributes:
        view: What is drawn.
        export, retire, put_back: Acts; the last two only where this officer may.
    """

    def __init__(self, view: VersionView, zone: str, *, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        down = column(self, 4)
        head = row(None, 8)
        about = self.tr("Version {version}").format(version=ltr(view.version or "?"))
        head.addWidget(Label(about, "medium"))
        if chip := self._chip():
            head.addWidget(chip)
        head.addStretch(1)
        down.addLayout(head)
        down.addWidget(WrapLabel(self._facts(), "small", "text2"))
        down.addWidget(WrapLabel(self._origin(zone), "small", "text2"))
        self.export = Button(self.tr("Export\u2026"), "link")
        self.retire = Button(self.tr("Retire\u2026"), "link")
        self.put_back = Button(self.tr("Put back"), "link")
        acts = row(None, 16)
        spoken = f"{view.title}, {about}"
        for button, is_shown in (
            (self.export, True),
            (self.retire, may_write and view.retired_on is None),
            (self.put_back, may_write and view.retired_on is not None),
        ):
            button.setAccessibleDescription(spoken)
            button.setVisible(False)
            acts.addWidget(button)
            button.setVisible(is_shown)
        acts.addStretch(1)
        down.addLayout(acts)

    def _chip(self) -> Chip | None:
        if self.view.retired_on is not None:
            return Chip(self.tr("Retired"), "outline")
        return Chip(self.tr("New interviews begin with it"), "ok") if self.view.is_current else None

    def _facts(self) -> str:
        view = self.view
        parts = (
            ", ".join(isolate(one) for one in view.languages),
            self.tr("Questions: %n", "", view.questions),
            self.tr("Interviews begun with it: %n", "", view.interviews),
        )
        return " \u00b7 ".join(part for part in parts if part)

    def _origin(self, zone: str) -> str:
        view, said = self.view, []
        if view.is_shipped:
            said.append(self.tr("Comes with the program."))
        elif view.added_at is not None:
            words = self.tr("Added by {name}, {when}.")
            said.append(words.format(name=isolate(view.added_by or "?"), when=wording.day_time(view.added_at, zone)))
        if view.retired_on is not None:
            words = self.tr("Retired by {name}, {day}.")
            said.append(words.format(name=isolate(view.retired_by or "?"), day=wording.day(view.retired_on)))
        return " ".join(said)


class FormsPage(SettingsPage):
    """
    The list of forms, or in its place the file that is being imported.

    Attributes:
        import_button: Chooses a file.
        progress: Shown while a file is read; Stop throws the reading away.
        review: The file that was looked over, None while the list is shown.
        rows: Lines of versions by sha256.
    """

    def __init__(self, room: Room, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(room, tools, parent)
        self.rows: dict[str, VersionLine] = {}
        self.review: FormReview | None = None
        self._job: Job[Candidate] | None = None
        self._drawn: object = None
        self.import_button = Button(self.tr("Import a form\u2026"), icon="upload")
        self.progress = Progress(self.tr("Reading the form"), self.tr("Nothing is written yet."))
        self.progress.hide()
        self.progress.stopped.connect(self._stop)
        self.import_button.clicked.connect(self._choose)
        self._list = QVBoxLayout()
        self._lists = QWidget()
        self._lists.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.lines.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.lines.addWidget(self.progress)
        self.lines.addWidget(self._lists)
        self.follow_theme()

    def wide(self) -> float:
        """Sentences are long."""
        return 1.0 if theme.current().roomy else 1.7

    def draw(self, state: State) -> None:
        """Draw the list anew when it is different; a file being looked over stays."""
        super().draw(state)
        self._show_import()
        wanted = (state.forms, state.may_write, state.office.zone)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        opened = {card.heading.text() for card in self._lists.findChildren(_FormCard) if card.is_open}
        self._list.setSpacing(theme.current().space(16))
        clear(self._list)
        self.rows = {}
        for line in forms_model.lines(state.forms):
            card = _FormCard(line, state.office.zone or "UTC", may_write=state.may_write)
            for one in card.versions:
                self._connect(one)
            if card.heading.text() in opened:
                card.toggle()
            self._list.addWidget(card)

    def first(self) -> QWidget | None:
        """Begin with the import where it is allowed, else with the first export."""
        if self.review is not None:
            return self.review.leave
        if not self.import_button.isHidden():
            return self.import_button
        return next((line.export for line in self.rows.values()), None)

    def read_file(self, path: Path) -> None:
        """Read *path* in the background and show what it is."""
        room = self.room
        work = room.read(lambda: forms_model.reading(room.desk, room.actor, path))
        if work is None:
            return
        self._job = self.tools.background.run(
            work,
            owner=self,
            done=partial(self._show_review, path.name),
            failed=self._failed,
            cancelled=self._over,
            crashed=self._crashed,
        )
        self._show_import()
        self.progress.setFocus(Qt.FocusReason.OtherFocusReason)

    def export_to(self, view: VersionView, target: Path) -> None:
        """Write a version to *target*; a failure is told."""
        room = self.room
        room.read(lambda: form_versions.export_version(room.desk, room.actor, view.sha256, target))

    # Inside

    def _connect(self, line: VersionLine) -> None:
        self.rows[line.view.sha256] = line
        line.export.clicked.connect(lambda: self._export(line.view))
        line.retire.clicked.connect(lambda: self._retire(line.view))
        line.put_back.clicked.connect(lambda: self._put_back(line.view))

    def _show_import(self) -> None:
        may_write = self.state is not None and self.state.may_write
        self.import_button.setVisible(may_write and self._job is None and self.review is None)
        self.progress.setVisible(self._job is not None)
        self._lists.setVisible(self.review is None)

    def _choose(self) -> None:
        kinds = self.tr("Forms (*.xlsx *.xls *.md *.csv *.xml)")
        name, _kind = QFileDialog.getOpenFileName(self, self.tr("Import a form"), "", kinds)
        if name:
            self.read_file(Path(name))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._over()

    def _over(self) -> None:
        self._job = None
        self._show_import()
        if not self.import_button.isHidden():
            self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, failure: Expected) -> None:
        self._over()
        self.room.refused.emit(failure)

    def _crashed(self, error: BaseException) -> None:
        self._over()
        self.tools.background.crashed(error)

    def _show_review(self, file: str, candidate: Candidate) -> None:
        self._job = None
        self._close_review()
        self.review = FormReview(candidate, file)
        self.review.accepted.connect(self._accept)
        self.review.left.connect(self._leave)
        self.lines.addWidget(self.review)
        self._show_import()
        self.verticalScrollBar().setValue(0)
        self.review.focus()

    def _accept(self) -> None:
        room, review = self.room, self.review
        if review is None:
            return
        done = room.act(lambda: form_versions.accept_version(room.desk, room.actor, review.candidate))
        if done is not None:
            self._leave()

    def _leave(self) -> None:
        self._close_review()
        self._over()

    def _close_review(self) -> None:
        if self.review is not None:
            self.lines.removeWidget(self.review)
            self.review.hide()
            self.review.deleteLater()
            self.review = None

    def _export(self, view: VersionView) -> None:
        kinds = self.tr("Workbook (*.xlsx)") if view.suffix == ".xlsx" else self.tr("Form (*{suffix})")
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Export the form"), forms_model.file_name(view), kinds.format(suffix=view.suffix)
        )
        if name:
            self.export_to(view, Path(name))

    def _retire(self, view: VersionView) -> None:
        words = self.tr("Retire version {version} of {title}?")
        question = words.format(version=ltr(view.version or "?"), title=isolate(view.title))
        meaning = self.tr("No new interview begins with it. Interviews begun with it go on, and it can be put back.")
        answers = (Answer("keep", self.tr("Keep it")), Answer("retire", self.tr("Retire it"), "primary"))
        if Dialog.ask(question, meaning, answers, parent=self) != "retire":
            return
        room = self.room
        room.act(
            lambda: form_versions.retire_version(room.desk, room.actor, view.sha256),
            self.tr("The version was retired."),
        )

    def _put_back(self, view: VersionView) -> None:
        room = self.room
        room.act(
            lambda: form_versions.put_back(room.desk, room.actor, view.sha256), self.tr("The version was put back.")
        )


class _FormCard(Card):
    """One form: its current version, the others folded."""

    def __init__(self, line: forms_model.Line, zone: str, *, may_write: bool) -> None:
        super().__init__(isolate(line.view.title))
        self.set_fact(ltr(line.view.form_id))
        self.is_open = False
        self.versions = [VersionLine(line.main, zone, may_write=may_write)]
        self.body.addWidget(self.versions[0])
        if not line.others:
            return
        self._words = self.tr("Other versions: %n", "", len(line.others))
        self.fold = Button(self._words, "link")
        self.fold.setAccessibleDescription(line.view.title)
        self.body.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeading)
        self._rest = QWidget()
        inner = column(self._rest, 12)
        for view in line.others:
            self.versions.append(VersionLine(view, zone, may_write=may_write))
            inner.addWidget(self.versions[-1])
        self.body.addWidget(self._rest)
        self._rest.hide()
        self.fold.clicked.connect(self.toggle)

    def toggle(self) -> None:
        """Show or hide the other versions."""
        if len(self.versions) < 2:
            return
        self.is_open = not self.is_open
        self._rest.setVisible(self.is_open)
        self.fold.setText(self.tr("Hide other versions") if self.is_open else self._words)
